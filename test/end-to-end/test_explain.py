"""`dueregard explain`: target dates, ratings and units, as text and as JSON."""
import json
import os
import subprocess

from harness import PROGRAM, ROOT, Folder, Tap, demo, run

# text, on -> understood, from, due, recurrence, condition, next
DATES = [
    ("December 2010 and thereafter annually by same month", "2012-06-30",
     (True, None, "2010-12-31", "yearly", None, "2012-12-31")),
    ("March 2011 and all consultations thereafter", "2010-06-30",
     (True, None, "2011-03-31", "*", "*", "2011-03-31")),
    ("April 2010 to April 2011", "2010-06-30",
     (True, "2010-04-01", "2011-04-30", None, None, "2011-04-30")),
    ("Dec 2011 (subject to funding availability)", "2010-06-30",
     (True, None, "2011-12-31", None, "subject to funding availability", "2011-12-31")),
    ("Ongoing", "2012-06-30", (True, None, None, "continuous", None, None)),
    ("Bi-monthly", "2012-06-30", (True, None, None, "two-monthly", None, "*")),
    ("Quarterly", "2012-06-30", (True, None, None, "quarterly", None, "2012-06-30")),
    ("by end of Q3 2024/25", "2024-06-30", (True, None, "2024-12-31", None, None, "2024-12-31")),
    ("Autumn 2023", "2023-06-30", (True, None, "2023-11-30", None, None, "2023-11-30")),
    ("31/03/24", "2023-06-30", (True, None, "2024-03-31", None, None, "2024-03-31")),
    ("FY 2021-22", "2021-06-30", (True, None, "2022-03-31", None, None, "2022-03-31")),
    ("six monthly", "2021-06-30", (True, None, None, "half-yearly", None, "*")),
]


def matches(found, wanted):
    return all(want == "*" or got == want for got, want in zip(found, wanted))


def explain(text, *options):
    code, out, err = run("explain", "target-date", text, "--format", "json", *options)
    if code:
        raise RuntimeError(err)
    return json.loads(out)


def check_dates(tap):
    keys = ("understood", "from", "due", "recurrence", "condition", "next")
    for text, day, wanted in DATES:
        found = explain(text, "--on", day)
        tap.check(f"“{text}” is read", matches([found[key] for key in keys], wanted)
                  and found["text"] == text, found)
    adopted = explain("within 12 months of adoption", "--adopted", "2016-02-23", "--on",
                      "2016-03-01")
    tap.equal("a date that hangs on the adoption", adopted["due"], "2017-02-23")
    tap.equal("to be confirmed", explain("TBC")["status"], "to-be-confirmed")
    tap.equal("complete", explain("complete")["status"], "complete")
    lost = explain("blue moon")
    tap.equal("what cannot be read is kept and not guessed",
              (lost["understood"], lost["due"], lost["next"], lost["text"]),
              (False, None, None, "blue moon"))
    code, out, _ = run("explain", "target-date", "Quarterly", "--on", "2012-05-01")
    tap.check("text says the next date", code == 0 and "30 June 2012" in out, out)
    done = subprocess.run([PROGRAM, "explain", "target-date", b"\xff\xfe"], capture_output=True,
                          check=False)
    tap.equal("text that is no UTF-8 is refused", done.returncode, 3)


def check_ratings(tap, workspace):
    code, out, _ = run("explain", "rating", "--value", "25", "--target", "25", "--comparator",
                       "below", "--format", "json")
    found = json.loads(out)
    tap.equal("a strict bound is not met", (code, found["computed"], found["strict_bound"]),
              (0, "A", True))
    code, out, _ = run("explain", "rating", "--measure", "bame-employees", "--period",
                       "2012-13-Q1", "--format", "json", workspace=workspace)
    found = json.loads(out)
    tap.equal("a measure of the return, computed and declared",
              (found["computed"], found["declared"], found["variance"]), ("LG", "A", "3.153846"))
    tap.check("with its reasoning in a sentence",
              found["reasoning"].startswith("40.23% is 3.15% above the target of at least 39%"),
              found["reasoning"])
    code, out, _ = run("explain", "rating", "--numerator", "1", "--denominator", "62", "--target",
                       "5", "--format", "json")
    tap.equal("a small or uncertain base is flagged", json.loads(out)["not_significant"], True)
    code, _, err = run("explain", "rating", "--measure", "nothing", "--period", "2012-13-Q1",
                       workspace=workspace)
    tap.check("a measure that is not there", code == 3 and "nothing" in err, err)


def check_units(tap, workspace):
    _, out, _ = run("explain", "unit", "childrens-families", "--on", "2016-04-01", "--format",
                    "json", workspace=workspace)
    tap.equal("a directorate as it is", [unit["code"] for unit in json.loads(out)["as_is"]],
              ["people"])
    _, out, _ = run("explain", "unit", "people", "--on", "2011-01-01", "--format", "json",
                    workspace=workspace)
    tap.check("and as it was", "childrens-services" in
              [unit["code"] for unit in json.loads(out)["as_was"]], out)


def check_own_rules(tap, workspace):
    """An authority's own bounds stand in the workspace, and win; a file that is wrong is named with its row."""
    words = ("explain", "rating", "--measure", "bame-employees", "--unit", "council", "--period", "2012-13-Q1")
    tap.check("the program's bounds at first", "Low Green" in run(*words, workspace=workspace)[1])
    os.mkdir(os.path.join(workspace, "rules"))
    own = os.path.join(workspace, "rules", "rating_scales.csv")
    with open(os.path.join(ROOT, "rules", "rating_scales.csv"), encoding="utf-8") as file:
        text = file.read()
    with open(own, "w", encoding="utf-8") as file:
        file.write(text.replace("high-green,5,1", "high-green,3,1"))
    code, out, err = run(*words, workspace=workspace)
    tap.check("3.15% above is High Green where the workspace says from 3%", code == 0 and "High Green" in out, out + err)
    with open(own, "w", encoding="utf-8") as file:
        file.write(text.replace("high-green,5,1", "high-green,five,1"))
    code, out, err = run(*words, workspace=workspace)
    tap.check("a bound that is no number is named with file and row", code == 3 and not out
              and err.startswith("dueregard: rules/rating_scales.csv, row 2:") and len(err.splitlines()) == 1, err)
    os.unlink(own)


def main():
    tap = Tap()
    check_dates(tap)
    with Folder() as folder:
        workspace = demo(folder)
        check_ratings(tap, workspace)
        check_units(tap, workspace)
        check_own_rules(tap, workspace)
    tap.end()


main()
