"""Counts of files of people against an implementation of their own here: csv, Counter, fractions."""
import collections
import csv
import io
import itertools
import json
import os
import random
import zipfile

from harness import Folder, Tap, run

FULL = bool(os.environ.get("DUEREGARD_TEST_FULL"))
SIZES = [5000, 1500000] if FULL else [5000]
HEADINGS = ["Staff No", "Gender", "Ethnic_Group", "Disability", "Department", "Division", "FTE"]
LABELS = {
    "Gender": ["Female", "Male", "", " Female "],
    "Ethnic_Group": ["White: English, Welsh", "Asian \"other\"", "Black", "", "Mixed\nline", "Arab"],
    "Disability": ["Yes", "No", "Prefer not to say", ""],
    "Department": ["Children's", "Place", "Corporate / Legal"],
    "Division": ["North", "South", "", "=East"],
}
TABLES = """table,variables,levels
t1,Ethnic_Group*sex,
t2,disability*unit,all
t3,Gender,all
t4,unit,
t5,ethnic group*disability*sex,all
"""
VARIABLES = {"t1": ["Ethnic_Group", "sex"], "t2": ["disability", "unit"], "t3": ["Gender"],
             "t4": ["unit"], "t5": ["ethnic group", "disability", "sex"]}
COLUMNS = {"Ethnic_Group": ["Ethnic_Group"], "ethnic group": ["Ethnic_Group"], "sex": ["Gender"],
           "Gender": ["Gender"], "disability": ["Disability"], "unit": ["Department", "Division"]}
WITH_ALL = {"t2", "t3", "t5"}


def people(size, seed):
    """Made-up people, as rows."""
    draw = random.Random(seed)
    for number in range(size):
        fte = draw.choice(["1", "0.5", "0.6", "", "0.125", "1.0"])
        yield [str(number), *(draw.choice(labels) for labels in LABELS.values()), fte]


def write(path, size, seed, end="\n"):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=end)
        writer.writerow(HEADINGS)
        writer.writerows(people(size, seed))


def cells_of(row, variable, with_all):
    """What a person's row says of a variable: each level with those above, and everybody."""
    labels = [(row[column].strip() or "(blank)") for column in COLUMNS[variable]]
    paths = ["/".join(labels[:end]) for end in range(1, len(labels) + 1)]
    return ["(all)", *paths] if with_all else paths[-1:]


def expected(path):
    """Counts and thousandths of full-time equivalents, by table and cells."""
    counts, weights = collections.Counter(), collections.Counter()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            weight = round(float(row["FTE"] or 0) * 1000)
            row["Division"] = row["Division"].strip()
            for table, variables in VARIABLES.items():
                options = [cells_of(row, variable, table in WITH_ALL) for variable in variables]
                for cell in itertools.product(*options):
                    counts[(table, *cell)] += 1
                    weights[(table, *cell)] += weight
    return counts, weights


def undone(cell):
    """A cell as it was before it was made safe to open in a spreadsheet."""
    return cell[1:] if cell.startswith("'=") else cell


def found(text):
    counts, weights = {}, {}
    for row in csv.DictReader(io.StringIO(text)):
        key = (row["table"], *(undone(row[name]) for name in VARIABLES[row["table"]]))
        counts[key] = int(row["count"])
        weights[key] = round(float(row.get("weight") or 0) * 1000)
    return counts, weights


def cube(path, *more):
    return run("cube", *([path] if isinstance(path, str) else path), "--tables", TABLE_FILE,
               "--column", "sex=Gender", "--column", "unit=Department/Division", *more)


def check_counts(tap, folder):
    for size in SIZES:
        path = os.path.join(folder, f"people{size}.csv")
        write(path, size, size)
        code, out, err = cube(path, "--format", "csv", "--weight", "fte")
        tap.equal(f"{size} people are counted", code, 0)
        counts, weights = expected(path)
        tap.check(f"{size} people: every count is the other implementation's",
                  found(out)[0] == dict(counts))
        tap.check(f"{size} people: every sum of full-time equivalents too",
                  found(out)[1] == dict(weights))
        tap.check("the output is marked as unprotected", "not protected" in err, err)
        tap.check("people without a weight are told of", "have no weight" in err, err)
    return out


