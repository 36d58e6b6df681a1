"""What the end-to-end tests share: the real program, fresh workspaces, TAP on standard output."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("DUEREGARD", "build/dueregard")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Tap:
    """Counts and prints tests; end() prints the plan and exits."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, holds, detail=""):
        self.count += 1
        print(f"{'ok' if holds else 'not ok'} {self.count} - {name}")
        if not holds:
            self.failed += 1
            for line in str(detail).splitlines()[:20]:
                print(f"# {line}")
        sys.stdout.flush()

    def equal(self, name, found, expected):
        self.check(name, found == expected, f"found    {found!r}\nexpected {expected!r}")

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}")

    def end(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


def run(*words, workspace=None, environment=None, stdin=None, timeout=300):
    """Runs the program; gives (exit code, standard output, standard error) as text."""
    command = [PROGRAM, *words]
    settings = dict(os.environ, **(environment or {}))
    settings.pop("DUEREGARD_WORKSPACE", None)
    if workspace:
        settings["DUEREGARD_WORKSPACE"] = workspace
    done = subprocess.run(command, capture_output=True, env=settings, input=stdin, timeout=timeout,
                          check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def rows(kind, workspace, *options):
    """The rows of one kind, as the program exports them."""
    code, out, err = run("export", kind, "--format", "json", *options, workspace=workspace)
    if code:
        raise RuntimeError(err)
    return json.loads(out)


class Folder:
    """A temporary folder, removed at the end: `with Folder() as path`."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="dueregard-end-to-end-")
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def demo(folder):
    """A demonstration workspace in the folder; gives its path."""
    workspace = os.path.join(folder, "workspace")
    code, _, err = run("demo", "--workspace", workspace)
    if code:
        raise RuntimeError(err)
    return workspace


def database(server, name):
    """A fresh database on the tests' server, as an address."""
    subprocess.run(["psql", "-X", "-q", server, "-c", f"CREATE DATABASE {name}"], check=True)
    return re.sub(r"^(postgresql://[^/]*/)[^?]*", rf"\g<1>{name}", server)


def free_port():
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
