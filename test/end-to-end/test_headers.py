"""What every answer tells browsers: each route of the table, asked by a stranger and by people of several
roles, as page and as JSON, with and without TLS before it; and what is refused, missing or limited."""
import os
import re
import sqlite3
from contextlib import closing

from browser import Server
from harness import ROOT, Folder, Tap, demo

PAGE = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'")
FILE = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
}
FILLED = {"period": "2012-13-Q1", "unit": "place-shaping", "name": "govuk.css", "code": "eet-16-18",
          "scheme": "corporate-equality-scheme", "row": "1.1", "action": "submit", "kind": "measures", "number": "1",
          "token": "x" * 43, "year": "2013-14", "measure": "eet-16-18", "person": "demo-person-02"}
ADDRESS = "https://equality.example.org"


def routes():
    """(method, pattern, what the row says beside) of the table in the sources."""
    with open(os.path.join(ROOT, "src/web/routes.c"), encoding="utf-8") as file:
        text = file.read()
    table = re.search(r"const struct route routes\[\] = \{(.*?)\n\};", text, re.S).group(1)
    return re.findall(r'\{ REQUEST_(\w+), "([^"]*)",(.*?)\},?\n(?= {4}\{|$)', table + "\n", re.S)


def path_of(pattern):
    return re.sub(r"\{(\w+)\}", lambda found: FILLED[found.group(1)], pattern)


def faults(answer, expected):
    """What is wrong with the headers of an answer."""
    headers, found = answer.headers, []
    kind = headers.get("Content-Type", "")
    expected = {**ALWAYS, **expected, "Content-Security-Policy": PAGE if kind.startswith("text/html") else FILE}
    for name, value in expected.items():
        if headers.get_all(name) != [value]:
            found.append(f"{name}: {headers.get_all(name)}")
    for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"):
        if headers.get(name):
            found.append(f"{name}: {headers[name]}")
    if kind.startswith("text/") and "charset=utf-8" not in kind:
        found.append(f"Content-Type: {kind}")
    if answer.body and not kind:
        found.append("no Content-Type")
    for cookie in headers.get_all("Set-Cookie") or []:
        parts = cookie.split("; ")[1:]
        if not {"Path=/", "HttpOnly", "SameSite=Lax"} <= set(parts) or "Domain" in cookie:
            found.append(cookie)
        if expected.get("Strict-Transport-Security") and (
                "Secure" not in parts or not cookie.startswith("__Host-")):
            found.append(cookie)
    return found


def keeping(answer, pattern):
    """What may keep the answer, and who: a style under its bare name is asked for anew, the API's JSON has a tag,
    and nothing else is kept anywhere."""
    if answer.status == 200 and pattern == "/assets/{name}":
        return "no-cache"
    return "no-cache" if answer.headers.get("ETag") and pattern.startswith("/api/") else "no-store"


def check_all(tap, name, browsers, expected):
    found, count, statuses = [], 0, set()
    for method, pattern, _ in routes():
        for who, browser in browsers.items():
            for accept in ("text/html", "application/json"):
                if pattern == "/sign-out" and who != "stranger":
                    continue
                answer = browser.ask(method, path_of(pattern), "token=x" if method != "GET" else None,
                                     {"Accept": accept, "Origin": "https://evil.example",
                                      "Content-Type": "application/x-www-form-urlencoded"})
                count += 1
                statuses.add(answer.status)
                wrong = faults(answer, {**expected, "Cache-Control": keeping(answer, pattern)})
                found += [f"{method} {pattern} {who} {answer.status} {fault}" for fault in wrong]
    tap.check(f"every answer to every route carries them: {name}", not found, "\n".join(found))
    tap.check(f"of many kinds: {name}", count >= len(routes()) * 2 and
              {200, 303, 403, 404} <= statuses and max(statuses) < 500, (count, statuses))


