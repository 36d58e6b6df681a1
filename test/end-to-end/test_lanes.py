"""The runner of the tests itself: what a test program says, leaves out or does wrong is never taken for a pass."""
import os
import subprocess
import sys

from harness import ROOT, Folder, Tap

sys.path.insert(0, os.path.join(ROOT, "script", "lanes"))
import tap as runner  # noqa: E402

# What a program says, and how many have passed, failed and been skipped.
SAYINGS = [
    ("a plan and its tests", "1..2\nok 1 - one\nok 2 - two\n", (2, 0, 0)),
    ("a plan at the end", "ok 1 - one\n1..1\n", (1, 0, 0)),
    ("several plans, as of several groups", "1..1\nok 1 - one\n1..1\nok 1 - two\n", (2, 0, 0)),
    ("a failure", "1..2\nok 1 - one\nnot ok 2 - two\n", (1, 1, 0)),
    ("a skipped test is no pass", "1..2\nok 1 - one\nok 2 - two # SKIP no data\n", (1, 0, 1)),
    ("a skipped failure is skipped", "1..1\nnot ok 1 - one # skip no data\n", (0, 0, 1)),
    ("a whole program skipped", "1..0 # skip no server\n", (0, 0, 1)),
    ("a plan of nothing, with no reason", "1..0\n", (0, 1, 0)),
    ("no word at all", "", (0, 1, 0)),
    ("tests without a plan", "ok 1 - one\n", (1, 1, 0)),
    ("fewer tests than planned", "1..3\nok 1 - one\n", (1, 2, 0)),
    ("more tests than planned", "1..1\nok 1 - one\nok 2 - two\n", (2, 1, 0)),
    ("a program that gives up", "1..1\nok 1 - one\nBail out! no room\n", (1, 2, 0)),
    ("a subtest's failure is told by its parent", "1..1\n    not ok 1 - inner\nok 1 - one\n", (1, 0, 0)),
]


def counts(outcome):
    return outcome.passed, outcome.failed, outcome.skipped


def check_program(tap, folder, name, script, expected, seconds=20):
    """What a real program comes to that Bash runs."""
    program = runner.Program("planted", ["bash", "-c", script], {}, seconds)
    told = sys.stdout
    with open(os.devnull, "w", encoding="utf-8") as sys.stdout:  # its own words are no test of ours
        found = runner.run_programs([program], folder)
    sys.stdout = told
    tap.equal(name, counts(found), expected)


def main():
    tap = Tap()
    for name, text, expected in SAYINGS:
        tap.equal(name, counts(runner.count(text)), expected)
    with Folder() as folder:
        check_program(tap, folder, "a program that passes", "echo 1..1; echo ok 1", (1, 0, 0))
        check_program(tap, folder, "a pass, and then a bad end", "echo 1..1; echo ok 1; exit 3", (1, 1, 0))
        check_program(tap, folder, "a pass, and then a crash", "echo 1..1; echo ok 1; kill -SEGV $$", (1, 1, 0))
        check_program(tap, folder, "one that does not end", "echo 1..1; echo ok 1; sleep 60", (1, 1, 0), 1)
    told = subprocess.run([sys.executable, "-c", "import tap; print(tap.run_programs([], '.').failed)"],
                          cwd=os.path.join(ROOT, "script", "lanes"), capture_output=True, text=True, check=False,
                          env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    tap.equal("a lane without any program fails", told.stdout.splitlines()[-1:], ["1"])
    told = subprocess.run([os.path.join(ROOT, "script", "test"), "--lanes"], capture_output=True, text=True, check=False)
    tap.check("the lanes can be listed", told.returncode == 0 and "end-to-end" in told.stdout, told.stderr)
    tap.end()


main()
