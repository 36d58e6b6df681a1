"""The ledger: on a file and in a workspace, what exposes somebody is refused with the way there."""
import hashlib
import json
import os

from harness import Folder, Tap, run

ALL = "sex,disability,count\n,,241\nF,,121\nM,,120\n,Yes,21\n,No,220\nF,Yes,[c]\nF,No,[c]\nM,Yes,[c]\nM,No,[c]\n"
QUARTER = ["--population", "council", "--period", "2026-Q1"]


class Ledger:
    """A ledger in a file, or the one of a workspace."""

    def __init__(self, folder, where):
        self.folder, self.where = folder, where

    def call(self, verb, text, *options):
        words = []
        if text is not None:
            words = [os.path.join(self.folder, "table.csv")]
            with open(words[0], "w", encoding="utf-8") as file:
                file.write(text)
        return run("ledger", verb, *words, *options, *self.where)


def check_rules(tap, ledger, title):
    code, out, err = ledger.call("add", ALL, "--release", "w1", *QUARTER, "--zeros", "shown")
    tap.equal(f"{title}: a first release goes on record", (code, err), (0, ""))
    code, out, err = ledger.call("add", ALL, "--release", "w1", *QUARTER, "--zeros", "shown")
    tap.check(f"{title}: a name is used once", code == 3 and "already" in err, err)
    code, out, err = ledger.call("check", ALL, *QUARTER, "--zeros", "shown")
    tap.equal(f"{title}: the same again gives nobody away", (code, err), (0, ""))

    # Somebody asks how many women are disabled; the men follow.
    answer = "sex,disability,count\nF,Yes,18\n"
    code, out, err = ledger.call("add", answer, "--release", "foi-1", *QUARTER)
    tap.check(f"{title}: an answer that gives a hidden count away is refused, with the way there",
              code == 1 and "sex M, disability Yes is 3" in out and "21 (w1)" in out
              and "18 (foi-1)" in out and "not released" in err, f"{code} {out}{err}")

    # "All" less "without schools".
    code, out, _ = ledger.call("check", "disability,count\n,230\nYes,18\nNo,212\n", "--population",
                               "council without schools", "--definition", "council - schools",
                               "--period", "2026-Q1", "--format", "json")
    exposed = {e["cell"]: (e["least"], e["most"]) for e in json.loads(out)[0]["exposures"]}
    tap.equal(f"{title}: the difference of two populations", (code, exposed), (1, {
        "schools, 2026-Q1: disability Yes": (3, 3), "schools, 2026-Q1: disability No": (8, 8)}))

    # Two people joined; what changed is about them.
    code, out, _ = ledger.call("check", "sex,count\n,243\nF,122\nM,121\n", "--population", "council",
                               "--period", "2026-Q2", "--format", "json")
    tap.check(f"{title}: successive quarters of nearly the same people", code == 1 and
              len(json.loads(out)[0]["exposures"]) == 2, out)
    code, out, err = ledger.call("check", "sex,count\n,290\nF,122\nM,168\n", "--population", "council",
                                 "--period", "2026-Q2")
    tap.equal(f"{title}: a quarter in which many moved is free", (code, err), (0, ""))

    # Directorates whose sum is the council.
    code, out, err = ledger.call("add", "disability,count\n,150\nYes,16\nNo,134\n", "--release", "d1",
                                 "--population", "adults", "--period", "2026-Q1")
    tap.equal(f"{title}: a directorate alone is free", (code, err), (0, ""))
    code, out, err = ledger.call("check", "disability,count\n,241\n", "--population", "council",
                                 "--definition", "adults + children", "--period", "2026-Q1")
    tap.check(f"{title}: a directorate that nobody published follows from the sum", code == 1 and
              "children, 2026-Q1: disability Yes is 5" in out, out + err)

    # A revision is a release like any other.
    code, out, err = ledger.call("add", "sex,disability,count\nF,Yes,17\nF,No,[c]\n", "--release",
                                 "w1-revised", *QUARTER, "--zeros", "shown")
    tap.check(f"{title}: a revision that shows a hidden cell is refused", code == 1 and "disability Yes is 4" in out,
              out + err)
    code, out, err = ledger.call("show", None, "--format", "json")
    lines = [json.loads(line) for line in out.splitlines()]
    tap.equal(f"{title}: only what was released is on record",
              [name for i, name in enumerate(l["release"] for l in lines)
               if i == 0 or lines[i - 1]["release"] != name], ["w1", "d1"])
    before = ""
    for text, line in zip(out.splitlines(), lines):
        own = text[:text.rindex(',"hash":"')]
        before = hashlib.sha256((before + own).encode()).hexdigest()
        if line["hash"] != before:
            tap.check(f"{title}: the chain as the page tells it", False, text)
            break
    else:
        tap.check(f"{title}: the chain as the page tells it", len(lines) == 12, len(lines))
    code, out, _ = ledger.call("check", None)
    tap.check(f"{title}: the whole ledger is gone through", code == 0 and "2 releases" in out, out)
    code, out, _ = ledger.call("show", None, "--find", "disability yes")
    tap.check(f"{title}: cells are found by words", code == 0 and out.count("disability Yes") == 4, out)


