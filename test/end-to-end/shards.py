"""Three PostgreSQL clusters with people, and a table over them: as docs/scale.md has it."""
import os
import subprocess
import sys
import tempfile

import harness

sys.path.insert(0, os.path.join(harness.ROOT, "script", "lanes"))
import postgres  # noqa: E402, the path is made above

PSQL = os.path.join(postgres.BINARIES, "psql")


def sql(server, statements, database="postgres", stdin=None):
    """Runs statements as the owner, with a file as standard input; gives the answer as text without
    headings."""
    done = subprocess.run(
        [PSQL, "--no-psqlrc", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", server.folder, "-U", "postgres",
         "-d", database, "-c", statements], stdin=stdin or subprocess.DEVNULL, capture_output=True,
        check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8"))
    return done.stdout.decode("utf-8")


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


class Shards:
    """Starts the clusters; the first is the coordinator too, in a database of its own."""

    def __init__(self, names=("north", "west", "south")):
        self.servers = {name: postgres.Server() for name in names}
        self.coordinator = next(iter(self.servers.values()))
        sql(self.coordinator, "CREATE DATABASE everybody")
        self.address = f"postgresql:///everybody?host={self.coordinator.folder}&user=postgres"

    def load(self, path, columns, shard_of):
        """Puts each record of a CSV file, one a line, on the shard that `shard_of` gives for the line
        and its number. `columns`: heading to type."""
        parts = {name: tempfile.TemporaryFile() for name in self.servers}
        with open(path, "rb") as file:
            file.readline()
            for number, line in enumerate(file):
                parts[shard_of(line, number)].write(line)
        names = ", ".join(quoted(heading) for heading in columns)
        types = ", ".join(f"{quoted(heading)} {kind}" for heading, kind in columns.items())
        for name, server in self.servers.items():
            sql(server, f"CREATE TABLE people ({types}, shard text NOT NULL DEFAULT '{name}')")
            parts[name].seek(0)
            sql(server, f"COPY people ({names}) FROM STDIN WITH (FORMAT csv)", stdin=parts[name])
            sql(server, "VACUUM ANALYZE people")
            parts[name].close()

    def join(self, columns):
        """The partitioned table of the coordinator."""
        types = ", ".join(f"{quoted(heading)} {kind}" for heading, kind in columns.items())
        sql(self.coordinator, "CREATE EXTENSION postgres_fdw", "everybody")
        sql(self.coordinator, f"CREATE TABLE people ({types}, shard text NOT NULL) "
            "PARTITION BY LIST (shard)", "everybody")
        for name, server in self.servers.items():
            for statement in (
                    f"CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS "
                    f"(host '{server.folder}', dbname 'postgres', fetch_size '10000', "
                    "async_capable 'true')",
                    f"CREATE USER MAPPING FOR CURRENT_USER SERVER {name} OPTIONS (user 'postgres')",
                    f"CREATE FOREIGN TABLE people_{name} PARTITION OF people FOR VALUES IN ('{name}') "
                    f"SERVER {name} OPTIONS (table_name 'people')"):
                sql(self.coordinator, statement, "everybody")
        sql(self.coordinator, "ANALYZE people", "everybody")

    def address_of(self, name):
        """Of one shard by itself."""
        return f"postgresql:///postgres?host={self.servers[name].folder}&user=postgres"
