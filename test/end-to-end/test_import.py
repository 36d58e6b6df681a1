"""Imports as councils send them: every format and encoding gives the same rows; the same file twice
changes nothing; what cannot be read is one clear sentence and nothing is lost."""
import csv
import io
import os
import shutil
import subprocess
import zipfile

from harness import Folder, Tap, demo, rows, run

PLAN = [
    ["Action", "Directorate / Lead", "Target Date", "How will we measure our success", "Age",
     "Disability", "Gender", "Race", "Socio – economic"],
    ["Publish the café guide in Welsh & English", "HRD", "March 2011 and then annually",
     "Guide published", "X", "", "X", "x", ""],
    ["Review the “warm spaces” offer", "Equalities Officer", "Ongoing", "Offer reviewed", "", "X",
     "", "", "✓"],
    ["Train every new starter", "HRD", "by end of Q3 2024/25", "100% trained", "", "", "", "", ""],
]
VALUES = [
    ["Indicator", "Directorate", "Reporting period", "Actual", "Num", "Denom", "Data quality"],
    ["bame-employees", "council", "Q2 2012/13", "40.52%", "810", "2,000", "checked"],
    ["disabled-employees", "council", "2012-13-Q2", "2.1", "", "", ""],
    ["16-18 year olds not in education, employment or training (neet)", "Children's and Families", "Q2 2012/13", "2.4", "", "", ""],
    ["top5-women", "council", "Quarter 2 2012/13", "48%", "", "", "naïve estimate"],
]


def csv_text(table):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def html(table):
    cells = "".join("<tr>" + "".join(f"<td>{cell.replace('&', '&amp;')}</td>" for cell in row) +
                    "</tr>" for row in table)
    return f"<html><meta charset='utf-8'><body><p>Plan</p><table>{cells}</table></body></html>"


