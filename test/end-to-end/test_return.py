"""The life of a quarter's return: opened, sent out as a spreadsheet, taken back, mended, submitted,
sent back, approved, frozen and revised; what is wrong is told at each row, and nothing is lost when
two people write the same row."""
import csv
import json
import os

from harness import Folder, Tap, demo, rows, run

PERIOD, UNIT = "2012-13-Q2", "place-shaping"
WHICH = ["--period", PERIOD, "--unit", UNIT]
EARLY, LATE, LOCKED = "1349092800", "1352400000", "1357000000"  # 1 October, 8 November, 1 January


def back(verb, *words, workspace, moment=EARLY):
    return run("return", verb, *words, workspace=workspace, environment={"SOURCE_DATE_EPOCH": moment})


def sheet(workspace, which=WHICH):
    code, out, err = back("show", *which, "--format", "json", workspace=workspace)
    assert code == 0, err
    return json.loads(out)


def send(folder, workspace, answers, version=None, moment=EARLY):
    """Takes a CSV with the rows' references and the inputs given, under their labels."""
    path = os.path.join(folder, "sent.csv")
    labels = sorted({label for inputs in answers.values() for label in inputs})
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Row", *labels, *(["Version"] if version is not None else [])])
        for reference, inputs in answers.items():
            out.writerow([reference, *(inputs.get(label, "") for label in labels),
                          *([version] if version is not None else [])])
    return back("take", path, *WHICH, workspace=workspace, moment=moment)


def problems(workspace, reference):
    row = next(row for row in sheet(workspace)["rows"] if row["reference"] == reference)
    return {problem["input"] for problem in row["problems"]}


def check_papers_quarter(tap, workspace):
    _, out, _ = back("board", "--period", "2012-13-Q1", "--format", "json", workspace=workspace)
    tap.equal("a return that was taken in is late by the day its file gives",
              {entry["late_words"] for entry in json.loads(out)}, {"24 days late"})


def check_opening(tap, workspace):
    code, out, err = back("open", "--period", PERIOD, workspace=workspace)
    tap.check("opening makes a return for each unit", code == 0 and "6 returns opened" in out, out + err)
    code, out, _ = back("open", "--period", PERIOD, workspace=workspace)
    tap.check("opening twice changes nothing", code == 0 and "0 returns opened" in out, out)
    code, out, _ = back("board", "--period", PERIOD, "--format", "json", workspace=workspace)
    board = json.loads(out)
    tap.equal("the board has every unit, due by the calendar of the rules",
              {entry["due_on"] for entry in board}, {"2012-10-31"})
    measures = [row["measure"] for entry in board
                for row in sheet(workspace, ["--period", PERIOD, "--unit", entry["unit"]])["rows"]]
    tap.check("each measure of a unit is asked once", measures.count("eet-16-18") == 1, measures)
    first = sheet(workspace)["rows"][0]
    tap.equal("a row shows what the quarter before had", first["past"][0],
              {"period": "Quarter 1 2012/13", "words": "388"})
    _, out, _ = run("check", "--period", PERIOD, workspace=workspace)
    tap.check("what is still being written is not reported as returned", "nothing was found" in out, out)


def check_writing(tap, folder, workspace):
    code, out, _ = send(folder, workspace, {"5.1A": {"Value as printed": "about four hundred"}})
    tap.check("a draft is kept right or wrong", code == 0 and "1 changed" in out, out)
    tap.equal("and told at its row", problems(workspace, "5.1A"), {"value_text"})
    send(folder, workspace, {"5.1A": {"Value as printed": "10", "Rating as printed": "HG"}})
    tap.equal("another rating needs a reason, and a red one a remedy only where it stands",
              problems(workspace, "5.1A"), {"declared_reason"})
    send(folder, workspace, {"5.1A": {"Value as printed": "10", "Rating as printed": ""}})
    tap.equal("a red rating needs corrective action, somebody and a day", problems(workspace, "5.1A"),
              {"corrective_action", "corrective_owner", "corrective_by"})
    version = next(row["version"] for row in sheet(workspace)["rows"] if row["reference"] == "5.1A")
    send(folder, workspace, {"5.1A": {"Value as printed": "400", "Progress": "Theirs"}}, version)
    code, out, _ = send(folder, workspace, {"5.1A": {"Value as printed": "5"}}, version)
    tap.check("the second of two writers is shown the first one's words, and neither is lost",
              code == 1 and "1 conflicts" in out and "400 Theirs" in " ".join(out.split()), out)
    code, out, _ = back("submit", *WHICH, workspace=workspace)
    tap.check("a return with rows to mend is not submitted, and each is listed",
              code != 0 and "5.1B" in out, out)


def answer_all(folder, workspace):
    """The first row red, with its remedy; all others without a value, for a reason."""
    answers = {row["reference"]: {"Missing because": "awaited"} for row in sheet(workspace)["rows"]}
    answers["5.1A"] = {"Value as printed": "10", "Forecast as printed": "150",
                       "Corrective action": "Hold two open days", "Who will do it": "The scheme's manager",
                       "By when": "31 March 2013"}
    return send(folder, workspace, answers)


