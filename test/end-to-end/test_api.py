"""The API as a program meets it, driven from its own description alone: every path that stands there is
asked for with what stands there; rights, scopes and days of tokens; versions of rows; problems."""
import json
import os
import subprocess

from browser import Server
from harness import ROOT, Folder, Tap, demo, run

VALIDATE = """
import { Validator } from "@seriousme/openapi-schema-validator";
let text = ""; for await (const part of process.stdin) text += part;
const result = await new Validator().validate(JSON.parse(text));
if (!result.valid) { console.log(JSON.stringify(result.errors).slice(0, 2000)); process.exit(1); }
"""
# What stands for the parameters of the paths: records of the demonstration.
EXAMPLES = {"period": "2012-13-Q2", "unit": "place-shaping", "row": "5.1A", "code": None, "action": "submit",
            "q": "hate crime", "measure": "bame-employees", "number": "1",
            "person": "ann"}


class Api:
    def __init__(self, server, token=None):
        self.browser, self.token = server.browser(), token

    def ask(self, method, path, body=None, **headers):
        sent = {"Accept": "application/json", **headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        answer = self.browser.ask(method, path, None if body is None else json.dumps(body), sent)
        answer.json = json.loads(answer.body) if answer.body else None
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)


def token_of(workspace, account, scope, *options):
    code, out, err = run("token", "add", account, "--for", "the tests", "--scope", scope, *options,
                         workspace=workspace)
    if code:
        raise RuntimeError(err)
    return out.strip()


def fill(api, operation, path, kind=None):
    """A path with examples in place of its parameters, all as the description says."""
    query = []
    for parameter in operation["parameters"]:
        name = parameter["name"]
        value = EXAMPLES.get(name)
        if name == "kind":
            value = kind or parameter["schema"]["enum"][0]
        if name == "code" and not kind:
            value = "none"
        elif name == "code":
            records = api.get(path.replace("/{code}", "").replace("{kind}", kind)).json["records"]
            value = next((record["code"] for record in records if record.get("code")), "none")
        if parameter["in"] == "path":
            path = path.replace("{" + name + "}", value)
        elif parameter["in"] == "query" and parameter["required"]:
            query.append(f"{name}={value.replace(' ', '+')}")
    return path + ("?" + "&".join(query) if query else "")


def check_description(tap, api):
    answer = api.get("/api/v1/openapi.json")
    done = subprocess.run(["node", "--input-type=module", "-e", VALIDATE], input=answer.body.encode(),
                          capture_output=True, cwd=ROOT, check=False)
    tap.check("the description is valid OpenAPI", done.returncode == 0, done.stdout.decode() + done.stderr.decode())
    with open(os.path.join(ROOT, "src", "web", "routes.c"), encoding="utf-8") as file:
        table = file.read()
    described = sum(len(path) for path in answer.json["paths"].values())
    tap.equal("every row of the table that is for programs is described", described, table.count(".is_api = true"))
    return answer.json


def check_reading(tap, api, description):
    """Every GET of the description, for every kind of record where it takes one."""
    wrong, asked = [], 0
    for path, operations in description["paths"].items():
        operation = operations.get("get")
        if not operation:
            continue
        kinds = next((parameter["schema"]["enum"] for parameter in operation["parameters"]
                      if parameter["name"] == "kind"), [None])
        for kind in kinds:
            answer = api.get(fill(api, operation, path, kind))
            asked += 1
            schema = description["components"]["schemas"].get(kind or "", {}).get("properties")
            records = (answer.json or {}).get("records", []) if kind else []
            known = schema is None or all(set(record) <= set(schema) for record in records)
            nothing = answer.status == 404 and path.endswith("{code}")
            if not known or not (nothing or answer.status == 200):
                wrong.append((path, kind, answer.status, answer.body[:200]))
    tap.equal(f"all {asked} addresses answer as described", wrong, [])


def check_pages(tap, api, workspace):
    seen, path = [], "/api/v1/records/actions?limit=50"
    while path:
        answer = api.get(path)
        seen += [record["code"] for record in answer.json["records"]]
        path = answer.json["next"]
    code, out, _ = run("export", "actions", "--format", "json", workspace=workspace)
    tap.check("page by page come all actions, once each",
              code == 0 and seen == [row["code"] for row in json.loads(out)], seen[:5])
    tap.equal("a limit that is none is told", api.get("/api/v1/records/actions?limit=5000").status, 400)
    answer = api.get("/api/v1/records/measures?limit=5")
    again = api.get("/api/v1/records/measures?limit=5", **{"If-None-Match": answer.headers["ETag"]})
    tap.equal("what has not changed is not sent again", again.status, 304)


