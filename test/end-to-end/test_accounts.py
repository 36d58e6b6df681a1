"""Accounts by command line and browser: invitation, sign-in, lock-out, sessions, roles."""
import os
import re
import sqlite3
import time
from contextlib import closing

from browser import Server
from harness import Folder, Tap, demo, run

PASSWORD = "umbrella violet canyon 7"


def account(workspace, *words, **options):
    return run("account", *words, workspace=workspace, **options)


def invitation(words):
    return re.search(r"/invitation/[\w-]{43}", words).group(0)


def check_commands(tap, workspace):
    code, out, err = account(workspace, "add", "jo.smith", "--name", "Jo Made-Up", "--email",
                             "Jo@Example.invalid")
    tap.check("an account is made, with a link", code == 0 and "/invitation/" in out, err)
    code, _, err = account(workspace, "add", "jo.smith", "--name", "Jo", "--email", "j@e.invalid")
    tap.check("its short name is taken", code == 3 and "short name already" in err, err)
    code, _, err = account(workspace, "add", "jo2", "--name", "Jo", "--email", "jo@example.invalid")
    tap.check("its address is taken, in any case", code == 3 and "e-mail address already" in err, err)
    code, _, err = account(workspace, "add", "J O", "--name", "Jo", "--email", "nowhere")
    tap.check("bad ones are refused in a sentence", code == 3 and len(err.splitlines()) == 1, err)
    code, _, err = account(workspace, "grant", "jo.smith", "contributor", "--unit", "housing")
    tap.check("a role is granted", code == 0, err)
    code, _, err = account(workspace, "grant", "jo.smith", "contributor", "--unit", "housing")
    tap.check("once", code == 3 and "already" in err, err)
    code, _, err = account(workspace, "grant", "jo.smith", "emperor")
    tap.check("an unknown role is refused", code == 3 and "role" in err, err)
    code, _, err = account(workspace, "grant", "jo.smith", "auditor", "--to", "2001-01-01")
    tap.check("it does not end before it begins", code == 3 and len(err.splitlines()) == 1, err)
    code, _, err = run("export", "accounts", workspace=workspace)
    tap.check("accounts are not exported", code != 0, err)
    return out


def check_invitation(tap, server, path):
    browser = server.browser()
    page = browser.get(path)
    tap.check("an invitation asks for a password", page.status == 200 and "Jo Made-Up" in page.body)
    page = browser.send(path, {"password": "short", "again": "short"})
    tap.check("a short one is refused, beside the field",
              page.status == 200 and "<title>Error:" in page.body and 'href="#password"' in page.body,
              page.body[:500])
    page = browser.send(path, {"password": PASSWORD, "again": PASSWORD + "x"})
    tap.check("two that differ are refused", "same password twice" in page.body)
    page = browser.send(path, {"password": "jo.smith jo.smith jo", "again": "jo.smith jo.smith jo"})
    tap.check("one's own name is refused", "harder to guess" in page.body)
    page = browser.send(path, {"password": PASSWORD, "again": PASSWORD})
    tap.check("a good one is taken", page.status == 303 and "password-chosen" in page.location,
              page.text())
    page = server.browser().get(path)
    tap.check("the link is good once", page.status == 404 and "no longer good" in page.body)


