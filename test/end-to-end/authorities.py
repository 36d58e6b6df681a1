"""Small authorities that do not exist, from a seed: people in units of directorates, with two to
four things known of each, and one to eight linked tables of counts over them."""
import itertools
import random


class Authority:
    """Cells by their definition, and the relations between them."""

    def __init__(self, seed, sparse=False):
        draw = random.Random(seed)
        self.variables = {f"v{i}": draw.randint(2, 6) for i in range(draw.randint(2, 4))}
        directorates = draw.randint(1, 3)
        self.parent = [draw.randrange(directorates) for _ in range(draw.randint(2, 7))]
        self.people = []
        shapes = {name: [draw.random() ** 3 + 0.02 for _ in range(size)]
                  for name, size in self.variables.items()}
        for _ in range(draw.randint(30, 400)):
            person = {name: draw.choices(range(len(shape)), shape)[0]
                      for name, shape in shapes.items()}
            if sparse:  # labels go together, so that many combinations do not exist
                for name, size in self.variables.items():
                    if draw.random() < 0.7:
                        person[name] = (person["v0"] * 2 + len(name)) % size
            person["unit"] = draw.randrange(len(self.parent))
            person["directorate"] = self.parent[person["unit"]]
            self.people.append(person)
        names = list(self.variables)
        pools = [list(c) for n in (1, 2, 3) for c in itertools.combinations(names, n)]
        self.tables = []
        for _ in range(draw.randint(1, 8)):
            shape = list(draw.choice(pools))
            level = draw.choice([None, "directorate", "unit"])
            if len(shape) < 3 or level is None:
                self.tables.append((shape, level))
            else:
                self.tables.append((shape[:2], level))
        self.number, self.values, self.relations = {}, [], []
        self.count()

    def levels(self, name):
        if name == "unit":
            return range(len(self.parent))
        if name == "directorate":
            return sorted(set(self.parent))
        return range(self.variables[name])

    def count(self):
        for shape, level in self.tables:
            chain = {None: [None], "directorate": [None, "directorate"],
                     "unit": [None, "directorate", "unit"]}[level]
            for organisation in chain:
                for n in range(len(shape) + 1):
                    for part in itertools.combinations(shape, n):
                        axes = list(part) + ([organisation] if organisation else [])
                        for place in itertools.product(*(self.levels(axis) for axis in axes)):
                            key = tuple(sorted(zip(axes, place)))
                            if key not in self.number:
                                self.number[key] = len(self.values)
                                self.values.append(sum(
                                    all(person[a] == b for a, b in key) for person in self.people))
        for key, number in self.number.items():
            for axis in list(self.variables) + ["directorate"]:
                if any(a in (axis, "unit") for a, _ in key if axis == "directorate" or a == axis):
                    continue
                self.relate(number, [tuple(sorted(key + ((axis, place),)))
                                     for place in self.levels(axis)])
            for a, directorate in key:
                if a == "directorate":
                    rest = tuple(pair for pair in key if pair[0] != "directorate")
                    self.relate(number, [tuple(sorted(rest + (("unit", unit),)))
                                         for unit in self.levels("unit")
                                         if self.parent[unit] == directorate])

    def relate(self, total, parts):
        if parts and all(part in self.number for part in parts):
            self.relations.append([total] + [self.number[part] for part in parts])

    def joint(self, most):
        """Values and relations with a cell behind the others for each combination of all labels
        that lies in no empty cell; None when there are more than `most`."""
        names = list(self.variables)
        axes = [range(self.variables[name]) for name in names] + [range(len(self.parent))]
        combinations = {}
        for place in itertools.product(*axes):
            labels = dict(zip(names + ["unit"], place))
            labels["directorate"] = self.parent[labels["unit"]]
            cells = [number for key, number in self.number.items()
                     if all(labels[a] == b for a, b in key)]
            if all(self.values[cell] for cell in cells):
                combinations[place] = cells
            if len(combinations) > most:
                return None
        values, relations = list(self.values), list(self.relations)
        totals = {relation[0] for relation in relations}
        parts = {}
        for place, cells in combinations.items():
            number = len(values)
            values.append(sum(tuple(person[name] for name in names + ["unit"]) == place
                              for person in self.people))
            for cell in cells:
                if cell not in totals:
                    parts.setdefault(cell, []).append(number)
        return values, relations + [[cell] + numbers for cell, numbers in parts.items()]
