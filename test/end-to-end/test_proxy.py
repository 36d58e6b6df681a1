"""Behind the proxy of docs/install/nginx.conf: TLS, what is hidden, whose word counts, what it makes of requests that
two servers could read differently; and two servers on one PostgreSQL database, where a session begun on one goes on on
the other, one of them stops, and nobody notices."""
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import threading
import time
import urllib.parse
import warnings

import crowd
import proxy
from browser import Server
from harness import Folder, Tap, database, demo, free_port, run
from test_load import check_outcome

ADDRESS = f"https://{proxy.HOST}"
BEHIND = {"DUEREGARD_PUBLIC_ADDRESS": ADDRESS, "DUEREGARD_FORWARDED_ADDRESS": "trusted"}
PASSWORD = "umbrella violet canyon 7"


class Secure(http.client.HTTPSConnection):
    """To the proxy on loopback, by its public name."""

    def __init__(self, front, context):
        super().__init__(proxy.HOST, timeout=30, context=context)
        self.front = front

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.front.https), timeout=30)
        self.sock = self._context.wrap_socket(plain, server_hostname=proxy.HOST)


class Browser:
    """Somebody's browser before the proxy, by HTTPS."""

    def __init__(self, front):
        self.context = ssl.create_default_context(cafile=front.authority)
        self.front, self.cookie = front, ""

    def ask(self, method, path, fields=None, headers=None):
        connection = Secure(self.front, self.context)
        sent = {"Accept": "text/html", **({"Cookie": self.cookie} if self.cookie else {}), **(headers or {})}
        body = None
        if fields is not None:
            body, sent["Content-Type"], sent["Origin"] = (urllib.parse.urlencode(fields),
                                                          "application/x-www-form-urlencoded", ADDRESS)
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = line.split(";")[0]
        return answer.status, answer.headers, text

    def send(self, path, fields):
        token = re.search(r'name="token" value="([0-9a-f]{64})"', self.ask("GET", path)[2])
        return self.ask("POST", path, {"token": token.group(1), **fields})


def sign_in(browser, workspace, code):
    out = run("account", "add", code, "--name", "Made Up", "--email", f"{code}@example.invalid", workspace=workspace)[1]
    run("account", "grant", code, "policy-officer", workspace=workspace)
    link = re.search(r"/invitation/[\w-]{43}", out).group(0)
    browser.send(link, {"password": PASSWORD, "again": PASSWORD})
    return browser.send("/sign-in", {"email": f"{code}@example.invalid", "password": PASSWORD})[0]