def check_sign_in(tap, server, workspace):
    browser = server.browser()
    before = browser.get("/account")
    tap.check("what needs an account asks to sign in", before.status == 303 and
              before.location == "/sign-in?next=%2Faccount", before.location)
    browser.get(before.location)
    first = dict(browser.cookies)
    page = browser.send("/sign-in", {"email": "JO@example.invalid", "password": PASSWORD,
                                     "next": "/account"})
    tap.check("the right password signs in", page.status == 303 and page.location == "/account",
              page.text())
    tap.check("with a new cookie", browser.cookies and browser.cookies != first)
    flags = page.headers["Set-Cookie"]
    tap.check("for this site and no script", "HttpOnly" in flags and "SameSite=Lax" in flags and
              "Path=/" in flags, flags)
    page = browser.get("/account")
    tap.check("the account shows name and roles", "Jo Made-Up" in page.text() and
              "Housing" in page.text() and "Contributor" in page.text(), page.text())
    page = browser.send("/account/sessions", {"session": "others", "token": "0" * 64})
    tap.equal("a form with a foreign token is refused", page.status, 403)
    browser.get("/account")
    page = browser.send("/account/sessions", {"session": "others"},
                        {"Sec-Fetch-Site": "cross-site"})
    tap.equal("one from another site is refused", page.status, 403)
    browser.get("/account")
    page = browser.send("/account/sessions", {"session": "others"},
                        {"Origin": "http://evil.example"})
    tap.equal("and one of another origin", page.status, 403)
    browser.get("/account")
    page = browser.send("/account/sessions", {"session": "others"},
                        {"Origin": f"http://127.0.0.1:{server.port}", "Sec-Fetch-Site": "same-origin"})
    tap.equal("our own is taken", page.status, 303)
    page = browser.ask("POST", "/account/sessions", "{}", {"Content-Type": "application/json"})
    tap.equal("what is no form is refused", page.status, 415)
    for path in ["//evil.example/", "https://evil.example/", "/\\evil.example"]:
        other = server.browser()
        other.get("/sign-in")
        page = other.send("/sign-in", {"email": "jo@example.invalid", "password": PASSWORD,
                                       "next": path})
        tap.equal(f"nobody is sent on to {path}", page.location, "/")
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store, store:
        values = store.execute("SELECT old_value, new_value FROM row_change WHERE entity = 'account' "
                               "AND field IN ('password', 'totp_secret')").fetchall()
        stored, = store.execute("SELECT password FROM account WHERE code = 'jo.smith'").fetchone()
        tokens = [row[0] for row in store.execute("SELECT token FROM session")]
    tap.check("the password is hashed with Argon2id",
              stored.startswith("$argon2id$v=19$m=65536,t=3,p=1$"), stored[:40])
    tap.check("and stands in no history", values and all(row == (None, None) for row in values), values)
    tap.check("tokens are stored as hashes", browser.cookies["session"] not in tokens and
              all(len(token) == 64 for token in tokens))
    return browser


def check_sessions(tap, server, browser):
    other = server.browser()
    other.sign_in("jo@example.invalid", PASSWORD)
    page = browser.get("/account")
    ids = re.findall(r'name="session" value="(\d+)"', page.body)
    tap.check("other sessions are listed", len(ids) >= 1, page.text())
    for number in ids:
        browser.get("/account")
        page = browser.send("/account/sessions", {"session": number})
        tap.check("one is ended", page.status == 303 and "session-ended" in page.location)
    tap.equal("it is signed out then", other.get("/account").status, 303)
    tap.equal("this one goes on", browser.get("/account").status, 200)
    browser.get("/account")
    page = browser.send("/account/sessions", {"session": "99999"})
    tap.equal("nobody ends another's session", page.status, 404)
    browser.get("/account")
    old = dict(browser.cookies)
    page = browser.send("/sign-out", {})
    tap.check("signing out clears what the browser kept", page.status == 303 and
              "cookies" in page.headers.get("Clear-Site-Data", ""), dict(page.headers))
    browser.cookies = old
    tap.equal("the old cookie is worth nothing", browser.get("/account").status, 303)


def check_lock_out(tap, server, workspace):
    browser = server.browser()
    texts = set()
    for email in ["jo@example.invalid"] * 7 + ["nobody@example.invalid"]:
        page = browser.sign_in(email, "wrong wrong wrong wrong")
        texts.add(page.text())
        tap.equal(f"a wrong password is refused ({email})", page.status, 200)
    tap.equal("and never says whether there is such an account", len(texts), 1)
    page = browser.sign_in("jo@example.invalid", PASSWORD)
    tap.check("after several one has to wait", page.status == 200 and "not right" in page.text())
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store, store:
        store.execute("UPDATE account SET locked_until = '2000-01-01T00:00:00Z'")
    page = browser.sign_in("jo@example.invalid", PASSWORD)
    tap.equal("and then may come in", page.status, 303)
    account(workspace, "close", "jo.smith")
    tap.equal("a closed account is signed out", browser.get("/account").status, 303)
    tap.equal("and does not sign in", browser.sign_in("jo@example.invalid", PASSWORD).status, 200)
    account(workspace, "open", "jo.smith")