def convert(folder, source, kind, *options):
    """Through the real LibreOffice, with a profile of its own."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                    *options, "--convert-to", kind, "--outdir", folder, source], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    return os.path.splitext(source)[0] + "." + kind.split(":", maxsplit=1)[0]


def files(folder, name, table):
    """The same table in every format and encoding that is read."""
    text = csv_text(table)
    made = {}
    encodings = {"utf-8": text.encode("utf-8"), "bom": text.encode("utf-8-sig"),
                 "utf-16": text.encode("utf-16")}
    if all(ord(letter) < 256 or letter in "“”–" for letter in text):
        encodings["windows-1252"] = text.encode("cp1252")
    encodings["semicolons"] = "\n".join(
        ";".join(f'"{cell}"' for cell in row) for row in table).encode("utf-8")
    for encoding, data in encodings.items():
        made[encoding] = os.path.join(folder, f"{name}-{encoding}.csv")
        with open(made[encoding], "wb") as out:
            out.write(data)
    page = os.path.join(folder, f"{name}.html")
    with open(page, "w", encoding="utf-8") as out:
        out.write(html(table))
    reading = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1"
    for kind in ("xlsx", "ods"):
        made[kind] = convert(folder, made["utf-8"], kind, reading)
    made["docx"] = convert(folder, page, "docx:MS Word 2007 XML", "--writer")
    return made


def check_formats(tap, folder, base):
    for name, kind, table, options, wanted in (
            ("plan", "actions", PLAN, ["--set", "objective=ceo-2016-1"], 3),
            ("values", "values", VALUES, [], 4)):
        results = {}
        for form, path in files(folder, name, table).items():
            workspace = os.path.join(folder, f"{name}-{form}")
            shutil.copytree(base, workspace)
            code, out, err = run("import", kind, path, *options, workspace=workspace)
            tap.check(f"{kind} from {form}: all rows go in",
                      code == 0 and f"{wanted} new" in out, out + err)
            code, out, err = run("import", kind, path, *options, workspace=workspace)
            tap.check(f"{kind} from {form}: sent twice, nothing changes",
                      code == 0 and "0 new, 0 changed" in out, out + err)
            results[form] = rows(kind, workspace)[-wanted:]
            if kind == "actions":
                tags = {(row["action"], row["characteristic"], row["heading"])
                        for row in rows("action-tags", workspace)
                        if row["action"] in [action["code"] for action in results[form]]}
                tap.equal(f"the marks of {form} are tags, Gender as printed",
                          sorted(tag[1:] for tag in tags),
                          [("age", "Age"), ("disability", "Disability"),
                           ("gender-as-printed", "Gender"), ("race", "Race"),
                           ("socio-economic", "Socio – economic")])
        for form, found in results.items():
            tap.equal(f"{kind} from {form} are the same rows", found, results["utf-8"])


def check_dry_run_and_mend(tap, folder, base):
    workspace = os.path.join(folder, "mend")
    shutil.copytree(base, workspace)
    path, mend = os.path.join(folder, "bad.csv"), os.path.join(folder, "mend.csv")
    table = [["measure", "unit", "period", "value"], ["bame-employees", "council", "2013-14-Q1", "41"],
             ["no-such", "council", "2013-14-Q1", "1"], ["top5-bame", "council", "soon", "1"],
             ["top5-bame", "council", "2013-14-Q1", "many"]]
    with open(path, "w", encoding="utf-8") as out:
        out.write(csv_text(table))
    before = rows("values", workspace)
    code, out, _ = run("import", "values", path, "--dry-run", workspace=workspace)
    tap.check("a dry run says what would be", code == 1 and "1 would be new" in out, out)
    tap.equal("and writes nothing", rows("values", workspace), before)
    code, out, _ = run("import", "values", path, "--mend", mend, workspace=workspace)
    tap.check("good rows go in although others fail", code == 1 and "1 new" in out
              and "3 refused" in out, out)
    tap.check("each problem names file, row and column",
              all(words in out for words in ("bad.csv, row 3, column measure", "row 4, column period",
                                             "row 5, column value")), out)
    with open(mend, encoding="utf-8", newline="") as file:
        mended = list(csv.reader(file))
    tap.equal("the refused rows come back with their problem", [row[:4] for row in mended[1:]],
              table[2:])
    for row, cells in zip(mended[1:], (["top5-women"] * 1, ["2013-14-Q1"], ["16"])):
        row[{"top5-women": 0, "2013-14-Q1": 2, "16": 3}[cells[0]]] = cells[0]
    mended[2][0] = "top5-disabled"
    with open(mend, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(mended)
    code, out, err = run("import", "values", mend, workspace=workspace)
    tap.check("mended, they go in", code == 0 and "3 new" in out, out + err)


COUNCIL_PLAN = """Equality Action Plan 2024-2028,,,,,,,
Ref,Equality Objective,Action required,Lead officer,Timescale,Success criteria,Protected characteristics,Status
1.1,1. Fair work,Review adverts,HR,by end of Q3 2024/25,All reviewed,"Age, Race / ethnicity; religion and belief",In progress
1.2,,Publish pay data,HR,31/03/24,On the web,Wizards,Completed
A4,Objective 2 - Open services,Audit buildings,Property,six monthly,Report,All,Not yet started
,,Hold events,Policy,Ongoing,Held,Age / Disability,Delayed
"""


def check_plan_of_another_council(tap, folder):
    """A plan under a council's own headings: objectives in a merged column, printed references,
    characteristics in words, states in words; into a workspace that has only a scheme."""
    workspace = os.path.join(folder, "council")
    paths = {name: os.path.join(folder, name) for name in ("scheme.csv", "plan.csv", "again.csv", "m.csv")}
    texts = {"scheme.csv": "code,title,starts\nplan,A plan,2024-04-01\n", "plan.csv": COUNCIL_PLAN,
             "again.csv": COUNCIL_PLAN.replace("Review adverts", "Review all adverts")}
    for name, text in texts.items():
        with open(paths[name], "w", encoding="utf-8") as out:
            out.write(text)
    run("init", workspace=workspace)
    code, out, _ = run("import", "actions", paths["plan.csv"], workspace=workspace)
    tap.check("without a scheme the remedy is told", code == 1 and "dueregard import schemes" in out, out)
    run("import", "schemes", paths["scheme.csv"], workspace=workspace)
    code, out, _ = run("import", "actions", paths["plan.csv"], "--mend", paths["m.csv"],
                       workspace=workspace)
    tap.check("an unknown characteristic goes to the mend file, the rest goes in",
              code == 1 and "3 new" in out and "1 refused" in out and "Wizards" in out, out)
    with open(paths["m.csv"], encoding="utf-8") as file:
        mended = file.read()
    tap.check("with the objective that its cell was merged with", ",1. Fair work,Publish" in mended, mended)
    with open(paths["m.csv"], "w", encoding="utf-8") as file:
        file.write(mended.replace("Wizards", "Sex"))
    code, out, _ = run("import", "actions", paths["m.csv"], workspace=workspace)
    tap.check("mended, it goes in", code == 0 and "1 new" in out, out)
    tap.equal("codes follow references, states and dates are read",
              sorted((row["code"], row["status"], row["due"], row["recurrence"])
                     for row in rows("actions", workspace)),
              [("plan-1.1", "on-track", "2024-12-31", None), ("plan-1.2", "complete", "2024-03-31", None),
               ("plan-2-02", "slipped", None, "continuous"), ("plan-2-a4", "not-started", None, "half-yearly")])
    tags = {}
    for row in rows("action-tags", workspace):
        tags.setdefault(row["action"], []).append(row["characteristic"])
    tap.equal("names of characteristics are tags", {code: sorted(found) for code, found in tags.items()
                                                    if code != "plan-2-a4"},
              {"plan-1.1": ["age", "race", "religion-belief"], "plan-1.2": ["sex"],
               "plan-2-02": ["age", "disability"]})
    tap.equal("all is the nine of the Act", len(tags["plan-2-a4"]), 9)
    code, out, _ = run("import", "actions", paths["again.csv"], workspace=workspace)
    tap.check("words changed under the same reference change the action", "0 new, 1 changed" in out, out)


RETURN = """Equality objectives - Quarter 2 2012/13,,,,,
Ref,Objective,We will have succeeded if,Annual target,Current performance,RAG status,Progress this quarter
1.4,Objective 1,BAME staff are a larger share,39%,40.5%,Green,40.5% of staff who told us
5.1A,Objective 5,People registered,200,410,HG,More came than were planned for
"""


def check_return_of_another_council(tap, folder, base):
    """A return with a column of objectives and the measures' references."""
    workspace, path = os.path.join(folder, "other-return"), os.path.join(folder, "return.csv")
    shutil.copytree(base, workspace)
    with open(path, "w", encoding="utf-8") as out:
        out.write(RETURN)
    options = ["--set", "scheme=ceo-2012", "--set", "period=2012-13-Q2", "--set", "unit=place-shaping"]
    code, out, err = run("import", "return-rows", path, *options, workspace=workspace)
    tap.check("a return under other headings goes in", code == 0 and "2 new" in out, out + err)
    measures = {row["reference"]: row["measure"] for row in rows("measures-under-objectives", workspace)
                if row["objective"].startswith("ceo-2012")}
    found = {row["reference"]: row["measure"] for row in rows("return-rows", workspace)
             if row["directorate_return"] == "2012-13-Q2-place-shaping"}
    tap.equal("references name their measures", found,
              {reference: measures[reference] for reference in ("1.4", "5.1A")})
    code, out, err = run("check", "--period", "2012-13-Q2", workspace=workspace)
    tap.check("a word that is no level is told with the levels",
              code == 1 and "HG, LG, A, LR or HR" in " ".join(out.split()), out + err)


