"""dueregard snapshot: sealed, counted against counts made here, one subject out, a notice in effect;
moved to PostgreSQL and back, backed up and restored."""
import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import extracts
from harness import Folder, Tap, rows, run

DAY = (2026, 3, 31)


def count(workspace, code, table):
    """The cells of a table: the labels of its variables, then how many."""
    _, out, err = run("snapshot", "count", code, table, workspace=workspace)
    cells = list(csv.reader(io.StringIO(out)))[1:]
    return {tuple(row[:-1]): int(row[-1]) for row in cells} if out else err


def there(people):
    return [p for p in people if p["start"] <= DAY and (p["leave"] is None or p["leave"] >= DAY)]


def expected(people, *variables):
    parts = {"sex": lambda p: p["sex"], "ethnicity": lambda p: p["ethnicity"],
             "unit": lambda p: "/".join(p["unit"])}
    return dict(Counter(tuple(parts[name](p) for name in variables) for p in people))


def money(pence, parts):
    """Pounds of a mean, rounded half away from zero to the penny."""
    return int((Decimal(pence) / parts).quantize(Decimal(1), ROUND_HALF_UP)) / 100


def snapshots(workspace):
    return json.loads(run("snapshot", "list", "--format", "json", workspace=workspace)[1])


def everything(workspace):
    """The database's bytes, all files of it."""
    names = [name for name in sorted(os.listdir(workspace)) if ".sqlite" in name]
    return b"".join(open(os.path.join(workspace, name), "rb").read() for name in names)


