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
from harness import ROOT, Folder, Tap, demo

OPEN, CLOSE = "⟦", "⟧"
EACH = 2  # addresses of one shape
SPOKEN = ("aria-label", "title", "alt", "placeholder")
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
        rest = re.sub(f"{OPEN}.*?{CLOSE}", "", text, flags=re.DOTALL).strip()
        rest = rest.replace(self.authority, "")
        if re.search(r"[A-Za-z]{2,}", rest) and rest not in NAMES:
            self.left.append(rest)


def shape(address):
    """An address without the names of records and periods in it."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    return "/".join(parts[:1] + ["*"] * len(parts[1:])), re.sub(r"=[^&]*", "", query)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        mark(workspace)
        with Server(workspace) as server:
            site = server.browser()
            waiting, seen, shapes, bilingual = ["/"], {"/"}, {}, 0
            while waiting:
                address = waiting.pop(0)
                english = Page(site.get(address).body, "")
                if "cy" in {language for _, language in english.links}:
                    bilingual += 1
                    there = "/cy" if address == "/" else "/cy" + address
                    page = Page(site.get(there).body, "Harrow Council (demonstration)")
                    tap.equal(f"{there} says that it is Welsh", page.language, "cy")
                    tap.equal(f"{there} leaves no word of ours in English", page.left[:10], [])
                    lost = sorted(link for link, language in page.links
                                  if not language and not link.startswith("/cy"))
                    tap.equal(f"{there} leads to pages in Welsh", lost, [])
                for link, language in sorted(english.links, key=str):
                    kind = shape(link)
                    if language or link in seen or shapes.get(kind, 0) >= EACH:
                        continue
                    if re.search(r"\.(csv|ods)(\?|$)", link) or link.startswith("/assets"):
                        continue
                    seen.add(link)
                    shapes[kind] = shapes.get(kind, 0) + 1
                    waiting.append(link)
            tap.check("more than 20 pages are there in Welsh", bilingual > 20, bilingual)
    tap.end()


main()
