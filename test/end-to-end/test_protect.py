"""protect --relations: what is hidden cannot be worked out, by an attacker of the tests' own; the
public instances' figures; refusals; the same bytes every time."""
import os

from authorities import Authority
from disclosure_check import exposed, read_relations, write_relations
from harness import Folder, Tap, run

DATA = os.environ.get("DUEREGARD_TEST_DATA")
FULL = bool(os.environ.get("DUEREGARD_TEST_FULL"))
HIDDEN = ("primary", "secondary")


def protect(path, *options):
    code, out, err = run("protect", "--relations", path, *options)
    return code, out.split("\n")[:-1], err


def hidden_cells(pattern):
    return [cell for cell, status in enumerate(pattern) if status in HIDDEN]


def attack(path, pattern, least):
    values, relations = read_relations(path)
    return {cell for cell in exposed(values, relations, hidden_cells(pattern), least)}


def check_authorities(tap, folder, count):
    """Random authorities under each way; the attacker must find nothing, and must find something
    once the secondaries are shown."""
    path = os.path.join(folder, "authority.txt")
    ways = [(("--threshold", "5"), 1), (("--threshold", "10"), 1),
            (("--threshold", "5", "--zeros", "hidden"), 0),
            (("--threshold", "5", "--safety", "linear"), None)]
    leaks, blind, failures, with_secondaries, linear_leaks = [], [], [], 0, 0
    for seed in range(count):
        authority = Authority(seed)
        write_relations(path, authority.values, authority.relations)
        options, least = ways[seed % len(ways)]
        code, pattern, err = protect(path, *options)
        if code or len(pattern) != len(authority.values):
            failures.append((seed, code, err))
            continue
        found = exposed(authority.values, authority.relations, hidden_cells(pattern), least)
        if found:
            leaks.append((seed, sorted(found)[:5]))
        if least is None:
            linear_leaks += bool(exposed(authority.values, authority.relations,
                                         hidden_cells(pattern), 1))
        primaries = [cell for cell, status in enumerate(pattern) if status == "primary"]
        if len(primaries) < len(hidden_cells(pattern)):
            with_secondaries += 1
            if not exposed(authority.values, authority.relations, primaries, least):
                blind.append(seed)
    tap.equal(f"{count} authorities are protected", failures, [])
    tap.equal("and nothing hidden can be worked out", leaks, [])
    tap.check("linear safety alone gives some away to who knows that a hidden cell is at least 1",
              linear_leaks > 0, linear_leaks)
    tap.check("most need secondaries", with_secondaries > count // 2, with_secondaries)
    tap.equal("without its secondaries each gives somebody away", blind, [])


def grid(rows):
    """A table with margins as cells and relations."""
    width = len(rows[0])
    values = [value for row in rows for value in row]
    height = len(rows)
    row_totals = [len(values) + i for i in range(height)]
    values += [sum(row) for row in rows]
    column_totals = [len(values) + i for i in range(width)]
    values += [sum(row[i] for row in rows) for i in range(width)]
    values.append(sum(values[:width * height]))
    total = len(values) - 1
    relations = [[row_totals[r]] + [r * width + c for c in range(width)] for r in range(height)]
    relations += [[column_totals[c]] + [r * width + c for r in range(height)]
                  for c in range(width)]
    relations += [[total] + row_totals, [total] + column_totals]
    return values, relations


def groups(values, groupings):
    """One list of numbers under several groupings, each with its own subtotals, and a total."""
    count, values, relations = len(values), list(values), []
    values.append(sum(values))
    for grouping in groupings:
        totals = []
        for members in grouping:
            totals.append(len(values))
            relations.append([len(values)] + list(members))
            values.append(sum(values[i] for i in members))
        relations.append([count] + totals)
    return values, relations


def known_failures():
    """Cases in which other programs gave something away: sdcTable 135, 133, 136 and tau-ARGUS 194."""
    pairs = [[0, 1], [2, 3], [4, 5], [6, 7]]
    halves = [[0, 1, 2, 3], [4, 5, 6, 7]]
    sizes = [[2, 3, 7], [0, 1, 4, 5, 6]]
    regions = [2, 2, 8, 8, 3, 3, 3, 7]
    return {
        "three ones in a row": grid([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]]),
        "one list": groups([11, 7, 3, 9, 4], [[range(5)]]),
        "regions by county and by size": groups(regions, [pairs, sizes]),
        "regions by half and by size": groups(regions, [halves, sizes]),
        "zeros and ones left over": groups([0, 0, 0, 10, 5, 0, 0, 10, 3, 1, 1],
                                           [[[0, 1, 2], [3, 4, 5, 6], [7, 8, 9, 10]]]),
        "rows that leave two": grid([[10, 5, 0, 0], [10, 3, 1, 1], [0, 0, 0, 0]]),
    }


