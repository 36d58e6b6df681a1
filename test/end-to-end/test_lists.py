"""Lists that are narrowed and ordered by links: each choice keeps its word on how many it leaves, is taken back by a
link, stays with order, pages and files, and an empty list says so. One mechanism, and so one test, for all of them."""
import csv
import html
import io
import json
import re

from browser import Server
from harness import Folder, Tap, demo, rows, run

PAGE = 50
# The list, its rows in JSON, the member that tells one row from another.
LISTS = (("/measures", "measures", "code"), ("/actions", "actions", "code"), ("/records/actions", "records", "key"),
         ("/records/measures", "records", "key"), ("/records/units", "records", "key"),
         ("/releases", "releases", "code"), ("/accounts", "accounts", "code"), ("/people", "snapshots", "code"))
OPENERS = {"/accounts": "administrator", "/people": "hr-data-officer", "/audit": "auditor"}


def choices(page):
    """Label → (address, count) of the filter's choices."""
    found = re.findall(r'<a class="govuk-link govuk-link--no-visited-state" href="([^"]+)"[^>]*>(?:<span[^>]*>)?([^<]+)'
                       r'(?:</span>)?</a> <span class="app-filter__count">\((\d+)\)', page)
    return {(label, html.unescape(address)): int(count) for address, label, count in found}


def sorts(page):
    """Address → aria-sort of the headings that order."""
    found = re.findall(r'aria-sort="(\w+)"><a [^>]*href="([^"]+)"', page)
    return {html.unescape(address): state for state, address in found}


def listed(browser, address, name):
    """All rows of a list, page by page."""
    seen, total = [], None
    for page in range(1, 100):
        mark = "&" if "?" in address else "?"
        model = json.loads(browser.get(f"{address}{mark}page={page}", Accept="application/json").body)
        seen += model[name]
        total = model["total"]
        if page >= model["pages"]:
            return seen, total
    raise RuntimeError("pages without end")


def check_list(tap, browser, path, name, key):
    page = browser.get(path).body
    every, total = listed(browser, path, name)
    keys = [row[key] for row in every]
    tap.check(f"{path} has every row once on its pages", total == len(every) == len(set(keys)), (total, len(every)))
    wrong = []
    for (label, address), count in choices(page).items():
        narrowed = browser.get(address).body
        left, told = listed(browser, address, name)
        back = re.search(r'<a class="app-filter__tag" href="([^"]+)"', narrowed)
        if not (count == len(left) == told and {row[key] for row in left} <= set(keys) and back and
                back.group(1) == path):
            wrong.append((label, count, len(left), told, back and back.group(1)))
    tap.equal(f"each choice of {path} leaves what it says, and is taken back by its tag", wrong, [])
    for address in sorts(page):
        up, down = listed(browser, address, name)[0], browser.get(address).body
        turned = [one for one, state in sorts(down).items() if state == "ascending"]
        falling = listed(browser, turned[0], name)[0]
        tap.check(f"{address} orders all rows, and the other way round", len(turned) == 1 and
                  sorted(row[key] for row in up) == sorted(row[key] for row in falling) == sorted(keys) and
                  (not re.search(r"=(code|title|words|name|email)$", address) or
                   [row[key] for row in up] == [row[key] for row in falling][::-1]))
    if every:
        facet = next((address for label, address in choices(page)), None)
        empty = facet and browser.get(re.sub(r"=[^&]*$", "=no-such", facet)).text()
        tap.check(f"what fits nothing in {path} says so, with the way back", empty is None or
                  "Clear all filters" in empty, empty)
    tap.equal(f"an order of {path} that there is not changes nothing",
              [row[key] for row in listed(browser, f"{path}?sort=nothing", name)[0]], keys)
    for bad in ("0", "-1", "x", "10001"):
        tap.equal(f"page {bad} of {path} is none", browser.get(f"{path}?page={bad}").status, 404)


