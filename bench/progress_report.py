"""The progress report of an authority with 500 measures, 20 directorates and 24 quarters, against the
statements it needs run bare by the sqlite3 shell on the same database. Goal: at most 10 times."""
import os
import re
import subprocess

import authority
import bench

PERIOD, BEFORE, YEAR_BEFORE, YEAR = "2017-18-Q4", "2017-18-Q3", "2016-17-Q4", "2017-18"
DAYS = ("2018-01-01", "2018-03-31")


def parameters(sql):
    """What the program binds: told by the number of parameters and by what $1 is compared with."""
    count = max((int(number) for number in re.findall(r"\$(\d)", sql)), default=0)
    if count == 3:
        return [PERIOD, BEFORE, YEAR_BEFORE]
    if count == 2:
        return list(DAYS) if "starts" in sql else [PERIOD, YEAR]
    if count == 1:
        return [1] if re.search(r"scheme = \$1", sql) else [PERIOD]
    return []


def bare(folder, database):
    statements = subprocess.check_output(
        [os.path.join(os.path.dirname(bench.PROGRAM), "bench", "print_statements")], text=True)
    script = os.path.join(folder, "bare.sql")
    with open(script, "w", encoding="utf-8") as out:
        for sql in statements.split("\n;;\n"):
            if not sql.strip() or "code = $1" in sql:
                continue
            for number, value in enumerate(parameters(sql), 1):
                sql = sql.replace(f"${number}", str(value) if value == 1 else f"'{value}'")
            out.write(sql.strip() + ";\n")
    with open(script, encoding="utf-8") as stdin:
        return bench.run(["sqlite3", "-readonly", database], stdin=stdin)[0]


def main():
    with bench.Folder() as folder:
        workspace = os.path.join(folder, "workspace")
        measures, units = authority.measures(500), authority.units(20)
        bench.program("init", workspace=workspace)
        files = authority.plan(folder, measures, units)
        files.append(("values", authority.values(folder, measures, units, authority.quarters(24))))
        for kind, path in files:
            bench.program("import", kind, path, workspace=workspace)
        database = os.path.join(workspace, "dueregard.sqlite")
        for form, words in (("text", "for the terminal"), ("html", "HTML with every narrative")):
            results, peers, memory = [], [], 0
            output = os.path.join(folder, f"report.{form}")
            for _ in range(bench.RUNS):
                peers.append(bare(folder, database))
                seconds, used = bench.program("report", "progress", "--period", PERIOD, "--format",
                                              form, "-o", output, workspace=workspace)
                results.append(seconds)
                memory = max(memory, used)
            bench.report(f"progress report, {words}", f"{bench.median(results):.2f}",
                         f"{bench.median(peers):.2f}", "s",
                         bench.median(results) / bench.median(peers), bench.at_most(10),
                         f"memory {memory:.0f} MiB; {os.path.getsize(output) / 1e6:.1f} MB")


main()
