"""script/check: reads the sources without running them. THE table of checks stands in this file.

    script/check              every check, as TAP
    script/check floors tidy  some of them
    script/check --self-test  plants a fault for each check in a copy, and demands that it is found
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

import compilers
import house
import words
from tree import Tree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORDS_MOST = 60

# Behind each check stand the faults that are planted for it, one for each of its rules: a file name and its
# text; "+" before the name adds to the end of the file.
C = '#include "base/status.h"\n#include "base/banned.h"\n'
CHECKS = [
    ("floors", house.floors,
     ("src/base/planted.c", '#include "model/model.h"\n#include "base/banned.h"\n'),
     ("src/base/planted.c", '#include <sqlite3.h>\n#include "base/banned.h"\n'),
     ("src/base/planted.c", '#include "status.h"\n#include "base/banned.h"\n'),
     ("src/planted/planted.c", C)),
    ("own-header-first", house.own_header_first,
     ("src/base/date.c", '#include <stdio.h>\n#include "base/date.h"\n#include "base/banned.h"\n')),
    ("banned-last", house.banned_last, ("src/base/planted.c", '#include "base/status.h"\n')),
    ("sizes", house.sizes, ("src/base/planted.c", C + "\n" * 800)),
    ("readmes", house.readmes, ("src/base/README.md", "line\n" * 60), ("src/planted/planted.c", C)),
    ("sql-at-home", house.sql_at_home,
     ("src/base/planted.c", C + 'const char *planted = "SELECT id FROM measure";\n')),
    ("markup-at-home", house.markup_at_home,
     ("src/base/planted.c", C + 'const char *planted = "<table class=x>";\n')),
    ("sources-listed", house.sources_listed, ("src/base/planted.c", C)),
    ("used", house.used, ("src/base/planted.h", "/* planted */\nint date_planted(void);\n"), ),
    ("migrations-numbered", house.migrations_numbered, ("src/store/migrations/0001_planted.sql", "-- planted\n")),
    ("migrations-frozen", house.migrations_frozen, ("+src/store/migrations/0001_first.sql", "-- planted\n")),
    ("scripts", words.scripts,
     ("script/planted", "#!/usr/bin/env bash\nif then\n"),
     ("test/planted.py", "def planted(:\n")),
    ("places", words.places,
     ("docs/planted.md", "see " + ".." + "/shared/design.md\n"),
     ("+package-lock.json", '"resolved": "https://planted.example.invalid/"\n')),
    ("spelling", words.spelling, ("docs/planted.md", "the behavior of the program\n")),
    ("calm", words.calm, ("docs/planted.md", "It works!\n")),
    ("links", words.links,
     ("docs/planted.md", "[a page](nowhere.md)\n"),
     ("docs/planted.md", "see `service/nowhere.c`\n")),
    ("messages", words.messages, ("templates/pages/planted.html", "<p>{{_ These are planted words}}</p>\n")),
    ("documented", words.documented,
     ("+src/settings/settings.c", '/* { .name = "planted-setting" } */\n'),
     ("src/cli/planted.c", 'const struct command command_planted = {\n    .name = "planted",\n'),
     ("src/model/planted.c", "    ENTITY(planted),\n")),
    ("dependencies", words.dependencies,
     ("+docs/dependencies.md", "| `planted-package` | a reason |\n"),
     ("package.json", '{\n  "dependencies": {\n    "planted": "1.0.0"\n  }\n}\n')),
    ("layout", compilers.layout, ("src/base/planted.c", C + "int   planted ;\n")),
    ("headers-alone", compilers.headers_alone,
     ("src/base/planted.h", "struct planted { size_t size; };\n")),
    ("no-globals", compilers.no_globals,
     ("src/base/planted.c", C + "int planted(void);\nint planted(void)\n{\n    static int calls;\n"
                                "    return ++calls;\n}\n")),
    ("analyzer", compilers.analyzer,
     ("src/base/planted.c", "#include <stdlib.h>\n" + C + "void planted(char *text);\nvoid planted(char *text)\n{\n"
                            "    free(text);\n    free(text);\n}\n")),
    ("tidy", compilers.tidy,
     ("src/base/planted.c", C + "int planted(int a);\nint planted(int a)\n{\n    return a == a;\n}\n")),
    ("cppcheck", compilers.cppcheck,
     ("src/base/planted.c", C + "int planted(void);\nint planted(void)\n{\n    int list[3] = { 0 };\n"
                                "    return list[5];\n}\n")),
]


def run_checks(names):
    """Runs the named checks, or all, and prints TAP."""
    tree = Tree(ROOT)
    rows = [row for row in CHECKS if not names or row[0] in names]
    print(f"1..{len(rows)}")
    failed = 0
    for number, (name, check, *_) in enumerate(rows, 1):
        start = time.monotonic()
        problems = check(tree)
        took = time.monotonic() - start
        said = check.__doc__.splitlines()[0]
        print(f"{'not ok' if problems else 'ok'} {number} - {name}: {said} ({took:.1f} s)", flush=True)
        failed += 1 if problems else 0
        for line in "\n".join(problems).splitlines()[:WORDS_MOST]:
            print(f"# {line}")
        if len("\n".join(problems).splitlines()) > WORDS_MOST:
            print(f"# … and more; script/check {name} | less does not shorten the single tools")
    return 1 if failed else 0


def plant(root, planted):
    """Puts a fault into the copy; gives what undoes it."""
    name, text = planted
    adds = name.startswith("+")
    path = os.path.join(root, name.removeprefix("+"))
    before = None
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            before = file.read()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write((before or "") + text if adds else text)
    if name.startswith("script/"):
        os.chmod(path, 0o755)

    def undo():
        if before is None:
            os.remove(path)
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(before)

    return undo


def keep_only(tree, planted):
    """For the slow checks: the planted file and what it needs, not the whole of src again."""
    name = planted[0].removeprefix("+")
    if name.startswith("src/base/planted"):
        tree.names = [other for other in tree.names
                      if not other.startswith(("src/", "test/", "bench/")) or other == name
                      or other in ("src/base/status.h", "src/base/banned.h", "src/LAYERS", "src/base/meson.build",
                                   "src/model/model.h")]


def copy_of(root, folder):
    """The repository's files once more, as a repository of their own."""
    for name in Tree(root).names:
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(os.path.join(root, name), target)
    subprocess.run(["git", "init", "--quiet", folder], check=True)