def check_together(tap, browser, workspace):
    """Two choices, an order and the file of both."""
    every = rows("measures", workspace)
    wanted = sorted(row["code"] for row in every if row["kind"] == "count" and row["polarity"] == "higher")
    tap.equal("two choices narrow together", sorted(row["code"] for row in listed(
        browser, "/measures?kind=count&polarity=higher", "measures")[0]), wanted)
    ordered = [row["measureTitle"] for row in listed(browser, "/measures?kind=count&sort=title", "measures")[0]]
    tap.check("the order is by title, whatever the case", ordered == sorted(ordered, key=str.lower) and ordered, ordered)
    for path, name, key in (("/actions?status=not-started&sort=-code", "actions", "code"),
                            ("/records/actions?objective=ses-2011-1&sort=code", "records", "key")):
        page = browser.get(path).body
        found = html.unescape(re.search(r'href="([^"]+\.csv[^"]*)"', page).group(1))
        told = [row[0] for row in csv.reader(io.StringIO(browser.get(found).body))][1:]
        left = [row[key] for row in listed(browser, path, name)[0]]
        tap.check(f"the file of {path} has the same rows in the same order", told == left and len(left) > 1,
                  (found, told[:3], left[:3]))
    long = browser.get("/records/actions?sort=-words")
    following = html.unescape(re.search(r'href="([^"]+)" rel="next"', long.body).group(1))
    tap.check("the order stays from page to page", "sort=-words" in following and "page=2" in following, following)


def check_audit(tap, browser):
    page = browser.get("/audit").body
    wrong = []
    for (label, address), count in choices(page).items():
        told = browser.get(address.replace("/audit?", "/audit.csv?")).body
        # Each look adds an event of its own to those that were counted.
        if not 0 <= len(told.splitlines()) - 1 - count <= 60:
            wrong.append((label, count, len(told.splitlines()) - 1))
        if "import" in address and len(told.splitlines()) - 1 != count:
            wrong.append((label, count, len(told.splitlines()) - 1))
    tap.check("each choice of the audit leaves what it says, in its file too", not wrong and len(choices(page)) > 3, wrong)
    tap.check("what was done stands there in words", "Brought in a file" in page and ">import<" not in page)
    both = browser.get("/audit?operation=import&from=1+April+2000")
    kept = re.search(r'name="operation" value="import"', both.body)
    tap.check("the days keep the choice, and the choices the days", kept and
              all("from=1+April+2000" in address for _, address in choices(both.body)), choices(both.body))
    older = html.unescape(re.search(r'href="(/audit\?[^"]*before=\d+)"', both.body).group(1))
    tap.check("so do older events", "operation=import" in older and browser.get(older).status == 200, older)
    wrong = browser.get("/audit?from=soon")
    tap.check("a day that is none is told", "The day must be a date" in wrong.text())


def add_rows(workspace, folder):
    """More accounts than stand on one page."""
    for number in range(2):
        run("account", "add", f"spare-{number}", "--name", f"Spare {number}", "--email", f"s{number}@example.invalid",
            workspace=workspace)
    released = f"{folder}/released.csv"
    with open(released, "w", encoding="utf-8") as file:
        file.write("table,sex,count,count_mark\nt1,All,2000,\nt1,Female,1200,\nt1,Male,800,\n")
    for number in (1, 2):
        run("ledger", "add", released, "--release", f"staff-q{number}", "--population", "council", "--period",
            f"2012-13-Q{number}", workspace=workspace)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        add_rows(workspace, folder)
        with Server(workspace, "--quiet") as server:
            people = {role: server.enter(role) for role in set(OPENERS.values())}
            for path, name, key in LISTS:
                check_list(tap, people.get(OPENERS.get(path)) or server.browser(), path, name, key)
            check_together(tap, server.browser(), workspace)
            check_audit(tap, people["auditor"])
            found = people["administrator"].get("/accounts.csv?role=auditor").body
            tap.check("the accounts of one role come as a file", found.startswith("code,name,email,status,roles,units") and
                      len(found.splitlines()) == 2 and "auditor@example.invalid" in found, found)
    tap.end()


main()
