"""Every page of the table of routes in Welsh, signed in and not, with no word left in English that is ours.

The workspace gets a catalogue in which every text of the program stands between marks, as its own translation.
Then whatever a page says must be marked, or stand in a part that says it is in English (what is on record), or
hold no words at all: a text that bypasses the catalogue is found wherever it comes from. The pages are found by
following links; each form found on the way is sent empty, then with nonsense, so that what is wrong is told in
Welsh too. A route of the table that nobody came to is a failure. That the Welsh itself is whole is checked in
the catalogue.
"""
import csv
import datetime
import io
import os
import re
import subprocess
import tempfile
import urllib.parse

from browser import Server
from harness import ROOT, Folder, Tap, demo, run
from welsh_page import CLOSE, OPEN, Page

AUTHORITY = "Harrow Council (demonstration)"
PASSWORD = "umbrella violet canyon 7"
EACH = 2  # addresses of one shape
FILES = re.compile(r"\.(csv|html|ods|odt|txt|xlsx|json|pdf)$|^/assets|/files/|/report/\{name\}$|^/reports/.*\{name\}$|^/(health|ready|metrics|api)")
# What needs codes from a telephone or another server: test_second_factor and test_single_sign_on go there.
ELSEWHERE = {"/sign-in/code", "/sign-in/single", "/sign-in/single/back", "/account/codes/off", "/account/prove/single"}
# Forms that end what the crawl needs.
LEFT_ALONE = ("/sign-out", "/account/sessions")
UNIT = "/returns/2012-13-Q2/childrens-families"
RETURN = ["/work", "/returns/2012-13-Q2/board", UNIT, f"{UNIT}/upload", f"{UNIT}/scorecard?all=1",
          f"{UNIT}/exception", f"{UNIT}/rows/1.3", f"{UNIT}/rows/1.3?check=yes", f"{UNIT}/steps/submit",
          f"{UNIT}/report", "/returns/2012-13-Q1/childrens-families"]
STARTS = RETURN + [
    "/account", "/account/codes", "/account/prove", "/accounts", "/accounts/new", "/audit", "/audit?who=nobody&from=x", "/handover",
    "/handover?from=demo-person-02", "/roll-over", "/roll-over/edi-2020/2027-28", "/roll-over/ceo-2012/2013-14",
    "/records/actions", "/records/posts", "/records/actions/new?objective=ses-2011-1", "/records/measures/new",
    "/records/actions/ses-2011-1-01", "/records/measures/bame-employees", "/records/units/place-shaping",
    "/records/targets/1", "/records/action-leads/1", "/comments/bame-employees/council/2012-13-Q1", "/shares", "/search?q=hate+crime",
    "/search?q=nothingofthekind", "/people", "/people/import", "/people/trend", "/people/staff-2012",
    "/people/staff-2012?benchmark=harrow-2021", "/people/staff-2012/pay", "/releases", "/releases/new"]


def entries():
    with open(os.path.join(ROOT, "locale", "cy.po"), encoding="utf-8") as file:
        return file.read().strip("\n").split("\n\n")


def mark(folder):
    """Each text of the program between marks as its own translation, as locale/cy.mo of the folder."""
    os.makedirs(os.path.join(folder, "locale"))
    head, *rest = entries()
    marked = []
    for entry in rest:
        words = re.search(r'^msgid "(.+)"$', entry, re.MULTILINE)[1]
        marked.append(f'msgid "{words}"\nmsgstr "{OPEN}{words}{CLOSE}"')
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        file.write("\n\n".join([head, *marked]) + "\n")
        file.flush()
        subprocess.run(["msgfmt", "-o", os.path.join(folder, "locale", "cy.mo"), file.name], check=True)


def check_catalogue(tap):
    """The Welsh is whole, and says as much as the English: each text has its translation with the same places."""
    empty, places = [], []
    for entry in entries()[1:]:
        words = re.search(r'^msgid "(.+)"$', entry, re.MULTILINE)
        welsh = re.search(r'^msgstr "(.+)"$', entry, re.MULTILINE)
        if not welsh:
            empty.append(words[1] if words else entry)
        elif sorted(set(re.findall(r"\{[^}]*\}", words[1]))) != sorted(set(re.findall(r"\{[^}]*\}", welsh[1]))):
            places.append(words[1])
    tap.equal("every text has its Welsh", empty[:20], [])
    tap.equal("with the same places in it", places, [])


