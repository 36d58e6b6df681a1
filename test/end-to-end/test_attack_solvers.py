"""The attacker's own linear programmes (level 4) against CLP and GLPK, asked directly from here; and
level 5, which asks them itself."""
import json
import os
import shutil
import subprocess

from attack_check import Authority, attack, known, write
from harness import Folder, Tap, run

FULL = bool(os.environ.get("DUEREGARD_TEST_FULL"))
DATA = os.environ.get("DUEREGARD_TEST_DATA", "")
AUTHORITIES = 300 if FULL else 15
HIDDEN_MOST = 60
FAR = 100000  # stands for no upper bound


def programme(values, rows, pattern, hidden, path):
    """Writes the least and the most of every hidden cell as one linear programme: a copy of the
    equations for each. Fixed columns of MPS; the goal is made as small as can be."""
    place = {cell: i for i, cell in enumerate(hidden)}
    equations = []
    for total, parts in rows:
        entries, side = [], 0
        for cell, sign in [(total, -1)] + [(part, 1) for part in parts]:
            if cell in place:
                entries.append((place[cell], sign))
            else:
                side -= sign * values[cell]
        if entries:
            equations.append((entries, side))
    copies = 2 * len(hidden)
    names, columns, sides = [], [], []
    for copy in range(copies):
        own = {i: [] for i in range(len(hidden))}
        for number, (entries, side) in enumerate(equations):
            row = f"R{copy * len(equations) + number}"
            names.append(f" E  {row}")
            for i, sign in entries:
                own[i].append((row, sign))
            sides.append(f"    RHS       {row:<8}  {side:>12}")
        for i in own:
            column = f"C{copy * len(hidden) + i}"
            goal = 0 if i != copy // 2 else 1 if copy % 2 == 0 else -1
            for row, sign in [("GOAL", goal)] + own[i]:
                columns.append(f"    {column:<8}  {row:<8}  {sign:>12}")
    bounds = [f" {kind} BND       C{i:<7}  {bound:>12}" for i in range(copies * len(hidden))
              for kind, bound in (("LO", 1), ("UP", FAR))]
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(["NAME          test", "ROWS", " N  GOAL", *names, "COLUMNS", *columns,
                              "RHS", *sides, "BOUNDS", *bounds, "ENDATA", ""]))


