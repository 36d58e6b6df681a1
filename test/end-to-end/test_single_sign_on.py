"""Single sign-on against a real identity provider on loopback: there and back, roles from groups, and what
must not work."""
import json
import os
import re
import socket
import subprocess
import urllib.parse

from browser import Browser, Server
from harness import ROOT, Folder, Tap, demo, run

PEOPLE = {
    "ada": {"email": "ada@example.invalid", "email_verified": True, "name": "Ada Made-Up",
            "groups": ["Equality", "Everybody"]},
    "bob": {"email": "bob@example.invalid", "email_verified": True, "name": "Bob Made-Up",
            "groups": ["Everybody"]},
    "cat": {"email": "local@example.invalid", "email_verified": False, "name": "Cat Made-Up",
            "groups": ["Equality"]},
    "dan": {"email": "local@example.invalid", "email_verified": True, "name": "Dan Made-Up",
            "groups": ["Audit"]},
    "eve": {"email": "local@example.invalid", "email_verified": True, "name": "Eve Made-Up",
            "groups": ["Audit"]},
    "fay": {"email": "ada@other.invalid", "email_verified": True, "name": "<b>Fay</b>",
            "groups": ["Audit", "Equality"]},
}
GROUPS = "Equality: contributor@housing; Audit: auditor; Equality: action-owner@housing"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class IdentityProvider:
    def __init__(self, port, callback):
        self.port = port
        self.issuer = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            ["node", os.path.join(ROOT, "test", "support", "provider.mjs"), str(port), callback],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True)
        self.is_ready = self.process.stdout.readline().strip() == "ready"

    def tell(self, people):
        self.process.stdin.write(json.dumps(people) + "\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def close(self):
        self.process.kill()
        self.process.wait()

    def sign_in(self, address, name):
        """Goes through the provider's own pages; gives the address to which it sends the browser back."""
        browser = Browser(self.port)
        path = address.removeprefix(self.issuer)
        for _ in range(12):
            page = browser.get(path)
            while page.status in (302, 303):
                if not page.location.startswith((self.issuer, "/")):
                    return page.location
                path = page.location.removeprefix(self.issuer)
                page = browser.get(path)
            prompt = "consent" if 'value="consent"' in page.body else "login"
            page = browser.ask("POST", path,
                               urllib.parse.urlencode({"prompt": prompt, "login": name, "password": "x"}),
                               {"Content-Type": "application/x-www-form-urlencoded"})
            path = page.location.removeprefix(self.issuer)
        return ""


def settings(provider, **changes):
    return {"DUEREGARD_SECOND_FACTOR": "all",  # which is the provider's matter here
            "DUEREGARD_SSO_ISSUER": provider.issuer, "DUEREGARD_SSO_CLIENT": "dueregard",
            "DUEREGARD_SSO_SECRET": "a secret+of/two words", "DUEREGARD_SSO_GROUPS": GROUPS,
            "DUEREGARD_PAGES": "signed-in", **changes}


def path_of(location):
    parts = urllib.parse.urlsplit(location)
    return f"{parts.path}?{parts.query}"


def sign_in(server, provider, name, next_page="/account"):
    """A browser that has been there and back, and the page that it was given."""
    browser = server.browser()
    there = browser.get(f"/sign-in/single?next={urllib.parse.quote(next_page, safe='')}")
    back = provider.sign_in(there.location, name)
    return browser, browser.get(path_of(back)), back


def check_there_and_back(tap, server, provider):
    browser = server.browser()
    page = browser.get("/sign-in")
    tap.check("signing in offers the work account", "/sign-in/single" in page.body)
    page = browser.get("/sign-in/single?next=%2Fscorecard")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(page.location).query)
    tap.check("which asks the provider for a code, with PKCE, state and nonce",
              page.location.startswith(provider.issuer + "/auth?") and
              query["response_type"] == ["code"] and query["code_challenge_method"] == ["S256"] and
              all(query.get(name) for name in ("state", "nonce", "code_challenge")), page.location)
    browser, page, _ = sign_in(server, provider, "ada", "/returns")
    tap.check("and comes back to the page that was wanted", page.status == 303 and
              page.location == "/returns", page.text())
    page = browser.get("/account")
    tap.check("as the person that the provider names, with the roles of their groups",
              "Ada Made-Up" in page.text() and "Contributor Housing" in page.text() and
              "Action owner Housing" in page.text() and "Auditor" not in page.text(), page.text())
    _, page, _ = sign_in(server, provider, "bob")
    tap.check("who is in no group that is mapped has no account", page.status == 403 and
              "no account for you" in page.text(), page.text())
    browser, page, _ = sign_in(server, provider, "ada", "//evil.example/")
    tap.equal("nobody is sent elsewhere", (page.status, page.location), (303, "/"))


