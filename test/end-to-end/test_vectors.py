"""The vectors of the field, worked out by hand beforehand, each by the command that an analyst would use. A row says
what it is; its number is the one that unit tests and documentation use too."""
import csv
import io
import json
import os
from fractions import Fraction

from harness import Folder, Tap, rows, run


def write(folder, name, heading, rows):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    return path


def paygap(path, *more):
    return json.loads(run("paygap", path, *more, "--format", "json")[1])


def likelihood(*words):
    return json.loads(run("explain", "likelihood", *words, "--format", "json")[1])


def rating(*words):
    return json.loads(run("explain", "rating", *words, "--format", "json")[1])


def monthly(folder):
    """Monthly pay and hours of eleven people; one was paid an annual bonus of 1,200 in the month."""
    men = [(2500, 36, 0), (3200, 36, 1200), (1400, 18, 0), (5600, 36, 0), (2100, 36, 0)]
    women = [(2100, 36, 0), (2100, 36, 0), (1050, 18, 0), (3900, 36, 0), (2500, 36, 0), (1750, 30, 0)]
    rows = [[sex, pay, hours, bonus or ""] for sex, people in (("M", men), ("F", women)) for pay, hours, bonus in people]
    return write(folder, "eleven.csv", ["Sex", "Monthly pay", "Weekly hours", "Paid now"], rows)


def hourly_rates(folder):
    rates = [paygap(write(folder, "one.csv", ["Sex", "Monthly pay", "Weekly hours", "Paid now"],
                          [["M", pay, 36, bonus], ["F", pay, 36, bonus]]),
                    "--period-bonus", "Paid now", "--bonus-earned", "year")["population"]["pay"]["men"]["mean"]
             for pay, bonus in ((2500, ""), (3200, 1200))]
    return rates, ["15.9695", "21.0798"]


def gaps(folder):
    found = paygap(monthly(folder), "--period-bonus", "Paid now", "--bonus-earned", "year")
    pay = found["population"]["pay"]
    bands = [(q["people"], q["men"], q["women"]) for q in found["quarters"]]
    return ((found["mean_gap"], found["median_gap"], pay["men"]["mean"], pay["women"]["mean"], pay["men"]["median"],
             pay["women"]["median"], [band[0] for band in bands], bands[0]),
            ("24.3", "25.0", "20.8242", "15.7566", "17.8858", "13.4144", [3, 3, 3, 2], (3, 1, 2)))


def top_earners(folder):
    """8,000 full-time and 4,000 half-time; at the top 480 full-time (100 disabled) and 40 half-time (30 disabled)."""
    def staff(count, disabled, fte, pay):
        return [["Yes" if i < disabled else "No", "F" if i % 2 else "M", fte, pay] for i in range(count)]
    rows = staff(480, 100, 1, "40.00") + staff(40, 30, "0.5", "40.00") + staff(7520, 200, 1, "12.00") + \
        staff(3960, 100, "0.5", "12.00")
    top = paygap(write(folder, "top.csv", ["Disability", "Sex", "FTE", "Hourly rate"], rows), "--by",
                 "disability")["top_5_percent"]
    shares = {group["group"]: group["percent"] for group in top["groups"]}
    rows = staff(490, 0, 1, "40.00") + staff(20, 0, 1, "30.00") + staff(9490, 0, 1, "12.00")
    tied = paygap(write(folder, "tied.csv", ["Disability", "Sex", "FTE", "Hourly rate"], rows))["top_5_percent"]
    return ((next(share for group, share in shares.items() if group.lower().startswith("disabled")),
             top["full_time_equivalent"], tied["full_time_equivalent"]), ("23.0", "500", "510"))


def attainment(_):
    """The gap of the early years: (34 - 23.5) / 34."""
    return (rating("--numerator", "10.5", "--denominator", "34", "--comparator", "at-most", "--target", "30")["reasoning"]
            .split()[0], "30.88%")


def wilson(folder):
    found = []
    cases = [(1, 62), (2, 124), (10, 62), (59, 124), (0, 10), (5, 20)]
    for cases_, base in cases:
        rows = [["F", "Yes" if i < cases_ else "No"] for i in range(base)] + [["M", "No"], ["M", "Yes"]]
        groups = json.loads(run("compare", write(folder, "share.csv", ["Sex", "Met"], rows), "--outcome", "Met=Yes",
                                "--format", "json")[1])["groups"]
        group = next(one for one in groups if one["base"] == base)
        found.append((group["percent"], *group["interval"]))
    return found, [("1.6", "0.3", "8.6"), ("1.6", "0.4", "5.7"), ("16.1", "9.0", "27.2"), ("47.6", "39.0", "56.3"),
                   ("0.0", "0.0", "27.8"), ("25.0", "11.2", "46.9")]


