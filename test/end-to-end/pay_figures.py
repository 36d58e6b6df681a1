"""Pay gap figures by an implementation of its own: fractions, sorted lists, one person at a time."""
from collections import Counter
from fractions import Fraction as F


def half_away(number, scale):
    whole = int(abs(number) * scale + F(1, 2))
    return whole if number >= 0 else -whole


def printed(number):
    tenths = half_away(number, 10)
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"


def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def gap(men, women, measure):
    if not men or not women:
        return None
    first, second = measure(men), measure(women)
    return printed((first - second) / first * 100)


def mean(values):
    # Equal rates are added together first, so that few fractions have to be added.
    counts = Counter(values)
    return sum(rate * n for rate, n in counts.items()) / len(values)


def bands_of(rated):
    """Counts of men and women in each band, from a list of (pence, sex)."""
    rated = sorted(rated)
    n = len(rated)
    sizes = [n // 4 + (1 if extra else 0) for extra in
             {0: (0, 0, 0, 0), 1: (1, 0, 0, 0), 2: (1, 0, 1, 0), 3: (1, 1, 1, 0)}[n % 4]]
    place_band = [band for band in range(4) for _ in range(sizes[band])]
    result = [[0, 0, 0, 0] for _ in range(4)]  # men, women, least men, most men
    at = 0
    while at < n:
        end = at
        while end < n and rated[end][0] == rated[at][0]:
            end += 1
        taken = Counter(place_band[at:end])
        men = sum(1 for _, sex in rated[at:end] if sex == "M")
        ideal = {band: F(taken[band] * men, end - at) for band in taken}
        share = {band: int(ideal[band]) for band in taken}
        order = sorted(taken, key=lambda band: (share[band] - ideal[band], band))
        for band in order[:men - sum(share.values())]:
            share[band] += 1
        for band in taken:
            result[band][0] += share[band]
            result[band][1] += taken[band] - share[band]
            result[band][2] += int(ideal[band])
            result[band][3] += -int(-ideal[band] // 1)
        at = end
    return result


def top_of(rated):
    """The best paid 5% by full-time equivalent, with everybody on the last one's pay."""
    rated = sorted(rated, key=lambda one: -one[0])
    total = sum(fte for _, fte, _ in rated)
    taken = F(0)
    men = F(0)
    count = 0
    last = None
    for pence, fte, sex in rated:
        if taken * 20 >= total and pence != last:
            break
        last = pence
        taken += fte
        count += 1
        men += fte if sex == "M" else 0
    return count, taken, men
