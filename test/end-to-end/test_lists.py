"""Lists that are narrowed and ordered by links: each choice keeps its word on how many it leaves, is taken back by a
link, and an empty list says so."""
import html
import re

from browser import Server
from harness import Folder, Tap, demo, rows


def titles(page):
    return [html.unescape(title) for title in
            re.findall(r'<th scope="row"[^>]*><a [^>]*href="/measures/[^"]+"[^>]*>([^<]+)</a>', page)]


def choices(page):
    """Label → (address, count) of the filter's choices."""
    found = re.findall(r'<a class="govuk-link govuk-link--no-visited-state" href="([^"]+)"[^>]*>([^<]+)</a> '
                       r'<span class="app-filter__count">\((\d+)\)', page)
    return {label: (html.unescape(address), int(count)) for address, label, count in found}


def check_measures(tap, browser, workspace):
    every = rows("measures", workspace)
    page = browser.get("/measures").body
    tap.check("all measures are counted", f"Measures found: {len(every)}" in page and len(titles(page)) == len(every))
    for label, (address, count) in choices(page).items():
        narrowed = browser.get(address).body
        tap.check(f"{label} leaves as many as it says", count == len(titles(narrowed)) and
                  f"Measures found: {count}" in narrowed, (count, len(titles(narrowed))))
        back = re.search(r'<a class="app-filter__tag" href="([^"]+)"', narrowed)
        tap.equal(f"{label} is taken back by its tag", back and back.group(1), "/measures")
    both = choices(browser.get("/measures?kind=count").body)["Higher"]
    wanted = [row["title"] for row in every if row["kind"] == "count" and row["polarity"] == "higher"]
    tap.equal("two choices narrow together", sorted(titles(browser.get(both[0]).body)), sorted(wanted))
    ordered = titles(browser.get("/measures?kind=count&sort=title").body)
    tap.check("the order is by title, whatever the case", ordered == sorted(ordered, key=str.lower) and ordered, ordered)
    tap.equal("an order that there is not changes nothing", titles(browser.get("/measures?sort=nothing").body),
              titles(page))
    empty = browser.get("/measures?kind=nothing").text()
    tap.check("what fits nothing says so, with the way back", "No measure fits these filters. Clear all filters" in empty,
              empty)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        with Server(workspace, "--quiet") as server:
            check_measures(tap, server.browser(), workspace)
    tap.end()


main()