def check_counts(tap, workspace, people, path):
    code, out, err = run("snapshot", "import", "march", path, "--on", "2026-03-31", "--title",
                         "Workforce", workspace=workspace)
    tap.check("an extract is sealed", code == 0 and "version 1" in out, out + err)
    tap.equal("sex by ethnic group", count(workspace, "march", "ethnicity*sex"),
              expected(there(people), "ethnicity", "sex"))
    tap.equal("a division is itself only under its department",
              count(workspace, "march", "unit-1/unit-2"), expected(there(people), "unit"))
    before = snapshots(workspace)
    code, out, _ = run("snapshot", "import", "march", path, "--on", "2026-03-31", "--title",
                       "Workforce", workspace=workspace)
    tap.equal("the same file again changes nothing", (code, snapshots(workspace)), (0, before))
    stored = everything(workspace)
    tap.check("nothing of the people is readable in the database",
              not any(text in stored for text in (b"Black African", b"E000004", b"Fostering")))
    _, out, _ = run("snapshot", "pay", "march", "sex", "--unit", "unit-1", workspace=workspace)
    pay = {(row["unit"], row["group"]): row for row in csv.DictReader(io.StringIO(out))}
    women = [p["pence"] for p in there(people) if p["sex"] == "F" and p["pence"]]
    place = [p["pence"] for p in there(people)
             if p["sex"] == "F" and p["pence"] and p["unit"][0] == "Place"]
    for unit, amounts in (("", women), ("Place", place)):
        row = pay[(unit, "F")]
        tap.equal(f"women's pay {unit or 'in all'}: people, mean, median",
                  (int(row["people"]), float(row["mean"]), float(row["median"])),
                  (len(amounts), money(sum(amounts), len(amounts)),
                   money(sum(sorted(amounts)[(len(amounts) - 1) // 2:len(amounts) // 2 + 1]),
                         2 - len(amounts) % 2)))
    code, _, err = run("snapshot", "count", "march", "pay", workspace=workspace)
    tap.check("pay is no category to count by", code == 3 and "ethnicity" in err, err)
    code, _, err = run("snapshot", "count", "june", "sex", workspace=workspace)
    tap.check("a snapshot that is not there", code == 3 and "june" in err, err)


def check_reports(tap, workspace, path, people):
    """Pay gaps and comparisons of a snapshot are those of its file, to the byte but for the title."""
    people_there = there(people)
    by_unit = dict(Counter((p["ethnicity"], "/".join(p["unit"])) for p in people_there))
    cases, tables = os.path.join(workspace, "cases.csv"), os.path.join(workspace, "tables.csv")
    with open(cases, "w", encoding="utf-8") as file:
        file.write("Staff number,Case\n" + "".join(f"{p['key']},{'Grievance' if i % 3 else 'Capability'}\n"
                                                   for i, p in enumerate(people) if i % 5 == 0))
    with open(tables, "w", encoding="utf-8") as file:
        file.write("table,variables,levels\nt1,ethnicity*unit,\nt2,Gender,all\n")
    for words in (["paygap"], ["paygap", "--by", "ethnicity"], ["paygap", "--by", "disability"],
                  ["paygap", "--by", "ethnicity", "--groups", "binary"],
                  ["compare", "--benchmark", "england-wales-2021"],
                  ["compare", "--outcome", "Directorate=Place", "--by", "sex"]):
        code, out, err = run(*words, "--snapshot", "march", "--format", "json", workspace=workspace)
        expected = run(*words, path, "--on", "2026-03-31", "--format", "json")
        if expected[0] > 1:
            tap.equal(f"{' '.join(words)} is refused alike", (code, err.split(":")[0]),
                      (expected[0], expected[2].split(":")[0]))
            continue
        found, wanted = (json.loads(text) if text else {} for text in (out, expected[1]))
        for one in (found, wanted):
            one.pop("sha256", None)
            one.pop("hash", None)
        tap.check(f"{' '.join(words)} of a snapshot is that of its file", code == expected[0] and found == wanted,
                  f"{code} {err}{out[:600]}\n{expected[1][:600]}{expected[2]}")
    code, out, err = run("compare", "--snapshot", "march", "--cases", cases, "--cases-where", "Case=Grievance",
                         "--by", "sex", "--format", "json", workspace=workspace)
    expected = run("compare", path, "--on", "2026-03-31", "--cases", cases, "--cases-where", "Case=Grievance",
                   "--by", "sex", "--format", "json")
    tap.check("cases meet the people of a snapshot as those of its file", (code, json.loads(out)) ==
              (expected[0], json.loads(expected[1])) and json.loads(out)["groups"][1]["cases"] > 0, f"{err}{out[:400]}")
    code, out, err = run("cube", "--snapshot", "march", "--tables", tables, "--format", "csv", workspace=workspace)
    counts = {(row["ethnicity"], row["unit"]): int(row["count"]) for row in csv.DictReader(io.StringIO(out))
              if row["table"] == "t1"}
    tap.equal("cube counts a snapshot by its roles", (code, counts), (0, by_unit))
    everybody = [row["count"] for row in csv.DictReader(io.StringIO(out)) if row["table"] == "t2" and
                 row["Gender"] == "(all)"]
    tap.equal("and by its headings, everybody too", everybody, [str(len(people_there))])
    code, _, err = run("paygap", path, "--snapshot", "march", workspace=workspace)
    tap.check("files or a snapshot, not both", code == 2 and "no files" in err, err)
    code, _, err = run("paygap", "--snapshot", "march", "--on", "2026-03-31", workspace=workspace)
    tap.check("a snapshot is read as it was sealed", code == 2 and "as it was sealed" in err, err)
    run("account", "add", "ida", "--name", "Ida Made-Up", "--email", "ida@example.invalid", workspace=workspace)
    run("account", "grant", "ida", "auditor", workspace=workspace)
    code, _, err = run("paygap", "--snapshot", "march", "--as", "ida", workspace=workspace)
    tap.check("an auditor counts no people", code == 1 and "Count people" in err, f"{code} {err}")
    code, _, err = run("cube", "--snapshot", "march", "--tables", tables, "--as", "ida", workspace=workspace)
    tap.check("nor by cube", code == 1 and "Count people" in err, f"{code} {err}")


def check_subject(tap, workspace, people):
    person = next(p for p in there(people) if p["ethnicity"] == "B2")
    key = person["key"].encode()
    _, out, err = run("snapshot", "subject", "march", workspace=workspace, stdin=key + b"\n")
    holds = json.loads(out)["records"][0]["holds"]
    tap.equal("a subject sees what is held, raw and as read",
              (holds["ethnicity"], holds["ethnicity.written"], holds["date-of-birth"]),
              ("B2", person["cells"]["Ethnic origin"].strip(), "%04d-%02d-%02d" % person["born"]))
    def unknown():
        found = json.loads(run("paygap", "--snapshot", "march", "--by", "ethnicity", "--format", "json",
                               workspace=workspace)[1])
        return found["population"]["excluded"]["ethnicity-not-known"]

    table, unknown_before = count(workspace, "march", "ethnicity"), unknown()
    run("snapshot", "stop", "notice-1", "--received", "2026-01-05", workspace=workspace, stdin=key)
    stopped = count(workspace, "march", "ethnicity")
    tap.equal("a notice takes the answers out of later counts, not the head",
              (stopped[("B2",)], stopped[("withdrawn",)], sum(stopped.values())),
              (table[("B2",)] - 1, 1, sum(table.values())))
    tap.equal("and out of pay gaps by it", unknown(), unknown_before + 1)
    run("snapshot", "stop", "notice-1", "--ended", "2026-02-01", workspace=workspace)
    tap.equal("and ends when it is taken back", count(workspace, "march", "ethnicity"), table)
    backup = os.path.join(workspace, "..", "before.backup")
    run("backup", backup, workspace=workspace)
    keys = set(os.listdir(os.path.join(workspace, "keys", "snapshots")))
    code, out, err = run("snapshot", "remove", "march", "--reason", "asked", workspace=workspace,
                         stdin=key)
    tap.check("a subject is removed", code == 0 and "Version 2" in out, out + err)
    after = count(workspace, "march", "ethnicity")
    tap.equal("and counted no more", after[("B2",)], table[("B2",)] - 1)
    tap.check("the old key is gone and there is one anew",
              keys.isdisjoint(os.listdir(os.path.join(workspace, "keys", "snapshots"))))
    code, _, err = run("snapshot", "subject", "march", workspace=workspace, stdin=key)
    tap.check("nothing is found under the key, which no message holds",
              code == 3 and person["key"] not in err, err)
    old = os.path.join(workspace, "..", "old")
    shutil.copytree(workspace, old)
    for name in os.listdir(old):
        if ".sqlite" in name:
            os.unlink(os.path.join(old, name))
    code, _, err = run("restore", backup, workspace=old)
    tap.equal("an older backup comes back", (code, err), (0, ""))
    code, _, err = run("snapshot", "count", "march", "sex", workspace=old)
    tap.check("but without the key the removed subject's version stays shut",
              code == 3 and "keys" in err, err)
    code, out, err = run("audit", workspace=workspace)
    tap.check("the audit is whole", code == 0, out + err)
    tap.check("and neither it nor anything else holds the key in the clear",
              key not in everything(workspace))
    return after


def check_recipes(tap, folder, workspace, people):
    """Measures fed from the snapshot, whose removed subject is counted no more."""
    def bring(kind, text):
        path = os.path.join(folder, kind + ".csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        code, out, err = run("import", kind, path, workspace=workspace)
        tap.check(f"{kind} are imported", code == 0, out + err)

    bring("units", "code,name,kind\ncouncil,Council,authority\n")
    bring("measures", "code,title,kind,polarity\nminority,Ethnic minority employees,percentage,higher\n"
                      "women,Women,count,higher\nyoung,Under 25,percentage,higher\n"
                      "wrong,Wrong,percentage,higher\nstarted,Women who started in the year,percentage,higher\n"
                      "undated,Undated,percentage,higher\n")
    bring("measure-recipes",
          "measure,unit,numerator,denominator\n"
          "minority,council,ethnicity=@ethnic-minorities,ethnicity=answered\n"
          "women,council,sex=F,\n"
          "young,council,age-10-year=@under-25,\n"
          "wrong,council,ethnicity=@bame,\n"
          "started,council,sex=F,start-date=within\nundated,council,start-date=2025,\n")
    code, out, err = run("snapshot", "measures", "march", "--period", "2025-26", workspace=workspace)
    tap.check("a recipe that names no group of the list is refused by name",
              code == 1 and "bame" in out, out + err)
    tap.check("a date is before, within or after the period, and nothing else", "start-date=within" in out, out)
    removed = next(p for p in there(people) if p["ethnicity"] == "B2")
    staff = [p for p in there(people) if p is not removed]
    answered = [p for p in staff if len(p["ethnicity"]) == 2]
    young = [p for p in staff if DAY[0] - p["born"][0] - (DAY[1:] < p["born"][1:]) < 25]
    values = {row["measure"]: row for row in rows("values", workspace)}
    started = [p for p in staff if (2025, 4, 1) <= p["start"] <= (2026, 3, 31)]
    tap.check("somebody started in the year, and somebody before", 0 < len(started) < len(staff))
    tap.equal("who started within the period is counted by the date",
              (values["started"]["numerator"], values["started"]["denominator"]),
              (str(sum(p["sex"] == "F" for p in started)), str(len(started))))
    tap.equal("a share has its numerator and denominator",
              (values["minority"]["numerator"], values["minority"]["denominator"]),
              (str(len([p for p in answered if p["ethnicity"][0] != "W"])), str(len(answered))))
    tap.equal("a count is a number of people", values["women"]["value"],
              str(len([p for p in staff if p["sex"] == "F"])))
    tap.equal("an age group comes from the date of birth", values["young"]["numerator"],
              str(len(young)))
    tap.check("a value says where it comes from",
              "march (workforce), version 2" in values["minority"]["quality_note"] and
              values["minority"]["as_at"] == "2026-03-31", values["minority"])
    bring("measure-recipes", "measure,unit,breakdown,population,numerator,denominator\n"
                             "women,council,leavers,leavers,sex=F,\n"
                             "women,council,few,leavers,sex=F; unit-1=Place,\n")
    staff_file = os.path.join(folder, "staff.csv")
    for population in ("starters", "leavers"):
        code, out, err = run("snapshot", "import", population, staff_file, "--on", "2026-03-31",
                             "--since", "2025-03-31", "--population", population,
                             workspace=workspace)
        tap.check(f"{population} are a population of their own", code == 0, out + err)
    before = (2025, 3, 31)
    started = [p for p in people if before < p["start"] <= DAY]
    left = [p for p in people if p["leave"] and before <= p["leave"] < DAY]
    tap.equal("starters by sex", count(workspace, "starters", "sex"), expected(started, "sex"))
    tap.equal("leavers by sex", count(workspace, "leavers", "sex"), expected(left, "sex"))
    run("snapshot", "measures", "leavers", "--period", "2025-26", workspace=workspace)
    values = {row["measure"] + row["breakdown"]: row for row in rows("values", workspace)}
    tap.equal("a recipe counts its own population alone", values["womenleavers"]["value"],
              str(len([p for p in left if p["sex"] == "F"])))
    few = values["womenfew"]
    tap.check("a count so small that it tells of people is put on record as withheld, without its number",
              0 < sum(p["sex"] == "F" and p["unit"][0] == "Place" for p in left) < 10 and not few["value"]
              and few["missing"] == "withheld" and "could be recognised" in few["quality_note"], few)
    bring("measure-recipes", "measure,unit,breakdown,population,numerator,denominator,among_population\n"
                             "minority,council,turnover,leavers,sex=F,sex=F,workforce\n"
                             "minority,council,cases,disciplinary,sex=F,,\n")
    run("snapshot", "import", "march-2025", staff_file, "--on", "2025-03-31", workspace=workspace)
    code, out, err = run("snapshot", "measures", "--period", "2025-26", workspace=workspace)
    tap.check("without a code the latest snapshot of each population in the period is taken",
              "bame" in out and "turnover" in out and "as it was" in out and "cases" not in out, out + err)
    turnover = next(row for row in rows("values", workspace) if row["breakdown"] == "turnover")
    women = [len([p for p in people if p["sex"] == "F" and p["start"] <= day and
                  (p["leave"] is None or p["leave"] >= day)]) for day in (before, DAY)]
    women[1] -= removed["sex"] == "F"
    tap.equal("leavers are counted among the mean headcount of the year",
              (turnover["numerator"], Decimal(turnover["denominator"])),
              (str(len([p for p in left if p["sex"] == "F"])), Decimal(sum(women)) / 2))
    tap.check("and the value says of which snapshots", "march-2025, march" in turnover["quality_note"], turnover)
    code, _, err = run("snapshot", "measures", "--period", "2019-20", workspace=workspace)
    tap.check("a period without snapshots is told", code == 3 and "2019-20" in err, f"{code} {err}")
    values = {row["measure"] + row["breakdown"]: row for row in rows("values", workspace)}
    code, _, err = run("snapshot", "import", "x", staff_file, "--on", "2026-03-31", "--population",
                       "leavers", workspace=workspace)
    tap.check("leavers need the day since when", code == 2 and "--since" in err, err)
    run("snapshot", "measures", "march", "--period", "2025-26", workspace=workspace)
    tap.equal("run again, nothing changes",
              {row["measure"] + row["breakdown"]: row for row in rows("values", workspace)}, values)


def check_moves(tap, folder, workspace, people, table, server):
    backup = os.path.join(folder, "after.backup")
    run("backup", backup, workspace=workspace)
    for name in os.listdir(workspace):
        if ".sqlite" in name:
            os.unlink(os.path.join(workspace, name))
    run("restore", backup, workspace=workspace)
    tap.equal("restored with its keys, the counts are the same",
              count(workspace, "march", "ethnicity"), table)
    if not server:
        tap.check("DUEREGARD_TEST_POSTGRESQL names the tests' server", False)
        return
    subprocess.run(["psql", "-X", "-q", server, "-c", "CREATE DATABASE people_moved"], check=True)
    address = re.sub(r"^(postgresql://[^/]*/)[^?]*", r"\g<1>people_moved", server)
    code, out, err = run("move", "--to", address, workspace=workspace)
    tap.check("moved to PostgreSQL", code == 0, out + err)
    tap.equal("the counts are the same there", count(workspace, "march", "ethnicity"), table)
    check_rights_elsewhere(tap, workspace, people, address)


def check_rights_elsewhere(tap, workspace, people, address):
    """Right of access, notice and erasure where the workspace stands in PostgreSQL."""
    def held():
        """All rows of the tables that hold sealed people and what was noted of it, as text."""
        names = subprocess.run(["psql", "-X", "-At", address, "-c", "SELECT tablename FROM pg_tables WHERE schemaname = "
                                "current_schema()"], check=True, capture_output=True, text=True).stdout.split()
        return b"".join(subprocess.run(["psql", "-X", "-At", address, "-c", f"SELECT * FROM {name}"], check=True,
                                       capture_output=True).stdout for name in names)

    others = [p for p in there(people) if p["ethnicity"] == "W9"]
    person, table = others[0], count(workspace, "march", "ethnicity")
    key = person["key"].encode()
    _, out, err = run("snapshot", "subject", "march", workspace=workspace, stdin=key)
    tap.equal("PostgreSQL: a subject gets what is held, and of nobody else",
              [record["holds"]["ethnicity"] for record in json.loads(out)["records"]] if out else err, ["W9"])
    run("snapshot", "stop", "notice-2", "--received", "2026-01-05", workspace=workspace, stdin=key)
    stopped = count(workspace, "march", "ethnicity")
    tap.equal("PostgreSQL: a notice takes the answers out of later counts",
              (stopped[("W9",)], stopped[("withdrawn",)], sum(stopped.values())),
              (table[("W9",)] - 1, 1, sum(table.values())))
    keys = set(os.listdir(os.path.join(workspace, "keys", "snapshots")))
    code, out, err = run("snapshot", "remove", "march", "--reason", "asked", workspace=workspace, stdin=key)
    tap.check("PostgreSQL: a subject is removed", code == 0 and "Version 3" in out, out + err)
    after = count(workspace, "march", "ethnicity")
    tap.equal("PostgreSQL: and counted no more", (after.get(("W9",), 0), after.get(("withdrawn",), 0)),
              (table[("W9",)] - 1, 0))
    code, _, err = run("snapshot", "subject", "march", workspace=workspace, stdin=key)
    tap.check("PostgreSQL: nothing is found any more, and no message holds the key",
              code == 3 and person["key"] not in err, err)
    now = set(os.listdir(os.path.join(workspace, "keys", "snapshots")))
    tap.equal("PostgreSQL: its version's key is gone, and there is one anew", (len(keys - now), len(now - keys)), (1, 1))
    everything_held = held()
    tap.check("PostgreSQL: no table holds the key in the clear", key not in everything_held and len(everything_held) > 10000)
    code, out, err = run("audit", workspace=workspace)
    tap.check("PostgreSQL: the audit is whole", code == 0, out + err)


def check_labels(tap, folder, workspace):
    path, labels = os.path.join(folder, "x.csv"), os.path.join(folder, "labels.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Id,Ethnicity\n1,Zz\n2,Indian\n")
    with open(labels, "w", encoding="utf-8") as file:
        file.write("column,label,list,code\nEthnicity,Zz,ethnicity-england-2021,B1\n")
    code, _, _ = run("people", path, "--workspace", workspace)
    code_before = code
    code, out, err = run("import", "people-labels", labels, workspace=workspace)
    tap.check("a map is remembered for the authority", code == 0, out + err)
    code, out, err = run("people", path, "--workspace", workspace)
    tap.equal("and heard from then on", (code_before, code), (1, 0))


def write_weeks(path):
    """Salaries by the month: some with contract hours, some whose hours differ from week to week, some with neither."""
    weeks = [f"W{number}" for number in range(14, 0, -1)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"Staff number,Sex,Monthly pay,Weekly hours,{','.join(weeks)}\n")
        for number in range(60):
            hours = "36" if number % 3 == 0 else ""
            worked = [str(20 + (number * 7 + week * 5) % 19 + week % 4 / 4) if number % 3 == 1 and week % 5 else ""
                      for week in range(14)]
            file.write(f"W{number},{'FM'[number % 2]},{1500 + number * 37 % 900}.{number % 100:02d},{hours},"
                       f"{','.join(worked)}\n")
    return "/".join(weeks)


def check_weeks(tap, folder, workspace):
    """Where hours vary, a snapshot keeps what paragraph 7 needs of them: its pay gap is that of the file."""
    path = os.path.join(folder, "weeks.csv")
    headings = write_weeks(path)
    run("snapshot", "import", "plain", path, "--on", "2026-03-31", workspace=workspace)
    code, out, err = run("snapshot", "import", "weeks", path, "--on", "2026-03-31", "--week-hours", headings,
                         workspace=workspace)
    tap.check("hours of weeks are taken into a snapshot", code == 0 and "worked: 20." in out, out + err)
    file, weeks, plain = (json.loads(run("paygap", *words, "--format", "json", workspace=workspace)[1])
                          for words in ((path, "--week-hours", headings), ("--snapshot", "weeks"), ("--snapshot", "plain")))
    for figures in (file, weeks):
        figures.pop("sha256", None)
        figures.pop("hash", None)
    tap.equal("its figures are those of the file", [weeks["population"], weeks["mean_gap"], weeks["quarters"]],
              [file["population"], file["mean_gap"], file["quarters"]])
    tap.check("without them 40 people have no hours", plain["population"]["excluded"]["hours-missing"] == 40 and
              weeks["population"]["excluded"]["hours-missing"] == 20 and plain["mean_gap"] != weeks["mean_gap"],
              (plain["population"], weeks["population"]))
    code, out, _ = run("snapshot", "import", "weeks", path, "--on", "2026-03-31", "--week-hours", "W14/W13",
                       workspace=workspace)
    tap.check("other weeks are another version", code == 0 and "version 2" in out, out)
    code, _, err = run("snapshot", "import", "wrong", path, "--on", "2026-03-31", "--week-hours", "W1/W99",
                       workspace=workspace)
    tap.check("a week that is not there is named", code == 2 and "W99" in err, err)


def check_whole_organisation(tap, folder, workspace):
    """Gender identity is counted for everybody together and crossed with nothing, in measures too."""
    path = os.path.join(folder, "identity.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Employee id,Sex,Gender identity\n" + "".join(
            f"I{number},{'FM'[number % 2]},{'No' if number < 12 else 'Yes'}\n" for number in range(90)))
    run("snapshot", "import", "identity", path, "--on", "2026-03-31", "--population", "identity", workspace=workspace)
    recipes = os.path.join(folder, "measure-recipes.csv")
    with open(recipes, "w", encoding="utf-8") as file:
        file.write("measure,unit,breakdown,population,numerator,denominator\n"
                   "women,council,identity,identity,gender-identity=GN,\n"
                   "women,council,crossed,identity,gender-identity=GN; sex=F,\n"
                   "young,council,crossed,identity,gender-identity=GN,sex=F\n")
    code, out, err = run("import", "measure-recipes", recipes, workspace=workspace)
    tap.check("recipes of gender identity are read", code == 0, out + err)
    code, out, err = run("snapshot", "measures", "identity", "--period", "2025-26", workspace=workspace)
    values = {(row["measure"], row["breakdown"]): row["value"] for row in rows("values", workspace)}
    tap.equal("for the whole organisation it is counted", values.get(("women", "identity")), "12")
    tap.check("crossed with anything it is refused by name", code == 1 and
              out.count("never crossed with anything") + out.count("crossed with") > 1 and
              ("women", "crossed") not in values and ("young", "crossed") not in values, out + err)


def main():
    tap = Tap()
    server = os.environ.get("DUEREGARD_TEST_POSTGRESQL")
    with Folder() as folder:
        workspace, path = os.path.join(folder, "council"), os.path.join(folder, "staff.csv")
        people = extracts.make(11, 2600)
        extracts.write(path, people)
        run("init", "--workspace", workspace)
        check_counts(tap, workspace, people, path)
        check_reports(tap, workspace, path, people)
        table = check_subject(tap, workspace, people)
        check_labels(tap, folder, workspace)
        check_recipes(tap, folder, workspace, people)
        check_whole_organisation(tap, folder, workspace)
        check_weeks(tap, folder, workspace)
        check_moves(tap, folder, workspace, people, table, server)
    tap.end()


main()
