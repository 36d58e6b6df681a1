"""Every page that is there in Welsh, with no word left in English that is ours.

The catalogue of the program, with a mark round every translation, stands in a workspace as its own.
Then whatever a page says must be marked, or stand in a part that says it is in English (what is on
record), or hold no words at all. The pages are found by following links, so a route that becomes
bilingual is tested without being named here.
"""
import html.parser
import os
import re
import subprocess
import tempfile

from browser import Server
from harness import ROOT, Folder, Tap, demo, run

OPEN, CLOSE = "⟦", "⟧"
EACH = 2  # addresses of one shape
SPOKEN = ("aria-label", "title", "alt", "placeholder")
WORDS_OF_ADDRESSES = {"map", "board", "rows", "steps", "upload", "scorecard", "report", "exception", "submit", "approve", "send-back", "freeze"}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "line", "circle", "rect"}
# Names that are the same in every language, and the letters of ratings as papers print them.
NAMES = {"Due Regard", "English", "Cymraeg", "CSV", "ODS", "HG", "LG", "LR", "HR"}


def mark(folder):
    """The Welsh catalogue, each translation between marks, as locale/cy.mo of the folder."""
    os.makedirs(os.path.join(folder, "locale"))
    with open(os.path.join(ROOT, "locale", "cy.po"), encoding="utf-8") as file:
        head, *entries = file.read().split("\n\n")
    marked = [re.sub(r'^msgstr "(.+)"$', f'msgstr "{OPEN}\\1{CLOSE}"', entry, flags=re.MULTILINE)
              for entry in entries]
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        file.write("\n\n".join([head, *marked]))
        file.flush()
        subprocess.run(["msgfmt", "-o", os.path.join(folder, "locale", "cy.mo"), file.name], check=True)


class Page(html.parser.HTMLParser):
    """What a page says outside of its parts in English, and where it leads."""

    def __init__(self, text, authority):
        super().__init__()
        self.stack, self.left, self.links, self.language = [], [], set(), None
        self.authority = authority
        self.feed(text)

    def is_english(self):
        return any(language == "en" for _, language in self.stack)

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        if tag == "html":
            self.language = own.get("lang")
        if tag == "a" and own.get("href", "").startswith("/"):
            self.links.add((own["href"].split("#")[0], own.get("hreflang")))
        if tag not in EMPTY:
            self.stack.append((tag, own.get("lang")))
        if not self.is_english() and own.get("lang") != "en":
            for name in SPOKEN:
                self.look(own.get(name) or "")

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = {tag for tag, _ in self.stack}
        # The title names records beside our words; a chart's marks are its figures and names.
        if not tags & {"title", "style", "script", "svg"} and not self.is_english():
            self.look(data)

    def look(self, text):
        rest, before = text.strip(), None
        while rest != before:  # a sentence may have a date in it that is translated too
            rest, before = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", rest), rest
        rest = rest.replace(self.authority, "").strip()
        if re.search(r"[A-Za-z]{2,}", rest) and rest not in NAMES:
            self.left.append(rest)


def shape(address):
    """An address without the names of records and periods in it."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    named = [part if part in WORDS_OF_ADDRESSES else "*" for part in parts[1:]]
    return "/".join(parts[:1] + named), re.sub(r"=[^&]*", "", query)


def crawl(tap, browser, starts):
    """Follows every link from the addresses; gives how many pages are there in Welsh."""
    waiting, seen, shapes, bilingual = list(starts), set(starts), {}, 0
    while waiting:
        address = waiting.pop(0)
        english = Page(browser.get(address).body, "")
        if "cy" in {language for _, language in english.links}:
            bilingual += 1
            there = "/cy" if address == "/" else "/cy" + address
            page = Page(browser.get(there).body, "Harrow Council (demonstration)")
            tap.equal(f"{there} says that it is Welsh", page.language, "cy")
            tap.equal(f"{there} leaves no word of ours in English", page.left[:10], [])
            lost = sorted(link for link, language in page.links if not language and not link.startswith("/cy"))
            tap.equal(f"{there} leads to pages in Welsh", lost, [])
        for link, language in sorted(english.links, key=str):
            kind = shape(link)
            if language or link in seen or shapes.get(kind, 0) >= EACH:
                continue
            if re.search(r"\.(csv|html|ods|odt|txt|xlsx)(\?|$)", link) or link.startswith("/assets"):
                continue
            seen.add(link)
            shapes[kind] = shapes.get(kind, 0) + 1
            waiting.append(link)
    return bilingual


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        mark(workspace)
        code, _, err = run("return", "open", "--period", "2012-13-Q2", workspace=workspace)
        tap.equal("the returns of a quarter are open", (code, err), (0, ""))
        scorecard = os.path.join(folder, "scorecard.csv")
        with open(scorecard, "w", encoding="utf-8") as file:
            file.write("KPI,Q2 actual,Steer\nMeasure that is not ours,4,up\n"
                       "Families taking up short breaks,12,up\n")
        code, _, err = run("return", "scorecard", scorecard, "--save", "--period", "2012-13-Q2", "--unit",
                           "childrens-families", workspace=workspace)
        tap.equal("and one is filled from a scorecard", (code, err), (0, ""))
        with Server(workspace, "--demonstration") as server:
            tap.check("more than 20 pages are there in Welsh for everybody",
                      crawl(tap, server.browser(), ["/"]) > 20)
            browser = server.browser()
            link = server.links()["Demonstration policy officer"]
            browser.get(link)
            browser.send(link, {})
            unit = "/returns/2012-13-Q2/childrens-families"
            starts = ["/work", "/returns/2012-13-Q2/board", unit, f"{unit}/upload", f"{unit}/scorecard?all=1",
                      f"{unit}/exception", f"{unit}/rows/1.3", f"{unit}/rows/1.3?check=yes",
                      f"{unit}/steps/submit", "/returns/2012-13-Q1/childrens-families"]
            for start in starts:
                status = browser.get("/cy" + start).status
                tap.equal(f"/cy{start} answers", status, 200)
            tap.check("and the return is, for those who fill it", crawl(tap, browser, starts) >= len(starts))
    tap.end()


main()
