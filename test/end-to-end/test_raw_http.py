"""What no honest browser sends, on the wire: refused or closed, nothing carried out, and the same server
goes on. And what the pages say to browsers when a proxy with TLS stands in front."""
import re
import socket
import time

from browser import Server
from harness import Folder, Tap, demo, run

HOST = b"Host: 127.0.0.1\r\n"
PASSWORD = "umbrella violet canyon 7"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def talk(port, data, wait=2.0):
    """Sends bytes; gives the statuses of all answers until the end or silence."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as open_socket:
        try:
            open_socket.sendall(data)
            open_socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        got = b""
        try:
            while True:
                piece = open_socket.recv(65536)
                if not piece:
                    break
                got += piece
        except OSError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", got)]


def get(target, headers=b""):
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + headers + b"\r\n"


def post(headers, body=b"", target=b"/sign-out"):
    return b"POST " + target + b" HTTP/1.1\r\n" + HOST + FORM + headers + b"\r\n" + body


def chunked(body):
    return post(b"Transfer-Encoding: chunked\r\n", body)


# Each: what it is, the bytes, and the statuses allowed for the first answer; no answer at all is a
# refusal too.
REFUSED = [
    ("Content-Length with Transfer-Encoding",
     post(b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n")),
    ("two Content-Lengths", post(b"Content-Length: 0\r\nContent-Length: 5\r\n", b"abcde")),
    ("two equal Content-Lengths", post(b"Content-Length: 1\r\nContent-Length: 1\r\n", b"a")),
    ("a Content-Length with a list", post(b"Content-Length: 1, 1\r\n", b"a")),
    ("a signed Content-Length", post(b"Content-Length: +3\r\n", b"abc")),
    ("a negative Content-Length", post(b"Content-Length: -1\r\n")),
    ("a Content-Length beyond 64 bits", post(b"Content-Length: 18446744073709551619\r\n", b"abc")),
    ("a hexadecimal Content-Length", post(b"Content-Length: 0x3\r\n", b"abc")),
    ("Transfer-Encoding that is unknown", post(b"Transfer-Encoding: xchunked\r\n")),
    ("Transfer-Encoding with a list", post(b"Transfer-Encoding: chunked, identity\r\n")),
    ("two Transfer-Encodings", post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")),
    ("Transfer-Encoding after a tab", post(b"Transfer-Encoding:\tchunked, chunked\r\n")),
    ("Transfer-Encoding in HTTP/1.0",
     b"POST /sign-out HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("a chunk of negative size", chunked(b"-1\r\na\r\n0\r\n\r\n")),
    ("a chunk beyond 64 bits", chunked(b"fffffffffffffffff\r\na\r\n0\r\n\r\n")),
    ("a chunk of no number", chunked(b"g\r\na\r\n0\r\n\r\n")),
    ("a space before the colon", get(b"/", b"X : y\r\n")),
    ("a header without a colon", get(b"/", b"nonsense\r\n")),
    ("a carriage return in a value", get(b"/", b"X: a\rb\r\n")),
    ("a control character in a value", get(b"/", b"X: a\x01b\r\n")),
    ("two Hosts", get(b"/", b"Host: other\r\n")),
    ("no Host", b"GET / HTTP/1.1\r\n\r\n"),
    ("a Host with an account", b"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
    ("a Host with a path", b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    ("an address of another host", b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("an address of this host in full", b"GET http://127.0.0.1/ HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a star", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("CONNECT", b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("TRACE", b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("PUT", b"PUT / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("DELETE", b"DELETE / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a method of a kilobyte", b"G" * 1024 + b" / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("small letters for a method", b"get / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("HTTP/1.9", b"GET / HTTP/1.9\r\n" + HOST + b"\r\n"),
    ("HTTP/2's preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ("HTTP/0.9", b"GET /\r\n"),
    ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64)),
    ("%00 in the path", get(b"/measures/%00")),
    ("%2e%2e", get(b"/assets/%2e%2e/%2e%2e/etc/passwd")),
    ("a path that goes up", get(b"/assets/../../etc/passwd")),
    ("a dot as a part", get(b"/./plan")),
    ("two slashes", get(b"//plan")),
    ("an overlong slash", get(b"/assets/%c0%af")),
    ("an overlong dot", get(b"/assets/%c0%ae%c0%ae/x")),
    ("a backslash", get(b"/assets/..%5c..%5cx")),
    ("a line end in the path", get(b"/plan/%0d%0aX:%20y")),
    ("half a percent sign", get(b"/plan/%4")),
    ("bytes that are no UTF-8", get(b"/plan/%ff")),
    ("a raw byte beyond ASCII", get(b"/plan/\xc3\xa9")),
    ("a fragment", get(b"/plan#x")),
    ("a header of 40 kilobytes", get(b"/", b"X: " + b"a" * 40960 + b"\r\n")),
    ("a thousand headers", get(b"/", b"".join(b"X-%d: 1\r\n" % i for i in range(1000)))),
    ("ten thousand names in the query", get(b"/actions?" + b"&".join(b"a%d=1" % i for i in range(10000)))),
    ("a name twice in the query", get(b"/actions?due=ended&due=held")),
    ("a megabyte of cookie", get(b"/", b"Cookie: session=" + b"a" * 2**20 + b"\r\n")),
    ("a body with GET", get(b"/", b"Content-Length: 3\r\n") + b"abc"),
    ("a body too large by its length", post(b"Content-Length: 999999999\r\n")),
    ("a form where none is taken", post(b"Content-Length: 3\r\n", b"a=b", b"/plan")),
    ("a form without its type",
     b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\na=b"),
    ("a form without a token", post(b"Content-Length: 3\r\n", b"a=b", b"/sign-in")),
    ("%00 in a form", post(b"Content-Length: 7\r\n", b"a=b%00c", b"/sign-in")),
    ("no UTF-8 in a form", post(b"Content-Length: 5\r\n", b"a=%ff", b"/sign-in")),
    ("a thousand and one fields",
     post(b"Content-Length: 4003\r\n", b"&".join([b"a=1"] * 1001), b"/sign-in")),
]


def check_refusals(tap, server):
    for name, data in REFUSED:
        statuses = talk(server.port, data)
        # The library prints the head of its own refusals twice, so more than one can be there.
        tap.check(f"refused: {name}", all(status >= 400 for status in statuses), statuses)
        alive = server.process.poll() is None and talk(server.port, get(b"/health", b"Connection: close\r\n"))
        if alive != [200]:
            tap.check(f"the server goes on after: {name}", False, alive)
            return
    tap.check("the same server goes on", server.process.poll() is None)


def check_honest(tap, server):
    many = get(b"/health") * 99 + get(b"/health", b"Connection: close\r\n")
    tap.equal("a hundred requests in a row are answered", talk(server.port, many), [200] * 100)
    tap.equal("a body in chunks is read", talk(server.port, chunked(b"3\r\na=b\r\n0\r\n\r\n"))[:1], [403])
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as waiting:
        waiting.sendall(post(b"Content-Length: 3\r\nExpect: 100-continue\r\n", b"", b"/sign-in"))
        first = waiting.recv(4096)
    tap.check("who expects to be told to go on is told, or refused", first[:12] in (
        b"HTTP/1.1 100", b"HTTP/1.1 417", b"HTTP/1.1 403"), first[:60])
    tap.check("at once", time.monotonic() - start < 5)


def check_behind_tls(tap, workspace):
    address = "https://equality.example.org"
    words = run("account", "add", "jo", "--name", "Jo Made-Up", "--email", "jo@example.invalid",
                workspace=workspace, environment={"DUEREGARD_PUBLIC_ADDRESS": address})[1]
    tap.check("links lead to the public address", f"{address}/invitation/" in words, words)
    path = re.search(r"/invitation/[\w-]{43}", words).group(0)
    with Server(workspace, environment={"DUEREGARD_PUBLIC_ADDRESS": address}) as server:
        browser = server.browser()
        for target in ["/", "/health", "/none", "/sign-in", "/%00"]:
            page = browser.get(target)
            tap.equal(f"browsers are told to stay with TLS: {target}",
                      page.headers["Strict-Transport-Security"], "max-age=63072000; includeSubDomains")
        browser.get(path)
        browser.send(path, {"password": PASSWORD, "again": PASSWORD}, {"Origin": address})
        browser.get("/sign-in")
        page = browser.send("/sign-in", {"email": "jo@example.invalid", "password": PASSWORD},
                            {"Origin": f"http://127.0.0.1:{server.port}"})
        tap.equal("a form must come from the public address", page.status, 403)
        browser.get("/sign-in")
        page = browser.send("/sign-in", {"email": "jo@example.invalid", "password": PASSWORD},
                            {"Origin": address})
        cookie = page.headers["Set-Cookie"] or ""
        tap.check("the cookie is bound to the host and to TLS", page.status == 303 and
                  cookie.startswith("__Host-session=") and "; Secure" in cookie and "Path=/" in cookie and
                  "Domain" not in cookie, cookie)
        tap.equal("and signs in", browser.get("/account").status, 200)
        browser.cookies = {"session": browser.cookies["__Host-session"]}
        tap.equal("under that name alone", browser.get("/account").status, 303)
    with Server(workspace) as server:
        page = server.browser().get("/")
        tap.check("without TLS nobody is told so", page.headers["Strict-Transport-Security"] is None)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        with Server(workspace) as server:
            check_refusals(tap, server)
            check_honest(tap, server)
        check_behind_tls(tap, workspace)
    tap.end()


if __name__ == "__main__":
    main()
