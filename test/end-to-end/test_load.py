"""Many contributors fill and submit their returns at once, two on each return: no error, no lost update, each return
submitted once. On SQLite and on PostgreSQL: 24 people for 2 seconds; 200 for a minute in
the long form."""
import json
import os

import crowd
from harness import Folder, Tap, database, rows, run

FULL = os.environ.get("DUEREGARD_TEST_FULL")
DIRECTORATES, SECONDS = (100, 60) if FULL else (12, 2)


def shown(workspace, unit):
    code, out, err = run("return", "show", "--period", crowd.PERIOD, "--unit", unit, "--format", "json",
                         workspace=workspace, environment=crowd.AT)
    if code:
        raise RuntimeError(err)
    return json.loads(out)


def check_outcome(tap, name, workspace, units, made):
    """What is on record, against what each was told."""
    lost, twice, steps, written = [], [], [], rows("return-rows", workspace)
    for unit in units:
        sheet = shown(workspace, unit)
        told = {(row, mark) for person in made if person.unit == unit for row, mark in person.saved}
        kept = [(row["reference"], mark) for row in written if row["directorate_return"] == f"{crowd.PERIOD}-{unit}"
                for mark in (row["progress"] or "").split()]
        lost += [(unit, *entry) for entry in told - set(kept)]
        twice += [(unit, entry) for entry in set(kept) if kept.count(entry) > 1 or entry not in told]
        steps.append(([step["action"] for step in sheet["steps"]].count("submit"), sheet["state"]))
    tap.check(f"no update is lost: {name}", not lost, lost[:10])
    tap.check(f"and none is there that was not told, or twice: {name}", not twice, twice[:10])
    tap.equal(f"each return was submitted once, though two did it: {name}", set(steps), {(1, "submitted")})
    code, out, err = run("audit", workspace=workspace)
    tap.check(f"the audit is whole: {name}", code == 0, out + err)


def check_load(tap, name, folder, address=None):
    workspace, units = crowd.authority(folder, DIRECTORATES, address)
    with crowd.serve(workspace) as server:
        made = crowd.people(server, workspace, units)
        crowd.fill_and_submit(made, SECONDS)
        memory = crowd.memory_of(server.process)
    faults = [fault for person in made for fault in person.faults]
    times = [seconds for person in made for seconds in person.times]
    saved = sum(len(person.saved) for person in made)
    tap.check(f"{len(made)} contributors at once for {SECONDS} s meet no error: {name}", not faults, faults[:10])
    tap.check(f"and all of them get something done: {name}", all(person.saved for person in made),
              [person.code for person in made if not person.saved])
    conflicts = sum(person.conflicts for person in made)
    tap.check(f"two who write one row at once are told so: {name}", conflicts > 0, conflicts)
    print(f"# {name}: {len(times)} requests, {len(times) / SECONDS:.0f} a second, {saved} rows saved, "
          f"{conflicts} conflicts told, p50 {1000 * crowd.percentile(times, 0.5):.0f} ms, "
          f"p99 {1000 * crowd.percentile(times, 0.99):.0f} ms, worst {1000 * max(times):.0f} ms, {memory:.0f} MiB")
    check_outcome(tap, name, workspace, units, made)


def main():
    tap = Tap()
    with Folder() as folder:
        check_load(tap, "SQLite", folder)
    server = os.environ.get("DUEREGARD_TEST_POSTGRESQL")
    if server:
        with Folder() as folder:
            check_load(tap, "PostgreSQL", folder, database(server, "crowd"))
    else:
        tap.skip("the same on PostgreSQL", "no server of the tests' own")
    tap.end()


if __name__ == "__main__":
    main()
