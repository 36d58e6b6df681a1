"""A demonstration workspace on each engine, fresh for every fault, and what stands in its tables."""
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

from scenario import PROGRAM, copy_workspace, run
from harness import ROOT

sys.path.insert(0, os.path.join(ROOT, "script", "lanes"))
import postgres  # noqa: E402, the path is made above

# What is done is done when it is said: the tests' server does not wait for that on its own.
SURE = {"PGOPTIONS": "-c synchronous_commit=on"}


class OnSqlite:
    """Each workspace has its database beside it."""

    name = "SQLite"

    def __init__(self, folder, pristine):
        self.folder, self.pristine = folder, pristine

    def fresh(self, name, source=None):
        return copy_workspace(source or self.pristine, self.folder, name)

    def counts(self, workspace):
        """How many rows each table has."""
        with closing(sqlite3.connect(os.path.join(workspace, "dueregard.sqlite"))) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' "
                                                           "AND name NOT LIKE '%_words%'")]
            return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


class OnPostgresql:
    """Each workspace has a database of its own on a server of ours, made after another."""

    name = "PostgreSQL"

    def __init__(self, folder, pristine):
        self.folder = os.path.join(folder, "postgresql")
        os.mkdir(self.folder)
        self.server = postgres.Server()
        self.databases = 0
        self.pristine = copy_workspace(pristine, self.folder, "pristine")
        self.sql("CREATE DATABASE pristine")
        code, out, err = run("move", "--to", self.address("pristine"), workspace=self.pristine)
        if code:
            raise RuntimeError(out + err)

    def address(self, database):
        return f"postgresql:///{database}?host={self.server.folder}&user=postgres"

    def sql(self, statement, database="postgres"):
        done = subprocess.run([os.path.join(postgres.BINARIES, "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", statement,
                               self.address(database)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def database(self, workspace):
        with open(os.path.join(workspace, "dueregard.ini"), encoding="utf-8") as file:
            return re.search(r"^database = postgresql:///(\w+)", file.read(), re.M).group(1)

    def fresh(self, name, source=None):
        source = source or self.pristine
        workspace = copy_workspace(source, self.folder, name)
        self.databases += 1
        database, before = f"copy{self.databases}", self.database(source)
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                 f"'{before}' AND pid <> pg_backend_pid()")
        self.sql(f"CREATE DATABASE {database} TEMPLATE {before}")
        path = os.path.join(workspace, "dueregard.ini")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(f"postgresql:///{before}?", f"postgresql:///{database}?"))
        return workspace

    def counts(self, workspace):
        database = self.database(workspace)
        tables = self.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database).split()
        answer = self.sql(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables), database)
        return {table: int(count) for table, count in (line.split("|") for line in answer.splitlines())}

    def restart(self):
        """Ends the server as a crash would, and starts it again."""
        self.server.call("pg_ctl", "restart", "--wait", "--mode=immediate", "--pgdata", self.server.data,
                         "--log", os.path.join(self.server.folder, "log"))


def start(words, workspace):
    """The program under way."""
    return subprocess.Popen([PROGRAM, *words], env=dict(os.environ, DUEREGARD_WORKSPACE=workspace, **SURE),
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
