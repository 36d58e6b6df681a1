"""protect: what is hidden cannot be worked out, by an attacker of the tests' own; the
public instances' figures; refusals; the same bytes every time."""
import csv
import fractions
import glob
import hmac
import io
import itertools
import json
import math
import os
import random
import re
import subprocess
import zipfile

from authorities import Authority
from disclosure_check import exposed, read_relations, write_relations
from harness import ROOT, Folder, Tap, run
from known_failures import grid, known_failures
from whole_numbers import known_as_whole, three_way

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


# Tables of whole_numbers.three_way in which a pattern that is safe over real numbers is not.
TIGHT = (27, 54, 207, 219, 249, 263, 273, 295, 327, 329, 347, 385)


def check_whole_numbers(tap, folder, count):
    """Whoever knows that counts are whole numbers finds nothing in tables of three variables."""
    path = os.path.join(folder, "three.txt")
    found, failures = [], []
    for seed in (*TIGHT, *range(count)):
        values, relations = three_way(random.Random(seed))
        write_relations(path, values, relations)
        zeros = "shown" if seed % 2 else "hidden"
        code, pattern, err = protect(path, "--threshold", "5", "--zeros", zeros)
        if code:
            failures.append((seed, code, err))
            continue
        primaries = [cell for cell, status in enumerate(pattern) if status == "primary"]
        if known_as_whole(values, relations, hidden_cells(pattern), primaries,
                          1 if zeros == "shown" else 0):
            found.append(seed)
    tap.equal(f"tables of three variables are protected, {len(TIGHT) + count} of them", failures, [])
    tap.equal("and no small number in them is the only whole one that fits", found, [])


def check_joint(tap, folder, count):
    """Against a reader who thinks of whole people: combinations that an empty cell rules out do
    not exist. Without that in mind some patterns leak, with it none."""
    path = os.path.join(folder, "authority.txt")
    leaks, blind_leaks, looked_at, seed = [], 0, 0, 0
    while looked_at < count:
        authority = Authority(5000 + seed, sparse=True)
        seed += 1
        joint = authority.joint(200)
        if not joint:
            continue
        looked_at += 1
        values, relations = joint
        cells = len(authority.values)
        least = [1] * cells + [0] * (len(values) - cells)
        write_relations(path, authority.values, authority.relations)
        for safety in ("joint", "ones"):
            pattern = protect(path, "--threshold", "5", "--safety", safety, "--effort", "30")[1]
            hidden = set(hidden_cells(pattern)) | set(range(cells, len(values)))
            found = {cell for cell in exposed(values, relations, hidden, least)
                     if cell < cells and pattern[cell] == "primary"}
            if found and safety == "joint":
                leaks.append((seed, sorted(found)[:5]))
            blind_leaks += bool(found) and safety == "ones"
    tap.equal(f"the joint space of {count} authorities gives no small count away", leaks, [])
    tap.check("where it is not thought of it does", blind_leaks > 0, blind_leaks)


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