def routes(method):
    with open(os.path.join(ROOT, "src", "web", "routes.c"), encoding="utf-8") as file:
        found = re.findall(r'\{ REQUEST_' + method + r',\s*"([^"]+)"([^}]*?)\.handle', file.read())
    return [pattern for pattern, _ in found if not FILES.search(pattern) and pattern not in ELSEWHERE]


def shape(address, patterns):
    """The route's pattern, and it with each thing that is asked for; None for none of ours."""
    path, _, query = address.partition("?")
    for pattern in sorted(patterns, key=lambda one: one.count("{")):
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(pattern)), path):
            return pattern, [(pattern, one.partition("=")[0]) for one in query.split("&")]
    return None, []


class Crawl:
    def __init__(self, tap, found):
        self.tap, self.found = tap, found
        self.gets, self.posts = routes("GET"), routes("POST")
        self.seen, self.sent = set(), set()
        self.day = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()

    def look(self, name, answer):
        page = Page(answer.body, AUTHORITY)
        for words in page.left:
            self.found.setdefault(words, set()).add(name)
        return page

    def walk(self, browser, starts):
        """Follows every link from the addresses; gives the forms on the way with the addresses of their pages."""
        waiting, known, shapes, forms = list(starts), set(starts), {}, []
        while waiting:
            address = waiting.pop(0)
            answer = browser.get("/cy" + (address if address != "/" else ""))
            if answer.status == 303:  # it only leads on
                self.seen.add(shape(address, self.gets)[0])
                answer = browser.get(answer.location)
            if answer.status != 200:
                self.found.setdefault(f"answers {answer.status}", set()).add(address)
                continue
            self.seen.add(shape(address, self.gets)[0])
            page = self.look(address, answer)
            self.check_language(address, page)
            forms += [(address, form) for form in page.forms if form.method == "post"]
            for link in self.links(page):
                asked = shape(link, self.gets)[1]
                if link not in known and any(shapes.get(one, 0) < EACH for one in asked):
                    known.add(link)
                    shapes.update({one: shapes.get(one, 0) + 1 for one in asked})
                    waiting.append(link)
        return forms

    @staticmethod
    def links(page):
        for link, language in sorted(page.links, key=str):
            if not language and not FILES.search(link.partition("?")[0]):
                yield link[3:] or "/"

    def check_language(self, address, page):
        if page.language != "cy" or "en" not in {language for _, language in page.links}:
            self.found.setdefault("does not say that it is Welsh, or lead to English", set()).add(address)
        for link, language in page.links:
            if not language and not link.startswith("/cy"):
                self.found.setdefault(f"leads to {link}", set()).add(address)

    def send(self, browser, forms, nonsense):
        """Sends each kind of form, and looks at what comes back, or at the page after it."""
        kinds = set()
        for address, form in forms:
            action = urllib.parse.urljoin("/cy" + address, form.action or "").removeprefix("/cy")
            kind = shape(action, self.posts)
            buttons = tuple(form.buttons)
            if not kind[0] or action.startswith(LEFT_ALONE) or (kind[0], buttons) in kinds:
                continue
            kinds.add((kind[0], buttons))
            for button in buttons or (None,):
                self.send_one(browser, address, action, form, button, nonsense)
            self.sent.add(kind[0])

    def send_one(self, browser, address, action, form, button, nonsense):
        browser.get("/cy" + address)
        fields = {name: value for name, value in form.hidden.items() if name != "token"}
        if nonsense:
            fields.update({name: nonsense for name in form.typed})
            fields.update({name: values[-1] for name, values in form.choices.items() if values})
        if button:
            fields[button[0]] = button[1]
        self.post(browser, action, fields)

    def post(self, browser, action, fields):
        """Sends a form of the page last seen, and looks at what comes of it."""
        answer = browser.send("/cy" + action, {name: fields[name] for name in fields if name != "token"})
        if answer.status == 303:
            answer = browser.get(answer.location)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            self.look(f"{action} {sorted(fields.items())[:3]}", answer)
        self.sent.add(shape(action, self.posts)[0])

    def post_forms(self, browser, address, fields, only):
        """Sends those forms of a page in whose address that stands."""
        for form in self.visit(browser, address).forms:
            if only in (form.action or ""):
                self.post(browser, form.action.removeprefix("/cy"), {**form.hidden, **fields})

    def visit(self, browser, address):
        self.seen.add(shape(address, self.gets)[0])
        return self.look(address, browser.get("/cy" + address))


