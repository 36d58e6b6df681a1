"""Your work: what each role finds there, on which day, and that it is never empty without a sentence."""
import os
import re

from browser import PASSWORD, Server
from harness import Folder, Tap, demo, run

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
    "policy-officer": ["Open its returns", "The newest is of Quarter 1 2012/13. Red ratings", "Overdue actions"],
}


def check_roles(tap, workspace):
    with Server(workspace, "--quiet") as server:
        for role, wanted in FOUND.items():
            browser = server.enter(role, unit="corporate-resources" if role == "contributor" else None)
            words = browser.get("/work").text()
            missing = [one for one in wanted if one not in words]
            tap.check(f"{role} finds what they would look for", not missing, f"{missing} is not in {words}")
            tap.equal(f"the page says of {role} whether nothing needs them", NOTHING in words, role != "policy-officer")
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
    with Server(workspace, "--quiet") as server:
        browser = server.browser()
        browser.sign_in("contributor@example.invalid", PASSWORD)
        page = browser.get("/returns/2012-13-Q2/corporate-resources/steps/submit")
        tap.equal("what every row wants before it is submitted is said once, with a way to each of them",
                  (page.text().count("Give a value, the reason why there is none"), page.body.count("?check=1")), (1, 5))


def bring(workspace, folder, kind, *lines):
    path = os.path.join(folder, f"{kind}.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    code, out, err = run("import", kind, path, workspace=workspace)
    if code:
        raise RuntimeError(out + err)


def check_sponsor(tap, workspace, folder):
    """Who holds the post that sponsors an objective is told of it, and of what they have to decide; nobody else is."""
    bring(workspace, folder, "people", "code,name,email", "sponsor-one,Sponsor One,Answers@example.invalid")
    bring(workspace, folder, "posts", "code,title,unit,valid_from", "answers,Director who answers,council,2010-01-01")
    bring(workspace, folder, "appointments", "post,person,valid_from,valid_to", "answers,sponsor-one,2010-01-01,2030-12-31")
    bring(workspace, folder, "objectives", "code,Sponsor", "ceo-2012-1,answers", "edi-2020-1,answers")
    with Server(workspace, "--quiet") as server:
        browser = server.enter("sponsor", code="answers")
        text = browser.get("/work").text()
        own = text.split("Your objectives")[-1].split("What you may want")[0]
        tap.check("a sponsor finds their own objectives, with how each stands", "Your objectives" in text and
                  "Red in Quarter 1 2012/13, declared or computed: 1.5" in own and
                  "No measure of it is rated yet. Overdue actions:" in own, text)
        needs = text.split("Your objectives")[0]
        tap.check("and what they have to decide first", "What needs you now" in needs and
                  "Red in Quarter 1 2012/13 without a corrective action: 1.5" in needs, needs)
        tap.check("not those of others", "declared or computed: 3.1" not in text, text)
        page = browser.get("/objectives/ceo-2012-1").text()
        tap.check("the objective's page says who answers for it", "Executive sponsor: Director who answers" in page, page)
    digest = run("digest", "--preview", "answers", workspace=workspace)[1]
    tap.check("the digest says the same", "without a corrective action: 1.5" in " ".join(digest.split()), digest)
    bring(workspace, folder, "appointments", "post,person,valid_from,valid_to", "answers,sponsor-one,2010-01-01,2020-12-31")
    digest = run("digest", "--preview", "answers", workspace=workspace)[1]
    tap.check("who holds the post no more is told no more", "corrective action" not in digest, digest)


def check_notice(tap, workspace):
    """How early a new year is proposed is a rule of the workspace."""
    os.makedirs(os.path.join(workspace, "rules"), exist_ok=True)
    path = os.path.join(workspace, "rules", "plan_calendar.csv")
    for days, wanted in (("10", False), ("60", True), ("many", None)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"event,days_before,reason\nnew-year,{days},As the council has it\n")
        words = " ".join(preview(workspace, FEBRUARY_2027).split())
        if wanted is None:
            tap.check("days that are none are told with the file", "rules/plan_calendar.csv" in words, words)
        else:
            tap.equal(f"{days} days before its new year a scheme is " + ("named" if wanted else "not yet named"),
                      "Its new year begins on 1 April 2027." in words, wanted)
    os.remove(path)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        check_roles(tap, workspace)
        check_days(tap, workspace)
        check_notice(tap, workspace)
        check_sponsor(tap, workspace, folder)
    tap.end()


main()
