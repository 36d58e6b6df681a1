"""A return filled from the directorate's own scorecard, in the layouts that directorates have: quarters over their
columns, a sheet a quarter, a line each for value and rating, measures across the top. What a label stands for is said
once; what is not understood is told with what it is like; what somebody wrote stays; each answer knows its cell."""
import csv
import io
import json
import os
import re
import zipfile
from xml.sax.saxutils import escape

from browser import Server
from harness import Folder, Tap, demo, rows, run

UNIT = "community-health-wellbeing"
OCTOBER, JANUARY = "1349092800", "1357041600"  # the days on which the two quarters open
BUDGETS = "New eligible service users given a personal budget"
HOMES = "Adults with learning difficulties in homes of their own"


def back(verb, quarter, *words, workspace, moment=OCTOBER):
    return run("return", verb, *words, "--period", f"2012-13-Q{quarter}", "--unit", UNIT, workspace=workspace,
               environment={"SOURCE_DATE_EPOCH": moment})


def inputs(workspace, quarter, reference):
    code, out, err = back("show", quarter, "--format", "json", workspace=workspace, moment=JANUARY)
    assert code == 0, err
    row = next(row for row in json.loads(out)["rows"] if row["reference"] == reference)
    return {name: words for name, words in row["inputs"].items() if words is not None}


def write_csv(folder, name, lines):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def letters(column):
    return chr(ord("A") + column)