def check_limits(tap, workspace):
    with Server(workspace, environment={"SOURCE_DATE_EPOCH": "1800000000"}) as server:
        browser = server.browser()
        browser.sign_in("jo@example.invalid", PASSWORD)
        cookies = browser.cookies
        tap.equal("a session begins", browser.get("/account").status, 200)
    for seconds, status, words in [(29 * 60, 200, "lasts while it is used"),
                                   (60 * 60, 303, "ends when it is left alone"),
                                   (-3600, 303, "is not revived by a clock put back")]:
        moment = str(1800000000 + seconds)
        with Server(workspace, environment={"SOURCE_DATE_EPOCH": moment}) as server:
            browser = server.browser()
            browser.cookies = dict(cookies)
            tap.equal(f"it {words}", browser.get("/account").status, status)
    for hours in range(1, 9):
        moment = str(1800000000 + hours * 3600 - 60)
        environment = {"SOURCE_DATE_EPOCH": moment, "DUEREGARD_SESSION_IDLE": "480"}
        with Server(workspace, environment=environment) as server:
            browser = server.browser()
            browser.cookies = dict(cookies)
            status = browser.get("/account").status
    tap.equal("it lasts a working day", status, 200)
    environment = {"SOURCE_DATE_EPOCH": str(1800000000 + 8 * 3600), "DUEREGARD_SESSION_IDLE": "480"}
    with Server(workspace, environment=environment) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        tap.equal("and no longer", browser.get("/account").status, 303)


def check_demonstration(tap, workspace):
    with Server(workspace, "--demonstration") as server:
        links = server.links()
        tap.equal("there are five people", len(links), 5)
        for name, path in links.items():
            browser = server.browser()
            browser.get(path)
            page = browser.send(path, {})
            tap.check(f"{name} signs in", page.status == 303 and page.location == "/", page.text())
            tap.check("once", server.browser().get(path).status == 404)
            tap.check("and is named", name in browser.get("/account").text())
        browser = server.browser()
        tap.equal("elsewhere than on loopback a link is none",
                  browser.ask("GET", links["Demonstration auditor"],
                              headers={"Host": "equality.example.org"}).status, 404)
    code, _, err = run("serve", "--demonstration", workspace=workspace,
                       environment={"DUEREGARD_PUBLIC_ADDRESS": "https://equality.example.org"})
    tap.check("nor are there links where there is a public address", code == 1 and
              len(err.splitlines()) == 1, err)


def check_closed_pages(tap, workspace):
    environment = {"DUEREGARD_PAGES": "signed-in"}
    with Server(workspace, "--demonstration", environment=environment) as server:
        links = server.links()
        stranger = server.browser()
        for path in ["/plan", "/scorecard", "/measures", "/returns", "/reports/progress"]:
            tap.equal(f"{path} is not open then", stranger.get(path).status, 303)
            tap.equal("nor is its JSON", stranger.get(path, Accept="application/json").status, 401)
        path = links["Demonstration committee member"]
        browser = server.browser()
        browser.get(path)
        browser.send(path, {})
        tap.equal("a member reads", browser.get("/scorecard").status, 200)
        tap.check("and finds the way", "/scorecard" in browser.get("/").body)
        tap.check("a stranger is not shown it", "/scorecard" not in stranger.get("/").body)
        tap.equal("still, after the member", stranger.get("/scorecard").status, 303)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        check_commands(tap, workspace)
        words = account(workspace, "invite", "jo.smith")[1]
        with Server(workspace) as server:
            check_invitation(tap, server, invitation(words))
            browser = check_sign_in(tap, server, workspace)
            check_sessions(tap, server, browser)
        still = {"SOURCE_DATE_EPOCH": str(int(time.time()))}
        with Server(workspace, environment=still) as server:
            check_lock_out(tap, server, workspace)
        check_limits(tap, workspace)
        check_demonstration(tap, workspace)
        check_closed_pages(tap, workspace)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
        with open(os.path.join(workspace, "log"), encoding="utf-8") as log:
            lines = log.read()
        tap.check("the log names nobody and no link", "Made-Up" not in lines and
                  "invalid" not in lines and not re.search(r"/[\w-]{43}", lines), lines[-1000:])
    tap.end()


if __name__ == "__main__":
    main()