def ranges_by(solver, folder, count):
    """The least and the most of each hidden cell between whole numbers; None: no end."""
    path, out = os.path.join(folder, "own.mps"), os.path.join(folder, "own.txt")
    words = {"clp": ["clp", path, "-printingOptions", "all", "-primalSimplex", "-solution", out],
             "glpsol": ["glpsol", "--mps", path, "-w", out]}[solver]
    subprocess.run(words, capture_output=True, check=True)
    found = {}
    with open(out, encoding="ascii") as file:
        for line in file:
            words = line.split()
            if solver == "clp" and len(words) > 2 and words[1][0] == "C":
                found[int(words[1][1:])] = float(words[2])
            elif solver == "glpsol" and words[:1] == ["j"]:
                found[int(words[1]) - 1] = float(words[3])
    ranges = []
    for i in range(count):
        least, most = found[2 * i * count + i], found[(2 * i + 1) * count + i]
        ranges.append((-int(-(least - 1e-6) // 1), None if most > FAR / 2 else int((most + 1e-6) // 1)))
    return ranges


def check_widths(tap, folder):
    """Level 4 has the same intervals as both; level 5 agrees with level 2."""
    wrong, compared, denied = {"clp": [], "glpsol": []}, 0, []
    for seed in range(AUTHORITIES):
        authority = Authority(40000 + seed)
        pattern = authority.pattern()
        hidden = [i for i, state in enumerate(pattern) if state in ("primary", "secondary")]
        if not 0 < len(hidden) <= HIDDEN_MOST:
            continue
        compared += 1
        code, answer = attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown",
                              "--level", "5", "--width", "1000000")
        if answer["disagreements"] or answer["unsolved"] or not answer["hidden_cells"]:
            denied.append((seed, code, answer["disagreements"], answer["unsolved"]))
        _, answer = attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown",
                           "--level", "4", "--width", "1000000")
        own = [(cell["least"], cell["most"]) for cell in answer["hidden_cells"]]
        programme(authority.values, authority.rows, pattern, hidden, os.path.join(folder, "own.mps"))
        for solver, list_of_wrong in wrong.items():
            ranges = ranges_by(solver, folder, len(hidden))
            joint = {cell["cell"] for cell in answer["hidden_cells"] if cell["level"] == 3}
            different = [(hidden[i], a, b) for i, (a, b) in enumerate(zip(own, ranges))
                         if a != b and not joint]
            if different:
                list_of_wrong.append((seed, different[:3]))
    for solver, list_of_wrong in wrong.items():
        tap.equal(f"level 4 has the intervals that {solver} has", list_of_wrong[:2], [])
    tap.equal("level 5 agrees with level 2", denied[:3], [])
    tap.check("enough were compared", compared >= AUTHORITIES // 3, compared)


def check_public(tap, folder):
    """d2 and d3, protected: the other solvers find nothing that level 2 does not, and what is planted
    they find."""
    for name, planted in (("d2", True), ("d3", False)):
        path = os.path.join(DATA, "disclosure", name + ".txt")
        title = f"{name} at level 5"
        if not os.path.exists(path):
            tap.skip(title, "DUEREGARD_TEST_DATA is not set")
            continue
        states = os.path.join(folder, "states.txt")
        run("protect", "--quiet", "--relations", path, "--threshold", "5", "-o", states)
        _, out, err = run("attack", "--relations", path, "--pattern", states, "--level", "5", "--format", "json")
        answer = json.loads(out)
        exact = sum(level["primary"] for level in answer["levels"] if level["level"] <= 3)
        tap.equal(title, (exact, answer["disagreements"], answer["unsolved"], err), (0, 0, 0, ""))
        with open(states, encoding="ascii") as file:
            pattern = file.read().split()
        if not planted:
            continue
        secondaries = [i for i, state in enumerate(pattern) if state == "secondary"]
        found = 0
        for cell in secondaries:
            write(folder, [], [], [*pattern[:cell], "published", *pattern[cell + 1:]])
            code, out, err = run("attack", "--relations", path, "--pattern", os.path.join(folder, "pattern.txt"),
                                 "--level", "5", "--format", "json")
            answer = json.loads(out)
            if answer["disagreements"] or answer["unsolved"]:
                tap.check(f"{name} with cell {cell} published", False, (code, err))
            found += code == 1 and bool(known(answer))
        tap.check(f"{name}: with any of its secondaries published somebody is found",
                  found > len(secondaries) // 2, (found, len(secondaries)))


def council(folder, scope):
    """A council of 5,000 from its fixed seed; None where numpy is not there."""
    path = os.path.join(folder, scope + ".txt")
    made = subprocess.run(["/usr/bin/python3", "bench/councils.py", "5000", scope, path], capture_output=True)
    return path if made.returncode == 0 else None


def check_large(tap, folder):
    """Councils A1 and A with every hidden cell, a few cells of B, where each programme takes seconds, and a
    sample of d4b: protected here, and both solvers agree with level 2."""
    d4b = os.path.join(DATA, "disclosure", "d4b.txt")
    instances = [(council(folder, "A1"), "council A1", "300"), (council(folder, "A"), "council A", "0"),
                 (council(folder, "B"), "council B", "6"), (d4b if os.path.exists(d4b) else None, "d4b", "100")]
    for path, name, sample in instances if FULL else instances[:1]:
        title = f"{name} at level 5"
        if not path:
            tap.skip(title, "numpy, or DUEREGARD_TEST_DATA, is not there")
            continue
        states = os.path.join(folder, "large.txt")
        run("protect", "--quiet", "--relations", path, "--threshold", "5", "-o", states)
        _, out, err = run("attack", "--relations", path, "--pattern", states, "--level", "5", "--sample", sample,
                          "--format", "json", timeout=3000)
        answer = json.loads(out)
        exact = sum(level["primary"] for level in answer["levels"] if level["level"] <= 3)
        tap.equal(title, (exact, answer["disagreements"], answer["unsolved"], err), (0, 0, 0, ""))


def check_missing(tap, folder):
    relations, states = write(folder, [3, 1, 2], [(0, (1, 2))], ["published", "primary", "secondary"])
    code, out, err = run("attack", "--relations", relations, "--pattern", states, "--level", "5",
                         environment={"PATH": folder})
    tap.check("without the solvers level 5 is refused in one sentence",
              code == 2 and not out and "coinor-clp" in err and err.count("\n") == 1, f"{code} {err}")
    for name in ("clp", "glpsol"):
        with open(os.path.join(folder, name), "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nexit 1\n")
        os.chmod(os.path.join(folder, name), 0o755)
    code, out, err = run("attack", "--relations", relations, "--pattern", states, "--level", "5",
                         environment={"PATH": folder + ":/bin"})
    tap.check("a solver that does not answer settles nothing, and that is a finding",
              code == 1 and "could not settle" in out, out + err)


def main():
    tap = Tap()
    with Folder() as folder:
        if shutil.which("clp") and shutil.which("glpsol"):
            check_widths(tap, folder)
            check_public(tap, folder)
            check_large(tap, folder)
        else:
            tap.check("clp and glpsol are installed", False, "apt-get install coinor-clp glpk-utils")
        check_missing(tap, folder)
    tap.end()


main()
