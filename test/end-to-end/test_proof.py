"""Before delicate steps the password, a code or single sign-on is asked for again, and nothing typed is lost.
Which steps those are is the routes' table's: test/unit/web/test_permission.c walks it."""
import json
import os
import re
import sqlite3
from contextlib import closing

from browser import Server
from harness import Folder, Tap, demo, run
from test_second_factor import PASSWORD, START, at, choose, code_at, hidden_fields, make, signed_in
from test_single_sign_on import (GROUPS, PEOPLE, IdentityProvider, free_ports, path_of, settings, sign_in)

LATER = START + 6 * 60
NEW = {"name": "Ned & Co", "email": "ned@example.invalid", "code": "ned"}


def accounts(workspace):
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store:
        return [row[0] for row in store.execute("SELECT code FROM account")]


def check_password(tap, workspace, cookies):
    with at(workspace, START + 4 * 60) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        browser.get("/accounts/new")
        page = browser.send("/accounts/new", {**NEW, "code": "early", "email": "early@example.invalid"})
        tap.equal("within five minutes nothing is asked", (page.status, page.location),
                  (303, "/accounts/early?done=account-added"))
    with at(workspace, LATER) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        browser.get("/accounts/new")
        page = browser.send("/accounts/new", NEW)
        fields = hidden_fields(page.body)
        tap.check("after that the password is, and nothing was done", page.status == 401 and
                  "Enter your password to go on" in page.text() and "ned" not in accounts(workspace), page.text())
        tap.check("what was typed waits in the form", fields == NEW and
                  'action="/accounts/new"' in page.body, fields)
        page = browser.send("/accounts/new", {**fields, "proof": "wrong wrong wrong wrong"})
        tap.check("a wrong one is said beside the field, and what was typed still waits",
                  page.status == 401 and 'href="#proof"' in page.body and hidden_fields(page.body) == NEW and
                  "wrong wrong" not in page.body, page.body[:400])
        page = browser.send("/accounts/new", {**fields, "proof": PASSWORD})
        tap.equal("with the right one it is done in one step", (page.status, page.location),
                  (303, "/accounts/ned?done=account-added"))
        browser.get("/accounts/ned")
        page = browser.send("/accounts/ned/status", {"status": "closed"})
        tap.equal("and the next steps need none", page.status, 303)


def check_programs(tap, workspace, cookies):
    with at(workspace, LATER + 6 * 60) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        browser.get("/accounts/ned")
        sent = {"Accept": "application/json"}
        page = browser.send("/accounts/ned/status", {"status": "open"}, sent)
        body = json.loads(page.body)
        tap.check("a program is told by problem+json, with a challenge", page.status == 401 and
                  page.headers["Content-Type"] == "application/problem+json" and body["status"] == 401 and
                  body["field"] == "proof" and 'max_age="300"' in page.headers["WWW-Authenticate"], page.body)
        browser.get("/accounts/ned")
        page = browser.send("/accounts/ned/status", {"status": "open", "proof": PASSWORD}, sent)
        tap.equal("and sends it along", page.status, 303)


def check_guessing(tap, workspace):
    """Guesses by whoever found the browser open count as at sign-in."""
    with at(workspace, LATER + 30 * 60) as server:
        cookies = signed_in(server, "ada").cookies
    with at(workspace, LATER + 40 * 60) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        for _ in range(6):
            browser.get("/accounts/new")
            browser.send("/accounts/new", {**NEW, "proof": "wrong wrong wrong wrong"})
        browser.get("/accounts/new")
        page = browser.send("/accounts/new", {"name": "X", "email": "x@example.invalid", "code": "guessed",
                                              "proof": PASSWORD})
        tap.check("after some wrong ones even the right one has to wait",
                  page.status == 401 and "guessed" not in accounts(workspace), page.text())


def check_own_password(tap, workspace):
    other = "granite teapot lullaby 8"
    moment = LATER + 90 * 60
    with at(workspace, moment) as server:
        browser, elsewhere = signed_in(server, "ada"), signed_in(server, "ada")
        tap.check("one's account leads to a new password", "/account/password" in browser.get("/account").body)
        browser.get("/account/password")
        page = browser.send("/account/password", {"password": "short", "again": "short"})
        tap.check("which must be a good one", page.status == 200 and "15 characters" in page.text(), page.text())
        page = browser.send("/account/password", {"password": other, "again": other})
        tap.check("it is changed", page.location == "/account?done=password-changed", page.text())
        tap.equal("elsewhere one is signed out", elsewhere.get("/account").status, 303)
        tap.equal("here not", browser.get("/account").status, 200)
        tap.equal("the old one is none", server.browser().sign_in("ada@example.invalid", PASSWORD).status, 200)
        tap.equal("the new one is", server.browser().sign_in("ada@example.invalid", other).status, 303)
        browser.get("/account/password")
        page = browser.send("/account/password", {"password": PASSWORD, "again": PASSWORD})
    with at(workspace, moment + 600) as server:
        again = server.browser()
        again.cookies = dict(browser.cookies)
        again.get("/account/password")
        page = again.send("/account/password", {"password": other, "again": other})
        tap.check("later the present one is asked for", page.status == 401 and 'name="proof"' in page.body)


