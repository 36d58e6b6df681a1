"""dueregard people: how a messy extract is read, against counts made here from what the cells mean."""
import csv
import io
import json
import os
from collections import Counter

import extracts
from harness import Folder, Tap, run

DAY, BEFORE = (2026, 3, 31), (2025, 3, 31)


def read(*words):
    code, out, err = run("people", *words, "--format", "json")
    return code, json.loads(out) if out else None, err


def column(result, role):
    found = [one for one in result["columns"] if one["role"] == role]
    return found[0] if found else None


def counts(result, role):
    """People by code or state, of one column."""
    total = Counter()
    for label in column(result, role)["labels"]:
        total[label["code"] or "not-understood"] += label["count"]
    return total


def in_force(person, day):
    return person["start"] <= day and (person["leave"] is None or person["leave"] >= day)


def check_counts(tap, folder):
    people = extracts.make(20261125, 3000)
    path = os.path.join(folder, "workforce.csv")
    extracts.write(path, people, before=[["Workforce, made up"], []], after=[
        ["Total: 3000"], ["Grand total:", "", "", "", "", "", "£123,456,789.00"]])
    code, result, err = read(path)
    tap.equal("a messy extract is read without problems of ours", (code, err), (1, ""))
    tap.equal("every row stays but the totals", result["rows"], 3000)
    tap.equal("which are named", (result["left_out"]["stray"], result["problem_count"]), (2, 2))
    tap.equal("with their rows", [one["row"] for one in result["problems"]], [3004, 3005])
    for role in ("sex", "ethnicity", "disability"):
        tap.equal(f"{role}: people by answer and state", counts(result, role),
                  Counter(person[role] for person in people))
    pay = column(result, "pay")
    tap.equal("pay in five forms, and four kinds of blank", (pay["filled"], pay["unread"]),
              (sum(person["pence"] is not None for person in people), 0))
    tap.equal("a salary is for a year", pay["period"], "year")
    tap.check("dates are British", column(result, "date-of-birth")["order"].startswith("day first"),
              column(result, "date-of-birth"))
    tap.equal("what is missing is said", len(result["missing"]), 5)
    tap.check("counts are marked as unprotected", "not protected" in result["notice"])
    _, result, _ = read(path, "--on", "2026-03-31", "--since", "31/03/2025")
    there = [person for person in people if in_force(person, DAY)]
    earlier = [person for person in people if in_force(person, BEFORE)]
    tap.equal("those in force on a day", result["rows"], len(there))
    tap.equal("joiners since", result["joiners"], len([p for p in there if p not in earlier]))
    tap.equal("leavers since", result["leavers"], len([p for p in earlier if p not in there]))
    tap.equal("sex among those in force", counts(result, "sex"), Counter(p["sex"] for p in there))


def check_files(tap, folder):
    people = extracts.make(5, 60)
    one, two = os.path.join(folder, "one.csv"), os.path.join(folder, "two.csv")
    headings = list(people[0]["cells"])
    extracts.write(one, people[:25])
    extracts.write(two, people[25:], headings=headings[::-1])
    _, result, _ = read(one, two)
    tap.equal("two files with their columns in other orders are one extract",
              (result["rows"], counts(result, "sex")), (60, Counter(p["sex"] for p in people)))
    extracts.write(two, people[25:], headings=[name for name in headings if name != "Gender"])
    code, _, err = read(one, two)
    tap.check("a file without a column of the others is refused", code == 3 and "Gender" in err, err)
    extracts.write(two, people[20:])
    _, result, _ = read(one, two)
    tap.equal("a row that stands under its key in both is one person",
              (result["people"], result["left_out"]["repeated"]), (60, 5))
    _, result, _ = read(one, two, "--column", "ignore=Employee No")
    tap.equal("without a key the same rows are different people", result["people"], 65)


def check_histories(tap, folder):
    path = os.path.join(folder, "posts.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Staff number,Sex,Start date,Leaving date\n"
                   "1,F,2020-01-01,2024-06-30\n1,F,2024-07-01,\n"  # moved to another post
                   "2,M,2025-05-01,\n"                             # joined
                   "3,F,2019-01-01,2025-12-31\n"                   # left
                   "4,M,2026-05-01,2025-01-01\n"                   # cannot be
                   "5,F,2018-01-01,2026-03-31\n")                  # the last day counts
    _, result, _ = read(path, "--on", "2026-03-31", "--since", "2025-03-31")
    tap.equal("posts of one person are one person", result["people"], 3)
    tap.equal("who joined and left", (result["joiners"], result["leavers"]), (1, 1))
    tap.equal("dates that cross are left out", result["left_out"]["dates_cross"], 1)
    tap.check("and the row is named", result["problems"][0]["row"] == 6, result["problems"])


def check_map(tap, folder):
    path, template = os.path.join(folder, "labels.csv"), os.path.join(folder, "mend.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Gender,Ethnicity,Base_Salary\nF,Indain,$69222.18\nM,Qwxz,.\nF,Indian,n/a\n")
    code, result, _ = read(path, "--template", template)
    tap.equal("labels that are not understood are findings", code, 1)
    with open(template, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tap.equal("the template suggests by likeness", [(r["label"], r["code"]) for r in rows],
              [("Indain", "A1"), ("Qwxz", "")])
    with open(template, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(dict(row, code=row["code"] or "B1") for row in rows)
    code, result, err = read(path, "--map", template)
    tap.equal("mended, everything is understood",
              (code, err, counts(result, "ethnicity")), (0, "", Counter(A1=2, B1=1)))
    _, out, _ = run("people", path, "--map", template, "--format", "csv")
    tap.equal("the labels as CSV are a map themselves",
              list(csv.reader(io.StringIO(out)))[0][:4], ["column", "label", "list", "code"])
    with open(template, "a", encoding="utf-8", newline="") as file:
        file.write("Gender,X,sex,Q\n")
    code, _, err = read(path, "--map", template)
    tap.check("a map that is wrong is refused by row", code == 3 and "row 4" in err, err)
    code, _, err = read(path, "--column", "pay=Wages")
    tap.check("a column that is not there is named", code == 2 and "Base_Salary" in err, err)


def check_privacy(tap, folder):
    path = os.path.join(folder, "private.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Name,Ethnicity,Pay,Date of birth\nA Person,Zzyzx,secret-pay,13/13/1980\n"
                   "B Person,Indian,30000,01/02/1980\n")
    _, result, _ = read(path)
    told = json.dumps(result["problems"])
    tap.check("problems do not quote cells", result["problem_count"] == 2 and
              "secret-pay" not in told and "13/13" not in told, told)
    tap.check("names are never read", "A Person" not in json.dumps(result), result)


def main():
    tap = Tap()
    with Folder() as folder:
        check_counts(tap, folder)
        check_files(tap, folder)
        check_histories(tap, folder)
        check_map(tap, folder)
        check_privacy(tap, folder)
    tap.end()


main()