def check_tokens(tap, server, workspace, description):
    path = "/api/v1/records/actions"
    nobody = Api(server).get(path)
    tap.check("without a token there is a problem, and how to bring one",
              nobody.status == 401 and nobody.headers["WWW-Authenticate"] == "Bearer" and
              nobody.headers["Content-Type"] == "application/problem+json" and
              set(description["components"]["schemas"]["Problem"]["required"]) <= set(nobody.json), nobody.body)
    tap.equal("so it is with one that was made up", Api(server, "A" * 43).get(path).status, 401)
    contributor = Api(server, token_of(workspace, "sam", "write"))
    tap.equal("a contributor's token does not export", contributor.get(path).status, 403)
    tap.equal("nor see another unit's return",
              contributor.get("/api/v1/returns/2012-13-Q2/corporate-resources").status, 403)
    old = run("token", "add", "ola", "--for", "the past", "--days", "1", workspace=workspace,
              environment={"SOURCE_DATE_EPOCH": "1349092800"})[1].strip()
    tap.equal("a token past its day opens nothing", Api(server, old).get(path).status, 401)
    spare = token_of(workspace, "ola", "read")
    tap.equal("a good one does", Api(server, spare).get(path).status, 200)
    listed = run("token", "list", workspace=workspace)[1]
    number = [line.split()[0] for line in listed.splitlines() if "the tests" in line][-1]
    run("token", "revoke", number, workspace=workspace)
    tap.equal("and nothing once it is revoked", Api(server, spare).get(path).status, 401)
    tap.check("no list tells a token", spare not in listed, listed)
    return contributor


def check_writing(tap, api, reader, description):
    path = fill(api, description["paths"]["/api/v1/returns/{period}/{unit}/rows/{row}"]["put"],
                "/api/v1/returns/{period}/{unit}/rows/{row}")
    seen = api.get(path)
    tag = seen.headers["ETag"]
    tap.equal("a token for reading does not write", reader.ask("PUT", path, {"progress": "x"}, **{"If-Match": tag}).status, 403)
    tap.equal("a write without the version seen is refused", api.ask("PUT", path, {"progress": "x"}).status, 428)
    first = api.ask("PUT", path, {"value_text": "410", "progress": "More came"}, **{"If-Match": tag})
    tap.check("with it, it is written, and the answer is the row", first.status == 200 and
              first.json["inputs"]["value_text"] == "410" and first.json["computed_name"] == "High Green", first.body)
    second = api.ask("PUT", path, {"progress": "Theirs"}, **{"If-Match": tag})
    tap.check("the second of two writers is told", second.status == 412 and "Somebody else" in second.body, second.body)
    tap.equal("and what the first wrote stands", api.get(path).json["inputs"]["progress"], "More came")
    tag = api.get(path).headers["ETag"]
    for name, body in (("an input that is none", {"colour": "red"}), ("a number for text", {"progress": 5}),
                       ("nothing", {})):
        tap.equal(f"{name} is refused", api.ask("PUT", path, body, **{"If-Match": tag}).status, 400)
    tap.equal("so is text that is too long",
              api.ask("PUT", path, {"progress": "x" * 9000}, **{"If-Match": tag}).status, 422)
    broken = api.browser.ask("PUT", path, "{", {"Authorization": f"Bearer {api.token}", "If-Match": tag,
                                                "Content-Type": "application/json"})
    tap.equal("and what is no JSON", broken.status, 400)
    step = "/api/v1/returns/2012-13-Q2/place-shaping/steps/submit"
    refused = api.ask("POST", step, {})
    tap.check("a step that the rows do not allow says why", refused.status == 409 and "mended" in refused.body, refused.body)
    for row in api.get("/api/v1/returns/2012-13-Q2/place-shaping").json["rows"]:
        at = f"/api/v1/returns/2012-13-Q2/place-shaping/rows/{row['reference']}"
        body = {"value_text": "410"} if row["reference"] == "5.1A" else {"missing": "awaited"}
        api.ask("PUT", at, body, **{"If-Match": f'"v{row["version"]}"' if row["reference"] != "5.1A" else tag})
    done = api.ask("POST", step, {})
    tap.check("when they do, it is taken", done.status == 200 and done.json["state"] == "submitted", done.body[:400])


