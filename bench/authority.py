"""Makes the files of an invented authority of any size; the same bytes for the same numbers."""
import os
import random


def write(folder, name, heading, rows):
    path = os.path.join(folder, f"{name}.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(heading + "\n")
        file.writelines(row + "\n" for row in rows)
    return path


def units(count):
    return [f"u-{number:02d}" for number in range(1, count + 1)]


def measures(count):
    return [f"m-{number:03d}" for number in range(1, count + 1)]


def quarters(count):
    return [f"{2012 + n // 4}-{(13 + n // 4) % 100:02d}-Q{n % 4 + 1}" for n in range(count)]


def months(count):
    return [f"{2010 + n // 12}-{n % 12 + 1:02d}" for n in range(count)]


def values(folder, measure_codes, unit_codes, periods, seed=1):
    chance = random.Random(seed)

    def rows():
        for period in periods:
            for measure in measure_codes:
                for unit in unit_codes:
                    base = chance.randint(50, 5000)
                    part = chance.randint(0, base)
                    yield f"{measure},{unit},{period},{part * 100 / base:.2f},{part},{base}"

    return write(folder, "values", "measure,unit,period,value,numerator,denominator", rows())


def plan(folder, measure_codes, unit_codes):
    """Everything but the values: a scheme of ten objectives, with targets for each year."""
    files = [("units", write(folder, "units", "code,name,kind", [f"{u},Directorate {u},directorate" for u in unit_codes]))]
    files.append(("authorities", write(folder, "authority", "code,name,nation,kind", ["bench,Bench Council,england,unitary"])))
    files.append(("measures", write(folder, "measures", "code,title,numerator_definition,unit_of_measure,decimals", [f"{m},Measure {m},People,%,2" for m in measure_codes])))
    files.append(("schemes", write(folder, "schemes", "code,title,starts,ends,status", ["plan,Plan,2012-04-01,2018-03-31,adopted"])))
    files.append(("objectives", write(folder, "objectives", "code,scheme,number,title", [f"plan-{n},plan,{n},Objective {n}" for n in range(1, 11)])))
    places = [f"plan-{i % 10 + 1},{i % 10 + 1}.{i // 10 + 1},{m},We have improved {m},{i}" for i, m in enumerate(measure_codes)]
    files.append(("measures-under-objectives", write(folder, "places", "objective,reference,measure,success_criterion,sequence", places)))
    files.append(("measure-suppliers", write(folder, "suppliers", "measure,unit", [f"{m},{u}" for m in measure_codes for u in unit_codes])))
    targets = [f"{m},{u},{2012 + y}-{13 + y},at-least,{40 + (i + y) % 30}" for i, m in enumerate(measure_codes) for u in unit_codes for y in range(6)]
    files.append(("targets", write(folder, "targets", "measure,unit,period,comparator,value", targets)))
    return files
