"""A frozen report: every figure on record, and what was revised since says so."""
import hashlib
import json
import os
import sqlite3

from harness import Folder, Tap, demo, run

REPORT = ("report", "progress", "--period", "2012-13-Q1")


def revise(folder, workspace, rows):
    path = os.path.join(folder, "revised.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("measure,unit,period,value,missing,reason\n" + rows)
    code, out, err = run("import", "values", path, workspace=workspace)
    if code:
        raise RuntimeError(out + err)


def check_whole(tap, folder, workspace):
    """The document is kept whole: bytes, ratings, counts and all; the record holds its hash."""
    moment = {"SOURCE_DATE_EPOCH": "1345800000"}
    report = run(*REPORT, "--format", "json", workspace=workspace, environment=moment)[1]
    code, out, err = run(*REPORT, "--freeze", "q1", workspace=workspace, environment=moment)
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
        code, _, err = run(*REPORT, "--freeze", "q1", "--format", "json", workspace=workspace)
        tap.check("a report is frozen", code == 0, err)
        code, _, err = run(*REPORT, "--freeze", "q1", workspace=workspace)
        tap.check("its code is taken then", code == 3 and len(err.splitlines()) == 1, err)
        _, out, _ = run("where-used", "bame-employees", "--format", "json", workspace=workspace)
        uses = json.loads(out)
        tap.check("where-used lists what it prints",
                  uses and all(use["document"] == "q1" and use["stands"] and
                               use["printed"] == "40.23%" for use in uses), uses)
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
                  all(not use["stands"] and use["revision"] == 1 and use["latest"] == 2
                      for use in json.loads(out)), out)
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
        check_whole(tap, folder, demo(folder))
    tap.end()


main()
