"""Level 3, which thinks of whole people over all linked tables, against an exact linear programme whose
unknowns are the joint counts themselves."""
import itertools
import os
import random

from attack_check import Programme, attack, known, write
from harness import Folder, Tap, run
from whole_numbers import known_as_whole

FULL = bool(os.environ.get("DUEREGARD_TEST_FULL"))
INSTANCES = 400 if FULL else 50
WHOLE = 400 if FULL else 40


class Linked:
    """People with a few variables; every pair of variables (or all pairs but one) is a table with its
    margins. A cell's key is (variable, label) pairs; rows: (total, parts)."""

    def __init__(self, seed, variables=3):
        chance = random.Random(seed)
        self.labels = [chance.choice([2, 3, 3]) for _ in range(variables)]
        self.joint = list(itertools.product(*[range(n) for n in self.labels]))
        weights = [chance.random() ** 8 for _ in self.joint]
        self.people = chance.choices(self.joint, weights, k=chance.randint(*((12, 60) if variables == 3 else (20, 90))))
        pairs = list(itertools.combinations(range(variables), 2))
        if chance.random() < 0.3:
            pairs.pop(chance.randrange(len(pairs)))
        cells = {(): 0}
        relations = set()
        for pair in pairs:
            for picks in itertools.product(*[[None, *range(self.labels[v])] for v in pair]):
                key = tuple((v, p) for v, p in zip(pair, picks) if p is not None)
                cells[key] = sum(self.holds(key, person) for person in self.people)
                for i, variable in enumerate(pair):
                    if picks[i] is None:
                        relations.add((key, tuple(tuple(sorted((*key, (variable, label))))
                                                  for label in range(self.labels[variable]))))
        self.keys = sorted(cells)
        number = {key: i for i, key in enumerate(self.keys)}
        self.values = [cells[key] for key in self.keys]
        self.rows = sorted((number[total], tuple(number[p] for p in parts)) for total, parts in relations)
        share = chance.choice([0.5, 0.8, 1])
        self.pattern = ["published" if value == 0 or len(key) < 2 and value > 3 else
                        "primary" if value < 4 else "secondary" if chance.random() < share else "published"
                        for key, value in zip(self.keys, self.values)]

    @staticmethod
    def holds(key, person):
        return all(person[variable] == label for variable, label in key)

    def known_by_people(self):
        """The hidden cells that have one value in all tables that whole people can make up."""
        hidden = [i for i, state in enumerate(self.pattern) if state != "published"]
        first = len(self.values)
        places = range(first, first + len(self.joint))
        values = self.values + [self.people.count(person) for person in self.joint]
        relations = [[i] + [place for place, person in zip(places, self.joint) if self.holds(key, person)]
                     for i, key in enumerate(self.keys)]
        relations += [[total, *parts] for total, parts in self.rows]
        bounds = {place: (0, len(self.people)) for place in places}
        return set(known_as_whole(values, relations, [*hidden, *places], hidden, 1, bounds))

    def determined(self):
        """The hidden cells, each 1 at least, that have one value over all joint counts that could be."""
        hidden = [i for i, state in enumerate(self.pattern) if state != "published"]
        lines, right = [], []
        for i, key in enumerate(self.keys):
            line = [int(self.holds(key, person)) for person in self.joint] + [0] * len(hidden)
            if i in hidden:
                line[len(self.joint) + hidden.index(i)] = -1
            lines.append(line)
            right.append(1 if i in hidden else self.values[i])
        programme = Programme(lines, right, len(self.joint) + len(hidden))
        found = set()
        for place, cell in enumerate(hidden):
            lowest, highest = programme.range_of(len(self.joint) + place)
            if lowest == highest:
                found.add(cell)
        return found


def check_joint(tap, folder):
    """Level 3 finds what the joint counts determine, and nothing else; it finds cells that level 2
    cannot, or it would not be worth having."""
    wrong, beyond, safe, compared = [], 0, 0, 0
    for seed in range(INSTANCES):
        linked = Linked(seed)
        if not any(state != "published" for state in linked.pattern):
            continue
        compared += 1
        expected = linked.determined()
        code, answer = attack(folder, linked.values, linked.rows, linked.pattern, "--zeros", "shown",
                              "--level", "3")
        exposed = {cell for cell in expected if linked.pattern[cell] == "primary"}
        if known(answer) != expected or code != (1 if exposed else 0):
            wrong.append((seed, sorted(known(answer)), sorted(expected), code))
        beyond += any(cell["level"] == 3 for cell in answer["hidden_cells"])
        safe += not expected
    tap.equal("level 3 agrees with an exact programme over joint counts", wrong[:3], [])
    tap.check("some instances need level 3, and some are safe against it",
              beyond >= 2 and safe >= 2, (compared, beyond, safe))


