"""dueregard compare and explain likelihood, against arithmetic of its own."""
import csv
import io
import json
import math
import os
from fractions import Fraction as F

from harness import Folder, Tap, run

HIGH = {"Indian": "A", "Pakistani": "A", "Caribbean": "B", "White British": "W", "Roma": "W",
        "White and Asian": "M", "Arab": "O"}
STAFF = {"Indian": 150, "Pakistani": 40, "Caribbean": 60, "White British": 600, "Roma": 2,
         "White and Asian": 9, "Arab": 4, "Prefer not to say": 20, "": 15}
HARROW = {"A": F("42.6"), "W": F("42.3"), "B": F("8.2"), "M": F("4.0"), "O": F("2.9")}


def wilson(x, n, z=1.96):
    p = x / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return [f"{max(0, centre - half) * 100:.1f}", f"{min(1, centre + half) * 100:.1f}"]


def half_away(number, places):
    scaled = abs(number) * 10**places
    whole = int(scaled + F(1, 2))
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if number < 0 and whole else ""
    return sign + (digits[:-places] + "." + digits[-places:] if places else digits)


def write(folder, name, heading, rows):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(heading)
        out.writerows(rows)
    return path


def compare(*words):
    code, out, err = run("compare", *words, "--format", "json")
    if code:
        raise RuntimeError(err)
    return json.loads(out)


def expected_groups(people, benchmark):
    """By the formulas: share, index and shortfall over those whose group is known."""
    base, whole = sum(people.values()), sum(benchmark.values())
    found = {}
    for group, share in benchmark.items():
        aim = share / whole
        own = F(people.get(group, 0), base)
        found[group] = (people.get(group, 0), half_away(own * 100, 1),
                        wilson(people.get(group, 0), base), half_away(own / aim * 100, 1),
                        int(aim * base + F(1, 2)) - people.get(group, 0))
    return found


def groups_of(characteristic):
    return {g["group"]: (g["people"], g["percent"], g["interval"], g["index"], g["shortfall"])
            for g in characteristic["groups"]}


def check_benchmark(tap, folder):
    rows = [(f"U{i % 3}", label) for label, n in STAFF.items() for i in range(n)]
    path = write(folder, "staff.csv", ["Directorate", "Ethnicity"], rows)
    found = compare(path, "--benchmark", "harrow-2011", "--unit", "Directorate")
    one = found["characteristics"][0]
    people = {}
    for label, n in STAFF.items():
        if label in HIGH:
            people[HIGH[label]] = people.get(HIGH[label], 0) + n
    tap.equal("nineteen categories are brought to five", (one["list"], one["known"]),
              ("ethnicity-5", sum(people.values())))
    wanted = expected_groups(people, HARROW)
    # The program keeps the benchmark's shares in millionths of a point.
    tap.equal("share, interval, index and shortfall", groups_of(one), wanted)
    all_staff = sum(STAFF.values())
    tap.equal("disclosure, response and unknown",
              [one[key] for key in ("disclosure_percent", "response_percent", "unknown_percent")],
              [half_away(F(100 * n, all_staff), 1) for n in (all_staff - 35, all_staff - 15, 15)])
    parts = {}
    for unit, label in rows:
        if label in HIGH:
            parts.setdefault(unit, {}).setdefault(HIGH[label], 0)
            parts[unit][HIGH[label]] += 1
    tap.equal("the same per unit",
              {u["unit"]: {g["group"]: g["people"] for g in u["groups"] if g["people"]}
               for u in one["units"]}, parts)
    tap.equal("White staff are over-represented, significantly",
              [(g["finding"], g["reading"]) for g in one["groups"] if g["group"] == "W"],
              [("significant", "over-represented, significant")])
    tap.check("the benchmark says how well it is known", "area article" in found["benchmark"]["source"])
    part = compare(path, "--benchmark", "london-2011")["characteristics"][0]
    tap.equal("one group alone is compared over all who answered",
              (part["benchmark_is_partial"], part["known"], [g["benchmark_percent"]
                                                             for g in part["groups"]]),
              (True, all_staff - 35, ["18.5"]))
    code, out, _ = run("compare", path, "--benchmark", "harrow-2011", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out)))
    tap.equal("as CSV", (code, [row["index"] for row in lines
                                        if row["group"] == "A" and not row["unit"]]),
              (0, [wanted["A"][3]]))
    code, out, _ = run("compare", path, "--benchmark", "harrow-2011")
    tap.check("as text", code == 0 and "under, significant" in out and
              "not protected" in out, out)
    return path