def likelihoods(_):
    appointed = likelihood("--metric", "wres-2", "--reference", "60/240", "--group", "30/200")
    entered = likelihood("--metric", "wres-3", "--reference", "17/2400", "--group", "9/750")
    return (([appointed["ratio"], *(f"{limit:.2f}" for limit in appointed["interval"]), appointed["finding"]],
             [entered["ratio"][:4], *(f"{limit:.2f}" for limit in entered["interval"]), entered["finding"]]),
            (["1.667", "1.12", "2.48", "significant"], ["1.69", "0.76", "3.78", "indication"]))


def protected(folder, profile, sizes):
    """What a profile prints of groups of these sizes."""
    rows = [[f"g{size}"] for size in sizes for _ in range(size)]
    path = write(folder, "groups.csv", ["group"], rows)
    tables = write(folder, "list.csv", ["table", "variables", "levels"], [["t", "group", ""]])
    out = run("protect", path, "--tables", tables, "--profile", profile, "--quiet")[1]
    shown = {row["group"]: row["count"] or row["count_mark"] for row in csv.DictReader(io.StringIO(out))}
    return [shown.get(f"g{size}") for size in sizes]


def rounding(folder):
    return protected(folder, "hesa", [1, 2, 3, 7, 8, 12, 13, 22, 23]), ["0", "0", "5", "5", "10", "10", "15", "20", "25"]


def suppression(folder):
    return protected(folder, "nhs", [1, 7, 8, 12, 13]), ["[c]", "[c]", "10", "10", "15"]


def percentages(_):
    code, _, err = run("protect", "--percentages", "16.13,47.58,1.61")
    return (code, "the smallest being 124" in err), (1, True)


# The paper's rows of Quarter 1 2012/13 that have numbers: value, comparator, target, the rating printed.
PRINTED = {
    "1.3": ("97.5", "at-least", "97", "LG"), "1.4": ("40.23", "at-least", "39", "A"),
    "1.5": ("4.8", "at-least", "18", "LG"), "1.6": ("2.04", "at-least", "3", "HR"),
    "1.7": ("16.13", "at-least", "20", "HR"), "1.8": ("47.58", "at-least", "50", "HR"),
    "1.9": ("1.61", "at-least", "5", "HR"), "2.1": ("79", "at-least", "100", "A"),
    "2.6": ("67.5", "at-least", "70", "A"), "2.7": ("82", "at-least", "70", "HG"),
    "2.8": ("80", "at-least", "88", "LR"), "2.10": ("40", "at-least", "200", "A"),
    "2.11": ("2", "at-least", "2", "LG"), "2.11, of the year": ("2", "at-least", "10", "LG"),
    "3.5": ("10", "at-most", "6", "LG"), "3.6": ("97.5", "at-least", "97", "LG"),
    "4.2": ("19.1", "at-least", "19.5", "A"), "4.6": ("6", "at-least", "42", "A"),
    "4.7": ("259", "at-least", "1000", "LG"), "5.1A": ("388", "at-least", "200", "HG"),
    "5.1C": ("179", "at-least", "120", "HG"), "5.1D": ("13", "at-least", "12", "HG"),
    "5.1F": ("0", "at-least", "8", "LR"), "5.1K": ("6", "at-least", "8", "A"),
    "5.1L": ("23", "at-least", "27", "A"), "5.1M": ("2", "at-least", "9", "A"),
    "5.1N": ("13", "at-least", "4", "HG"), "5.3": ("1.5", "at-most", "1.5", "LG"),
    "6.2": ("25", "below", "25", "HG"), "6.5": ("1010", "at-least", "2000", "LR"),
    "8.1": ("2", "at-least", "10", "HG"), "8.2": ("75", "at-least", "78", "LR"),
}


def plain_rule(value, comparator, target):
    """High green from 5% better than the target, amber to 5% worse, low red to 10%; a strict bound is not met."""
    variance = (Fraction(value) - Fraction(target)) / Fraction(target)
    variance = variance if comparator == "at-least" else -variance
    if comparator == "below" and variance <= 0:
        variance = min(variance, Fraction(-1, 1000000))
    bounds = ((Fraction(5, 100), "HG"), (Fraction(0), "LG"), (Fraction(-5, 100), "A"), (Fraction(-10, 100), "LR"))
    return next((level for least, level in bounds if variance >= least), "HR")


