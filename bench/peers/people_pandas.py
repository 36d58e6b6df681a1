"""pandas and numpy: people_pandas.py FILE FOLDER RUNS. Tables as numpy.bincount over category codes,
which is the quickest by hand; measures as pandas has them."""
import json
import os
import resource
import sys
import time

import numpy
import pandas

FILE, FOLDER, RUNS = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(os.path.join(FOLDER, "work.json"), encoding="ascii") as text:
    WORK = json.load(text)


def timed(phase, action):
    wall, processor = time.perf_counter(), time.process_time()
    result = action()
    print(json.dumps({"phase": phase, "seconds": time.perf_counter() - wall,
                      "processor": time.process_time() - processor,
                      "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    return result


def load():
    # Without keep_default_na=False empty values are dropped and people with them.
    return pandas.read_csv(FILE, usecols=WORK["categories"] + ["hourly_pay", "bonus"],
                           dtype={name: "category" for name in WORK["categories"]},
                           keep_default_na=False, na_values={"bonus": [""]})


def count(codes, sizes):
    found = []
    for _, by in WORK["tables"]:
        if len(by) == 1:
            found.append(numpy.bincount(codes[by[0]], minlength=sizes[by[0]]))
        else:
            joint = codes[by[0]].astype(numpy.int32) * sizes[by[1]] + codes[by[1]]
            found.append(numpy.bincount(joint, minlength=sizes[by[0]] * sizes[by[1]]))
    return found


def median(people):
    for group in WORK["groups"]:
        for by in ([group], [WORK["unit"], group]):
            people.groupby(by, observed=True)[["hourly_pay", "bonus"]].agg(
                ["count", "mean", "median"])


def bands(people):
    grouped = people.groupby(WORK["unit"], observed=True)["hourly_pay"]
    place = 4 * (grouped.rank("min") - 1)
    size = people[WORK["unit"]].map(grouped.size()).astype("int64")
    band = (1 + (place >= size).astype(numpy.int8) + (place >= 2 * size) + (place >= 3 * size))
    band = band.rename("band")
    return [(group, people.groupby([WORK["unit"], band, group], observed=True).size())
            for group in WORK["groups"]]


def write(people, tables, banded):
    labels = {name: list(people[name].cat.categories) for name in WORK["categories"]}
    with open(os.path.join(FOLDER, "counts"), "w", encoding="utf-8") as file:
        for (name, by), counts in zip(WORK["tables"], tables):
            for cell in numpy.flatnonzero(counts):
                places = [cell] if len(by) == 1 else divmod(cell, len(labels[by[1]]))
                words = "|".join(labels[column][place] for column, place in zip(by, places))
                file.write(f"{name}|{words}|{counts[cell]}\n")
    with open(os.path.join(FOLDER, "bands"), "w", encoding="utf-8") as file:
        for group, counts in banded:
            for (unit, band, label), number in counts.items():
                file.write(f"{group}|{unit}|{band}|{label}|{number}\n")


def main():
    people = timed("load", load)
    codes = {name: people[name].cat.codes.to_numpy() for name in WORK["categories"]}
    sizes = {name: len(people[name].cat.categories) for name in WORK["categories"]}
    for _ in range(RUNS):
        tables = timed("tables", lambda: count(codes, sizes))
        timed("median", lambda: median(people))
        banded = timed("bands", lambda: bands(people))
    write(people, tables, banded)


main()