def check_rows(tap, api):
    """A row by itself is loaded and checked otherwise than with all rows of its return, and must come out the same."""
    different, kinds, count = [], set(), 0
    for head in api.get("/api/v1/returns/2012-13-Q1").json["returns"]:
        path = f"/api/v1/returns/2012-13-Q1/{head['unit']}"
        for row in api.get(path).json["rows"]:
            count += 1
            kinds.update(finding["kind"] for finding in row["findings"])
            if api.get(f"{path}/rows/{row['reference']}").json != row:
                different.append((head["unit"], row["reference"]))
    tap.check(f"each of {count} rows is by itself what it is in its return", count > 50 and not different, different)
    tap.check("with what stands in another directorate's return too", "narrative-duplicated" in kinds and len(kinds) > 5, kinds)


def check_records(tap, api, reader):
    """A measure is changed by two writers, and an action is reported on."""
    path = "/api/v1/records/measure/bame-employees"
    seen = api.get(path)
    tag = {"If-Match": seen.headers["ETag"]}
    tap.equal("a token for reading changes nothing", reader.ask("PUT", path, {"title": "x"}, **tag).status, 403)
    tap.equal("a change without the version seen is refused", api.ask("PUT", path, {"title": "x"}).status, 428)
    done = api.ask("PUT", path, {"title": "Employees who are BAME"}, **tag)
    tap.check("with it, it is made", done.status == 200 and done.json["changed"] and
              api.get(path).json["title"] == "Employees who are BAME", done.body)
    tap.equal("the second of two writers is told", api.ask("PUT", path, {"title": "Theirs"}, **tag).status, 412)
    tag = {"If-Match": api.get(path).headers["ETag"]}
    tap.equal("what is none of its fields is refused", api.ask("PUT", path, {"event": 5}, **tag).status, 400)
    wrong = api.ask("PUT", path, {"kind": "sideways"}, **tag)
    tap.check("what a field cannot be is told", wrong.status == 422 and len(wrong.json["detail"]) > 20, wrong.body)
    step = {"action": "ses-2011-1-01", "changed_on": "2012-09-30", "status": "complete", "reason": "The report is out"}
    done = api.ask("POST", "/api/v1/records/action_status", step)
    tap.check("an action is reported on", done.status == 200 and done.json["changed"], done.body)
    tap.check("once", api.ask("POST", "/api/v1/records/action_status", step).status == 422)
    later = api.get("/api/v1/records/action_status?limit=1000").json["records"]
    tap.check("and it stands in its history", any(row["reason"] == "The report is out" for row in later))
    tap.equal("what is not changed one by one is not added here", api.ask("POST", "/api/v1/records/value", {"note": "x"}).status, 404)


def check_values(tap, api, reader, contributor):
    """A value outside of a return: written, revised by two, and only by who may import."""
    path = "/api/v1/values/bame-employees/council/2011-12-Q3"
    tap.equal("nothing is on record yet", api.get(path).status, 404)
    tap.equal("a revision of nothing is none", api.ask("PUT", path, {"value": "1"}, **{"If-Match": '"x"'}).status, 404)
    made = api.ask("POST", path, {"value": "39.40", "as_at": "2011-12-31"})
    tap.check("a first value is written, as it was written", made.status == 200 and
              (made.json["value"], made.json["decimals"], made.json["revision"]) == ("39.4", 2, 1), made.body)
    tap.equal("once", api.ask("POST", path, {"value": "40"}).status, 409)
    tag = {"If-Match": api.get(path).headers["ETag"]}
    tap.equal("a revision without what was seen is refused", api.ask("PUT", path, {"value": "40"}).status, 428)
    bare = api.ask("PUT", path, {"value": "40"}, **tag)
    tap.check("so is one without a reason", bare.status == 422 and "why" in bare.body, bare.body)
    for name, body in (("the place is not moved", {"period": "2011-12", "reason": "x"}), ("nothing is no revision", {}),
                       ("nor what no value has", {"colour": "red"})):
        tap.equal(name, api.ask("PUT", path, body, **tag).status, 400)
    wrong = api.ask("PUT", path, {"value": "many", "reason": "Recounted"}, **tag)
    tap.check("what is no number is told", wrong.status == 422 and "Value" in wrong.body, wrong.body)
    both = api.ask("PUT", path, {"value": "4", "missing": "awaited", "reason": "Recounted"}, **tag)
    tap.equal("nor is a value missing and given", both.status, 422)
    done = api.ask("PUT", path, {"numerator": "1970", "denominator": "5000", "reason": "Recounted"}, **tag)
    tap.check("with both it is a revision, and the old answer is gone from it", done.status == 200 and
              (done.json["revision"], done.json["value"], done.json["numerator"], done.json["reason"]) ==
              (2, None, "1970", "Recounted"), done.body)
    tap.equal("the second of two writers is told", api.ask("PUT", path, {"value": "5", "reason": "x"}, **tag).status, 412)
    past = [row for row in api.get("/api/v1/records/values?limit=1000").json["records"] if row["period"] == "2011-12-Q3"]
    tap.check("both stand on record", any(row["numerator"] == "1970" for row in past), past)
    group = path + "?breakdown=women"
    tap.equal("a group has a value of its own", api.ask("POST", group, {"missing": "not-collected"}).status, 200)
    tap.check("beside that of everybody", api.get(group).json["missing"] == "not-collected" and
              api.get(path).json["numerator"] == "1970")
    for who, words in ((contributor, "who may not import writes none"), (reader, "nor does a token for reading")):
        tap.equal(words, who.ask("POST", path.replace("Q3", "Q2"), {"value": "1"}).status, 403)
    for other in ("/api/v1/values/none/council/2011-12-Q3", "/api/v1/values/bame-employees/none/2011-12-Q3",
                  "/api/v1/values/bame-employees/council/soon"):
        tap.equal(f"{other} is nowhere", api.ask("POST", other, {"value": "1"}).status, 404)