def write_xlsx(folder, name, sheets):
    """A workbook as simple as the format allows: its text in the cells."""
    path = os.path.join(folder, name)
    kinds = "".join(f'<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="application/vnd.openxmlformats-'
                    'officedocument.spreadsheetml.worksheet+xml"/>' for i in range(len(sheets)))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
                      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
                      '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
                      f'.main+xml"/>{kinds}</Types>')
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                      f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        names = "".join(f'<sheet name="{escape(one)}" sheetId="{i + 1}" r:id="r{i + 1}"/>'
                        for i, one in enumerate(sheets))
        file.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{names}</sheets>'
                      '</workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">' + "".join(
            f'<Relationship Id="r{i + 1}" Type="{office}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>'
            for i in range(len(sheets))) + "</Relationships>")
        for i, lines in enumerate(sheets.values()):
            body = "".join(f'<row r="{r + 1}">' + "".join(
                f'<c r="{letters(c)}{r + 1}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                for c, cell in enumerate(line) if cell) + "</row>" for r, line in enumerate(lines))
            file.writestr(f"xl/worksheets/sheet{i + 1}.xml",
                          f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>')
    return path


def quarters_over(quarter, value):
    return [["Adults and housing scorecard"], ["Ref", "", "", f"Quarter {quarter - 1}", "", f"Quarter {quarter}", ""],
            ["", "Indicator", "Target", "Actual", "RAG", "Actual", "RAG", "Steer"],
            ["A1", BUDGETS, "100%", "90%", "A", value, "LG", "hold"],
            ["A2", HOMES, "70%", "68%", "A", "71.5%", "LG", "push"]]


def check_asking(tap, folder, workspace):
    path = write_csv(folder, "q2.csv", quarters_over(2, "95%"))
    proposals = os.path.join(folder, "labels.csv")
    code, out, err = back("scorecard", 2, path, "-o", proposals, workspace=workspace)
    words = " ".join(out.split())
    tap.check("what is not understood is told, with what it is like", code == 1 and
              '"Steer" (H3) is not understood' in words and f'Perhaps "{HOMES}" (B5)?' in words, out + err)
    tap.equal("and nothing is filled in yet", inputs(workspace, 2, "2.1"), {})
    with open(proposals, encoding="utf-8", newline="") as file:
        proposed = {(row["place"], row["words"]): (row["meaning"], row["measure"]) for row in csv.DictReader(file)}
    tap.equal("the proposals say what the labels may stand for", proposed,
              {("column", "steer"): ("ignored", ""),
               ("row", HOMES.lower()): ("measure", "ld-own-home")})
    code, out, err = run("import", "scorecard-matches", proposals, workspace=workspace)
    tap.check("mended, they are imported", code == 0 and "2 new" in out, out + err)
    code, out, err = back("scorecard", 2, path, workspace=workspace)
    tap.check("then the file fills the return", code == 0 and "4 answers in 2 rows" in out, out + err)
    tap.equal("with this quarter's figures alone", (inputs(workspace, 2, "2.1"), inputs(workspace, 2, "2.6")),
              ({"value_text": "95%", "declared": "LG"}, {"value_text": "71.5%", "declared": "LG"}))


def check_next_quarter(tap, folder, workspace):
    path = write_csv(folder, "q3.csv", quarters_over(3, "97%"))
    code, out, err = back("scorecard", 3, path, workspace=workspace, moment=JANUARY)
    tap.check("the next quarter's file is taken without a question", code == 0 and "4 answers in 2 rows" in out, out + err)
    sent = write_csv(folder, "typed.csv", [["Row", "Value as printed"], ["2.6", "70"]])
    back("take", 3, sent, workspace=workspace, moment=JANUARY)
    newer = write_csv(folder, "q3-newer.csv", [[cell.replace("71.5%", "72%") for cell in line]
                                                for line in quarters_over(3, "98%")])
    code, out, err = back("scorecard", 3, newer, workspace=workspace, moment=JANUARY)
    tap.check("a newer file renews what the older one filled", inputs(workspace, 3, "2.1")["value_text"] == "98%", out)
    tap.check("and what somebody wrote stays", code == 0 and "1 kept as written" in out
              and inputs(workspace, 3, "2.6")["value_text"] == "70", out + err)
    gone = write_csv(folder, "gone.csv", [[cell.replace(HOMES, "Own homes (LD)") for cell in line]
                                           for line in quarters_over(3, "99%")])
    code, out, err = back("scorecard", 3, gone, workspace=workspace, moment=JANUARY)
    tap.check("a label that is gone is asked for again", code == 1 and
              f'Last time it was "{HOMES.lower()}"' in " ".join(out.split()), out + err)
    tap.equal("before anything is filled in", inputs(workspace, 3, "2.1")["value_text"], "98%")


def check_layouts(tap, folder, workspace):
    sheets = {"Cover": [["Scorecard"]],
              "Q1": [["KPI", "Actual"], [BUDGETS, "1%"]],
              "Q2 2012-13": [["KPI", "Actual", "Comments"], [BUDGETS, "96%", "On a sheet of its own"]],
              "Q2 2011-12": [["KPI", "Actual"], [BUDGETS, "2%"]]}
    layouts = {
        "a sheet a quarter": write_xlsx(folder, "sheets.xlsx", sheets),
        "a line each for value and rating": write_csv(folder, "lines.csv", [
            ["Measure", "", "Q1 12/13", "Q2 12/13", "2012/13"],
            [BUDGETS, "Target", "100%", "100%", "100%"], ["", "Actual", "90%", "96%", "3%"],
            ["", "RAG", "A", "LG", "A"]]),
        "measures across the top": write_csv(folder, "across.csv", [
            ["Period", BUDGETS, "Bed blocking days"], ["Q1 2012/13", "90%", "7"], ["Q2 2012/13", "96%", "8"]]),
        "months and a year beside the quarter": write_csv(folder, "months.csv", [
            ["Indicator", "Apr-12", "Jun-12", "Q2 2012/13 actual", "Full year 2012/13"],
            [BUDGETS, "1%", "2%", "96%", "3%"]]),
    }
    for name, path in layouts.items():
        code, out, err = back("scorecard", 2, path, "--save", "--dry-run", workspace=workspace)
        found = [line for line in out.splitlines() if line.startswith("2.1") and "Value" in line]
        tap.check(f"{name}: its cell is found", code == 0 and len(found) == 1 and "96%" in found[0], out + err)


def understood(path, workspace, unit=UNIT):
    """What a dry run finds: (row, cell) and the words taken."""
    code, out, err = run("return", "scorecard", path, "--save", "--dry-run", "--period", "2012-13-Q2", "--unit", unit,
                         workspace=workspace, environment={"SOURCE_DATE_EPOCH": OCTOBER})
    return " ".join(out.split()) if code == 0 else err


def check_months(tap, folder, workspace):
    """Months become the quarter by the measure's own rule, which stands in the place of the cell."""
    months = ["KPI", "Jun-12", "Jul-12", "Aug-12", "Sep-12"]
    prevented = "Cases in which homelessness was prevented"
    words = understood(write_csv(folder, "monthly.csv", [
        months, [BUDGETS, "1%", "94%", "95%", "97.5%"], ["ld-own-home", "1%", "70%", "71%", "72%"],
        [prevented, "1", "10", "20", "31"]]), workspace)
    tap.check("a share over the period is the mean of its months", "mean of C2, D2, E2" in words and "95.5%" in words,
              words)
    tap.check("what is measured at a point is that of the latest month", "latest month, E3" in words and "72%" in words,
              words)
    tap.check("what grows through the year is that of the last month", "latest month, E4" in words, words)
    words = understood(write_csv(folder, "gaps.csv", [
        months, [BUDGETS, "1%", "94%", "", "97%"], ["ld-own-home", "1%", "70%", "71%", ""], [prevented, "1", "10", "20", ""]]),
        workspace)
    tap.check("without all its months there is no mean, and without the last no total",
              "mean of" not in words and "E4" not in words and "D4" not in words, words)
    tap.check("a point is told by the latest that is there", "latest month, D3" in words and "71%" in words, words)
    words = understood(write_csv(folder, "both.csv", [
        [*months, "Q2 2012/13"], [BUDGETS, "1%", "94%", "95%", "97.5%", "96%"]]), workspace)
    tap.check("a column of the quarter itself goes before its months", "mean of" not in words and "F2" in words, words)
    words = understood(write_csv(folder, "sum.csv", [
        ["KPI", "July 2012", "August 2012", "September 2012"], ["Families taking up short breaks", "1,010", "20", "30.5"]]),
        workspace, "childrens-families")
    tap.check("a count over the period is the sum of its months", "sum of B2, C2, D2" in words and "1060.5" in words,
              words)


def check_hostile(tap, folder, workspace):
    wide = write_csv(folder, "wide.csv", [["Measure"] + ["x"] * 300])
    code, _, err = back("scorecard", 2, wide, workspace=workspace)
    tap.check("too many columns are told", code == 3 and "more than 256 columns" in err, err)
    large = write_csv(folder, "large.csv", [["Measure", "Actual"]] + [["y", "1"]] * 10001)
    code, _, err = back("scorecard", 2, large, workspace=workspace)
    tap.check("and too many cells", code == 3 and "more than 20000 cells" in err, err)
    empty = write_csv(folder, "empty.csv", [["", ""]])
    code, _, err = back("scorecard", 2, empty, workspace=workspace)
    tap.check("and an empty file", code == 3, err)
    formula = write_csv(folder, "formula.csv", [["Measure", "Q2 actual", "Q2 comments"],
                                                [BUDGETS, "=1+1", "=HYPERLINK(\"x\")"]])
    back("scorecard", 2, formula, "--save", workspace=workspace)
    code, out, _ = run("export", "return-rows", workspace=workspace)
    cells = [cell for line in csv.reader(io.StringIO(out)) for cell in line]
    tap.check("what would be a formula leaves as text", not any(cell.startswith("=HYPERLINK") for cell in cells))


def sheets_asked(page):
    """What the page asks of the sheets: the words of each → (its choice's name, what is chosen)."""
    found = {}
    for number, words in re.findall(r'name="sheet-words-(\d+)" value="([^"]*)"', page):
        choice = re.search(rf'<select[^>]*name="sheet-{number}".*?</select>', page, re.S).group(0)
        chosen = re.search(r'<option value="([^"]*)" selected', choice)
        found[words] = (f"sheet-{number}", chosen.group(1) if chosen else "")
    return found


def check_sheets(tap, folder, workspace):
    """What a sheet is for is changed on the return's own page, there and back."""
    path = write_xlsx(folder, "two.xlsx", {"Notes": [["KPI", "Actual"], [BUDGETS, "5%"]],
                                           "Q3 2012-13": [["KPI", "Actual"], [BUDGETS, "96%"]]})
    back("scorecard", 3, path, "--save", workspace=workspace, moment=JANUARY)
    tap.equal("a sheet of notes that stands first is taken for the quarter's",
              inputs(workspace, 3, "2.1")["value_text"], "5%")
    home = f"/returns/2012-13-Q3/{UNIT}/scorecard"
    with Server(workspace, "--quiet", "--demonstration", environment={"SOURCE_DATE_EPOCH": JANUARY}) as server:
        link = server.links()["Demonstration contributor"]
        browser = server.browser()
        browser.get(link)
        browser.send(link, {})
        for meaning, value in (("ignored", "96%"), ("read", "5%"), ("ignored", "96%")):
            asked = sheets_asked(browser.get(home + "?all=1").body)
            tap.check(f"each sheet is asked about before it becomes {meaning}",
                      set(asked) == {"notes", "*"}, asked)
            name = asked.get("notes", ("sheet-0", ""))[0]
            answer = browser.send(home + "/labels", {name.replace("sheet", "sheet-words"): "notes", name: meaning})
            tap.equal(f"a sheet is {meaning} from now on", answer.status, 303)
            tap.equal(f"which the page shows: {meaning}",
                      sheets_asked(browser.get(home + "?all=1").body).get("notes", ("", ""))[1], meaning)
            tap.equal("and the return follows", inputs(workspace, 3, "2.1")["value_text"], value)
        asked = sheets_asked(browser.get(home + "?all=1").body)
        browser.send(home + "/labels", {"sheet-words-0": "notes", "sheet-0": "labels"})
        tap.equal("a sheet is not said to be the names of the rows",
                  sheets_asked(browser.get(home + "?all=1").body), asked)


def check_record(tap, workspace):
    tap.check("what the labels stand for is on record",
              {"ld-own-home", "personal-budgets"} <= {row["measure"] for row in rows("scorecard-matches", workspace)})
    code, out, err = run("audit", workspace=workspace)
    tap.check("the audit is whole", code == 0, out + err)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        for quarter, moment in ((2, OCTOBER), (3, JANUARY)):
            run("return", "open", "--period", f"2012-13-Q{quarter}", workspace=workspace,
                environment={"SOURCE_DATE_EPOCH": moment})
        check_layouts(tap, folder, workspace)
        check_months(tap, folder, workspace)
        check_asking(tap, folder, workspace)
        check_next_quarter(tap, folder, workspace)
        check_hostile(tap, folder, workspace)
        check_sheets(tap, folder, workspace)
        check_record(tap, workspace)
    tap.end()


main()
