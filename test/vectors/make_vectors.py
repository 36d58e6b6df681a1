"""Writes the vectors against which src/stats is tested, and checks those written by hand.

    make_vectors.py          writes the *.csv files beside it that are computed
    make_vectors.py --check  fails when a file differs from what would be written, or when
                             quarter_ratings.csv (written by hand) does not hold

An implementation of its own: fractions for what is exact, decimals of 80 digits for the rest. It
shares no code and no constant with the program, and reads the rating scale from its own table.
"""
import csv
import io
import os
import sys
from decimal import Decimal as D, getcontext
from fractions import Fraction as F

getcontext().prec = 80
HERE = os.path.dirname(os.path.abspath(__file__))
PI = D("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899863")
FIVE = [("HG", F(5)), ("LG", F(0)), ("A", F(-5)), ("LR", F(-10)), ("HR", None)]


class Numbers:
    """A small generator, the same on every machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, most):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % most


def shown(number):
    return format(+number, ".20e") if isinstance(number, D) else repr(number)


# Statistics in decimals -------------------------------------------------------------------------

def wilson(cases, base, z):
    cases, base, z = D(cases), D(base), D(z)
    p = cases / base
    centre = p + z * z / (2 * base)
    half = z * (p * (1 - p) / base + z * z / (4 * base * base)).sqrt()
    below = 1 + z * z / base
    return max(D(0), (centre - half) / below), min(D(1), (centre + half) / below)


def erfc(x):
    """By the power series of erf; 80 digits leave enough after cancellation for x up to 8."""
    x = D(x)
    term = total = x
    n = 0
    while abs(term) > D(10) ** -75:
        n += 1
        term = -term * x * x / n
        total += term / (2 * n + 1)
    return 1 - 2 / PI.sqrt() * total


def normal_two_sided(z):
    return erfc(abs(D(z)) / D(2).sqrt())


def poisson_at_most(count, mean):
    term = total = (-mean).exp()
    for i in range(1, count + 1):
        term = term * mean / i
        total += term
    return total


def poisson_mean(count, tail):
    low, high = D(0), D(200)
    for _ in range(200):
        middle = (low + high) / 2
        if poisson_at_most(count, middle) > tail:
            low = middle
        else:
            high = middle
    return low


def count_interval(count, z):
    z = D(z)
    if count < 10:
        tail = erfc(z / D(2).sqrt()) / 2
        low = D(0) if count == 0 else poisson_mean(count - 1, 1 - tail)
        return low, poisson_mean(count, tail)
    o, n = D(count), D(count + 1)
    return (o * (1 - 1 / (9 * o) - z / (3 * o.sqrt())) ** 3,
            n * (1 - 1 / (9 * n) + z / (3 * n.sqrt())) ** 3)


def katz(a, n1, b, n2, z):
    a, n1, b, n2, z = (D(x) for x in (a, n1, b, n2, z))
    if a == 0 or b == 0:
        a, n1, b, n2 = a + D("0.5"), n1 + 1, b + D("0.5"), n2 + 1
    ratio = (a / n1) / (b / n2)
    spread = z * (1 / a - 1 / n1 + 1 / b - 1 / n2).sqrt()
    return ratio, (ratio.ln() - spread).exp(), (ratio.ln() + spread).exp()


def newcombe(a, n1, b, n2, z):
    p, q = D(a) / D(n1), D(b) / D(n2)
    l1, u1 = wilson(a, n1, z)
    l2, u2 = wilson(b, n2, z)
    return (p - q - ((p - l1) ** 2 + (u2 - q) ** 2).sqrt(),
            p - q + ((u1 - p) ** 2 + (q - l2) ** 2).sqrt())


def two_shares(a, n1, b, n2):
    pooled = D(a + b) / D(n1 + n2)
    variance = pooled * (1 - pooled) * (1 / D(n1) + 1 / D(n2))
    if variance == 0:
        return D(0), D(1)
    z = (D(a) / n1 - D(b) / n2) / variance.sqrt()
    return z, normal_two_sided(z)


def choose(n, k):
    result = 1
    for i in range(k):
        result = result * (n - i) // (i + 1)
    return result


def fisher(a, n1, b, n2):
    cases = a + b
    tables = [choose(n1, k) * choose(n2, cases - k)
              for k in range(max(0, cases - n2), min(cases, n1) + 1)]
    observed = choose(n1, a) * choose(n2, b)
    return F(sum(t for t in tables if t <= observed), sum(tables))


def gamma_half(twice):
    """Gamma(twice / 2)."""
    value, at = (D(1), 2) if twice % 2 == 0 else (PI.sqrt(), 1)
    while at < twice:
        value = value * at / 2
        at += 2
    return value


def chi_square_above(statistic, freedom):
    x = D(statistic) / 2
    a = D(freedom) / 2
    if x == 0:
        return D(1)
    term = total = D(1) / a
    n = 0
    while term > total * D(10) ** -78:
        n += 1
        term = term * x / (a + n)
        total += term
    return 1 - total * (a * x.ln() - x).exp() / gamma_half(freedom)


def groups_chi_square(groups):
    cases, base = sum(c for c, _ in groups), sum(n for _, n in groups)
    total = F(0)
    for c, n in groups:
        expected = F(n * cases, base)
        total += (c - expected) ** 2 / expected + (c - expected) ** 2 / (n - expected)
    return total


def holm(values):
    places = sorted(range(len(values)), key=lambda i: values[i])
    adjusted, most = [None] * len(values), F(0)
    for rank, place in enumerate(places):
        most = max(most, (len(values) - rank) * values[place])
        adjusted[place] = min(most, F(1))
    return adjusted


# Exact arithmetic -------------------------------------------------------------------------------

def half_away(number, decimals):
    scaled = abs(number) * 10**decimals
    whole = int(scaled + F(1, 2))
    return F(whole if number >= 0 else -whole, 10**decimals)


def fixed(number, decimals=6):
    rounded = half_away(number, decimals)
    digits = str(abs(rounded.numerator) * 10**decimals // rounded.denominator).rjust(decimals + 1, "0")
    sign = "-" if rounded < 0 else ""
    return sign + (digits[:-decimals] + "." + digits[-decimals:] if decimals else digits)


def variance_of(value, comparator, target, upper, distance):
    """None when a relative distance does not exist."""
    edge = target
    if comparator == "between":
        if target <= value <= upper:
            return F(0)
        edge = target if value < target else upper
        points = -abs(value - edge)
    elif comparator == "equal":
        points = -abs(value - target)
    else:
        points = value - target if comparator in ("at-least", "above") else target - value
    if distance == "points":
        return points
    return None if edge == 0 else points / abs(edge) * 100


def level_of(variance, comparator, levels):
    at = next(i for i, (_, least) in enumerate(levels) if least is None or variance >= least)
    if comparator in ("above", "below") and variance <= 0:
        met = next(i for i, (_, least) in enumerate(levels) if least is None or F(0) >= least)
        at = max(at, met + 1)
    return levels[at][0]


def denominators(percents, parts, most):
    """By trying every numerator, not by bounds."""
    found = []
    for d in range(1, most + 1):
        if all(any(half_away(F(100 * k, d * parts), places) == percent
                   for k in range(max(0, int(percent * d * parts / 100) - 2 - d * parts // 10**places),
                                  min(d * parts, int(percent * d * parts / 100) + 3
                                      + d * parts // 10**places) + 1))
               for percent, places in percents):
            found.append(d)
    return found


# The files --------------------------------------------------------------------------------------

def rows_wilson():
    yield "cases", "base", "z", "low", "high"
    cases = [("1", "62"), ("2", "124"), ("10", "62"), ("59", "124"), ("0", "10"), ("5", "20"),
             ("29.5", "62"), ("10", "10"), ("1", "1"), ("0", "1"), ("1", "1000000"),
             ("999999", "1000000"), ("500000", "1000000"), ("0.5", "3.5")]
    numbers = Numbers(1)
    for _ in range(60):
        base = 1 + numbers.below(5000)
        cases.append((str(numbers.below(base + 1)), str(base)))
    for a, n in cases:
        for z in ("1.96", "3.09"):
            yield (a, n, z) + tuple(shown(x) for x in wilson(a, n, z))


def rows_count():
    yield "count", "z", "low", "high"
    for count in list(range(0, 25)) + [50, 100, 999, 100000]:
        for z in ("1.96", "3.09"):
            yield (count, z) + tuple(shown(x) for x in count_interval(count, z))


def comparisons(seed, most):
    pairs = [(60, 240, 30, 200), (9, 750, 17, 2400), (17, 2400, 9, 750), (0, 10, 5, 20),
             (5, 20, 0, 10), (0, 10, 0, 20), (10, 10, 20, 20), (3, 3, 1, 4), (1, 2, 1, 2),
             (10, 10, 5, 20)]
    numbers = Numbers(seed)
    for _ in range(50):
        n1, n2 = 1 + numbers.below(most), 1 + numbers.below(most)
        pairs.append((numbers.below(n1 + 1), n1, numbers.below(n2 + 1), n2))
    return pairs


def rows_ratio():
    yield "a", "n1", "b", "n2", "z", "ratio", "low", "high"
    for pair in comparisons(2, 3000):
        if pair[0] == pair[1] and pair[2] == pair[3]:
            continue
        for z in ("1.96", "3.09"):
            yield pair + (z,) + tuple(shown(x) for x in katz(*pair, z))


def rows_difference():
    yield "a", "n1", "b", "n2", "z", "low", "high"
    for pair in comparisons(3, 3000):
        for z in ("1.96", "3.09"):
            yield pair + (z,) + tuple(shown(x) for x in newcombe(*pair, z))


def rows_shares():
    yield "a", "n1", "b", "n2", "z", "p"
    for pair in comparisons(4, 3000):
        z, p = two_shares(*pair)
        if abs(z) < 8:
            yield pair + (shown(z), shown(p))


def rows_fisher():
    yield "a", "n1", "b", "n2", "p"
    for pair in comparisons(5, 60) + comparisons(6, 900)[10:25]:
        p = fisher(*pair)
        yield pair + (shown(D(p.numerator) / D(p.denominator)),)


def rows_chi_square():
    yield "statistic", "freedom", "p"
    for freedom in (1, 2, 3, 4, 5, 9, 18, 60):
        for statistic in ("0", "0.001", "0.5", "1", "3.84", "5.991", "10", "18.3", "40", "90"):
            yield statistic, freedom, shown(chi_square_above(statistic, freedom))


def rows_groups():
    yield "groups", "statistic", "freedom", "p"
    numbers = Numbers(7)
    for _ in range(25):
        groups = []
        for _ in range(2 + numbers.below(6)):
            base = 2 + numbers.below(400)
            groups.append((numbers.below(base + 1), base))
        if not 0 < sum(c for c, _ in groups) < sum(n for _, n in groups):
            continue
        total = groups_chi_square(groups)
        statistic = D(total.numerator) / D(total.denominator)
        if statistic < 150:
            yield (" ".join(f"{c}/{n}" for c, n in groups), shown(statistic), len(groups) - 1,
                   shown(chi_square_above(statistic, len(groups) - 1)))


def rows_holm():
    yield "p", "adjusted"
    numbers = Numbers(8)
    for _ in range(30):
        values = [F(numbers.below(100000), 1000000 if numbers.below(2) else 100000)
                  for _ in range(1 + numbers.below(9))]
        if numbers.below(3) == 0:
            values.append(values[0])
        yield (" ".join(fixed(v) for v in values),
               " ".join(shown(D(a.numerator) / D(a.denominator)) for a in holm(values)))


def rows_percent():
    yield "numerator", "denominator", "decimals", "percent"
    cases = [("1", "200", 0), ("1", "200", 1), ("1", "8", 1), ("-1", "200", 0), ("101", "86", 2),
             ("29.5", "62", 2), ("59", "124", 2), ("1", "3", 6), ("2", "3", 6), ("-2", "3", 2)]
    numbers = Numbers(9)
    for _ in range(120):
        cases.append((str(numbers.below(4000)), str(1 + numbers.below(4000)), numbers.below(7)))
    for n, d, places in cases:
        yield n, d, places, fixed(half_away(F(n) / F(d) * 100, places), 6)


def rows_denominators():
    yield "percents", "parts", "most", "denominators"
    sets = [(["16.13", "47.58", "1.61"], 1, 800), (["16.13", "47.58", "1.61"], 2, 400),
            (["2"], 1, 60), (["33.3", "66.7"], 1, 120), (["0"], 1, 12), (["100"], 1, 12),
            (["0.05"], 1, 2200), (["12.5"], 1, 60), (["50", "0.5"], 1, 250),
            (["16.1", "47.6", "1.6"], 1, 200)]
    for texts, parts, most in sets:
        percents = [(F(t), len(t.split(".")[1]) if "." in t else 0) for t in texts]
        yield (" ".join(texts), parts, most,
               " ".join(str(d) for d in denominators(percents, parts, most)))


def rows_rating():
    yield ("value", "comparator", "target", "upper", "distance", "variance", "level")
    numbers = Numbers(10)
    words = ["at-least", "above", "at-most", "below", "between", "equal"]
    count = 0
    while count < 600:
        comparator = words[numbers.below(6)]
        distance = "points" if numbers.below(3) == 0 else "relative"
        places = numbers.below(4)
        target = F(numbers.below(2000) - 400, 10**places)
        upper = target + F(numbers.below(60), 10**places) if comparator == "between" else None
        step = [F(0), F(5), F(-5), F(-10), F(10), F(1, 1000), F(-5001, 1000)][numbers.below(7)]
        if numbers.below(2):
            value = half_away(target + (abs(target) * step / 100 if distance == "relative" else step), 6)
        else:
            value = F(numbers.below(2400) - 600, 10**places)
        variance = variance_of(value, comparator, target, upper, distance)
        if variance is None:
            continue
        count += 1
        yield (fixed(value), comparator, fixed(target), fixed(upper) if upper is not None else "",
               distance, fixed(variance), level_of(variance, comparator, FIVE))


FILES = {
    "wilson.csv": rows_wilson, "count_interval.csv": rows_count, "ratio_interval.csv": rows_ratio,
    "difference_interval.csv": rows_difference, "two_shares.csv": rows_shares,
    "fisher.csv": rows_fisher, "chi_square.csv": rows_chi_square, "groups.csv": rows_groups,
    "holm.csv": rows_holm, "percent.csv": rows_percent, "denominators.csv": rows_denominators,
    "rating.csv": rows_rating,
}


def text_of(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows())
    return out.getvalue()


def check_quarter():
    """The comparisons of the first quarter of 2012/13, written by hand, against exact arithmetic."""
    wrong = []
    with open(os.path.join(HERE, "quarter_ratings.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            target = F(row["target"]) if row["target"] else (
                F(row["baseline"]) * (100 + F(row["change_percent"])) / 100)
            upper = F(row["upper"]) if row["upper"] else None
            if row["months_gone"]:
                target = target * int(row["months_gone"]) / 12
            variance = variance_of(F(row["value"]), row["comparator"], target, upper, row["distance"])
            level = level_of(variance, row["comparator"], FIVE)
            if level != row["level"] or fixed(variance, 2) != row["variance"]:
                wrong.append(f"quarter_ratings.csv {row['reference']}: {fixed(variance, 2)} {level}")
    return wrong


def main():
    wrong = check_quarter()
    for name, rows in FILES.items():
        path = os.path.join(HERE, name)
        text = text_of(rows)
        if "--check" not in sys.argv:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        elif not os.path.exists(path) or open(path, encoding="utf-8", newline="").read() != text:
            wrong.append(name + " differs from what make_vectors.py writes")
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


main()
