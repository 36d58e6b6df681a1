"""The progress report of the demonstration quarter: its ratings are those of the printed paper, every
figure cites a stored value, and each format can be read."""
import csv
import html.parser
import io
import json
import os
import re
import zipfile
from collections import Counter

from harness import Folder, Tap, demo, rows, run

REPORT = ("report", "progress", "--period", "2012-13-Q1")
FORMATS = ("html", "text", "odt", "ods", "csv", "json")
# The letters that the paper prints, counted by hand; 4.1 (LG) and 3.4 (LR) hold two measures each, and
# are counted by measure in the summary.
PRINTED = {"HG": 9, "LG": 20, "A": 16, "LR": 8, "HR": 5}
TWICE = {"LG": 1, "LR": 1}
# Rows of the paper whose declared letter is not what value and target give, and those where it is.
DIFFER = ["1.4", "1.5", "1.8", "3.5", "6.2", "8.1", "8.2"]
AGREE = ["1.3", "1.6", "1.7", "1.9", "2.6", "2.7", "2.8", "2.11"]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(html.parser.HTMLParser):
    """Balances tags, and keeps what the tests ask for."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.tags, self.ids, self.targets = [], [], Counter(), Counter(), []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> repeats an attribute")
        self.tags[tag] += 1
        for name, value in attributes:
            if name == "id":
                self.ids[value] += 1
            if name == "href" and value.startswith("#"):
                self.targets.append(value[1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}, line {self.getpos()[0]}")
        else:
            self.open.pop()


def words(cell):
    """What a cell of the JSON says: letters of a rating, words of the rest."""
    return "".join(run.get("letters") or run.get("text") or "" for run in cell["runs"])


def table_rows(document, name):
    """The rows of each table that has a column of that name, as {column: cell}."""
    for block in document["blocks"]:
        if block["kind"] == "table" and any(c["name"] == name for c in block["table"]["columns"]):
            for group in block["table"]["groups"]:
                for row in group["rows"]:
                    yield group["heading"], {cell["column"]: cell for cell in row["cells"]}


def letter(row, column):
    """The letters of the rating in a cell, or None."""
    ratings = [run["letters"] for run in row[column]["runs"] if run["kind"] == "rating"]
    return ratings[0] if ratings else None


def check_ratings(tap, document):
    lines = [row for _, row in table_rows(document, "reference")]
    by_row = {words(row["reference"]): row for row in lines}
    tap.equal("every row of the paper stands in the tables, once", len(by_row), len(lines))
    tap.equal("73 measures under eight objectives", len(lines), 73)
    seen = {}
    for reference, row in by_row.items():  # 3.4a and 3.4b are one row of the paper, 6.3a and 6.3b are not
        printed = reference if reference.startswith("6.3") else re.sub(r"[ab]$", "", reference)
        seen[printed] = letter(row, "declared") or seen.get(printed)
    tap.equal("the declared ratings are those of the paper",
              dict(Counter(value for value in seen.values() if value)), PRINTED)
    summary = {words(row["rating"]): (words(row["declared"]), words(row["computed"]))
               for _, row in table_rows(document, "declared") if "rating" in row}
    for code, count in PRINTED.items():
        tap.equal(f"the summary counts {code}", summary[code][0], str(count + TWICE.get(code, 0)))
    counted = Counter(letter(row, "computed") for row in lines
                      if words(row["declared"]) != "By its parts")
    tap.equal("the summary counts the computed ratings that the tables show",
              {code: int(summary[code][1]) for code in PRINTED},
              {code: counted[code] for code in PRINTED})
    tap.check("where declared and computed differ the row says so",
              all("differs" in words(by_row[name]["computed"]) for name in DIFFER),
              [name for name in DIFFER if "differs" not in words(by_row[name]["computed"])])
    tap.check("where they agree it does not",
              all(letter(by_row[name], "declared") == letter(by_row[name], "computed") and
                  "differs" not in words(by_row[name]["computed"]) for name in AGREE),
              [(name, words(by_row[name]["computed"])) for name in AGREE])
    tap.equal("a strict target is in exact words", words(by_row["6.2"]["target"]), "below 25%")
    tap.equal("a complement is set against the target", words(by_row["1.3"]["value"]), "97.5%")
    tap.check("a missing value says why", words(by_row["2.5"]["value"]).startswith("Awaited"),
              words(by_row["2.5"]["value"]))


def check_levels(tap, document):
    total = Counter()
    for name in ("by-objective", "by-directorate"):
        counts = Counter()
        for _, row in table_rows(document, name):
            for code in (*PRINTED, "none"):
                counts[words(row["which"]), code] += int(words(row[code]))
        total = total or counts
        tap.equal(f"the table {name} adds up to the same", counts, total)
    tap.equal("it counts what was declared", {code: total["Declared", code] for code in PRINTED},
              {code: count + TWICE.get(code, 0) for code, count in PRINTED.items()})


def check_citations(tap, document, workspace):
    stored = set()
    for value in rows("values", workspace, "--all-revisions"):
        stored.add(("value", value["measure"], value["unit"], value["period"],
                    value["breakdown"] or None, None, int(value["revision"])))
    for target in rows("targets", workspace, "--all-revisions"):
        stored.add(("target", target["measure"], target["unit"], target["period"], None,
                    target["kind"], int(target["revision"])))
    for forecast in rows("forecasts", workspace, "--all-revisions"):
        stored.add(("forecast", forecast["measure"], forecast["unit"], forecast["period"], None,
                    forecast["made_in"], int(forecast["revision"])))
    for other in rows("comparators", workspace):
        stored.add(("comparator", other["measure"], None, other["period"], None, other["name"], None))
    figures, derived = [], []

    def walk(node):
        if isinstance(node, dict):
            if node.get("kind") == "figure":
                figures.append(node)
            if node.get("kind") == "derived":
                derived.append(node)
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(document["blocks"])
    tap.check("the report prints figures", len(figures) > 60, len(figures))
    cited = [tuple(figure["citation"][name] for name in
                   ("subject", "measure", "unit", "period", "breakdown", "detail", "revision"))
             for figure in figures]
    astray = [figure["text"] for figure, key in zip(figures, cited) if key not in stored]
    tap.equal("every figure cites what is stored", astray, [])
    tap.equal("values, targets, forecasts and figures of others are cited",
              sorted({key[0] for key in cited}), ["comparator", "forecast", "target", "value"])
    tap.equal("the sources list each figure once",
              sorted((source["number"], source["printed"]) for source in document["sources"]),
              sorted({(figure["source"], figure["text"]) for figure in figures}))
    tap.check("counts are marked as derived", len(derived) > 50 and
              all(node["number"] or "parts" in node["text"] for node in derived), derived[:3])
    plain = [run["text"] for _, row in table_rows(document, "reference")
             for name in ("target", "value") for run in row[name]["runs"]
             if run["kind"] == "text" and any(character.isdigit() for character in run["text"])
             and "20" not in run["text"]]
    tap.equal("no number in a table of targets and values is plain words", plain, [])


def check_formats(tap, folder, workspace):
    moment = {"SOURCE_DATE_EPOCH": "1345800000"}
    made = {}
    for form in FORMATS:
        paths = [os.path.join(folder, f"{name}.{form}") for name in "ab"]
        for path in paths:
            code, _, err = run(*REPORT, "--format", form, "--full", "-o", path, workspace=workspace,
                               environment=moment)
            tap.check(f"{form} is written", code == 0, err)
        made[form], again = (open(path, "rb").read() for path in paths)
        tap.check(f"{form}: same input, same bytes", made[form] == again)
    page = Page()
    page.feed(made["html"].decode("utf-8"))
    tap.equal("the HTML closes what it opens", (page.faults, page.open), ([], []))
    tap.equal("it has one h1, one main and a title",
              [page.tags[tag] for tag in ("h1", "main", "title")], [1, 1, 1])
    tap.equal("no id stands twice", [name for name, count in page.ids.items() if count > 1], [])
    tap.equal("every link within the page arrives",
              [name for name in page.targets if name not in page.ids], [])
    text = made["text"].decode("utf-8")
    tap.check("the text fits 80 columns", max(map(len, text.splitlines())) <= 80)
    tap.check("ratings have words beside letters", "HG (High Green)" in text)
    sheet = list(csv.DictReader(io.StringIO(made["csv"].decode("utf-8-sig"))))
    cited = {(line["text"], line["measure"], line["unit"], line["period"], line["revision"])
             for line in sheet}
    tap.check("the CSV has figures with their citations",
              ("40.23%", "bame-employees", "council", "2012-13-Q1", "1") in cited, sheet[:2])
    for form in ("odt", "ods"):
        with zipfile.ZipFile(io.BytesIO(made[form])) as package:
            tap.check(f"the {form} is a whole package", package.testzip() is None and
                      package.namelist()[0] == "mimetype", package.namelist())
    return json.loads(made["json"])


def check_refusals(tap, workspace):
    code, _, err = run("report", "progress", "--period", "1999-00-Q1", workspace=workspace)
    tap.check("a period before every scheme", code == 3 and len(err.splitlines()) == 1, err)
    code, _, err = run("report", "progress", "--period", "2012-13-Q1", "--scheme", "none",
                       workspace=workspace)
    tap.check("a scheme that is not there", code == 3 and "none" in err, err)
    code, out, err = run(*REPORT, "--unit", "place-shaping", "--format", "json", workspace=workspace)
    document = json.loads(out)
    groups = {group for group, _ in table_rows(document, "reference")}
    tap.equal("one unit's report has that unit alone", (code, groups), (0, {"Place Shaping"}))
    code, _, err = run(*REPORT, "--unit", "nobody", workspace=workspace)
    tap.check("a unit that is not there", code == 3 and "nobody" in err, err)


def check_who_has_returned(tap, folder, workspace):
    path = os.path.join(folder, "returns.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("code,state,submitted_on\n2012-13-Q1-place-shaping,due,\n"
                   "2012-13-Q1-council,submitted,2012-07-31\n")
    code, out, err = run("import", "returns", path, workspace=workspace)
    tap.check("two returns change", code == 0 and "2 changed" in out, out + err)
    _, out, _ = run(*REPORT, "--format", "json", workspace=workspace)
    back = {words(row["unit"]): words(row["return"])
            for _, row in table_rows(json.loads(out), "received_on")}
    tap.equal("who has not returned is said", back["Place Shaping"], "Due, not received")
    tap.equal("who was in time too", back["All directorates"], "Received on time")
    tap.equal("and who was late", back["Corporate Resources"], "Received, 24 days late")
    tap.check("the sentence above names who has not",
              "1 of 6 has not returned: Place Shaping." in out)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        document = check_formats(tap, folder, workspace)
        check_ratings(tap, document)
        check_levels(tap, document)
        check_citations(tap, document, workspace)
        check_refusals(tap, workspace)
        check_who_has_returned(tap, folder, workspace)
    tap.end()


main()
