"""One reading of people: over awkward files `people`, `paygap`, `cube` and `compare` count the same
ones, those that this file counts by hand."""
import csv
import json
import os
import zipfile
from xml.sax.saxutils import escape

from harness import Folder, Tap, run

HEADINGS = ["Staff No", "Gender", "Ethnicity", "Department", "Start date", "Leaving date", "Pay"]
FIRST = ["1001", "Female", "Indian", "Place", "01/04/2019", "", "15.20"]
SECOND = ["1002", "Male", "African", "Place", "13/05/2020", "", "16.10"]
THIRD = ["1003", "Female", "White and Asian", "People", "14/02/2021", "", "17.00"]
LEFT = ["1004", "Male", "Irish", "People", "20/06/2018", "30/09/2022", "14.00"]
CROSSED = ["1005", "Male", "Irish", "People", "20/06/2021", "30/09/2019", "14.00"]
KEYLESS = ["", "Female", "Indian", "Place", "", "", "15.20"]
THREE = [FIRST, SECOND, THIRD]

# What is sent, and how many people are in it.
FILES = {
    "plain": ([HEADINGS, *THREE, LEFT], 4),
    "a footer": ([HEADINGS, *THREE, ["Total", "3"], ["Report printed 1 April 2026"]], 3),
    "a title and an empty row": ([["Workforce extract"], [], HEADINGS, *THREE], 3),
    "a title of two cells": ([["Workforce", "March 2026"], HEADINGS, *THREE], 3),
    "group headings above": ([["Post", "", "Diversity", "", "Dates", "", ""], HEADINGS, *THREE], 3),
    "the same row again": ([HEADINGS, *THREE, SECOND, LEFT, LEFT], 4),
    "two posts of one person": ([HEADINGS, *THREE, SECOND[:3] + ["People"] + SECOND[4:]], 4),
    "people without a number": ([HEADINGS, KEYLESS, KEYLESS, FIRST], 3),
    "left before the start": ([HEADINGS, *THREE, CROSSED], 3),
    "rows of blanks": ([HEADINGS, FIRST, [" "] * 7, SECOND, [""] * 7, THIRD], 3),
    "cells behind the headings": ([HEADINGS, [*FIRST, "a note"], SECOND], 2),
    "rows cut short": ([HEADINGS, FIRST, SECOND[:4]], 2),
    "a label as long as none": ([HEADINGS, FIRST, SECOND[:3] + ["P" * 5000] + SECOND[4:]], 2),
    "quoted lines": ([HEADINGS, FIRST, SECOND[:3] + ["Place\nand more"] + SECOND[4:]], 2),
}
SHEETS = {
    "a cover": ([("Cover", [["Workforce extract"], ["Prepared by HR", "March 2026"]]),
                 ("Staff", [HEADINGS, *THREE])], "Staff", 3),
    "a list of what may be chosen": ([("Lists", [["Gender", "Ethnicity"], ["Female", "Indian"]]),
                                      ("Staff", [["All staff"], HEADINGS, *THREE])], "Staff", 3),
    "notes behind": ([("Staff", [HEADINGS, *THREE, ["Total", "3"]]),
                      ("Notes", [["Whom to ask"], ["HR"]])], "Staff", 3),
    "a long cover": ([("Read me", [[f"Line {i}"] for i in range(90)]),
                      ("Staff", [HEADINGS, *THREE])], "Staff", 3),
}
OPTIONS = ["--column", "pay-hourly=Pay"]


def write_csv(path, rows, **dialect):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, **dialect).writerows(rows)


def write_ods(path, sheets):
    def cell(word):
        return ('<table:table-cell office:value-type="string"><text:p>' + escape(word) +
                "</text:p></table:table-cell>")
    body = "".join(f'<table:table table:name="{name}">' + "".join(
        f"<table:table-row>{''.join(cell(word) for word in row)}</table:table-row>"
        for row in rows) + "</table:table>" for name, rows in sheets)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<office:document-content '
                         'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                         'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                         'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
                         f"<office:spreadsheet>{body}</office:spreadsheet></office:body>"
                         "</office:document-content>")


