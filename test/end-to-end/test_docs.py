"""What the documentation, the help and the program's own sentences tell people to type is there: every command, verb
and option, wherever a page or a sentence writes a line to be copied."""
import glob
import os
import re
import shlex
import subprocess

from harness import PROGRAM, ROOT, Tap, run

NAMES = re.compile(r"^  ([a-z][\w-]*) ", re.M)
SPAN = re.compile(r"`(dueregard(?:-attack)? [^`]*)`")
BLOCK = re.compile(r"^    (?:sudo )?(dueregard(?:-attack)? .*)$", re.M)
# A pipe, another file's place, or what is told of the line behind it ends what is typed.
END = re.compile(r"\s(?:\||>|2>|&&)\s|\s{3,}")
EVERYWHERE = {"--workspace", "--as", "--help"}  # taken by every command
PLACEHOLDER = re.compile(r"^[A-Z][A-Z_]*…?$")
# Where the first word is one of a list: "show | check FILE | add".
VERB = re.compile(r"^\[?([a-z][a-z-]*)(?: [A-Z…\[\]]+)*\]?$")


class Commands:
    """What the help tells of each command."""

    def __init__(self):
        self.helps = {name: run(name, "--help")[1] for name in
                      NAMES.findall(run("--help")[1].split("Commands:\n", 1)[1].split("\n\n", 1)[0])}

    def options(self, name):
        return set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*|-o)(?![\w-])", self.helps[name])) | EVERYWHERE

    def verbs(self, name):
        """The words that the first can be; empty where it is anything."""
        usage = " ".join(self.helps[name].split("\n\n", 1)[0].split()).removeprefix(f"dueregard {name}")
        words = [word.strip() for word in usage.replace("[OPTIONS]", "").replace("|", " | ").split(" | ")]
        found = [VERB.match(word) for word in words]
        if len(words) < 2 or not all(found[:-1]):
            return set()
        return {match.group(1) for match in found if match} | set(re.findall(
            r"[a-z-]+", (re.search(r"STEP is ([^.]*)\.", self.helps[name]) or [None, ""])[1]))

    def wrong(self, line):
        """What of a line to be typed is not there, or None."""
        line = END.split(line)[0].rstrip("\\")
        try:
            words = shlex.split(line)
        except ValueError:  # an apostrophe, in words about the line
            words = line.split()
        if words[0] == "dueregard-attack":
            words = ["dueregard", "attack", *words[1:]]
        if len(words) < 2 or PLACEHOLDER.match(words[1]) or words[1].startswith("-"):
            return None
        if words[1] not in self.helps:
            return f"there is no command {words[1]}"
        strange = [word.split("=")[0] for word in words[2:]
                   if re.match(r"--[a-z]|-o$", word) and word.split("=")[0] not in self.options(words[1])]
        if strange:
            return f"{words[1]} has no {strange[0]}"
        verbs = self.verbs(words[1])
        if verbs and len(words) > 2 and re.match(r"[a-z][a-z-]*$", words[2]) and words[2] not in verbs:
            return f"{words[1]} knows no {words[2]}"
        return None


def pages():
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "*.md"], check=True, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        with open(os.path.join(ROOT, name), encoding="utf-8") as file:
            yield name, file.read()


def check_pages(tap, commands):
    wrong, count = [], 0
    for name, text in pages():
        if name == "CHANGELOG.md":  # tells of what was
            continue
        for line in BLOCK.findall(text.replace("\\\n", " ")) + SPAN.findall(text):
            count += 1
            problem = commands.wrong(line)
            wrong += [f"{name}: {line}: {problem}"] if problem else []
    tap.check("what the pages say to type is there", count > 100 and not wrong,
              "\n".join(wrong) or f"only {count} lines were found")


def check_helps(tap, commands):
    """The lines of the help that can be copied."""
    wrong, count = [], 0
    for name, text in commands.helps.items():
        details = text.split("Options:")[0].split("\n\n")[2:]
        for line in re.findall(rf"^({name} .*)$", "\n\n".join(details), re.M):
            count += 1
            problem = commands.wrong("dueregard " + line)
            wrong += [f"{name} --help: {line}: {problem}"] if problem else []
    tap.check("so is what the help says", count > 20 and not wrong, "\n".join(wrong) or f"only {count} lines")