def check_own_census(tap, folder, path):
    census = write(folder, "census.csv", ["Characteristic", "Category", "Observation"],
                   [("Ethnicity", "Indian", 600), ("Ethnicity", "White British", 300),
                    ("Ethnicity", "Arab", 100), ("Ethnicity", "Total", 1000)])
    one = compare(path, "--benchmark", census)["characteristics"][0]
    people = {"A1": 150, "W1": 600, "O2": 4}
    tap.equal("a census of counts, by category",
              groups_of(one), expected_groups(people, {"A1": F(600), "W1": F(300), "O2": F(100)}))
    census = write(folder, "older.csv", ["list", "group", "percent"],
                   [("ethnicity-england-2011", "W9", 20), ("ethnicity-england-2011", "W1", 50),
                    ("ethnicity-england-2011", "A1", 30)])
    one = compare(path, "--benchmark", census)["characteristics"][0]
    tap.equal("nineteen to eighteen: Roma are Any other White background",
              (one["list"], {g["group"]: g["people"] for g in one["groups"]}),
              ("ethnicity-england-2011", {"A1": 150, "W1": 600, "W9": 2}))
    for name, heading, rows, part in (
            ("bad.csv", ["group", "percent"], [("Martian", 50), ("Venusian", 50)], "no list"),
            ("one.csv", ["list", "group", "percent"], [("ethnicity-5", "Q", 50)], "row 2"),
            ("twice.csv", ["list", "group", "percent"],
             [("ethnicity-5", "A", 50), ("ethnicity-5", "A", 50)], "twice"),
            ("more.csv", ["list", "group", "percent"],
             [("ethnicity-5", "A", 90), ("ethnicity-5", "B", 50)], "add to 140"),
            ("heads.csv", ["a", "b"], [(1, 2)], "percent or count"),
            ("sex.csv", ["list", "group", "percent"], [("sex", "M", 50), ("sex", "F", 50)],
             "in common")):
        code, out, err = run("compare", path, "--benchmark", write(folder, name, heading, rows))
        tap.check(f"refused: {name}", code == 3 and part in err and not out, f"{code}: {err}")
    code, _, err = run("compare", path, "--benchmark", "nowhere")
    tap.check("no such benchmark: the names are told", code == 3 and "harrow-2021" in err, err)
    code, _, err = run("compare", path)
    tap.check("a comparison wants something to compare with", code == 2 and "--outcome" in err, err)


def people_rows(counts):
    return [(label, "Yes", "Yes" if i < cases else "No")
            for label, cases, base in counts for i in range(base)]


def check_outcome(tap, folder):
    rows = people_rows([("White British", 60, 240), ("Indian", 30, 200)])
    rows += [("White British", "No", "No")] * 50 + [("", "Yes", "Yes")] * 3
    path = write(folder, "applicants.csv", ["Ethnicity", "Shortlisted", "Appointed"], rows)
    words = (path, "--by", "ethnicity", "--groups", "binary", "--among", "Shortlisted=Yes",
             "--outcome", "Appointed=Yes")
    found = compare(*words, "--metric", "wres-2")
    other = found["groups"][1]
    tap.equal("the race standard's indicator 2",
              (other["ratio"], other["ratio_interval"], other["finding"], found["on_top"],
               other["below_four_fifths"]),
              ("1.67", ["1.12", "2.48"], "significant", "reference", True))
    tap.check("the sentence has White candidates on top",
              other["sentence"].startswith("White candidates who were shortlisted were 1.67 times"),
              other["sentence"])
    tap.equal("who is not known is left out and told", found["not_known"], {"cases": 3, "base": 3})
    turned = compare(*words, "--metric", "sc-wres-2")["groups"][1]
    tap.equal("the social care standard turns the ratio over",
              (turned["ratio"], turned["finding"]), ("0.60", "significant"))
    share = F(30, 90) / F(200, 440)
    tap.equal("share of appointments over share of shortlisted",
              (other["share_ratio"], other["equal_provision"]), (half_away(share, 2), False))
    rows = [(label, answer, weight) for label, answer, weight in
            [("Yes", "Agree", 2), ("Yes", "Disagree", 1), ("Yes", "Strongly agree", 1),
             ("No", "Agree", 1), ("No", "Disagree", 3)] for _ in range(10)]
    path = write(folder, "survey.csv", ["Disability", "Feels safe", "Weight"], rows)
    found = compare(path, "--by", "disability", "--outcome", "Feels safe=Agree|Strongly agree")
    yes = next(g for g in found["groups"] if g["group"] == "Disabled")
    tap.equal("a weighted survey: share, and the effective number of answers",
              (yes["percent"], yes["base"], yes["weighted"]["percent"],
               yes["weighted"]["effective_base"]),
              (half_away(F(200, 3), 1), 30, "75.0", half_away(F(40 * 40, 60), 1)))
    tap.equal("the interval is of the effective number", yes["weighted"]["interval"],
              wilson(0.75 * 1600 / 60, 1600 / 60))
    code, _, err = run("compare", path, "--by", "disability", "--outcome", "Feels safe=Perhaps")
    tap.check("a value that nobody has", code == 2 and "Perhaps" in err, err)
    code, _, err = run("compare", path, "--by", "pay", "--outcome", "Feels safe=Agree")
    tap.check("pay is no characteristic", code == 2 and "--by" in err, err)