def check_order(tap, folder):
    """The order of rows, several files, another encoding: the same cube."""
    path = os.path.join(folder, "people5000.csv")
    reference = cube(path, "--format", "csv")[1]
    with open(path, encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    random.Random(1).shuffle(rows)
    halves = []
    for index, part in enumerate([rows[:2000], rows[2000:]]):
        halves.append(os.path.join(folder, f"half{index}.csv"))
        with open(halves[-1], "w", encoding="utf-16" if index else "utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n", delimiter=";")
            writer.writerows([head, *part])
    tap.check("shuffled, in two files, semicolons, UTF-16: the same bytes",
              cube(halves, "--format", "csv")[1] == reference)


def check_json(tap, folder):
    path = os.path.join(folder, "people5000.csv")
    data = json.loads(cube(path, "--format", "json")[1])
    counts = found(cube(path, "--format", "csv")[1])[0]
    from_json = {(table["table"], *cell["labels"]): cell["count"]
                 for table in data["tables"] for cell in table["cells"]}
    tap.check("JSON says the same", from_json == counts)
    tap.equal("JSON says how many people there are", data["people"], 5000)
    tap.check("JSON is marked as unprotected", "not protected" in data["notice"])
    text = cube(path)[1]
    tap.check("so is the text", "not protected" in text and "5000 people" in text, text[:300])


def check_roles(tap, folder):
    """Without --column the names of roles are found by the headings."""
    tables = os.path.join(folder, "roles.csv")
    with open(tables, "w", encoding="utf-8") as file:
        file.write("table,variables,levels\na,sex*ethnicity,\n")
    path = os.path.join(folder, "people5000.csv")
    code, out, err = run("cube", path, "--tables", tables, "--format", "csv")
    tap.equal("roles are found by the headings", code, 0)
    total = sum(int(row["count"]) for row in csv.DictReader(io.StringIO(out)))
    tap.equal("and nobody is dropped", total, 5000)


def check_refusals(tap, folder):
    good = os.path.join(folder, "people5000.csv")
    bad = os.path.join(folder, "bad.csv")
    with open(bad, "w", encoding="utf-8") as file:
        file.write("Gender,Ethnic_Group,Disability,Department,Division,FTE\n"
                   "Female,Arab,Yes,Place,North,1\nMale,Arab,Secret,Place,North,full\n"
                   "Male,Arab,No,Place,North,1,extra\n")
    code, out, err = cube(bad, "--format", "csv", "--weight", "FTE")
    tap.equal("a weight that is none makes exit code 1", code, 1)
    tap.check("it is named with its row", "row 3, FTE" in err and "row 4" not in err, err)
    tap.check("and the person counts without", "1 people have no weight" in err, err)
    tap.check("and never with what its cells hold", "Secret" not in err and "full" not in err, err)
    tap.equal("all are counted", found(out)[0][("t3", "(all)")], 3)
    cases = {
        "no list of tables": (["cube", good], 2, "--tables"),
        "an unknown column": (["cube", good, "--tables", TABLE_FILE, "--column", "unit=Wing"], 3,
                              "no column \"Wing\""),
        "no such file": (["cube", good + "x", "--tables", TABLE_FILE], 3, "could not be opened"),
        "a wrong choice": (["cube", good, "--tables", TABLE_FILE, "--column", "sex"], 2,
                           "NAME=HEADING"),
        "an unknown weight": (["cube", good, "--tables", TABLE_FILE, "--column", "sex=Gender",
                               "--column", "unit=Department", "--weight", "hours"], 3,
                              "no column \"hours\""),
    }
    for name, (words, wanted, sentence) in cases.items():
        code, _, err = run(*words)
        tap.check(f"{name}: one sentence", code == wanted and sentence in err, f"{code} {err}")
    for name, text, sentence in (
            ("levels", "table,variables,levels\na,sex,some\n", "levels is all"),
            ("no variables", "table,variables\na,\n", "a variable is missing"),
            ("twice", "table,variables\na,sex\na,sex\n", "the same name"),
            ("headings", "name,by\na,sex\n", "table,variables,levels"),
            ("empty", "table,variables\n", "lists no tables")):
        path = os.path.join(folder, "list.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        code, _, err = run("cube", good, "--tables", path)
        tap.check(f"a wrong list ({name}): one sentence", code == 3 and sentence in err, err)


def check_spreadsheet(tap, folder):
    """A spreadsheet in its smallest form."""
    path = os.path.join(folder, "people.ods")
    rows = "".join(f"<table:table-row>{''.join(cell(word) for word in row)}</table:table-row>"
                   for row in (["Gender"], ["Female"], ["Male"], ["Female"]))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Staff">{rows}</table:table>'
            '</office:spreadsheet></office:body></office:document-content>')
    tables = os.path.join(folder, "one.csv")
    with open(tables, "w", encoding="utf-8") as file:
        file.write("table,variables,levels\na,gender,\n")
    out = run("cube", path, "--tables", tables, "--format", "csv")[1]
    tap.equal("an ODS file is counted", out.replace("\r\n", "\n"),
              "table,gender,count\na,Female,2\na,Male,1\n")


def cell(word):
    return ('<table:table-cell office:value-type="string">'
            f"<text:p>{word}</text:p></table:table-cell>")


if __name__ == "__main__":
    outcome = Tap()
    with Folder() as place:
        TABLE_FILE = os.path.join(place, "tables.csv")
        with open(TABLE_FILE, "w", encoding="utf-8") as listing:
            listing.write(TABLES)
        check_counts(outcome, place)
        check_order(outcome, place)
        check_json(outcome, place)
        check_roles(outcome, place)
        check_refusals(outcome, place)
        check_spreadsheet(outcome, place)
    outcome.end()