def check_sentences(tap, commands):
    """Remedies in the program's own sentences and pages."""
    wrong, count = [], 0
    for name in glob.glob(os.path.join(ROOT, "src", "**", "*.c"), recursive=True) + glob.glob(
            os.path.join(ROOT, "templates", "**", "*.html"), recursive=True):
        with open(name, encoding="utf-8") as file:
            text = re.sub(r'"\s*\n\s*"', "", file.read())
        for line in SPAN.findall(text):
            count += 1
            problem = commands.wrong(re.sub(r"%[\w.]*[a-z]", "X", line).replace('\\"', '"'))
            wrong += [f"{os.path.relpath(name, ROOT)}: {line}: {problem}"] if problem else []
    tap.check("and what the program's sentences say", count > 10 and not wrong, "\n".join(wrong) or f"only {count}")


def check_table(tap, commands):
    """docs/commands.md has a row for each command and for no other, with options that the command takes."""
    with open(os.path.join(ROOT, "docs", "commands.md"), encoding="utf-8") as file:
        table = file.read().split("| command | what it does |", 1)[1].split("\n\n", 1)[0]
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.*) \|$", table, re.M))
    tap.equal("docs/commands.md tells of each command and of no other", sorted(rows), sorted(commands.helps))
    wrong = [f"{name} has no {option}" for name, words in rows.items()
             for option in re.findall(r"`(--[a-z-]+)", words) if option not in commands.options(name)]
    tap.equal("and names options that there are", wrong, [])


def check_kinds(tap):
    """docs/entities.md names the kinds that import and export take, and no others."""
    kinds = re.search(r"The kinds are ([^.]*)\.", run("export")[2]).group(1).split(", ")
    with open(os.path.join(ROOT, "docs", "entities.md"), encoding="utf-8") as file:
        told = re.findall(r"^\| `\w+` \| ([^|]*) \|", file.read(), re.M)
    tap.equal("docs/entities.md names the kinds of rows and no others",
              sorted(kind for kind in told if kind != "–"), sorted(kind.replace(" ", "-") for kind in kinds))


def check_checker(tap, commands):
    """A line that is wrong in one place is found."""
    for line, words in (("dueregard burn files", "no command burn"), ("dueregard check --periods Q1", "no --periods"),
                        ("dueregard audit burn", "knows no burn"), ("dueregard roll-over burn x", "knows no burn"),
                        ("dueregard return submitt --period Q1", "knows no submitt")):
        tap.check(f"{line} would be found", words in (commands.wrong(line) or ""), commands.wrong(line))
    for line in ("dueregard COMMAND --help", "dueregard audit verify --head FILE", "dueregard return refreeze --unit x",
                 "dueregard check --period 2012-13-Q1 | less"):
        tap.equal(f"{line} is right", commands.wrong(line), None)


def check_benchmarks(tap):
    """Each benchmark that a page says to run is one, and each stands in the table of their figures."""
    listed = subprocess.run([os.path.join(ROOT, "script", "bench"), "--list"], check=True, capture_output=True, text=True)
    names = set(listed.stdout.split())
    told = {name for _, text in pages() for name in re.findall(r"script/bench ([a-z_]+)", text)}
    with open(os.path.join(ROOT, "docs", "performance.md"), encoding="utf-8") as file:
        figures = file.read()
    tap.equal("the benchmarks that pages say to run are there", sorted(told - names), [])
    tap.equal("and each has its place in docs/performance.md",
              sorted(name for name in names if f"`{name}`" not in figures and name not in told), [])


def main():
    tap = Tap()
    commands = Commands()
    tap.check("the program is there", os.path.exists(PROGRAM) and len(commands.helps) > 20, PROGRAM)
    check_checker(tap, commands)
    check_pages(tap, commands)
    check_helps(tap, commands)
    check_sentences(tap, commands)
    check_table(tap, commands)
    check_kinds(tap)
    check_benchmarks(tap)
    tap.end()


main()
