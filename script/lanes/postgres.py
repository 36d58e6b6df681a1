"""A PostgreSQL server of the tests' own: a fresh cluster on a socket in a temporary folder."""
import atexit
import os
import pwd
import shutil
import subprocess
import tempfile

BINARIES = "/usr/lib/postgresql/15/bin"
USER = "dueregard-test"  # made by script/setup; PostgreSQL refuses root


def as_user(command):
    """Puts the unprivileged user before a command when we are root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--", *command]


class Server:
    """Starts at once, and ends with the program."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="dueregard-postgres-")
        if os.geteuid() == 0:
            entry = pwd.getpwnam(USER)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        os.chmod(self.folder, 0o755)
        self.data = os.path.join(self.folder, "data")
        atexit.register(self.stop)
        self.call("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8",
                  "--locale=C.UTF-8", "--no-sync", "--pgdata", self.data)
        options = (f"-c listen_addresses='' -c unix_socket_directories={self.folder} "
                   "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
                   "-c max_connections=64 -c shared_buffers=64MB")
        self.call("pg_ctl", "start", "--wait", "--pgdata", self.data, "--options", options,
                  "--log", os.path.join(self.folder, "log"))
        self.address = f"postgresql:///postgres?host={self.folder}&user=postgres"

    def call(self, name, *arguments):
        environment = {**os.environ, "HOME": self.folder}
        subprocess.run(as_user([os.path.join(BINARIES, name), *arguments]), check=True,
                       cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, timeout=120)

    def stop(self):
        if os.path.exists(os.path.join(self.data, "postmaster.pid")):
            self.call("pg_ctl", "stop", "--mode=immediate", "--pgdata", self.data)
        shutil.rmtree(self.folder, ignore_errors=True)