def check_several(tap, folder):
    rows = people_rows([("White British", 90, 200), ("Indian", 20, 80), ("Arab", 1, 6),
                        ("Caribbean", 30, 60)])
    path = write(folder, "several.csv", ["Ethnicity", "Shortlisted", "Promoted"], rows)
    found = compare(path, "--by", "ethnicity", "--groups", "category", "--outcome", "Promoted")
    groups = {g["group"]: g for g in found["groups"][1:]}
    values = sorted(g["p"] for g in groups.values())
    adjusted, most = [], 0
    for rank, value in enumerate(values):
        most = max(most, min(1, (len(values) - rank) * value))
        adjusted.append(most)
    tap.check("p adjusted by Holm over three comparisons",
              all(abs(a - b) < 1e-12 for a, b in
                  zip(adjusted, sorted(g["p_adjusted"] for g in groups.values()))), groups)
    tap.equal("six people: Fisher's test, and a small base",
              (groups["Arab"]["test"], groups["Arab"]["small"]), ("fisher", True))
    tap.equal("all groups together", found["all_groups"]["degrees_of_freedom"], 3)
    years = write(folder, "years.csv", ["Year", "Sex", "Left"],
                  [(year, sex, left) for year, sex, left in
                   [("2024", "M", "Yes"), ("2024", "M", "No"), ("2025", "F", "Yes"),
                    ("2025", "F", "No"), ("2025", "M", "No")] for _ in range(8)])
    found = compare(years, "--outcome", "Left=Yes")
    tap.check("years in one file are put together, and told", found["years"] == 2 and
              "2 years together" in found["groups"][1]["sentence"], found)
    code, out, _ = run("compare", path, "--by", "ethnicity", "--outcome", "Promoted", "--format",
                       "csv")
    tap.equal("as CSV, a line a group", (code, len(out.splitlines())), (0, 5))


def check_wards(tap, folder):
    """Service users by ward, each ward against its own residents; the borough is the sum of the wards."""
    wards = {"Canons": {"Indian": 500, "African": 100, "White - British": 400},
             "Marlborough": {"Indian": 200, "African": 300, "White - British": 500}}
    served = {"Canons": {"Indian": 30, "African": 10, "White - British": 60},
              "Marlborough": {"Indian": 20, "African": 30, "White - British": 50}, "Elsewhere": {"Indian": 8, "African": 2}}
    users = write(folder, "users.csv", ["Ward", "Ethnicity"], [(ward, label) for ward, groups in served.items()
                                                               for label, n in groups.items() for _ in range(n)])
    census = write(folder, "wards.csv", ["Ward", "List", "Group", "Count"],
                   [(ward, "ethnicity-england-2021", label, n) for ward, groups in wards.items() for label, n in groups.items()])
    def shares(found):
        return {unit["unit"]: (unit["own_benchmark"], [g["benchmark_percent"] for g in unit["groups"]],
                               [g["index"] for g in unit["groups"]]) for unit in found["units"]}
    one = compare(users, "--benchmark", census, "--unit", "Ward")["characteristics"][0]
    tap.equal("the borough is the sum of its wards", [g["benchmark_percent"] for g in one["groups"]], ["35.0", "20.0", "45.0"])
    tap.equal("each ward is compared with its own residents, one that is not there with the borough's", shares(one),
              {"Canons": (True, ["50.0", "10.0", "40.0"], ["60.0", "100.0", "150.0"]),
               "Marlborough": (True, ["20.0", "30.0", "50.0"], ["100.0", "100.0", "100.0"]),
               "Elsewhere": (False, ["35.0", "20.0", "45.0"], ["228.6", "100.0", "0.0"])})
    percents = [(ward, "ethnicity-england-2021", label, n / 10) for ward, groups in wards.items() for label, n in groups.items()]
    heading = ["Place", "List", "Group", "Percent"]
    code, _, err = run("compare", users, "--benchmark", write(folder, "places.csv", heading, percents))
    tap.check("percentages of wards alone cannot be put together", code == 3 and "of everybody" in err, err)
    both = write(folder, "both.csv", heading, percents + [("", "ethnicity-england-2021", label, n) for label, n in
                                                          (("Indian", 40), ("African", 15), ("White - British", 45))])
    other = compare(users, "--benchmark", both, "--unit", "Ward")["characteristics"][0]
    tap.equal("the borough's own stand where they are given", (shares(other)["Canons"], shares(other)["Elsewhere"][1]),
              (shares(one)["Canons"], ["40.0", "15.0", "45.0"]))
    mixed = write(folder, "mixed.csv", ["Ward", "Group", "Count"],
                  [(ward, group, n) for ward, groups in wards.items() for group, n in groups.items()])
    tap.equal("the list is found by its groups", shares(compare(users, "--benchmark", mixed, "--unit", "Ward")
                                                        ["characteristics"][0]), shares(one))
    text = run("compare", users, "--benchmark", census, "--unit", "Ward")[1]
    tap.check("the text says against what", "each against its own place" in " ".join(text.split()), text)