def check_one(tap, folder):
    workspace = demo(folder)
    limits = {"DUEREGARD_LIMIT_ADDRESS": "30"}
    with Server(workspace, environment={**BEHIND, **limits}) as server, proxy.Proxy(folder, [server.port]) as front:
        browser = Browser(front)
        status, headers, _ = browser.ask("GET", "/")
        tap.check("pages come over TLS, and browsers are told to stay with it", status == 200 and
                  headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains", headers)
        tap.equal("the proxy does not say which version it is", headers["Server"], "nginx")
        tap.equal("somebody signs in", sign_in(browser, workspace, "sam"), 303)
        tap.check("with a cookie that is bound to the host", browser.cookie.startswith("__Host-session="), browser.cookie)
        tap.equal("and is known", browser.ask("GET", "/account")[0], 200)
        plain = http.client.HTTPConnection("127.0.0.1", front.http, timeout=30)
        plain.request("GET", "/plan?a=b", headers={"Host": proxy.HOST})
        answer = plain.getresponse()
        tap.equal("without TLS one is led to it", (answer.status, answer.headers["Location"]),
                  (301, f"{ADDRESS}/plan?a=b"))
        tap.equal("health, readiness and metrics are not for the public",
                  [browser.ask("GET", path)[0] for path in ("/health", "/ready", "/metrics")], [404] * 3)
        tap.equal("TLS 1.2 and 1.3 are spoken, 1.1 is refused",
                  [_speaks(front, version) for version in ("TLSv1_1", "TLSv1_2", "TLSv1_3")], [False, True, True])
        forged = [browser.ask("GET", "/accessibility", headers={"X-Forwarded-For": f"192.0.2.{i}"})[0] for i in range(40)]
        tap.check("a forged address does not get round the limit", forged[0] == 200 and forged[-1] == 429, forged)


def _speaks(front, version):
    """Whether the proxy takes that version of TLS, from a client that itself refuses nothing."""
    context = ssl.create_default_context(cafile=front.authority)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context.minimum_version = context.maximum_version = getattr(ssl.TLSVersion, version)
    try:
        with socket.create_connection(("127.0.0.1", front.https), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname=proxy.HOST):
                return True
    except OSError:
        return False


class Recorder(threading.Thread):
    """Stands where the program would, and keeps every byte that the proxy sends."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.bytes = b""

    def run(self):
        while True:
            try:
                taken, _ = self.listening.accept()
            except OSError:
                return
            with taken:
                taken.settimeout(0.3)
                try:
                    while True:
                        piece = taken.recv(65536)
                        if not piece:
                            break
                        self.bytes += piece
                except OSError:
                    pass
                taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


# What the program's HTTP library takes and its guard cannot see (docs/security-tests.md).
AMBIGUOUS = [
    ("lines that end in a bare line feed", b"GET /plan HTTP/1.1\nHost: %s\n\n"),
    ("a header folded over two lines", b"GET /plan HTTP/1.1\r\nHost: %s\r\nX: a\r\n b\r\n\r\n"),
    ("NUL within a header's value", b"GET /plan HTTP/1.1\r\nHost: %s\r\nX: a\x00b\r\n\r\n"),
    ("a header without a name", b"GET /plan HTTP/1.1\r\nHost: %s\r\n: a\r\n\r\n"),
    ("two lengths", b"POST /plan HTTP/1.1\r\nHost: %s\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    ("a length and chunks",
     b"POST /plan HTTP/1.1\r\nHost: %s\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
]


def check_ambiguous(tap, folder):
    recorder = Recorder()
    recorder.start()
    with proxy.Proxy(folder, [recorder.port]) as front:
        context = ssl.create_default_context(cafile=front.authority)
        for name, words in AMBIGUOUS:
            recorder.bytes = b""
            with socket.create_connection(("127.0.0.1", front.https), timeout=10) as plain:
                with context.wrap_socket(plain, server_hostname=proxy.HOST) as made:
                    made.sendall(words.replace(b"%s", proxy.HOST.encode()))
                    first = made.recv(200).split(b"\r\n")[0]
            passed = recorder.bytes
            is_clean = b"\0" not in passed and not re.search(rb"(?<!\r)\n|\n[ \t]|\n:|\r(?!\n)", passed) and not (
                b"Content-Length" in passed and b"Transfer-Encoding" in passed) and passed.count(b"Content-Length") < 2
            tap.check(f"the proxy refuses or cleans: {name}", first and is_clean, (first, passed))
    recorder.listening.close()


def counted(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    return int(float(re.search(r"^dueregard_request_duration_seconds_count (\S+)$", text, re.M).group(1)))


class Asker(threading.Thread):
    """Asks the proxy for a page all the while."""

    def __init__(self, browser):
        super().__init__()
        self.browser, self.statuses, self.is_over = browser, [], threading.Event()

    def run(self):
        while not self.is_over.is_set():
            try:
                self.statuses.append(self.browser.ask("GET", "/account")[0])
            except OSError as error:
                self.statuses.append(repr(error))
            time.sleep(0.01)

    def end(self):
        self.is_over.set()
        self.join()
        return self.statuses


def check_two(tap, folder, address):
    first, units = crowd.authority(folder, 6, address)
    second = os.path.join(folder, "second")  # another machine has the same settings and keys
    shutil.copytree(first, second)
    ports = [free_port(), free_port()]
    made = [crowd.serve(workspace, DUEREGARD_METRICS_PORT=str(port), DUEREGARD_DRAIN_SECONDS="1", **BEHIND)
            for workspace, port in zip((first, second), ports)]
    with made[0] as one, made[1] as two, proxy.Proxy(folder, [one.port, two.port]) as front:
        browser = Browser(front)
        tap.equal("somebody signs in before two servers", sign_in(browser, first, "kit"), 303)
        direct = [_ask(server.port, browser.cookie) for server in (one, two)]
        tap.equal("the session is good at both", direct, [200, 200])
        before = [counted(port) for port in ports]
        tap.equal("and through the proxy, whoever answers", {browser.ask("GET", "/account")[0] for _ in range(20)}, {200})
        after = [counted(port) for port in ports]
        tap.check("both of them did", all(a > b for a, b in zip(after, before)), (before, after))
        tap.equal("signing out on one is signing out on the other", _sign_out(browser, (one, two)), [303, 303])
        tap.equal("an account that is closed by a command is out of both", _close(browser, first, second, (one, two)),
                  [200, 200, 200, 200, 303, 303])
        sign_in(browser, first, "lee")
        asker = Asker(browser)
        asker.start()
        time.sleep(0.3)
        one.process.send_signal(signal.SIGTERM)
        code = one.process.wait(30)
        time.sleep(0.3)
        tap.equal("while one server stops everybody is answered", (code, set(asker.end())), (0, {200}))
        tap.equal("one server does for all", {browser.ask("GET", "/account")[0] for _ in range(10)}, {200})
    check_crowd(tap, first, second, units)


def _ask(port, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/account", headers={"Cookie": cookie, "Accept": "text/html"})
    return connection.getresponse().status


def _sign_out(browser, servers):
    token = re.search(r'name="token" value="([0-9a-f]{64})"', browser.ask("GET", "/account")[2]).group(1)
    cookie = browser.cookie
    browser.ask("POST", "/sign-out", {"token": token})
    return [_ask(server.port, cookie) for server in servers]


def _close(browser, first, second, servers):
    """Asked twice before, so that each server answers from what it knows."""
    sign_in(browser, first, "sam")
    statuses = [_ask(server.port, browser.cookie) for server in servers * 2]
    run("account", "close", "sam", workspace=second)
    return statuses + [_ask(server.port, browser.cookie) for server in servers]


def check_crowd(tap, first, second, units):
    """The two people of each return are at different servers."""
    with crowd.serve(first) as one, crowd.serve(second) as two:
        made = crowd.people(one, first, units)
        for person in made:
            person.port = one.port if person.code.endswith("a") else two.port
            person.connection = None
        crowd.fill_and_submit(made, 2)
    faults = [fault for person in made for fault in person.faults]
    tap.check("two servers take the rows of a crowd", not faults and all(person.saved for person in made), faults[:10])
    check_outcome(tap, "two servers", first, units, made)


def main():
    tap = Tap()
    server = os.environ.get("DUEREGARD_TEST_POSTGRESQL")
    if not proxy.program():
        tap.skip("the pages behind a proxy", "nginx is not here")
        tap.end()
    with Folder() as folder:
        check_one(tap, folder)
    with Folder() as folder:
        check_ambiguous(tap, folder)
    if server:
        with Folder() as folder:
            check_two(tap, folder, database(server, "two_servers"))
    else:
        tap.skip("two servers on one database", "no server of the tests' own")
    tap.end()


if __name__ == "__main__":
    main()
