"""Runs test programs and counts what they say in TAP, the Test Anything Protocol."""
import os
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

PLAN = re.compile(r"^1\.\.(\d+)(\s*#\s*skip\b.*)?$", re.IGNORECASE)
RESULT = re.compile(r"^(ok|not ok)\b(.*)$")
SKIP = re.compile(r"#\s*skip\b", re.IGNORECASE)
WORDS_KEPT = 8000


@dataclass
class Outcome:
    """What came of one program or of one lane."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    words: list = field(default_factory=list)  # what a person should read

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.words += other.words


@dataclass
class Program:
    """A test program: how to call it and what it is given."""

    name: str
    command: list
    environment: dict = field(default_factory=dict)
    seconds: int = 300


def count(text):
    """Reads TAP and gives an outcome; results that the plan does not foresee are failures."""
    outcome = Outcome()
    planned = 0
    plans = 0
    for line in text.splitlines():
        plan = PLAN.match(line.strip())
        result = RESULT.match(line)
        if plan:
            plans += 1
            planned += int(plan.group(1))
            if plan.group(2) and plan.group(1) == "0":
                outcome.skipped += 1
                outcome.words.append(line)
        elif result and SKIP.search(result.group(2)):
            outcome.skipped += 1
            outcome.words.append(line)
        elif result and result.group(1) == "ok":
            outcome.passed += 1
        elif result:
            outcome.failed += 1
            outcome.words.append(line)
        elif line.startswith("Bail out!"):
            outcome.failed += 1
            outcome.words.append(line)
    seen = outcome.passed + outcome.failed + outcome.skipped
    if plans == 0:
        outcome.failed += 1
        outcome.words.append("not ok - the program printed no plan")
    elif seen < planned:
        outcome.failed += planned - seen
        outcome.words.append(f"not ok - {planned} tests were planned and {seen} ran")
    elif seen > planned and planned > 0:
        outcome.failed += 1
        outcome.words.append(f"not ok - {planned} tests were planned and {seen} ran")
    elif seen == 0:
        outcome.failed += 1
        outcome.words.append("not ok - the program ran no test")
    return outcome


def run_command(command, environment, seconds, folder=None):
    """Runs a command in a process group of its own; gives exit code, text, and whether time ran out."""
    whole = {**os.environ, **environment}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=whole, start_new_session=True,
                          cwd=folder) as child:
        try:
            bytes_out, _ = child.communicate(timeout=seconds)
            late = False
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            bytes_out, _ = child.communicate()
            late = True
    return child.returncode, bytes_out.decode("utf-8", "replace"), late


def run_program(program, log_folder):
    """Runs one test program, writes its log, and gives its outcome."""
    start = time.monotonic()
    try:
        code, text, late = run_command(program.command, program.environment, program.seconds)
    except OSError as error:
        code, text, late = 127, f"{error}\n", False
    outcome = count(text)
    if late:
        outcome.failed += 1
        outcome.words.append(f"not ok - stopped after {program.seconds} seconds")
    elif code != 0 and outcome.failed == 0:
        outcome.failed += 1
        outcome.words.append(f"not ok - the program ended with code {code}")
    with open(os.path.join(log_folder, program.name.replace("/", "-") + ".log"), "w",
              encoding="utf-8") as log:
        log.write(text)
    took = time.monotonic() - start
    print(f"  {program.name}: {outcome.passed} passed, {outcome.failed} failed, "
          f"{outcome.skipped} skipped ({took:.1f} s)", flush=True)
    if outcome.failed:
        print("    " + text[-WORDS_KEPT:].replace("\n", "\n    "), flush=True)
    outcome.words = [f"{program.name}: {line}" for line in outcome.words]
    return outcome


def run_programs(programs, log_folder, at_once=2):
    """Runs programs, some at once, and adds up their outcomes; where there is none, that is a failure."""
    if not programs:
        return one("there is a test program to run", False)
    os.makedirs(log_folder, exist_ok=True)
    total = Outcome()
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        for outcome in pool.map(lambda program: run_program(program, log_folder), programs):
            total.add(outcome)
    return total


def one(name, passed, words=""):
    """The outcome of a single step, such as a build."""
    if passed:
        return Outcome(passed=1)
    print(f"  not ok - {name}\n    " + words[-WORDS_KEPT:].replace("\n", "\n    "), flush=True)
    return Outcome(failed=1, words=[f"not ok - {name}"])
