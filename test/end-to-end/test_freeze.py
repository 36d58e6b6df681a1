"""A frozen report: every figure on record, and what was revised since says so."""
import json
import os

from harness import Folder, Tap, demo, run

REPORT = ("report", "progress", "--period", "2012-13-Q1")


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
        once = [run(*REPORT, "--format", form, "-o", os.path.join(folder, f"a.{form}"),
                    workspace=workspace, environment={"SOURCE_DATE_EPOCH": "1345800000"})[0] +
                run(*REPORT, "--format", form, "-o", os.path.join(folder, f"b.{form}"),
                    workspace=workspace, environment={"SOURCE_DATE_EPOCH": "1345800000"})[0]
                for form in ("html", "text", "odt", "ods", "csv", "json")]
        same = [open(os.path.join(folder, f"a.{form}"), "rb").read() ==
                open(os.path.join(folder, f"b.{form}"), "rb").read()
                for form in ("html", "text", "odt", "ods", "csv", "json")]
        tap.check("same input, same bytes, in every format", not any(once) and all(same), same)
    tap.end()


main()