def check_accounts(tap, server, provider, workspace):
    run("account", "add", "local", "--name", "Local Made-Up", "--email", "local@example.invalid",
        workspace=workspace)
    run("account", "grant", "local", "committee-member", workspace=workspace)
    _, page, _ = sign_in(server, provider, "cat")
    tap.check("an address that is not verified opens no account", page.status == 403, page.text())
    browser, page, _ = sign_in(server, provider, "dan")
    text = browser.get("/account").text()
    tap.check("one that is belongs to its account from then on", page.status == 303 and
              "Local Made-Up" in text and "Committee member" in text and "Auditor" in text, text)
    _, page, _ = sign_in(server, provider, "eve")
    tap.check("and to nobody else's subject", page.status == 403, page.text())
    browser, page, _ = sign_in(server, provider, "fay")
    page = browser.get("/account")
    tap.check("what the provider says is text to us", "<b>Fay" not in page.body and
              "&lt;b&gt;Fay" in page.body)
    _, out, _ = run("account", "list", workspace=workspace)
    tap.check("a second one of a short name has another", re.search(r"^ada ", out, re.M) and
              re.search(r"^ada-2 ", out, re.M), out)
    changed = dict(PEOPLE, ada={**PEOPLE["ada"], "groups": ["Everybody"]},
                   dan={**PEOPLE["dan"], "groups": []})
    provider.tell(changed)
    browser, page, _ = sign_in(server, provider, "ada")
    text = browser.get("/account").text()
    tap.check("who has left a group has its role no more", page.status == 303 and
              "no role yet" in text, text)
    browser, _, _ = sign_in(server, provider, "dan")
    text = browser.get("/account").text()
    tap.check("a role that no group gives stays", "Committee member" in text and
              "Auditor" not in text, text)
    provider.tell(PEOPLE)
    run("account", "close", "ada", workspace=workspace)
    _, page, _ = sign_in(server, provider, "ada")
    tap.check("a closed account stays closed", page.status == 403 and "closed" in page.text())
    run("account", "open", "ada", workspace=workspace)


def check_attacks(tap, server, provider):
    browser, page, back = sign_in(server, provider, "ada")
    signed_in = dict(browser.cookies)
    page = browser.get(path_of(back))
    tap.equal("an answer is good once", page.status, 403)
    stranger = server.browser()
    tap.equal("and only in the browser that asked", stranger.get(path_of(back)).status, 403)
    stranger.get("/sign-in/single")
    tap.equal("even when that has asked too", stranger.get(path_of(back)).status, 403)
    browser = server.browser()
    there = browser.get("/sign-in/single")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(there.location).query)
    state = query["state"][0]
    fresh = urllib.parse.parse_qs(urllib.parse.urlsplit(provider.sign_in(there.location, "ada")).query)
    cookies = dict(browser.cookies)
    for name, changes in [
            ("another state", {"state": "0" * 64 + state[64:]}),
            ("a state for another page", {"state": state[:65] + "%2Faccounts"}),
            ("a state for elsewhere", {"state": state[:65] + "//evil.example"}),
            ("no state", {"state": None}), ("an empty state", {"state": ""}),
            ("half a state", {"state": state[:40]}),
            ("no code", {"code": None}), ("an empty code", {"code": ""}),
            ("a code of its own", {"code": "made-up"}), ("a long code", {"code": "a" * 3000}),
            ("another issuer", {"iss": "https://evil.example"}),
            ("an error", {"code": None, "error": "access_denied"})]:
        browser.cookies = dict(cookies)
        parts = {"code": fresh["code"][0], "state": state, "iss": provider.issuer, **changes}
        parts = {key: value for key, value in parts.items() if value is not None}
        page = browser.get("/sign-in/single/back?" + urllib.parse.urlencode(parts))
        tap.check(f"refused: {name}", page.status == 403 and
                  browser.get("/account").status == 303, page.status)
    browser.cookies = {"session": "x" * 43}
    parts = {"code": fresh["code"][0], "state": state, "iss": provider.issuer}
    page = browser.get("/sign-in/single/back?" + urllib.parse.urlencode(parts))
    tap.equal("refused: a cookie that was planted", page.status, 403)
    browser.cookies = signed_in
    tap.equal("the session that was begun goes on", browser.get("/account").status, 200)
    first, second = server.browser(), server.browser()
    mine, theirs = first.get("/sign-in/single"), second.get("/sign-in/single")
    theirs_back = urllib.parse.parse_qs(urllib.parse.urlsplit(
        provider.sign_in(theirs.location, "dan")).query)
    my_state = urllib.parse.parse_qs(urllib.parse.urlsplit(mine.location).query)["state"][0]
    page = first.get("/sign-in/single/back?" + urllib.parse.urlencode(
        {"code": theirs_back["code"][0], "state": my_state, "iss": provider.issuer}))
    tap.check("refused: another's code in one's own answer (PKCE)", page.status == 403 and
              "did not confirm" in page.text(), page.text())


