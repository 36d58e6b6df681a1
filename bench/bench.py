"""What the benchmarks share: the release build, timing by medians, one line a result."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("DUEREGARD", os.path.join(ROOT, "build-bench", "dueregard"))
RUNS = int(os.environ.get("DUEREGARD_BENCH_RUNS", "3"))


class Folder:
    """A temporary folder on the disk that holds the build (not in memory), removed at the end."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="bench-", dir=os.path.dirname(PROGRAM))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def run(command, environment=None, stdin=None, stdout=subprocess.DEVNULL, stderr=None):
    """Runs a command to its end; gives seconds and its greatest memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=dict(os.environ, **(environment or {})), stdin=stdin,
                               stdout=stdout, stderr=stderr)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"{command[:4]} failed with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss / 1024


def program(*words, workspace):
    return run([PROGRAM, *words], {"DUEREGARD_WORKSPACE": workspace})


def report(name, ours, peer, unit, ratio, goal, more=""):
    """Prints one result. A goal that is missed is told, never a failure."""
    met = "met" if goal[1](ratio) else "MISSED"
    print(f"{name:<34} ours {ours:>10} {unit}  peer {peer:>10} {unit}  ratio {ratio:6.2f}  "
          f"goal {goal[0]}: {met}  {more}")
    sys.stdout.flush()


def median(numbers):
    return statistics.median(numbers)


def at_most(limit):
    return f"<= {limit}", lambda ratio: ratio <= limit


def at_least(limit):
    return f">= {limit}", lambda ratio: ratio >= limit