def check_code(tap, workspace):
    """Where codes are on, a code is asked for, and each is good once."""
    moment = LATER + 200 * 60
    with at(workspace, moment) as server:
        browser = signed_in(server, "ada")
        page = browser.get("/account/codes")
        secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', page.body).group(1)
        browser.send("/account/codes", {"secret": secret, "code": code_at(secret, moment)})
        cookies = browser.cookies
    with at(workspace, moment + 400) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        browser.get("/accounts/new")
        page = browser.send("/accounts/new", {**NEW, "proof": PASSWORD})
        tap.check("where codes are on the password does not do", page.status == 401 and
                  "Enter a code to go on" in page.text(), page.text())
        code = code_at(secret, moment + 400)
        page = browser.send("/accounts/ned/status", {"status": "closed", "proof": code})
        tap.equal("a code does", page.status, 303)
    with at(workspace, moment + 800) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        browser.get("/accounts/new")
        page = browser.send("/accounts/ned/status", {"status": "open", "proof": code})
        tap.equal("once", page.status, 401)


def check_people(tap, workspace, invitation):
    """An unprotected table is asked for by its address; the proof leads on to it, query and all."""
    with at(workspace, START) as server:
        choose(server, invitation)
        cookies = signed_in(server, "hal").cookies
    with at(workspace, LATER) as server:
        browser = server.browser()
        browser.cookies = dict(cookies)
        page = browser.get("/people/trend?population=work+force&x=%26")
        tap.equal("a table is not shown", (page.status, page.location),
                  (303, "/account/prove?next=%2Fpeople%2Ftrend%3Fpopulation%3Dwork%2520force%26x%3D%2526"))
        page = browser.get(page.location)
        fields = hidden_fields(page.body) | {"next": re.search(r'name="next" value="([^"]*)"', page.body).group(1)}
        tap.check("the password is asked for", page.status == 200 and 'action="/account/prove"' in page.body)
        page = browser.send("/account/prove", {"next": fields["next"].replace("&amp;", "&"), "proof": PASSWORD})
        tap.equal("and leads to it", (page.status, page.location),
                  (303, "/people/trend?population=work%20force&x=%26"))
        tap.check("which opens", browser.get(page.location).status != 303)
        browser.get("/account/prove")
        page = browser.send("/account/prove", {"next": "//evil.example/", "proof": PASSWORD})
        tap.equal("nobody is sent elsewhere", page.location, "/")


def check_single_sign_on(tap, workspace):
    provider_port, port = free_ports(2)
    provider = IdentityProvider(provider_port, f"http://127.0.0.1:{port}/sign-in/single/back")
    provider.tell(PEOPLE)
    groups = {"DUEREGARD_SSO_GROUPS": GROUPS + "; Equality: policy-officer"}
    with Server(workspace, "--port", str(port), environment=settings(provider, **groups)) as server:
        browser, _, _ = sign_in(server, provider, "ada", "/shares")

        def age():
            with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store, store:
                store.execute("UPDATE session SET proven_at = '2001-01-01T00:00:00Z'")
        age()
        typed = {"document": "none", "for": "A <union>", "to": "1 April 2030"}
        browser.get("/shares")
        page = browser.send("/shares", typed)
        tap.check("whoever came by single sign-on signs in there again, in another tab", page.status == 401 and
                  "/account/prove/single" in page.body and hidden_fields(page.body).get("for") == typed["for"],
                  page.text())
        form = browser.last
        page = browser.send("/shares", {**typed, "proof": "yes"})
        tap.check("before that there is no going on", page.status == 401 and "not confirmed" in page.text())
        cookies = dict(browser.cookies)
        there = browser.get("/account/prove/single").location
        tap.check("the provider is told to ask", "prompt=login" in there and "max_age=0" in there, there)
        back = provider.sign_in(there, "fay")
        page = browser.get(path_of(back))
        tap.check("somebody else does not do", page.status == 403 and "somebody else" in page.text(), page.text())
        quiet = there.replace("prompt=login&", "").replace("&prompt=login", "").replace("&max_age=0", "")
        back = provider.sign_in(quiet, "ada")
        page = browser.get(path_of(back))
        tap.check("an answer that does not say when it asked does not do", page.status == 403 and
                  "anew" in page.text(), page.text())
        back = provider.sign_in(there, "ada")
        page = browser.get(path_of(back))
        tap.check("the same person does, and the session goes on", page.location == "/account?done=proved" and
                  browser.cookies == cookies, page.text())
        browser.last = form
        page = browser.send("/shares", {**typed, "proof": "yes"})
        tap.check("then the form that waited is taken", page.status == 200 and "document" in page.text().lower() and
                  'name="proof"' not in page.body, page.text())
        age()
        page = browser.get(path_of(back))
        tap.equal("an answer is good once", page.status, 403)
    provider.close()


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        invitation = make(workspace, "ada", "administrator")
        with at(workspace, START) as server:
            choose(server, invitation)
            cookies = signed_in(server, "ada").cookies
        check_password(tap, workspace, cookies)
        check_programs(tap, workspace, cookies)
        check_guessing(tap, workspace)
        check_own_password(tap, workspace)
        check_code(tap, workspace)
        check_people(tap, workspace, make(workspace, "hal", "hr-data-officer"))
        check_single_sign_on(tap, workspace)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


if __name__ == "__main__":
    main()
