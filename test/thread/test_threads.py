"""The server under ThreadSanitizer: people who fill in returns, readers of many pages in every form, wrong passwords,
reloads, metrics and the end, all at once. DUEREGARD names a program that was built with -Db_sanitize=thread; without
one it is skipped. DUEREGARD_TEST_FULL drives it for longer."""
import http.client
import os
import re
import signal
import threading
import time

import crowd
from harness import PROGRAM, ROOT, Folder, Tap, free_port, run

SECONDS = 120 if os.environ.get("DUEREGARD_TEST_FULL") else 12
READERS = 6
# High, so that they are counted and never reached.
LIMITS = {"DUEREGARD_LIMIT_ADDRESS": "1000000", "DUEREGARD_LIMIT_ACCOUNT": "1000000",
          "DUEREGARD_LIMIT_FAILURES": "100000", "DUEREGARD_FORWARDED_ADDRESS": "trusted"}
KNOWN = os.path.join(ROOT, "test", "support", "tsan.supp")
LEFT_OUT = ("/sign-out", "/sign-in/single")
PARTS = {"{scheme}": "plan", "{code}": "calls", "{period}": crowd.PERIOD, "{unit}": "u-001", "{row}": "1.1",
         "{measure}": "calls", "{kind}": "measures", "{action}": "submit", "{name}": "return.csv"}


def is_instrumented():
    with open(PROGRAM, "rb") as file:
        return b"__tsan_init" in file.read()


def addresses():
    """Every GET route of the table, with something for each parameter, as page, as JSON and in Welsh."""
    with open(os.path.join(ROOT, "src", "web", "routes.c"), encoding="utf-8") as file:
        patterns = re.findall(r'REQUEST_GET,\s+"([^"]+)"', file.read())
    found = []
    for pattern in patterns:
        if pattern.startswith(LEFT_OUT):
            continue
        made = re.sub(r"\{\w+\}", lambda part: PARTS.get(part.group(0), "none"), pattern)
        found += [made, made + "?format=json", "/cy" + made]
    return found


class Reader(threading.Thread):
    """Asks for one address after the other until the time is over."""

    def __init__(self, port, cookie, paths, until):
        super().__init__()
        self.port, self.cookie, self.paths, self.until = port, cookie, paths, until
        self.statuses, self.fault = [], None

    def run(self):
        try:
            while time.monotonic() < self.until:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
                for path in self.paths[len(self.statuses) % len(self.paths):][:20]:
                    connection.request("GET", path, headers={"X-Forwarded-For": "192.0.2.1",
                                                                **({"Cookie": self.cookie} if self.cookie else {})})
                    answer = connection.getresponse()
                    answer.read()
                    self.statuses.append(answer.status)
                    if answer.will_close or time.monotonic() > self.until:
                        break
                connection.close()
        except (OSError, http.client.HTTPException) as error:
            self.fault = repr(error)


def guess(port, until):
    """Wrong passwords, which are hashed a few at a time."""
    browser = crowd.Contributor("nobody", "u-001", port)
    while time.monotonic() < until:
        page = browser.ask("GET", "/sign-in")[2]
        browser.send("/sign-in", {"email": "nobody@example.invalid", "password": "wrong wrong wrong"}, page)


def disturb(server, metrics, until):
    """The settings are read anew, and the metrics are asked for."""
    count = 0
    while time.monotonic() < until:
        server.process.send_signal(signal.SIGHUP)
        connection = http.client.HTTPConnection("127.0.0.1", metrics, timeout=60)
        connection.request("GET", "/metrics")
        connection.getresponse().read()
        connection.close()
        count += 1
        time.sleep(0.5)
    return count


def drive(tap, workspace, units):
    metrics = free_port()
    reports = os.path.join(workspace, "races")
    with crowd.serve(workspace, 6, DUEREGARD_METRICS_PORT=str(metrics), **LIMITS,
                     TSAN_OPTIONS=f"exitcode=66 log_path={reports} history_size=4 suppressions={KNOWN}") as server:
        made = crowd.people(server, workspace, units)
        until = time.monotonic() + SECONDS
        paths = addresses()
        cookies = [person.cookie for person in made] + [""] * READERS
        readers = [Reader(server.port, cookies[i], paths[i * 31:] + paths[:i * 31], until + 2) for i in range(READERS)]
        others = [threading.Thread(target=guess, args=(server.port, until)),
                  threading.Thread(target=crowd.fill_and_submit, args=(made, SECONDS))]
        for thread in readers + others:
            thread.start()
        reloads = disturb(server, metrics, until)
        for thread in others:
            thread.join()
        for reader in readers:
            reader.join()
        statuses = [status for reader in readers for status in reader.statuses]
        tap.check("readers are answered all the while", len(statuses) > 2 * len(paths) / 3 and
                  not [reader.fault for reader in readers if reader.fault] and max(statuses) < 500,
                  f"{len(statuses)} answers, {[reader.fault for reader in readers]}, {sorted(set(statuses))}")
        tap.check("rows are saved beside them", sum(len(person.saved) for person in made) > 2 and
                  not [person.faults for person in made if person.faults], [person.faults for person in made])
        print(f"# {len(statuses)} pages, {sum(len(person.saved) for person in made)} rows saved, {reloads} reloads")
        last = [threading.Thread(target=Reader(server.port, "", paths, time.monotonic() + 2).run) for _ in range(READERS)]
        for thread in last:
            thread.start()
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        for thread in last:
            thread.join()
        code = server.process.wait(timeout=60)
    words = ""
    for name in sorted(os.listdir(workspace)):
        if name.startswith("races"):
            with open(os.path.join(workspace, name), encoding="utf-8", errors="replace") as file:
                words += file.read()
    tap.check("no two threads get at the same memory unordered, and all locks are taken in one order",
              code == 0 and "ThreadSanitizer" not in words, f"exit code {code}\n{words}")


def main():
    tap = Tap()
    if not is_instrumented():
        tap.skip("the server under ThreadSanitizer", "the program is not built with -Db_sanitize=thread")
        tap.end()
    if "ThreadSanitizer" in run("--version")[2]:
        tap.skip("the server under ThreadSanitizer", "it cannot run with this kernel's layout of memory")
        tap.end()
    with Folder() as folder:
        workspace, units = crowd.authority(folder, 4)
        drive(tap, workspace, units)
    tap.end()


if __name__ == "__main__":
    main()
