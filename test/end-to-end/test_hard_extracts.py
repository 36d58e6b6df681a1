"""Small extracts as payrolls really send them (encodings, separators, money and sex in many forms,
hours and pay that cannot be, bonuses in the pay period, weeks of hours that vary): every pay gap
figure by an implementation of its own, in exact fractions, person by person."""
import csv
import json
import os
import random
from collections import Counter, defaultdict
from fractions import Fraction as F

from harness import Folder, Tap, run

SEEDS = 400 if os.environ.get("DUEREGARD_TEST_FULL") else 40
DAYS = {"week": F(7), "fortnight": F(14), "four weeks": F(28), "month": F(3044, 100),
        "year": F(36525, 100)}
HEADINGS = {"week": "Weekly pay", "month": "Monthly pay", "year": "Annual Salary"}
PERIODS = {"fortnight": ["Fortnightly", "fortnight"], "four weeks": ["Four-weekly", "4 weekly"]}
SEXES = {"M": ["M", "Male", "male", "MALE", " m "], "F": ["F", "Female", "Woman", "f"],
         None: ["", "Prefer not to say", "Not known", "N/A", "Unknown"]}
STANDINGS = {False: ["Full", "", "Full pay", "Normal", "In post"],
             True: ["Maternity leave", "Unpaid leave", "Sick - half pay", "Parental leave"]}
WEEKS = [f"W{i}" for i in range(1, 15)]


def money(numbers, amount):
    words = f"{int(amount)}.{int(amount * 100) % 100:02}"
    return numbers.choice([words, f"£{words}", f"£{int(amount):,}{words[-3:]}", f" {words} "])


class Case:
    """One extract, and what its people are."""

    def __init__(self, seed):
        numbers = random.Random(seed)
        self.period = numbers.choice(list(DAYS))
        self.earned = numbers.choice([None, "year", "month", "week"])
        self.varies = numbers.random() < 0.3
        self.units = numbers.random() < 0.5
        self.dialect = numbers.choice([",", ";", "\t"])
        self.encoding = numbers.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
        grades = [F(numbers.randrange(900, 4500), 100) for _ in range(numbers.randrange(1, 6))]
        count = numbers.choice([2, 3, 4, 5, 6, 7, 9, 11, 13, 17, 25, 40, 80])
        self.people = [self.person(numbers, grades) for _ in range(count)]

    def person(self, numbers, grades):
        one = {"sex": numbers.choices(["M", "F", None], [45, 50, 5])[0], "cells": {}}
        hours = numbers.choice(["37", "37", "36", "18.5", "22.2", "30"] if numbers.random() < 0.85
                               else ["60", "60.01", "0", "61", "", "-5"])
        one["hours"] = F(hours) if hours else None
        paid_for = one["hours"] if one["hours"] and one["hours"] > 0 else F(37)
        amount = numbers.choice(grades) * paid_for * DAYS[self.period] / 7
        amount = F(int((amount + numbers.choice([0, 0, 3])) * 100), 100)
        one["pay"], words = numbers.choices(
            [(amount, money(numbers, amount)), (None, numbers.choice(["", ".", "N/A", "NULL"])),
             (F(0), "0"), (F("-12.5"), "-12.50")], [92, 4, 2, 2])[0]
        one["bonus"] = F(numbers.randrange(0, 30) * 50) if numbers.random() < 0.25 else F(0)
        one["reduced"] = numbers.random() < 0.08
        one["fte"] = numbers.choice(["1", "0.5", "0.8"])
        one["unit"] = (numbers.choice(["Place", "People"]), numbers.choice(["Legal", "Support"]))
        one["now"] = F(numbers.randrange(1, 5) * 100) if self.earned and numbers.random() < 0.3 else F(0)
        one["weeks"] = [numbers.choice(["0", "20", "30", "37.5"]) for _ in WEEKS] \
            if self.varies and numbers.random() < 0.5 else None
        cells = one["cells"]
        cells["Sex"] = numbers.choice(SEXES[one["sex"]])
        cells[HEADINGS.get(self.period, "Pay")] = words
        cells["Weekly hours"] = hours
        cells["Bonus"] = money(numbers, one["bonus"]) if one["bonus"] else numbers.choice(["", "0"])
        cells["Pay status"] = numbers.choice(STANDINGS[one["reduced"]])
        cells["FTE"] = one["fte"]
        if self.period in PERIODS:
            cells["Pay period"] = numbers.choice(PERIODS[self.period])
        cells["Dept"], cells["Division"] = one["unit"]
        cells["Paid now"] = str(one["now"]) if one["now"] else ""
        cells.update(zip(WEEKS, one["weeks"] or [""] * len(WEEKS)))
        return one

    def write(self, path):
        with open(path, "w", encoding=self.encoding, newline="") as file:
            rows = csv.DictWriter(file, list(self.people[0]["cells"]), delimiter=self.dialect)
            rows.writeheader()
            rows.writerows(person["cells"] for person in self.people)

    def options(self):
        words = ["--unit", "Dept/Division"] if self.units else []
        if self.earned:
            words += ["--period-bonus", "Paid now", "--bonus-earned", self.earned]
        return words + (["--week-hours", "/".join(WEEKS)] if self.varies else [])

    def rate(self, person):
        """What an hour is paid, or why the person does not count."""
        pay, hours = person["pay"], person["hours"]
        if hours is None and person["weeks"]:
            worked = [F(week) for week in person["weeks"] if F(week) > 0][:12]
            hours = sum(worked) / len(worked) if worked else None
        if person["reduced"]:
            return "reduced-pay"
        if pay is None:
            return "pay-missing"
        if pay < 0:
            return "pay-negative"
        if pay + person["now"] == 0:
            return "pay-nil"
        if hours is None:
            return "hours-missing"
        if not 0 < hours <= 60:
            return "hours-refused"
        longer = self.earned and DAYS[self.earned] > DAYS[self.period]
        share = person["now"] / DAYS[self.earned] * DAYS[self.period] if longer else person["now"]
        return (pay + share) * 7 / DAYS[self.period] / hours


