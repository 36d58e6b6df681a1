"""Writes the vectors against which the pay gap's arithmetic is tested.

    make_pay_vectors.py          writes pay_gap.csv and exact_sum.csv beside it
    make_pay_vectors.py --check  fails when a file differs from what would be written

An implementation of its own, in fractions: every rate, sum and comparison is exact, the bands are
filled person by person from a sorted list, and the freedom of a tie is found by trying.
"""
import csv
import io
import itertools
import os
import sys
from fractions import Fraction as F

HERE = os.path.dirname(os.path.abspath(__file__))
DAYS = {"week": F(7), "fortnight": F(14), "four-weeks": F(28), "month": F(3044, 100),
        "year": F(36525, 100)}


class Numbers:
    """A small generator, the same on every machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, most):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % most


def half_away(number):
    whole = int(abs(number) + F(1, 2))
    return whole if number >= 0 else -whole


def rate_of(pay, hours, period, bonus):
    """Schedule 1, paragraph 6: an annual bonus counts with its share of the pay period."""
    share = bonus if period == "year" else bonus / DAYS["year"] * DAYS[period]
    if hours == 0:
        return pay + share
    return (pay + share) * (7 / DAYS[period]) / hours


def median_of(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def tenths(first, second):
    return half_away((first - second) / first * 1000)


def mean_of(values):
    return sum(values) / len(values)


def sizes_of(count):
    """The remainder rule, written out from the guidance's three cases."""
    sizes = [count // 4] * 4
    for band in {0: [], 1: [0], 2: [0, 2], 3: [0, 1, 2]}[count % 4]:
        sizes[band] += 1
    return sizes


def bands_of(people):
    """Men of each band, and how few and many a lawful order and any order make them."""
    ordered = sorted(half_away(rate * 100) for rate, _ in people)
    sizes = sizes_of(len(ordered))
    band_of_place = [band for band in range(4) for _ in range(sizes[band])]
    result = [[0] * 4 for _ in range(5)]
    for pence in sorted(set(ordered)):
        sexes = [sex for rate, sex in people if half_away(rate * 100) == pence]
        places = [band_of_place[i] for i, value in enumerate(ordered) if value == pence]
        taken = [places.count(band) for band in range(4)]
        men, everyone = sexes.count("m"), len(sexes)
        ideal = [F(n * men, everyone) for n in taken]
        shares = [int(x) for x in ideal]
        rest = sorted(range(4), key=lambda band: (-(ideal[band] - shares[band]), band))
        for band in rest[:men - sum(shares)]:
            shares[band] += 1
        lawful = [[x for x in (int(i), int(i) + 1) if abs(x - i) < 1] for i in ideal]
        kept = [c for c in itertools.product(*lawful) if sum(c) == men]
        free = [c for c in itertools.product(*[range(n + 1) for n in taken])
                if sum(c) == men] if everyone <= 14 else None
        for band in range(4):
            result[0][band] += shares[band]
            result[1][band] += min(c[band] for c in kept)
            result[2][band] += max(c[band] for c in kept)
            if free:
                result[3][band] += min(c[band] for c in free)
                result[4][band] += max(c[band] for c in free)
            else:
                result[3][band] += max(0, taken[band] - (everyone - men))
                result[4][band] += min(taken[band], men)
    return result


def spread(values):
    return " ".join(str(v) for v in values)


def row_of(case, people):
    """`people`: (sex, pay in pence, hours in hundredths, period, annual bonus in pence)."""
    rated = [(rate_of(F(pay, 100), F(hours, 100), period, F(bonus, 100)), sex)
             for sex, pay, hours, period, bonus in people]
    men = [rate for rate, sex in rated if sex == "m"]
    women = [rate for rate, sex in rated if sex == "w"]
    bands = bands_of(rated)
    written = " ".join(f"{s}:{p}:{h}:{d}:{b}" for s, p, h, d, b in people)
    return ((case, written, tenths(mean_of(men), mean_of(women)),
             tenths(median_of(men), median_of(women)), spread(sizes_of(len(people))))
            + tuple(spread(b) for b in bands))


def vector():
    """Eleven people on monthly pay; one man has an annual bonus of 1,200 pounds."""
    men = [(2500, 36, 0), (3200, 36, 1200), (1400, 18, 0), (5600, 36, 0), (2100, 36, 0)]
    women = [(2100, 36, 0), (2100, 36, 0), (1050, 18, 0), (3900, 36, 0), (2500, 36, 0),
             (1750, 30, 0)]
    return ([("m", p * 100, h * 100, "month", b * 100) for p, h, b in men]
            + [("w", p * 100, h * 100, "month", b * 100) for p, h, b in women])


def on_a_bound(numbers):
    """Men and women whose gap is a whole number of tenths and a half, or just beside it, though no
    single rate is a finite decimal: hours that divide nothing, and sums that agree all the same."""
    hours = [3700, 3650, 3600, 3333, 2960, 1850][numbers.below(6)]
    bound = 2 * (numbers.below(900) - 450) + 1
    men = 2000 * (1 + numbers.below(90))
    women = men * (2000 - bound) // 2000 + [0, 0, 0, 1, -1][numbers.below(5)]
    shift = numbers.below(min(women, 500)) if women > 1 else 0
    period = ["month", "week", "four-weeks"][numbers.below(3)]
    return [("m", men + shift, hours, period, 0), ("m", men - shift, hours, period, 0),
            ("w", women + shift, hours, period, 0), ("w", women - shift, hours, period, 0),
            ("w", women, hours, period, 0)]


def at_random(numbers):
    """Few different rates make many ties; several periods, hours and bonuses mix denominators."""
    people = []
    for _ in range(2 + numbers.below(24)):
        period = ["month", "month", "week", "year", "fortnight"][numbers.below(5)]
        pay = (900 + 300 * numbers.below(5)) * 100
        if numbers.below(3) == 0:
            pay += numbers.below(100000)
        hours = [3700, 3600, 1850, 2220, 3712, 0][numbers.below(6)]
        bonus = (1 + numbers.below(20)) * 10000 if numbers.below(4) == 0 else 0
        people.append(("m" if numbers.below(2) else "w", pay, hours, period, bonus))
    return people + [("m", 200000, 3700, "month", 0), ("w", 190000, 3700, "month", 0)]


def rows_pay_gap():
    yield ("case", "people", "mean", "median", "sizes", "men", "least", "most", "any_least",
           "any_most")
    numbers = Numbers(11)
    yield row_of("vector", vector())
    for i in range(150):
        yield row_of(f"bound {i}", on_a_bound(numbers))
    count = 0
    while count < 150:
        people = at_random(numbers)
        # With and without hours is no comparison that anybody would make.
        if len({hours == 0 for _, _, hours, _, _ in people}) > 1:
            people = [p if p[2] else (p[0], p[1], 3700, p[3], p[4]) for p in people]
        yield row_of(f"random {count}", people)
        count += 1


def rows_exact_sum():
    yield "first", "first_factor", "second", "second_factor", "sign"
    numbers = Numbers(12)
    for case in range(200):
        sides = []
        for _ in range(2):
            sides.append([(numbers.below(10**6) * 10**numbers.below(12), 1 + numbers.below(5000))
                          for _ in range(1 + numbers.below(12))])
        factors = [1 + numbers.below(1000), 1 + numbers.below(1000)]
        if case % 2:
            # The same sum in other words: twice each top over twice each bottom, split in parts.
            sides[1] = [part for top, bottom in sides[0]
                        for part in ((2 * top, 6 * bottom), (4 * top, 6 * bottom))]
            factors[1] = factors[0]
            if case % 4 == 3:
                sides[1][0] = (sides[1][0][0] + 1, sides[1][0][1])
        totals = [factors[i] * sum(F(t, b) for t, b in sides[i]) for i in range(2)]
        yield (" ".join(f"{t}/{b}" for t, b in sides[0]), factors[0],
               " ".join(f"{t}/{b}" for t, b in sides[1]), factors[1],
               (totals[0] > totals[1]) - (totals[0] < totals[1]))


FILES = {"pay_gap.csv": rows_pay_gap, "exact_sum.csv": rows_exact_sum}


def main():
    wrong = []
    for name, rows in FILES.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows())
        path = os.path.join(HERE, name)
        if "--check" not in sys.argv:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(out.getvalue())
        elif not os.path.exists(path) or \
                open(path, encoding="utf-8", newline="").read() != out.getvalue():
            wrong.append(name + " differs from what make_pay_vectors.py writes")
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


main()
