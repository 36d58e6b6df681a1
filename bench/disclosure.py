"""Secondary suppression with its audit on councils, an NHS programme and (with DUEREGARD_TEST_DATA)
public instances, and interval propagation: cells, seconds and memory beside their goals. What other
programs need for the same is in docs/performance.md."""
import os
import shutil
import subprocess
import sys

import bench

HERE = os.path.dirname(os.path.abspath(__file__))
NARROW = os.path.join(os.path.dirname(bench.PROGRAM), "bench", "narrow_intervals")

# name, people, scope, teams and directorates, most secondaries, seconds, MiB
COUNCILS = [
    ("council A1", 5000, "A1", (), 350, 0.02, 1024),
    ("council A", 5000, "A", (), 522, 0.05, 1024),
    ("council B", 5000, "B", (), 3030, 0.5, 1024),
    ("council C", 5000, "C", (), 17075, 3, 1024),
    ("NHS B", 1500000, "B", ("250", "42"), None, 3, 1536),
    ("NHS C", 1500000, "C", ("250", "42"), None, 15, 1536),
]
PUBLIC = [("d2", 13), ("d3", 205), ("d4b", 1380)]
INTERVALS = {"council C": 0.1, "NHS C": 0.5}  # seconds


def verdict(value, most):
    if most is None:
        return ""
    return f"(goal {most}: {'met' if value <= most else 'MISSED'})"


def protect(folder, path):
    """Secondaries, seconds (the median), MiB."""
    pattern, results = os.path.join(folder, "pattern"), []
    for _ in range(bench.RUNS):
        results.append(bench.run([bench.PROGRAM, "protect", "--quiet", "--relations", path,
                                  "--threshold", "5", "-o", pattern]))
    with open(pattern, encoding="ascii") as file:
        statuses = file.read().split()
    return (statuses.count("secondary"), bench.median([row[0] for row in results]),
            max(row[1] for row in results))


def print_row(name, found, goals):
    secondaries, seconds, memory = found
    print(f"{name:<12} secondaries {secondaries:>6} {verdict(secondaries, goals[0]):<22} "
          f"{seconds:7.3f} s {verdict(seconds, goals[1]):<18} {memory:5.0f} MiB "
          f"{verdict(memory, goals[2])}")
    sys.stdout.flush()


def numpy_python():
    """A Python that has numpy: this one, or Debian's."""
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import numpy"], capture_output=True,
                          check=False).returncode == 0:
            return python
    return None


def tell_peer():
    """GaussSuppression is not run here; what it needed is in docs/performance.md."""
    found = shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(GaussSuppression)"], capture_output=True,
        check=False).returncode == 0
    reason = "this benchmark does not drive it" if found else "R's GaussSuppression is not installed"
    print(f"GaussSuppression (R) on d3 and d4b: not run, because {reason} "
          "(goal: at least 40 times faster at equal or fewer suppressions)")


def main():
    data, python = os.environ.get("DUEREGARD_TEST_DATA"), numpy_python()
    with bench.Folder() as folder:
        for name, goal in PUBLIC if data else []:
            path = os.path.join(data, "disclosure", name + ".txt")
            print_row(name, protect(folder, path), (goal, None, None))
        if not data:
            print("d2, d3, d4b: skipped, because DUEREGARD_TEST_DATA is not set")
        for name, people, scope, shape, *goals in COUNCILS if python else []:
            path = os.path.join(folder, "relations.txt")
            subprocess.run([python, os.path.join(HERE, "councils.py"), str(people), scope, path,
                            *shape], check=True)
            print_row(name, protect(folder, path), goals)
            if name in INTERVALS:
                seconds = bench.median([float(subprocess.check_output([NARROW, path]))
                                        for _ in range(bench.RUNS)])
                print(f"{name:<12} interval propagation {seconds:.3f} s "
                      f"{verdict(seconds, INTERVALS[name])}")
        tell_peer()
        if not python:
            print("councils and NHS: skipped, because no Python with numpy is here")


main()
