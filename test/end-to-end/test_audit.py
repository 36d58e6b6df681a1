"""The audit: what was altered, cut off or written anew is found, by the program and by a verifier of
its own, and both name the same event."""
import hashlib
import os
import random
import re
import shutil
import sqlite3

import verifier
from harness import Folder, Tap, demo, run

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
        with open_roughly(copy) as store:
            kind = alter(store, chance)
        store.close()
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
    with sqlite3.connect(path) as store:
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
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA foreign_keys = OFF")
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
    tap.check("with a place for heads it is taken", code == 0 and "1 inserted" in out, out)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        tap.equal("the demonstration's chain is whole", program_says(workspace)[0], None)
        tap.equal("for the second verifier too",
                  verifier.first_broken(os.path.join(workspace, "dueregard.sqlite")), None)
        check_alterations(tap, folder, workspace)
        check_heads(tap, folder, workspace)
        check_unwritable(tap, folder, workspace)
    tap.end()


if __name__ == "__main__":
    main()
