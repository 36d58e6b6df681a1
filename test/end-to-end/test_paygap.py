"""dueregard paygap against an implementation of its own: fractions, sorted lists, one person at a
time. 5,000 made-up people, 1,500,000 in the full form."""
import csv
import io
import json
import os
import random
from collections import Counter, defaultdict
from fractions import Fraction as F

from harness import Folder, Tap, run
from pay_figures import bands_of, gap, half_away, mean, median, printed, top_of

FULL = os.environ.get("DUEREGARD_TEST_FULL")
MONTH = F(3044, 100)


def people(count, seed):
    """Few grades, so many ties; some people that do not count, each for a reason."""
    numbers = random.Random(seed)
    for i in range(count):
        sex = "M" if numbers.random() < 0.4 else "F"
        grade = min(int(numbers.expovariate(0.35)), 14)
        hours = numbers.choice(["37", "37", "37", "36", "18.5", "22.2", "30"])
        pay = F(1650 + 310 * grade + (70 if sex == "M" and numbers.random() < 0.5 else 0))
        pay = pay * F(hours) / 37
        written = f"{float(pay):.2f}"
        person = {"Id": f"P{i}", "Sex": {"M": "Male", "F": "Female"}[sex], "Pay": written,
                  "Hours": hours, "Bonus": "", "Pay status": "Full", "FTE": f"{float(F(hours) / 37):.4f}",
                  "Department": f"D{numbers.randrange(7)}", "Division": f"V{numbers.randrange(5)}"}
        if numbers.random() < 0.12:
            person["Bonus"] = str(numbers.randrange(1, 40) * 50)
        chance = numbers.random()
        if chance < 0.02:
            person["Pay status"] = "Maternity leave"
        elif chance < 0.025:
            person["Pay"] = ""
        elif chance < 0.03:
            person["Hours"] = "80"
        elif chance < 0.035:
            person["Sex"] = "Prefer not to say"
        elif chance < 0.04:
            person["Hours"] = ""
        yield person


def write(path, staff):
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["Id", "Sex", "Pay", "Hours", "Bonus", "Pay status", "FTE",
                                     "Department", "Division"])
        rows.writeheader()
        rows.writerows(staff)


class Expected:
    """What the figures of some people ought to be."""

    def __init__(self, staff):
        self.rates = {"M": [], "F": []}
        self.bonus = {"M": [], "F": []}
        self.relevant = Counter()
        self.excluded = Counter()
        rated, tops = [], []
        cache = {}
        for person in staff:
            sex = {"Male": "M", "Female": "F"}.get(person["Sex"])
            reason = None
            if person["Pay status"] != "Full":
                reason = "reduced-pay"
            elif not person["Pay"]:
                reason = "pay-missing"
            elif not person["Hours"]:
                reason = "hours-missing"
            elif F(person["Hours"]) > 60:
                reason = "hours-refused"
            if sex:
                self.relevant[sex] += 1
                if person["Bonus"]:
                    self.bonus[sex].append(F(person["Bonus"]))
            if reason:
                self.excluded[reason if sex else "sex-not-known"] += 1
                continue
            key = person["Pay"], person["Hours"]
            if key not in cache:
                rate = F(key[0]) * 7 / MONTH / F(key[1])
                cache[key] = rate, half_away(rate, 100)
            rate, pence = cache[key]
            tops.append((pence, F(person["FTE"]), sex))
            if not sex:
                self.excluded["sex-not-known"] += 1
                continue
            self.rates[sex].append(rate)
            rated.append((pence, sex))
        self.bands = bands_of(rated)
        self.top = top_of(tops)