def write_people(folder, authority):
    """The authority's people and its list of tables, as files."""
    people, tables = os.path.join(folder, "people.csv"), os.path.join(folder, "tables.csv")
    names = list(authority.variables) + ["directorate", "unit"]
    with open(people, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([[f"{name}-{person[name]}" for name in names]
                          for person in authority.people])
    with open(tables, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["table", "variables", "levels"])
        for i, (shape, level) in enumerate(authority.tables):
            organisation = {None: [], "directorate": ["directorate"],
                            "unit": ["directorate/unit"]}[level]
            writer.writerow([f"t{i}", "*".join(shape + organisation), "all"])
    return people, tables


def published(out):
    """The rows of released tables: {cell: (count, mark)}, cells as the authority names them."""
    rows = {}
    for row in csv.DictReader(io.StringIO(out)):
        key = {name: int(label.split("-")[1]) for name, label in row.items()
               if label and "-" in label and name != "table"}
        if "unit" in key:
            key.pop("directorate", None)
        rows[tuple(sorted(key.items()))] = (row["count"], row["count_mark"])
    return rows


def check_tables(tap, folder, count):
    """Tables of people's records: what is shown is right, what is hidden cannot be worked out."""
    wrong, leaks, failures = [], [], []
    for seed in range(count):
        authority = Authority(seed)
        people, tables = write_people(folder, authority)
        code, out, err = run("protect", people, "--tables", tables, "--profile", "threshold-5")
        rows = published(out)
        if code or not rows:
            failures.append((seed, code, err))
            continue
        hidden = set()
        for key, number in authority.number.items():
            shown, mark = rows.get(key, ("0", ""))  # a label that nobody has stands in no row
            if mark == "[c]" and shown == "":
                hidden.add(number)
            elif shown != str(authority.values[number]):
                wrong.append((seed, key, shown, authority.values[number]))
            if 0 < authority.values[number] < 5 and mark != "[c]":
                wrong.append((seed, key, "small and shown"))
        if exposed(authority.values, authority.relations, hidden, 1):
            leaks.append(seed)
    tap.equal(f"tables of {count} authorities come out", failures, [])
    tap.equal("every figure shown is right, every small one hidden", wrong[:3], [])
    tap.equal("and none can be worked out from tables of one authority together", leaks, [])


def check_rounded(tap, folder, count):
    """Rounded tables: what is shown is the nearest five of the truth, and no small count is the only
    whole number that fits what is shown."""
    wrong, known, failures, asked = [], [], [], 0
    for seed in range(count):
        numbers = random.Random(seed)
        profile, least, smallest = numbers.choice([("public", 0, 10), ("nhs", 1, 8)])
        labels = [["F", "M"], ["A", "B", "C"], ["N", "S"]]
        crowd = numbers.choice([1, 3, 8, 20])
        people = [cell for cell in itertools.product(*labels)
                  for _ in range(int(numbers.expovariate(1 / crowd)))]
        numbers.shuffle(people)
        tables = numbers.choice([["sex*group"], ["sex*group", "sex*place"], ["sex*group*place"]])
        code, out, err = run("protect", people_file(folder, "rounded", ["sex", "group", "place"],
                                                    [(person, 1) for person in people]),
                             "--tables", list_file(folder, [f"t{i},{names},all" for i, names in
                                                     enumerate(tables)]), "--profile", profile)
        if code:
            failures += [] if "merge categories" in err else [(seed, err)]
            continue
        shown = {tuple(row.get(name) or "All" for name in ("sex", "group", "place")):
                 row["count"] for row in csv.DictReader(io.StringIO(out))}
        cells = sorted(shown)
        values = [sum(all(a in ("All", b) for a, b in zip(cell, person)) for person in people)
                  for cell in cells]
        bounds = {}
        for i, (cell, value) in enumerate(zip(cells, values)):
            if shown[cell] == "":
                bounds[i] = (least, 2 * len(people) + 20)
                continue
            figure = int(shown[cell])
            bounds[i] = (max(figure - 2, smallest if figure else 0), figure + 2 if figure else 0)
            if figure != (2 * value + 5) // 10 * 5 or not bounds[i][0] <= value <= bounds[i][1]:
                wrong.append((seed, profile, cell, figure, value))
        relations = [[i] + [cells.index(part) for part in parts]
                     for i, cell in enumerate(cells) for d in range(3) if cell[d] == "All"
                     for parts in [[cell[:d] + (label,) + cell[d + 1:] for label in labels[d]
                                    if cell[:d] + (label,) + cell[d + 1:] in shown]]
                     if sum(values[cells.index(part)] for part in parts) == values[i] and parts]
        small = [i for i, cell in enumerate(cells) if shown[cell] == "" and values[i] < smallest]
        asked += len(small)
        found = known_as_whole(values, relations, range(len(cells)), small, least, bounds)
        known += [(seed, profile, cells[i], values[i]) for i in found]
    tap.equal(f"{count} rounded releases", failures, [])
    tap.equal("every figure shown is the nearest five, and none is small", wrong[:3], [])
    tap.equal(f"none of {asked} small counts can be worked out", known[:3], [])


def check_small_counts(tap, folder, count):
    """Small count rounding: nothing from 1 to 4, everything adds up, whatever the order of rows."""
    small, broken, moved, far = [], [], [], 0
    for seed in range(count):
        authority = Authority(seed)
        people, tables = write_people(folder, authority)
        out = run("protect", people, "--tables", tables, "--profile", "small-counts")[1]
        rows = published(out)
        shown = [int(rows.get(key, ("0", ""))[0]) for key in authority.number]
        small += [(seed, key) for key, n in zip(authority.number, shown) if 0 < n < 5]
        broken += [(seed, relation) for relation in authority.relations
                   if shown[relation[0]] != sum(shown[part] for part in relation[1:])]
        far = max(far, abs(shown[0] - authority.values[0]))
        with open(people, encoding="utf-8") as file:
            heading, *lines = file.read().splitlines()
        with open(people, "w", encoding="utf-8") as file:
            file.write("\n".join([heading] + lines[::-1]) + "\n")
        if run("protect", people, "--tables", tables, "--profile", "small-counts")[1] != out:
            moved.append(seed)
    tap.equal("small count rounding leaves no small count", small[:3], [])
    tap.equal("and what is printed adds up", broken[:3], [])
    tap.equal("the same in any order of rows", moved, [])
    tap.check("all people together change by half the base at most", far <= 2, far)


def least_moved(counts, base):
    """The least that any rounding moves in all which adds up and leaves every cell and margin at a
    multiple beside it: all roundings of the inner cells are tried. `counts` by tuples of labels."""
    cells = sorted(counts)
    margins = {}
    for cell in cells:
        for kept in itertools.product((True, False), repeat=len(cell)):
            margins.setdefault(tuple(label if keep else None for label, keep in zip(cell, kept)),
                               []).append(cells.index(cell))
    truth = {margin: sum(counts[cells[i]] for i in inner) for margin, inner in margins.items()}
    best = None
    choices = [{counts[cell] // base * base, -(-counts[cell] // base) * base} for cell in cells]
    for rounded in itertools.product(*choices):
        sums = {margin: sum(rounded[i] for i in inner) for margin, inner in margins.items()}
        if all(abs(sums[margin] - truth[margin]) < base for margin in margins):
            moved = sum(abs(sums[margin] - truth[margin]) for margin in margins)
            best = moved if best is None else min(best, moved)
    return best


def check_controlled(tap, folder, count):
    """Controlled rounding: additive, each count at a multiple beside it, and no more moved than must be."""
    wrong, failures = [], []
    for seed in range(count):
        chance = random.Random(seed)
        sides = chance.choice([(2, 3), (3, 3), (2, 4), (2, 2, 2)])
        names = [f"v{d}" for d in range(len(sides))]
        counts = {cell: chance.randrange(1, chance.choice([8, 40]))
                  for cell in itertools.product(*[[f"{d}{i}" for i in range(side)]
                                                  for d, side in enumerate(sides)])}
        people = people_file(folder, "controlled.csv", names, counts.items())
        code, out, err = run("protect", people, "--tables", list_file(folder, [f"t,{'*'.join(names)},all"]),
                             "--profile", "controlled")
        if code or "no rounding of this kind moves less" not in err:
            failures.append((seed, err))
            continue
        moved = 0
        shown = {tuple(row[name] for name in names): int(row["count"]) for row in csv.DictReader(io.StringIO(out))}
        for labels, figure in shown.items():
            inner = [cell for cell in counts if all(a in ("All", b) for a, b in zip(labels, cell))]
            truth = sum(counts[cell] for cell in inner)
            moved += abs(figure - truth)
            if figure % 5 or abs(figure - truth) >= 5 or figure != sum(shown[cell] for cell in inner):
                wrong.append((seed, labels, figure, truth))
        if moved != least_moved(counts, 5):
            wrong.append((seed, sides, moved, least_moved(counts, 5)))
    tap.equal(f"controlled rounding of {count} tables, proved the least", failures, [])
    tap.equal("adds up, beside the truth, and no rounding of all there are moves less", wrong[:3], [])


def people_file(folder, name, columns, groups):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for labels, number in groups:
            writer.writerows([labels] * number)
    return path


def list_file(folder, rows):
    path = os.path.join(folder, "list.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("table,variables,levels\n" + "".join(f"{row}\n" for row in rows))
    return path


def counts_of(out, *labels):
    return {tuple(row[label] for label in labels): row["count"] + row["count_mark"]
            for row in csv.DictReader(io.StringIO(out))}


def check_profiles(tap, folder):
    """Each profile's rule to the letter: one group of each size from 1 to 30."""
    sizes = list(range(1, 31))
    people = people_file(folder, "sizes.csv", ["group"], [([f"g{n}"], n) for n in sizes])
    tables = list_file(folder, ["t,group,"])

    def nearest(n):
        return str((2 * n + 5) // 10 * 5)

    rules = {
        "hesa": nearest,
        "nhs": lambda n: "[c]" if n <= 7 else nearest(n),
        "ons-10-and-5": lambda n: "[c]" if n < 10 else nearest(n),
        "public": lambda n: "[c]" if n < 10 else nearest(n),
        "threshold-5": lambda n: "[c]" if n < 5 else str(n),
        "threshold-10": lambda n: "[c]" if n < 10 else str(n),
    }
    for profile, rule in rules.items():
        code, out, err = run("protect", people, "--tables", tables, "--profile", profile)
        found = counts_of(out, "group")
        tap.equal(f"profile {profile}, for 1 to 30", [found.get((f"g{n}",)) for n in sizes],
                  [rule(n) for n in sizes])
    code, out, err = run("protect", people, "--tables", tables, "--profile", "internal")
    tap.check("the restricted profile must be asked for", code == 1 and not out, f"{code} {err}")
    code, out, err = run("protect", people, "--tables", tables, "--profile", "internal",
                         "--restricted")
    tap.equal("and hides nothing", counts_of(out, "group").get(("g1",)), "1")
    code, out, err = run("protect", people, "--tables", tables, "--threshold", "9")
    tap.check("a threshold cannot be lowered", code == 1 and not out and "raised" in err, err)
    code, out, err = run("protect", people, "--tables", tables, "--threshold", "20")
    tap.equal("but raised", counts_of(out, "group").get(("g19",)), "[c]")
    code, out, err = run("protect", people, "--tables", tables, "--profile", "nobody")
    tap.check("an unknown profile is named with those there are", code == 2 and "hesa" in err, err)


def check_sensitive(tap, folder):
    people = people_file(folder, "sensitive.csv", ["Gender identity", "Sex", "Grade"],
                         [(["same", "F", "Clerk"], 100), (["same", "M", "Clerk"], 90),
                          (["different", "F", "Clerk"], 12), (["different", "M", "Director"], 15),
                          (["same", "F", "Director"], 30)])
    tables = list_file(folder, ["t1,Gender identity*Sex,", "t2,Grade*Sex,"])
    code, out, err = run("protect", people, "--tables", tables, "--profile", "threshold-5")
    t1 = {key[1:]: value for key, value in counts_of(out, "table", "Gender identity", "Sex").items()
          if key[0] == "t1"}
    tap.equal("gender identity is counted for the whole organisation",
              (t1[("different", "All")], t1[("same", "All")]), ("27", "220"))
    tap.check("and never crossed with anything",
              all(t1[(a, b)] == "[c]" for a in ("same", "different") for b in "FM"), t1)
    t2 = {key[1:]: value for key, value in counts_of(out, "table", "Grade", "Sex").items()
          if key[0] == "t2"}
    tap.equal("senior posts have a higher threshold", t2[("Director", "M")], "[c]")
    tap.check("the report says so", "whole organisation" in err, err)
    alike = people_file(folder, "alike.csv", ["Gender identify", "Sex"],
                        [(["a", "F"], 100), (["a", "M"], 90), (["b", "F"], 12), (["b", "M"], 15)])
    code, out, err = run("protect", alike, "--tables", list_file(folder, ["t,Gender identify*Sex,"]), "--profile",
                         "threshold-5")
    tap.equal("a heading that only looks like a sensitive one is none", counts_of(out, "Gender identify", "Sex")[("b", "F")], "12")


def amounts_of(folder, groups, profile):
    """What is printed of pay for groups {name: [pay, …]}: {name: (count, mean, median)}, and the report."""
    path = os.path.join(folder, "pay.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["group", "pay"])
        writer.writerows([[name, pay] for name, pays in groups.items() for pay in pays])
    tables = list_file(folder, ["t,group,"])
    code, out, err = run("protect", path, "--tables", tables, "--profile", profile, "--amount", "pay")
    assert code == 0, err
    return {row["group"]: tuple(row[name] + row[f"{name}_mark"] for name in ("count", "mean", "median"))
            for row in csv.DictReader(io.StringIO(out))}, err


def half_up(number):
    return str(math.floor(number + fractions.Fraction(1, 2)))


def check_amounts(tap, folder):
    """Means and medians: least bases to the letter, dominance, nothing by subtraction; independent figures."""
    chance = random.Random(11)
    groups = {f"g{n}": [f"{chance.randrange(1800000, 9000000) / 100:.2f}" for _ in range(n)]
              for n in range(1, 31)}
    groups["unknown"] = [""] * 20
    exact = {name: [fractions.Fraction(pay) for pay in pays if pay] for name, pays in groups.items()}
    for profile, least, shown in (("hesa", 8, 1), ("nhs", 8, 8), ("threshold-5", 5, 5), ("threshold-10", 10, 10)):
        found, err = amounts_of(folder, groups, profile)
        wrong = []
        for n in range(1, 31):
            pays = exact[f"g{n}"]
            want = (half_up(sum(pays) / n), half_up((sorted(pays)[(n - 1) // 2] + sorted(pays)[n // 2]) / 2))
            is_shown = n >= least and n >= shown and found[f"g{n}"][0] != "[c]"
            if found[f"g{n}"][1:] != (want if is_shown else ("[c]", "[c]")):
                wrong.append((n, found[f"g{n}"], want))
        tap.equal(f"means and medians of {profile}, for 1 to 30", wrong, [])
        if profile == "hesa":
            tap.equal("a mean of 7 is hidden, of 8 shown", [found["g7"][1] == "[c]", found["g8"][1] == "[c]"],
                      [True, False])
            tap.equal("where no amount is known, [x]", found["unknown"], ("20", "[x]", "[x]"))
    even = [20000 + 10 * i for i in range(30)]
    found, err = amounts_of(folder, {"a": even, "b": even, "c": even, "one": even[1:] + [10000000],
                                     "two": even[:10] + [9000000, 8000000]}, "pay")
    tap.equal("one who has most of the sum, two who have nearly all of it", [found["one"], found["two"]],
              [("30", "[c]", "[c]"), ("12", "[c]", "[c]")])
    tap.check("which the report tells", "2 that one or two people make up" in err, err)
    found, err = amounts_of(folder, {"a": even, "b": even, "c": even, "one": even[1:] + [10000000]}, "pay")
    hidden = [name for name, row in found.items() if row[1] == "[c]"]
    tap.check("a sum that is hidden does not follow from the others", len(hidden) == 2 and "one" in hidden and
              found["one"][0] == "30", found)
    found, _ = amounts_of(folder, {"a": even, "b": [7000000] + even[1:5] + even}, "threshold-10")
    tap.check("without that rule it is shown", found["b"][1] not in ("", "[c]"), found)
    code, out, err = run("protect", os.path.join(folder, "pay.csv"), "--tables", list_file(folder, ["t,group,"]),
                         "--profile", "small-counts", "--amount", "pay")
    tap.check("exact means do not stand beside moved counts", code == 1 and not out and "choose another" in err, err)


def check_cube(tap, folder):
    """What `cube` printed is protected as the people would be, totals and upper levels left aside."""
    chance = random.Random(3)
    people = os.path.join(folder, "staff.csv")
    with open(people, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Sex", "Religion", "Department", "Division"])
        writer.writerows([[chance.choice("FFM"), chance.choice(["Sikh", "Hindu", "Christian", "Christian", ""]),
                           "Place" if number % 3 else "Care", f"Team {number % 7}"] for number in range(400)])
    cube = os.path.join(folder, "cube.csv")
    tables = list_file(folder, ["one,Sex,all", "all,Sex*Religion*Department/Division,all"])
    code, out, err = run("cube", people, "--tables", tables, "--format", "csv")
    with open(cube, "w", encoding="utf-8") as file:
        file.write(out)
    tables = list_file(folder, ["t1,Sex*Religion,", "t2,Religion,"])
    wanted = run("protect", people, "--tables", tables, "--profile", "threshold-5")[1]
    code, found, err = run("protect", cube, "--tables", tables, "--profile", "threshold-5")
    tap.check("a cube is protected as its people are", code == 0 and "Not given" in found and
              sorted(found.splitlines()) == sorted(wanted.splitlines()), err + found[:400])
    narrow = os.path.join(folder, "narrow.csv")
    with open(narrow, "w", encoding="utf-8") as file:
        file.write("".join(line for line in out.splitlines(keepends=True) if not line.startswith("all,")))
    code, found, err = run("protect", narrow, "--tables", tables)
    tap.check("one that crosses too little is refused", code == 3 and not found and "crosses all variables" in err, err)


def check_input(tap, folder):
    """People and what `cube` printed may come from standard input."""
    people = people_file(folder, "piped.csv", ["a", "b"], [(["x", "p"], 15), (["y", "p"], 7),
                                                           (["x", "q"], 40), (["y", "q"], 30)])
    tables = list_file(folder, ["t,a*b,"])
    with open(people, "rb") as file:
        piped = file.read()
    for command in ("protect", "cube"):
        options = ("--tables", tables, "--format", "csv")
        tap.equal(f"{command} -: as from a file", run(command, "-", *options, stdin=piped),
                  run(command, people, *options))
    cube = run("cube", people, "--tables", list_file(folder, ["t,a*b,all"]), "--format", "csv")[1]
    tables = list_file(folder, ["t,a*b,"])
    tap.equal("protect - of what cube printed", run("protect", "-", "--tables", tables, stdin=cube.encode())[:2],
              run("protect", people, "--tables", tables)[:2])
    code, out, err = run("protect", "-", "--tables", tables, stdin=b"")
    tap.check("nothing on standard input is told in a sentence", code == 3 and not out and
              err.startswith("dueregard: standard input "), f"{code} {err}")
    code, out, err = run("protect", "-", "-", "--tables", tables, stdin=piped)
    tap.check("standard input is named once", code == 2 and "once" in err, f"{code} {err}")


def check_joint_words(tap, folder):
    """The report tells whether the proof holds for a reader who thinks of whole people."""
    chance = random.Random(5)
    columns = [f"column {i}" for i in range(9)]
    rows = [([f"l{chance.randrange(5)}" for _ in columns], 1) for _ in range(150)]
    people = people_file(folder, "wide.csv", columns, rows)

    def report(*pairs):
        tables = list_file(folder, [f"t{i},{pair}," for i, pair in enumerate(pairs)])
        code, out, err = run("protect", people, "--tables", tables, "--profile", "threshold-5")
        return err if code == 0 and out else f"{code} {err}"

    linked = report("column 0*column 1", "column 1*column 2", "column 0*column 2")
    tap.check("linked tables are proved for whole people", "combinations of labels can exist" in linked, linked)
    tap.check("and the attacker went over them", "Attacker, levels 0 to 2" in linked and
              "no protected count becomes known" in linked, linked)
    alone = report("column 0*column 1")
    tap.check("of one table there is nothing to tell", "Audit" in alone and "whole people" not in alone, alone)
    wide = report(*[f"column {i}*column {j}" for i in range(9) for j in range(i)])
    tap.check("that a wide programme was not looked at so is told", "was not looked at" in wide, wide)


def check_percentages(tap, folder):
    code, out, err = run("protect", "--percentages", "16.13,47.58,1.61")
    tap.check("paper 004's three percentages are refused", code == 1 and "124" in err, err)
    code, out, err = run("protect", "--percentages", "16,48,2")
    tap.check("whole per cent tell no base", code == 0, err)
    code, out, err = run("protect", "--percentages", "2", "--base", "62")
    tap.check("unless the base is known and small", code == 1 and "1 person" in err, err)
    people = people_file(folder, "percent.csv", ["a", "b"],
                         [(["x", "p"], 15), (["y", "p"], 7), (["x", "q"], 40), (["y", "q"], 300),
                          (["x", "r"], 50), (["z", "q"], 1)])
    tables = list_file(folder, ["t,a*b,"])
    code, out, err = run("protect", people, "--tables", tables, "--profile", "hesa")
    found = {(row["a"], row["b"]): row["percent"] + row["percent_mark"]
             for row in csv.DictReader(io.StringIO(out))}
    tap.equal("no percentage on a base that rounds below 22.5", found[("x", "p")], "[c]")
    tap.equal("a percentage is made from rounded counts", found[("x", "q")], "12")
    tap.equal("none of all of a group", found[("x", "r")], "[c]")
    tap.equal("none where there is no share", found[("All", "q")], "[z]")


def check_formats(tap, folder):
    people = people_file(folder, "formats.csv", ["a", "b"],
                         [(["x", "p"], 15), (["y", "p"], 7), (["x", "q"], 40), (["y", "q"], 30)])
    tables = list_file(folder, ["t,a*b,"])
    code, out, err = run("protect", people, "--tables", tables, "--format", "json")
    rows = json.loads(out)[0]["rows"]
    hidden = [row for row in rows if row["labels"] == ["y", "p"]]
    tap.check("JSON: a hidden count is null with its mark",
              code == 0 and hidden[0]["count"] is None and hidden[0]["count_mark"] == "[c]", err)
    path = os.path.join(folder, "tables.ods")
    code, out, err = run("protect", people, "--tables", tables, "--format", "ods", "-o", path)
    content = zipfile.ZipFile(path).read("content.xml").decode()
    tap.check("ODS: with the marks explained", code == 0 and "[c]" in content
              and "Confidential" in content and "Not given" not in content, err)
    counted = people_file(folder, "counted.csv", ["a", "b", "n"],
                          [(["x", "p", 15], 1), (["y", "p", 7], 1), (["x", "q", 40], 1),
                           (["y", "q", 30], 1)])
    one = run("protect", people, "--tables", tables)
    other = run("protect", counted, "--tables", tables, "--counts", "n")
    tap.equal("rows with a number of people count the same", other, one)
    named = people_file(folder, "named.csv", ["Ethnic group", "Sex"],
                        [(["Black", "F"], 20), (["White", "M"], 30)])
    roles = list_file(folder, ["t,ethnicity*sex,"])
    code, out, err = run("protect", named, "--tables", roles, "--profile", "threshold-10")
    tap.equal("variables are named as `cube` names them",
              counts_of(out, "Ethnic group", "Sex").get(("Black", "F")), "20")
    twice = list_file(folder, ["t,a*a,"])
    code, out, err = run("protect", people, "--tables", twice)
    tap.check("a column stands once in a table", code == 3 and "twice" in err, f"{code} {err}")
    bad = list_file(folder, ["t,a*colour,"])
    code, out, err = run("protect", people, "--tables", bad)
    tap.check("a column that is not there is named", code == 3 and "colour" in err, err)


def noise_table(folder, name, noise):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("pcv,ckey,pvalue\n")
        file.writelines(f"{n},{key},{noise(n, key)}\n"
                        for n in range(1, 751) for key in range(256))
    return path


def check_cell_keys(tap, folder):
    """Noise by HMAC keys and a table in the ONS form, reckoned here once more."""
    draw = random.Random(7)
    people = [(f"E{i:05d}", draw.choice("abc"), draw.choice("xy")) for i in range(1500)]
    path = os.path.join(folder, "keyed.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Staff number,a,b\n" + "".join(",".join(row) + "\n" for row in people))
    tables, secret = list_file(folder, ["t1,a*b,", "t2,b,"]), os.path.join(folder, "secret")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("0f" * 32 + "\n")
    options = ("--tables", tables, "--profile", "cell-key", "--person", "Staff number", "--secret")
    noise = noise_table(folder, "noise.csv", lambda n, key: (n * 7 + key * 3) % 9 - 4)
    code, out, err = run("protect", path, *options, secret, "--noise", noise)
    wrong = []
    for row in csv.DictReader(io.StringIO(out)):
        group = [person for person, a, b in people
                 if row["a"] in ("", "All", a) and row["b"] in ("All", b)]
        key = sum(hmac.new(bytes([0x0F] * 32), person.encode(), "sha256").digest()[0]
                  for person in group) % 256
        n = len(group)
        place = n if n <= 750 else (n - 1) % 250 + 501
        if row["count"] != str(n + (place * 7 + key * 3) % 9 - 4):
            wrong.append((row, n, key))
    tap.equal("cell keys: each count carries the noise of its people", (code, wrong[:2]), (0, []))
    ten_five = noise_table(folder, "ten-five.csv",
                           lambda n, key: -n if n < 10 else (2 * n + 5) // 10 * 5 - n)
    keyed = counts_of(run("protect", path, *options, secret, "--noise", ten_five)[1], "a", "b")
    rounded = counts_of(run("protect", path, "--tables", tables, "--profile", "ons-10-and-5")[1],
                        "a", "b")
    tap.equal("cell keys: the table that rounds gives the 10 and 5 rule", keyed, rounded)
    first = run("protect", path, *options, secret)
    tap.equal("cell keys: the standard noise, the same again", run("protect", path, *options, secret),
              first)
    shown = {row: int(n) for row, n in counts_of(first[1], "table", "a", "b").items()}
    tap.check("cell keys: one cell has one count in all tables",
              all(shown[("t1", "All", b)] == shown[("t2", "", b)] for b in "xy"), shown)
    truth = {(a, b): sum(p[1:] == (a, b) for p in people) for a in "abc" for b in "xy"}
    off = [shown[("t1",) + cell] - n for cell, n in truth.items()]
    tap.check("cell keys: noise there is, of 5 at most", any(off) and max(map(abs, off)) <= 5, off)
    with open(secret, "w", encoding="utf-8") as file:
        file.write("short\n")
    code, out, err = run("protect", path, *options, secret)
    tap.check("cell keys: a bad secret is refused", code == 3 and "64" in err, f"{code} {err}")


def check_noise(tap, folder):
    """Standard noise over 2,000 groups has the mean, variance and maximum that are promised; the same
    people have the same noise in whatever table and run; sums do not hold, and the report says so."""
    chance = random.Random(13)
    sizes = {f"g{i:04d}": chance.randrange(16, 40) for i in range(2000)}
    path = os.path.join(folder, "noisy.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Staff number,group,half,all\n")
        for number, group in enumerate(g for g, n in sizes.items() for _ in range(n)):
            file.write(f"E{number:06d},{group},{'xy'[int(group[1:]) % 2]},everybody\n")
    secret = os.path.join(folder, "noise.secret")
    with open(secret, "w", encoding="utf-8") as file:
        file.write("5a" * 32 + "\n")
    options = ("--profile", "cell-key", "--person", "Staff number", "--secret", secret)
    code, out, err = run("protect", path, "--tables", list_file(folder, ["t,group,"]), *options)
    shown = {group: int(n) for (group,), n in counts_of(out, "group").items() if group in sizes}
    noise = [shown[group] - n for group, n in sizes.items()]
    mean = sum(noise) / len(noise)
    variance = sum((v - mean) ** 2 for v in noise) / len(noise)
    tap.check("cell keys: noise has mean 0, variance 2 and is 5 at most",
              code == 0 and abs(mean) < 0.15 and 1.75 < variance < 2.25 and 3 <= max(map(abs, noise)) <= 5,
              f"{mean} {variance} {max(map(abs, noise))} {err}")
    out = run("protect", path, "--tables", list_file(folder, ["t,group*half,", "u,all*group,"]), *options)[1]
    again = {table: {row["group"]: int(row["count"]) for row in csv.DictReader(io.StringIO(out))
                     if row["table"] == table and row["group"] in sizes and row["count"] and
                     (row["half"] in "xy" if table == "t" else row["all"] == "everybody")}
             for table in "tu"}
    tap.equal("cell keys: the same people, the same noise in other tables and another run", again,
              {"t": shown, "u": shown})
    total = next(int(row["count"]) for row in csv.DictReader(io.StringIO(out))
                 if row["table"] == "u" and row["group"] == "All" and row["all"] == "All")
    tap.check("cell keys: sums do not hold, as the report says", sum(shown.values()) != total and
              "they do not add up" in err and "no protected count becomes known" in err, f"{total} {err}")


def source_text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_unprotected(tap):
    """Pages, API, reports and documents that hold counts of people are those of the restricted right alone."""
    counts = re.compile(r'#include "(?:stats/(?:cube|grouped)|service/(?:people_(?:view|trend|profile)|pay_report|'
                        r'outcome|comparison|cube_rows|file_cube))\.h"')
    found = {os.path.relpath(path, ROOT) for folder in ("web", "report", "document", "chart")
             for path in glob.glob(os.path.join(ROOT, "src", folder, "**", "*.[ch]"), recursive=True)
             if counts.search(source_text(path))}
    tap.check("only the pages of people-count include what holds raw counts", found and
              all(path.startswith("src/web/pages/people_") for path in found), sorted(found))
    routes = re.findall(r'"(/people[^"]*)",\s*(RIGHT_\w+)', source_text(os.path.join(ROOT, "src/web/routes.c")))
    tap.check("and their routes ask for it", routes and
              {right for _, right in routes} == {"RIGHT_PEOPLE_COUNT", "RIGHT_PEOPLE_KEEP"}, routes)


def check_wall(tap, folder):
    """What prints for the public takes released tables alone: the compiler refuses raw counts."""
    source = os.path.join(folder, "renderer.c")
    # Every way to print tables for the public, from the headers: a new one has to be tried here.
    calls = {
        "released_as_csv": "released_as_csv(work, &{0}, 1, out)", "released_as_ods": "released_as_ods(work, &{0}, 1, out)",
        "released_as_json": "released_as_json(work, &{0}, 1, out)",
        "released_chart": 'released_chart(work, {0}, 0, "id", 0)',
        "released_tables_json": "released_tables_json(work, 0, &(struct released_list){{ &{0}, 1 }}, 0)",
    }
    headers = "".join(source_text(path) for path in glob.glob(os.path.join(ROOT, "src", "**", "*.h"), recursive=True))
    tap.equal("the wall: every printer of released tables is tried",
              sorted(set(re.findall(r"enum status\s+(released_\w+)\(", headers)) - {"released_read"}), sorted(calls))
    start = ('#include "document/released_chart.h"\n#include "web/pages/release_parts.h"\n#include "stats/cube.h"\n'
             "enum status print_public(struct work *work, const struct cube_counts *raw,\n"
             "    const struct released_table *table, struct slice *out);\n"
             "enum status print_public(struct work *work, const struct cube_counts *raw,\n"
             "    const struct released_table *table, struct slice *out)\n{\n")
    bodies = {
        **{f"a released table can be printed by {name}": (
            f"(void)raw; (void)out; return {call.format('table')};", True) for name, call in calls.items()},
        **{f"a raw cube cannot by {name}": (
            f"(void)table; (void)out; return {call.format('raw')};", False) for name, call in calls.items()},
        "nor can one be passed off as released": (
            "(void)table; const struct released_table *made = raw; "
            "return released_as_csv(work, &made, 1, out);", False),
        "nor a released table be made or changed elsewhere": (
            "(void)raw; struct released_table made = *table; const struct released_table *at = "
            "&made; return released_as_csv(work, &at, 1, out);", False),
        "nor looked into": (
            "(void)raw; (void)work; (void)out; return table->row_count ? STATUS_OK : STATUS_INPUT;",
            False),
    }
    for name, (body, compiles) in bodies.items():
        with open(source, "w", encoding="utf-8") as file:
            file.write(start + body + "\n}\n")
        done = subprocess.run(["cc", "-std=c17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror",
                               "-fsyntax-only", "-I", os.path.join(ROOT, "src"), source],
                              capture_output=True, text=True, check=False)
        tap.equal(f"the wall: {name}", done.returncode == 0, compiles)


def main():
    tap = Tap()
    with Folder() as folder:
        check_known_failures(tap, folder)
        check_refusals(tap, folder)
        check_instances(tap)
        check_profiles(tap, folder)
        check_sensitive(tap, folder)
        check_amounts(tap, folder)
        check_cube(tap, folder)
        check_input(tap, folder)
        check_joint_words(tap, folder)
        check_percentages(tap, folder)
        check_formats(tap, folder)
        check_cell_keys(tap, folder)
        check_noise(tap, folder)
        check_small_counts(tap, folder, 100 if FULL else 10)
        check_controlled(tap, folder, 300 if FULL else 30)
        check_wall(tap, folder)
        check_unprotected(tap)
        check_rounded(tap, folder, 300 if FULL else 40)
        check_tables(tap, folder, 200 if FULL else 20)
        check_whole_numbers(tap, folder, 400 if FULL else 12)
        check_joint(tap, folder, 200 if FULL else 25)
        check_authorities(tap, folder, 1000 if FULL else 100)
    tap.end()


main()
