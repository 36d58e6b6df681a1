"""A red rating and what is done about it: asked for in the return with who does it and by when, printed in the progress
report and in the directorate's report to its Improvement Board in every format, and what came of it asked for in the
next return. Each row has one supplier, and an answer typed in for somebody says whose it is and who typed it."""
import csv
import json
import os
import re
import zipfile

from harness import Folder, Tap, demo, rows, run

UNIT = "place-shaping"
DAYS = {2: "1349092800", 3: "1357041600"}
ACTION, OWNER, BY = "Hold two open days", "The scheme's manager", "31 March 2013"
OUTCOME = "Both were held; 60 people came"


def back(verb, quarter, *words, workspace, account=None):
    named = ["--as", account] if account else []
    return run("return", verb, *words, "--period", f"2012-13-Q{quarter}", "--unit", UNIT, *named, workspace=workspace,
               environment={"SOURCE_DATE_EPOCH": DAYS[quarter]})


def take(folder, workspace, quarter, answers, account=None):
    path = os.path.join(folder, "answers.csv")
    labels = sorted({label for row in answers.values() for label in row})
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Row", *labels])
        out.writerows([reference, *(row.get(label, "") for label in labels)] for reference, row in answers.items())
    return back("take", quarter, path, workspace=workspace, account=account)


def sheet(workspace, quarter):
    _, out, _ = back("show", quarter, "--format", "json", workspace=workspace)
    return json.loads(out)["rows"]


def words_of(path):
    """All the words of a report, whatever its format."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            text = file.read("content.xml").decode()
    else:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    text = re.sub(r"<[^>]*>", " ", text).replace("&apos;", "'").replace("&#39;", "'").replace("&#x27;", "'")
    return " ".join(text.replace("│", " ").split())


def check_answers(tap, folder, workspace):
    answers = {row["reference"]: {"Missing because": "awaited"} for row in sheet(workspace, 2)}
    answers["5.1A"] = {"Value as printed": "10"}
    take(folder, workspace, 2, answers)
    code, out, err = back("submit", 2, workspace=workspace)
    tap.check("a red rating without corrective action is not submitted", code != 0 and
              "A red rating needs corrective action" in " ".join(out.split()), out + err)
    answers["5.1A"].update({"Corrective action": ACTION, "Who will do it": OWNER, "By when": "some day"})
    take(folder, workspace, 2, answers)
    code, out, _ = back("submit", 2, workspace=workspace)
    tap.check("nor one without a day", code != 0 and "Say by when" in " ".join(out.split()), out)
    answers["5.1A"]["By when"] = BY
    take(folder, workspace, 2, answers)


def check_board(tap, folder, workspace, is_draft):
    """The board's report in every format; gives the JSON."""
    for kind in ("text", "html", "odt", "ods", "csv", "json"):
        path = os.path.join(folder, f"board.{kind}")
        code, _, err = run("report", "board", "--period", "2012-13-Q2", "--unit", UNIT, "--format", kind, "-o", path,
                           "--full", workspace=workspace)
        words = words_of(path) if code == 0 else err
        said = ["Hold two", "scheme", "2013"] if kind == "text" else [ACTION, "scheme", BY]  # columns fold
        tap.check(f"the board's report as {kind} says what is red, what is done, by whom and by when",
                  code == 0 and all(one in words for one in said), words[:900])
        tap.check(f"and as {kind} whether it is a draft", kind in ("csv", "ods") or
                  ("can still change" in words) == is_draft, words[:300])
    with open(os.path.join(folder, "board.json"), encoding="utf-8") as file:
        return json.load(file)


def cited(node):
    """The citations of a document's figures."""
    if isinstance(node, list):
        return [one for item in node for one in cited(item)]
    if not isinstance(node, dict):
        return []
    own = [node["citation"]] if isinstance(node.get("citation"), dict) else []
    return own + [one for item in node.values() for one in cited(item)]


def check_progress(tap, folder, workspace):
    for kind in ("text", "html", "odt", "ods", "csv"):
        path = os.path.join(folder, f"progress.{kind}")
        code, _, err = run("report", "progress", "--period", "2012-13-Q2", "--format", kind, "-o", path, "--full",
                           workspace=workspace)
        words = words_of(path) if code == 0 else err
        tap.check(f"the progress report as {kind} prints corrective action, who and by when",
                  code == 0 and all(said in words for said in (ACTION, "scheme", BY)), words[-900:])
    _, out, _ = run("report", "progress", "--period", "2012-13-Q1", workspace=workspace)
    tap.check("and for which red ratings nothing is on record",
              re.search(r"For (\d+) of \1 red ratings no corrective action is on record: 1", " ".join(out.split())), out)


