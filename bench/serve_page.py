"""Requests a second of the scorecard page of the demonstration authority, against a constant page of
the same size from the same HTTP library, both by wrk in one run. Goal: at least a third."""
import os
import re
import subprocess
import time
import urllib.request

import bench

SECONDS = os.environ.get("DUEREGARD_BENCH_SECONDS", "8")
PATH = "/scorecard?period=2012-13-Q1"


def wait(address):
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer")


def load(address):
    """Requests a second, and the latency of half and of 99 in 100 requests, as wrk tells them."""
    out = subprocess.check_output(["wrk", "-t1", "-c8", f"-d{SECONDS}s", "--latency", address],
                                  text=True)
    latency = dict(re.findall(r"^\s+(50|99)%\s+(\S+)", out, re.M))
    if re.search(r"Non-2xx", out):
        raise RuntimeError(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), latency["50"], latency["99"]


def measure(command, environment, address):
    process = subprocess.Popen(command, env=dict(os.environ, **environment),
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(address)
        return load(address)
    finally:
        process.terminate()
        process.wait(timeout=30)


def main():
    with bench.Folder() as folder:
        workspace = os.path.join(folder, "workspace")
        bench.run([bench.PROGRAM, "demo", "--workspace", workspace])
        environment = {"DUEREGARD_WORKSPACE": workspace, "DUEREGARD_THREADS": "2"}
        page = os.path.join(folder, "page.html")
        ours = f"http://127.0.0.1:18480{PATH}"
        serve = [bench.PROGRAM, "serve", "--port", "18480", "--quiet"]
        process = subprocess.Popen(serve, env=dict(os.environ, **environment),
                                   stdout=subprocess.DEVNULL)
        body = wait(ours)
        process.terminate()
        process.wait(timeout=30)
        with open(page, "wb") as out:
            out.write(body)
        constant = os.path.join(os.path.dirname(bench.PROGRAM), "bench", "constant_page")
        found = measure(serve, environment, ours)
        peer = measure([constant, "18481", "2", page], {}, "http://127.0.0.1:18481/")
        bench.report("scorecard page", f"{found[0]:.0f}", f"{peer[0]:.0f}", "requests/s",
                     found[0] / peer[0], bench.at_least(0.33),
                     f"{len(body)} bytes; p50 {found[1]} (peer {peer[1]}), p99 {found[2]} "
                     f"(peer {peer[2]})")


main()
