"""Importing 1,000,000 value rows with all validation, against the sqlite3 shell's own .import of the
same file into a table of the same shape and indexes. Goal: at most 3 times, and below 64 MiB."""
import os
import subprocess

import authority
import bench

PEER = """PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE value (measure TEXT NOT NULL, unit TEXT NOT NULL, period TEXT NOT NULL, value TEXT,
    numerator TEXT, denominator TEXT, UNIQUE (measure, unit, period));
CREATE INDEX value_by_period ON value (period, unit);
.mode csv
.import --skip 1 {file} value
"""


def peer(folder, file):
    database = os.path.join(folder, "peer.sqlite")
    script = os.path.join(folder, "peer.sql")
    with open(script, "w", encoding="ascii") as out:
        out.write(PEER.format(file=file))
    with open(script, encoding="ascii") as stdin:
        seconds, _ = bench.run(["sqlite3", database], stdin=stdin)
    count = subprocess.check_output(["sqlite3", database, "SELECT count(*) FROM value"], text=True)
    assert int(count) == 1000000, count
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(database + suffix):
            os.unlink(database + suffix)
    return seconds


def ours(folder, files, number):
    workspace = os.path.join(folder, f"workspace-{number}")
    bench.program("init", workspace=workspace)
    for kind, path in files[:-1]:
        bench.program("import", kind, path, workspace=workspace)
    seconds, memory = bench.program("import", "values", files[-1][1], workspace=workspace)
    again, _ = bench.program("import", "values", files[-1][1], workspace=workspace)
    subprocess.run(["rm", "-rf", workspace], check=True)
    return seconds, memory, again


def main():
    with bench.Folder() as folder:
        measures, units = authority.measures(500), authority.units(20)
        files = [row for row in authority.plan(folder, measures, units)
                 if row[0] in ("units", "measures")]
        files.append(("values", authority.values(folder, measures, units, authority.months(100))))
        peers, results = [], []
        for number in range(bench.RUNS):
            peers.append(peer(folder, files[-1][1]))
            results.append(ours(folder, files, number))
        seconds = bench.median([row[0] for row in results])
        memory = max(row[1] for row in results)
        bench.report("import of 1,000,000 values", f"{seconds:.2f}", f"{bench.median(peers):.2f}",
                     "s", seconds / bench.median(peers), bench.at_most(3),
                     f"memory {memory:.0f} MiB (goal < 64); the same file again "
                     f"{bench.median([row[2] for row in results]):.2f} s")


main()
