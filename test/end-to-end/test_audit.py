"""The audit: what was altered, cut off or written anew is found, by the program and by a verifier of
its own, and both name the same event."""
import glob
import hashlib
import html
import os
import random
import re
import shutil
import sqlite3
from contextlib import closing

import verifier
from browser import Server
from harness import ROOT, Folder, Tap, demo, run

TRIES = 300 if os.environ.get("DUEREGARD_TEST_FULL") else 40
SEED = 20121124


def program_says(workspace):
    """The id of the first broken event, None for a whole chain; and the words."""
    code, out, err = run("audit", "verify", workspace=workspace)
    match = re.search(r"broken at event (\d+)", out)
    if code == 0 and "whole" in out:
        return None, out
    return (int(match.group(1)) if match and code == 1 else "?"), out + err


def alter(store, chance):
    """One random change to the chain, as somebody with the file would make it; its name."""
    ids = [row[0] for row in store.execute("SELECT id FROM audit_event ORDER BY id")]
    some = chance.choice(ids)
    kind = chance.choice(["word", "number", "gone", "swapped", "hash", "added", "moment"])
    if kind == "word":
        column = chance.choice(["who", "operation", "subject", "fields"])
        store.execute(f"UPDATE audit_event SET {column} = coalesce({column}, '') || 'x' WHERE id = ?",
                      (some,))
    elif kind == "number":
        store.execute("UPDATE audit_event SET row_count = row_count + 1 WHERE id = ?", (some,))
    elif kind == "gone":
        some = chance.choice(ids[:-1])
        store.execute("UPDATE audit_event SET id = -id WHERE id = ?", (some,))
        store.execute("UPDATE row_change SET event = -event WHERE event = ?", (some,))
        store.execute("DELETE FROM audit_event WHERE id < 0")
    elif kind == "swapped":
        other = chance.choice([number for number in ids if number != some])
        first, second = (store.execute("SELECT who, hash FROM audit_event WHERE id = ?", (one,)).fetchone()
                         for one in (some, other))
        store.execute("UPDATE audit_event SET who = ?, hash = ? WHERE id = ?", (*second, some))
        store.execute("UPDATE audit_event SET who = ?, hash = ? WHERE id = ?", (*first, other))
    elif kind == "hash":
        store.execute("UPDATE audit_event SET hash = ? WHERE id = ?", (f"{chance.getrandbits(256):064x}", some))
    elif kind == "added":
        store.execute("INSERT INTO audit_event (at, who, operation, row_count, previous_hash, hash) "
                      "SELECT at, who, operation, row_count, hash, hash FROM audit_event "
                      "ORDER BY id DESC LIMIT 1")
    else:
        store.execute("UPDATE audit_event SET at = '2001-01-01T00:00:00Z' WHERE id = ?", (some,))
    return kind


def open_roughly(workspace):
    """The database without its guards: whoever has the file has this."""
    store = sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))
    store.execute("PRAGMA foreign_keys = OFF")
    for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        store.execute(f'DROP TRIGGER "{name}"')
    return store


def check_alterations(tap, folder, workspace):
    chance = random.Random(SEED)
    missed, apart = [], []
    for _ in range(TRIES):
        copy = os.path.join(folder, "altered")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(workspace, copy)
        with closing(open_roughly(copy)) as store, store:
            kind = alter(store, chance)
        found, words = program_says(copy)
        second = verifier.first_broken(os.path.join(copy, "dueregard.sqlite"))
        if found is None or found == "?":
            missed.append((kind, words))
        if found != second:
            apart.append((kind, found, second))
    tap.equal(f"of {TRIES} random alterations (seed {SEED}) none is missed", missed, [])
    tap.equal("and both verifiers name the same event", apart, [])


def rewrite(path, changed):
    """Writes the chain anew from an event on, hashes and all: what a chain alone does not show."""
    with closing(open_roughly(os.path.dirname(path))) as store, store:
        previous = None
        for row in verifier.events(path):
            row = list(row)
            if row[0] == changed:
                row[2] = "somebody else"
            row[9] = previous
            row[10] = hashlib.sha256(verifier.canonical(tuple(row[:-1]) + (None,))).hexdigest()
            previous = row[10]
            store.execute("UPDATE audit_event SET who = ?, previous_hash = ?, hash = ? WHERE id = ?",
                          (row[2], row[9], row[10], row[0]))


def outcome_of(workspace, path, *options):
    code, out, err = run("audit", "verify", "--head", path, *options, workspace=workspace)
    for outcome, words in [("forged", "not signed"), ("cut", "end of the audit is missing"),
                           ("changed", "written anew")]:
        if words in out and code == 1:
            return outcome, out
    return ("holds" if code == 0 else "?"), out + err


