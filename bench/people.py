"""Counting people: 61 tables and pay measures of made-up people, against every peer that is there on
the same file in one run. What each engine counted is compared before any time is.

    script/bench people                                    5,000 and 1,500,000 people
    DUEREGARD_BENCH_PEOPLE=10000000 script/bench people    another number
    DUEREGARD_BENCH_SLOW=1 script/bench people             with SQLite, which takes minutes
    DUEREGARD_BENCH_PEERS=DuckDB script/bench people       with one peer alone, by its name below

Peers: python3-pandas, r-cran-data.table and sqlite3 of Debian; DuckDB of npm, kept out of
package.json for its size: npm install --prefix build-bench/peers @duckdb/node-api@1.5.6-r.1"""
import hashlib
import json
import os
import shutil
import subprocess

import bench
import people_work

BUILD = os.path.dirname(bench.PROGRAM)
PEERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")
MODULES = os.path.join(BUILD, "peers", "node_modules")
PYTHON = "/usr/bin/python3"
MILLION, WHOLE_RUNS = 1000000, 15
MOST_RESIDENT, RESIDENT_PER_PERSON = 60, 52


def digest_of(path):
    """The SHA-256 of a file's lines in order, as `LC_ALL=C sort | sha256sum` gives it."""
    with open(path, "rb") as file:
        lines = sorted(file.read().splitlines())
    return hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest()[:16]


class Whole:
    """Our whole process, from its start to its end: read, count and measure."""

    def __init__(self, command, runs=bench.RUNS):
        rows = []
        for _ in range(runs):
            before = os.times()
            seconds, memory = bench.run(command, stderr=subprocess.DEVNULL)
            after = os.times()
            used = (after.children_user - before.children_user + after.children_system -
                    before.children_system)
            rows.append((seconds, used, memory))
        self.seconds, self.processor = (bench.median([row[i] for row in rows]) for i in (0, 1))
        self.memory = max(row[2] for row in rows)
        self.best = min(row[0] for row in rows)
        self.mean = sum(row[1] for row in rows) / runs  # the clock of processor time ticks slowly

    def sum(self, _):
        return self.seconds

    def spent(self, _):
        return self.processor


class Engine:
    """One program on one file: what it counted, and the median seconds of each phase."""

    def __init__(self, name, command, folder, environment=None):
        self.name = name
        self.folder = os.path.join(folder, name.replace(" ", "-"))
        os.makedirs(self.folder, exist_ok=True)
        people_work.write(self.folder)
        done = subprocess.run([word.replace("FOLDER", self.folder) for word in command],
                              env=dict(os.environ, **(environment or {})), check=True,
                              capture_output=True, text=True)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        self.memory = max(row["memory"] for row in rows)
        self.seconds, self.processor = {}, {}
        for phase in {row["phase"] for row in rows}:
            of_phase = [row for row in rows if row["phase"] == phase]
            self.seconds[phase] = bench.median([row["seconds"] for row in of_phase])
            self.processor[phase] = bench.median([row["processor"] for row in of_phase])

    def sum(self, *phases):
        return sum(self.seconds[phase] for phase in phases)

    def spent(self, *phases):
        return sum(self.processor[phase] for phase in phases)

    def counted(self, what):
        path = os.path.join(self.folder, what)
        return digest_of(path) if os.path.exists(path) else None


def has_module(command):
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def is_wanted(name):
    return os.environ.get("DUEREGARD_BENCH_PEERS", name) == name


def commands(path, runs):
    """Of every peer that is there the command; of the others it is said that they are not."""
    found = {}
    if os.path.exists(os.path.join(MODULES, "@duckdb", "node-api")):
        for name, form in (("DuckDB", "enum"), ("DuckDB as usual", "text")):
            found[name] = ["node", os.path.join(PEERS, "people_duckdb.js"), path, "FOLDER", form, runs]
    else:
        print("DuckDB is not there and is left out (see bench/people.py)")
    if has_module([PYTHON, "-c", "import pandas"]):
        found["numpy"] = [PYTHON, os.path.join(PEERS, "people_pandas.py"), path, "FOLDER", runs]
    else:
        print("pandas is not there and is left out: apt-get install python3-pandas")
    if shutil.which("Rscript") and has_module(["Rscript", "-e", "library(data.table)"]):
        found["R tabulate"] = ["Rscript", os.path.join(PEERS, "people_tabulate.R"), path, "FOLDER",
                               runs]
    else:
        print("R is not there and is left out: apt-get install r-cran-data.table")
    if os.environ.get("DUEREGARD_BENCH_SLOW"):
        found["SQLite"] = [PYTHON, "-B", os.path.join(PEERS, "people_sqlite.py"), path, "FOLDER"]
    return found


def peers(folder, path, runs):
    return {name: Engine(name, command, folder, {"NODE_PATH": MODULES})
            for name, command in commands(path, runs).items() if is_wanted(name)}


