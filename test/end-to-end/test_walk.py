"""Every page × every role: what is locked says why and who can unlock it.

Each role walks all pages of the table of routes. Where a page is refused, it names the permission that is
missing, who has it and who grants it, and tells nothing of what it keeps. Where a page lacks a form or a way
that another role finds there, it says who can do that; the sentence names the role, and its holder where there
is one.
"""
import html.parser
import json
import os
import re

from browser import Server
from harness import ROOT, Folder, Tap, demo, run

PERIOD, UNIT = "2012-13-Q2", "place-shaping"
WHICH = ["--period", PERIOD, "--unit", UNIT]
# A role for one unit, where the table of permissions lets it reach no further.
UNITS = {"contributor": "place-shaping", "directorate-lead": "place-shaping", "action-owner": "corporate-resources"}
OPEN = {"RIGHT_PUBLIC", "RIGHT_READ", "RIGHT_SIGNED_IN", "RIGHT_COMMENT_READ"}
# Files, what programs ask for, and links that are good once: no page that could be locked.
ELSEWHERE = re.compile(r"\.(csv|ods|json)$|^/assets/|/files/|^/(health|ready|metrics|api)|\{token\}|/\{name\}$"
                       r"|^/sign-in|^/people/\{code\}|^/releases/\{code\}|\{action\}")
# A policy officer's own accounts and sessions are everybody's own, and differ by nothing but the person.
PERSONAL = ("/work", "/account", "/search", "/sign-in", "/")


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def table():
    """Pattern and right of each page, in the table's order."""
    rows = re.findall(r'REQUEST_GET,\s*"([^"]+)",\s*(RIGHT_\w+)', read("src/web/routes.c"))
    return [(pattern, right) for pattern, right in rows if not ELSEWHERE.search(pattern)]


def rights():
    """Right → its title, and the roles that have it, from the table of permissions."""
    text = read("src/service/permission.c")
    roles = dict(re.findall(r'\[(ROLE_\w+)\] = \{\s*"[\w-]+",\s*"([^"]+)"', text))
    found = {}
    for name, rest in re.findall(r"\[(RIGHT_\w+)\] = \{(.*?)\} \}", text, re.S):
        title = re.search(r'"[\w-]+",\s*"([^"]+)"', rest).group(1)
        found[name] = (title, [roles[role] for role in re.findall(r"\[(ROLE_\w+)\]", rest)])
    return found


class Page(html.parser.HTMLParser):
    """What can be done on a page, by forms and ways, and what it says of what cannot."""

    def __init__(self, path, text, patterns):
        super().__init__()
        self.path, self.patterns = path, patterns
        self.depth, self.doors, self.said, self.saying, self.text = 0, set(), [], False, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        self.depth += tag == "main"
        if not self.depth:
            return
        if tag == "form" and own.get("method") == "post":
            self.doors.add(("form", own.get("action") or self.path))
        href = (own.get("href") or "").split("?")[0].split("#")[0]
        if tag == "a" and href.startswith("/") and self.is_locked(href):
            self.doors.add(("way", href))
        if tag == "p" and "app-who-can" in own.get("class", ""):
            self.said.append("")
            self.saying = True

    def handle_endtag(self, tag):
        self.depth -= tag == "main"
        if tag == "p":
            self.saying = False

    def handle_data(self, data):
        if self.depth:
            self.text.append(data)
        if self.saying:
            self.said[-1] += data

    def is_locked(self, href):
        """Whether the way leads to a page that not everybody may open."""
        for pattern, right in self.patterns:
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), href):
                return right not in OPEN
        return False

    def words(self):
        return " ".join("".join(self.text).split())


def submit(folder, workspace):
    """A return of the next quarter, without a value in any row, for a reason."""
    run("return", "open", "--period", PERIOD, workspace=workspace)
    sheet = json.loads(run("return", "show", *WHICH, "--format", "json", workspace=workspace)[1])
    path = os.path.join(folder, "sent.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Row,Missing because\n" + "".join(f"{row['reference']},awaited\n" for row in sheet["rows"]))
    run("return", "take", path, *WHICH, workspace=workspace)
    return run("return", "submit", *WHICH, workspace=workspace)


def paths_of(pattern, addresses):
    if "{" not in pattern:
        return [pattern]
    return [path.split("?")[0] for path in addresses.get(pattern, [])]


def check_refusal(tap, name, page, title, roles):
    words = page.words()
    if "This needs the right" in words:  # the service knows which records a role reaches
        sentence = f'This needs the right "{title}", which these roles have: {", ".join(roles)}. '
        tap.check(f"{name} says what is missing and who has it", sentence + "An administrator grants roles." in words,
                  words)
        return
    said = " ".join(page.said)
    tap.check(f"{name} names the permission that is missing", f"missing: {title}." in words, words[:600])
    tap.check(f"{name} says who has it", "Who can:" in said and all(role in said for role in roles), said)
    tap.check(f"{name} says who grants it", "An administrator grants roles. Today that is: administrator Made-Up."
              in words, words[:600])


