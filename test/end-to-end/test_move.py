"""A whole workspace from SQLite to PostgreSQL and back, row for row; backup and restore; the same
answers on both engines."""
import os
import shutil

from harness import Folder, Tap, database, demo, rows, run

KINDS = ["actions", "action-tags", "measures", "values", "targets", "return-rows", "declared-ratings"]


def contents(workspace):
    return {kind: rows(kind, workspace) for kind in KINDS}


def check_move(tap, folder, server):
    workspace = demo(folder)
    before = contents(workspace)
    findings = run("check", "--period", "2012-13-Q1", "--format", "json", workspace=workspace)[1]
    report = run("report", "progress", "--period", "2012-13-Q1", "--format", "csv",
                 workspace=workspace)[1]
    address = database(server, "moved")
    code, out, err = run("move", "--to", address, workspace=workspace)
    tap.check("to PostgreSQL, each row compared", code == 0 and "compared and equal" in out,
              out + err)
    tap.check("the workspace is on PostgreSQL now",
              address in open(os.path.join(workspace, "dueregard.ini"), encoding="utf-8").read())
    tap.equal("the same rows", contents(workspace), before)
    tap.equal("the same findings",
              run("check", "--period", "2012-13-Q1", "--format", "json", workspace=workspace)[1],
              findings)
    tap.equal("the same report", run("report", "progress", "--period", "2012-13-Q1", "--format",
                                     "csv", workspace=workspace)[1], report)
    code, out, err = run("audit", workspace=workspace)
    tap.check("the audit is whole there", code == 0, out + err)
    path = os.path.join(folder, "more.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("measure,unit,period,value\nbame-employees,council,2012-13-Q2,40.5\n")
    code, out, err = run("import", "values", path, workspace=workspace)
    tap.check("it is written to there", code == 0 and "1 new" in out, out + err)
    code, out, err = run("move", "--to", address, workspace=workspace)
    tap.check("a database that holds rows is refused", code != 0 and len(err.splitlines()) == 1, err)
    backup = os.path.join(folder, "postgresql.backup")
    code, out, err = run("backup", backup, workspace=workspace)
    tap.check("a backup of PostgreSQL is one file", code == 0 and os.path.getsize(backup) > 0, err)
    after = contents(workspace)
    code, out, err = run("move", "--to", "sqlite:back.sqlite", workspace=workspace)
    tap.check("and back to SQLite", code == 0 and "compared and equal" in out, out + err)
    tap.equal("with what was written meanwhile", contents(workspace), after)


def check_backup(tap, folder):
    workspace = os.path.join(folder, "saved")
    run("demo", "--workspace", workspace)
    before = contents(workspace)
    backup = os.path.join(folder, "demo.backup")
    code, out, err = run("backup", backup, workspace=workspace)
    tap.check("a backup is made and checked", code == 0 and "checked" in out, out + err)
    code, _, err = run("backup", backup, workspace=workspace)
    tap.check("and not written over", code != 0 and len(err.splitlines()) == 1, err)
    for name in os.listdir(workspace):
        if ".sqlite" in name:
            os.unlink(os.path.join(workspace, name))
    code, out, err = run("restore", backup, workspace=workspace)
    tap.check("it is brought back", code == 0, out + err)
    tap.equal("whole", contents(workspace), before)
    other = os.path.join(folder, "other")
    run("init", "--workspace", other)
    code, out, err = run("restore", backup, workspace=other)
    tap.check("it goes into a new workspace", code == 0 and contents(other) == before, out + err)
    code, _, err = run("restore", backup, workspace=other)
    tap.check("and not over data, but for who says so", code == 1 and "--replace" in err, err)
    code, _, err = run("restore", backup, "--replace", workspace=other)
    tap.check("which --replace does", code == 0 and contents(other) == before, err)
    spoiled = os.path.join(folder, "spoiled.backup")
    shutil.copy(backup, spoiled)
    with open(spoiled, "r+b") as file:
        file.seek(os.path.getsize(spoiled) // 2)
        file.write(os.urandom(8192))
    code, _, err = run("restore", spoiled, "--replace", workspace=workspace)
    tap.check("a spoiled backup is refused", code != 0 and len(err.splitlines()) == 1, err)
    tap.equal("and nothing is lost", contents(workspace), before)


def main():
    tap = Tap()
    server = os.environ.get("DUEREGARD_TEST_POSTGRESQL")
    with Folder() as folder:
        check_backup(tap, folder)
        if server:
            check_move(tap, folder, server)
        else:
            tap.check("DUEREGARD_TEST_POSTGRESQL names the tests' server", False)
    tap.end()


main()
