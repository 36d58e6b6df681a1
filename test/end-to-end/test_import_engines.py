"""The same file on both engines: the same outcome of each row, the same words, the same file to mend,
whether rows are sent one by one or many at once."""
import os
import random
import re

from harness import Folder, Tap, database, rows, run

ROWS = 1500  # several loads of those that are sent at once


def write(folder, name, lines):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)
    return path


def files(folder):
    """Good rows, rows that cannot be read, rows that break a rule, the same key twice with the same
    and with other words; then most of it again, some of it revised."""
    chance = random.Random(7)
    measures = [f"m-{number}" for number in range(40)]
    made = [("measures", write(folder, "measures.csv", ["code,title,kind,decimals"] + [
        f"{measure},Measure {measure},percentage,1" for measure in measures])),
            ("units", write(folder, "units.csv", ["code,name,kind", "a,Adults,directorate",
                                                  "b,Housing,directorate"]))]
    good = [f"{measure},{unit},{year}-{year - 1999:02d},{chance.randint(0, 999) / 10},"
            for measure in measures for unit in "ab" for year in range(2000, 2019)][:ROWS]
    bad = ["m-1,nobody,2000-01,3,", "m-2,a,someday,3,", "m-3,a,2000-01,three,",
           "m-4,a,2000-01,3,awaited", "m-5,a,2000-01,,", ",a,2000-01,3,"]
    first = good + [chance.choice(bad) for _ in range(60)] + chance.sample(good, 40)
    first += [line.replace(",a,", ",b,") for line in chance.sample(good, 40)]
    chance.shuffle(first)
    again = [re.sub(r"\d+\.\d,$", "1234.5,", line) if chance.random() < 0.1 else line for line in good]
    again += [chance.choice(bad) for _ in range(20)]
    chance.shuffle(again)
    heading = "measure,unit,period,value,missing"
    made += [("values", write(folder, "first.csv", [heading] + first)),
             ("values", write(folder, "first.csv", [heading] + first)),
             ("values", write(folder, "again.csv", [heading] + again)),
             ("values", write(folder, "partial.csv", ["measure,unit,period,quality_note"] + [
                 f"m-{number % 50},a,2001-02,Note {number % 7}" for number in range(60)]))]
    return made


def send_all(folder, workspace):
    """What each import says and gives back, with the rows that stand at the end."""
    said = []
    for number, (kind, path) in enumerate(files(folder)):
        for option in (("--dry-run",), ("--mend", os.path.join(workspace, f"{number}.csv"))):
            code, out, err = run("import", kind, path, *option, workspace=workspace)
            mend = option[-1] if os.path.exists(option[-1]) else None
            said.append((os.path.basename(path), code, out.replace(workspace, ""), err,
                         open(mend, encoding="utf-8").read() if mend else ""))
    stand = rows("values", workspace, "--all-revisions")
    return said, sorted(map(str, stand))


def main():
    tap = Tap()
    server = os.environ.get("DUEREGARD_TEST_POSTGRESQL")
    if not server:
        tap.check("DUEREGARD_TEST_POSTGRESQL names the tests' server", False)
        tap.end()
    results = {}
    with Folder() as folder:
        for name, address in (("sqlite", "sqlite:dueregard.sqlite"),
                              ("postgresql", database(server, "engines"))):
            workspace = os.path.join(folder, name)
            code, out, err = run("init", "--database", address, workspace=workspace)
            tap.check(f"a workspace on {name}", code == 0, out + err)
            results[name] = send_all(folder, workspace)
            code, out, err = run("audit", workspace=workspace)
            tap.check(f"its audit is whole on {name}", code == 0, out + err)
    (here, here_rows), (there, there_rows) = results["sqlite"], results["postgresql"]
    for one, other in zip(here, there):
        tap.equal(f"{one[0]}: the same words and the same file to mend", other, one)
    tap.equal("the same revisions stand", there_rows, here_rows)
    counts = [re.search(r"(\d+) new, (\d+) changed, (\d+) as they were, (\d+) refused", out)
              for _, _, out, _, _ in here[5::2]]
    numbers = [tuple(map(int, found.groups())) for found in counts]
    tap.check("there were rows of every outcome",
              numbers[0][0] > 1000 and numbers[0][3] > 60 and numbers[0][2] > 30 and
              numbers[1][:2] == (0, 0) and numbers[2][1] > 100 and numbers[3][1] > 0, numbers)
    tap.end()


main()
