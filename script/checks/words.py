"""Checks of words: spelling, places that must not be named, and that the documentation is whole."""
import os
import re
import subprocess
import sys

# Put together here so that this file does not name them itself.
PLACES = [".." + "/shared", "/wo" + "rk/", "/tmp/" + "gen", "clau" + "de", "anthro" + "pic", "issues " + "show",
          "HOUSE" + ".md"]
TEXT_ENDINGS = [".md", ".c", ".h", ".py", ".mjs", ".js", ".html", ".csv", ".json", ".build", ".txt",
                ".sql", ".svg", ".scss", ".ini", ".yml"]
# American spelling, and the British one that people here expect.
SPELLING = {
    "behavior": "behaviour", "organization": "organisation", "organizations": "organisations",
    "organizational": "organisational", "organize": "organise", "organized": "organised",
    "analyze": "analyse", "analyzed": "analysed", "favor": "favour", "favorite": "favourite",
    "neighbor": "neighbour", "neighbors": "neighbours", "labor": "labour", "honor": "honour",
    "recognize": "recognise", "recognized": "recognised", "summarize": "summarise",
    "summarized": "summarised", "prioritize": "prioritise", "prioritized": "prioritised",
    "normalize": "normalise", "normalized": "normalised", "minimize": "minimise",
    "maximize": "maximise", "utilize": "use", "canceled": "cancelled", "catalog": "catalogue",
    "defense": "defence", "fulfill": "fulfil", "enrollment": "enrolment", "judgment": "judgement",
    "authorize": "authorise", "authorized": "authorised", "serialize": "serialise",
    "neutralize": "neutralise", "neutralizes": "neutralises", "publicize": "publicise",
    "harmonize": "harmonise", "emphasize": "emphasise", "center": "centre", "colored": "coloured",
}
WORD = re.compile(r"[A-Za-z]+")
# Where a foreign interface decides the spelling.
SPELLING_ENDINGS = [".md", ".c", ".h", ".csv"]
STRING_OR_COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"', re.DOTALL)
FOREIGN = re.compile(r"text-anchor|middle|align|font-|stroke|center=|:center|: center|-center", re.IGNORECASE)
SOURCE = re.compile(r"`((?:[\w.-]+/)*\w[\w-]*\.(?:c|h|py|mjs|html|sql|build))`")
EXCLAMATION = re.compile(r"[A-Za-z]{2}!(?:\s|\"|$)")


def places(tree):
    """No file names the places or the tools of the people who wrote it."""
    problems = []
    for name in tree.names:
        if not name.endswith(tuple(TEXT_ENDINGS)) and not name.startswith(("script/", ".ci/")):
            continue
        if name == "package-lock.json" and '"resolved"' in tree.text(name):
            problems.append(f"{name}: names a registry's host; npm's omit-lockfile-registry-resolved leaves it out.")
        text = tree.text(name)
        for place in PLACES:
            at = text.lower().find(place.lower())
            if at >= 0:
                problems.append(f"{name}:{text.count(chr(10), 0, at) + 1}: names {place}.")
    return problems


def prose(tree, name):
    """Line numbers and text of what people read in a file: strings and comments of C, else all."""
    text = tree.text(name)
    if name.endswith((".c", ".h")):
        for match in STRING_OR_COMMENT.finditer(text):
            first = text.count("\n", 0, match.start()) + 1
            for offset, line in enumerate(match.group().splitlines()):
                yield first + offset, line
    else:
        yield from enumerate(text.splitlines(), 1)


def spelling(tree):
    """British spelling, by a small list."""
    problems = []
    for name in tree.names:
        if not name.endswith(tuple(SPELLING_ENDINGS)) or name.startswith("test/vectors/"):
            continue
        for number, line in prose(tree, name):
            for word in WORD.findall(line):
                better = SPELLING.get(word.lower())
                if better and not FOREIGN.search(line):
                    problems.append(f'{name}:{number}: "{word}" is spelt "{better}" here.')
    return problems


def calm(tree):
    """No exclamation mark ends a sentence in the documentation."""
    problems = []
    for name in tree.names:
        if name.endswith(".md"):
            for number, line in enumerate(tree.text(name).splitlines(), 1):
                if EXCLAMATION.search(line):
                    problems.append(f"{name}:{number}: an exclamation mark.")
    return problems