def check_heads(tap, folder, workspace):
    database = os.path.join(workspace, "dueregard.sqlite")
    key = run("audit", "key", workspace=workspace)[1].strip()
    lines = []
    for number in range(3):
        path = os.path.join(folder, "unit.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"code,name,kind\nmade-{number},Made {number},team\n")
        run("import", "units", path, workspace=workspace)
        lines.append(run("audit", "head", workspace=workspace)[1].strip())
    heads = os.path.join(folder, "heads")
    with open(heads, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    tap.equal("heads of the chain hold", outcome_of(workspace, heads)[0], "holds")
    tap.equal("for the second verifier too",
              [verifier.head_outcome(database, line, key) for line in lines], ["holds"] * 3)
    kept = os.path.join(workspace, "audit.heads")
    with open(kept, encoding="utf-8") as file:
        own = file.read().splitlines()
    tap.check("the program keeps some by itself, outside the database", own and
              all(verifier.head_outcome(database, line, key) == "holds" for line in own), own)
    events = [row[0] for row in verifier.events(database)]
    cases = [("its end cut off", "cut", lambda path: cut(path, events[-1])),
             ("an early event rewritten", "changed", lambda path: rewrite(path, events[2])),
             ("a late event rewritten", "changed", lambda path: rewrite(path, events[-2]))]
    for name, expected, change in cases:
        copy = os.path.join(folder, "changed")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(workspace, copy)
        path = os.path.join(copy, "dueregard.sqlite")
        change(path)
        tap.check(f"{name}: the chain alone does not show it", program_says(copy)[0] is None and
                  verifier.first_broken(path) is None)
        found, words = outcome_of(copy, heads)
        tap.equal(f"{name}: heads kept elsewhere do", found, expected)
        second = next((outcome for outcome in (verifier.head_outcome(path, line, key) for line in lines)
                       if outcome != "holds"), "holds")
        tap.equal(f"{name}: so they do for the second verifier", second, expected)
    check_forged(tap, folder, workspace, lines, key)


def cut(path, last):
    with closing(open_roughly(os.path.dirname(path))) as store, store:
        store.execute("DELETE FROM audit_event WHERE id = ?", (last,))


def check_forged(tap, folder, workspace, lines, key):
    database = os.path.join(workspace, "dueregard.sqlite")
    path = os.path.join(folder, "forged")
    chance = random.Random(SEED)
    disagreed = []
    for _ in range(20):
        words = lines[-1].split()
        part = chance.choice([3, 5])
        place = chance.randrange(len(words[part]))
        digit = chance.choice([d for d in "0123456789abcdef" if d != words[part][place]])
        words[part] = words[part][:place] + digit + words[part][place + 1:]
        with open(path, "w", encoding="utf-8") as file:
            file.write(" ".join(words) + "\n")
        found = outcome_of(workspace, path)[0], verifier.head_outcome(database, " ".join(words), key)
        if found != ("forged", "forged"):
            disagreed.append((words, found))
    tap.equal("a head with one digit changed is forged, say both", disagreed, [])
    other = os.path.join(folder, "other")
    run("init", "--workspace", other)
    foreign = run("audit", "key", workspace=other)[1].strip()
    with open(path, "w", encoding="utf-8") as file:
        file.write(lines[-1] + "\n")
    tap.equal("so is one of another workspace's key", outcome_of(workspace, path, "--key", foreign)[0],
              "forged")
    for words in ["tail 1 2", "head 1 0 a b c", lines[-1] + " more", "head 2" + lines[-1][6:]]:
        with open(path, "w", encoding="utf-8") as file:
            file.write(words + "\n")
        code, out, err = run("audit", "verify", "--head", path, workspace=workspace)
        tap.check("what is no head is told with its line", code == 3 and "line 1" in err and
                  len(err.splitlines()) == 1, out + err)


def check_unwritable(tap, folder, workspace):
    """Where the head of what was cannot be written, nothing is changed."""
    path = os.path.join(folder, "unit.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("code,name,kind\nunvouched,Unvouched,team\n")
    nowhere = {"DUEREGARD_AUDIT_HEADS": "/nowhere/audit.heads"}
    code, out, err = run("import", "units", path, workspace=workspace, environment=nowhere)
    tap.check("a change that no head vouches for is refused", code == 4 and "/nowhere" in err and
              len(err.splitlines()) == 1, out + err)
    code, out, _ = run("import", "units", path, workspace=workspace)
    tap.check("with a place for heads it is taken", code == 0 and "1 new" in out, out)


def newest(workspace):
    """Number, who, operation and subject of the newest event."""
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store:
        return store.execute("SELECT id, who, operation, subject FROM audit_event "
                             "ORDER BY id DESC LIMIT 1").fetchone()


def check_pages(tap, workspace):
    with Server(workspace, "--demonstration") as server:
        links = server.links()
        browser, other = server.browser(), server.browser()
        for one, name in [(browser, "Demonstration auditor"), (other, "Demonstration policy officer")]:
            one.get(links[name])
            one.send(links[name], {})
        tap.equal("others do not read the audit", other.get("/audit").status, 403)
        before = newest(workspace)[0]
        page = browser.get("/audit")
        tap.check("the auditor does", page.status == 200 and "Signed in" in page.text(), page.text())
        tap.equal("which is noted", newest(workspace), (before + 1, "demo-auditor", "read", "/audit"))
        tap.check("before the answer, so that it stands in it", f'href="/audit/{before + 1}"' in page.body)
        page = browser.get("/audit?operation=sign-in&who=demo-policy")
        tap.check("events are narrowed", page.body.count("demo-policy</td>") == 1 and
                  "demo-auditor</td>" not in page.body, page.text())
        page = browser.get("/audit?from=1+January+2001&to=31%2F12%2F2001")
        tap.check("by day", "No event is like that" in page.text())
        page = browser.get("/audit?from=someday")
        tap.check("a bad day is told", "<title>Error:" in page.body and "must be a date" in page.text())
        page = browser.get("/audit")
        older = html.unescape(re.search(r'href="(/audit\?before=\d+)"', page.body).group(1))
        first, second = (re.findall(r'href="/audit/(\d+)"', one.body) for one in (page, browser.get(older)))
        tap.check("older ones follow on the next page", len(first) == 50 and
                  int(second[0]) == int(first[-1]) - 1, (first[-1:], second[:1]))
        page = browser.get("/audit.csv?operation=sign-in")
        rows = page.body.splitlines()
        tap.check("the same as a file", rows[0].startswith("number,at,who") and len(rows) == 3 and
                  "attachment" in page.headers["Content-Disposition"], page.body)
        run("account", "grant", "demo-committee", "sponsor", workspace=workspace)
        run("account", "close", "demo-committee", workspace=workspace)
        page = browser.get(f"/audit/{newest(workspace)[0]}")
        tap.check("an event shows what changed", all(words in page.text() for words in
                                                     ("Closed an account: demo-committee", "close-account",
                                                      "Status open closed")), page.text())
        page = browser.get("/audit/999999")
        tap.equal("an event that is none is not found", page.status, 404)
        tap.equal("nobody in particular reads nothing", server.browser().get("/audit.csv").status, 303)
    environment = {"DUEREGARD_AUDIT_HEADS": "/nowhere/audit.heads"}
    with Server(workspace, environment=environment) as server:
        blind = server.browser()
        blind.cookies = browser.cookies
        before = newest(workspace)
        page = blind.get("/audit")
        tap.check("what cannot be noted is not shown", page.status == 503 and "Signed in" not in page.text(),
                  page.text())
        tap.equal("and nothing was", newest(workspace), before)


def check_words(tap):
    """Whatever the program writes into the audit has words on its pages."""
    begun = set()
    for path in glob.glob(os.path.join(ROOT, "src", "*", "*.c")):
        with open(path, encoding="utf-8") as file:
            for call in re.findall(r"audit_begin\(([^;]*);", file.read()):
                begun.update(re.findall(r"work,\s+(?:\w+ [?] )?\"([a-z-]+)\"", call))
    with open(os.path.join(ROOT, "src/service/audit_words.c"), encoding="utf-8") as file:
        known = set(re.findall(r'^    \{ "([a-z-]+)", WORDS', file.read(), re.M))
    tap.check("operations are found in the sources", len(begun) > 35, sorted(begun))
    tap.equal("and each has words", sorted(begun - known), [])


def main():
    tap = Tap()
    check_words(tap)
    with Folder() as folder:
        workspace = demo(folder)
        tap.equal("the demonstration's chain is whole", program_says(workspace)[0], None)
        tap.equal("for the second verifier too",
                  verifier.first_broken(os.path.join(workspace, "dueregard.sqlite")), None)
        check_alterations(tap, folder, workspace)
        check_heads(tap, folder, workspace)
        check_unwritable(tap, folder, workspace)
        check_pages(tap, workspace)
    tap.end()


if __name__ == "__main__":
    main()