def differences(found, expected):
    """What differs between the program's JSON and the expectation, in words."""
    wrong = []

    def same(name, got, wanted):
        if got != wanted:
            wrong.append(f"{name}: {got!r}, expected {wanted!r}")
    men, women = expected.rates["M"], expected.rates["F"]
    same("men", found["population"]["men"], len(men))
    same("women", found["population"]["women"], len(women))
    same("mean", found["mean_gap"], gap(men, women, mean))
    same("median", found["median_gap"], gap(men, women, median))
    bonus = found["bonus"]
    men, women = expected.bonus["M"], expected.bonus["F"]
    same("mean bonus", bonus["mean_gap"], gap(men, women, mean))
    same("median bonus", bonus["median_gap"], gap(men, women, median))
    for name, sex in (("men", "M"), ("women", "F")):
        if expected.relevant[sex]:
            same(f"{name} with bonus", bonus[f"{name}_percent"],
                 printed(F(100 * len(expected.bonus[sex]), expected.relevant[sex])))
    for quarter, band in zip(found["quarters"], expected.bands):
        size = band[0] + band[1]
        same(quarter["band"], [quarter["men"], quarter["women"]], band[:2])
        same(quarter["band"] + " range", [quarter["range"]["men"]["least"],
                                          quarter["range"]["men"]["most"]], band[2:])
        if size:
            same(quarter["band"] + " %", [quarter["men_percent"], quarter["women_percent"]],
                 [printed(F(100 * band[0], size)), printed(F(100 * band[1], size))])
    count, taken, top_men = expected.top
    same("top", found["top_5_percent"]["people"], count)
    if taken:
        same("top men", found["top_5_percent"]["men_percent"], printed(top_men / taken * 100))
    return wrong


def paygap(*words):
    code, out, err = run("paygap", *words, "--format", "json", timeout=900)
    if code:
        raise RuntimeError(err)
    return json.loads(out)


def check_figures(tap, folder, count):
    path = os.path.join(folder, "people.csv")
    staff = list(people(count, 7))
    write(path, staff)
    found = paygap(path, "--unit", "Department/Division")
    expected = Expected(staff)
    tap.equal(f"the figures of {count} people", differences(found, expected), [])
    excluded = {reason: n for reason, n in found["population"]["excluded"].items() if n}
    tap.equal("everybody left out, by reason", excluded, dict(expected.excluded))
    parts = defaultdict(list)
    for person in staff:
        parts[person["Department"]].append(person)
        parts[f"{person['Department']}/{person['Division']}"].append(person)
    units = {unit["unit"]: unit for unit in found["units"]}
    tap.equal("units at both levels", sorted(units), sorted(parts))
    wrong = [f"{name} {line}" for name in parts
             for line in differences(units[name], Expected(parts[name]))]
    tap.equal("the figures of each unit", wrong[:3], [])
    tap.check("units stand from the top down",
              [unit["unit"] for unit in found["units"]] == sorted(units), list(units)[:9])
    random.Random(1).shuffle(staff)
    write(path, staff)
    again = paygap(path, "--unit", "Department/Division")
    for answer in (found, again):
        answer.pop("sha256")
    tap.equal("the order of rows changes nothing", again, found)


