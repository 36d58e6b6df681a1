"""dueregard cube --from: people over three PostgreSQL clusters give the cube that their file gives,
and the shards do the grouping."""
import csv
import os
import random

import shards
from harness import Folder, Tap, run

PEOPLE = 4000
COLUMNS = {"Gender": "text", "Ethnic group": "text", "Directorate": "text", "Team": "text",
           "Grade": "integer", "FTE": "numeric"}
TABLES = """table,variables,levels
t1,Gender,
t2,Ethnic group*Gender,
t3,Gender*Directorate/Team,all
t4,Grade*Directorate,
t5,ethnicity*disability,
"""


def make(folder):
    """Made-up people, some of whose labels SQL, CSV or a shell could trip over."""
    chosen = random.Random(20261125)
    groups = ["White - British", "Mixed, any other", "Ddim yn dweud – nid wyf", "O'Brien \"quoted\"",
              "", " Indian ", "Indian"]
    path = os.path.join(folder, "people.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for _ in range(PEOPLE):
            place = chosen.randrange(5)
            out.writerow([chosen.choice(["Female", "Male", "Female", ""]), chosen.choice(groups),
                          f"Directorate {place}", f"Team {chosen.randrange(7)}",
                          chosen.choice([1, 2, 3, 10]), chosen.choice(["1", "0.5", "0.123456", ""])])
    return path


def compare(tap, three, path, tables, words):
    at_home = run("cube", path, "--tables", tables, *words)
    there = run("cube", "--from", three.address, "--tables", tables, *words)
    tap.equal(f"the cube is the same: {' '.join(words)}", there, at_home)
    tap.check("and is no empty one", at_home[0] == 0 and len(at_home[1]) > 1000, at_home)


def check_plan(tap, three, tables):
    code, plan, err = run("cube", "--from", three.address, "--tables", tables, "--explain")
    remote = [line for line in plan.splitlines() if "Remote SQL:" in line]
    count = TABLES.count("\n") - 2  # t5 is left out of this list
    tap.equal("the plan is given", (code, err), (0, ""))
    tap.equal("every table asks each shard once", len(remote), 3 * count)
    tap.check("for groups, not for people",
              all("count(*)" in line and "GROUP BY" in line for line in remote), remote)


def refusals(tap, three, folder, path, tables):
    for words, code, part in (
            (["--from", three.address, "--relation", "nobody"], 3, "no table or view"),
            (["--from", three.address, "--weight", "Gender"], 3, "no column of numbers"),
            (["--from", "postgresql:///x?host=/nowhere"], 4, "cannot be reached"),
            ([], 2, "Name the files to count"), ([path, "--explain"], 2, "--from alone"),
            ([path, "--from", three.address], 2, "Name the files to count")):
        found = run("cube", *words, "--tables", tables)
        tap.check(f"refused in a sentence: {part}", found[0] == code and part in found[2]
                  and found[2].count("\n") == 1, found)
    wrong = os.path.join(folder, "wrong.csv")
    with open(wrong, "w", encoding="utf-8") as file:
        file.write(TABLES)
    found = run("cube", "--from", three.address, "--tables", wrong)
    tap.check("a variable that no column has is named", found[0] == 3 and "disability" in found[2],
              found)
    three.servers["west"].stop()
    found = run("cube", "--from", three.address, "--tables", tables)
    tap.check("a shard that is gone is told",
              found[0] == 4 and "A shard behind postgresql://" in found[2] and "west" in found[2], found)


def main():
    tap = Tap()
    if not os.path.exists(shards.PSQL):
        tap.skip("shards", "postgresql-15 is not there")
        tap.end()
    with Folder() as folder:
        path = make(folder)
        tables = os.path.join(folder, "tables.csv")
        with open(tables, "w", encoding="utf-8") as file:
            file.write("\n".join(TABLES.split("\n")[:-2]) + "\n")
        three = shards.Shards()
        three.load(path, COLUMNS, lambda line, _: "north" if b"Directorate 0" in line else
                   "west" if b"Directorate 1" in line else "south")
        three.join(COLUMNS)
        compare(tap, three, path, tables, ["--format", "csv"])
        compare(tap, three, path, tables, ["--format", "csv", "--weight", "FTE"])
        compare(tap, three, path, tables, ["--format", "json", "--column", "Gender=Grade"])
        check_plan(tap, three, tables)
        refusals(tap, three, folder, path, tables)
    tap.end()


main()
