"""What the people benchmark counts: 61 tables, and pay by three characteristics. The peers read it as
JSON (people_work.py FOLDER writes it), our programs as the CSV of `dueregard cube`."""
import itertools
import json
import os
import sys

CHARACTERISTICS = ["age_band", "disability", "ethnicity", "sex", "gender_reassignment",
                   "sexual_orientation", "religion", "marital_status", "pregnancy_maternity"]
UNIT = "org_unit"
CATEGORIES = CHARACTERISTICS + [UNIT, "pay_band", "job_family", "contract_type", "quarter",
                                "working_pattern", "region"]
GROUPS = ["sex", "ethnicity", "disability"]


def tables():
    """Names with their variables: each alone, all pairs of characteristics, each by unit."""
    found = [(f"T{number:02}", [name]) for number, name in enumerate(CATEGORIES, 1)]
    found += [(f"P{number:02}", list(pair))
              for number, pair in enumerate(itertools.combinations(CHARACTERISTICS, 2), 1)]
    return found + [(f"O{number}", [name, UNIT]) for number, name in enumerate(CHARACTERISTICS, 1)]


def write(folder):
    with open(os.path.join(folder, "tables.csv"), "w", encoding="ascii") as file:
        file.write("table,variables,levels\n")
        for name, variables in tables():
            file.write(f"{name},{'*'.join(variables)},\n")
    with open(os.path.join(folder, "work.json"), "w", encoding="ascii") as file:
        json.dump({"categories": CATEGORIES, "unit": UNIT, "groups": GROUPS, "tables": tables()},
                  file)


if __name__ == "__main__":
    write(sys.argv[1])
