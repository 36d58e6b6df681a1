"""A frozen report: every figure on record, and what was revised since says so."""
import hashlib
import json
import os
import sqlite3

from harness import Folder, Tap, demo, run

REPORT = ("report", "progress", "--period", "2012-13-Q1")
WHY = "It was published in 2012"
FREEZE = (*REPORT, "--reason", WHY, "--freeze")


def revise(folder, workspace, rows):
    path = os.path.join(folder, "revised.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("measure,unit,period,value,missing,reason\n" + rows)
    code, out, err = run("import", "values", path, workspace=workspace)
    if code:
        raise RuntimeError(out + err)


def put(folder, workspace, kind, rows):
    path = os.path.join(folder, f"{kind}.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(rows)
    code, out, err = run("import", kind, path, workspace=workspace)
    if code:
        raise RuntimeError(out + err)


def check_every_kind(tap, folder, workspace):
    """Targets, forecasts and comparators of a frozen report are revised as values are, and the
    ratings that it computed stand."""
    run(*FREEZE, "kinds", workspace=workspace)
    frozen = ("report", "progress", "--frozen", "kinds", "--full")
    before = run(*frozen, workspace=workspace)[1]
    put(folder, workspace, "targets", "measure,unit,period,kind,comparator,value,reason\n"
        "bame-employees,council,2012-13,annual,at-least,45,Raised by the board\n")
    put(folder, workspace, "forecasts", "measure,unit,period,made_in,value,reason\n"
        "ld-employment,community-health-wellbeing,2012-13-Q2,2012-13-Q1,12,Two more openings\n")
    put(folder, workspace, "comparators", "measure,name,period,value,decimals\n"
        "obesity-reception,National average,2010-11,9.5,1\n")
    after = " ".join(run(*frozen, workspace=workspace)[1].split())
    tap.check("nothing was revised before", "revised since" not in before)
    tap.check("a target says what it is now", "at least 39% (revised since: 45%)" in after)
    tap.check("so does a forecast", "10% (revised since: 12%) in Quarter 2" in after)
    tap.check("and a comparator", "9.4% (revised since: 9.5%) in 2010/11" in after)
    row = after[after.index("Value: 40.23%"):]
    tap.check("the rating computed then stands", "40.23% is 3.15% above the target of at least 39%, "
              "so Low Green" in row[:400], row[:400])
    today = " ".join(run(*REPORT, "--full", workspace=workspace)[1].split())
    tap.check("today's is another", "40.23% is 10.6% below the target of at least 45%, so High Red"
              in today, today[today.index("Value: 40.23%"):][:400])
    table = [line for line in run(*frozen, "--format", "csv", workspace=workspace)[1].splitlines()
             if ",target,figure," in line and "bame-employees" in line]
    tap.check("the CSV names what was cited", len(table) == 1 and ",target,bame-employees,council,"
              "2012-13,,annual,1,45%" in table[0], table)
    uses = json.loads(run("where-used", "obesity-reception", "--format", "json",
                          workspace=workspace)[1])
    tap.equal("where-used tells of the comparator", [(use["detail"], use["stands"]) for use in uses
                                                     if use["subject"] == "comparator"],
              [("London", True), ("National average", False)])
    code, out, err = run("where-used", "obesity-reception", workspace=workspace)
    tap.check("in words too", code == 0 and "comparator National average" in " ".join(out.split()) and
              "revised since" in out, out + err)
    code, out, err = run("where-used", "bame-employees", "--unit", "council", "--format", "csv",
                         workspace=workspace)
    tap.check("and as CSV", "target,annual,council,2012-13,39%,1,2" in out, out + err)


def check_whole(tap, folder, workspace):
    """The document is kept whole: bytes, ratings, counts and all; the record holds its hash."""
    moment = {"SOURCE_DATE_EPOCH": "1345800000"}
    report = run(*REPORT, "--format", "json", workspace=workspace, environment=moment)[1]
    code, out, err = run(*FREEZE, "q1", workspace=workspace, environment=moment)
    tap.check("freezing shows the brief text", code == 0 and "We will have succeeded" not in out, err)
    frozen = ("report", "progress", "--frozen", "q1")
    tap.check("and keeps the whole", "We will have succeeded" in run(*frozen, workspace=workspace)[1])
    tap.equal("the same bytes as on the day", run(*frozen, "--format", "json", workspace=workspace)[1],
              report)
    database = os.path.join(workspace, "dueregard.sqlite")
    with sqlite3.connect(database) as store:
        recorded, = store.execute("SELECT content_hash FROM document WHERE code = 'q1'").fetchone()
    tap.equal("whose hash is on record", hashlib.sha256(report.encode()).hexdigest(), recorded)
    page = run(*frozen, "--format", "html", workspace=workspace)[1]
    revise(folder, workspace, "bame-employees,council,2012-13-Q1,30,,Counted again\n"
                              "neet-16-18,childrens-families,2012-13-Q1,3.5,,Late forms\n"
                              "top5-disabled,council,2012-13-Q1,,withheld,It disclosed a person\n")
    text = " ".join(run(*frozen, workspace=workspace)[1].split())
    tap.check("a figure says what it is now", "40.23% (revised since: 30%)" in text, text[:2000])
    tap.check("so does 100 less a figure", "97.5% (revised since: 96.5%), 100 less 2.5% "
                                           "(revised since: 3.5%)" in text)
    tap.check("and one that was withheld", "1.61% (revised since: Withheld)" in text)
    tap.check("what was concluded stands as it was", "40.23% is 3.15% above" in text and
              "30% is" not in text)
    today = run(*REPORT, "--full", workspace=workspace)[1]
    tap.check("today another conclusion is drawn", "30% is" in " ".join(today.split()))
    again = run(*frozen, "--format", "html", workspace=workspace)[1]
    tap.check("nothing else changed on the page", len(again.splitlines()) == len(page.splitlines()) and
              again.count("revised since") > 0 and page.count("(revised since") == 0)
    with sqlite3.connect(database) as store:
        store.execute("UPDATE document_content SET body = replace(body, '40.23%', '50.23%')")
    code, out, err = run(*frozen, workspace=workspace)
    tap.check("what was tampered with is not shown", code == 4 and out == "" and
              len(err.splitlines()) == 1 and "hash" in err, err)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        code, out, err = run(*REPORT, "--freeze", "q1", workspace=workspace)
        tap.check("percentages that give somebody away are not frozen without a reason",
                  code == 1 and out == "" and "1.7, 1.8, 1.9" in err and "--reason" in err, out + err)
        code, _, err = run(*FREEZE, "q1", "--format", "json", workspace=workspace)
        tap.check("a report is frozen", code == 0, err)
        code, _, err = run(*FREEZE, "q1", workspace=workspace)
        tap.check("its code is taken then", code == 3 and len(err.splitlines()) == 1, err)
        with sqlite3.connect(os.path.join(workspace, "dueregard.sqlite")) as store:
            tap.equal("the reason is kept with the document",
                      store.execute("SELECT disclosure_reason FROM document").fetchall(), [(WHY,)])
        _, out, _ = run("where-used", "bame-employees", "--format", "json", workspace=workspace)
        uses = json.loads(out)
        tap.check("where-used lists what it prints",
                  all(use["document"] == "q1" and use["stands"] for use in uses) and
                  [use["printed"] for use in uses if use["period"] == "2012-13-Q1" and
                   use["subject"] == "value"] == ["40.23%"], uses)
        tap.equal("its target too", [(use["printed"], use["detail"]) for use in uses
                                     if use["subject"] == "target"], [("39%", "annual")])
        before = run(*REPORT, "--frozen", "q1", "--format", "csv", workspace=workspace)[1]
        tap.equal("as frozen it is the report", before,
                  run(*REPORT, "--format", "csv", workspace=workspace)[1])
        path = os.path.join(folder, "values.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("measure,unit,period,value,reason\n"
                       "bame-employees,council,2012-13-Q1,41,Late forms\n")
        code, out, err = run("import", "values", path, workspace=workspace)
        tap.check("a value is revised", code == 0 and "1 changed" in out, out + err)
        _, out, _ = run("where-used", "bame-employees", "--format", "json", workspace=workspace)
        tap.check("where-used says that it no longer stands",
                  [(use["revision"], use["latest"]) for use in json.loads(out)
                   if not use["stands"]] == [(1, 2)], out)
        _, out, _ = run(*REPORT, "--frozen", "q1", "--full", workspace=workspace)
        tap.check("the frozen report keeps its figure and says what it is now",
                  "40.23% (revised since: 41%)" in " ".join(out.split()), out[:3000])
        _, out, _ = run(*REPORT, "--full", workspace=workspace)
        tap.check("the report of today has the new one", "Value: 41%" in out and "revised since" not in out)
        code, _, err = run(*REPORT, "--frozen", "nothing", workspace=workspace)
        tap.check("a document that is not there", code == 3 and "nothing" in err, err)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    with Folder() as folder:
        check_every_kind(tap, folder, demo(folder))
    with Folder() as folder:
        check_whole(tap, folder, demo(folder))
    tap.end()


main()
