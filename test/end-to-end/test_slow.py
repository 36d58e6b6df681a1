"""A thousand slow clients at once: a third send a header byte by byte, a third a body, a third do not read what they
asked for. A normal page still answers; in the long form every slow client is cut off when its time is over."""
import os
import resource
import selectors
import socket
import time

import crowd
from browser import Server
from harness import Folder, Tap, demo
from test_serving import fetch

FULL = os.environ.get("DUEREGARD_TEST_FULL")
CLIENTS = 1000
HELD = 75 if FULL else 4  # seconds
HEADERS, BODY, READING = range(3)
# Seconds, of src/web/http/server.c. Who does not read what fits into the system's buffers is done with that request,
# and has as long for the next one as anybody.
EARLIEST = {HEADERS: 10, BODY: 30, READING: 10}
LATEST = {HEADERS: 10, BODY: 30, READING: 60}
BEGINNINGS = {
    HEADERS: b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
    BODY: b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          b"Content-Length: 900\r\n\r\n",
    READING: b"GET /reports/progress HTTP/1.1\r\nHost: a\r\n\r\n",
}


def begin(port, kind):
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    made.connect(("127.0.0.1", port))
    made.sendall(BEGINNINGS[kind])
    made.setblocking(False)
    return made


def is_cut(made, kind):
    """Sends one byte more, or looks whether the end has come without reading what was asked for."""
    try:
        if kind != READING:
            made.send(b"a")
            return made.recv(1) == b""
        return made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0 or _hung_up(made)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _hung_up(made):
    with selectors.PollSelector() as selector:
        selector.register(made, selectors.EVENT_WRITE)
        made.sendall(b"\r\n")
        return not selector.select(0)


def hold(server, clients):
    """Keeps all of them slow and asks for a page meanwhile; gives times, statuses, and when each was cut off."""
    times, statuses, ends = [], [], {}
    start = last = time.monotonic()
    while time.monotonic() - start < HELD:
        before = time.monotonic()
        statuses.append(fetch(server.port, "/plan")[0])
        times.append(time.monotonic() - before)
        if time.monotonic() - last > 1:
            last = time.monotonic()
            for number, (made, kind, since) in enumerate(clients):
                if number not in ends and is_cut(made, kind):
                    ends[number] = (kind, time.monotonic() - since)
        time.sleep(0.05)
    return times, statuses, ends


def main():
    tap = Tap()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    with Folder() as folder, Server(demo(folder), "--quiet") as server:
        clients = []
        for number in range(CLIENTS):
            kind = number % 3
            clients.append((begin(server.port, kind), kind, time.monotonic()))
        time.sleep(1)  # a third of them asked for a page, and each gets it
        times, statuses, ends = hold(server, clients)
        tap.equal(f"a page answers while {CLIENTS} slow clients are held", set(statuses), {200})
        slow = crowd.percentile(times, 0.99)
        print(f"# {len(times)} pages, p50 {1000 * crowd.percentile(times, 0.5):.0f} ms, p99 {1000 * slow:.0f} ms")
        tap.check("and at once", slow < 0.5, times)
        memory = crowd.memory_of(server.process)
        tap.check("with little memory", memory < 200, f"{memory:.0f} MiB")
        early = [(kind, seconds) for kind, seconds in ends.values() if seconds < EARLIEST[kind] - 1]
        tap.check("nobody is cut off before the time", not early, early[:10])
        if FULL:
            late = [(kind, seconds) for kind, seconds in ends.values() if seconds > LATEST[kind] + 5]
            tap.check("each is cut off when its time is over", not late and len(ends) == CLIENTS, (late[:10], len(ends)))
        for made, _, _ in clients:
            made.close()
    tap.end()


if __name__ == "__main__":
    main()
