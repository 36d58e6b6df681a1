"""Published files as people really write them: how the attacker says he has read them, hierarchies
whose levels share a column, other publishers' marks, files that belong together, and files of which
nothing can be said, which are never called safe."""
import json
import os

from attack_check import Authority, attack, known
from harness import Folder, Tap, run

DATA = os.environ.get("DUEREGARD_TEST_DATA", "")
AUTHORITIES = 300 if os.environ.get("DUEREGARD_TEST_FULL") else 40


def put(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def attacked(*words):
    code, out, err = run("attack", *words, "--format", "json")
    return code, json.loads(out) if out else None, err


def exposed(answer):
    return sorted(cell["cell"] for cell in answer["hidden_cells"] if cell["exposed"])


def as_files(folder, authority, pattern):
    """One column of units for all their levels, and the hierarchy beside it. The name of each cell."""
    names = [f"v{v}" for v in range(authority.variables)]
    lines, parents, cells = [["unit", *names, "count"]], [["unit", "directorate"]], {}
    for key, value, state in zip(authority.keys, authority.values, pattern):
        node, labels = key
        unit = "" if not node else f"d{node[0]}" + (f"t{node[1]}" if len(node) > 1 else "")
        if len(node) > 1 and [unit, f"d{node[0]}"] not in parents:
            parents.append([unit, f"d{node[0]}"])
        own = dict(labels)
        lines.append([unit, *(f"l{own[v]}" if v in own else "Total" for v in range(authority.variables)),
                      str(value) if state == "published" else "[c]"])
        said = [(f"v{v}", f"l{label}") for v, label in labels]
        if unit:
            said.append(("unit" if len(node) > 1 else "unit by directorate", unit))
        cells[frozenset(said)] = len(cells)
    return (put(folder, "tables.csv", "".join(",".join(line) + "\n" for line in lines)),
            put(folder, "units.csv", "".join(",".join(line) + "\n" for line in parents)), cells)


def named(name):
    """"v0 l1, unit d0t1" as a set of pairs."""
    return frozenset() if name == "all" else frozenset(tuple(part.rsplit(" ", 1)) for part in name.split(", "))


def check_hierarchies(tap, folder):
    """The same cells become known as from the plain form, in which the sums are given."""
    wrong, with_hierarchy, leaks = [], 0, 0
    for seed in range(AUTHORITIES):
        authority = Authority(80000 + seed)
        pattern = authority.pattern()
        tables, units, cells = as_files(folder, authority, pattern)
        _, plain = attack(folder, authority.values, authority.rows, pattern, "--zeros", "shown")
        words = ["--hierarchy", f"unit={units}"] if authority.has_hierarchy else []
        _, answer, err = attacked(tables, *words, "--zeros", "shown")
        if answer is None:
            wrong.append((seed, err))
            continue
        found = {cells[named(cell["cell"])] for cell in answer["hidden_cells"]
                 if cell["least"] == cell["most"]}
        if found != known(plain):
            wrong.append((seed, sorted(found ^ known(plain))))
        with_hierarchy += authority.has_hierarchy
        leaks += bool(found)
    tap.equal("levels of units in one column: found out as from the sums themselves", wrong[:2], [])
    tap.check("many have a hierarchy, and many leak",
              with_hierarchy > AUTHORITIES // 4 and leaks > AUTHORITIES // 4, (with_hierarchy, leaks))


def check_public_files(tap):
    """As other programs write them: counts with the columns primary and suppressed beside them."""
    for name, hierarchy, primaries in (("d2", "d2", 0), ("d3", "d3", 184), ("d4b", "d4", 377)):
        path = os.path.join(DATA, "disclosure", name + ".csv")
        title = f"{name}.csv: {primaries} primaries are recovered exactly"
        if not os.path.exists(path):
            tap.skip(title, "DUEREGARD_TEST_DATA is not set")
            continue
        groups = os.path.join(DATA, "disclosure", hierarchy + ".h.csv")
        words = [f"--hierarchy=region={groups}"] + ([f"--hierarchy=months={groups}"] if name != "d2" else [])
        code, answer, err = attacked(path, "--zeros", "shown", *words)
        tap.equal(title, (answer and answer["recovered_primary"], err), (primaries, ""))
        tap.check(f"{name}.csv: how it was read is said",
                  answer and "freq" in answer["understood"][0] and
                  "marked in primary and suppressed" in answer["understood"][0], answer and answer["understood"])
        code, answer, err = attacked(path, "--zeros", "shown")
        tap.check(f"{name}.csv without its hierarchy is not called safe",
                  code in (1, 3) and (code == 3 or answer["overlapping"] is not None), (code, err))


def check_marks(tap, folder):
    """A gap and every usual mark hide a figure; a band of figures is read as one."""
    for mark in ("[c]", "*", "-", "–", "..", ":", "~", "#", "c", "x1", ""):
        text = f"sex,count\nTotal,\"1,041\"\nF,{mark}\nM,1038\n"
        code, answer, err = attacked(put(folder, "marks.csv", text))
        if mark == "x1":
            tap.check("what is neither figure nor mark is refused with its row", code == 3 and "row 3" in err, err)
            continue
        tap.check(f"\"{mark}\" hides, and the rest gives it away", code == 1 and exposed(answer) == ["sex F"]
                  and "1 hidden" in answer["understood"][0], (code, err))
    for band, most in (("<5", 4), ("<=4", 4), ("1-4", 4), ("1 to 4", 4), ("Fewer than 5", 4)):
        text = f"sex,count\nTotal,20\nF,{band}\nM,[c]\n"
        _, answer, err = attacked(put(folder, "marks.csv", text), "--zeros", "shown")
        tap.equal(f"\"{band}\" is at most {most}", [(c["least"], c["most"]) for c in answer["hidden_cells"]],
                  [(1, most), (20 - most, 19)])
    for words in ("primary,suppressed\nTotal,20,FALSE,FALSE\nF,3,TRUE,TRUE\nM,17,FALSE,FALSE",
                  "status\nTotal,20,published\nF,3,primary\nM,17,published",
                  "hidden,percent,Mean\nTotal,20,no,,\nF,3,yes,15,31.5\nM,17,no,85,30"):
        code, answer, err = attacked(put(folder, "marks.csv", "sex,freq," + words + "\n"))
        tap.check(f"columns that say what is hidden are obeyed: {words.split(chr(10))[0]}",
                  code == 1 and exposed(answer) == ["sex F"], (code, err))


def check_nothing_said(tap, folder):
    cases = {
        "no totals": "sex,count\nF,[c]\nM,[c]\n",
        "totals by another name": "sex,count\nEverybody,20\nF,[c]\nM,17\n",
        "each figure under labels of its own": "name,count\na,[c]\nb,4\n",
    }
    for what, text in cases.items():
        path = put(folder, "nothing.csv", text)
        code, out, err = run("attack", path)
        tap.check(f"{what}: said, and not called safe",
                  code == 1 and "No sum was found" in out and "No protected cell" not in out, out + err)
        code, answer, _ = attacked(path)
        tap.check(f"{what}: in JSON too", code == 1 and answer["untried"] is True)
    text = "unit,count\nTotal,20\nA,20\na1,[c]\na2,12\n"
    code, out, err = run("attack", put(folder, "levels.csv", text))
    tap.check("labels of two levels in one column: the hierarchy is asked for",
              code == 1 and "--hierarchy unit=FILE" in out and "No protected cell" not in out, out + err)
    units = put(folder, "h.csv", "unit,department\na1,A\na2,A\n")
    code, answer, err = attacked(os.path.join(folder, "levels.csv"), f"--hierarchy=unit={units}")
    tap.check("and with it the hidden figure is found", code == 1 and exposed(answer) == ["unit a1"], err)
    tap.equal("with what it was read as", answer["understood"],
              [os.path.join(folder, "levels.csv") + ": 4 figures in the column count, by unit; 1 hidden (such as "
               "\"[c]\")."])
    refused = {
        "a label that the hierarchy lacks": ("unit,count\nTotal,3\nb,3\n", units, "does not have \"b\""),
        "a label of two columns": (text, put(folder, "bad.csv", "unit,up\nA,A\n"), "two of its columns"),
        "a hierarchy of one column": (text, put(folder, "bad2.csv", "unit\nA\n"), "2 to 8 columns"),
        "an empty hierarchy": (text, put(folder, "bad3.csv", ""), "empty"),
        "two columns of figures": ("sex,count,value\nF,1,2\n", units, "more than one column"),
        "one total with two figures": ("sex,count\nTotal,9\nF,[c]\nM,3\nTotal,8\n", units, "different figures"),
    }
    for what, (tables, hierarchy, sentence) in refused.items():
        code, answer, err = attacked(put(folder, "t.csv", tables), f"--hierarchy=unit={hierarchy}")
        tap.check(f"{what} is refused in one sentence",
                  code == 3 and answer is None and sentence in err and err.count("\n") == 1, err)
    code, _, err = attacked(os.path.join(folder, "levels.csv"), "--hierarchy", "unit")
    tap.check("a hierarchy without a file is wrong use", code == 2 and err.count("\n") == 1, err)


def check_titles(tap, folder):
    """Titles above the heading and notes below the figures are no figures."""
    text = "Staff by sex\nat 31 March\n\nsex,grade,count\nTotal,Total,20\nF,Total,*\nM,Total,17\n\nSource: records\n"
    code, answer, err = attacked(put(folder, "titles.csv", text))
    tap.check("a file with titles and notes", code == 1 and exposed(answer) == ["sex F"] and answer["cells"] == 3, err)
    text = "unit,sex,count\n,,30\nA,,12\nA,F,5\nA,M,[c]\nB,,18\n"
    code, answer, err = attacked(put(folder, "empty.csv", text))
    tap.check("an empty label is a total", code == 1 and exposed(answer) == ["sex M, unit A"] or
              exposed(answer) == ["unit A, sex M"], (code, err))


def check_forms(tap, folder):
    """What protect writes says the same as CSV, ODS and JSON."""
    people = ["Sex,Department,Division"]
    for place, (sex, unit, count) in enumerate((("F", "A,A1", 12), ("M", "A,A2", 11), ("M", "A,A1", 2), ("F", "B,B1", 15),
                                                ("M", "B,B2", 14), ("F", "B,B2", 3), ("M", "B,B1", 16))):
        people += [f"{sex},{unit}"] * (count + place % 2)
    staff = put(folder, "staff.csv", "\n".join(people) + "\n")
    plan = put(folder, "plan.csv", "table,variables,levels\nt1,Sex*Department/Division,all\nt2,Department/Division,all\n")
    answers = []
    for form in ("csv", "ods", "json"):
        path = os.path.join(folder, "out." + form)
        code, _, err = run("protect", staff, "--tables", plan, "--profile", "threshold-5", "--format", form, "-o", path)
        tap.equal(f"protected as {form}", (code, err.count("cannot")), (0, 0))
        code, answer, err = attacked(path, "--zeros", "shown", "--level", "4")
        tap.check(f"{form}: nobody is found, sums are", code == 0 and answer["equations"] > 0 and answer["hidden"] > 0, err)
        answers.append(answer and {**answer, "understood": None})
    tap.check("all three say the same", answers[0] == answers[1] == answers[2], answers)
    code, _, err = attacked(put(folder, "wrong.json", "[{\"table\": 1}]"))
    tap.check("other JSON is refused in one sentence", code == 3 and "as protect writes them" in err, err)
    code, _, err = attacked(put(folder, "broken.json", "[{"))
    tap.check("broken JSON too", code == 3 and err.count("\n") == 1, err)


def check_differences(tap, folder):
    """Files that are safe one by one and not together."""
    whole = put(folder, "all.csv", "disability,count\nTotal,412\nYes,35\nNo,377\n")
    rest = put(folder, "rest.csv", "disability,count\nTotal,398\nYes,33\nNo,365\n")
    tap.equal("each file alone is safe", [attacked(path)[0] for path in (whole, rest)], [0, 0])
    words = ("--population", "all", whole, "--population", "without schools", rest)
    code, answer, err = attacked(*words)
    tap.equal("beside each other too, while nobody says what they have to do with each other", (code, err), (0, ""))
    code, answer, err = attacked(*words, "--sum", "all = without schools + schools")
    tap.check("all minus without schools: the two in schools are found",
              code == 1 and exposed(answer) == ["schools: disability Yes"], err)
    first = put(folder, "q1.csv", "disability,count\nTotal,412\nYes,35\nNo,377\n")
    second = put(folder, "q2.csv", "disability,count\nTotal,414\nYes,36\nNo,378\n")
    words = ("--period", "Q1", first, "--period", "Q2", second)
    tap.equal("two quarters beside each other", attacked(*words)[0], 0)
    code, answer, err = attacked(*words, "--change", "Q1=Q2")
    tap.check("of the two who came, each is found",
              code == 1 and any("joined between Q1 and Q2" in name and "Yes" in name for name in exposed(answer)),
              (err, answer and exposed(answer)))
    rounded = put(folder, "r1.csv", "disability,count\nTotal,415\nYes,35\nNo,380\n")
    code, answer, err = attacked("--population", "all", rounded, "--population", "without schools", rest,
                                 "--sum", "all = without schools + schools")
    tap.check("what contradicts is said with the total's name", code in (0, 1, 3), (code, err))
    for option, value in (("--sum", "all"), ("--sum", "nobody = none + one"), ("--change", "Q1"), ("--change", "Q1=Q9")):
        code, _, err = attacked(*words, option, value)
        tap.check(f"{option} {value} is wrong use, in one sentence", code == 2 and err.count("\n") == 1, err)


def check_help(tap):
    code, out, _ = run("attack", "--help")
    tap.equal("the help fits 80 columns", (code, [line for line in out.splitlines() if len(line) > 80]), (0, []))


def main():
    tap = Tap()
    with Folder() as folder:
        check_hierarchies(tap, folder)
        check_marks(tap, folder)
        check_nothing_said(tap, folder)
        check_titles(tap, folder)
        check_forms(tap, folder)
        check_differences(tap, folder)
    check_public_files(tap)
    check_help(tap)
    tap.end()


main()