def check_locked(tap, name, page, missing):
    said = " ".join(" ".join(page.said).split())
    tap.check(f"{name} says who can do what it does not offer", re.search(r"\. Who can: \w+ ?\w*", said),
              f"{sorted(missing)[:4]} are not offered; it says: {said or 'nothing'}")


def walk(tap, people, patterns, addresses, titles):
    for pattern, right in patterns:
        for path in paths_of(pattern, addresses):
            seen = {}
            for role, browser in people.items():
                answer = browser.get(path)
                while answer.status == 303:
                    answer = browser.get(answer.location)
                seen[role] = (answer.status, Page(path, answer.body, patterns))
            doors = set().union(*(page.doors for status, page in seen.values() if status == 200))
            for role, (status, page) in seen.items():
                name = f"{path} as {role}"
                if status == 403:
                    check_refusal(tap, name, page, *titles[right])
                elif status == 200 and path not in PERSONAL and doors - page.doors:
                    check_locked(tap, name, page, doors - page.doors)
                elif status not in (200, 404):
                    tap.equal(f"{name} answers", status, 200)


def check_silence(tap, people):
    """What is kept is not told: not even whether it is there."""
    contributor = people["contributor"]
    for there, not_there in [("/accounts/administrator", "/accounts/nobody"), ("/audit/1", "/audit/999999")]:
        tap.equal(f"{there} is refused like what is not there", contributor.get(there).text(),
                  contributor.get(not_there).text())


def check_return(tap, people):
    """The return's own locks name the person: submitted, approved, frozen."""
    lead, officer = "directorate-lead Made-Up", "policy-officer Made-Up"
    home = f"/returns/{PERIOD}/{UNIT}"
    contributor, chair = people["contributor"], people["directorate-lead"]
    for step, by, name in [(None, None, lead), ("approve", chair, officer),
                           ("freeze", people["policy-officer"], officer)]:
        if step:
            by.get(f"{home}/steps/{step}")
            answer = by.send(f"{home}/steps/{step}", {"reason": "The figures stand as they are."})
            tap.check(f"a return is taken on: {step}", answer.status == 303, (answer.status, answer.text()[:900]))
        for path in [home, f"{home}/rows/5.1A", f"{home}/upload", f"{home}/scorecard"]:
            page = Page(path, contributor.get(path).body, [])
            said = " ".join(page.said)
            tap.check(f"after {step or 'submit'}, {path} names who takes it on", name in said,
                      said or page.words()[:400])
        answer = contributor.get(f"{home}/steps/revise" if step == "freeze" else f"{home}/steps/approve")
        tap.check(f"after {step or 'submit'} a step of others is refused, and who can take it is named",
                  answer.status == 403 and re.search(rf"Who can: [\w ]+\( {name} \)", answer.text()), answer.text())
        contributor.get("/account")
        answer = contributor.send(f"{home}/rows/5.1A", {"value_text": "7", "version": "1"})
        said = " ".join(Page("row", answer.body, []).said)
        tap.check(f"after {step or 'submit'} a row that was still open in a browser is not taken: by whom it is unlocked",
                  answer.status == 200 and name in said, (answer.status, said))


def check_not_locked(tap, workspace):
    """While a return is written nobody is named to unlock it: a step out of turn is just that."""
    with Server(workspace, "--quiet", "--demonstration", environment={"SOURCE_DATE_EPOCH": "1349092800"}) as server:
        path = next(path for name, path in server.links().items() if "policy" in name.lower())
        officer = server.browser()
        officer.get(path)
        officer.send(path, {})
        answer = officer.get(f"/returns/{PERIOD}/community-health-wellbeing/steps/freeze")
        tap.check("a step out of turn is refused, and names nobody", answer.status == 403 and
                  "by now" in answer.text() and "Who can" not in answer.text(), answer.text())


def main():
    tap = Tap()
    patterns, titles = table(), rights()
    addresses = json.loads(read("test/support/page_addresses.json"))
    codes = re.findall(r"^\| `([\w-]+)` \w+.*\|.*\|.*\|", read("docs/permissions.md"), re.M)
    with Folder() as folder:
        workspace = demo(folder)
        code, _, err = submit(folder, workspace)
        tap.check("a second quarter is open, and one return of it submitted", code == 0, err)
        with Server(workspace, "--quiet") as server:
            people = {role: server.enter(role, unit=UNITS.get(role)) for role in codes}
            tap.check("every role walks", len(people) == 11 and len(patterns) > 40, (len(people), len(patterns)))
            walk(tap, people, patterns, addresses, titles)
            check_silence(tap, people)
            check_return(tap, people)
        check_not_locked(tap, workspace)
    tap.end()


main()