def check_others(tap, browser, expected):
    asset = re.search(r'href="(/assets/govuk\.[0-9a-f]{12}\.css)"', browser.get("/").body).group(1)
    for name, target, headers, status, keep in [
            ("a style under its hashed name", asset, {}, 200, "public, max-age=31536000, immutable"),
            ("a page that is not there", "/none", {}, 404, "no-store"),
            ("an address that is refused", "/%00", {}, 400, "no-store"),
            ("a method that is not taken", None, {}, 405, "no-store")]:
        answer = browser.get(target, **headers) if target else browser.ask("POST", "/plan", "a=b")
        tap.equal(f"{name}: {status}", answer.status, status)
        tap.equal(f"with its headers: {name}", faults(answer, {**expected, "Cache-Control": keep}), [])
    tag = browser.get(asset).headers["ETag"]
    answer = browser.ask("GET", asset, headers={"If-None-Match": tag})
    tap.check("what the browser has already is not sent again, and says how long it is kept",
              answer.status == 304 and answer.headers["ETag"] == tag and not answer.body and
              answer.headers["Cache-Control"] == "public, max-age=31536000, immutable" and
              answer.headers["Vary"] == "Accept-Encoding", answer.headers)


def check_downloads(tap, browser):
    for target in ("/actions.csv", "/scorecard/ratings.csv", "/scorecard/ratings.ods",
                   "/measures/eet-16-18/values.csv"):
        answer = browser.ask("GET", target)
        tap.check(f"is saved, not shown: {target}", answer.status == 200 and
                  answer.headers["Content-Disposition"].startswith("attachment; filename="), answer.headers)


def events(workspace):
    with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as store:
        return store.execute("SELECT count(*) FROM audit_event").fetchone()[0]


def check_forms(tap, workspace, browser):
    """Every form of the table, sent by somebody signed in from where it does not belong: nothing is done."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = [("with no token", "a=b", {}), ("with another's token", "token=" + "0" * 64, {}),
            ("from another origin", None, {"Origin": "https://evil.example"}),
            ("from nowhere", None, {"Origin": "null"}),
            ("from another site, by the browser's word", None, {"Sec-Fetch-Site": "cross-site"}),
            ("from a sister site", None, {"Sec-Fetch-Site": "same-site"})]
    posts = [pattern for method, pattern, _ in routes() if method == "POST" and not pattern.startswith("/api/")]
    before = events(workspace)
    for name, body, headers in ways:
        browser.get("/account")
        sent = body or f"token={browser.token()}"
        found = {pattern: browser.ask("POST", path_of(pattern), sent, {**form, **headers}).status for pattern in posts}
        tap.equal(f"every form is refused {name}",
                  {pattern: status for pattern, status in found.items() if status != 403}, {})
    tap.equal("and nothing was done", events(workspace), before)
    answer = browser.get("/", **{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
                                 "Forwarded": "host=evil.example"})
    tap.check("what a client says of the host goes nowhere", "evil" not in answer.body and
              not answer.headers["Strict-Transport-Security"], answer.body[:300])


def check_listing(tap, workspace):
    for pages, value in (("open", None), ("signed-in", "noindex")):
        with Server(workspace, environment={"DUEREGARD_PAGES": pages}) as server:
            tap.equal(f"what search engines are told of pages that are {pages}",
                      server.browser().get("/").headers["X-Robots-Tag"], value)


def main():
    tap = Tap()
    tap.check("the table of routes is read", len(routes()) > 60, len(routes()))
    with Folder() as folder:
        workspace = demo(folder)
        with Server(workspace, "--demonstration") as server:
            browsers = {"stranger": server.browser()}
            for name, path in server.links().items():
                browsers[name] = server.browser()
                browsers[name].get(path)
                browsers[name].send(path, {})
            check_all(tap, "plain", browsers, {})
            check_others(tap, browsers["stranger"], {})
            check_downloads(tap, browsers["stranger"])
            check_forms(tap, workspace, next(browsers[name] for name in browsers if "policy" in name.lower()))
        with Server(workspace, environment={"DUEREGARD_PUBLIC_ADDRESS": ADDRESS}) as server:
            secure = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
            check_all(tap, "behind TLS", {"stranger": server.browser()}, secure)
            check_others(tap, server.browser(), secure)
        check_listing(tap, workspace)
    tap.end()


if __name__ == "__main__":
    main()