def names_planted(folder, check, planted):
    """Whether the check, as the tree now is, names the planted file, or what was planted in it."""
    tree = Tree(folder)
    keep_only(tree, planted)
    words = {"planted", planted[0].removeprefix("+")}
    return any(word in problem for problem in check(tree) for word in words)


def self_test():
    """Every check finds each fault planted for it, and names the place; and finds it gone afterwards."""
    plants = [(name, check, planted) for name, check, *faults in CHECKS for planted in faults]
    print(f"1..{len(plants)}")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="dueregard-check-") as folder:
        copy_of(ROOT, folder)
        for number, (name, check, planted) in enumerate(plants, 1):
            undo = plant(folder, planted)
            found = names_planted(folder, check, planted)
            undo()
            left = names_planted(folder, check, planted)
            well = found and not left
            failed += 0 if well else 1
            print(f"{'ok' if well else 'not ok'} {number} - {name} finds the fault in {planted[0]}", flush=True)
            if not well:
                print(f"# found: {found}; still found after it was taken away: {left}")
    return 1 if failed else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    known = [name for name, *_ in CHECKS]
    for name in arguments:
        if name not in known:
            print(f"script/check: there is no check {name}; the checks are {', '.join(known)}.", file=sys.stderr)
            return 2
    return run_checks(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