def add_people(workspace):
    """Two made-up people and two posts; and a value that stands outside of a return."""
    for kind, words in (("people", "code,name\nann,Ann Made-Up\nbob,Bob Made-Up\n"),
                        ("posts", "code,title,unit,valid_from\nhead,Head,place-shaping,2010-01-01\n"
                                  "clerk,Clerk,corporate-resources,2010-01-01\n"),
                        ("values", "measure,unit,period,value\nbame-employees,place-shaping,2012-13-Q2,40\n"),
                        ("appointments", "post,person,valid_from\nhead,ann,2010-01-01\nclerk,ann,2011-01-01\n")):
        path = os.path.join(os.path.dirname(workspace), f"{kind}.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(words)
        run("import", kind, path, workspace=workspace)


def check_handover(tap, api, contributor, workspace):
    """All posts of one go to another, by the API and by the command."""
    path = "/api/v1/handover/ann"
    tap.equal("what a person holds", [post["code"] for post in api.get(path).json["posts"]], ["head", "clerk"])
    tap.equal("nobody's is nowhere", api.get("/api/v1/handover/none").status, 404)
    wrong = api.ask("POST", path, {"to": "bob", "last_day": "soon"})
    tap.check("a day that is none is told", wrong.status == 422 and "last day" in wrong.body, wrong.body)
    tap.equal("who may not change the plan hands nothing over",
              contributor.ask("POST", path, {"to": "bob", "last_day": "2012-01-01"}).status, 403)
    done = api.ask("POST", path, {"to": "bob", "last_day": "2012-09-30"})
    tap.check("all goes at once", done.status == 200 and done.json["posts"] == 2, done.body)
    tap.equal("and is the other's", [post["code"] for post in api.get("/api/v1/handover/bob").json["posts"]],
              ["head", "clerk"])
    code, out, err = run("handover", "give", "bob", "ann", "--last-day", "30 November 2026", workspace=workspace)
    tap.equal("the command hands back", (code, out), (0, "Done: 2 posts of bob go to ann after 30 November 2026.\n"))
    code, out, err = run("handover", "show", "ann", workspace=workspace)
    tap.check("and shows who holds what", code == 0 and "Head" in out and "Place Shaping" in out, out + err)
    code, _, err = run("handover", "give", "bob", "bob", "--last-day", "30 November 2027", workspace=workspace)
    tap.check("nobody takes over from themselves", code == 3 and "somebody else" in err, err)
    tap.equal("a word too few is told how", run("handover", "give", "bob", workspace=workspace)[0], 2)
    code, _, err = run("handover", "give", "bob", "ann", "--last-day", "1 May 2027", "--as", "sam", workspace=workspace)
    tap.check("a contributor's command is refused", code == 1 and "Change the plan" in err, err)
    code, out, err = run("handover", "vacant", "--format", "json", workspace=workspace)
    tap.check("posts that nobody holds are listed", code == 0 and isinstance(json.loads(out), list), out + err)


def check_comments(tap, api, contributor):
    code = next(row["code"] for row in api.get("/api/v1/records/measure?limit=1000").json["records"])
    path = f"/api/v1/comments/{code}/place-shaping/2012-13-Q1"
    tap.equal("a figure has no comments at first", api.get(path).json["comments"], [])
    tap.equal("an empty one is refused", api.ask("POST", path, {"words": " "}).status, 422)
    tap.equal("so is a follow-up that is no truth", api.ask("POST", path, {"words": "a", "follow_up": "x"}).status, 400)
    made = contributor.ask("POST", path, {"words": "Is this all of them?", "follow_up": True})
    tap.check("one is written by who may", made.status == 200 and made.json["comments"][0]["follow_up"] == "open", made.body)
    elsewhere = contributor.ask("POST", f"/api/v1/comments/{code}/corporate-resources/2012-13-Q1", {"words": "a"})
    tap.equal("but not for another unit", elsewhere.status, 403)
    open_ones = api.get("/api/v1/follow-ups").json["follow_ups"]
    tap.equal("it is among those to follow up", [(one["measure"], one["unit"]) for one in open_ones], [(code, "place-shaping")])
    number = made.json["comments"][0]["number"]
    done = contributor.ask("POST", f"{path}/{number}/settled", {"outcome": "It is"})
    tap.check("and settled", done.status == 200 and done.json["comments"][0]["outcome"] == "It is", done.body)
    tap.equal("once", contributor.ask("POST", f"{path}/{number}/settled", {"outcome": "Yes"}).status, 409)
    tap.equal("then nothing is left", api.get("/api/v1/follow-ups").json["follow_ups"], [])
    tap.equal("another number is none", contributor.ask("POST", f"{path}/99/settled", {"outcome": "Yes"}).status, 404)
    tap.equal("nor a measure that is none", api.get("/api/v1/comments/none/place-shaping/2012-13-Q1").status, 404)


def check_releases(tap, api, workspace, folder):
    released = os.path.join(folder, "released.csv")
    with open(released, "w", encoding="utf-8") as file:
        file.write("table,disability,religion,count,count_mark\nt1,All,All,2000,\nt1,All,Sikh,62,\n"
                   "t1,Yes,Sikh,,[c]\nt1,No,Sikh,,[c]\n")
    code, _, err = run("ledger", "add", released, "--release", "staff-q1", "--population", "council", "--period",
                       "2012-13-Q1", workspace=workspace)
    tap.equal("a table is released", (code, err), (0, ""))
    listed = api.get("/api/v1/releases").json["releases"]
    tap.equal("what was released is listed", [(one["code"], one["cells"]) for one in listed], [("staff-q1", 4)])
    tap.equal("by its period", api.get("/api/v1/releases?period=1999").json["releases"], [])
    one = api.get("/api/v1/releases/staff-q1")
    tap.check("and read", one.status == 200 and one.json["tables"] is None and one.json["population"] == "council",
              one.body)
    tap.equal("another is none", api.get("/api/v1/releases/none").status, 404)


def check_browsers(tap, server, workspace):
    """A cookie counts for nothing here, so no page elsewhere can make a browser write."""
    browser = server.browser()
    browser.cookies["session"] = "A" * 43
    answer = browser.ask("POST", "/api/v1/returns/2012-13-Q2/place-shaping/steps/submit", "{}",
                         {"Content-Type": "application/json"})
    tap.equal("a browser without a token writes nothing", answer.status, 401)
    del workspace


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        for code, role, unit in (("ola", "policy-officer", []), ("sam", "contributor", ["--unit", "place-shaping"])):
            run("account", "add", code, "--name", f"{code} Made-Up", "--email", f"{code}@council.invalid",
                workspace=workspace, environment={"SOURCE_DATE_EPOCH": "1349006400"})
            run("account", "grant", code, role, *unit, workspace=workspace,
                environment={"SOURCE_DATE_EPOCH": "1349006400"})
        run("return", "open", "--period", "2012-13-Q2", workspace=workspace)
        add_people(workspace)
        with Server(workspace) as server:
            officer = Api(server, token_of(workspace, "ola", "read"))
            description = check_description(tap, Api(server))
            check_reading(tap, officer, description)
            check_pages(tap, officer, workspace)
            contributor = check_tokens(tap, server, workspace, description)
            check_rows(tap, officer)
            check_writing(tap, contributor, officer, description)
            writer = Api(server, token_of(workspace, "ola", "write"))
            check_records(tap, writer, officer)
            check_comments(tap, writer, contributor)
            check_values(tap, writer, officer, contributor)
            check_handover(tap, writer, contributor, workspace)
            check_releases(tap, officer, workspace, folder)
            check_browsers(tap, server, workspace)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


main()
