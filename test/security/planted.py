"""A small site with holes, on loopback: what the scanners must find, so that their silence about ours says something.
planted.py PORT"""
import http.server
import sqlite3
import sys
import urllib.parse

STORE = sqlite3.connect(":memory:", check_same_thread=False)
STORE.executescript("CREATE TABLE measure (code TEXT, title TEXT); INSERT INTO measure VALUES ('a', 'One'), ('b', 'Two');")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        body, status = "<h1>Planted</h1><a href='/measures?code=a'>One</a> <a href='/search?q=a'>Search</a>", 200
        if address.path == "/measures":
            try:
                rows = STORE.execute(f"SELECT title FROM measure WHERE code = '{query.get('code', '')}'").fetchall()
                body = "".join(f"<p>{title}</p>" for title, in rows) or "<p>Nothing</p>"
            except sqlite3.Error as error:
                body, status = f"<p>sqlite3.{type(error).__name__}: {error}</p>", 500
        elif address.path == "/search":
            body = f"<p>You looked for {query.get('q', '')}</p>"
        data = f"<!doctype html><html><body>{body}</body></html>".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