def rounded(number):
    """One decimal, half away from zero."""
    tenths = int(abs(number) * 10 + F(1, 2))
    return f"{'-' if number < 0 and tenths else ''}{tenths // 10}.{tenths % 10}"


def middle(values):
    values = sorted(values)
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def gap(groups, of):
    men, women = groups["M"], groups["F"]
    return rounded((of(men) - of(women)) / of(men) * 100) if men and women else None


def quarters(listed):
    """Men and women of each quarter of (pence, sex): ties in the ratio of the tie."""
    whole, rest = divmod(len(listed), 4)
    sizes = [whole + (rest >= 1), whole + (rest == 3), whole + (rest >= 2), whole]
    places = [quarter for quarter in range(4) for _ in range(sizes[quarter])]
    ties = defaultdict(list)
    for pence, sex in listed:
        ties[pence].append(sex)
    found, at = [[0, 0] for _ in range(4)], 0
    for pence in sorted(ties):
        tie = ties[pence]
        spread = Counter(places[at:at + len(tie)])
        at += len(tie)
        ideal = {quarter: F(n * tie.count("M"), len(tie)) for quarter, n in spread.items()}
        men = {quarter: int(share) for quarter, share in ideal.items()}
        left = tie.count("M") - sum(men.values())
        for quarter in sorted(ideal, key=lambda q: (men[q] - ideal[q], q))[:left]:
            men[quarter] += 1
        for quarter, n in spread.items():
            found[quarter][0] += men[quarter]
            found[quarter][1] += n - men[quarter]
    return found


def figures(case, people):
    rates = {"M": [], "F": []}
    left_out, listed = Counter(), []
    for person in people:
        rate = case.rate(person)
        if person["sex"] is None:
            left_out["sex-not-known"] += 1
        elif isinstance(rate, str):
            left_out[rate] += 1
        else:
            rates[person["sex"]].append(rate)
            listed.append((int(rate * 100 + F(1, 2)), person["sex"]))
    bonus = {sex: [p["bonus"] for p in people if p["sex"] == sex and p["bonus"] > 0] for sex in "MF"}
    relevant = {sex: sum(p["sex"] == sex for p in people) for sex in "MF"}

    def mean(values):
        return sum(values) / len(values)
    return {"people": [len(rates["M"]), len(rates["F"])], "left out": dict(left_out),
            "gaps": [gap(rates, mean), gap(rates, middle), gap(bonus, mean), gap(bonus, middle)],
            "with bonus": [rounded(F(100 * len(bonus[sex]), relevant[sex])) if relevant[sex] else None
                           for sex in "MF"],
            "quarters": quarters(listed)}


def told(answer, left_out=None):
    """The same of the program's answer."""
    population, bonus = answer["population"], answer["bonus"]
    excluded = {reason: n for reason, n in population.get("excluded", {}).items() if n}
    return {"people": [population["men"], population["women"]],
            "left out": excluded if left_out is None else left_out,
            "gaps": [answer["mean_gap"], answer["median_gap"], bonus["mean_gap"], bonus["median_gap"]],
            "with bonus": [bonus["men_percent"] if population["relevant"]["men"] else None,
                           bonus["women_percent"] if population["relevant"]["women"] else None],
            "quarters": [[quarter["men"], quarter["women"]] for quarter in answer["quarters"]]}


def main():
    tap = Tap()
    wrong, failed, units = [], [], 0
    with Folder() as folder:
        path = os.path.join(folder, "extract.csv")
        for seed in range(SEEDS):
            case = Case(seed)
            case.write(path)
            code, out, err = run("paygap", path, "--format", "json", *case.options())
            if code:
                known = all(person["sex"] is None for person in case.people)
                failed += [] if known and code == 3 else [(seed, code, err)]
                continue
            answer = json.loads(out)
            expected = figures(case, case.people)
            if told(answer) != expected:
                wrong.append((seed, told(answer), expected))
            for unit in answer["units"]:
                there = [person for person in case.people
                         if unit["unit"] in (person["unit"][0], "/".join(person["unit"]))]
                expected = figures(case, there)
                units += 1
                if told(unit, expected["left out"]) != expected:
                    wrong.append((seed, unit["unit"], told(unit, {}), expected))
    tap.equal(f"{SEEDS} extracts are read", failed, [])
    tap.equal(f"their figures, and those of {units} units", wrong[:2], [])
    tap.end()


main()
