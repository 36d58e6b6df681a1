"""Codes as a second proof, by an implementation of their own; administrators' pages; a form that
comes too late is carried through signing in."""
import base64
import hashlib
import hmac
import html
import os
import re
import sqlite3
import struct
from contextlib import closing

from browser import Server
from harness import Folder, Tap, demo, run

PASSWORD = "umbrella violet canyon 7"
START = 1800000000


def code_at(secret, moment):
    """RFC 6238 with SHA-1, 30 seconds, six digits."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", moment // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7fffffff) % 1000000:06d}"


def at(workspace, moment, **options):
    return Server(workspace, environment={"SOURCE_DATE_EPOCH": str(moment), **options})


def make(workspace, code, role):
    then = {"SOURCE_DATE_EPOCH": str(START)}
    _, out, err = run("account", "add", code, "--name", f"{code} Made-Up", "--email",
                      f"{code}@example.invalid", workspace=workspace, environment=then)
    path = re.search(r"/invitation/[\w-]{43}", out + err).group(0)
    if role:
        run("account", "grant", code, role, workspace=workspace, environment=then)
    return path


def choose(server, path):
    browser = server.browser()
    browser.get(path)
    browser.send(path, {"password": PASSWORD, "again": PASSWORD})


def signed_in(server, code):
    browser = server.browser()
    browser.sign_in(f"{code}@example.invalid", PASSWORD)
    return browser


def turn_on(tap, workspace, invitation):
    with at(workspace, START) as server:
        choose(server, invitation)
        browser, other = signed_in(server, "sam"), signed_in(server, "sam")
        page = browser.get("/account/codes")
        secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', page.body).group(1)
        tap.check("a secret is shown as picture and as letters",
                  "<svg" in page.body and " ".join(re.findall("....", secret)) in page.text())
        page = browser.send("/account/codes", {"secret": secret, "code": "000000"})
        tap.check("a wrong code turns nothing on", "not right" in page.text() and
                  f'value="{secret}"' in page.body)
        page = browser.send("/account/codes", {"secret": secret, "code": code_at(secret, START)})
        recovery = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5}-[a-z0-9]{5})</code>", page.body)
        tap.check("the right one does, and gives ten recovery codes", len(set(recovery)) == 10,
                  page.text())
        tap.equal("other sessions have ended", other.get("/account").status, 303)
        tap.equal("this one goes on", browser.get("/account").status, 200)
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store, store:
        seen = store.execute("SELECT old_value, new_value FROM row_change WHERE field IN "
                             "('totp_secret', 'recovery_codes', 'totp_step')").fetchall()
        hashes, = store.execute("SELECT recovery_codes FROM account WHERE code = 'sam'").fetchone()
    tap.check("neither stands in the history", seen and all(row == (None, None) for row in seen))
    tap.check("recovery codes are kept as hashes", recovery[0] not in hashes and
              hashlib.sha256(recovery[0].replace("-", "").encode()).hexdigest() in hashes)
    return secret, recovery


def check_codes(tap, workspace, secret, recovery):
    late = START + 3600
    with at(workspace, late) as server:
        browser = signed_in(server, "sam")
        tap.check("the password alone opens nothing", browser.get("/account").status == 303 and
                  browser.get("/accounts").status == 303)
        first = browser.cookies["session"]
        for name, code, good in [("of two steps before", code_at(secret, late - 60), False),
                                 ("of two steps after", code_at(secret, late + 60), False),
                                 ("of the step before", code_at(secret, late - 30), True)]:
            browser.get("/sign-in/code")
            page = browser.send("/sign-in/code", {"code": code, "next": "/account"})
            tap.equal(f"a code {name}", (page.status, page.location),
                      (303, "/account") if good else (200, ""))
        tap.check("the session has another token then", browser.cookies["session"] != first and
                  browser.get("/account").status == 200)
        again = signed_in(server, "sam")
        again.get("/sign-in/code")
        page = again.send("/sign-in/code", {"code": code_at(secret, late - 30)})
        tap.equal("a code is good once", page.status, 200)
        page = again.send("/sign-in/code", {"code": code_at(secret, late)})
        tap.equal("the next one is good", page.status, 303)
        for expected in (303, 200):
            lost = signed_in(server, "sam")
            lost.get("/sign-in/code")
            page = lost.send("/sign-in/code", {"code": recovery[3].upper().replace("-", " ")})
            tap.equal("a recovery code is good once", page.status, expected)
        dying = lost
        for _ in range(6):
            dying.get("/sign-in/code")
            page = dying.send("/sign-in/code", {"code": "123456"})
        tap.check("after some wrong codes the session has ended", page.status in (303, 403) and
                  dying.get("/sign-in/code").location == "/sign-in", page.status)
        page = signed_in(server, "sam").last
        tap.check("and a known password must wait", page.status == 200 and "not right" in page.text())
    later = late + 1000
    with at(workspace, later) as server:
        browser = signed_in(server, "sam")
        browser.get("/sign-in/code")
        browser.send("/sign-in/code", {"code": code_at(secret, later)})
        browser.get("/account/codes")
        page = browser.send("/account/codes/off", {"code": "999999"})
        tap.check("a wrong code turns nothing off", page.status == 200 and "not right" in page.text())
        page = browser.send("/account/codes/off", {"code": recovery[5]})
        tap.check("a recovery code turns them off", page.status == 303, page.text())
        tap.equal("the password is enough then", signed_in(server, "sam").get("/account").status, 200)


def check_obligation(tap, workspace):
    """Who must have codes and has not reaches nothing but the page that turns them on."""
    moment = START + 7200
    auditor, helper = make(workspace, "obliged", "auditor"), make(workspace, "free", "contributor")
    with at(workspace, moment, DUEREGARD_SECOND_FACTOR="auditor administrator") as server:
        for link in (auditor, helper):
            choose(server, link)
        browser = signed_in(server, "obliged")
        for path in ("/audit", "/account", "/plan", "/search?q=pay", "/returns"):
            tap.equal(f"without codes one is led to them from {path}", browser.get(path).location, "/account/codes")
        tap.equal("programs are refused", browser.get("/audit", Accept="application/json").status, 403)
        tap.check("what is public stays so", browser.get("/").status == 200 and
                  browser.get("/accessibility").status == 200)
        page = browser.get("/account/codes")
        tap.check("the page says why, and lets one sign out", "need a second proof" in page.text() and
                  'action="/sign-out"' in page.body, page.text())
        page = browser.send("/account/sessions", {"session": "1"})
        tap.equal("forms do not help", (page.status, page.location), (303, "/account/codes"))
        page = browser.get("/account/codes")
        secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', page.body).group(1)
        browser.send("/account/codes", {"secret": secret, "code": code_at(secret, moment)})
        tap.equal("with codes on, all is open that was meant to be",
                  [browser.get(path).status for path in ("/audit", "/account", "/plan")], [200] * 3)
        tap.equal("another role is not asked", signed_in(server, "free").get("/account").status, 200)
    with at(workspace, moment, DUEREGARD_SECOND_FACTOR="all") as server:
        browser = signed_in(server, "free")
        tap.equal("but with all it is", browser.get("/account").location, "/account/codes")
        tap.check("a choice has no way round the page", "Sign out" in browser.get("/account/codes").text())
    code, _, err = run("serve", workspace=workspace, environment={"DUEREGARD_SECOND_FACTOR": "boss"})
    tap.check("a role that is none is refused at the start", code == 3 and 'no role "boss"' in err, err)


def check_vectors(tap):
    secret = base64.b32encode(b"12345678901234567890").decode()
    for moment, expected in [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"),
                             (2000000000, "279037"), (20000000000, "353130")]:
        tap.equal("the test's own codes are those of RFC 6238", code_at(secret, moment), expected)


def check_administrator(tap, workspace):
    with at(workspace, START, DUEREGARD_PAGES="signed-in") as server:
        choose(server, make(workspace, "ada", "administrator"))
        browser = signed_in(server, "ada")
        for path in ["/plan", "/scorecard", "/measures", "/returns", "/reports/progress",
                     "/measures/bame-employees/values.csv"]:
            tap.equal(f"an administrator does not see {path}", browser.get(path).status, 403)
        page = browser.get("/accounts")
        tap.check("but the accounts", page.status == 200 and "ada@example.invalid" in page.text())
        browser.get("/accounts/new")
        page = browser.send("/accounts/new", {"name": "", "email": "nowhere", "code": "new"})
        tap.check("what is wrong is told at each field", page.body.count("govuk-error-message") >= 3 and
                  "<title>Error:" in page.body and 'value="nowhere"' in page.body, page.text())
        page = browser.send("/accounts/new", {"name": "Lee Made-Up", "email": "lee@example.invalid",
                                              "code": "lee"})
        tap.equal("an account is added", page.location, "/accounts/lee?done=account-added")
        page = browser.get(page.location)
        tap.check("which says so", "The account was added" in page.text())
        page = browser.send("/accounts/lee/roles", {"role": "", "unit": "nowhere",
                                                    "valid_to": "yesterdayish"})
        tap.check("a bad grant is told", page.body.count("govuk-error-message") >= 3, page.text())
        page = browser.send("/accounts/lee/roles", {"role": "contributor", "unit": "housing",
                                                    "valid_to": "31 March 2031"})
        tap.equal("a role is granted", page.location, "/accounts/lee?done=role-granted")
        page = browser.get("/accounts/lee")
        tap.check("and listed", re.search("Housing ?, from 15 January 2027 to 31 March 2031", page.text()) is not None,
                  page.text())
        page = browser.send("/accounts/lee/invite", {})
        link = re.search(r"http://127\.0\.0\.1:\d+(/invitation/[\w-]{43})", page.body)
        tap.check("a link is made", link is not None, page.text())
        choose(server, link.group(1))
        lee = signed_in(server, "lee")
        tap.equal("the new one signs in", lee.get("/account").status, 200)
        tap.equal("and does not see accounts", lee.get("/accounts").status, 403)
        lee.get("/account")
        page = lee.send("/accounts/lee/roles", {"role": "policy-officer"})
        tap.equal("nor grants anything", page.status, 403)
        page = browser.get("/accounts/lee")
        number = re.search(r'name="grant" value="(\d+)"', page.body).group(1)
        page = browser.send("/accounts/ada/revoke", {"grant": number})
        tap.equal("a role is ended only where it is", page.status, 404)
        browser.get("/accounts/lee")
        page = browser.send("/accounts/lee/revoke", {"grant": number})
        tap.equal("there it is", page.location, "/accounts/lee?done=role-ended")
        tap.equal("at once", lee.get("/scorecard").status, 403)
        browser.get("/accounts/ada")
        page = browser.send("/accounts/ada/roles", {"role": "policy-officer"})
        tap.equal("nobody grants to themself", page.status, 403)
        browser.get("/accounts/lee")
        page = browser.send("/accounts/lee/status", {"status": "closed"})
        tap.check("a closed account is out", page.status == 303 and lee.get("/account").status == 303)
        page = browser.get("/accounts?done=%3Cscript%3E")
        tap.check("an address cannot make a page say something", "<script>" not in page.body and
                  "notification-banner" not in page.body)
        page = browser.get("/account", Accept="application/json")
        tap.check("no token of a form stands in JSON", "formToken" not in page.body)


def check_late_form(tap, workspace):
    """The session ends while somebody types."""
    with at(workspace, START) as server:
        browser = signed_in(server, "ada")
        page = browser.get("/accounts/new")
        tap.check("a form says when one has to sign in again", "longer than 30 minutes" in page.text())
        cookies, token = dict(browser.cookies), browser.token()
    typed = {"name": "Kim “Made-Up” & <Co>\r\nof two lines", "email": "kim@example.invalid",
             "code": "kim"}
    with at(workspace, START + 7200) as server:
        browser = server.browser()
        browser.cookies = cookies
        page = browser.send("/accounts/new", {**typed, "token": token})
        tap.check("a form that comes too late asks to sign in", page.status == 401 and
                  "what you typed is not lost" in page.text(), page.text())
        hidden = hidden_fields(page.body)
        wrong = browser.send("/sign-in", {**hidden, "email": "ada@example.invalid", "password": "x"})
        tap.equal("a wrong password keeps it", hidden_fields(wrong.body), hidden)
        page = browser.send("/sign-in", {**hidden, "email": "ada@example.invalid",
                                         "password": PASSWORD})
        carried = hidden_fields(page.body)
        tap.check("signed in, it can be sent again", page.status == 200 and
                  'action="/accounts/new"' in page.body, page.text())
        tap.equal("as it was typed", carried, typed)
        page = browser.send("/accounts/new", carried)
        tap.equal("and is taken", page.location, "/accounts/kim?done=account-added")
        stranger = server.browser()
        stranger.get("/sign-in")
        page = stranger.send("/accounts/new", {**typed, "token": "0" * 64})
        tap.check("a foreign form is not carried on", page.status == 303 and
                  page.location == "/sign-in", page.status)
        stranger.get("/sign-in")
        page = stranger.send("/sign-in", {"email": "ada@example.invalid", "password": PASSWORD,
                                          "again-path": "//evil.example/", "again.x": "1"})
        tap.equal("nor one for elsewhere", (page.status, page.location), (303, "/"))


def hidden_fields(body):
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', body)
    return {html.unescape(name): html.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n")
            for name, value in fields if name not in ("token", "next")}


def main():
    tap = Tap()
    check_vectors(tap)
    with Folder() as folder:
        workspace = demo(folder)
        secret, recovery = turn_on(tap, workspace, make(workspace, "sam", "contributor"))
        check_codes(tap, workspace, secret, recovery)
        check_administrator(tap, workspace)
        check_obligation(tap, workspace)
        check_late_form(tap, workspace)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


if __name__ == "__main__":
    main()
