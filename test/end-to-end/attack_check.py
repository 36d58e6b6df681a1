"""What the attacker's tests share: made-up authorities, an exact linear programme of their own, and how
the attacker is called. Nothing here is shared with the program."""
import itertools
import json
import os
import random
from fractions import Fraction

from harness import run


class Authority:
    """People in units (a hierarchy of two levels) with 2 to 4 variables, counted in 1 to 8 linked
    tables. cells: key to count; relations: (total, parts)."""

    def __init__(self, seed):
        chance = random.Random(seed)
        self.chance = chance
        self.variables = chance.randint(2, 4)
        labels = [chance.randint(2, 3) for _ in range(self.variables)]
        units = [(d, t) for d in range(chance.randint(1, 3)) for t in range(chance.randint(1, 2))]
        people = [(chance.choice(units), tuple(chance.randrange(n) for n in labels))
                  for _ in range(chance.randint(20, 60))]
        self.counts, self.relations = {}, []
        subsets = [s for k in (1, 2) for s in itertools.combinations(range(self.variables), k)]
        chosen = chance.sample(subsets, min(chance.randint(1, 8), len(subsets)))
        self.tables, self.has_hierarchy = len(chosen), False
        self.people, self.plan = people, []
        for subset in chosen:
            divided = chance.random() < 0.6
            self.plan.append((subset, divided))
            self.has_hierarchy = self.has_hierarchy or divided
            self.add_table(people, subset, labels, units if divided else [])
        self.keys = sorted(self.counts, key=str)
        number = {key: i for i, key in enumerate(self.keys)}
        self.values = [self.counts[key] for key in self.keys]
        self.rows = sorted({(number[t], tuple(sorted(number[p] for p in parts)))
                            for t, parts in self.relations})

    def add_table(self, people, subset, labels, units):
        nodes = [()] + sorted({(d,) for d, _ in units}) + sorted(units)
        choices = [[None] + list(range(labels[v])) for v in subset]
        for node in nodes:
            for pick in itertools.product(*choices):
                key = (node, tuple((v, p) for v, p in zip(subset, pick) if p is not None))
                self.counts[key] = sum(1 for unit, person in people if unit[:len(node)] == node
                                       and all(person[v] == p for v, p in key[1]))
                for i, v in enumerate(subset):
                    if pick[i] is None:
                        parts = [pick[:i] + (p,) + pick[i + 1:] for p in range(labels[v])]
                        self.relations.append((key, tuple(
                            (node, tuple((w, q) for w, q in zip(subset, part) if q is not None))
                            for part in parts)))
                below = [other for other in nodes if len(other) == len(node) + 1
                         and other[:len(node)] == node]
                if below:
                    self.relations.append((key, tuple((other, key[1]) for other in below)))

    def pattern(self):
        """Small counts hidden, and others at random: leaks of every kind."""
        share = self.chance.choice([0.0, 0.3, 0.6, 0.9])
        return ["published" if value == 0 else "primary" if value < 5
                else "secondary" if self.chance.random() < share else "published"
                for value in self.values]


def as_people(folder, authority):
    """The same authority as a file of people and one of the tables that go out."""
    names = [f"v{v}" for v in range(authority.variables)]
    staff, plan = os.path.join(folder, "staff.csv"), os.path.join(folder, "plan.csv")
    with open(staff, "w", encoding="utf-8") as file:
        file.write(",".join(["directorate", "team", *names]) + "\n")
        for (directorate, team), labels in authority.people:
            file.write(",".join([f"d{directorate}", f"d{directorate}t{team}", *(f"l{label}" for label in labels)]) + "\n")
    with open(plan, "w", encoding="utf-8") as file:
        file.write("table,variables,levels\n")
        for place, (subset, divided) in enumerate(authority.plan):
            variables = [names[v] for v in subset] + (["directorate/team"] if divided else [])
            file.write(f"t{place},{'*'.join(variables)},all\n")
    return staff, plan


