"""Whom the people benchmarks count, and what: 61 tables, and pay by three characteristics. The peers read it as
JSON (people_work.py FOLDER writes it), our programs as the CSV of `dueregard cube`."""
import hashlib
import itertools
import json
import os
import subprocess
import sys

CHARACTERISTICS = ["age_band", "disability", "ethnicity", "sex", "gender_reassignment",
                   "sexual_orientation", "religion", "marital_status", "pregnancy_maternity"]
UNIT = "org_unit"
CATEGORIES = CHARACTERISTICS + [UNIT, "pay_band", "job_family", "contract_type", "quarter",
                                "working_pattern", "region"]
GROUPS = ["sex", "ethnicity", "disability"]
# Units, and the beginning of the file's SHA-256, so that figures of other days are of the same people.
SIZES = {5000: (60, "5c771e8439bcb3d4"), 1500000: (300, "e12468347dc856ef"),
         10000000: (3000, "67d63329cd0b82b0"), 60000000: (3000, "5a0cba29301e0677")}


def make_people(folder, build, size):
    """The file of so many made-up people, made by the program of the build folder."""
    units, wanted = SIZES.get(size, (3000, None))
    path = os.path.join(folder, f"people-{size}.csv")
    digest = hashlib.sha256()
    with open(path, "wb") as file:
        maker = subprocess.Popen([os.path.join(build, "bench", "make_people"), str(size), str(units)],
                                 stdout=subprocess.PIPE)
        while part := maker.stdout.read(1 << 20):
            digest.update(part)
            file.write(part)
        assert maker.wait() == 0
    assert not wanted or digest.hexdigest().startswith(wanted), "these are not the same people"
    return path


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
