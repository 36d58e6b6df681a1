"""A PostgreSQL server that is not there, locked, full, read-only or newer: one plain sentence, exit code 4, and nothing
lost. The full disk is the server's own word for it, raised in the middle of an import."""
import os
import shutil
import subprocess
import sys
import time

from engines import OnPostgresql
from scenario import Folder, Tap, demo, fails_plainly, large_import, run

FULL = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM value) > {most} THEN
        RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = 'could not extend file: No space left on device';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON value FOR EACH ROW EXECUTE FUNCTION full_disk()"""


def is_whole(tap, name, engine, workspace, before):
    tap.equal(f"{name}: every row as before", engine.counts(workspace), before)
    code, out, err = run("audit", workspace=workspace)
    tap.check(f"{name}: the audit is whole", code == 0, out + err)


def not_there(tap, engine, workspace, path):
    address = engine.address(engine.database(workspace))
    for name, other in (("no such server", address.replace(engine.server.folder, engine.folder)),
                        ("no such database", engine.address("nowhere")),
                        ("no such account", address.replace("user=postgres", "user=nobody"))):
        for words in (("import", "values", path), ("export", "units")):
            code, out, err = run(*words, workspace=workspace, environment={"DUEREGARD_DATABASE": other})
            fails_plainly(tap, f"{name}, {words[0]}", (code, out, err))
            tap.check(f"{name}, {words[0]}: no password could be in it", "password=" not in err, err)


def locked(tap, engine, path):
    """Another program holds a table for itself."""
    workspace = engine.fresh("locked")
    before = engine.counts(workspace)
    with subprocess.Popen(["psql", "-XqAt", engine.address(engine.database(workspace))], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as holder:
        holder.stdin.write("BEGIN; LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n")
        holder.stdin.flush()
        holder.stdout.readline()
        begun = time.monotonic()
        answer = run("import", "values", path, workspace=workspace)
        took = time.monotonic() - begun
        holder.stdin.write("ROLLBACK;\n")
        holder.stdin.close()
    fails_plainly(tap, "a locked table", answer, words="locked")
    tap.check("a locked table: nobody waits for ever", took < 60, f"{took:.1f} s")
    is_whole(tap, "a locked table", engine, workspace, before)


def full(tap, engine, path):
    workspace = engine.fresh("full")
    before = engine.counts(workspace)
    engine.sql(FULL.format(most=before["value"] + 500, state="53100"), engine.database(workspace))
    fails_plainly(tap, "a full disk of the server", run("import", "values", path, workspace=workspace), words="disk is full")
    is_whole(tap, "a full disk of the server", engine, workspace, before)
    engine.sql("DROP TRIGGER full_disk ON value", engine.database(workspace))
    code, out, err = run("import", "values", path, workspace=workspace)
    tap.check("with room again, it goes in", code == 0, out + err)


def read_only(tap, engine, path):
    workspace = engine.fresh("standby")
    before = engine.counts(workspace)
    database = engine.database(workspace)
    engine.sql(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    fails_plainly(tap, "a database for reading only", run("import", "values", path, workspace=workspace),
                  words="reading only")
    code, out, err = run("export", "units", workspace=workspace)
    tap.check("a database for reading only: reading goes on", code == 0 and "council" in out, err)
    engine.sql(f"ALTER DATABASE {database} RESET default_transaction_read_only")
    is_whole(tap, "a database for reading only", engine, workspace, before)


def newer(tap, engine, path):
    workspace = engine.fresh("newer")
    before = engine.counts(workspace)
    database = engine.database(workspace)
    engine.sql("INSERT INTO migration SELECT 9999, name, hash, at FROM migration LIMIT 1", database)
    for words in (("import", "values", path), ("export", "units"), ("migrate",)):
        fails_plainly(tap, f"a newer schema, {words[0]}", run(*words, workspace=workspace), words="newer")
    engine.sql("DELETE FROM migration WHERE number = 9999", database)
    is_whole(tap, "a newer schema", engine, workspace, before)


def main():
    tap = Tap()
    if not shutil.which("psql"):
        tap.skip("faults of a server", "postgresql-15 is not there")
        tap.end()
    with Folder() as folder:
        os.chmod(folder, 0o755)
        pristine = demo(folder)
        path, _ = large_import(folder, pristine)
        engine = OnPostgresql(folder, pristine)
        workspace = engine.fresh("elsewhere")
        not_there(tap, engine, workspace, path)
        locked(tap, engine, path)
        full(tap, engine, path)
        read_only(tap, engine, path)
        newer(tap, engine, path)
    tap.end()


if __name__ == "__main__":
    sys.exit(main())
