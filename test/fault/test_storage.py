"""A full disk, a read-only folder or file, a locked, a corrupt and a newer database: one plain sentence, exit code 4,
and nothing lost. A workspace that was moved, a clock that jumped back and a backup that is older than the audit's signed
heads: what is lost is said, and nothing else is."""
import os
import random
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys

from scenario import (PROGRAM, SENTENCE, STORAGE, TEST_USER, Folder, Tap, as_test_user, copy_workspace, database,
                      demo, fails_plainly, ignore_size_signal, is_whole, large_import, rows, run, run_raw, value_count)

SEED = 20121123
PAGE = 4096


def limited(most):
    """A disk on which no file can grow beyond `most` bytes."""

    def before():
        ignore_size_signal()
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return before


def full_disk(tap, folder, pristine, path, count):
    """At several sizes, so that the journal, the database and its shared memory each meet the limit. The
    journal of the whole import is about as long as the database is at first, so half of that is too little."""
    for most in (os.path.getsize(database(pristine)) // 2, 200 * 1024, 40 * 1024):
        workspace = copy_workspace(pristine, folder, "full")
        answer = run_raw([PROGRAM, "import", "values", path], workspace, limited(most))
        name = f"files of at most {most} bytes"
        fails_plainly(tap, name, answer)
        is_whole(tap, name, workspace, count)


def full_file_system(tap, folder, pristine, path, count):
    """A real file system without room, where this machine lets us mount one."""
    size = os.path.getsize(database(pristine)) + 400 * 1024
    script = ('mount -t tmpfs -o size="$1" tmpfs "$2" || exit 77; cp -a "$3" "$2/workspace" || exit 77; '
              'DUEREGARD_WORKSPACE="$2/workspace" "$4" import values "$5"; code=$?; '
              'cp -a "$2/workspace" "$6"; exit $code')
    disk, after = os.path.join(folder, "disk"), os.path.join(folder, "after")
    os.mkdir(disk)
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh", str(size), disk, pristine, PROGRAM,
                           path, after], capture_output=True, check=False, timeout=300)
    if not os.path.isdir(after):
        print(f"# no file system of our own here ({done.stderr.decode().strip()}); "
              "the limit on file size above stands in for it", flush=True)
        return
    fails_plainly(tap, "a full file system", (done.returncode, done.stdout.decode(), done.stderr.decode()))
    is_whole(tap, "a full file system", after, count)


def read_only(tap, folder, pristine, path, count):
    """A workspace in which its owner may write nothing."""
    workspace = copy_workspace(pristine, folder, "read-only")
    program = os.path.join(folder, "dueregard")
    shutil.copy(PROGRAM, program)  # where the unprivileged user can reach it
    os.chmod(folder, 0o755)
    prefix = as_test_user([])
    if prefix is None:
        tap.check("there is an unprivileged user", False, f"script/setup makes {TEST_USER}")
        return
    for place, folders, files in os.walk(workspace, topdown=False):
        for name in files + folders + [""]:
            whole = os.path.join(place, name)
            if os.geteuid() == 0:
                shutil.chown(whole, TEST_USER, TEST_USER)
            os.chmod(whole, stat.S_IMODE(os.stat(whole).st_mode) & ~0o222)
    answer = run_raw([*prefix, program, "import", "values", path], workspace)
    fails_plainly(tap, "a read-only folder", answer)
    for place, folders, files in os.walk(workspace):
        for name in files + folders + [""]:
            whole = os.path.join(place, name)
            os.chmod(whole, stat.S_IMODE(os.stat(whole).st_mode) | 0o200)
    is_whole(tap, "a read-only folder", workspace, count)


def no_folder(tap, folder):
    answer = run("check", "--period", "2012-13-Q1", workspace=os.path.join(folder, "nowhere"))
    fails_plainly(tap, "a folder that is not there", answer, 3)