def check_steps(tap, folder, workspace):
    answer_all(folder, workspace)
    tap.equal("all rows are answered and sound", sheet(workspace)["with_problems"], 0)
    code, out, err = back("submit", *WHICH, workspace=workspace)
    tap.check("it is submitted", code == 0, out + err)
    value = [row for row in rows("values", workspace)
             if row["period"] == PERIOD and row["unit"] == UNIT and row["value"] is not None]
    tap.equal("the typed numbers are recorded as values", [row["value"] for row in value], ["10"])
    tap.equal("and a forecast in numbers as a forecast of the year",
              [(row["period"], row["value"]) for row in rows("forecasts", workspace)
               if row["made_in"] == PERIOD], [("2012-13", "150")])
    code, _, err = send(folder, workspace, {"5.1A": {"Value as printed": "11"}})
    tap.check("a submitted return says who can open it", code != 0 and "directorate lead" in err, err)
    code, _, err = back("send-back", *WHICH, workspace=workspace)
    tap.check("sending back needs a reason", code != 0 and "reason" in err, err)
    back("send-back", *WHICH, "--reason", "5.1A: is that one quarter only?", workspace=workspace)
    back("submit", *WHICH, workspace=workspace, moment=LATE)
    head = sheet(workspace)
    tap.equal("the history tells each step and its reason",
              [(step["action"], step["reason"]) for step in head["steps"]],
              [("open", None), ("submit", None), ("send-back", "5.1A: is that one quarter only?"),
               ("submit", None)])
    _, out, _ = back("board", "--period", PERIOD, "--format", "json", workspace=workspace, moment=LATE)
    entry = next(entry for entry in json.loads(out) if entry["unit"] == UNIT)
    tap.equal("on time is told by the first complete submission", entry["late_words"], "on time")
    code, _, _ = back("freeze", *WHICH, workspace=workspace)
    tap.check("what is not approved is not frozen", code != 0)
    tap.equal("approved, then frozen", [back(verb, *WHICH, workspace=workspace)[0]
                                        for verb in ("approve", "freeze")], [0, 0])
    code, out, err = run("report", "progress", "--period", PERIOD, "--format", "text", workspace=workspace)
    tap.check("the report calls it on time too", "Received on time" in
              run("report", "progress", "--period", PERIOD, "--format", "csv", workspace=workspace)[1])
    tap.check("the report stands on it", code == 0 and "Computed where none is declared: 1" in out, out + err)


def check_revision(tap, folder, workspace):
    code, _, err = back("revise", *WHICH, workspace=workspace)
    tap.check("a revision needs a reason", code != 0 and "reason" in err, err)
    back("revise", *WHICH, "--reason", "Twelve were counted twice", workspace=workspace, moment=LOCKED)
    answers = {"5.1A": {"Value as printed": "9", "Corrective action": "Hold two open days",
                        "Progress": "Two of the 9 trainees have a disability.",
                        "Who will do it": "The scheme's manager", "By when": "31 March 2013"}}
    send(folder, workspace, answers, moment=LOCKED)
    row = next(row for row in sheet(workspace)["rows"] if row["reference"] == "5.1A")
    tap.check("words that give somebody away are told at their row",
              ["Two of" in finding["message"] + finding["evidence"] for finding in row["findings"]
               if finding["kind"] == "discloses-person"] == [False], row["findings"])
    code, out, err = back("refreeze", *WHICH, workspace=workspace, moment=LOCKED)
    tap.check("and not frozen without a reason", code == 1 and "5.1A" in err, out + err)
    answers["5.1A"]["Progress"] = "Nine trainees registered."
    send(folder, workspace, answers, moment=LOCKED)
    code, out, err = back("refreeze", *WHICH, workspace=workspace, moment=LOCKED)
    tap.check("the revision is recorded", code == 0, out + err)
    code, out, _ = run("export", "values", "--all-revisions", workspace=workspace)
    revised = [line for line in out.splitlines()
               if line.startswith(f"5-1a,{UNIT},{PERIOD}") or f",{UNIT},{PERIOD}" in line and ",9," in line]
    tap.check("as a revision with its reason", any("Twelve were counted twice" in line for line in revised), out[-400:])


def check_lock_and_next_quarter(tap, folder, workspace):
    other = ["--period", PERIOD, "--unit", "corporate-resources"]
    path = os.path.join(folder, "other.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Row,Progress\n1.1,Late words\n")
    code, _, err = back("take", path, *other, workspace=workspace, moment=LOCKED)
    tap.check("a locked return says since when, and who can open it",
              code != 0 and "28 November 2012" in err and "policy officer" in err, err)
    code, _, err = back("submit", *other, workspace=workspace, moment=LOCKED)
    tap.check("nor is it submitted", code == 1 and "28 November 2012" in err and "policy officer" in err, err)
    back("except", *other, "--until", "2013-01-31", "--reason", "The system was down", workspace=workspace)
    code, out, err = back("take", path, *other, workspace=workspace, moment=LOCKED)
    tap.check("with an exception it is taken", code == 0 and "1 changed" in out, out + err)
    back("open", "--period", "2012-13-Q3", workspace=workspace, moment=LOCKED)
    first = sheet(workspace, ["--period", "2012-13-Q3", "--unit", UNIT])["rows"][0]
    tap.equal("the next quarter has the last answers beside each box",
              (first["past"][0]["words"], first["last"]["corrective_action"]), ("9", "Hold two open days"))
    tap.check("and asks what came of the corrective action",
              "outcome_of_last" in {problem["input"] for problem in first["problems"]}, first["problems"])


def check_files(tap, folder, workspace):
    for kind in ("ods", "xlsx"):
        path = os.path.join(folder, f"return.{kind}")
        code, out, err = back("sheet", *WHICH, "-o", path, workspace=workspace)
        tap.check(f"the return goes out as {kind}", code == 0, out + err)
        code, out, err = back("take", path, *WHICH, workspace=workspace)
        tap.check(f"and comes back as {kind}, changing nothing", code == 0 and "17 rows read; 0 changed, 17 as they were" in out, out + err)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        check_papers_quarter(tap, workspace)
        check_opening(tap, workspace)
        check_files(tap, folder, workspace)
        check_writing(tap, folder, workspace)
        check_steps(tap, folder, workspace)
        check_revision(tap, folder, workspace)
        check_lock_and_next_quarter(tap, folder, workspace)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


main()