def check_cases(tap, folder):
    """Cases stand in a file of their own, by number; WRES 3 and the vector of the disciplinary cases."""
    staff = [(f"E{i}", "Indian" if i < 750 else "White British") for i in range(3150)]
    cases = [(f"E{i}", "Disciplinary") for i in [*range(9), *range(750, 767)]]
    cases += [("E5", "Disciplinary"), ("E10", "Grievance"), ("E99999", "Disciplinary")]  # twice; another; nobody
    people = write(folder, "staff.csv", ["Employee number", "Ethnicity"], staff)
    path = write(folder, "cases.csv", ["Employee number", "Case type", "Opened"],
                 [(*case, f"2025-0{i % 9 + 1}-11") for i, case in enumerate(cases)])
    words = [people, "--by", "ethnicity", "--groups", "binary", "--cases", path]
    found = compare(*words, "--cases-where", "Case type=Disciplinary", "--metric", "wres-3")
    group = found["groups"][1]
    tap.equal("cases are people's, each once", [(one["cases"], one["base"]) for one in found["groups"]], [(17, 2400), (9, 750)])
    tap.check("9 of 750 against 17 of 2,400 is 1.69", str(group["ratio"]).startswith("1.69"), group)
    tap.equal("a number that nobody has is told", found["cases_of_nobody"], 1)
    # 10 events of 750 people: Byar's limits by its formula; 17 of 2,400 too. Below 10 they are exact.
    for one, (events, base) in zip(found["groups"], [(17, 2400), (10, 750)]):
        low = events * (1 - 1 / (9 * events) - 1.96 / (3 * events ** 0.5)) ** 3
        high = (events + 1) * (1 - 1 / (9 * (events + 1)) + 1.96 / (3 * (events + 1) ** 0.5)) ** 3
        tap.equal(f"{events} cases of {base} people, per 1,000", (one["events"], one["per_1000"], one["per_1000_interval"]),
                  (events, f"{events * 1000 / base:.2f}", [f"{low * 1000 / base:.2f}", f"{high * 1000 / base:.2f}"]))
    grievances = compare(*words, "--cases-where", "Case type=Grievance")["groups"][1]
    tap.equal("one case: exact limits, 0.0253 to 5.5716", grievances["per_1000_interval"],
              [f"{limit / 0.75:.2f}" for limit in (0.0253178, 5.5716434)])
    _, out, _ = run("compare", *words, "--cases-where", "Case type=Disciplinary", "--metric", "wres-3")
    tap.check("outside the range and not significant: an indication", "An indication, small numbers" in " ".join(out.split()), out)
    bare = write(folder, "bare.csv", ["Ethnicity", "Sex"], [("Indian", "F"), ("White British", "M")])
    code, _, err = run("compare", bare, "--by", "ethnicity", "--cases", path)
    tap.check("without numbers nothing is put together", code == 2 and "employees' numbers" in err, f"{code} {err}")
    code, _, err = run("compare", people, "--cases", path, "--outcome", "Ethnicity=Indian")
    tap.check("one question at a time", code == 2, err)