def check_whole_people(tap, folder):
    """Level 4 finds what whole people determine, and nothing else; what it leaves undecided it says."""
    wrong, beyond, undecided = [], 0, 0
    for seed in range(WHOLE):
        linked = Linked(seed)
        if not any(state != "published" for state in linked.pattern):
            continue
        expected = linked.known_by_people()
        code, answer = attack(folder, linked.values, linked.rows, linked.pattern, "--zeros", "shown",
                              "--level", "4")
        found = known(answer)
        is_open = answer["undecided_widths"] > 0
        exposed = any(linked.pattern[cell] == "primary" for cell in found)
        if not found <= expected or not is_open and found != expected or code != int(exposed or is_open):
            wrong.append((seed, sorted(found ^ expected), answer["undecided_widths"]))
        undecided += is_open
        beyond += any(cell["level"] == 4 for cell in answer["hidden_cells"])
    tap.equal("level 4 agrees with a search over whole people", wrong[:3], [])
    tap.check("and decides nearly all of them", undecided <= WHOLE // 10, (undecided, beyond))


def check_beyond_intervals(tap, folder):
    """Four variables, where intervals over the joint counts do not find everything."""
    for seed in (16, 44, 53, 57, 146) if FULL else (16,):
        linked = Linked(seed, 4)
        _, answer = attack(folder, linked.values, linked.rows, linked.pattern, "--zeros", "shown",
                           "--level", "3")
        tap.equal(f"four variables, instance {seed}", known(answer), linked.determined())


def as_table(linked, path):
    """The same as a published file of tables."""
    names = ["Sex", "Grade", "Site"]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(names) + ",count\n")
        for key, value, state in zip(linked.keys, linked.values, linked.pattern):
            labels = ["Total"] * 3
            for variable, label in key:
                labels[variable] = f"label {label}"
            file.write(",".join(labels) + f",{value if state == 'published' else '[c]'}\n")


def check_tables(tap, folder):
    """The same without the true counts, from published tables."""
    path = os.path.join(folder, "tables.csv")
    wrong, beyond = [], 0
    for seed in range(INSTANCES // 2):
        linked = Linked(1000 + seed)
        hidden = [i for i, state in enumerate(linked.pattern) if state != "published"]
        if not hidden:
            continue
        as_table(linked, path)
        code, out, err = run("attack", path, "--zeros", "shown", "--level", "3", "--format", "csv")
        rows = [line.rsplit(",", 5) for line in out.splitlines()[1:]]
        found = {i for i, row in zip(hidden, rows) if row[2] == row[3]}
        expected = linked.determined()
        if code not in (0, 1) or len(rows) != len(hidden) or found != expected:
            wrong.append((seed, code, err, sorted(found), sorted(expected)))
        beyond += any(row[4] == "3" for row in rows)
    tap.equal("and on published tables", wrong[:3], [])
    tap.check("where some need it too", beyond > 0, beyond)


def check_limits(tap, folder):
    """Where there are too many combinations the report says that nothing was tried."""
    values, rows = [64], []
    for _ in range(20):
        first = len(values)
        values += [32, 32]
        rows.append((0, (first, first + 1)))
    pattern = ["published"] + ["secondary"] * (len(values) - 1)
    relations, states = write(folder, values, rows, pattern)
    code, out, err = run("attack", "--relations", relations, "--pattern", states, "--level", "3")
    tap.check("too many combinations are told and are a finding",
              code == 1 and "Level 3 was not run" in out and not err, out + err)
    # A chain of totals with one part each is no deeper than what is listed.
    values, rows = [5] * 5000, [(i, (i + 1,)) for i in range(4999)]
    relations, states = write(folder, values, rows, ["published"] + ["secondary"] * 4999)
    code, out, err = run("attack", "--relations", relations, "--pattern", states, "--level", "3")
    tap.check("a long chain does no harm", code in (0, 1) and not err, out + err)
    # Sums that go round in a circle lead nowhere, and nothing is said of them.
    relations, states = write(folder, [4, 4, 2, 2], [(0, (1,)), (1, (0,)), (0, (2, 3))],
                              ["secondary", "secondary", "primary", "primary"])
    code, out, err = run("attack", "--relations", relations, "--pattern", states, "--level", "3")
    tap.check("sums in a circle are no contradiction", code == 0 and not err, out + err)


def main():
    tap = Tap()
    with Folder() as folder:
        check_joint(tap, folder)
        check_whole_people(tap, folder)
        check_beyond_intervals(tap, folder)
        check_tables(tap, folder)
        check_limits(tap, folder)
    tap.end()


main()