def check_vector(tap, folder):
    """Eleven people: 24.3% and 25.0%, bands of 3, 3, 3 and 2, one tie that cannot be split."""
    path = os.path.join(folder, "eleven.csv")
    rows = [("Male", 2500, 36), ("Male", "3300.0082", 36), ("Male", 1400, 18), ("Male", 5600, 36),
            ("Male", 2100, 36), ("Female", 2100, 36), ("Female", 2100, 36), ("Female", 1050, 18),
            ("Female", 3900, 36), ("Female", 2500, 36), ("Female", 1750, 30)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Monthly pay,Weekly hours\n")
        file.writelines(f"{sex},{pay},{hours}\n" for sex, pay, hours in rows)
    found = paygap(path)
    tap.equal("the vector's gaps", (found["mean_gap"], found["median_gap"]), ("24.3", "25.0"))
    tap.equal("the vector's bands", [(q["men"], q["women"]) for q in found["quarters"]],
              [(1, 2), (1, 2), (2, 1), (1, 1)])
    tap.equal("its ties", [(tie["rate"], tie["people"]) for tie in found["ties"]],
              [("13.41", 5), ("15.97", 2)])
    _, text, _ = run("paygap", path)
    tap.check("ties are told in words", "The rate of £13.41 is shared by 5 people, places 1 to 5." in " ".join(text.split()), text)
    # Pay for the same hours whose gap is just 12.25%, though no rate is a finite decimal.
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Monthly pay,Weekly hours\nM,2000,36\nF,1755,36\n")
    tap.equal("a gap just at a half goes away from zero", paygap(path)["mean_gap"], "12.3")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Monthly pay,Weekly hours\nM,2000,36\nF,2245,36\n")
    tap.equal("also below zero", paygap(path)["median_gap"], "-12.3")


def check_contracts(tap, folder):
    """The top 5% are of permanent staff, and of temporary staff with over a year."""
    path = os.path.join(folder, "contracts.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Annual salary,Contract type,Start date\n")
        file.writelines(f"M,{20000 + i},Permanent,01/04/2015\n" for i in range(97))
        file.write("F,90000,Fixed term,01/04/2025\nF,80000,Fixed term,30/03/2025\nF,70000,Temporary,\n")
    found = paygap(path, "--on", "2026-03-31")
    tap.equal("a year or less, or not known, is not ranked", found["checks"]["short_contracts"], 2)
    tap.equal("5% of the other 98, with one woman of five", found["top_5_percent"]["women_percent"], "20.0")
    _, text, _ = run("paygap", path, "--on", "2026-03-31")
    tap.check("and is told", "who are not among those who are ranked: 2." in " ".join(text.split()), text)


def check_as_it_stands(tap, folder):
    path = os.path.join(folder, "salaries.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Department,Gender,Base_Salary\n")
        file.write('POL,M,"$100,000.00"\nPOL,F,"$90,000.00"\nHHS,F,80000.0\nHHS,M,120000\n')
    found = paygap(path, "--column", "sex=Gender", "--column", "pay=Base_Salary", "--column",
                   "unit=Department")
    tap.equal("salaries without hours, as they stand",
              (found["mean_gap"], found["basis"]["as_it_stands"]), ("22.7", True))
    tap.equal("their units", [(u["unit"], u["mean_gap"]) for u in found["units"]],
              [("HHS", "33.3"), ("POL", "10.0")])
    tap.equal("no bonus column: no bonus gap", found["bonus"]["mean_gap"], None)
    tap.equal("the answer says that it is not protected", found["protected"], False)


def check_hours_and_bonus(tap, folder):
    """Paragraph 7: the latest worked weeks; paragraph 6: an annual bonus counts with its share."""
    path = os.path.join(folder, "weeks.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Monthly pay,Weekly hours,W3,W2,W1,Paid now\nM,2500,36,,,,\n"
                   "M,3200,36,,,,1200\nF,1000,,20,0,10,\nF,900,10,99,,,\n")
    found = paygap(path, "--week-hours", "W3/W2/W1", "--period-bonus", "Paid now")
    men = [F(2500) * 7 / MONTH / 36,
           (3200 + F(1200) / F(36525, 100) * MONTH) * 7 / MONTH / 36]
    women = [F(1000) * 7 / MONTH / 15, F(900) * 7 / MONTH / 10]
    tap.equal("averaged hours and a bonus in the period",
              (found["mean_gap"], found["median_gap"]),
              (gap(men, women, mean), gap(men, women, median)))
    tap.equal("the mean hour of each", [f"{half_away(mean(x), 10000) / 10000:.4f}"
                                        for x in (men, women)],
              [found["population"]["pay"][sex]["mean"] for sex in ("men", "women")])
    with open(path, "a", encoding="utf-8") as file:
        file.write("F,N/A,36,,,,600\n")
    with_bonus = paygap(path, "--week-hours", "W3/W2/W1", "--period-bonus", "Paid now")
    tap.equal("a bonus is no rate of pay where pay is not known",
              (with_bonus["mean_gap"], with_bonus["population"]["excluded"]["pay-missing"]),
              (found["mean_gap"], 1))
    _, text, _ = run("paygap", path, "--week-hours", "W3/W2/W1")
    tap.check("how many were averaged is told", "The hours of 1 person" in text, text)
    code, _, err = run("paygap", path, "--week-hours", "W3/W9")
    tap.check("a week that is not there", code == 2 and "W9" in err, err)


def check_pay_status(tap, folder):
    """Labels of a column on pay or leave: which say that somebody is on reduced pay."""
    path = os.path.join(folder, "status.csv")
    full = ["", "Full", "Full pay", "In post", "Active", "Current", "Paid", "Normal", "At work",
            "Not on leave", "Not reduced"]
    reduced = ["Maternity leave", "Half pay", "Not on full pay", "Less than full pay", "Nil pay",
               "Unpaid leave", "Below full rate"]
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Monthly pay,Weekly hours,Pay status\nM,2500,36,Full\n")
        file.writelines(f"F,2400,36,{label}\n" for label in full + reduced)
    found = paygap(path)["population"]
    tap.equal("who is on reduced pay, by label",
              (sorted(found["reduced_pay_reasons"]), found["excluded"]["reduced-pay"]),
              (sorted(reduced), len(reduced)))


def check_headings(tap, folder):
    """What a full-time post would pay is not divided by somebody's part-time hours; a division is
    itself only under its department, also where that is called Dept."""
    path = os.path.join(folder, "posts.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Gender,Dept,Division,Annual Full-Time Equivalent Salary (£),Weekly hours\n"
                   'M,Place,Support,"£30,000",37\nF,Place,Support,"£30,000",18.5\n'
                   'M,Adults,Support,"£20,000",37\nF,Adults,Support,"£30,000",18.5\n')
    found = paygap(path)
    tap.equal("the pay of full-time posts, as it stands",
              (found["mean_gap"], found["basis"]["as_it_stands"]), ("-20.0", True))
    tap.equal("a division under two departments", [(u["unit"], u["mean_gap"]) for u in found["units"]],
              [("Adults", "-50.0"), ("Adults/Support", "-50.0"), ("Place", "0.0"),
               ("Place/Support", "0.0")])
    with open(path, "w", encoding="utf-8") as file:
        file.write("Gender,FTE Salary,Actual Salary,Weekly hours\nM,30000,30000,36\nF,30000,15000,18\n")
    found = paygap(path)
    tap.equal("actual pay is taken before that", (found["mean_gap"], found["basis"]["pay"],
                                                  found["basis"]["as_it_stands"]),
              ("0.0", "Actual Salary", False))


def check_government(tap, folder):
    path = os.path.join(folder, "people.csv")
    write(path, people(300, 3))
    found = paygap(path)
    code, out, err = run("paygap", path, "--government", "--set", "EmployerName=A council",
                         "--set", "ResponsiblePerson=A Person (Chief Officer)", "--set",
                         "CompanyLinkToGPGInfo=https://example.org/gap")
    row = next(csv.DictReader(io.StringIO(out)))
    tap.equal("the service's row", (code, len(row), row["DiffMeanHourlyPercent"],
                                    row["EmployerSize"], row["FemaleTopQuartile"]),
              (0, 27, found["mean_gap"], "250 to 499", found["quarters"][3]["women_percent"]))
    sums = [round(float(row["Male" + q]) + float(row["Female" + q]), 1) for q in
            ("LowerQuartile", "LowerMiddleQuartile", "UpperMiddleQuartile", "TopQuartile")]
    tap.equal("each quarter adds up to 100", sums, [100.0] * 4)
    code, _, err = run("paygap", path, "--government", "--set", "EmployerName=A council", "--set",
                       "CompanyLinkToGPGInfo=gap")
    tap.check("what the service would refuse is told",
              code == 1 and "ResponsiblePerson" in err and "CompanyLinkToGPGInfo" in err, err)
    code, _, err = run("paygap", path, "--government", "--set", "MaleTopQuartile=1")
    tap.check("a computed column cannot be set", code == 2, err)


def check_groups(tap, folder):
    path = os.path.join(folder, "groups.csv")
    numbers = random.Random(5)
    labels = ["White British"] * 60 + ["Indian"] * 30 + ["Arab"] * 6 + ["White Irish"] * 12
    with open(path, "w", encoding="utf-8") as file:
        file.write("Ethnicity,Disability,Hourly pay\n")
        staff = []
        for i, label in enumerate(labels):
            pay = F(numbers.randrange(1200, 3000), 100)
            disabled = "Yes" if i % 9 == 0 else ("" if i % 5 == 0 else "No")
            staff.append((label, disabled, pay))
            file.write(f"{label},{disabled},{float(pay):.2f}\n")
    found = paygap(path, "--by", "ethnicity")
    groups = {group["group"]: group for group in found["groups"]}
    british = [pay for label, _, pay in staff if label == "White British"]
    indian = [pay for label, _, pay in staff if label == "Indian"]
    tap.equal("a group against White British",
              (found["comparator"], groups["Asian or Asian British"]["mean_gap"],
               groups["Asian or Asian British"]["median_gap"]),
              ("White British", gap(british, indian, mean), gap(british, indian, median)))
    small = groups["Other ethnic group"]
    tap.check("six people are too few to compare", small["mean_gap"] is None and
              "smaller" in small["no_gap_because"], small)
    tap.equal("a quarter's groups add up", [sum(g["people"] for g in q["groups"]) - q["people"]
                                           for q in found["quarters"]], [0, 0, 0, 0])
    found = paygap(path, "--by", "ethnicity", "--groups", "binary")
    other = [pay for label, _, pay in staff if label != "White British"]
    tap.equal("all others together", [g["mean_gap"] for g in found["groups"]],
              [gap(british, other, mean)])
    found = paygap(path, "--by", "disability")
    no = [pay for _, disabled, pay in staff if disabled == "No"]
    yes = [pay for _, disabled, pay in staff if disabled == "Yes"]
    tap.equal("how many told, and what they are",
              (found["population"]["not_known_percent"],
               found["population"]["composition_percent"]["Disabled"]),
              (printed(F(100 * (len(staff) - len(no) - len(yes)), len(staff))),
               printed(F(100 * len(yes), len(no) + len(yes)))))
    tap.equal("disabled people against others",
              ([g["mean_gap"] for g in found["groups"]],
               found["population"]["excluded"]["disability-not-known"]),
              ([gap(no, yes, mean)], len(staff) - len(no) - len(yes)))


def check_two_questions(tap, folder):
    """Disabled is yes to the first question and a lot or a little to the second."""
    path = os.path.join(folder, "two.csv")
    answers = [("Yes", "Yes, a lot", 1000), ("Yes", "Yes, a little", 1100), ("Yes", "Not at all", 1900),
               ("No", "", 2000), ("No", "", 2200)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("Condition,Activities,Hourly pay\n")
        for first, second, pence in answers:
            for extra in range(10):
                file.write(f'{first},"{second}",{(pence + extra) / 100:.2f}\n')
    found = paygap(path, "--by", "disability", "--column", "disability=Condition", "--column",
                   "disability-activity=Activities")
    rates = [[F(pence + extra, 100) for first, second, pence in answers for extra in range(10)
              if (second.startswith("Yes")) == disabled] for disabled in (False, True)]
    tap.equal("the two harmonised questions", (found["groups"][0]["people"],
                                               found["groups"][0]["mean_gap"]),
              (20, gap(*rates, mean)))


def check_refusals(tap, folder):
    path = os.path.join(folder, "people.csv")
    for words, code, part in (((path, "--by", "age"), 2, "sex, ethnicity or disability"),
                              ((path, "--by", "ethnicity"), 3, "--column ethnicity=HEADING"),
                              ((path, "--unit", "Nothing"), 2, "Nothing"),
                              ((path, "--groups", "fine"), 2, "broad"),
                              ((path + ".gone",), 3, "people.csv.gone")):
        got, out, err = run("paygap", *words)
        tap.check(f"refused: {' '.join(words[1:]) or 'no such file'}",
                  got == code and part in err and not out, f"{got}: {err}")


def main():
    tap = Tap()
    with Folder() as folder:
        check_vector(tap, folder)
        check_contracts(tap, folder)
        check_as_it_stands(tap, folder)
        check_hours_and_bonus(tap, folder)
        check_pay_status(tap, folder)
        check_headings(tap, folder)
        check_figures(tap, folder, 5000)
        check_government(tap, folder)
        check_groups(tap, folder)
        check_two_questions(tap, folder)
        check_refusals(tap, folder)
        if FULL:
            check_figures(tap, folder, 1500000)
        else:
            tap.skip("the figures of 1,500,000 people", "only in the full form")
    tap.end()


main()