def check_undecided(tap, ledger, title):
    """Row and column totals that cannot both be right, which no sum shows by itself, and intervals only after
    far too many steps: no table stands behind them, so nothing can be proved of what they hide."""
    text = "table,sex,unit,count\n" + "".join(f"t,{line}\n" for line in (
        "F,Total,100000", "M,Total,100000", "Total,A,120000", "Total,B,80001",
        "F,A,[c]", "F,B,[c]", "M,A,[c]", "M,B,[c]"))
    own = ["--population", "undecided", "--period", "2026-Q1"]
    before = ledger.call("show", None, "--format", "json")
    code, out, err = ledger.call("add", text, "--release", "open", *own)
    tap.check(f"{title}: a release that cannot be decided is refused, with the reason",
              code == 1 and "is not proved safe" in out and "not released" in err and err.count("\n") == 1, out + err)
    tap.equal(f"{title}: and is not on record", ledger.call("show", None, "--format", "json"), before)
    code, out, _ = ledger.call("check", text, *own, "--format", "json")
    tap.check(f"{title}: check says so too", code == 1 and json.loads(out)[0]["undecided"], out)
    code, out, err = ledger.call("check", text.replace("80001", "80000"), *own)
    tap.equal(f"{title}: with totals that can be right it may go out", (code, err), (0, ""))


def check_file(tap, folder):
    path = os.path.join(folder, "ledger.jsonl")
    ledger = Ledger(folder, ["--ledger", path])
    check_rules(tap, ledger, "file")
    check_undecided(tap, ledger, "file")
    with open(path, encoding="utf-8") as file:
        lines = file.read()
    for title, changed in (("changed", lines.replace('"least":21', '"least":20', 1)),
                           ("taken out", "\n".join(lines.split("\n")[:2] + lines.split("\n")[3:]))):
        with open(path, "w", encoding="utf-8") as file:
            file.write(changed)
        code, out, err = ledger.call("check", None)
        tap.check(f"file: a line {title} is noticed", code == 3 and not out and "hash" in err, err)


def check_periods(tap, folder):
    """How many may move between two periods, and that the one that is released first may be the later one."""
    def ledger_with(name, text, period):
        ledger = Ledger(folder, ["--ledger", os.path.join(folder, name)])
        code, _, err = ledger.call("add", text, "--release", "first", "--population", "council", "--period", period,
                                   "--threshold", "5")
        tap.equal(f"periods: {name} begins", (code, err), (0, ""))
        return ledger

    first, four, five = ("sex,count\n,241\nF,121\nM,120\n", "sex,count\n,245\nF,123\nM,122\n",
                         "sex,count\n,246\nF,123\nM,123\n")
    later = ["--population", "council", "--period", "2026-Q2", "--threshold", "5"]
    ledger = ledger_with("forward.jsonl", first, "2026-Q1")
    tap.equal("periods: four of five who moved are told of", ledger.call("check", four, *later)[0], 1)
    tap.equal("periods: five are as many as the threshold, and free", ledger.call("check", five, *later)[0], 0)
    ledger = ledger_with("backward.jsonl", four, "2026-Q2")
    code, out, _ = ledger.call("check", first, *QUARTER, "--threshold", "5")
    tap.check("periods: a quarter that is released after the next one is held against it", code == 1 and "sex" in out, out)


def check_old_exposure(tap, folder):
    """What a ledger gives away already is not laid at the door of the next release."""
    path, before, lines = os.path.join(folder, "given-away.jsonl"), "", []
    for cell, shown, least, most in (({}, "30", 30, 30), ({"sex": "M"}, "27", 27, 27), ({"sex": "F"}, "[c]", 1, 4)):
        own = json.dumps({"release": "old", "released": "2026-01-01T00:00:00Z", "by": "x", "population": "council",
                          "definition": "", "period": "2026-Q1", "table": "t", "cell": cell, "method": "", "threshold": 5,
                          "shown": shown, "least": least, "most": most}, separators=(",", ":"))[:-1]
        before = hashlib.sha256((before + own).encode()).hexdigest()
        lines.append(f'{own},"hash":"{before}"}}\n')
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)
    ledger = Ledger(folder, ["--ledger", path])
    code, out, _ = ledger.call("check", None)
    tap.check("an old release that gives a count away is found", code == 1 and "sex F is 3" in out, out)
    code, out, err = ledger.call("check", "disability,count\n,30\nYes,10\nNo,20\n", *QUARTER, "--threshold", "5")
    tap.check("a new one beside it is not blamed for that", code == 0 and "sex F" not in out, out + err)


def check_workspace(tap, folder):
    workspace = os.path.join(folder, "workspace")
    code, _, err = run("init", "--workspace", workspace)
    tap.equal("a workspace", (code, err), (0, ""))
    ledger = Ledger(folder, ["--workspace", workspace])
    check_rules(tap, ledger, "workspace")
    check_undecided(tap, ledger, "workspace")
    code, out, err = run("audit", workspace=workspace)
    tap.equal("workspace: the audit holds", (code, err), (0, ""))


def check_refusals(tap, folder):
    ledger = Ledger(folder, ["--ledger", os.path.join(folder, "none.jsonl")])
    for words in (["forget"], ["add"], ["show", "--format", "csv"], ["check", "x.csv"],
                  ["check", "x.csv", *QUARTER, "--threshold", "2"]):
        code, out, err = run("ledger", *words, *ledger.where)
        tap.check(f"wrong use is one sentence: {' '.join(words[:3])}",
                  code == 2 and not out and err.count("\n") == 1, err)


def main():
    tap = Tap()
    with Folder() as folder:
        check_file(tap, folder)
        check_periods(tap, folder)
        check_old_exposure(tap, folder)
        check_workspace(tap, folder)
        check_refusals(tap, folder)
    tap.end()


main()
