"""dueregard roll-over: shown, chosen, proposed, submitted, sent back and approved, by who may, and by nobody else."""
import json

from harness import Folder, Tap, demo, rows, run


class RollOver:
    def __init__(self, workspace):
        self.workspace = workspace

    def __call__(self, verb, *options, who=None, scheme="edi-2020", year="2027-28"):
        named = ["--as", who] if who else []
        return run("roll-over", verb, scheme, "--year", year, *options, *named, workspace=self.workspace)

    def view(self, **where):
        code, out, err = self("show", "--format", "json", **where)
        if code:
            raise RuntimeError(err)
        return json.loads(out)


def refused(tap, name, answer, code, words):
    tap.check(name, answer[0] == code and words in answer[2] and len(answer[2].splitlines()) == 1, answer)


def check_choices(tap, roll_over):
    view = roll_over.view()
    codes = [one["action"] for one in view["actions"]]
    tap.equal("each open action is asked about", (len(codes), view["left"], view["state"]), (21, 21, "draft"))
    refused(tap, "closing needs its reason", roll_over("choose", "--action", codes[0], "--choice", "close"), 3, "reason")
    refused(tap, "a choice is one of three", roll_over("choose", "--action", codes[0], "--choice", "burn"), 3, "becomes")
    refused(tap, "an action is one of the scheme", roll_over("choose", "--action", "none", "--choice", "carry"), 3, "none")
    refused(tap, "nothing is submitted before all is chosen", roll_over("submit"), 1, "Left to choose")
    refused(tap, "nor approved", roll_over("approve"), 1, "not been submitted")
    code, out, _ = roll_over("choose", "--action", codes[0], "--choice", "close", "--reason", "It has ended", who="paula")
    tap.check("an officer chooses", code == 0 and "Left to choose: 20" in out, out)
    roll_over("choose", "--action", codes[0], "--choice", "carry")
    again = roll_over("choose", "--action", codes[0], "--choice", "close", "--reason", "It ended in March", who="paula")
    tap.equal("and chooses again", again[0], 0)
    roll_over("choose", "--action", codes[1], "--choice", "replace", "--reason", "It is wider now", "--wording",
              "Weigh every plan", "--target-date", "March 2028", who="paula")
    for code in codes[2:]:
        roll_over("choose", "--action", code, "--choice", "carry", who="paula")
    view = roll_over.view()
    tap.equal("everything is chosen", (view["left"], view["actions"][1]["new_wording"]), (0, "Weigh every plan"))
    return codes


def check_approval(tap, roll_over, codes):
    refused(tap, "who may not prepare does not submit", roll_over("submit", who="sven"), 1, "right")
    tap.equal("it is submitted", roll_over("submit", who="paula")[0], 0)
    refused(tap, "then nothing is chosen", roll_over("choose", "--action", codes[0], "--choice", "carry"), 1, "approval")
    refused(tap, "who prepares does not approve", roll_over("approve", who="paula"), 1, "right")
    refused(tap, "sending back needs its reason", roll_over("send-back", who="sven"), 3, "reason")
    tap.equal("it is sent back", roll_over("send-back", "--reason", "Say more", who="sven")[0], 0)
    tap.check("which is shown", "It was sent back: Say more" in roll_over("show")[1])
    roll_over("submit", who="paula")
    before = [row["wording"] for row in rows("actions", roll_over.workspace)]
    tap.equal("it is approved by who may", roll_over("approve", who="sven")[0], 0)
    after = rows("actions", roll_over.workspace)
    tap.check("then the plan is as it says", "Weigh every plan" not in before and
              any(row["wording"] == "Weigh every plan" for row in after))
    view = roll_over.view()
    tap.equal("and who did it", (view["state"], view["submitted_by"], view["approved_by"]),
              ("approved", "paula Made-Up", "sven Made-Up"))


def check_targets(tap, roll_over):
    where = {"scheme": "ceo-2012", "year": "2013-14"}
    one = next(one for one in roll_over.view(**where)["targets"] if one["measure"] == "bame-employees")
    place = ["--measure", one["measure"], "--unit", one["unit"]]
    refused(tap, "no target needs its reason", roll_over("propose", *place, **where), 3, "why")
    refused(tap, "a target is a number", roll_over("propose", *place, "--value", "many", **where), 3, "number")
    tap.equal("one is proposed", roll_over("propose", *place, "--value", "40.5", **where)[0], 0)
    one = next(one for one in roll_over.view(**where)["targets"] if one["measure"] == "bame-employees")
    tap.equal("and shown", (one["is_chosen"], one["proposed"]), (True, "40.5%"))


def main():
    tap = Tap()
    with Folder() as folder:
        roll_over = RollOver(demo(folder))
        for code, role in (("paula", "policy-officer"), ("sven", "sponsor"), ("cora", "committee-member")):
            run("account", "add", code, "--name", f"{code} Made-Up", "--email", f"{code}@example.invalid",
                workspace=roll_over.workspace)
            run("account", "grant", code, role, workspace=roll_over.workspace)
        refused(tap, "a year is named", run("roll-over", "show", "edi-2020", workspace=roll_over.workspace), 2, "--year")
        refused(tap, "a verb is one of six", roll_over("burn"), 2, "knows show")
        refused(tap, "a scheme is on record", roll_over("show", scheme="none"), 3, "none")
        refused(tap, "a year is one", roll_over("show", year="soon"), 3, "soon")
        refused(tap, "who may not read what is proposed does not", roll_over("show", who="cora"), 1, "right")
        codes = check_choices(tap, roll_over)
        check_approval(tap, roll_over, codes)
        check_targets(tap, roll_over)
        code, out, err = run("audit", workspace=roll_over.workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


main()
