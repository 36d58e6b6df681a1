"""SQLite's shell, in memory: people_sqlite.py FILE FOLDER. One query a table; it has no median, so the
middle rows come of window functions. Prints one phase, all."""
import json
import os
import resource
import subprocess
import sys
import time

FILE, FOLDER = sys.argv[1:3]
with open(os.path.join(FOLDER, "work.json"), encoding="ascii") as text:
    WORK = json.load(text)
UNIT, GROUPS = WORK["unit"], WORK["groups"]


def load():
    yield "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
    yield "PRAGMA cache_size=-4000000; PRAGMA threads=2;"
    columns = ["id INTEGER", *(f"{name} TEXT" for name in WORK["categories"]),
               "hourly_pay REAL", "bonus REAL"]
    yield f"CREATE TABLE p ({', '.join(columns)});"
    yield f".mode csv\n.import --skip 1 {FILE} p"
    yield "UPDATE p SET bonus = NULL WHERE bonus = '';"


def count():
    yield "CREATE TABLE c (line TEXT);"
    for name, by in WORK["tables"]:
        words = " || '|' || ".join([f"'{name}'", *by, "count(*)"])
        yield f"INSERT INTO c SELECT {words} FROM p GROUP BY {', '.join(by)};"


def median():
    yield "CREATE TABLE m (grp TEXT, unit TEXT, label TEXT, n INT, mean REAL, mid REAL);"
    for group in GROUPS:
        for by in ([group], [UNIT, group]):
            unit = UNIT if len(by) > 1 else "'*'"
            for amount in ("hourly_pay", "bonus"):
                yield f"""INSERT INTO m SELECT '{group}', {unit}, {group}, max(size), avg({amount}),
                    avg(CASE WHEN place IN ((size + 1) / 2, (size + 2) / 2) THEN {amount} END)
                    FROM (SELECT {UNIT}, {group}, {amount},
                          row_number() OVER (PARTITION BY {', '.join(by)} ORDER BY {amount}) place,
                          count(*) OVER (PARTITION BY {', '.join(by)}) size
                          FROM p WHERE {amount} IS NOT NULL) GROUP BY {', '.join(by)};"""


def bands():
    yield f"""CREATE TEMP TABLE banded AS SELECT {UNIT}, {', '.join(GROUPS)},
        1 + (place >= size) + (place >= 2 * size) + (place >= 3 * size) band FROM
        (SELECT {UNIT}, {', '.join(GROUPS)},
         4 * (rank() OVER (PARTITION BY {UNIT} ORDER BY hourly_pay) - 1) place,
         count(*) OVER (PARTITION BY {UNIT}) size FROM p);"""
    yield "CREATE TABLE b (line TEXT);"
    for group in GROUPS:
        yield f"""INSERT INTO b SELECT '{group}|' || {UNIT} || '|' || band || '|' || {group} || '|' ||
            count(*) FROM banded GROUP BY {UNIT}, band, {group};"""


def main():
    script = [*load(), *count(), *median(), *bands(), ".mode list",
              f".output {os.path.join(FOLDER, 'counts')}", "SELECT line FROM c;",
              f".output {os.path.join(FOLDER, 'bands')}", "SELECT line FROM b;"]
    start = time.perf_counter()
    subprocess.run(["sqlite3", ":memory:"], input="\n".join(script), text=True, check=True,
                   stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"phase": "all", "seconds": time.perf_counter() - start,
                      "processor": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}))


main()
