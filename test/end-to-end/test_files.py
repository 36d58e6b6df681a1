"""The files that pages offer: the same rows as CSV and as ODS, and as many as the page says."""
import csv
import http.client
import io
import json
import os
import re
import xml.etree.ElementTree as tree
import zipfile

import extracts
from browser import Server
from harness import Folder, Tap, demo, run

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"




def fetch(port, path, cookies=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in (cookies or {}).items())})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def rows_of_csv(data):
    return [row for row in csv.reader(io.StringIO(data.decode("utf-8")))]


def rows_of_ods(data):
    """The first sheet's cells as they are shown; a cell that repeats counts as often."""
    content = tree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
    rows = []
    for row in content.iter(TABLE + "table-row"):
        cells = []
        for cell in row.iter(TABLE + "table-cell"):
            words = "\n".join("".join(part.itertext()) for part in cell.iter(TEXT + "p"))
            cells += [words] * int(cell.get(TABLE + "number-columns-repeated", "1"))
        rows.append(cells)
    return rows


def check_people(tap, folder, workspace, server):
    """The tables of the charts of people: profile, pay gaps, the workforce over time."""
    extract = os.path.join(folder, "staff.csv")
    extracts.write(extract, extracts.make(5, 400))
    for code, day in (("first", "2025-03-31"), ("second", "2026-03-31")):
        run("snapshot", "import", code, extract, "--on", day, "--title", code, workspace=workspace)
    browser = server.enter("hr-data-officer")
    cookies = browser.cookies
    rows = "".join(f"P{number},{'FM'[number % 2]},{2000 + number},,{30 + number % 7},{20 + number % 5}\n" for number in range(40))
    fields = {"taken_on": "31/3/2024", "snapshot_title": "Weeks", "code": "weeks", "week_hours": "Latest/Before"}
    browser.get("/people/import")
    answer = browser.send_file("/people/import", {**fields, "act": "check"}, "file", "weeks.csv",
                               f"Staff number,Sex,Monthly pay,Weekly hours,Latest,Before\n{rows}")
    tap.check("hours of weeks are told before they are sealed",
              "average of their latest weeks worked: 40" in answer.text(), answer.text()[:600])
    held = re.search(r'name="held" value="([^"]+)"', answer.body)[1]
    answer = browser.send_file("/people/import", {**fields, "held": held, "held_name": "weeks.csv", "act": "seal"}, "none", "", "")
    tap.equal("and sealed", (answer.status, answer.location), (303, "/people/weeks?done=snapshot-sealed"))
    tap.check("so that pay is by the hour", "divided by the hours of" in browser.get("/people/weeks/pay").text(),
              browser.last.text()[:900])
    for name, query in (("/people/second/profile", "?benchmark=harrow-2021"), ("/people/second/pay", "?by=ethnicity"),
                        ("/people/second/pay", ""), ("/people/trend", "?by=sex")):
        status, data = fetch(server.port, f"{name}.csv{query}", cookies)
        as_csv = rows_of_csv(data)
        tap.check(f"{name}.csv{query} has rows of one length", status == 200 and len(as_csv) > 2 and
                  len({len(row) for row in as_csv}) == 1, (status, as_csv[:3]))
        status, data = fetch(server.port, f"{name}.ods{query}", cookies)
        tap.equal(f"{name}.ods{query} has the same rows", rows_of_ods(data) if status == 200 else status, as_csv)
        tap.check(f"{name}.ods is for nobody who has not signed in", fetch(server.port, f"{name}.ods")[0] in (303, 401, 403),
                  fetch(server.port, f"{name}.ods")[0])
    profile = list(csv.DictReader(io.StringIO(fetch(server.port, "/people/second/profile.csv", cookies)[1].decode())))
    women = next(row for row in profile if row["characteristic"] == "sex" and row["code"] == "F")
    counted = run("snapshot", "count", "second", "sex", workspace=workspace)[1]
    check_years(tap, workspace, browser)
    tap.check("the profile's file has the counts of the command", f"F,{women['people']}\r\n" in counted, (women, counted))


