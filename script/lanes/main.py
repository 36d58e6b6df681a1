"""The lanes of script/test. THE table of lanes stands at the end."""
import concurrent.futures
import glob
import json
import os
import subprocess
import sys
import time

import postgres
import tap

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOGS = os.path.join(ROOT, "build-logs")
CORES = os.cpu_count() or 2
# Debian's, which has the packages of script/setup; another Python may stand before it on the path.
PYTHON = "/usr/bin/python3"
# Under valgrind: the floors where bytes from outside are taken apart, and the store.
VALGRIND_FOLDERS = ("base", "codec", "entity", "template", "store")
# Its children are shut off from calls that valgrind makes itself.
VALGRIND_NOT = ("unit_base_test_confine",)
FUZZ_RUNS = 2000  # of one target, for each second that it is given
# Not detect_stack_use_after_return: the false stack of gcc 12 keeps 32 bytes of alignment, and libsodium's
# states and our vectors want 64.
SANITIZERS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=0:strict_string_checks=1:check_initialization_order=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
}


class Run:
    """What the lanes share: the options and the PostgreSQL server, started when first wanted."""

    def __init__(self, full):
        self.full = full
        self.server = None

    def environment(self):
        """What every test program is given."""
        if not self.server:
            self.server = postgres.Server()
        return {
            "DUEREGARD": os.path.join(ROOT, "build-plain", "dueregard"),
            "DUEREGARD_TEST_POSTGRESQL": self.server.address,
            "DUEREGARD_TEST_FULL": "1" if self.full else "",
            "CMOCKA_MESSAGE_OUTPUT": "TAP",
            "PYTHONPATH": os.path.join(ROOT, "test", "end-to-end"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def named(pattern):
    """The files of a pattern in the repository, sorted."""
    return sorted(glob.glob(os.path.join(ROOT, pattern), recursive=True))


def knows_every_test(path):
    """Whether no test program came or went since the build folder was set up: Meson lists them then."""
    made = os.path.join(path, "build.ninja")
    return os.path.exists(made) and all(
        os.path.getmtime(place) <= os.path.getmtime(made)
        for top in ("unit", "store", "fuzz") for place, _, _ in os.walk(os.path.join(ROOT, "test", top))
        if os.sep + "corpus" not in place)


def build(folder, options, targets=()):
    """Sets a build folder up when it is not, or knows too little, and builds; one test."""
    path = os.path.join(ROOT, folder)
    words = ""
    if not knows_every_test(path):
        environment = {"CC": "clang-14"} if "fuzz" in folder else {}
        anew = ["--reconfigure"] if os.path.exists(os.path.join(path, "build.ninja")) else []
        code, words, _ = tap.run_command(["meson", "setup", *anew, path, ROOT, *options], environment, 600)
        if code:
            return tap.one(f"meson setup {folder}", False, words)
    code, words, late = tap.run_command(["ninja", "-C", path, *targets], {}, 1800)
    return tap.one(f"build in {folder}", code == 0 and not late, words)


def unit_programs(folder):
    """Name and path of every test program that Meson knows in a build folder."""
    text = subprocess.run(["meson", "introspect", "--tests", os.path.join(ROOT, folder)],
                          check=True, capture_output=True, text=True).stdout
    return [(test["name"], test["cmd"][0]) for test in json.loads(text)]


def relative_targets(folder, programs):
    return [os.path.relpath(path, os.path.join(ROOT, folder)) for _, path in programs]


def run_c_programs(run, folder, wanted, log, prefix=(), seconds=300):
    """Builds the test programs whose name passes `wanted`, and runs them."""
    options = [] if folder == "build-plain" else ["-Db_sanitize=address,undefined", "-Db_lundef=false"]
    outcome = build(folder, options, ["all"])
    if outcome.failed:
        return outcome
    programs = [program for program in unit_programs(folder) if wanted(program[0])]
    outcome.add(build(folder, options, relative_targets(folder, programs)))
    if outcome.failed:
        return outcome
    environment = {**run.environment(), **SANITIZERS}
    outcome.add(tap.run_programs(
        [tap.Program(name, [*prefix, path], environment, seconds) for name, path in programs],
        os.path.join(LOGS, log), CORES))
    return outcome


def lane_build(run):
    return build("build-plain", ["--buildtype=release", "-Ddebug=true"])


def lane_check(run):
    """The reading of the sources, and the self-test of its checks."""
    script = os.path.join(ROOT, "script", "check")
    return tap.run_programs([tap.Program("check", [script], {}, 1200),
                             tap.Program("check-self-test", [script, "--self-test"], {}, 600)],
                            os.path.join(LOGS, "check"), 1)


def lane_unit(run):
    outcome = run_c_programs(run, "build-sanitize", lambda name: name.startswith("unit_"), "unit")
    for script in named("test/vectors/make_*.py"):
        code, words, _ = tap.run_command([PYTHON, script, "--check"], {}, 300)
        outcome.add(tap.one(os.path.relpath(script, ROOT) + " --check", code == 0, words))
    return outcome


def lane_store(run):
    return run_c_programs(run, "build-sanitize", lambda name: name.startswith("store_"), "store")


def script_lane(run, pattern, interpreter, seconds, more=None):
    """Runs test programs that are scripts, against the plain build."""
    outcome = lane_build(run)
    if outcome.failed:
        return outcome
    programs = [
        tap.Program(os.path.relpath(path, ROOT), [interpreter, path], {**run.environment(), **(more or {})},
                    seconds)
        for path in named(pattern)
    ]
    outcome.add(tap.run_programs(programs, os.path.join(LOGS, "scripts"), CORES))
    return outcome


def lane_end_to_end(run):
    return script_lane(run, "test/end-to-end/test_*.py", PYTHON, 1800 if run.full else 600)


def lane_fault(run):
    return script_lane(run, "test/fault/test_*.py", PYTHON, 3600 if run.full else 600)


def lane_browser(run):
    """Pictures of every page at both widths are left in build-logs/screenshots."""
    pictures = os.path.join(LOGS, "screenshots")
    os.makedirs(pictures, exist_ok=True)
    return script_lane(run, "test/browser/test_*.mjs", "node", 900, {"DUEREGARD_SCREENSHOTS": pictures})


def fuzz_programs(folder):
    """The fuzz targets that were built: fuzz_NAME for test/fuzz/fuzz_NAME.c."""
    names = [os.path.basename(path)[:-2] for path in named("test/fuzz/fuzz_*.c")]
    return [(name, os.path.join(ROOT, folder, "test", "fuzz", name)) for name in names]


def fuzz_one(name, path, seconds):
    """Replays the committed inputs of a target, then fuzzes it from a fixed seed: as many runs as
    every machine ends, so that one that is fast does not come upon what no other has seen. Longer
    is the work of script/fuzz."""
    short = name.removeprefix("fuzz_")
    committed = os.path.join(ROOT, "test", "fuzz", "corpus", short)
    found = os.path.join(ROOT, "build-fuzz", "found", short)
    os.makedirs(found, exist_ok=True)
    inputs = sorted(glob.glob(os.path.join(committed, "*")))
    code, words, late = tap.run_command([path, *inputs], SANITIZERS, 300) if inputs else (
        1, f"test/fuzz/corpus/{short} holds no input\n", False)
    outcome = tap.one(f"{name} replays {len(inputs)} inputs", code == 0 and not late, words)
    code, words, late = tap.run_command(
        [path, found, committed, f"-max_total_time={seconds}", f"-runs={FUZZ_RUNS * seconds}",
         "-seed=20121123", "-rss_limit_mb=2048",
         "-timeout=20", "-print_final_stats=1", f"-artifact_prefix={found}-"], SANITIZERS, seconds + 120)
    runs = [line.split()[-1] for line in words.splitlines() if "number_of_executed_units" in line]
    outcome.add(tap.one(f"{name} fuzzes for {seconds} s", code == 0 and not late and bool(runs), words))
    print(f"  {name}: {len(inputs)} inputs replayed, {runs[0] if runs else 'no'} runs", flush=True)
    return outcome


def lane_fuzz(run):
    """Every target, as many at a time as there are cores."""
    outcome = build("build-fuzz", ["-Dfuzz=true", "-Dtests=false", "-Dprogram=false",
                                   "-Db_sanitize=address,undefined", "-Db_lundef=false"])
    if outcome.failed:
        return outcome
    seconds = 120 if run.full else 10
    targets = fuzz_programs("build-fuzz")
    outcome.add(tap.one("there is a target to fuzz", bool(targets)))
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        for part in pool.map(lambda target: fuzz_one(*target, seconds), targets):
            outcome.add(part)
    return outcome


def lane_valgrind(run):
    """Unit programs of a few floors without sanitizers, under valgrind."""
    prefixes = tuple(f"unit_{folder}_" for folder in VALGRIND_FOLDERS)

    def wanted(name):
        return name.startswith("unit_") and name not in VALGRIND_NOT and (run.full or name.startswith(prefixes))

    return run_c_programs(run, "build-plain", wanted, "valgrind",
                          ["valgrind", "--quiet", "--error-exitcode=9",
                           "--suppressions=" + os.path.join(ROOT, "test", "support", "valgrind.supp"), "--leak-check=full",
                           "--errors-for-leak-kinds=definite"], 1200)


def lane_threads(run):
    """The server under ThreadSanitizer, which cannot be in one program with that of addresses."""
    outcome = build("build-thread", ["--buildtype=debugoptimized", "-Db_sanitize=thread", "-Db_lundef=false",
                                     "-Dtests=false"], ["dueregard"])
    if outcome.failed:
        return outcome
    environment = {**run.environment(), "DUEREGARD": os.path.join(ROOT, "build-thread", "dueregard")}
    outcome.add(tap.run_programs(
        [tap.Program(os.path.relpath(path, ROOT), [PYTHON, path], environment, 900) for path in named("test/thread/test_*.py")],
        os.path.join(LOGS, "threads"), 1))
    return outcome


LANES = [
    ("build", lane_build, "the program as people run it"),
    ("check", lane_check, "the sources, read without running them"),
    ("unit", lane_unit, "unit tests under the sanitizers of address and undefined behaviour"),
    ("store", lane_store, "the store's contract on SQLite and PostgreSQL"),
    ("end-to-end", lane_end_to_end, "the real program and the real server"),
    ("browser", lane_browser, "pages in Chromium, with axe"),
    ("fuzz", lane_fuzz, "committed inputs again, and ten seconds of new ones a target"),
    ("fault", lane_fault, "kill -9 and crashes on both engines; full, locked, corrupt, newer, moved and restored databases"),
    ("valgrind", lane_valgrind, "a part of the unit tests under valgrind"),
    ("threads", lane_threads, "the server under the sanitizer of threads, with many people at once"),
]


def main(arguments):
    full = "--full" in arguments
    if "--lanes" in arguments:
        for name, _, words in LANES:
            print(f"{name:12} {words}")
        return 0
    names = [name for name in arguments if name != "--full"]
    known = [name for name, _, _ in LANES]
    strange = [name for name in names if name not in known]
    if strange:
        print(f"script/test: there is no lane {strange[0]}; the lanes are {', '.join(known)}.",
              file=sys.stderr)
        return 2
    run = Run(full)
    total = tap.Outcome()
    times = []
    for name, lane, words in LANES:
        if names and name not in names:
            continue
        print(f"# {name}: {words}", flush=True)
        start = time.monotonic()
        outcome = lane(run)
        total.add(outcome)
        times.append((name, outcome, time.monotonic() - start))
    print("# summary")
    for line in total.words:
        print(f"  {line}")
    for name, outcome, seconds in times:
        print(f"  {name:12} {outcome.passed:6} passed {outcome.failed:4} failed "
              f"{outcome.skipped:4} skipped {seconds:8.1f} s")
    print(f"  {'all':12} {sum(seconds for _, _, seconds in times):.1f} s")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return 0 if total.failed == 0 and total.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
