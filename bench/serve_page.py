"""Requests a second of pages of the demonstration authority, against a constant page of the same size from the same HTTP
library, both by wrk in one run; and the time from a cold start to the first answer. Goals: at least a third; 50 ms."""
import http.client
import os
import re
import socket
import subprocess
import sys
import time

import bench

sys.path.insert(0, os.path.join(bench.ROOT, "test", "end-to-end"))
from browser import Server  # noqa: E402  as the tests use it
from harness import free_port  # noqa: E402

SECONDS = os.environ.get("DUEREGARD_BENCH_SECONDS", "8")
OPEN = {"SOURCE_DATE_EPOCH": "1349092800"}  # 1 October 2012, when the returns of the second quarter are written
RETURN = "/returns/2012-13-Q2/place-shaping"
# What, where, and as whom: None is a stranger to open pages.
PAGES = [
    ("scorecard page", "/scorecard?period=2012-13-Q1", None),
    ("scorecard, signed in", "/scorecard?period=2012-13-Q1", "policy officer"),
    ("a return, signed in", RETURN, "policy officer"),
    ("a return, made anew each time", RETURN + "?done=none", "policy officer"),
    ("a row of it, signed in", RETURN + "/rows/5.1A", "policy officer"),
    ("my work, signed in", "/work", "policy officer"),
]


def fetch(port, path, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return body


def load(port, path, cookie=None):
    """Requests a second, and the latency of half and of 99 in 100 requests, as wrk tells them."""
    more = ["-H", f"Cookie: {cookie}"] if cookie else []
    out = subprocess.check_output(["wrk", "-t1", "-c8", f"-d{SECONDS}s", "--latency", *more,
                                   f"http://127.0.0.1:{port}{path}"], text=True)
    latency = dict(re.findall(r"^\s+(50|99)%\s+(\S+)", out, re.M))
    if re.search(r"Non-2xx|Socket errors", out):
        raise RuntimeError(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), latency["50"], latency["99"]


def load_constant(folder, body):
    """The same for the constant page."""
    page, port = os.path.join(folder, "page.html"), free_port()
    with open(page, "wb") as out:
        out.write(body)
    constant = os.path.join(os.path.dirname(bench.PROGRAM), "bench", "constant_page")
    process = subprocess.Popen([constant, str(port), "2", page])
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
            time.sleep(0.01)
        return load(port, "/")
    finally:
        process.terminate()
        process.wait(timeout=30)


def sign_in(server, role):
    """The cookie of one of the demonstration's people."""
    path = next(path for name, path in server.links().items() if role in name.lower())
    browser = server.browser()
    browser.get(path)
    browser.send(path, {})
    return "session=" + browser.cookies["session"]


def compare_pages(folder, workspace):
    settings = {"DUEREGARD_THREADS": "2", "DUEREGARD_LIMIT_ACCOUNT": "0", **OPEN}
    for name, path, role in PAGES:
        pages = {"DUEREGARD_PAGES": "signed-in" if role else "open"}
        with Server(workspace, "--quiet", "--demonstration", environment={**settings, **pages}) as server:
            cookie = sign_in(server, role) if role else None
            body = fetch(server.port, path, cookie)
            found = load(server.port, path, cookie)
        peer = load_constant(folder, body)
        bench.report(name, f"{found[0]:.0f}", f"{peer[0]:.0f}", "requests/s", found[0] / peer[0],
                     bench.at_least(0.33), f"{len(body)} bytes; p50 {found[1]} (peer {peer[1]}), p99 {found[2]} "
                     f"(peer {peer[2]})")


def first_answer(workspace, path):
    """Milliseconds from the start of the program to its first whole answer."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen([bench.PROGRAM, "serve", "--port", str(port), "--quiet"], stdout=subprocess.DEVNULL,
                               env=dict(os.environ, DUEREGARD_WORKSPACE=workspace))
    try:
        while True:
            try:
                fetch(port, path, None)
                return (time.perf_counter() - start) * 1000
            except OSError:
                time.sleep(0.0002)
    finally:
        process.terminate()
        process.wait(timeout=30)


def time_start(workspace):
    for name, path in (("cold start to /ready", "/ready"), ("cold start to the plan", "/plan")):
        times = [first_answer(workspace, path) for _ in range(9)]
        bench.report(name, f"{bench.median(times):.0f}", "-", "ms", bench.median(times), bench.at_most(50),
                     f"median of {len(times)}; {min(times):.0f} to {max(times):.0f}")


def main():
    with bench.Folder() as folder:
        workspace = os.path.join(folder, "workspace")
        bench.run([bench.PROGRAM, "demo", "--workspace", workspace])
        bench.run([bench.PROGRAM, "return", "open", "--period", "2012-13-Q2", "--workspace", workspace], OPEN)
        compare_pages(folder, workspace)
        time_start(workspace)


main()
