"""dueregard paygap on public extracts that Debian packages: the earnings survey of r-cran-laeken with
that package's own gpg(), and the many ties of r-cran-aer's CPSSW8."""
import csv
import json
import os
import subprocess
from fractions import Fraction as F

from harness import Folder, Tap, run
from pay_figures import bands_of, gap, half_away, mean, median, printed, top_of

LAEKEN = """
suppressMessages(library(laeken)); data(ses)
write.csv(ses[, c("sex", "earningsHour", "NACE1")], commandArgs(TRUE)[1], row.names = FALSE)
cat(gpg("earningsHour", "sex", data = ses)$value,
    gpg("earningsHour", "sex", data = ses, method = "median")$value)
"""
AER = """
data("CPSSW8", package = "AER")
write.csv(CPSSW8[, c("gender", "earnings", "region")], commandArgs(TRUE)[1], row.names = FALSE)
"""


def extract(script, path):
    """Runs R, which writes the extract; what it printed."""
    return subprocess.run(["Rscript", "-e", script, path], capture_output=True, check=True,
                          timeout=300).stdout.decode()


def people_of(path, pay):
    """(rate, sex) as the program reads it: six decimals, rounded half away from zero."""
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sex = row.get("sex", row.get("gender"))
            yield (F(half_away(F(row[pay]), 10**6), 10**6), {"male": "M", "female": "F"}[sex])


def check_figures(tap, name, found, people):
    men = [rate for rate, sex in people if sex == "M"]
    women = [rate for rate, sex in people if sex == "F"]
    tap.equal(f"{name}: mean and median", (found["mean_gap"], found["median_gap"]),
              (gap(men, women, mean), gap(men, women, median)))
    rated = [(half_away(rate, 100), sex) for rate, sex in people]
    tap.equal(f"{name}: quarters and what ties leave open",
              [[q["men"], q["women"], q["range"]["men"]["least"], q["range"]["men"]["most"]]
               for q in found["quarters"]], bands_of(rated))
    count, taken, top_men = top_of([(pence, F(1), sex) for pence, sex in rated])
    tap.equal(f"{name}: top 5%", (found["top_5_percent"]["people"],
                                  found["top_5_percent"]["men_percent"]),
              (count, printed(top_men / taken * 100)))


def paygap(*words):
    code, out, err = run("paygap", *words, "--format", "json")
    if code:
        raise RuntimeError(err)
    return json.loads(out)


def main():
    tap = Tap()
    with Folder() as folder:
        path = os.path.join(folder, "ses.csv")
        answer = extract(LAEKEN, path)
        found = paygap(path, "--column", "pay-hourly=earningsHour", "--unit", "NACE1")
        tap.equal("gpg() of r-cran-laeken gives the same", [found["mean_gap"], found["median_gap"]],
                  [printed(F(value) * 100) for value in answer.split()])
        check_figures(tap, "ses", found, list(people_of(path, "earningsHour")))
        tap.equal("units add up to everybody",
                  sum(u["population"]["women"] for u in found["units"]), found["population"]["women"])
        path = os.path.join(folder, "cpssw8.csv")
        extract(AER, path)
        found = paygap(path, "--column", "pay-hourly=earnings", "--column", "sex=gender")
        check_figures(tap, "CPSSW8", found, list(people_of(path, "earnings")))
    tap.end()


main()
