"""The vectors of the field, worked out by hand beforehand, each by the command that an analyst would use. A row says
what it is; its number is the one that unit tests and documentation use too."""
import csv
import io
import json
import os

from harness import Folder, Tap, run


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
           ("11", "short breaks", growth),
           ("13, 14", "refreshers of two years, starters of eight weeks", trainings),
           ("15", "a strict bound is not met", strict)]

if __name__ == "__main__":
    outcome = Tap()
    with Folder() as place:
        for number, words, vector in VECTORS:
            have, want = vector(place)
            outcome.equal(f"vector {number}: {words}", have, want)
    outcome.end()