def locked(tap, folder, pristine, path, count):
    """Another program holds the database for itself."""
    workspace = copy_workspace(pristine, folder, "locked")
    holder = sqlite3.connect(database(workspace), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    answer = run("import", "values", path, workspace=workspace)
    fails_plainly(tap, "a locked database", answer)
    code, out, err = run("export", "units", workspace=workspace)
    tap.check("a locked database: reading goes on", code == 0 and "council" in out, err)
    holder.execute("ROLLBACK")
    holder.close()
    is_whole(tap, "a locked database", workspace, count)


def newer(tap, folder, pristine, path, count):
    """A database that a later program made."""
    workspace = copy_workspace(pristine, folder, "newer")
    with sqlite3.connect(database(workspace)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(migration)") if row[1] != "number"]
        connection.execute(f"INSERT INTO migration (number, {', '.join(columns)}) "
                           f"SELECT 9999, {', '.join(columns)} FROM migration LIMIT 1")
    connection.close()
    for words in (("import", "values", path), ("export", "units"), ("migrate",)):
        fails_plainly(tap, f"a newer schema, {words[0]}", run(*words, workspace=workspace), STORAGE, "newer")
    with sqlite3.connect(database(workspace)) as connection:
        connection.execute("DELETE FROM migration WHERE number = 9999")
    connection.close()
    is_whole(tap, "a newer schema", workspace, count)


def overwrite(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def corrupt(tap, folder, pristine, path):
    """Bytes overwritten at random, a cut file, a file that never was a database: the program says so or
    does its work; it never crashes, and reading changes nothing."""
    workspace = copy_workspace(pristine, folder, "corrupt")
    overwrite(database(workspace), 0, b"this is no database at all" * 40)
    before = bytes_of(database(workspace))
    for words in (("export", "units"), ("import", "values", path), ("audit",)):
        fails_plainly(tap, f"not a database, {words[0]}", run(*words, workspace=workspace))
    tap.check("not a database: left as it was", bytes_of(database(workspace)) == before)

    workspace = copy_workspace(pristine, folder, "corrupt")
    os.truncate(database(workspace), os.path.getsize(database(workspace)) // 2 // PAGE * PAGE)
    fails_plainly(tap, "half a database", run("import", "values", path, workspace=workspace))

    places = random.Random(SEED)
    failures = 0
    for number in range(12):
        workspace = copy_workspace(pristine, folder, "corrupt")
        pages = os.path.getsize(database(workspace)) // PAGE
        for _ in range(pages // 3):
            offset = places.randrange(1, pages) * PAGE
            overwrite(database(workspace), offset, places.randbytes(64))
        before = bytes_of(database(workspace))
        for words in (("export", "values"), ("check", "--period", "2012-13-Q1"), ("audit",)):
            code, _, err = run(*words, workspace=workspace)
            plain = code in (0, 1) or (code == STORAGE and SENTENCE.match(err))
            tap.check(f"damage {number + 1}, {words[0]}: done, or one plain sentence", bool(plain),
                      f"exit {code}: {err}")
            failures += code == STORAGE
        tap.check(f"damage {number + 1}: reading changed nothing", bytes_of(database(workspace)) == before)
    tap.check("most damage is noticed", failures >= 12, f"{failures} of 36")


def read_only_file(tap, folder, pristine, path, count):
    """A database that may only be read, in a folder that may be written."""
    workspace = copy_workspace(pristine, folder, "file")
    program = os.path.join(folder, "dueregard")
    prefix = as_test_user([])
    if prefix is None:
        tap.check("there is an unprivileged user", False, f"script/setup makes {TEST_USER}")
        return
    if os.geteuid() == 0:
        for place, folders, files in os.walk(workspace):
            for name in files + [""]:
                shutil.chown(os.path.join(place, name), TEST_USER, TEST_USER)
    os.chmod(database(workspace), 0o400)
    fails_plainly(tap, "a read-only file", run_raw([*prefix, program, "import", "values", path], workspace))
    code, out, err = run_raw([*prefix, program, "export", "units"], workspace)
    tap.check("a read-only file: reading goes on", code == 0 and "council" in out, err)
    os.chmod(database(workspace), 0o600)
    is_whole(tap, "a read-only file", workspace, count)


def moved(tap, folder, pristine, path, count):
    """A workspace is its folder, wherever that stands and whatever it is called."""
    workspace = os.path.join(copy_workspace(pristine, folder, "here"))
    place = os.path.join(folder, "Équality duty", "w%41")
    os.makedirs(os.path.dirname(place))
    os.rename(workspace, place)
    is_whole(tap, "a workspace that was moved", place, count)
    code, out, err = run("import", "values", path, workspace=place)
    tap.check("a workspace that was moved: it is written to there", code == 0 and not os.path.exists(workspace), out + err)


def clock_back(tap, folder, pristine, count):
    """A clock that jumps back: what is newest is told by its number, not by its moment."""
    workspace = copy_workspace(pristine, folder, "clock")
    path = os.path.join(folder, "revised.csv")
    for moment, value in (("1700000000", "41"), ("1000000000", "42")):
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"measure,unit,period,value,reason\nbame-employees,council,2014-05,{value},Counted again\n")
        code, out, err = run("import", "values", path, workspace=workspace, environment={"SOURCE_DATE_EPOCH": moment})
        tap.check(f"at {moment} a value is written", code == 0, out + err)
    told = [row["value"] for row in rows("values", workspace) if row["period"] == "2014-05"]
    tap.equal("after the clock jumped back, the last that was written holds", told, ["42"])
    is_whole(tap, "a clock that jumped back", workspace, count + 1)


def older_backup(tap, folder, pristine, path, count):
    """What is lost with an older backup is said, and the audit has the restore."""
    workspace = copy_workspace(pristine, folder, "restored")
    backup, heads = os.path.join(folder, "old.backup"), os.path.join(workspace, "audit.heads")
    run("backup", backup, workspace=workspace)
    code, out, err = run("restore", backup, "--replace", workspace=workspace)
    tap.check("a backup of now loses nothing, and says nothing of it", code == 0 and len(out.splitlines()) == 1, out + err)
    for _ in range(2):
        run("import", "values", path, workspace=workspace)
        run("import", "values", path, "--dry-run", workspace=workspace)
    code, head, err = run("audit", "head", workspace=workspace)
    with open(heads, "a", encoding="utf-8") as file:
        file.write(head)
    code, out, err = run("restore", backup, workspace=workspace)
    tap.check("it does not go over data unasked", code == 1 and "--replace" in err, out + err)
    code, out, err = run("restore", backup, "--replace", workspace=workspace)
    tap.check("an older backup says what is not in it",
              code == 0 and "older than what was signed" in out and f"event {head.split()[2]}" in out, out + err)
    is_whole(tap, "an older backup", workspace, count)
    with sqlite3.connect(database(workspace)) as connection:
        last = connection.execute("SELECT operation, subject FROM audit_event ORDER BY id DESC LIMIT 1").fetchone()
    connection.close()
    tap.equal("the restore is an event of the audit", last, ("restore", "old.backup"))
    code, out, err = run("audit", "verify", "--head", heads, workspace=workspace)
    tap.check("and the signed head convicts it", code == 1 and "event" in out, out + err)


def full_outputs(tap, folder, pristine):
    """A backup or an export for which there is no room leaves nothing that looks like one."""
    workspace = copy_workspace(pristine, folder, "outputs")
    for words in (("backup",), ("export", "actions", "-o"), ("report", "progress", "--period", "2012-13-Q1", "-o")):
        target = os.path.join(folder, f"{words[0]}.out")
        name = f"no room for {words[0]}"
        fails_plainly(tap, name, run_raw([PROGRAM, *words, target], workspace, limited(16 * 1024)))
        left = [other for other in os.listdir(folder) if other.startswith(os.path.basename(target))]
        tap.equal(f"{name}: nothing is left", left, [])


def main():
    tap = Tap()
    with Folder() as folder:
        pristine = demo(folder)
        path, _ = large_import(folder, pristine)
        os.chmod(path, 0o644)
        count = value_count(pristine)
        full_disk(tap, folder, pristine, path, count)
        full_file_system(tap, folder, pristine, path, count)
        read_only(tap, folder, pristine, path, count)
        read_only_file(tap, folder, pristine, path, count)
        no_folder(tap, folder)
        moved(tap, folder, pristine, path, count)
        clock_back(tap, folder, pristine, count)
        older_backup(tap, folder, pristine, path, count)
        full_outputs(tap, folder, pristine)
        locked(tap, folder, pristine, path, count)
        newer(tap, folder, pristine, path, count)
        corrupt(tap, folder, pristine, path)
    tap.end()


if __name__ == "__main__":
    sys.exit(main())