def check_settings(tap, workspace, provider, port):
    for name, changes, words in [
            ("an issuer without TLS", {"DUEREGARD_SSO_ISSUER": "http://idp.example"}, "https://"),
            ("no client", {"DUEREGARD_SSO_CLIENT": ""}, "sso-client"),
            ("an unknown role", {"DUEREGARD_SSO_GROUPS": "A: emperor"}, "emperor"),
            ("an unknown unit", {"DUEREGARD_SSO_GROUPS": "A: auditor@moon"}, "moon"),
            ("a group without a role", {"DUEREGARD_SSO_GROUPS": "A"}, "Group: role@unit")]:
        code, _, err = run("serve", "--port", str(port), workspace=workspace,
                           environment=settings(provider, **changes))
        tap.check(f"the server does not start with {name}", code == 3 and words in err and
                  len(err.splitlines()) == 1, err)
    wrong = {"DUEREGARD_SSO_ISSUER": f"http://localhost:{provider.port}"}
    with Server(workspace, "--port", str(port), environment=settings(provider, **wrong)) as server:
        page = server.browser().get("/sign-in/single")
        tap.equal("a provider of another name is not believed", page.status, 500)
    wrong = {"DUEREGARD_SSO_SECRET": "wrong"}
    with Server(workspace, "--port", str(port), environment=settings(provider, **wrong)) as server:
        _, page, _ = sign_in(server, provider, "ada")
        tap.check("nor does the provider believe one without the secret", page.status == 403 and
                  "did not confirm" in page.text(), page.text())
    with Server(workspace, "--port", str(port)) as server:
        tap.equal("without the settings there is none", server.browser().get("/sign-in/single").status, 404)


def main():
    tap = Tap()
    provider_port, port = free_ports(2)
    provider = IdentityProvider(provider_port, f"http://127.0.0.1:{port}/sign-in/single/back")
    tap.check("the provider starts", provider.is_ready, "npm ci, then: node test/support/provider.mjs PORT CALLBACK")
    provider.tell(PEOPLE)
    with Folder() as folder:
        workspace = demo(folder)
        with Server(workspace, "--port", str(port), environment=settings(provider)) as server:
            check_there_and_back(tap, server, provider)
            check_accounts(tap, server, provider, workspace)
            check_attacks(tap, server, provider)
        check_settings(tap, workspace, provider, port)
        provider.close()
        with Server(workspace, "--port", str(port), environment=settings(provider)) as server:
            page = server.browser().get("/sign-in/single")
            tap.check("a provider that is down is said, and logged without secrets", page.status == 500)
        with open(os.path.join(workspace, "log"), encoding="utf-8") as log:
            words = log.read()
        tap.check("the log holds no secret, code or name", not re.search(
            r"secret\+of|code=|Made-Up|example\.invalid", words), words[-800:])
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


if __name__ == "__main__":
    main()