def extract():
    """Made-up people: the ethnic group of the last is written in a way that no list knows."""
    groups = ["Indian", "White - British", "White - British", "Black African", "", "Prefer not to say", "Indain"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow("Staff number,Full name,Gender,Ethnic origin,Disability,Directorate,Annual Salary,Start date,"
                    "Shoe size".split(","))
    for index in range(240):
        writer.writerow([f"E{index}", f"Made Up {index}", "F" if index % 3 else "M", groups[index % 7],
                         "Yes" if index % 40 < 3 else "No", "Adults & Health" if index % 2 else "Place",
                         f"£{20 + index % 40}k", "13/04/2005", index])
    return text.getvalue()


def enter(crawl, server, workspace, code, *roles):
    """A browser of somebody with those roles, whose invitation is looked at on the way."""
    _, out, err = run("account", "add", code, "--name", f"{code} Made-Up", "--email", f"{code}@example.invalid",
                      workspace=workspace)
    path = re.search(r"/invitation/[\w-]{43}", out + err)[0]
    for role in roles:
        run("account", "grant", code, role, workspace=workspace)
    browser = server.browser()
    for typed in ({}, {"password": "x", "again": "y"}, {"password": PASSWORD, "again": PASSWORD}):
        crawl.visit(browser, path)
        crawl.post(browser, path, typed)
    browser.get("/cy/sign-in")
    browser.send("/cy/sign-in", {"email": f"{code}@example.invalid", "password": PASSWORD})
    return browser


def count_people(browser, crawl):
    """An extract is read, sealed and its tables released, each step looked at."""
    fields = {"taken_on": "31/3/2012", "snapshot_title": "Staff", "code": "staff-2012"}
    for act in ("check", "seal"):
        browser.get("/cy/people/import")
        answer = browser.send_file("/cy/people/import", {**fields, "act": act}, "file", "staff.csv", extract())
        page = crawl.look(f"/people/import ({act})",
                          browser.get(answer.location) if answer.status == 303 else answer)
        labels = [form for form in page.forms if form.action == "/cy/people/labels"]
        if labels:
            chosen = {name: values[-1] for name, values in labels[0].choices.items()}
            crawl.post(browser, "/people/labels", {**labels[0].hidden, **chosen})
    wanted = {"snapshot": "staff-2012", "tables": "ethnicity*sex\ndisability*unit-1", "profile": "public",
              "threshold": "", "code": "released", "period": "2012-03"}
    for act in ("show", "release"):
        browser.get("/cy/releases/new")
        crawl.post(browser, "/releases/new", {**wanted, "act": act})


def answer_requests(browser, crawl):
    """Answers to requests: one that tells of few people, one that prints a small count, one that goes on record."""
    about = {"population": "all staff", "period": "2012-03", "zeros": "shown"}
    crawl.visit(browser, "/releases/answer")
    for own in ({}, {"percentages": "16.13, 47.58, 1.61"}, {"percentages": "x", "code": "a b"},
                {"code": "foi", "table": "sex,count\n,40\nF,3\n"},
                {"code": "foi", "table": "sex,count\n,40\nF,21\n", "act": "release"}):
        browser.get("/cy/releases/answer")
        crawl.post(browser, "/releases/answer", {**about, **own})
    crawl.visit(browser, "/releases/foi")


def live(browser, sponsor, crawl):
    """What only a life brings forth: a comment to follow up, a roll-over sent back and approved,
    a link shared, what two people decide."""
    comments = "/comments/bame-employees/council/2012-13-Q1"
    crawl.visit(browser, comments)
    crawl.post(browser, comments, {"words": "Mind the base", "follow_up": "yes"})
    crawl.post_forms(browser, comments, {"answer": "Minded"}, only="/settled")
    crawl.visit(browser, "/shares")
    crawl.post(browser, "/shares", {"document": "q1", "for": "Made-up union", "to": crawl.day})
    made = re.search(r"/shared/[\w-]{43}", browser.last.body)
    crawl.visit(browser, made[0] if made else "/shared/none")
    record = "/people/staff-2012/record"
    crawl.visit(browser, record)
    crawl.post(browser, record, {"number": "E1", "reason": "They asked"})
    crawl.visit(browser, "/approvals")
    crawl.post_forms(sponsor, "/approvals", {"decision": "approve"}, only="/approvals/")
    crawl.visit(browser, "/approvals")
    crawl.visit(browser, record)
    crawl.post(browser, f"{record}/file", {"taken": "E1"})
    scheme = "/roll-over/ceo-2016/2027-28"
    page = crawl.visit(browser, scheme)
    for link in sorted(link for link, _ in page.links if f"{scheme}/actions/" in link or f"{scheme}/targets/" in link):
        crawl.visit(browser, link.removeprefix("/cy"))
        crawl.post(browser, link.removeprefix("/cy"), {"choice": "carry", "value": "50", "seen": "0"})
    crawl.post_forms(browser, scheme, {}, only="/submit")
    crawl.visit(browser, scheme)
    crawl.post_forms(sponsor, scheme, {"reason": "Say more"}, only="/send-back")
    crawl.post_forms(browser, scheme, {}, only="/submit")
    crawl.post_forms(sponsor, scheme, {}, only="/approve")
    crawl.visit(browser, scheme)


def prepare(tap, folder, workspace):
    code, _, err = run("return", "open", "--period", "2012-13-Q2", workspace=workspace)
    tap.equal("the returns of a quarter are open", (code, err), (0, ""))
    scorecard = os.path.join(folder, "scorecard.csv")
    with open(scorecard, "w", encoding="utf-8") as file:
        file.write("KPI,Q2 actual,Steer\nMeasure that is not ours,4,up\nFamilies taking up short breaks,12,up\n")
    code, _, err = run("return", "scorecard", scorecard, "--save", "--period", "2012-13-Q2", "--unit",
                       "childrens-families", workspace=workspace)
    tap.equal("and one is filled from a scorecard", (code, err), (0, ""))
    run("report", "progress", "--period", "2012-13-Q1", "--freeze", "q1", "--reason", "as published",
        workspace=workspace)


def walk_all(server, workspace, crawl):
    links = server.links()
    stranger = server.browser()
    forms = crawl.walk(stranger, ["/", "/sign-in", "/accessibility", links["Demonstration auditor"]])
    for lost in ("/invitation/", "/shared/"):
        crawl.look(lost, stranger.get("/cy" + lost + "x" * 43))
    crawl.send(stranger, forms, "?!")
    browser = enter(crawl, server, workspace, "olwen", "policy-officer", "hr-data-officer", "administrator", "auditor",
                    "contributor", "directorate-lead")
    sponsor = enter(crawl, server, workspace, "sven", "sponsor", "hr-data-officer")
    count_people(browser, crawl)
    answer_requests(browser, crawl)
    live(browser, sponsor, crawl)
    forms = crawl.walk(browser, STARTS)
    crawl.walk(enter(crawl, server, workspace, "nia"), ["/account", "/"])
    for nonsense in ("", "?!"):
        crawl.send(browser, forms, nonsense)
    crawl.walk(browser, ["/work", UNIT, "/accounts", "/shares", "/roll-over/edi-2020/2027-28"])
    for action in ("/account/prove", "/account/sessions", "/sign-out"):
        browser.get("/cy/account")
        crawl.post(browser, action, {"session": "others", "password": "?!"})


def main():
    tap = Tap()
    check_catalogue(tap)
    with Folder() as folder:
        workspace = demo(folder)
        mark(workspace)
        prepare(tap, folder, workspace)
        found = {}
        crawl = Crawl(tap, found)
        with Server(workspace, "--demonstration") as server:
            walk_all(server, workspace, crawl)
        for words, pages in sorted(found.items()):
            tap.check(f"no page says this in English: {words[:100]}", False, "\n".join(sorted(pages)[:5]))
        tap.equal("every page of the table was seen", sorted(set(crawl.gets) - crawl.seen), [])
        tap.equal("every form of the table was sent", sorted(set(crawl.posts) - crawl.sent), [])
        tap.check("and there are many", len(crawl.seen) > 50)
    tap.end()


main()
