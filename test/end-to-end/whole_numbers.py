"""An attacker that knows that counts are whole numbers: tries every table that fits what is shown.
Shares nothing with the program. For small tables only."""
import itertools

STEPS = 4000  # of the search for one cell; then it counts as not found


class Search:
    """Whole numbers for the hidden cells such that every relation adds up."""

    def __init__(self, values, relations, hidden, least, bounds=()):
        self.values = values
        self.number = {cell: i for i, cell in enumerate(sorted(hidden))}
        self.low = [least] * len(self.number)
        self.high = [max(values) * 2 + 20] * len(self.number)
        for cell, (low, high) in dict(bounds).items():
            self.low[self.number[cell]], self.high[self.number[cell]] = low, high
        self.equations = []
        for relation in relations:
            terms, right = [], 0
            for i, cell in enumerate(relation):
                sign = 1 if i == 0 else -1
                if cell in self.number:
                    terms.append((self.number[cell], sign))
                else:
                    right -= sign * values[cell]
            if terms:
                self.equations.append((terms, right))
        self.touched = [[e for e, (terms, _) in enumerate(self.equations)
                         if any(v == i for v, _ in terms)] for i in range(len(self.number))]

    def narrow(self, low, high, queue):
        """Bounds that follow from the others'; False when nothing fits."""
        while queue:
            terms, right = self.equations[queue.pop()]
            ends = [(low[v], high[v]) if sign > 0 else (-high[v], -low[v]) for v, sign in terms]
            least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
            for (v, sign), (start, end) in zip(terms, ends):
                start, end = max(start, right - most + end), min(end, right - least + start)
                if start > end:
                    return False
                bounds = (start, end) if sign > 0 else (-end, -start)
                if bounds != (low[v], high[v]):
                    low[v], high[v] = bounds
                    queue |= set(self.touched[v])
        return True

    def find(self, low, high, queue):
        self.steps -= 1
        if not self.narrow(low, high, queue):
            return False
        wide = [v for v in range(len(low)) if low[v] < high[v]]
        if not wide or self.steps < 0:
            return True
        v = min(wide, key=lambda v: high[v] - low[v])
        for value in range(low[v], high[v] + 1):
            one_low, one_high = list(low), list(high)
            one_low[v] = one_high[v] = value
            if self.find(one_low, one_high, set(self.touched[v])):
                return True
        return False

    def can_be_other(self, cell):
        v = self.number[cell]
        for low, high in ((self.values[cell] + 1, self.high[v]),
                          (self.low[v], self.values[cell] - 1)):
            self.steps = STEPS
            lows, highs = list(self.low), list(self.high)
            lows[v], highs[v] = low, high
            if low <= high and self.find(lows, highs, set(range(len(self.equations)))):
                return True
        return False


def known_as_whole(values, relations, hidden, asked, least, bounds=()):
    """The asked cells that can be one whole number alone. `hidden` cells are at least `least`, or
    within their `bounds`, which rounded figures have too."""
    search = Search(values, relations, hidden, least, bounds)
    return [cell for cell in asked if not search.can_be_other(cell)]


def three_way(numbers):
    """A table of three variables with all its margins, sparse: its cells and relations."""
    sizes = [numbers.choice([2, 3, 4]), numbers.choice([2, 3, 4]), numbers.choice([2, 3])]
    density = numbers.choice([1, 2, 4])
    inner = {key: int(numbers.expovariate(1 / density)) if numbers.random() < 0.8 else 0
             for key in itertools.product(*map(range, sizes))}
    axes = [[*range(size), None] for size in sizes]
    number = {key: i for i, key in enumerate(itertools.product(*axes))}
    values = [sum(count for cell, count in inner.items()
                  if all(a is None or a == b for a, b in zip(key, cell))) for key in number]
    relations = [[number[key]] + [number[key[:d] + (label,) + key[d + 1:]]
                                  for label in range(sizes[d])]
                 for key in number for d in range(3) if key[d] is None]
    return values, relations