def check_training(tap, folder):
    """Day 56 and the two years, by sex."""
    staff = [("E1", "F", "01/02/2026", ""), ("E2", "F", "01/02/2026", ""), ("E3", "M", "01/02/2026", ""),
             ("E4", "M", "04/02/2026", ""), ("E5", "F", "01/02/2026", "28/03/2026"), ("E6", "M", "13/04/2015", ""),
             ("E7", "F", "13/04/2015", ""), ("E8", "M", "13/04/2015", "")]
    done = [("E1", "29/03/2026"), ("E2", "30/03/2026"), ("E3", "01/02/2026"), ("E6", "30/03/2024"), ("E7", "10/04/2024"),
            ("E8", "10/04/2024"), ("E8", "10/04/2026")]
    people = write(folder, "starters.csv", ["Employee number", "Sex", "Start date", "Leave date"], staff)
    path = write(folder, "training.csv", ["Employee number", "Course", "Completion date"],
                 [(key, "Equality Matters", day) for key, day in done])
    words = [people, "--by", "sex", "--cases", path, "--cases-where", "Course=Equality Matters"]
    found = compare(*words, "--trained", "starters", "--period", "2025-26-Q4")
    tap.equal("starters trained by day 56, of those whose day 56 is in the quarter",
              {one["group"]: (one["cases"], one["base"]) for one in found["groups"]}, {"Men": (1, 1), "Women": (1, 2)})
    found = compare(*words, "--trained", "refresher", "--period", "2025-26")
    tap.equal("refreshers within two years of the period's end",
              {one["group"]: (one["cases"], one["base"]) for one in found["groups"]}, {"Men": (2, 3), "Women": (3, 3)})
    code, _, err = run("compare", *words, "--trained", "sometimes", "--period", "2025-26")
    tap.check("a rule that there is not is refused", code == 2 and "starters or refresher" in err, err)


def check_ages(tap, folder):
    """Ages come from dates of birth, in the bands of the census or in coarser ones."""
    born = [1990] * 30 + [1975] * 50 + [2003] * 20
    people = write(folder, "ages.csv", ["Sex", "Date of birth"], [("F", f"01/06/{year}") for year in born])
    census = write(folder, "age-census.csv", ["list", "group", "percent"],
                   [("age-10-year", "16-24", "15"), ("age-10-year", "25-34", "20"), ("age-10-year", "35-44", "25"),
                    ("age-10-year", "45-54", "20"), ("age-10-year", "55-64", "20")])
    found = compare(people, "--benchmark", census, "--on", "2026-03-31")
    groups = {one["group"]: one["people"] for one in found["characteristics"][0]["groups"]}
    tap.check("people are counted in the bands of the census", sorted(groups.values()) == [0, 0, 20, 30, 50] and
              found["characteristics"][0]["characteristic"] == "age", groups)


def check_explain(tap):
    def explain(*words):
        code, out, err = run("explain", "likelihood", *words, "--format", "json")
        if code:
            raise RuntimeError(err)
        return json.loads(out)
    found = explain("--metric", "wres-3", "--reference", "17/2400", "--group", "9/750")
    tap.equal("disciplinary: the group on top, outside the range, small numbers",
              (found["ratio"], [round(x, 2) for x in found["interval"]], found["finding"]),
              ("1.694", [0.76, 3.78], "indication"))
    pooled = explain("--reference", "6/20,7/25", "--group", "3/12,5/14")
    single = explain("--reference", "13/45", "--group", "8/26")
    tap.equal("years together are their sums", (pooled["years"], pooled["ratio"], pooled["p"]),
              (2, single["ratio"], single["p"]))
    for words in (("--reference", "5/3", "--group", "1/2"), ("--reference", "1/2"),
                  ("--reference", "1/2", "--group", "a/b"),
                  ("--metric", "wres-9", "--reference", "1/2", "--group", "1/2")):
        code, _, err = run("explain", "likelihood", *words)
        tap.check(f"refused: {' '.join(words)}", code == 2 and err, f"{code}: {err}")


def main():
    tap = Tap()
    with Folder() as folder:
        path = check_benchmark(tap, folder)
        check_own_census(tap, folder, path)
        check_outcome(tap, folder)
        check_several(tap, folder)
        check_wards(tap, folder)
        check_cases(tap, folder)
        check_ages(tap, folder)
        check_training(tap, folder)
    check_explain(tap)
    tap.end()


main()