class Programme:
    """Exact simplex in fractions: y >= 0, rows y = right; Bland's rule."""

    def __init__(self, rows, right, count):
        self.count = count
        table = [[Fraction(v) for v in row] + [Fraction(r)] for row, r in zip(rows, right)]
        for line in table:
            if line[-1] < 0:
                line[:] = [-v for v in line]
        for i, line in enumerate(table):
            line[-1:-1] = [Fraction(int(i == j)) for j in range(len(table))]
        self.table, self.basis = table, [count + i for i in range(len(table))]
        cost = [Fraction(0)] * count + [Fraction(-1)] * len(table)
        assert self.maximise(cost, count + len(table)) == 0
        for i in range(len(table)):  # gaps out of the basis, where a variable can take their place
            if self.basis[i] >= count:
                column = next((c for c in range(count) if self.table[i][c] != 0), None)
                if column is not None:
                    self.pivot(i, column)

    def pivot(self, row, column):
        own = self.table[row][column]
        self.table[row] = [v / own for v in self.table[row]]
        for i, line in enumerate(self.table):
            if i != row and line[column] != 0:
                times = line[column]
                self.table[i] = [a - times * b for a, b in zip(line, self.table[row])]
        self.basis[row] = column

    def maximise(self, cost, columns):
        """The largest value of cost * y, or None when there is no end."""
        while True:
            price = [cost[b] for b in self.basis]
            column = next((c for c in range(columns) if c not in self.basis and
                           cost[c] > sum(p * line[c] for p, line in zip(price, self.table))), None)
            if column is None:
                return sum(p * line[-1] for p, line in zip(price, self.table))
            ratios = [(line[-1] / line[column], self.basis[i], i)
                      for i, line in enumerate(self.table) if line[column] > 0]
            if not ratios:
                return None
            self.pivot(min(ratios)[2], column)

    def range_of(self, variable):
        cost = [Fraction(0)] * (self.count + len(self.table))
        cost[variable] = Fraction(1)
        most = self.maximise(cost, self.count)
        cost[variable] = Fraction(-1)
        return -self.maximise(cost, self.count), most


def exact_ranges(values, rows, pattern):
    """The range of every hidden cell (at least 1) over the real numbers."""
    hidden = [i for i, state in enumerate(pattern) if state in ("primary", "secondary")]
    place = {cell: i for i, cell in enumerate(hidden)}
    lines, right = [], []
    for total, parts in rows:
        line, known = [0] * len(hidden), 0
        for cell, sign in [(total, -1)] + [(part, 1) for part in parts]:
            if cell in place:
                line[place[cell]] += sign
                known += sign
            else:
                known += sign * values[cell]
        if any(line):
            lines.append(line)
            right.append(-known)
    programme = Programme(lines, right, len(hidden))
    ranges = {}
    for cell in hidden:
        least, most = programme.range_of(place[cell])
        ranges[cell] = (least + 1, None if most is None else most + 1)
    return ranges


def write(folder, values, rows, pattern):
    relations, states = os.path.join(folder, "relations.txt"), os.path.join(folder, "pattern.txt")
    with open(relations, "w", encoding="utf-8") as file:
        file.write(f"{len(values)} {len(rows)}\n" + "".join(f"{v}\n" for v in values))
        for total, parts in rows:
            file.write(f"{1 + len(parts)} {total} {' '.join(map(str, parts))}\n")
    with open(states, "w", encoding="utf-8") as file:
        file.write("".join(state + "\n" for state in pattern))
    return relations, states


def attack(folder, values, rows, pattern, *options):
    relations, states = write(folder, values, rows, pattern)
    code, out, err = run("attack", "--relations", relations, "--pattern", states, "--format", "json",
                         *options)
    if code not in (0, 1):
        raise RuntimeError(err)
    return code, json.loads(out)


def known(answer):
    return {cell["cell"] for cell in answer["hidden_cells"] if cell["least"] == cell["most"]}
