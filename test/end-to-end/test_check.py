"""The return's own check: on the demonstration quarter it finds what a careful reader of the paper
finds, and nothing else (test/golden/findings_2012-13-Q1.csv, gone through by hand against the
paper); on the clean return it finds nothing."""
import collections
import csv
import glob
import json
import os

from harness import ROOT, Folder, Tap, demo, run

PERIOD = "2012-13-Q1"
KEYS = ["kind", "severity", "objective", "measure", "unit", "row", "message", "evidence"]
# The rows that must show each kind; the golden table has these and those like them.
REQUIRED = {
    "rating-contradicts-value": "1.4 1.5 3.5 8.2", "forecast-as-position": "1.5 4.6",
    "boundary-misread": "6.2", "target-differs-in-row": "2.8 4.6",
    "narrative-duplicated": "6.1 8.1", "measure-duplicated": "1.3 3.6",
    "inverse-of-target": "1.3 3.6",
    "missing-untyped": "2.3 2.4 2.5 2.9 4.3 4.4 4.5 6.1 6.6",
    "several-measures-in-row": "2.3 3.4 6.1", "restatement-unrecorded": "2.8",
    "small-base": "1.6 1.7 1.9", "cumulative-misjudged": "2.10 8.1",
    "rated-without-baseline": "3.1", "percentage-contradicted": "3.2", "period-stale": "3.5",
    "value-without-number": "5.1B 5.2 5.4", "population-misnamed": "4.1",
    "discloses-person": "1.7 1.8 1.9",
}
CLEAN = os.path.join(ROOT, "test", "fixtures", "clean-return")
ENTITIES = """authority characteristic unit unit_change post person body scheme objective measure
measure_objective measure_supplier comparator directorate_return target value forecast rating
return_row""".split()


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_kind(pairs):
    table = collections.defaultdict(list)
    for kind, row in pairs:
        table[kind].append(row)
    return table


def check_demo(tap, workspace):
    code, out, err = run("check", "--period", PERIOD, "--format", "json", workspace=workspace)
    tap.equal("findings give exit code 1", (code, err), (1, ""))
    findings = json.loads(out)
    golden = by_kind((line["kind"], line["row"]) for line in
                     read_table(os.path.join(ROOT, "test", "golden", f"findings_{PERIOD}.csv")))
    found = by_kind((finding["kind"], finding["row"]) for finding in findings)
    kinds = [line["kind"] for line in read_table(os.path.join(ROOT, "rules", "finding_kinds.csv"))]
    tap.equal("only kinds of the list", sorted(set(found) - set(kinds)), [])
    for kind in kinds:
        tap.equal(f"{kind}: the rows of the golden table", found[kind], golden[kind])
        missing = sorted(set(REQUIRED[kind].split()) - set(found[kind]))
        tap.equal(f"{kind}: no required row is missing", missing, [])
    tap.check("each finding has exactly the eight keys",
              all(list(finding) == KEYS for finding in findings))
    tap.check("each has words and evidence",
              all(finding["message"] and finding["evidence"] for finding in findings))
    tap.check("no message gives a person's characteristic away",
              not any(word in finding["message"].lower() for finding in findings
                      if finding["kind"] == "discloses-person"
                      for word in ("disab", "bame", "women")))
    return findings


def check_order_and_unit(tap, workspace, findings):
    code, again, _ = run("check", "--period", PERIOD, "--format", "json", workspace=workspace)
    tap.equal("the same again", (code, json.loads(again)), (1, findings))
    unit = "childrens-families"
    code, out, _ = run("check", "--period", PERIOD, "--unit", unit, "--format", "json",
                       workspace=workspace)
    expected = [finding for finding in findings if finding["unit"] == unit]
    tap.equal("one unit's findings are those of all, that unit's", (code, json.loads(out)),
              (1, expected))
    objectives = [finding["objective"] for finding in findings]
    tap.equal("in the order of objectives", objectives, sorted(objectives))


def check_refusals(tap, workspace):
    code, out, err = run("check", "--period", "2031-32-Q1", workspace=workspace)
    tap.check("a period without returns is refused in one sentence",
              code != 0 and not out and "2031-32-Q1" in err and err.count("\n") <= 1, err)
    code, out, err = run("check", "--period", PERIOD, "--unit", "nobody", workspace=workspace)
    tap.check("a unit without a return is refused in one sentence",
              code != 0 and not out and "nobody" in err, err)


def clean_workspace(folder):
    """A workspace with the demonstration's plan and measures, and the clean return of the quarter."""
    workspace = os.path.join(folder, "clean")
    code, _, err = run("init", "--workspace", workspace)
    if code:
        raise RuntimeError(err)
    mended = {os.path.basename(path).rsplit("-", 1)[0] for path in glob.glob(f"{CLEAN}/*.csv")}
    for entity in ENTITIES:
        source = CLEAN if entity in mended else os.path.join(ROOT, "demo")
        for path in sorted(glob.glob(os.path.join(source, f"{entity}-*.csv"))):
            code, out, err = run("import", entity, path, workspace=workspace)
            if code:
                raise RuntimeError(f"{path}: {out}{err}")
    return workspace


def check_clean(tap, folder):
    workspace = clean_workspace(folder)
    code, out, err = run("check", "--period", PERIOD, "--format", "json", workspace=workspace)
    tap.equal("the clean return yields none", (code, out and json.loads(out), err), (0, [], ""))


def check_words(tap, folder):
    """Counts in words are held against what the ledger hides, and told at their row."""
    workspace = os.path.join(folder, "clean")
    released = os.path.join(folder, "released.csv")
    with open(released, "w", encoding="utf-8") as file:
        file.write("table,disability,religion,count,count_mark\n"
                   "t1,All,All,2000,\nt1,All,Sikh,62,\nt1,Yes,Sikh,,[c]\nt1,No,Sikh,,[c]\n")
    code, out, err = run("ledger", "add", released, "--release", "staff-q1", "--population", "council",
                         "--period", PERIOD, workspace=workspace)
    tap.check("a table is released", code == 0, out + err)
    rows = os.path.join(CLEAN, "return_row-clean.csv")
    changed = os.path.join(folder, "changed.csv")
    for words, is_found in (
            ("Four disabled Sikh members of staff asked for leave.", True),
            ("None of our disabled Sikh staff asked for leave.", True),
            ("1.6% of Sikh staff asked for leave.", True),
            ("Forty disabled Sikh members of staff asked for leave.", False),
            ("50% of Sikh staff asked for leave; three unions met.", False),
            ("Four Sikh councillors spoke.", False)):
        with open(rows, encoding="utf-8") as file, open(changed, "w", encoding="utf-8") as out_file:
            out_file.write(file.read().replace("The sub-group has met", words + " The sub-group has met"))
        code, out, err = run("import", "return-rows", changed, workspace=workspace)
        code, out, err = run("check", "--period", PERIOD, "--format", "json", workspace=workspace)
        found = [(finding["kind"], finding["row"]) for finding in json.loads(out)]
        tap.check(f"{'found' if is_found else 'left alone'}: {words}",
                  found == ([("discloses-person", "1.10")] if is_found else []) and
                  (not is_found or 'of the release \\"staff-q1\\"' in out and "religion: Sikh" in out
                   and ("hides this count" in out) != ("1.6%" in words)), out + err)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        findings = check_demo(tap, workspace)
        check_order_and_unit(tap, workspace, findings)
        check_refusals(tap, workspace)
        check_clean(tap, folder)
        check_words(tap, folder)
    tap.end()


main()
