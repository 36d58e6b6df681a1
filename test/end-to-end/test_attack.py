"""The attacker against an exact linear programme of its own, against enumeration, and on patterns of
which others have said what leaks. Planted leaks have to be found, all of them."""
import csv
import itertools
import json
import os
import random

from attack_check import Authority, attack, exact_ranges, known, write
from harness import Folder, Tap, run
from known_failures import known_failures
from whole_numbers import known_as_whole, three_way

FULL = bool(os.environ.get("DUEREGARD_TEST_FULL"))
DATA = os.environ.get("DUEREGARD_TEST_DATA", "")
AUTHORITIES = 1000 if FULL else 100
WHOLE, WHOLE_ONLY = 400 if FULL else 60, (299, 341)  # seeds; WHOLE_ONLY: safe over the reals
UNKNOWN_MOST = 16  # what the exact programme in Python gets through quickly


def check_authorities(tap, folder):
    """Level 2 names exactly the cells that the exact programme determines; level 4's intervals are
    the exact ones between whole numbers."""
    compared = leaks = 0
    wrong = []
    for seed in range(AUTHORITIES):
        authority = Authority(seed)
        pattern = authority.pattern()
        hidden = sum(state in ("primary", "secondary") for state in pattern)
        if not 0 < hidden <= UNKNOWN_MOST:
            continue
        ranges = exact_ranges(authority.values, authority.rows, pattern)
        expected = {cell for cell, (least, most) in ranges.items() if least == most}
        code, answer = attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown")
        exposed = {cell for cell in expected if pattern[cell] == "primary"}
        if known(answer) != expected or code != (1 if exposed else 0):
            wrong.append((seed, sorted(known(answer)), sorted(expected), code))
        _, answer = attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown",
                           "--level", "4", "--width", "1000000")
        for cell in answer["hidden_cells"]:
            least, most = ranges[cell["cell"]]
            whole = (-(-least.numerator // least.denominator),
                     None if most is None else most.numerator // most.denominator)
            if (cell["least"], cell["most"]) != whole:
                wrong.append((seed, cell, whole))
        compared += 1
        leaks += bool(expected)
    tap.equal("levels 2 and 4 agree with the exact programme", wrong[:3], [])
    tap.check("enough authorities leak, and enough do not",
              compared >= AUTHORITIES // 5 and leaks >= compared // 5, (compared, leaks))


def protected_then_planted(tap, folder):
    """What the protector lets out is safe; with one secondary published, or all of them, whatever
    the exact programme can find is found."""
    unsafe, missed, planted = [], [], 0
    for seed in range(AUTHORITIES):
        authority = Authority(20000 + seed)
        relations, _ = write(folder, authority.values, authority.rows, [])
        code, out, _ = run("protect", "--relations", relations, "--threshold", "5", "--zeros", "shown")
        pattern = out.split()
        if code != 0:
            continue
        if attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown")[0] != 0:
            unsafe.append(seed)
        secondaries = [i for i, state in enumerate(pattern) if state == "secondary"]
        hidden = sum(state in ("primary", "secondary") for state in pattern)
        if not secondaries or hidden > UNKNOWN_MOST:
            continue
        pattern[random.Random(seed).choice(secondaries)] = "published"
        ranges = exact_ranges(authority.values, authority.rows, pattern)
        leaks = any(least == most and pattern[cell] == "primary"
                    for cell, (least, most) in ranges.items())
        planted += leaks
        if attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown")[0] != leaks:
            missed.append(seed)
    tap.equal("what was protected is safe", unsafe, [])
    tap.equal("every planted leak is found", missed, [])
    tap.check("there were leaks to find", planted > AUTHORITIES // 20, planted)


def row(values, hidden, zeros):
    """One total over all values; `hidden` ones are primary."""
    pattern = ["published"] + ["primary" if i in hidden else "published" for i in range(len(values))]
    return [sum(values)] + values, [(0, tuple(range(1, len(values) + 1)))], pattern, zeros


def table(lines):
    """A table with its margins and grand total, small counts hidden."""
    height, width = len(lines), len(lines[0])
    full = [line + [sum(line)] for line in lines]
    full.append([sum(column) for column in zip(*full)])
    at = lambda r, c: r * (width + 1) + c
    rows = [(at(r, width), tuple(at(r, c) for c in range(width))) for r in range(height + 1)]
    rows += [(at(height, c), tuple(at(r, c) for r in range(height))) for c in range(width + 1)]
    values = [value for line in full for value in line]
    return values, rows


def known_cases(tap, folder):
    """Counts that other programs have left open to be worked out."""
    cases = {
        "0 = x + x + 0": row([0, 0, 0], {0, 1}, "hidden"),
        "15 = 10 + 5 + x + x": row([10, 5, 0, 0], {2, 3}, "hidden"),
        "15 = 10 + 3 + x + x": row([10, 3, 1, 1], {2, 3}, "shown"),
        "three ones in a row": row([1, 1, 1, 7], {0, 1, 2}, "shown"),
    }
    for name, (values, rows, pattern, zeros) in cases.items():
        code, answer = attack(folder, values, rows, pattern, "--zeros", zeros)
        hidden = {i for i, state in enumerate(pattern) if state == "primary"}
        tap.equal(f"{name}: all hidden cells are found", (code, known(answer)), (1, hidden))
    values, rows = table([[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]])
    pattern = ["primary" if 0 < value < 3 else "published" for value in values]
    code, answer = attack(folder, values, rows, pattern, "--zeros", "shown")
    tap.check("ones beside each other in a table are found", code == 1 and 1 in known(answer), answer)
    # Two overlapping groupings of eight regions, each safe by itself.
    counts = [2, 2, 8, 8, 3, 3, 3, 7]
    values = counts + [sum(counts), 4, 16, 16, 12, 24]
    rows = [(9, (0, 1)), (10, (2, 3)), (11, (4, 5, 6, 7)), (8, (9, 10, 11)), (12, (0, 3, 1)),
            (13, (2, 4, 5, 6, 7)), (8, (12, 13))]
    pattern = ["published"] * 14
    for cell in (0, 1, 2, 3):
        pattern[cell] = "secondary" if counts[cell] == 8 else "primary"
    code, answer = attack(folder, values, rows, pattern, "--zeros", "shown")
    tap.check("a second grouping gives 8 = 12 - 4 away", 3 in known(answer), answer)


def failures_of_others(tap, folder):
    """Six tables that other programs gave away: in what protect hides the attacker finds nobody, and with one
    cell fewer hidden he does."""
    for name, (values, relations) in known_failures().items():
        rows = [(relation[0], tuple(relation[1:])) for relation in relations]
        path, _ = write(folder, values, rows, [])
        code, out, err = run("protect", "--quiet", "--relations", path, "--threshold", "5", "--zeros", "shown")
        pattern = out.split()
        code, answer = attack(folder, values, rows, pattern, "--level", "4")
        tap.equal(f"{name}: nobody is found, also between whole numbers",
                  (code, answer["exposed"], answer["undecided_widths"]), (0, 0, 0))
        hidden = [cell for cell, state in enumerate(pattern) if state != "published"]
        given_away = sum(attack(folder, values, rows, [*pattern[:cell], "published", *pattern[cell + 1:]])[0]
                         for cell in hidden)
        tap.check(f"{name}: with one of the hidden cells published somebody is", given_away > 0, len(hidden))


def rounded_tables(tap, folder):
    """Rounded figures and bands are intervals; what their sums narrow is found."""
    counts = [[3, 9, 1], [2, 4, 6]]
    values, rows = table(counts)
    code, answer = attack(folder, values, rows, ["published"] * len(values), "--rounding", "5")
    tap.equal("rounding alone hides nothing from a pattern that hides nothing",
              (code, answer["hidden"]), (0, 0))
    values, rows = table([[9, 9, 9], [0, 12, 0]])
    relations, _ = write(folder, values, rows, [])
    code, out, _ = run("attack", "--relations", relations, "--rounding", "5", "--band", "10", "--zeros",
                       "hidden", "--width", "2", "--format", "json")
    low = [c for c in json.loads(out)["hidden_cells"] if c["cell"] < 3]
    # 40 in all and 10 in the second row: 38 - 12 = 26 at least stand in the first, in which no
    # count is above 9, so each is 8 at least.
    tap.equal("bands under a total are narrowed", (code, [(c["least"], c["most"]) for c in low]),
              (1, [(8, 9)] * 3))


def published_tables(tap, folder):
    path = os.path.join(folder, "tables.csv")
    lines = ["table,sex,disability,count", "t,Total,Total,41", "t,F,Total,21", "t,M,Total,20",
             "t,Total,Yes,[c]", "t,Total,No,38", "t,F,Yes,[c]", "t,F,No,[c]", "t,M,Yes,[c]",
             "t,M,No,[c]"]

    def try_with(text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return run("attack", path, "--zeros", "shown", "--format", "json")

    code, out, err = try_with("\n".join(lines) + "\n")
    exposed = [c["cell"] for c in json.loads(out)["hidden_cells"] if c["exposed"]]
    tap.check("the complement gives the hidden margin away",
              code == 1 and ": disability Yes" in "".join(": " + name for name in exposed), out + err)
    code, out, _ = try_with("\n".join(lines).replace("No,38", "No,[c]", 1) + "\n")
    tap.equal("with the complement hidden it does not", code, 0)
    code, out, err = try_with("sex,count\n")
    tap.check("a file without figures is not called safe", code == 3 and not out and "no figures" in err, err)
    code, out, err = try_with("sex,count\nF,many\n")
    tap.check("a figure that is none is one sentence with its row",
              code == 3 and not out and "row 2" in err and err.count("\n") == 1, err)


def whole_numbers(tap, folder):
    """Level 4 against a search of its own in tables of three variables: what counts can be because they
    are whole, which the real numbers do not tell. Some leak so, or the test says nothing."""
    wrong, only_whole, open_cells = [], 0, 0
    for seed in (*WHOLE_ONLY, *range(WHOLE)):
        chance = random.Random(seed)
        values, relations = three_way(chance)
        pattern = ["published" if value == 0 or value >= 5 and chance.random() < 0.8 else
                   "primary" if value < 5 else "secondary" for value in values]
        rows = [(relation[0], tuple(relation[1:])) for relation in relations]
        hidden = [cell for cell, state in enumerate(pattern) if state != "published"]
        expected = set(known_as_whole(values, relations, hidden, hidden, 1))
        _, reals = attack(folder, values, rows, pattern, "--zeros", "shown")
        _, answer = attack(folder, values, rows, pattern, "--zeros", "shown", "--level", "4")
        if answer["undecided_widths"] == 0 and known(answer) != expected:
            wrong.append((seed, sorted(known(answer) ^ expected)))
        wrong += [(seed, cell) for cell in answer["hidden_cells"]
                  if cell["most"] is not None and not cell["least"] <= values[cell["cell"]] <= cell["most"]]
        only_whole += bool(known(answer) - known(reals))
        open_cells += answer["undecided_widths"]
    tap.equal("level 4 knows what whole numbers can be, and nothing else", wrong[:3], [])
    tap.check("those known to leak by whole numbers alone do, and hardly a cell stays open",
              only_whole >= len(WHOLE_ONLY) and open_cells <= WHOLE // 10, (only_whole, open_cells))


def cube(seed, size):
    """Three variables of so many labels each, many counts of 1, with all margins: values and rows."""
    chance = random.Random(seed)
    axes = [[*range(size), None]] * 3
    number = {key: i for i, key in enumerate(itertools.product(*axes))}
    values = [0] * len(number)
    for key in itertools.product(range(size), repeat=3):
        count = int(chance.expovariate(1))
        for over in itertools.product((False, True), repeat=3):
            values[number[tuple(None if out else label for out, label in zip(over, key))]] += count
    return values, [(number[key], tuple(number[key[:d] + (label,) + key[d + 1:]] for label in range(size)))
                    for key in number for d in range(3) if key[d] is None]


def undecided_widths(tap, folder):
    """A protected table in which a few cells can move over the real numbers, and no second table of whole
    numbers is found in which they do: never called safe, and all the others are settled."""
    values, rows = cube(1, 8)
    relations, _ = write(folder, values, rows, [])
    _, out, _ = run("protect", "--quiet", "--relations", relations, "--threshold", "5")
    code, answer = attack(folder, values, rows, out.split(), "--level", "4")
    tap.check("what level 4 cannot decide is a finding",
              code == 1 and answer["exposed"] == 0 and 0 < answer["undecided_widths"] <= 10,
              (code, answer["exposed"], answer["undecided_widths"]))
    code, out, _ = run("attack", "--relations", relations, "--pattern", os.path.join(folder, "pattern.txt"),
                       "--level", "4")
    tap.check("and told in words", code == 1 and "undecided at level 4" in out and "No protected" not in out, out)


def profiles(tap, folder):
    """A profile of protect says how its figures are read, and how wide hidden ones have to be."""
    path = os.path.join(folder, "rounded.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("table,sex,unit,count\nt,Total,Total,45\nt,F,Total,30\nt,M,Total,15\nt,F,A,15\nt,F,B,15\n"
                   "t,M,A,[c]\nt,M,B,[c]\nt,Total,A,25\nt,Total,B,20\n")
    said = run("attack", path, "--profile", "public", "--format", "json")
    tap.equal("a profile is its rounding, band and zeros", said,
              run("attack", path, "--rounding", "5", "--band", "10", "--zeros", "hidden", "--format", "json"))
    tap.check("and other words go before it",
              run("attack", path, "--profile", "public", "--zeros", "shown", "--format", "json") != said)
    with open("rules/disclosure/profiles.csv", encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file))
    tap.check("each profile names a width", rules and all(int(rule["width"]) >= 1 for rule in rules))
    refused = [rule["profile"] for rule in rules if run("attack", path, "--profile", rule["profile"])[0] == 2]
    tap.equal("those that move counts are refused", refused, ["cell-key", "controlled"])
    code, out, err = run("attack", path, "--profile", "none")
    tap.check("a profile that is not there is one sentence", code == 2 and not out and err.count("\n") == 1, err)


def public_instances(tap, folder):
    """GaussSuppression's pattern with linear safety only: what it gives away is known."""
    for name, primaries, whole in (("d2", 0, 0), ("d3", 184, 187), ("d4b", 377, None)):
        path = os.path.join(DATA, "disclosure", name)
        title = f"{name}: {primaries} primaries are recovered exactly"
        if not os.path.exists(path + ".txt"):
            tap.skip(title, "DUEREGARD_TEST_DATA is not set")
            continue
        with open(path + ".csv", encoding="utf-8", newline="") as file:
            pattern = ["primary" if line["primary"] == "TRUE" else
                       "secondary" if line["suppressed"] == "TRUE" else "published"
                       for line in csv.DictReader(file)]
        _, states = write(folder, [], [], pattern)
        code, out, err = run("attack", "--relations", path + ".txt", "--pattern", states, "--format", "json")
        tap.equal(title, (code, json.loads(out)["recovered_primary"], err),
                  (1 if primaries else 0, primaries, ""))
        if whole is None:
            continue
        code, out, err = run("attack", "--relations", path + ".txt", "--pattern", states, "--format", "json",
                             "--level", "4")
        answer = json.loads(out)
        tap.equal(f"{name}: {whole} because counts are whole",
                  (answer["recovered_primary"], answer["undecided_widths"]), (whole, 0))


def refusals(tap, folder):
    relations, states = write(folder, [3, 1, 1], [(0, (1, 2))], ["published"] * 3)
    code, out, err = run("attack", "--relations", relations, "--pattern", states)
    tap.check("a table that does not add up is refused in one sentence",
              code == 3 and not out and "contradict" in err and err.count("\n") == 1, err)
    for words in ([], ["--relations", relations], ["--level", "9"], ["--nothing"]):
        code, out, err = run("attack", *words)
        tap.check(f"wrong use is refused in one sentence: {' '.join(words[-2:])}",
                  code == 2 and not out and err.count("\n") == 1, err)
    _, answer = attack(folder, [3, 1, 2], [(0, (1, 2))], ["published", "primary", "secondary"], "--level", "4")
    tap.equal("every level up to the one asked for is told",
              [level["level"] for level in answer["levels"]], [0, 1, 2, 3, 4])
    code, out, _ = run("attack", "--help")
    tap.check("the help is there", code == 0 and "--pattern" in out)


def main():
    tap = Tap()
    with Folder() as folder:
        check_authorities(tap, folder)
        protected_then_planted(tap, folder)
        known_cases(tap, folder)
        failures_of_others(tap, folder)
        rounded_tables(tap, folder)
        published_tables(tap, folder)
        whole_numbers(tap, folder)
        undecided_widths(tap, folder)
        profiles(tap, folder)
        public_instances(tap, folder)
        refusals(tap, folder)
    tap.end()


main()