def printed_ratings(_):
    """What the paper declares and what its numbers give are two things, and both are kept."""
    computed = {row: rating("--value", value, "--comparator", comparator, "--target", target)["computed"]
                for row, (value, comparator, target, _) in PRINTED.items()}
    examples = [computed[row] for row in ("1.8", "8.2", "1.4", "3.5", "6.2", "5.1M")]
    agree = sum(computed[row] == PRINTED[row][3] for row in PRINTED)
    return ((len(PRINTED), examples, agree, computed),
            (32, ["A", "A", "LG", "HR", "A", "HR"], 15, {row: plain_rule(*PRINTED[row][:3]) for row in PRINTED}))


def deadlines(_):
    def last(duty, day):
        return json.loads(run("explain", "deadline", duty, "--on", day, "--format", "json")[1])["last_day"]
    return ([last(*case) for case in (("information", "2026-01-12"), ("objectives", "2016-05-01"),
                                      ("pay-gap", "2026-03-31"), ("information", "2024-02-29"),
                                      ("information", "2023-03-01"))],
            ["2027-01-11", "2020-04-30", "2027-03-30", "2025-02-28", "2024-02-29"])


def marriage(folder):
    """Section 149(7): not a relevant characteristic, so that only aim (a) applies."""
    workspace = os.path.join(folder, "authority")
    run("init", "--workspace", workspace)
    aims = {row["code"]: (row["aim_eliminate"], row["aim_advance"], row["aim_foster"])
            for row in rows("characteristics", workspace)}
    statutory = [code for code in aims if code != "gender-as-printed"]
    return ((aims["marriage-civil-partnership"], len(statutory), sorted(
        code for code in statutory if not all(aims[code]))),
            ((True, False, False), 9, ["marriage-civil-partnership"]))


def growth(_):
    """Short breaks from 86 to 101: 17.4% more, where the narrative says 15%."""
    return (rating("--value", "101", "--comparator", "at-least", "--target", "86")["variance"][:5], "17.44")


def trainings(folder):
    staff = write(folder, "staff.csv", ["Employee number", "Sex", "Start date"],
                  [["A", "F", "01/02/2026"], ["B", "M", "02/01/2010"], ["C", "F", "02/01/2010"]])
    done = write(folder, "done.csv", ["Employee number", "Completed on"],
                 [["A", "29/03/2026"], ["B", "10/04/2024"], ["C", "30/03/2024"]])
    def met(what, period):
        groups = json.loads(run("compare", staff, "--cases", done, "--trained", what, "--period", period, "--format",
                                "json")[1])["groups"]
        return sorted((one["group"], one["cases"], one["base"]) for one in groups)
    return (met("starters", "2025-26-Q4"), met("refresher", "2025-26")), (
        [("Men", 0, 0), ("Women", 1, 1)], [("Men", 1, 1), ("Women", 1, 2)])  # the starter is trained, the other is out


def strict(_):
    found = rating("--value", "25", "--comparator", "below", "--target", "25")
    return (found["computed"], found["strict_bound"]), ("A", True)


VECTORS = [("1", "hourly rates of a month, with an annual bonus", hourly_rates),
           ("2", "the gap set of eleven, with its tie over two bands", gaps),
           ("3", "the top 5% by full-time equivalents, and with a tie", top_earners),
           ("4", "the gap of the early years", attainment),
           ("5", "Wilson's intervals", wilson),
           ("6", "relative likelihoods, one significant and one an indication", likelihoods),
           ("7", "rounding to fives", rounding),
           ("8", "suppression of 1 to 7, then fives", suppression),
           ("9", "percentages that give their base away", percentages),
           ("10", "ratings as printed and as the numbers give them", printed_ratings),
           ("11", "short breaks", growth),
           ("12", "the last day to publish again", deadlines),
           ("13, 14", "refreshers of two years, starters of eight weeks", trainings),
           ("15", "a strict bound is not met", strict),
           ("16", "marriage has nothing to do with aim (b)", marriage)]

if __name__ == "__main__":
    outcome = Tap()
    with Folder() as place:
        for number, words, vector in VECTORS:
            have, want = vector(place)
            outcome.equal(f"vector {number}: {words}", have, want)
    outcome.end()
