"""Links with which people without an account read a frozen document, up to a day."""
import datetime
import os
import re
import sqlite3
from contextlib import closing

from browser import Server
from harness import Folder, Tap, demo, run


def share(workspace, *words, **options):
    return run("share", *words, workspace=workspace, **options)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        run("report", "progress", "--period", "2012-13-Q1", "--freeze", "q1", "--reason", "as published in 2012", workspace=workspace)
        day = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
        code, out, err = share(workspace, "make", "q1", "--for", "Made-up union", "--to", day)
        path = re.search(r"/shared/[\w-]{43}", out + "/shared/" + "x" * 43).group(0)
        tap.check("a link is made", code == 0 and "x" * 43 not in path, err)
        for name, words in [("of no document", ["none", "--for", "A", "--to", day]),
                            ("for nobody", ["q1", "--to", day]), ("without a day", ["q1", "--for", "A"]),
                            ("to a day that is past", ["q1", "--for", "A", "--to", "2012-01-01"]),
                            ("for longer than a year", ["q1", "--for", "A", "--to", "2099-01-01"])]:
            code, _, err = share(workspace, "make", *words)
            tap.check(f"none is made {name}", code == 3 and len(err.splitlines()) == 1, err)
        run("account", "add", "jo", "--name", "Made up", "--email", "jo@example.invalid", workspace=workspace)
        run("account", "grant", "jo", "contributor", workspace=workspace)
        code, _, err = share(workspace, "list", "--as", "jo")
        tap.check("who makes no reports shares none", code == 1 and "right" in err, err)
        with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store:
            kept = store.execute("SELECT token FROM shared_link").fetchall()
        tap.check("only its hash is kept", len(kept) == 1 and kept[0][0] not in path)
        with Server(workspace, environment={"DUEREGARD_PAGES": "signed-in"}) as server:
            browser = server.browser()
            page = browser.get(path)
            tap.check("whoever has it reads the document, and nothing else", page.status == 200 and
                      "For Made-up union" in page.text() and "40.23%" in page.text() and
                      browser.get("/reports/progress").status == 303, page.text()[:300])
            tap.check("no cookie is set", not browser.cookies)
            tap.equal("another link is none", browser.get("/shared/" + "x" * 43).status, 404)
            code, out, _ = share(workspace, "list")
            tap.check("links are listed", "Made-up union" in out and " good" in out, out)
            code, _, err = share(workspace, "withdraw", "1")
            tap.check("one is withdrawn", code == 0, err)
            tap.equal("and is good no more", browser.get(path).status, 404)
            tap.check("which the list says", " withdrawn" in share(workspace, "list")[1])
            tap.equal("none is withdrawn that is none", share(workspace, "withdraw", "77")[0], 3)
        out = share(workspace, "make", "q1", "--for", "A partner", "--to", day)[1]
        path = re.search(r"/shared/[\w-]{43}", out).group(0)
        last = datetime.datetime.fromisoformat(day + "T23:59:59+00:00").timestamp()
        for moment, status in [(last, 200), (last + 1, 404)]:
            with Server(workspace, environment={"SOURCE_DATE_EPOCH": str(int(moment))}) as server:
                tap.equal(f"it is good to the end of its day ({status})",
                          server.browser().get(path).status, status)
        with open(os.path.join(workspace, "log"), encoding="utf-8") as log:
            tap.check("the log holds no link", not re.search(r"/[\w-]{43}", log.read()))
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


if __name__ == "__main__":
    main()