def demand_equal(ours, others):
    """Whoever counts otherwise is not compared."""
    for what in ("counts", "bands"):
        for name, peer in others.items():
            counted = peer.counted(what)
            if counted is not None and counted != ours.counted(what):
                raise SystemExit(f"{name} has other {what}: {counted}, not {ours.counted(what)}")
    print(f"all agree: counts {ours.counted('counts')}, bands {ours.counted('bands')}")


def report(name, ours, peer, phases, goal):
    """Both engines' phases: seconds by the clock, and in processor time, which holds on a busy
    machine too."""
    mine, others = (ours.sum(*phases[0]), peer.sum(*phases[1]))
    spent = peer.spent(*phases[1]) / ours.spent(*phases[0])
    bench.report(name, f"{mine * 1000:.2f}", f"{others * 1000:.1f}", "ms", others / mine,
                 bench.at_least(goal), f"in processor time {spent:.0f}")


def compare(size, ours, whole, others):
    many = size >= 10 * MILLION
    tables, measures, everything = ["tables"], ["median", "bands"], ["load", "tables", "median",
                                                                      "bands"]
    if "DuckDB" in others:
        report("61 tables against DuckDB", ours, others["DuckDB"], (tables, tables),
               18 if many else 20)
        report("medians and bands against DuckDB", ours, others["DuckDB"],
               (["measures"], measures), 20 if many else 10)
        report("whole process against DuckDB", whole, others["DuckDB"], (["all"], everything), 7)
    if "DuckDB as usual" in others:
        report("whole process against it as usual", whole, others["DuckDB as usual"],
               (["all"], everything), 12)
    for name in ("numpy", "R tabulate"):
        if name in others:
            report(f"61 tables against {name}", ours, others[name], (tables, tables), 20)
    if "SQLite" in others:
        report("whole process against SQLite", whole, others["SQLite"], (["all"], ["all"]), 500)


def large(folder, size):
    path = extract(folder, size)
    tables = os.path.join(folder, "tables.csv")
    people_work.write(folder)
    program = os.path.join(BUILD, "bench", "count_people")
    runs = str(bench.RUNS)
    ours = Engine("ours", [program, path, tables, "0", str(5 * bench.RUNS), "FOLDER"], folder)
    others = peers(folder, path, runs)
    print(f"\n{size:,} people")
    demand_equal(ours, others)
    whole = Whole([program, path, tables, "0", "0"])
    compare(size, ours, whole, others)
    limit = MOST_RESIDENT + RESIDENT_PER_PERSON * size / (1 << 20)
    bench.report("memory of the whole process", f"{whole.memory:.0f}", f"{limit:.0f}", "MB",
                 whole.memory / limit, bench.at_most(1), f"with sealing and repeats {ours.memory:.0f}")
    for phase in ("load", "tables-as-read", "measures-as-read", "order", "tables", "measures"):
        print(f"  {phase:<18} {ours.seconds[phase] * 1000:9.2f} ms, processor "
              f"{ours.processor[phase] * 1000:9.2f} ms")
    os.unlink(path)


def council(folder):
    """The whole of a command's life for a council of 5,000, with starting the program."""
    path = people_work.make_people(folder, BUILD, 5000)
    people_work.write(folder)
    tables = os.path.join(folder, "tables.csv")
    commands = {"cube": ["cube", path, "--tables", tables, "--format", "csv"],
                "paygap": ["paygap", path, "--column", "sex=sex", "--column", "pay=hourly_pay",
                           "--column", "bonus=bonus", "--format", "json"]}
    start = Whole([bench.PROGRAM, "cube", "--help"], WHOLE_RUNS)
    for name, words in commands.items():
        whole = Whole([bench.PROGRAM, *words], WHOLE_RUNS)
        middle = whole.seconds * 1000
        bench.report(f"5,000 people, dueregard {name}", f"{middle:.1f}", "15", "ms", middle / 15,
                     bench.at_most(1), f"best {whole.best * 1000:.1f}; in processor time "
                     f"{whole.mean * 1000:.1f}, of which {start.mean * 1000:.1f} start the program")


def extract(folder, size):
    """The commands that read an extract by its roles, for as many people as the file has."""
    path = people_work.make_people(folder, BUILD, size)
    for words in (["people", path], ["paygap", path, "--column", "sex=sex", "--column",
                                     "pay=hourly_pay", "--column", "bonus=bonus"]):
        whole = Whole([bench.PROGRAM, *words, "--format", "json"])
        limit = MOST_RESIDENT + RESIDENT_PER_PERSON * size / (1 << 20)
        bench.report(f"{size:,} people, dueregard {words[0]}", f"{whole.memory:.0f}", f"{limit:.0f}",
                     "MB", whole.memory / limit, bench.at_most(1),
                     f"{whole.seconds:.2f} s, in processor time {whole.processor:.2f}")
    return path


def main():
    sizes = [int(size) for size in os.environ.get("DUEREGARD_BENCH_PEOPLE", "1500000").split()]
    with bench.Folder() as folder:
        council(folder)
        for size in sizes:
            large(folder, size)


main()
