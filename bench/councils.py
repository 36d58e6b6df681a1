"""Councils and an NHS programme that do not exist, as cells and relations in the plain form.

    python3 bench/councils.py PEOPLE SCOPE OUT [TEAMS DIRECTORATES]

SCOPE A1 has each variable for every node of the organisation; A adds each pair of variables for the
whole council, B for the directorates too, C for the teams too. The seed is fixed, so the same call
gives the same bytes. Needs numpy (Debian's python3-numpy), whose generators define the people."""
import itertools
import sys

import numpy

SEED = 20240601
SIZES = [8, 3, 3, 6, 2, 19, 9, 3, 6, 10, 14, 3]
LEAN_OF_SCORE, LEAN_OF_TEAM, NOISE = 0.15, 0.05, 0.98


def falling(count, power):
    """Shares that fall with the place, as group sizes do."""
    shares = 1 / numpy.arange(1, count + 1) ** power
    return shares / shares.sum()


def variable_shares():
    shares = [
        numpy.array([.03, .10, .13, .12, .13, .14, .20, .15]),     # age
        numpy.array([.72, .08, .20]),                              # disability
        numpy.array([.78, .007, .213]),                            # gender reassignment
        falling(6, 1.0),                                           # marriage
        numpy.array([.975, .025]),                                 # maternity
        falling(19, 1.6),                                          # ethnicity
        falling(9, 1.4),                                           # religion
        numpy.array([.61, .385, .005]),                            # sex
        numpy.array([.72, .02, .02, .006, .004, .23]),             # sexual orientation
        falling(10, .5),                                           # pay band
        falling(14, .7),                                           # grade
        numpy.array([.78, .15, .07]),                              # contract
    ]
    return [share / share.sum() for share in shares]


def make_people(count, teams, directorates):
    """Labels by person and variable, the directorate of each team, and each person's team."""
    draw = numpy.random.default_rng(SEED)
    weights = draw.gamma(2.0, 1.0, teams)
    weights /= weights.sum()
    team = draw.choice(teams, count, p=weights)
    directorate = numpy.sort(draw.integers(0, directorates, teams))
    directorate[:directorates] = numpy.arange(directorates)
    directorate.sort()
    labels = numpy.empty((count, len(SIZES)), int)
    score = draw.normal(size=count)
    for variable, share in enumerate(variable_shares()):
        lean = score * LEAN_OF_SCORE + (team % 5 - 2) * LEAN_OF_TEAM \
            + draw.normal(size=count) * NOISE
        place = numpy.argsort(numpy.argsort(lean)) / count
        labels[:, variable] = numpy.minimum(
            numpy.searchsorted(numpy.cumsum(share), place, side="right"), SIZES[variable] - 1)
    return labels, directorate, team


class Programme:
    """All cells of a scope, numbered by node and then by table, and the relations between them."""

    def __init__(self, people, scope, teams, directorates):
        labels, self.directorate, team = make_people(people, teams, directorates)
        self.directorates, self.nodes = directorates, 1 + directorates + teams
        self.tables = [()] + [(v,) for v in range(len(SIZES))] \
            + list(itertools.combinations(range(len(SIZES)), 2))
        self.start, self.width = {}, 0
        for table in self.tables:
            self.start[table] = self.width
            self.width += self.size(table)
        self.included = numpy.zeros((self.nodes, self.width), bool)
        for table in self.tables:
            for node in range(self.nodes):
                if len(table) <= 1 or self.level(node) <= {"A1": -1, "A": 0, "B": 1, "C": 2}[scope]:
                    self.included[node, self.columns(table)] = True
        self.values = self.count(labels, team)
        self.numbers = -numpy.ones((self.nodes, self.width), numpy.int64)
        self.numbers[self.included] = numpy.arange(self.included.sum())

    @staticmethod
    def size(table):
        return int(numpy.prod([SIZES[variable] for variable in table])) if table else 1

    def columns(self, table):
        return slice(self.start[table], self.start[table] + self.size(table))

    def level(self, node):
        return 0 if node == 0 else 1 if node <= self.directorates else 2

    def count(self, labels, team):
        people = len(team)
        node_of = [numpy.zeros(people, int), 1 + self.directorate[team],
                   1 + self.directorates + team]
        values = numpy.zeros((self.nodes, self.width), numpy.int64)
        for table in self.tables:
            index = numpy.zeros(people, int)
            for variable in table:
                index = index * SIZES[variable] + labels[:, variable]
            size = self.size(table)
            for node in node_of:
                values[:, self.columns(table)] += numpy.bincount(
                    node * size + index, minlength=self.nodes * size).reshape(self.nodes, size)
        return values

    def relations(self):
        for node in range(self.nodes):
            row = self.numbers[node]
            for variable in range(len(SIZES)):
                yield row[0], row[self.columns((variable,))]
            for table in self.tables[1 + len(SIZES):]:
                if not self.included[node, self.start[table]]:
                    continue
                first, second = table
                grid = row[self.columns(table)].reshape(SIZES[first], SIZES[second])
                for i in range(SIZES[first]):
                    yield row[self.start[(first,)] + i], grid[i]
                for i in range(SIZES[second]):
                    yield row[self.start[(second,)] + i], grid[:, i]
        children = {0: list(range(1, 1 + self.directorates))}
        for team, directorate in enumerate(self.directorate):
            children.setdefault(1 + int(directorate), []).append(1 + self.directorates + team)
        for parent, nodes in children.items():
            for column in range(self.width):
                if self.included[parent, column] and self.included[nodes, column].all():
                    yield self.numbers[parent, column], self.numbers[nodes, column]

    def write(self, path):
        values = self.values[self.included].tolist()
        relations = [(int(total), parts.tolist()) for total, parts in self.relations()]
        with open(path, "w", encoding="ascii") as file:
            file.write(f"{len(values)} {len(relations)}\n")
            file.writelines(f"{value}\n" for value in values)
            file.writelines(f"{1 + len(parts)} {total} {' '.join(map(str, parts))}\n"
                            for total, parts in relations)


def main():
    people, scope, path = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    teams = int(sys.argv[4]) if len(sys.argv) > 4 else 60
    directorates = int(sys.argv[5]) if len(sys.argv) > 5 else 8
    Programme(people, scope, teams, directorates).write(path)


if __name__ == "__main__":
    main()