def check_next(tap, folder, workspace):
    first = sheet(workspace, 3)[0]
    tap.check("the next return asks what came of it", "outcome_of_last" in {one["input"] for one in first["problems"]})
    answers = {row["reference"]: {"Missing because": "awaited"} for row in sheet(workspace, 3)}
    answers["5.1A"] = {"Value as printed": "150", "What came of the last corrective action": OUTCOME}
    take(folder, workspace, 3, answers)
    code, out, err = back("submit", 3, workspace=workspace)
    tap.check("answered, it is submitted", code == 0, out + err)
    for report in (["board", "--unit", UNIT], ["progress"]):
        _, out, _ = run("report", *report, "--period", "2012-13-Q3", "--full", workspace=workspace)
        tap.check(f"and the {report[0]} report prints it", OUTCOME in " ".join(out.split()), out[-600:])


def check_supplier(tap, folder, workspace):
    tap.check("a row without a post names nobody", all(row["supplier"] is None for row in sheet(workspace, 2)))
    for kind, text in (("posts", "code,title,unit,valid_from\nemployment,Employment Officer,place-shaping,2010-01-01\n"),
                       ("measure-suppliers",
                        "measure,unit,post\nconstruction-people-registered,place-shaping,employment\n")):
        path = os.path.join(folder, f"{kind}.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        code, out, err = run("import", kind, path, workspace=workspace)
        tap.check(f"{kind} are imported", code == 0, out + err)
    tap.equal("a row names the one post that supplies it",
              {row["reference"]: row["supplier"] for row in sheet(workspace, 2) if row["supplier"]},
              {"5.1A": "Employment Officer"})
    tap.equal("and there is one supplier for a measure and a unit",
              len([row for row in rows("measure-suppliers", workspace)
                   if (row["measure"], row["unit"]) == ("construction-people-registered", UNIT)]), 1)


def check_behalf(tap, folder, workspace):
    run("account", "add", "ola", "--name", "Ola Made-Up", "--email", "ola@council.invalid", workspace=workspace)
    run("account", "grant", "ola", "policy-officer", workspace=workspace,
        environment={"SOURCE_DATE_EPOCH": DAYS[2]})
    source = "Employment Officer, by e-mail on 3 October 2012"
    code, out, err = take(folder, workspace, 2, {"5.1A": {
        "Value as printed": "10", "Rating as printed": "HR", "Entered for": source, "Corrective action": ACTION,
        "Who will do it": OWNER, "By when": BY}}, account="ola")
    tap.check("the policy officer enters an answer that came by e-mail", code == 0 and "1 changed" in out, out + err)
    row = next(row for row in sheet(workspace, 2) if row["reference"] == "5.1A")
    tap.equal("it says whose it is and who typed it", (row["inputs"]["supplied_by"], row["edited_by"]), (source, "ola"))
    back("submit", 2, workspace=workspace, account="ola")
    declared = [one["declared_by"] for one in rows("declared-ratings", workspace)
                if (one["period"], one["measure"]) == ("2012-13-Q2", "construction-people-registered")]
    tap.equal("and the rating is on record as theirs", declared, [source])
    _, out, _ = run("report", "board", "--period", "2012-13-Q2", "--unit", UNIT, "--full", workspace=workspace)
    tap.check("as the board's report says", f"Answered by: {source}" in " ".join(out.split()), out)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        for quarter, moment in DAYS.items():
            run("return", "open", "--period", f"2012-13-Q{quarter}", workspace=workspace,
                environment={"SOURCE_DATE_EPOCH": moment})
        check_answers(tap, folder, workspace)
        draft = check_board(tap, folder, workspace, True)
        check_supplier(tap, folder, workspace)
        check_behalf(tap, folder, workspace)
        given = check_board(tap, folder, workspace, False)
        values = [[one for one in cited(document) if one.get("subject", "value") == "value"] for document in (draft, given)]
        tap.check("a draft cites no value, and what is recorded is cited with its revision",
                  not values[0] and values[1] and all(one["revision"] == 1 for one in values[1]), values)
        check_progress(tap, folder, workspace)
        check_next(tap, folder, workspace)
    tap.end()


main()