def page(tree, name):
    return tree.text(name) if name in tree.names else ""


def entity_names(tree):
    """The names in the entity rows of src/model."""
    found = []
    for name in tree.under(["src/model"], [".c"]):
        found += re.findall(r"^    ENTITY\((\w+)\),", tree.text(name), re.MULTILINE)
    return found


def command_names(tree):
    """The names in the rows of commands: `const struct command … = { .name = "…"`."""
    found = []
    for name in tree.under(["src/cli"], [".c"]) + ["src/main.c"]:
        for match in re.finditer(r"const struct command (?:\w+) = \{\s*\.name = \"([\w-]+)\"", page(tree, name)):
            found.append(match.group(1))
    return found


def setting_names(tree):
    """The names in the table of settings."""
    return re.findall(r'\.name = "([\w-]+)"', page(tree, "src/settings/settings.c"))


def messages(tree):
    """Every text that people read is in the translators' lists."""
    script = os.path.join(tree.root, "script", "messages")
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def documented(tree):
    """Every entity, command and setting has its line in docs/."""
    problems = []
    for kind, names, where in (("entity", entity_names(tree), "docs/entities.md"),
                               ("command", command_names(tree), "docs/commands.md"),
                               ("setting", setting_names(tree), "docs/settings.md")):
        if not names:
            problems.append(f"{where}: no {kind} was found in the sources; mend script/checks/words.py.")
        for name in names:
            if f"`{name}`" not in page(tree, where):
                problems.append(f"{where}: does not tell of the {kind} `{name}`.")
    return problems


def dependencies(tree):
    """script/setup and package.json install what docs/dependencies.md gives a reason for."""
    listed = subprocess.run(["bash", tree.path("script/setup"), "--list"], check=True,
                            capture_output=True, text=True).stdout.split("\n")
    wanted = {line.split()[1] for line in listed if line}
    for name in re.findall(r'^\s+"([@\w/.-]+)": "\d', page(tree, "package.json"), re.MULTILINE):
        wanted.add(name)
    told = set(re.findall(r"^\| `([^`]+)` \|", page(tree, "docs/dependencies.md"), re.MULTILINE))
    return ([f"docs/dependencies.md: gives no reason for {name}." for name in sorted(wanted - told)]
            + [f"docs/dependencies.md: tells of {name}, which nothing installs." for name in sorted(told - wanted)])


def links(tree):
    """Every link between pages of the documentation leads to a file that is there; so does the name of a source."""
    problems = []
    for name in tree.names:
        if not name.endswith(".md"):
            continue
        if name != "CHANGELOG.md":  # which tells of what was
            problems += [f"{name}: tells of {source}, which is not there." for source in SOURCE.findall(tree.text(name))
                         if not any(("/" + other).endswith("/" + source.removeprefix("../")) for other in tree.names)]
        for target in re.findall(r"\]\(([^)#\s]+)", tree.text(name)):
            if "://" in target or target.startswith("mailto:"):
                continue
            path = os.path.normpath(os.path.join(os.path.dirname(name), target))
            if path not in tree.names and not os.path.isdir(tree.path(path)):
                problems.append(f"{name}: the link to {target} leads nowhere.")
    return problems


def scripts(tree):
    """Scripts can be run, and are understood by their interpreters."""
    problems = []
    for name in tree.names:
        first = tree.text(name).split("\n", 1)[0] if name.startswith(("script/", ".ci/")) else ""
        is_shell = "bash" in first and first.startswith("#!")
        if first.startswith("#!") and not os.access(tree.path(name), os.X_OK):
            problems.append(f"{name}: is a script that cannot be run; chmod +x.")
        if is_shell:
            done = subprocess.run(["bash", "-n", tree.path(name)], capture_output=True, text=True, check=False)
            if done.returncode:
                problems.append(f"{name}: {done.stderr.strip()}")
        if name.endswith(".py"):
            try:
                compile(tree.text(name), name, "exec")
            except SyntaxError as error:
                problems.append(f"{name}: {error}")
    return problems