def populations(folder, path, *more):
    """How many people each of the four commands counts."""
    words = [path, *OPTIONS, *more]
    people = json.loads(run("people", *words, "--format", "json")[1])
    pay = json.loads(run("paygap", *words, "--format", "json")[1])["population"]
    compared = json.loads(run("compare", *words, "--benchmark", "england-wales-2021", "--format",
                              "json")[1])
    tables = os.path.join(folder, "tables.csv")
    write_csv(tables, [["table", "variables", "levels"], ["t", "sex*ethnicity", "all"]])
    cube = json.loads(run("cube", *words, "--tables", tables, "--format", "json")[1])
    everybody = [cell["count"] for cell in cube["tables"][0]["cells"]
                 if cell["labels"] == ["(all)", "(all)"]]
    return {"people": people["rows"], "cube": cube["people"], "cube's total": everybody[0],
            "paygap": counted(pay), "compare": compared_people(compared)}, people


def counted(population):
    return population["men"] + population["women"] + sum(population["excluded"].values())


def compared_people(compared):
    return sum(compared["characteristics"][0]["answers"].values())


def check_files(tap, folder):
    for name, (rows, wanted) in FILES.items():
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            path = os.path.join(folder, "staff.csv")
            write_csv(path, rows, quoting=quoting)
            found, _ = populations(folder, path)
            tap.check(f"{name}: the same people everywhere", set(found.values()) == {wanted},
                      f"{wanted}: {found}")


def check_sheets(tap, folder):
    for name, (sheets, sheet, wanted) in SHEETS.items():
        path = os.path.join(folder, "staff.ods")
        write_ods(path, sheets)
        found, people = populations(folder, path)
        tap.check(f"a workbook with {name}: the table is found", set(found.values()) == {wanted},
                  f"{wanted}: {found}")
        others = [other for other, _ in sheets if other != sheet]
        tap.check(f"a workbook with {name}: which sheet was read is said",
                  (people["sheet"], people["other_sheets"]) == (sheet, others),
                  f"{people['sheet']} {people['other_sheets']}")
        out = run("people", path)[1]
        tap.check(f"a workbook with {name}: and how to choose", "--sheet" in out and others[0] in out)
    _, _, err = run("people", path, "--sheet", "Wages")
    tap.check("a sheet that is not there: the sheets are named",
              '"Staff"' in err and '"Read me"' in err, err)
    found, _ = populations(folder, path, "--sheet", "Staff")
    tap.equal("the sheet that was asked for is read", found["cube"], 3)


def check_two_files(tap, folder):
    """A row stands in both files under the same key: it is one person."""
    paths = [os.path.join(folder, f"part{i}.csv") for i in range(2)]
    write_csv(paths[0], [HEADINGS, FIRST, SECOND])
    write_csv(paths[1], [["Staff by department"], HEADINGS, SECOND, THIRD, ["Total", "2"]])
    found, _ = populations(folder, paths[0], paths[1])
    tap.check("two files of one extract: the same people everywhere", set(found.values()) == {3},
              str(found))


def check_key(tap, folder):
    """--column says what the key is, and then the same rows are one person."""
    path = os.path.join(folder, "key.csv")
    write_csv(path, [["Reference code", *HEADINGS[1:]], FIRST, FIRST, SECOND])
    tap.equal("identical rows are different people", set(populations(folder, path)[0].values()), {3})
    tap.equal("unless a key says otherwise",
              set(populations(folder, path, "--column", "key=Reference code")[0].values()), {2})


if __name__ == "__main__":
    outcome = Tap()
    with Folder() as place:
        check_files(outcome, place)
        check_sheets(outcome, place)
        check_two_files(outcome, place)
        check_key(outcome, place)
    outcome.end()
