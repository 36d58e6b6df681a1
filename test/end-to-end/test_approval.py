"""What two people decide: roles that reach people's data or the accounts, and one person's record."""
import json
import os
import re
import sqlite3
from contextlib import closing

from harness import Folder, Tap, demo, run
from test_second_factor import START, at, choose, make, signed_in

NUMBER = "QX-40711"
HOUR = 3600


def extract(folder):
    path = os.path.join(folder, "staff.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Employee number,Sex,Directorate,Start date\n")
        for number in range(30):
            file.write(f"{NUMBER if number == 7 else f'E-{number:05d}'},{'Female' if number % 2 else 'Male'},"
                       f"Housing,01/04/2015\n")
    return path


def decide(browser, number, decision):
    browser.get("/account")  # which always has a form, and so its token
    return browser.send(f"/approvals/{number}", {"decision": decision})


def waiting(browser):
    """The numbers of what waits for that person, and of what they asked for."""
    page = browser.get("/approvals").body
    theirs, own = page.split("You asked for")
    return [re.findall(r'action="/approvals/(\d+)"', part) for part in (theirs, own)]


def grant(browser, code, role):
    browser.get(f"/accounts/{code}")
    return browser.send(f"/accounts/{code}/roles", {"role": role, "unit": "", "valid_from": "", "valid_to": ""})


def roles(workspace):
    return run("account", "list", workspace=workspace, environment={"SOURCE_DATE_EPOCH": str(START)})[1]


def check_roles(tap, workspace, server):
    ada, bea, hal = (signed_in(server, code) for code in ("ada", "bea", "hal"))
    tap.check("other roles one administrator grants", "role-granted" in grant(ada, "sam", "auditor").location)
    page = grant(ada, "sam", "hr-data-officer")
    tap.check("one that reaches people's data waits", "role-asked" in page.location, page.text())
    text = ada.get(page.location).text()
    tap.check("which is said, and nothing is granted", "another administrator has to approve" in text and
              "sam Made-Up" in text and "hr-data-officer" not in roles(workspace).split("sam ")[1].split("\n")[0], text)
    _, (number,) = waiting(ada)
    page = decide(ada, number, "approve")
    tap.equal("nobody approves what they asked for", page.status, 403)
    tap.equal("nor does who has not the right", decide(hal, number, "approve").status, 403)
    tap.equal("who sees nothing of it", waiting(hal), [[], []])
    page = bea.get("/work")
    tap.check("the other administrator has it in their work", "ada asks for what two people decide" in page.text() and
              'href="/approvals"' in page.body, page.text())
    page = bea.get("/approvals")
    tap.check("and reads what it is", "HR data officer" in page.text() and "sam Made-Up" in page.text() and
              "the whole authority" in page.text() and "ada" in page.text(), page.text())
    page = decide(bea, number, "approve")
    tap.check("approved, the role is granted", "done=approved" in page.location and
              re.search(r"^sam .*\n?.*hr-data-officer", roles(workspace), re.M), roles(workspace))
    tap.equal("once", decide(bea, number, "approve").status, 409)
    grant(bea, "ada", "hr-data-officer")
    (for_ada, _), (_, (number,)) = waiting(ada), waiting(bea)
    tap.equal("who gets a role does not decide for it", (for_ada, decide(ada, number, "approve").status), ([], 403))
    tap.equal("and nobody refuses what is for others", decide(hal, number, "refuse").status, 403)
    page = decide(bea, number, "refuse")
    tap.check("what one asked for is taken back", page.status == 303 and waiting(bea) == [[], []], page.text())
    grant(ada, "sam", "administrator")
    _, (number,) = waiting(ada)
    decide(bea, number, "refuse")
    tap.check("what is refused is not granted", "administrator" not in
              "".join(re.findall(r"^sam .*(?:\n +.*)*", roles(workspace), re.M)) and waiting(ada) == [[], []],
              roles(workspace))
    ada.get("/accounts/bea")
    tap.equal("nobody takes over the second person's account by a link", ada.send("/accounts/bea/invite", {}).status, 403)
    code, out, err = run("account", "grant", "sam", "administrator", "--as", "ada", workspace=workspace,
                         environment={"SOURCE_DATE_EPOCH": str(START)})
    tap.check("on the command line it waits too", code == 0 and "two people" in out and
              len(waiting(ada)[1]) == 1, out + err)
    _, (number,) = waiting(ada)
    return number


