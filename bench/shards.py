"""People over three PostgreSQL shards: the 61 tables of bench/people.py, counted at the shards and
added up by a coordinator (docs/scale.md). The cube must be that of the same people's file before a
time is printed.

    script/bench shards                                    1,500,000 people
    DUEREGARD_BENCH_PEOPLE=5000 script/bench shards        another number

The clusters are started on sockets by this program, all on this machine: what is told is what the work
costs, not what three machines would save."""
import os
import subprocess
import sys
import time

import bench
import people_work

os.environ.setdefault("DUEREGARD", bench.PROGRAM)
sys.path.insert(0, os.path.join(bench.ROOT, "test", "end-to-end"))
import shards  # noqa: E402, the path is made above

MILLION = 1000000


def columns_of(path):
    with open(path, encoding="utf-8") as file:
        headings = file.readline().strip().split(",")
    return {heading: "numeric" if heading in ("hourly_pay", "bonus") else "text"
            for heading in headings}


def cube(words, tables, path):
    """Counts into a file; gives seconds by the clock."""
    with open(path, "wb") as file:
        return bench.run([bench.PROGRAM, "cube", *words, "--tables", tables, "--format", "csv"],
                         stdout=file, stderr=subprocess.DEVNULL)[0]


def processor_seconds(servers):
    """What all processes of the clusters have used so far."""
    total = 0
    ticks = os.sysconf("SC_CLK_TCK")
    for server in servers:
        with open(os.path.join(server.data, "postmaster.pid"), encoding="ascii") as file:
            parent = file.readline().strip()
        with open(f"/proc/{parent}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        total += sum(int(field) for field in fields[11:15]) / ticks
    return total


def measure(three, folder, path, tables, size):
    at_home, there = (os.path.join(folder, name) for name in ("file.csv", "shards.csv"))
    of_file = cube([path], tables, at_home)
    for name in three.servers:
        seconds = bench.median([cube(["--from", three.address_of(name)], tables, there)
                                for _ in range(bench.RUNS)])
        print(f"  shard {name:<8} alone {seconds * 1000:9.1f} ms for its third")
    before = processor_seconds(three.servers.values())
    seconds = bench.median([cube(["--from", three.address], tables, there)
                            for _ in range(bench.RUNS)])
    time.sleep(1)  # until the servers have counted in what their processes used
    used = (processor_seconds(three.servers.values()) - before) / bench.RUNS
    with open(at_home, "rb") as first, open(there, "rb") as second:
        if first.read() != second.read():
            raise SystemExit("the shards give another cube than the file")
    print(f"  coordinator, all three {seconds * 1000:9.1f} ms; processor {used:.2f} s, "
          f"{used * MILLION / size:.2f} s a million people; the cube is that of the file, which takes "
          f"{of_file * 1000:.0f} ms")


def main():
    size = int(os.environ.get("DUEREGARD_BENCH_PEOPLE", "1500000").split()[0])
    if not os.path.exists(shards.PSQL):
        print("PostgreSQL is not there and shards are left out: apt-get install postgresql-15")
        return
    with bench.Folder() as folder:
        path = people_work.make_people(folder, os.path.dirname(bench.PROGRAM), size)
        people_work.write(folder)
        columns = columns_of(path)
        three = shards.Shards()
        names = list(three.servers)
        three.load(path, columns, lambda _, number: names[number % len(names)])
        three.join(columns)
        print(f"{size:,} people over three PostgreSQL shards, 61 tables")
        measure(three, folder, path, os.path.join(folder, "tables.csv"), size)


main()
