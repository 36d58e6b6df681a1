"""Running the server: metrics, health and readiness, settings read anew without losing a connection, an end that
finishes what is under way, limits on requests, and a log without personal data."""
import http.client
import json
import os
import re
import signal
import socket
import threading
import time
import urllib.parse

import crowd
from browser import Server
from harness import Folder, Tap, database, demo, free_port, rows, run

PASSWORD = "umbrella violet canyon 7"


def fetch(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


def samples(text):
    """The samples of a page of metrics; the format is checked line by line (Prometheus text format 0.0.4)."""
    found, kinds = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in kinds and kind in ("counter", "gauge", "histogram"), line
            kinds[name] = kind
        elif not line.startswith("# HELP "):
            match = re.fullmatch(r'([a-z_]+)(\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? (-?[0-9.e+-]+)', line)
            assert match, line
            base = re.sub(r"_(bucket|sum|count)$", "", match[1])
            assert match[1] in kinds or kinds.get(base) == "histogram", line
            assert match[1] + (match[2] or "") not in found, line
            found[match[1] + (match[2] or "")] = float(match[3])
    return found


def until(holds, seconds=15):
    """Waits until something holds; gives whether it does."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def times_in_log(workspace, words):
    with open(os.path.join(workspace, "log"), encoding="utf-8") as file:
        return file.read().count(words)


def check_metrics(tap, workspace):
    port = free_port()
    with Server(workspace, environment={"DUEREGARD_METRICS_PORT": str(port)}) as server:
        for path in ("/plan", "/plan", "/none/canary-of-a-path", "/search?q=canary-of-a-query", "/plan?format=json"):
            fetch(server.port, path)
        # A request is counted when its end has been sent.
        until(lambda: "duration_seconds_count 5" in fetch(port, "/metrics")[2])
        status, headers, body = fetch(port, "/metrics")
        tap.check("metrics are a text of Prometheus", status == 200 and headers["Content-Type"].startswith(
            "text/plain; version=0.0.4"), headers)
        found = samples(body)
        tap.equal("requests are counted by route and status",
                  (found['dueregard_requests_total{route="/plan",method="GET",status="2xx"}'],
                   found['dueregard_requests_total{route="none",method="any",status="4xx"}'],
                   found['dueregard_requests_total{route="/search",method="GET",status="2xx"}']), (3, 1, 1))
        tap.equal("and by how long they took", found["dueregard_request_duration_seconds_count"], 5)
        buckets = [value for name, value in found.items() if "duration_seconds_bucket" in name]
        tap.check("in buckets that grow to all of them", buckets == sorted(buckets) and buckets[-1] == 5, buckets)
        tap.equal("answers that were kept", (found['dueregard_answers_total{from="kept"}'],
                                             found['dueregard_answers_total{from="made"}']), (1, 2))
        tap.check("memory and files of the process", found["process_resident_memory_bytes"] > 1e6 and
                  found["process_open_fds"] > 5, found)
        tap.check("nothing that was asked for stands in them", "canary" not in body)
        tap.equal("nothing else is there", fetch(port, "/plan")[0], 404)
        tap.equal("and the pages have no metrics", fetch(server.port, "/metrics")[0], 404)
    with Server(workspace) as server:
        tap.check("without the setting nobody listens", _refused(port))


def _refused(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Relay(threading.Thread):
    """Stands between the program and PostgreSQL, and can be cut."""

    def __init__(self, folder, target):
        super().__init__(daemon=True)
        self.folder, self.target, self.is_cut, self.pairs = folder, target, False, []
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(os.path.join(folder, ".s.PGSQL.5432"))
        self.listening.listen()

    def run(self):
        while True:
            near, _ = self.listening.accept()
            if self.is_cut:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.target)
            self.pairs.append((near, far))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one, other):
        try:
            while piece := one.recv(65536):
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        self.is_cut = True
        for pair in self.pairs:
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def check_readiness(tap, workspace, folder, server_address):
    with Server(workspace) as server:
        tap.equal("ready, with its database", (fetch(server.port, "/ready")[0], fetch(server.port, "/health")[0]),
                  (200, 200))
    if not server_address:
        tap.skip("readiness when the database goes", "no server of the tests' own")
        return
    place = os.path.join(folder, "relay")
    os.mkdir(place)
    relay = Relay(place, os.path.join(re.search(r"host=([^&]*)", server_address).group(1), ".s.PGSQL.5432"))
    relay.start()
    address = re.sub(r"host=[^&]*", f"host={place}", database(server_address, "relayed"))
    run("init", "--workspace", os.path.join(place, "workspace"), "--database", address)
    with Server(os.path.join(place, "workspace")) as server:
        before = fetch(server.port, "/ready")[0]
        relay.cut()
        during = [(fetch(server.port, "/ready")[0], fetch(server.port, "/plan")[0] >= 500) for _ in range(3)]
        lives = fetch(server.port, "/health")[0]
        relay.is_cut = False
        after = [fetch(server.port, "/ready")[0] for _ in range(3)]
    tap.equal("not ready while the database cannot be reached", (before, {code for code, _ in during}), (200, {503}))
    tap.check("pages say so too", all(failed for _, failed in during), during)
    tap.equal("the program lives meanwhile", lives, 200)
    tap.equal("and is ready when it is back, without a restart", after[-1], 200)


def check_stop(tap, workspace):
    with Server(workspace, environment={"DUEREGARD_DRAIN_SECONDS": "3"}) as server:
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        kept.request("GET", "/health")
        kept.getresponse().read()
        slow = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        server.process.send_signal(signal.SIGTERM)
        until(lambda: fetch(server.port, "/ready")[0] == 503, 2)
        status, headers, body = fetch(server.port, "/ready")
        tap.equal("a server that is about to stop is not ready", (status, json.loads(body)["status"]),
                  (503, "stopping"))
        tap.equal("but lives", fetch(server.port, "/health")[0], 200)
        kept.request("GET", "/plan")
        answer = kept.getresponse()
        answer.read()
        tap.equal("who comes is answered, and told to come on another connection",
                  (answer.status, answer.headers["Connection"]), (200, "close"))
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n")
        # It has begun when no more connections are taken.
        tap.check("then no new connection is taken", until(lambda: _refused(server.port)))
        slow.sendall(b"\r\n")
        first = slow.recv(100)
        tap.equal("what was under way is finished", first[:12], b"HTTP/1.1 200")
        tap.equal("and the program ends without a fault", server.process.wait(20), 0)


def check_reload(tap, workspace):
    settings = os.path.join(workspace, "dueregard.ini")
    with open(settings, encoding="utf-8") as file:
        before = file.read()
    with Server(workspace) as server:
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        kept.request("GET", "/plan")
        answer = kept.getresponse()
        answer.read()
        local = kept.sock.getsockname()
        stop, failures, count = threading.Event(), [], [0]

        def ask():
            while not stop.is_set():
                try:
                    status = fetch(server.port, "/plan")[0]
                    count[0] += 1
                    if status not in (200, 303):
                        failures.append(status)
                except OSError as error:
                    failures.append(error)

        askers = [threading.Thread(target=ask) for _ in range(4)]
        for asker in askers:
            asker.start()
        os.makedirs(os.path.join(workspace, "templates", "pages"), exist_ok=True)
        for turn in range(20):
            with open(settings, "w", encoding="utf-8") as file:
                file.write(before + ("\npages = signed-in\nbrand-colour = #1d3557\n" if turn % 2 == 0 else "\n"))
            server.process.send_signal(signal.SIGHUP)
            time.sleep(0.05)
        with open(settings, "w", encoding="utf-8") as file:
            file.write(before + "\npages = signed-in\nbrand-colour = #1d3557\nthreads = 3\n")
        server.process.send_signal(signal.SIGHUP)
        until(lambda: times_in_log(workspace, "with a restart alone: threads.") > 0)
        stop.set()
        for asker in askers:
            asker.join()
        tap.check("settings read anew twenty times lose no request of four who ask all the while",
                  not failures and count[0] > 20, (failures[:3], count))
        kept.request("GET", "/plan")
        answer = kept.getresponse()
        tap.equal("a connection from before sees the new settings",
                  (answer.status, answer.headers["Location"], kept.sock.getsockname()),
                  (303, "/sign-in?next=%2Fplan", local))
        answer.read()
        style = re.search(r"/assets/brand\.[0-9a-f]{12}\.css", fetch(server.port, "/")[2])
        tap.check("the authority's new colour is a style with a name of its own",
                  style and fetch(server.port, style.group(0))[0] == 200)
        with open(settings, "w", encoding="utf-8") as file:
            file.write(before + "\npages = nonsense\n")
        server.process.send_signal(signal.SIGHUP)
        until(lambda: times_in_log(workspace, "stay as they were") > 0)
        tap.equal("settings that are wrong change nothing", fetch(server.port, "/plan")[0], 303)
    with open(settings, "w", encoding="utf-8") as file:
        file.write(before)
    with open(os.path.join(workspace, "log"), encoding="utf-8") as file:
        log = file.read()
    tap.check("and the log says where and why", "stay as they were" in log and "line" in log and
              "pages is one of: open signed-in" in log, log[-500:])
    tap.check("and what changes with a restart alone", "with a restart alone: threads." in log, log[-1500:])


def check_limits(tap, workspace):
    few = {"DUEREGARD_FORWARDED_ADDRESS": "trusted", "DUEREGARD_LIMIT_ADDRESS": "10",
           "DUEREGARD_LIMIT_ACCOUNT": "8", "DUEREGARD_LIMIT_FAILURES": "3"}
    with Server(workspace, environment=few) as server:
        found = [fetch(server.port, "/plan", X_Forwarded_For="192.0.2.1") for _ in range(12)]
        tap.equal("one address gets so many requests and no more", [status for status, _, _ in found],
                  [200] * 10 + [429] * 2)
        wait = int(found[-1][1]["Retry-After"])
        tap.check("and is told when to come again", 1 <= wait <= 6 and "Too many requests" in found[-1][2], wait)
        tap.equal("another address is not in its way",
                  fetch(server.port, "/plan", X_Forwarded_For="192.0.2.2")[0], 200)
        tap.equal("what a client wrote before the proxy's own word does not count",
                  fetch(server.port, "/plan", X_Forwarded_For="192.0.2.99, 192.0.2.1")[0], 429)
        tap.equal("one network of IPv6 is one address",
                  [fetch(server.port, "/plan", X_Forwarded_For=f"2001:db8::{i}")[0] for i in range(1, 13)],
                  [200] * 10 + [429] * 2)
        problem = fetch(server.port, "/api/v1/openapi.json", X_Forwarded_For="192.0.2.1")
        tap.equal("programs get a problem", (problem[0], json.loads(problem[2])["status"]), (429, 429))
        check_failures(tap, server)
        tap.check("after the time it is let through", _later(server, wait))
    check_account(tap, workspace, few)
    with Server(workspace, environment={**few, "DUEREGARD_FORWARDED_ADDRESS": "ignored"}) as server:
        tap.equal("a header of which nothing is known counts for nothing",
                  {fetch(server.port, "/plan", X_Forwarded_For="192.0.2.1")[0] for _ in range(12)}, {200})


def _later(server, wait):
    time.sleep(wait + 0.2)
    return fetch(server.port, "/plan", X_Forwarded_For="192.0.2.1")[0] == 200


def check_failures(tap, server):
    browser = server.browser()

    def attempt(address, password="wrong"):
        browser.get("/sign-in", **{"X-Forwarded-For": "198.51.100.1"})
        return browser.send("/sign-in", {"email": "nobody@example.invalid", "password": password},
                            {"X-Forwarded-For": address}).status

    tap.equal("after some wrong passwords an address has to wait", [attempt("192.0.2.7") for _ in range(5)],
              [200, 200, 200, 429, 429])
    tap.equal("another has not", attempt("192.0.2.8"), 200)
    guesses = [fetch(server.port, f"/shared/{'x' * 43}", X_Forwarded_For="192.0.2.9")[0] for _ in range(5)]
    tap.equal("the same for links", guesses, [404, 404, 404, 429, 429])
    guesses = [fetch(server.port, "/api/v1/records/measures", X_Forwarded_For="192.0.2.10",
                     Authorization="Bearer " + "x" * 43)[0] for _ in range(5)]
    tap.equal("and for programs' tokens", guesses, [401, 401, 401, 429, 429])


def check_account(tap, workspace, few):
    tokens = []
    for code in ("limited-one", "limited-two"):
        run("account", "add", code, "--name", "Made Up", "--email", f"{code}@example.invalid", workspace=workspace)
        run("account", "grant", code, "auditor", workspace=workspace)
        out = run("token", "add", code, "--for", "limits", workspace=workspace)[1]
        tokens.append(re.search(r"[\w-]{43}", out).group(0))
    with Server(workspace, environment=few) as server:
        def ask(token):
            return fetch(server.port, "/api/v1/search?q=pay", Authorization=f"Bearer {token}")[0]

        tap.equal("one account gets so many requests and no more", [ask(tokens[0]) for _ in range(10)],
                  [200] * 8 + [429] * 2)
        tap.equal("and another its own", ask(tokens[1]), 200)


def check_kept(tap, folder):
    """Pages of a return are kept for the session that asked, until something is written; nobody gets another's."""
    place = os.path.join(folder, "kept")
    os.mkdir(place)
    workspace, units = crowd.authority(place, 1)
    port = free_port()

    def kept():
        time.sleep(0.1)
        return samples(fetch(port, "/metrics")[2])['dueregard_answers_total{from="kept"}']

    def look(person):
        page = person.ask("GET", path)[2]
        return (re.search(r'name="token" value="([0-9a-f]{64})"', page).group(1),
                re.search(r'<textarea[^>]*name="progress"[^>]*>(.*?)</textarea>', page, re.S).group(1).strip())

    with crowd.serve(workspace, DUEREGARD_METRICS_PORT=str(port)) as server:
        one, two = crowd.people(server, workspace, units)
        path = f"/returns/{crowd.PERIOD}/{units[0]}/rows/1.1"
        before = kept()
        first, again, others = look(one), look(one), look(two)
        tap.equal("a page of a return is kept for who asked", (kept() - before, again), (1, first))
        tap.check("and another person gets their own", others[0] != first[0] and others[1] == first[1], others)
        two.write_row("1.1", "by-two")
        tap.equal("what another wrote is there at once", look(one), (first[0], "by-two"))
        page = two.ask("GET", path)[2]
        before = rows("return-rows", workspace)
        two.send(path, {"version": re.search(r'name="version" value="(\d+)"', page).group(1), "progress": "by-two",
                        "reference": "9.9", "directorate_return": "other", "measure": "visits", "owner": "x",
                        "target_text": "0", "id": "1", "event": "1", "edited_by": "one"}, page)
        after = rows("return-rows", workspace)
        same = ("reference", "directorate_return", "measure", "owner", "target_text")
        tap.equal("fields that the form does not have change nothing", [[row[name] for name in same] for row in after],
                  [[row[name] for name in same] for row in before])
        cookie = one.cookie
        one.send("/sign-out", {}, one.ask("GET", "/account")[2])
        one.cookie = cookie
        tap.equal("and who signed out sees it no more", one.ask("GET", path)[0], 303)


def check_shut_in(tap, workspace):
    """The process says what it is shut off from, and the kernel says the same (test_confine.c tries what it may not)."""
    with Server(workspace) as server:
        said = server.process.stdout.readline().decode()
        with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
            state = dict(line.split(":\t") for line in file.read().splitlines() if ":\t" in line)
        tap.check("the server is shut in: no new rights, a filter of calls, and one line says so",
                  said.startswith("Shut in: ") and state["NoNewPrivs"] == "1" and state["Seccomp"] == "2",
                  f"{said}{state.get('NoNewPrivs')} {state.get('Seccomp')}")
        statuses = [server.browser().get(path).status for path in ("/plan", "/scorecard/ratings.ods", "/ready")]
        tap.equal("and does its work", statuses, [200, 200, 200])


def check_log(tap, folder):
    """A visitor leaves a canary in each place that a request has; none may come to the log or the metrics."""
    os.mkdir(os.path.join(folder, "log"))
    workspace = demo(os.path.join(folder, "log"))
    out = run("account", "add", "canary-code", "--name", "Canary Name", "--email", "canary@example.invalid",
              workspace=workspace)[1]
    port = free_port()
    with Server(workspace, environment={"DUEREGARD_METRICS_PORT": str(port),
                                        "DUEREGARD_FORWARDED_ADDRESS": "trusted"}) as server:
        browser = server.browser()
        link = re.search(r"/invitation/[\w-]{43}", out).group(0)
        more = {"X-Forwarded-For": "203.0.113.77", "User-Agent": "canary-agent", "Referer": "http://canary-site/"}
        browser.get(link, **more)
        browser.send(link, {"password": PASSWORD, "again": PASSWORD}, more)
        browser.get("/sign-in?next=/canary-next", **more)
        browser.send("/sign-in", {"email": "canary@example.invalid", "password": "canary-password"}, more)
        browser.send("/sign-in", {"email": "canary@example.invalid", "password": PASSWORD}, more)
        browser.get("/account", **more)
        for target in ("/search?q=canary-query", "/measures/canary-path", "/canary-route", "/%63anary%00",
                       "/people/canary-snapshot"):
            browser.get(target, **more)
        browser.ask("POST", "/sign-out", "token=canary-token", {
            "Content-Type": "application/x-www-form-urlencoded", **more})
        cookies = list(browser.cookies.values())
        metrics = fetch(port, "/metrics")[2]
    with open(os.path.join(workspace, "log"), encoding="utf-8") as file:
        log = file.read()
    lines = [json.loads(line) for line in log.splitlines()]
    tap.check("the log is one object of JSON a line and request", len(lines) == 12 and all(
        set(line) == {"time", "method", "route", "status", "bytes", "microseconds"} for line in lines), lines[:3])
    secrets = ["canary", "Canary", "203.0.113.77", "umbrella", link.split("/")[-1], *cookies,
               urllib.parse.quote(PASSWORD)]
    tap.check("nothing of who asked or for what is in it", len(cookies) >= 1 and
              not [word for word in secrets if word in log], log[:800])
    tap.check("nor in the metrics", not [word for word in secrets if word in metrics])


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        check_metrics(tap, workspace)
        check_readiness(tap, workspace, folder, os.environ.get("DUEREGARD_TEST_POSTGRESQL"))
        check_stop(tap, workspace)
        check_reload(tap, workspace)
        check_limits(tap, workspace)
        check_kept(tap, folder)
        check_shut_in(tap, workspace)
        check_log(tap, folder)
    tap.end()


if __name__ == "__main__":
    main()
