"""The help of every command fits a terminal of eighty columns, and who leaves a word out is told what
it can be; the examples of the documentation work as they are written."""
import os
import re
import shlex

from harness import ROOT, Folder, Tap, demo, run

WIDTH = 80
EXAMPLE = re.compile(r"^(dueregard )?[a-z-]+ .*--")  # lines to be copied are not broken


def commands():
    listed = re.search(r"Commands:\n(.*?)\n\n", run("--help")[1], re.S).group(1)
    return re.findall(r"^  ([\w-]+) ", listed, re.M)


def check_help(tap):
    wide = [line for line in run("--help")[1].splitlines() if len(line) > WIDTH]
    tap.equal("the list of commands fits", wide, [])
    wrong, wide = [], []
    for name in commands():
        code, out, err = run(name, "--help")
        if code or err or not out:
            wrong.append((name, code, err))
        if name != "attack":  # a program of its own
            wide += [(name, line) for line in out.splitlines()
                     if len(line) > WIDTH and not EXAMPLE.match(line)]
    tap.equal("every command has help", wrong, [])
    tap.equal("which fits", wide, [])
    for name in ("export", "import"):
        code, out, err = run(name)
        tap.check(f"{name} without its words lists the kinds",
                  code == 2 and not out and "The kinds are authorities" in err and "values" in err, err)
        tap.check(f"and so does its help", "action leads" in run(name, "--help")[1].replace("\n", " "))


def examples(heading):
    """The commands of the first block of lines after some words of docs/commands.md."""
    with open(os.path.join(ROOT, "docs", "commands.md"), encoding="utf-8") as file:
        lines = file.read().split(heading, 1)[1].splitlines()
    block = []
    for line in lines:
        if line.startswith("    dueregard "):
            block.append(shlex.split(line)[1:])
        elif block:
            return block
    return block


def check_quarter(tap, folder):
    """The life of a return in commands; its rows are not answered, so the last steps are refused."""
    workspace = demo(folder)
    found = {}
    for words in examples("Where directorates fill in what the program sends them:"):
        words = [os.path.join(folder, word) if word.endswith((".ods", ".odt")) else word for word in words]
        code, _, err = run(*words, workspace=workspace)
        found[words[1]] = code, err
    steps = ("open", "sheet", "take", "show", "submit", "approve", "freeze")
    tap.equal("the steps of a return as docs/commands.md writes them",
              [found[step][0] for step in steps], [0, 0, 0, 0, 1, 1, 1])
    tap.check("what is refused says from where it leads on",
              "of a return that is submitted; this one is due" in found["approve"][1]
              and "of a return that is approved;" in found["freeze"][1], found)


def main():
    tap = Tap()
    check_help(tap)
    with Folder() as folder:
        check_quarter(tap, folder)
    tap.end()


main()