def check_years(tap, workspace, browser):
    """Small numbers of two years put together, and weights of a survey, on the page of outcomes."""
    def counted(code, table):
        out = run("snapshot", "count", code, table, workspace=workspace)[1]
        return {tuple(row[:-1]): int(row[-1]) for row in list(csv.reader(io.StringIO(out)))[1:]}

    fields = {"by": "sex", "groups": "broad", "metric": "likelihood", "outcome": "Directorate=Place"}
    browser.get("/people/second/outcomes")
    text = browser.send_file("/people/second/outcomes", {**fields, "with": "first"}, "none", "", "").text()
    years = [counted(code, "sex*unit-1") for code in ("first", "second")]
    women = sum(count for year in years for key, count in year.items() if key[0] == "F")
    there = sum(year[("F", "Place")] for year in years)
    tap.check("two years stand together", "Years together: 2." in text and f"Women {women} {there} " in text,
              (women, there, text[:900]))
    browser.get("/people/second/outcomes")
    text = browser.send_file("/people/second/outcomes", {**fields, "with": "second"}, "none", "", "").text()
    tap.check("a year once alone", "Choose each snapshot once" in text, text[:600])
    browser.get("/people/second/outcomes")
    text = browser.send_file("/people/second/outcomes", {**fields, "outcome": "", "with": "first"}, "cases", "cases.csv",
                             "Staff number\nE1\n").text()
    tap.check("years are not put together for a file of cases", "not for a file of cases" in text, text[:600])
    survey = "".join(f"{'FM'[n % 2]},{'Agree' if n % 3 else 'Disagree'},{1 + n % 4}.5\n" for n in range(80))
    fields = {"taken_on": "31/3/2024", "snapshot_title": "Survey", "code": "survey"}
    browser.get("/people/import")
    answer = browser.send_file("/people/import", {**fields, "act": "check"}, "file", "survey.csv",
                               f"Sex,Working pattern,Weight\n{survey}")
    held = re.search(r'name="held" value="([^"]+)"', answer.body)[1]
    browser.send_file("/people/import", {**fields, "held": held, "held_name": "survey.csv", "act": "seal"}, "none", "", "")
    browser.get("/people/survey/outcomes")
    text = browser.send_file("/people/survey/outcomes", {"by": "sex", "groups": "broad", "metric": "likelihood",
                                                         "outcome": "Working pattern=Agree"}, "none", "", "").text()
    women = [(n, 1.5 + n % 4) for n in range(80) if n % 2 == 0]
    share = 100 * sum(weight for n, weight in women if n % 3) / sum(weight for _, weight in women)
    tap.check("a survey's weights give weighted shares", "Weighted share and 95% interval" in text and
              f"{share:.1f}% (" in text, (share, text[:900]))


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        with Server(workspace) as server:
            for name, least in (("/scorecard/ratings", 70), ("/measures/short-breaks/values", 2)):
                status, data = fetch(server.port, f"{name}.csv")
                as_csv = rows_of_csv(data)
                tap.equal(f"{name}.csv answers", status, 200)
                tap.check(f"{name}.csv has rows of one length",
                          len(as_csv) > least and len({len(row) for row in as_csv}) == 1, as_csv[:3])
                status, data = fetch(server.port, f"{name}.ods")
                as_ods = rows_of_ods(data)
                tap.equal(f"{name}.ods has the same rows", as_ods, as_csv)
            status, data = fetch(server.port, "/scorecard/ratings.csv")
            ratings = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
            bame = [row for row in ratings if row["measure"] == "bame-employees"][0]
            tap.equal("a rating is told as declared and as computed",
                      (bame["value"], bame["declared"], bame["computed"]), ("40.23%", "A", "LG"))
            for query in ("", "?due=ended&lead=vacant", "?status=no-such"):
                found = len(rows_of_csv(fetch(server.port, f"/actions.csv{query}")[1])) - 1
                mark = "&" if query else "?"
                told = json.loads(fetch(server.port, f"/actions{query}{mark}format=json")[1])["total"]
                tap.equal(f"/actions.csv{query} has as many actions as the page says", found, told)
            tap.equal("a period that is none has no file",
                      fetch(server.port, "/scorecard/ratings.csv?period=nonsense")[0], 404)
            check_people(tap, folder, workspace, server)
    tap.end()


main()