def check_headings(tap, folder):
    """Headings that other councils write, and what a missing word can be."""
    workspace = os.path.join(folder, "headings")
    run("init", "--workspace", workspace)

    def send(kind, text, *options):
        path = os.path.join(folder, "headings.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return run("import", kind, path, *options, workspace=workspace)
    code, out, _ = send("authorities", "Code,Council,Nation,Type\nmade-up,Made-up Council,England,district\n")
    tap.check("one row of an authority", code == 0 and "1 row read; 1 new" in out, out)
    send("units", "Code,Name,From\nhr,Human Resources,2020-04-01\n")
    code, out, _ = send("measures", "KPI Ref,Indicator,Unit,Good is\nM1,Staff who declare a disability,%,High\n")
    tap.check("measures by their reference", code == 0 and "1 new" in out, out)
    kinds = {"Staff trained|per cent": "percentage", "Referrals|referrals": "count",
             "Gender pay gap|": "gap", "Number of complaints|": "count", "Stonewall|rank": "rank",
             "Disabled and other staff|percentage points": "gap", "Staff who declare (%)|": "percentage"}
    rows = [f"K{i},{line.replace('|', ',')}" for i, line in enumerate(kinds)]
    code, out, _ = send("measures", "Code,Title,Unit\n" + "\n".join(rows) + "\n")
    made = {row["title"]: row["kind"] for row in csv.DictReader(io.StringIO(
        run("export", "measures", "--format", "csv", workspace=workspace)[1]))}
    tap.equal("the kind of a measure shows from its unit or its title", [made.get(line.split("|")[0])
                                                                         for line in kinds],
              list(kinds.values()))
    code, out, _ = send("measures", "Code,Title,Decimals\nK9,Awareness of the duty,0\n")
    tap.check("where neither tells, it is asked for", code == 1 and
              "Kind is missing; it is one of percentage, count" in out, out)
    targets = "KPI Ref,Year,Target,Directorate\nM1,2024/25,6%,hr\n"
    code, out, _ = send("targets", targets)
    tap.check("a comparator is missing, and what it can be is said",
              code == 1 and "it is one of at-least, above, at-most" in out, out)
    code, out, _ = send("targets", targets, "--set", "comparator=at-least")
    tap.check("and given for the whole file", code == 0 and "1 new" in out, out)


def hostile_files(folder):
    """Files that nobody should be able to send: name, bytes."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types><Override ContentType="application/vnd.'
                         'openxmlformats-officedocument.spreadsheetml.sheet.main+xml" '
                         'PartName="/xl/workbook.xml"/></Types>')
        archive.writestr("xl/workbook.xml", '<workbook xmlns="http://schemas.openxmlformats.org/'
                         'spreadsheetml/2006/main"><sheets/></workbook>')
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + b" " * 200_000_000 + b"</sst>")
    entities = io.BytesIO()
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        laughs = "".join(f'<!ENTITY l{n} "{"&l%d;" % (n - 1) * 10}">' for n in range(1, 12))
        archive.writestr("content.xml", f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l11;</x>')
    return {"zip-bomb.xlsx": bomb.getvalue(), "entities.ods": entities.getvalue(),
            "encrypted.xlsx": bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096,
            "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "report.pdf": b"%PDF-1.7\n" + b"x" * 50,
            "page.html": b"<!DOCTYPE html><html><body>no table</body></html>", "empty.csv": b"",
            "nul.csv": b"code,name\na,\0\n", "unclosed.csv": b'code,name\na,"b\n' * 3}


def check_hostile(tap, folder, base):
    before = rows("units", base)
    for name, data in hostile_files(folder).items():
        path = os.path.join(folder, name)
        with open(path, "wb") as out:
            out.write(data)
        code, out, err = run("import", "units", path, workspace=base)
        lines = err.strip().splitlines()
        tap.check(f"{name}: one sentence that names the file, exit 3",
                  code == 3 and len(lines) == 1 and name in lines[0] and not out, out + err)
    tap.equal("nothing was lost or added", rows("units", base), before)


def main():
    tap = Tap()
    with Folder() as folder:
        base = demo(folder)
        check_formats(tap, folder, base)
        check_dry_run_and_mend(tap, folder, base)
        check_plan_of_another_council(tap, folder)
        check_return_of_another_council(tap, folder, base)
        check_headings(tap, folder)
        check_hostile(tap, folder, base)
    tap.end()


main()
