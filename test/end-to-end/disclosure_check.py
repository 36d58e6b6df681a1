"""An attacker of the tests' own, in exact fractions: which hidden cells can be worked out? Shares
nothing with the program. Slow, so for small instances: splits what is hidden into parts that hang
together, takes a basis of each part's null space, and asks by linear programming which cells at
their bound cannot move (Gordan's theorem)."""
from fractions import Fraction


def read_relations(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    cells, relations = map(int, lines[0].split())
    values = [int(line) for line in lines[1:1 + cells]]
    members = [[int(word) for word in line.split()[1:]]
               for line in lines[1 + cells:1 + cells + relations]]
    return values, members


def write_relations(path, values, relations):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{len(values)} {len(relations)}\n")
        file.writelines(f"{value}\n" for value in values)
        file.writelines(f"{len(r)} {' '.join(map(str, r))}\n" for r in relations)


def parts_of(hidden, relations):
    """Sets of hidden cells that share relations, each with its equations {cell: +1 or -1}."""
    group = {cell: cell for cell in hidden}

    def find(cell):
        while group[cell] != cell:
            group[cell] = group[group[cell]]
            cell = group[cell]
        return cell

    equations = []
    for relation in relations:
        equation = {cell: 1 if i == 0 else -1 for i, cell in enumerate(relation) if cell in hidden}
        if equation:
            equations.append(equation)
            first = find(next(iter(equation)))
            for cell in equation:
                group[find(cell)] = first
    parts = {}
    for cell in sorted(hidden):
        parts.setdefault(find(cell), ([], []))[0].append(cell)
    for equation in equations:
        parts[find(next(iter(equation)))][1].append(equation)
    return list(parts.values())


def null_basis(cells, equations):
    """Each cell as a combination of free cells: {cell: {free: factor}}."""
    pivots = {}
    for equation in equations:
        row = {cell: Fraction(sign) for cell, sign in equation.items()}
        for cell in [cell for cell in row if cell in pivots]:
            factor = row.pop(cell)
            for other, value in pivots[cell].items():
                row[other] = row.get(other, 0) + factor * value
        row = {cell: value for cell, value in row.items() if value}
        if not row:
            continue
        pivot = max(row)
        factor = -row.pop(pivot)
        made = {cell: value / factor for cell, value in row.items()}
        for expression in pivots.values():
            if pivot in expression:
                taken = expression.pop(pivot)
                for other, value in made.items():
                    expression[other] = expression.get(other, 0) + taken * value
                    if not expression[other]:
                        del expression[other]
        pivots[pivot] = made
    return {cell: pivots.get(cell, {cell: Fraction(1)} if cell not in pivots else {})
            for cell in cells}


def positive_combination(vectors):
    """Factors f >= 0, summing to 1, with sum of f * vector = 0; None when there are none. Simplex
    with Bland's rule on an artificial start."""
    columns = sorted({key for vector in vectors for key in vector})
    rows = len(columns) + 1
    place = {key: i for i, key in enumerate(columns)}
    count = len(vectors)
    table = [[Fraction(0)] * (count + 1) for _ in range(rows)]
    for j, vector in enumerate(vectors):
        for key, value in vector.items():
            table[place[key]][j] = value
        table[rows - 1][j] = Fraction(1)
    table[rows - 1][count] = Fraction(1)
    basis = [None] * rows  # None: an artificial variable
    cost = [sum(table[i][j] for i in range(rows)) for j in range(count + 1)]
    while cost[count] > 0:
        enter = next((j for j in range(count) if cost[j] > 0), None)
        if enter is None:
            return None
        ratios = [(table[i][count] / table[i][enter], basis[i] is not None, basis[i] or 0, i)
                  for i in range(rows) if table[i][enter] > 0]
        leave = min(ratios)[3]
        scale = table[leave][enter]
        table[leave] = [value / scale for value in table[leave]]
        for i in range(rows):
            factor = table[i][enter]
            if i != leave and factor:
                table[i] = [a - factor * b for a, b in zip(table[i], table[leave])]
        factor = cost[enter]
        cost = [a - factor * b for a, b in zip(cost, table[leave])]
        basis[leave] = enter
    return [j for i, j in enumerate(basis) if j is not None and table[i][count] > 0]


def exposed(values, relations, hidden, least):
    """The hidden cells that a reader who knows them to be at least `least` (a number, or one for
    each cell) can work out. With `least` None the reader only adds and subtracts."""
    found = set()
    if isinstance(least, int):
        least = [least] * len(values)
    for cells, equations in parts_of(set(hidden), relations):
        known = set()
        while True:
            rest = [{cell: sign for cell, sign in equation.items() if cell not in known}
                    for equation in equations]
            free = [cell for cell in cells if cell not in known]
            basis = null_basis(free, [equation for equation in rest if equation])
            still = {cell for cell in free if not basis[cell]}
            bound = [] if least is None else [cell for cell in free
                                              if values[cell] <= least[cell] and cell not in still]
            stuck = positive_combination([basis[cell] for cell in bound]) if bound else None
            known |= still
            if not stuck:
                break
            known |= {bound[j] for j in stuck}
        found |= known
    return found
