"""The lines that the documentation writes to be typed are typed, on files with the names that it uses: none is called
wrongly, and none of the files is unreadable. That something is found or a release is refused (1) is an answer too."""
import csv
import os
import random
import re
import shlex
import subprocess

from harness import PROGRAM, ROOT, Folder, Tap, demo, run

PAGES = ["CONTRIBUTING.md", "docs/api.md", "docs/attacker.md", "docs/audit.md", "docs/commands.md", "docs/comparing.md",
         "docs/disclosure.md", "docs/ledger.md", "docs/pay-gap.md"]
BLOCK = re.compile(r"^    (dueregard .*)$", re.M)
TOLD = re.compile(r"\s{3,}.*$")  # what is said of a line, behind it
# Of test_help.py, which takes a quarter through them in their order.
ELSEWHERE = ("dueregard return ", "dueregard report board", "dueregard import scorecard-matches")
ANSWERED = (0, 1)
COUNTS = ("sex,disability,count\n,,241\nF,,121\nM,,120\n,Yes,21\n,No,220\nF,Yes,[c]\nF,No,[c]\nM,Yes,[c]\nM,No,[c]\n")
ROUNDED = "sex,disability,count\n,,240\nF,,120\nM,,120\n,Yes,20\n,No,220\n"
WHOLE = "disability,count\n,241\nYes,21\nNo,220\n"


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def write_rows(folder, name, headings, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def write_people(folder):
    """Made-up people, and what was asked of them."""
    rng = random.Random(20121123)
    units = {"Adults": ["Care", "Support"], "Place": ["Parks", "Housing"]}
    ethnic = ["White British", "Indian", "Bangladeshi", "Black African"]
    people = []
    for number in range(400):
        department = rng.choice(list(units))
        people.append([f"E{number:05}", rng.choice(["Female", "Male"]), rng.choice(ethnic), rng.choice(["Yes", "No"]),
                       department, rng.choice(units[department]), department, f"{rng.randrange(22000, 60000)}.00", "37"])
    headings = ["Employee number", "Gender", "Ethnicity", "Disability", "Department", "Division", "Directorate",
                "Base_Salary", "Hours"]
    write_rows(folder, "people.csv", headings, people)
    write_rows(folder, "staff.csv", headings, [[*row[:3], "Yes" if place < 21 else "No", *row[4:]]
                                               for place, row in enumerate(people[:241])])  # as in WHOLE
    write_rows(folder, "census.csv", ["group", "percent"], zip(ethnic, (60, 20, 10, 10)))
    for name, headings, answers in (
            ("applicants.csv", ["Ethnicity", "Shortlisted", "Appointed"], [ethnic[:2], ["Yes"], ["Yes", "No"]]),
            ("users.csv", ["Disability", "Assessed", "Served"], [["Yes", "No"], ["Yes"], ["Yes", "No"]]),
            ("survey.csv", ["Ethnicity", "Feels safe"], [ethnic[:2], ["Agree", "Strongly agree", "Disagree"]])):
        write_rows(folder, name, headings, [[rng.choice(each) for each in answers] for _ in range(200)])
    write(folder, "tables.csv", "table,variables,levels\nt1,Ethnicity*Gender,\nt2,Disability*Department/Division,all\n")
    write(folder, "asked-for.csv", "table,variables,levels\nt1,Disability,\n")


def write_tables(folder, page):
    """What was published, and cells and sums in the plain form; the attacker's page has rounded tables."""
    shown = ROUNDED if page == "docs/attacker.md" else COUNTS
    for name, text in (("workforce.csv", shown), ("pay.csv", ROUNDED), ("council.csv", WHOLE), ("first.csv", WHOLE),
                       ("answer.csv", "disability,count\n,230\nYes,18\nNo,212\n"),
                       ("rest.csv", "disability,count\n,230\nYes,18\nNo,212\n"),
                       ("second.csv", "disability,count\n,243\nYes,21\nNo,222\n"),
                       ("d2.csv", "region,count\nTotal,60\nNorth,40\nLeeds,25\nYork,15\nSouth,20\nBath,20\n"),
                       ("regions.csv", "region,part\nLeeds,North\nYork,North\nBath,South\n"),
                       ("council.txt", "3 1\n30\n10\n20\n3 0 1 2\n"), ("FILE", "3 1\n30\n3\n27\n3 0 1 2\n"),
                       ("pattern.txt", "published\nprimary\nsecondary\n")):
        write(folder, name, text)


def write_records(folder, workspace):
    """Rows of the kinds that the pages bring in."""
    write(folder, "units.csv", "code,name,kind,valid_from\nparks,Parks,directorate,2012-04-01\n")
    measures = run("export", "measures", workspace=workspace)[1]
    write(folder, "measures.csv", measures)
    rows = list(csv.reader(measures.splitlines()))
    write_rows(folder, "new.csv", rows[0], [["new-one", *rows[1][1:]]])
    write(folder, "recipes.csv", "measure,unit,population,numerator,denominator\n"
          "bame-employees,council,,ethnicity=@ethnic-minorities,ethnicity=answered\n")
    write(folder, "Q1 return.csv", "\n".join(run("export", "return-rows", workspace=workspace)[1].splitlines()[:2]) + "\n")
    for words in (("account", "add", "sam", "--name", "Sam Made-Up", "--email", "sam@example.invalid"),
                  ("snapshot", "import", "workforce-2026", os.path.join(folder, "people.csv"), "--on", "2026-03-31")):
        code, out, err = run(*words, workspace=workspace)
        if code:
            raise RuntimeError(out + err)
    with open(os.path.join(folder, "heads.txt"), "w", encoding="utf-8") as file:
        file.write(run("audit", "head", workspace=workspace)[1])


def lines_of(page):
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return [TOLD.sub("", line) for line in BLOCK.findall(file.read().replace("\\\n", " "))]


def typed(line, folder, workspace):
    """Runs a line in the folder, with a spreadsheet's name as that of the same table in CSV."""
    line = line.split(" > ")[0].replace("CODE", "workforce-2026")
    line = line.replace("3f…", run("audit", "key", workspace=workspace)[1].strip())
    words = [re.sub(r"^(?!tables|report)(.*)\.(xlsx|ods|docx)$", r"\1.csv", word) for word in shlex.split(line)[1:]]
    done = subprocess.run([os.path.abspath(PROGRAM), *words], capture_output=True, stdin=subprocess.DEVNULL, check=False, cwd=folder,
                          timeout=300, env=dict(os.environ, DUEREGARD_WORKSPACE=workspace))
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def main():
    tap = Tap()
    count = 0
    with Folder() as folder:
        workspace = demo(folder)
        write_people(folder)
        write_records(folder, workspace)
        for page in PAGES:
            write_tables(folder, page)
            for line in lines_of(page):
                if line.startswith(ELSEWHERE):
                    continue
                count += 1
                code, out, err = typed(line, folder, workspace)
                tap.check(f"{page}: {line}", code in ANSWERED and (out or err or "-o " in line), f"exit {code}\n{out}{err}")
    tap.check("the pages have lines to be typed", count > 35, count)
    tap.end()


main()
