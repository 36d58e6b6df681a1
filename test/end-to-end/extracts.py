"""Extracts of people as personnel systems send them, made from a seed: made-up people, messy cells.
The truth behind each cell is kept, so that a test can count on its own."""
import csv
import random

ETHNICITY = {  # labels as they are written, by code of the 2021 list
    "W1": ["White - British", "White British", "English"],
    "W9": ["Any other White background", "White - Other"],
    "A1": ["Asian/Asian British - Indian", "Indian", "asian - indian"],
    "A3": ["Bangladeshi"],
    "B1": ["Black - Caribbean"],
    "B2": ["Black African"],
    "M3": ["White & Asian", "White and Asian"],
    "O2": ["Arab"],
    "prefer-not-to-say": ["Prefer not to say", "PNTS"],
    "not-answered": ["", "NULL", "."],
    "unknown": ["Not known"],
}
SEX = {"F": ["F", "Female", "female "], "M": ["M", "Male", " Male"], "not-answered": [""]}
DISABILITY = {"Y": ["Yes", "Y"], "N": ["No", "N", "no"], "prefer-not-to-say": ["Prefer not to say"],
              "not-answered": [""]}
UNITS = {"Adults": ["Assessment", "Support"], "Children": ["Assessment", "Fostering"],
         "Place": ["Parks", "Housing", "Support"]}
BLANK_PAY = ["", ".", "N/A", "NULL"]


def pay_text(rng, pence):
    """One amount in a form that payrolls use."""
    pounds = pence / 100
    form = rng.randrange(5)
    if form == 0:
        return f"£{pounds:,.2f}"
    if form == 1:
        return f"{pounds:.2f}"
    if form == 2 and pence % 10000000 == 0:
        return f"£{pence // 100000}k pa"
    if form == 3:
        return f"{pounds:,.2f}  "
    return f"{pounds:.1f}" if pence % 10 == 0 else f"{pounds:.2f}"


def day_text(day, order):
    return f"{day[2]:02}/{day[1]:02}/{day[0]}" if order == "british" else f"{day[0]}-{day[1]:02}-{day[2]:02}"


def make(seed, count):
    """The people, each a dictionary of the truth and of `cells` as written."""
    rng = random.Random(seed)
    people = []
    for number in range(count):
        ethnicity = rng.choices(list(ETHNICITY), [50, 8, 12, 3, 4, 6, 2, 1, 5, 7, 2])[0]
        sex = rng.choices(list(SEX), [60, 39, 1])[0]
        disability = rng.choices(list(DISABILITY), [6, 80, 4, 10])[0]
        department = rng.choice(list(UNITS))
        division = rng.choice(UNITS[department])
        pence = rng.randrange(2200000, 9000000)
        has_pay = rng.random() > 0.02
        born = (rng.randrange(1958, 2004), rng.randrange(1, 13), rng.randrange(1, 29))
        start = (rng.randrange(2005, 2026), rng.randrange(1, 13), rng.randrange(1, 29))
        leave = None
        if rng.random() < 0.15:
            leave = (start[0] + rng.randrange(1, 8), start[1], start[2])
        person = {"key": f"E{number:06}", "ethnicity": ethnicity, "sex": sex,
                  "disability": disability, "unit": (department, division),
                  "pence": pence if has_pay else None, "born": born, "start": start, "leave": leave}
        person["cells"] = {
            "Employee No": person["key"],
            "Gender": rng.choice(SEX[sex]),
            "Ethnic origin": rng.choice(ETHNICITY[ethnicity]),
            "Disabled": rng.choice(DISABILITY[disability]),
            "Directorate": department,
            "Division": division,
            "Annual Salary": pay_text(rng, pence) if has_pay else rng.choice(BLANK_PAY),
            "D.O.B.": day_text(born, "british"),
            "Start Date": day_text(start, "british"),
            "Leaving date": day_text(leave, "british") if leave else rng.choice(["", "NULL"]),
            "Hours": rng.choice(["36", "36.0", "18", "18.5 hours"]),
            "Remarks": rng.choice(["", "see file"]),
        }
        people.append(person)
    return people


def write(path, people, headings=None, before=(), after=()):
    """Writes the cells as CSV, with rows before the heading and after the last one."""
    headings = headings or list(people[0]["cells"])
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerows(before)
        out.writerow(headings)
        for person in people:
            out.writerow([person["cells"][heading] for heading in headings])
        out.writerows(after)