def check_age(tap, workspace, number):
    with at(workspace, START + 15 * 24 * HOUR) as server:
        bea = signed_in(server, "bea")
        tap.equal("what has waited too long is not shown", waiting(bea), [[], []])
        tap.equal("and not decided", decide(bea, number, "approve").status, 409)


def take(browser, number=NUMBER):
    browser.get("/people/march/record")
    return browser.send("/people/march/record/file", {"taken": number})


def ask(browser):
    browser.get("/people/march/record")
    return browser.send("/people/march/record", {"number": NUMBER, "reason": "asked for by the person"})


def check_record(tap, workspace, server):
    hal, hana, ada = (signed_in(server, code) for code in ("hal", "hana", "ada"))
    tap.equal("an administrator does not come near a record", ada.get("/people/march/record").status, 403)
    page = take(hal)
    tap.check("no record is given out unasked", page.status == 200 and "approved for you" in page.text() and
              "Female" not in page.body, page.text())
    hal.get("/people/march/record")
    page = hal.send("/people/march/record", {"number": "", "reason": ""})
    tap.check("a reason is wanted", page.body.count("govuk-error-message") == 2, page.text())
    page = ask(hal)
    tap.check("one asks, with a reason", "approval-asked" in page.location, page.text())
    tap.check("and waits", "approved for you" in take(hal).text())
    tap.check("the command line waits too", run("snapshot", "subject", "march", "--as", "hal", "--key", NUMBER,
                                                workspace=workspace)[0] == 1)
    _, (number,) = waiting(hal)
    tap.equal("nobody approves their own", decide(hal, number, "approve").status, 403)
    tap.check("another has it in their work, with the reason", "asks for what two people decide" in
              hana.get("/work").text() and "asked for by the person" in hana.get("/approvals").text())
    tap.check("approved, the other does not get it", "done=approved" in decide(hana, number, "approve").location and
              "approved for you" in take(hana).text())
    tap.check("who asked is told", "A record is approved" in hal.get("/work").text(), hal.get("/work").text())
    tap.check("another's number is not what was approved", "approved for you" in take(hal, "E-00003").text())
    page = take(hal)
    tap.check("the record is given out", page.status == 200 and "attachment" in page.headers["Content-Disposition"] and
              len(json.loads(page.body)["records"]) == 1, page.body[:300])
    tap.check("once", "approved for you" in take(hal).text())
    ask(hal)
    _, (number,) = waiting(hal)
    decide(hana, number, "approve")


def check_record_age(tap, workspace):
    with at(workspace, START + 25 * HOUR) as server:
        hal = signed_in(server, "hal")
        tap.check("an approval that was not used in a day is none", "approved for you" in take(hal).text())
    code, out, _ = run("snapshot", "subject", "march", "--key", NUMBER, workspace=workspace)
    tap.check("the owner of the files needs nobody", code == 0 and len(json.loads(out)["records"]) == 1, out)
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store:
        events = {row for row in store.execute("SELECT who, operation FROM audit_event")}
        words = "\n".join(store.iterdump())
    tap.check("each step is an event", {("ada", "grant-role"), ("bea", "approve"), ("bea", "refuse"),
              ("hal", "ask-approval"), ("hana", "approve"), ("hal", "snapshot-subject")} <= events, sorted(events))
    tap.check("the number stands nowhere", NUMBER not in words)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        code, out, err = run("snapshot", "import", "march", extract(folder), "--on", "2026-03-31", workspace=workspace)
        tap.check("an extract is sealed", code == 0, out + err)
        invitations = [make(workspace, code, role) for code, role in (
            ("ada", "administrator"), ("bea", "administrator"), ("hal", "hr-data-officer"), ("hana", "hr-data-officer"),
            ("sam", None))]
        with at(workspace, START) as server:
            for invitation in invitations:
                choose(server, invitation)
            number = check_roles(tap, workspace, server)
            check_record(tap, workspace, server)
        check_record_age(tap, workspace)
        check_age(tap, workspace, number)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


if __name__ == "__main__":
    main()
