"""What the fault tests share: a demonstration workspace, a large import, and what a failure must say."""
import csv
import os
import pwd
import re
import shutil
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "end-to-end"))
from harness import PROGRAM, Folder, Tap, demo, rows, run  # noqa: E402, F401

TEST_USER = "dueregard-test"  # made by script/setup
STORAGE = 4
SENTENCE = re.compile(r"\Adueregard: [^\n]{10,400}\.\n\Z")
MONTHS = [f"{year}-{month:02}" for year in range(2014, 2034) for month in range(1, 13)]


def large_import(folder, workspace):
    """A file of value rows that are not in the demonstration; gives its path and how many."""
    path = os.path.join(folder, "values.csv")
    units = [row["code"] for row in rows("units", workspace)][:20]
    count = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["measure", "unit", "period", "value", "decimals", "state"])
        for measure in ("bame-employees", "disabled-employees"):
            for unit in units:
                for month in MONTHS:
                    writer.writerow([measure, unit, month, f"{count % 100}.{count % 10}", "1", "final"])
                    count += 1
    return path, count


def value_count(workspace):
    return len(rows("values", workspace))


def copy_workspace(workspace, folder, name):
    target = os.path.join(folder, name)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(workspace, target)
    return target


def database(workspace):
    return os.path.join(workspace, "dueregard.sqlite")


def fails_plainly(tap, name, answer, code=STORAGE, words=""):
    """A failure is one sentence on standard error, its exit code, and nothing on standard output."""
    found, out, err = answer
    said = f"exit {found}, said {err!r}, printed {out[:200]!r}"
    tap.check(f"{name}: exit code {code}", found == code, said)
    tap.check(f"{name}: one plain sentence", bool(SENTENCE.match(err)) and words in err, said)


def is_whole(tap, name, workspace, count):
    """The workspace opens, holds that many values, and its audit is in order."""
    found = value_count(workspace)
    tap.check(f"{name}: {count} values as before", found == count, f"found {found}")
    code, _, err = run("audit", workspace=workspace)
    tap.check(f"{name}: the audit is whole", code == 0, err)
    with sqlite3.connect(database(workspace)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    tap.check(f"{name}: the database is sound", answer == "ok" and not broken, f"{answer} {broken[:3]}")


def as_test_user(command):
    """Puts the unprivileged user before a command when we are root; None when there is no such user."""
    if os.geteuid() != 0:
        return command
    try:
        pwd.getpwnam(TEST_USER)
    except KeyError:
        return None
    return ["setpriv", f"--reuid={TEST_USER}", f"--regid={TEST_USER}", "--clear-groups", "--", *command]


def run_raw(command, workspace, before=None):
    """Runs any command with the workspace in its environment; `before` runs in the child first."""
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=300,
                          env=dict(os.environ, DUEREGARD_WORKSPACE=workspace, HOME="/"), preexec_fn=before)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def ignore_size_signal():
    """A write beyond the limit is then an error to the program, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
