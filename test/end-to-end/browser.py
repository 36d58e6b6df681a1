"""A browser of few words: it keeps cookies, sends forms as a person would, and follows nothing by
itself."""
import html
import http.client
import os
import re
import subprocess
import urllib.parse

from harness import PROGRAM, run


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.location = headers.get("Location", "")

    def text(self):
        """The words of the page, without its tags."""
        main = re.search(r"<main.*</main>", self.body, re.S)
        words = re.sub(r"<[^>]*>", " ", main.group(0) if main else self.body)
        return " ".join(html.unescape(words).split())


class Browser:
    """One person's browser at a server on loopback."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.last = None

    def ask(self, method, path, body=None, headers=None):
        sent = {"Accept": "text/html", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, sent)
        got = connection.getresponse()
        answer = Answer(got.status, got.headers, got.read().decode("utf-8", "replace"))
        connection.close()
        for line in got.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in line:
                del self.cookies[name]
        self.last = answer
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def token(self):
        """The token of the forms of the page last seen."""
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.last.body if self.last else "")
        return found.group(1) if found else ""

    def send(self, path, fields, headers=None):
        """Sends a form of the page last seen."""
        body = urllib.parse.urlencode({"token": self.token(), **fields})
        return self.ask("POST", path, body,
                        {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def send_file(self, path, fields, name, file_name, text):
        """The same with a file."""
        parts = "".join(f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                        for key, value in {"token": self.token(), **fields}.items())
        parts += (f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                  f"Content-Type: text/csv\r\n\r\n{text}\r\n--x--\r\n")
        return self.ask("POST", path, parts.encode(), {"Content-Type": "multipart/form-data; boundary=x"})

    def sign_in(self, email, password):
        self.get("/sign-in")
        return self.send("/sign-in", {"email": email, "password": password})


PASSWORD = "umbrella violet canyon 7"


class Server:
    """The real server over a workspace: `with Server(workspace) as server`."""

    def __init__(self, workspace, *options, environment=None):
        settings = dict(os.environ, DUEREGARD_WORKSPACE=workspace, **(environment or {}))
        self.workspace = workspace
        self.log = open(os.path.join(workspace, "log"), "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", *options], stdout=subprocess.PIPE,
                                        stderr=self.log, env=settings)
        first = self.process.stdout.readline().decode()
        if not first:
            raise RuntimeError("the server did not start")
        self.port = int(re.search(r":(\d+)/", first).group(1))

    def links(self):
        """The demonstration's links: name → path."""
        self.process.stdout.readline()
        links = {}
        for _ in range(5):
            name = self.process.stdout.readline().decode().strip()
            address = self.process.stdout.readline().decode().strip()
            links[name] = urllib.parse.urlsplit(address).path
        return links

    def browser(self):
        return Browser(self.port)

    def enter(self, role, code=None, unit=None):
        """A browser of somebody new who has that role, took up the invitation and is signed in."""
        code = code or role
        email = f"{code}@example.invalid"
        words = run("account", "add", code, "--name", f"{code} Made-Up", "--email", email, workspace=self.workspace)[1]
        reach = ["--unit", unit] if unit else []
        failed, _, err = run("account", "grant", code, role, *reach, workspace=self.workspace)
        if failed:
            raise RuntimeError(err)
        browser = self.browser()
        path = re.search(r"/invitation/[\w-]{43}", words).group(0)
        browser.get(path)
        browser.send(path, {"password": PASSWORD, "again": PASSWORD})
        answer = browser.sign_in(email, PASSWORD)
        if answer.status != 303:
            raise RuntimeError(answer.text())
        return browser

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stdout.close()
        self.log.close()