def check_known_failures(tap, folder):
    path = os.path.join(folder, "case.txt")
    for name, (values, relations) in known_failures().items():
        write_relations(path, values, relations)
        for threshold in ("5", "10"):
            for zeros, least in (("shown", 1), ("hidden", 0)):
                code, pattern, err = protect(path, "--threshold", threshold, "--zeros", zeros)
                tap.check(f"{name}: threshold {threshold}, zeros {zeros}",
                          code == 0 and not attack(path, pattern, least), err)


def check_instances(tap):
    goals = {"d2": (17, 13), "d3": (216, 205), "d4b": (1426, 1380)}
    for name, (goal, stretch) in goals.items():
        label = f"{name}: at most {stretch} secondaries"
        if not DATA:
            tap.skip(label, "DUEREGARD_TEST_DATA is not set")
            continue
        path = os.path.join(DATA, "disclosure", name + ".txt")
        code, pattern, err = protect(path, "--threshold", "5")
        secondaries = pattern.count("secondary")
        tap.check(label, code == 0 and secondaries <= stretch, f"{secondaries} {err}")
        if name != "d4b":
            tap.equal(f"{name}: none recovered", attack(path, pattern, 1), set())
        again = protect(path, "--threshold", "5")[1]
        tap.check(f"{name}: the same again", again == pattern)


def check_refusals(tap, folder):
    path, listed = os.path.join(folder, "refused.txt"), os.path.join(folder, "list.txt")
    write_relations(path, [12, 9, 3], [[0, 1, 2]])
    with open(listed, "w", encoding="utf-8") as file:
        file.write("0\n1\n")
    code, pattern, err = protect(path, "--threshold", "5", "--known", listed)
    tap.check("known cells that give a small number away: exit 1 and how",
              code == 1 and not pattern and "cell 2 = cell 0 - cell 1" in err, f"{code} {err}")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("0\n")
    code, pattern, err = protect(path, "--threshold", "5", "--known", listed)
    tap.equal("a known total stays known", pattern, ["known", "secondary", "primary"])
    code, pattern, err = protect(path, "--threshold", "4")
    tap.check("a threshold below 5 is refused", code == 1 and "below 5" in err, f"{code} {err}")
    code, pattern, err = protect(path, "--threshold", "4", "--not-for-publication")
    tap.check("and allowed for trying things out", code == 0 and pattern[2] == "primary", err)
    code, pattern, err = protect(path, "--primary", listed)
    tap.check("a primary from outside is hidden, with a cell that hides it",
              code == 0 and pattern[0] == "primary" and pattern.count("secondary") == 1,
              f"{pattern} {err}")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("1000\n0\n1\n")
    code, pattern, err = protect(path, "--threshold", "5", "--weights", listed)
    tap.equal("a dear total is kept, a cheap part hidden", pattern,
              ["published", "secondary", "primary"])
    with open(path, "a", encoding="utf-8") as file:
        file.write("7\n")
    code, pattern, err = protect(path)
    tap.check("a file that goes on too long is refused with its line",
              code == 3 and "line 6" in err, f"{code} {err}")
    write_relations(path, [12, 9, 4], [[0, 1, 2]])
    code, pattern, err = protect(path)
    tap.check("what does not add up is refused with its line",
              code == 3 and "line 5" in err and "add up" in err, f"{code} {err}")


def main():
    tap = Tap()
    with Folder() as folder:
        check_known_failures(tap, folder)
        check_refusals(tap, folder)
        check_instances(tap)
        check_authorities(tap, folder, 1000 if FULL else 100)
    tap.end()


main()
