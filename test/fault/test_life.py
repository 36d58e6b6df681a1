"""Kill -9 in the middle of an import, the opening of a period, the freezing of a report and the approval of a new
year, on both engines; and a PostgreSQL server that ends meanwhile. What was begun is there whole or not at all, and
goes through afterwards. At random moments from a fixed seed; more of them with DUEREGARD_TEST_FULL."""
import math
import os
import random
import sys
import time

from engines import OnPostgresql, OnSqlite, start
from scenario import SENTENCE, STORAGE, Folder, Tap, demo, large_import, run

SEED = 20121123
KILLS = 60 if os.environ.get("DUEREGARD_TEST_FULL") else 6
CRASHES = 20 if os.environ.get("DUEREGARD_TEST_FULL") else 4
FREEZE = ("report", "progress", "--period", "2012-13-Q1", "--reason", "It was published in 2012", "--freeze", "q1")
NEW_YEAR = ("edi-2020", "--year", "2027-28")


def prepared(workspace):
    """Brings a roll-over as far as its approval."""
    code, out, err = run("roll-over", "show", *NEW_YEAR, workspace=workspace)
    actions = sorted({word for word in out.replace(",", " ").split() if word.startswith("edi-2020-")})
    for action in actions:
        code, _, err = run("roll-over", "choose", *NEW_YEAR, "--action", action, "--choice", "close", "--reason",
                           "It has ended", workspace=workspace)
        if code:
            raise RuntimeError(err)
    for words in (("account", "add", "paula", "--name", "Paula Made-Up", "--email", "paula@example.invalid"),
                  ("account", "grant", "paula", "policy-officer"),
                  ("roll-over", "submit", *NEW_YEAR, "--as", "paula")):
        code, _, err = run(*words, workspace=workspace)
        if code:
            raise RuntimeError(err)


def check_whole(tap, name, engine, workspace, states):
    """All of it or nothing, and the audit in order; gives which."""
    found = engine.counts(workspace)
    different = [{table: (count, found.get(table)) for table, count in state.items() if found.get(table) != count}
                 for state in states]
    tap.check(f"{name}: all or nothing", found in states, f"against nothing {different[0]}, against all {different[1]}")
    code, out, err = run("audit", workspace=workspace)
    tap.check(f"{name}: the audit is whole", code == 0, out + err)
    return found == states[0]


def measured(engine, words, source):
    """What stands before and after, and the shortest time of three."""
    whole = math.inf
    for _ in range(3):
        workspace = engine.fresh("timed", source)
        before = engine.counts(workspace)
        begun = time.monotonic()
        code, out, err = run(*words, workspace=workspace)
        whole = min(whole, time.monotonic() - begun)
        if code:
            raise RuntimeError(out + err)
    return [before, engine.counts(workspace)], whole


def check_kills(tap, engine, title, words, source):
    moments = random.Random(SEED)
    states, whole = measured(engine, words, source)
    tap.check(f"{engine.name}, {title}: something is written", states[0] != states[1], states[0])
    running = nothing = 0
    for number in range(1, KILLS + 1):
        workspace = engine.fresh("killed", source)
        moment = moments.uniform(0, whole)
        with start(words, workspace) as child:
            time.sleep(moment)
            running += child.poll() is None
            child.kill()
        name = f"{engine.name}, {title}, kill {number} after {moment:.3f} s of {whole:.3f} s"
        nothing += check_whole(tap, name, engine, workspace, states)
    print(f"# {engine.name}, {title}: {running} of {KILLS} were running when killed; {nothing} left nothing", flush=True)
    tap.check(f"{engine.name}, {title}: some were killed while they ran", running > 0, running)
    workspace = engine.fresh("killed", source)
    with start(words, workspace) as child:
        time.sleep(whole / 2)
        child.kill()
    code, out, err = run(*words, workspace=workspace)
    done = engine.counts(workspace) == states[1]
    tap.check(f"{engine.name}, {title}: it goes through after a kill, or was done before it", done, (code, out, err))


def check_crashes(tap, engine, words):
    """The server ends while the program writes: one sentence, and nothing that was reported is lost."""
    moments = random.Random(SEED)
    states, whole = measured(engine, words, None)
    told = 0
    for number in range(1, CRASHES + 1):
        workspace = engine.fresh("crashed")
        moment = moments.uniform(0, whole)
        with start(words, workspace) as child:
            time.sleep(moment)
            engine.restart()
            _, err = child.communicate(timeout=60)
        name = f"server crash {number} after {moment:.3f} s of {whole:.3f} s"
        plain = child.returncode == 0 or (child.returncode == STORAGE and SENTENCE.match(err))
        tap.check(f"{name}: done, or one plain sentence", bool(plain), f"exit {child.returncode}: {err}")
        told += child.returncode == STORAGE
        is_nothing = check_whole(tap, name, engine, workspace, states)
        tap.check(f"{name}: what was reported as done is there", child.returncode != 0 or not is_nothing)
    tap.check("some ran when the server ended", told > 0, told)


def main():
    tap = Tap()
    with Folder() as folder:
        os.chmod(folder, 0o755)
        pristine = demo(folder)
        path, _ = large_import(folder, pristine)
        for kind in (OnSqlite, OnPostgresql):
            engine = kind(folder, pristine)
            submitted = engine.fresh("submitted")
            prepared(submitted)
            for title, words, source in (("import", ("import", "values", path), None),
                                         ("period", ("return", "open", "--period", "2012-13-Q2"), None),
                                         ("freeze", FREEZE, None),
                                         ("new year", ("roll-over", "approve", *NEW_YEAR), submitted)):
                check_kills(tap, engine, title, words, source)
        check_crashes(tap, engine, ("import", "values", path))
    tap.end()


if __name__ == "__main__":
    sys.exit(main())
