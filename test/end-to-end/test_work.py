"""Your work: what each role finds there, on which day, and that it is never empty without a sentence."""
import re

from browser import Server
from harness import Folder, Tap, demo, run

PASSWORD = "umbrella violet canyon 7"
SEPTEMBER_2012, OCTOBER_2012, FEBRUARY_2027 = "1347962400", "1349258400", "1801562400"
NOTHING = "Nothing needs you now."
# What stands there by role, the first of each day's way of asking it.
FOUND = {
    "sponsor": ["Red in Quarter 1 2012/13, declared or computed: 1.5, 1.6, 1.7, 1.8, 1.9.", "Overdue actions",
                "Progress report"],
    "committee-member": ["The newest is of Quarter 1 2012/13. Red ratings", "Overdue actions"],
    "auditor": ["Who changed what", "Late in Quarter 1 2012/13: 6.", "Declared and computed rating differ"],
    "contributor": ["For Quarter 2 2012/13: by the calendar they open on 1 October 2012."],
    "administrator": ["Open, but without a password yet: "],
    "hr-data-officer": ["Progress report"],
    "action-owner": ["Progress report"],
}


def invite(workspace, role):
    unit = ["--unit", "corporate-resources"] if role == "contributor" else []
    words = run("account", "add", role, "--name", f"{role} Made-Up", "--email", f"{role}@example.invalid",
                workspace=workspace)[1]
    run("account", "grant", role, role, *unit, workspace=workspace)
    return re.search(r"/invitation/[\w-]{43}", words).group(0)


def enter(server, role, path):
    browser = server.browser()
    browser.get(path)
    browser.send(path, {"password": PASSWORD, "again": PASSWORD})
    browser.sign_in(f"{role}@example.invalid", PASSWORD)
    return browser


def check_roles(tap, workspace):
    paths = {role: invite(workspace, role) for role in FOUND}
    with Server(workspace, "--quiet") as server:
        for role, wanted in FOUND.items():
            browser = enter(server, role, paths[role])
            words = browser.get("/work").text()
            missing = [one for one in wanted if one not in words]
            tap.check(f"{role} finds what they would look for", not missing, f"{missing} is not in {words}")
            tap.check(f"nothing needs {role}, and the page says so", NOTHING in words, words)
            ways = set(re.findall(r'task-list__link" href="([^"]+)"', browser.last.body))
            shut = {way for way in ways if browser.get(way.replace("&amp;", "&")).status not in (200, 303)}
            tap.check(f"every way of {role} is open to them", ways and not shut, shut)


def preview(workspace, moment):
    """What the policy officer's digest says on that day: the same list as the page."""
    code, out, err = run("digest", "--preview", "officer", workspace=workspace,
                         environment={"SOURCE_DATE_EPOCH": moment})
    return out if code == 0 else err


def check_days(tap, workspace):
    for words in (["add", "officer", "--name", "Made Up", "--email", "officer@example.invalid"],
                  ["grant", "officer", "policy-officer"]):
        run("account", *words, workspace=workspace, environment={"SOURCE_DATE_EPOCH": SEPTEMBER_2012})
    before, after = preview(workspace, SEPTEMBER_2012), preview(workspace, OCTOBER_2012)
    tap.check("before its day the next period is not proposed", "Open its returns" not in before, before)
    tap.check("on its day it is, with the days of the calendar",
              "Open its returns: by the calendar they open on 1 October 2012. Opened today, they are due on "
              "31 October 2012." in " ".join(after.split()), after)
    winter = " ".join(preview(workspace, FEBRUARY_2027).split())
    tap.check("a new year is proposed when it is near, for a scheme that goes on",
              "Its new year begins on 1 April 2027." in winter and winter.count("Its new year begins") == 1, winter)
    run("return", "open", "--period", "2012-13-Q2", workspace=workspace,
        environment={"SOURCE_DATE_EPOCH": OCTOBER_2012})
    opened = preview(workspace, OCTOBER_2012)
    tap.check("once it is open nobody is asked again", "Open its returns" not in opened, opened)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        check_roles(tap, workspace)
        check_days(tap, workspace)
    tap.end()


main()
