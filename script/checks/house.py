"""Checks of the house's own rules: floors, includes, sizes, where things may stand."""
import csv
import hashlib
import os
import re

C_LINES_MOST = 700
README_LINES_MOST = 40
# Libraries whose headers only one part may include, so that the rest does not know them.
LIBRARY_HOMES = {
    "sqlite3.h": ["src/store/"],
    "libpq-fe.h": ["src/store/"],
    "microhttpd.h": ["src/web/http/"],
    "zip.h": ["src/codec/", "src/document/"],
    "expat.h": ["src/codec/"],
    "xlsxwriter.h": ["src/codec/", "src/document/"],
}
SQL = re.compile(r"\b(SELECT\s.+\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b"
                 r"|CREATE\s+(TABLE|INDEX|VIEW)\b|ALTER\s+TABLE\b|DROP\s+TABLE\b)")
MARKUP = re.compile(r"<(div|span|table|html|body|p|ul|li|td|th|tr|h[1-6]|a)[ >/]")
MARKUP_HOMES = ("src/document/", "src/template/", "src/chart/", "src/codec/")
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
# Functions that tests look in by, or hold a limit short with; nothing of the program calls them.
FOR_TESTS = {
    "arena_held": "whether memory is given back",
    "findings_count": "what a check found",
    "hierarchy_file_parse": "a hierarchy without a file",
    "parameter_bytes": "bytes beside text, on both engines",
    "people_read_bytes": "an extract without a file",
    "people_labels_add_map_bytes": "a map without a file",
    "store_in_transaction": "what a failure leaves behind",
    "store_prepare": "whether both engines take a statement",
    "store_set_patience": "a wait that is short",
    "template_count": "every template once",
    "template_name_at": "every template once",
    "template_message_count": "what translators are asked for",
    "template_message_at": "what translators are asked for",
}
# A function that a header declares: at the start of a line, and no macro, static or type.
DECLARED = re.compile(r"^(?!static\b|typedef\b|#|struct \w+ \{)[A-Za-z][\w \*]*?\b\*?(\w+)\([^;{]*\)[^;{]*;", re.MULTILINE)
WORD = re.compile(r"[A-Za-z_]\w*")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def floors_of(tree):
    """Folder to floor, from src/LAYERS."""
    floors = {}
    for line in tree.text("src/LAYERS").splitlines():
        if line and not line.startswith("#"):
            floor, folder = line.split()
            floors[folder] = int(floor)
    return floors


def folder_of(name):
    """The folder of src that a file belongs to; main.c is a floor of its own."""
    parts = name.split("/")
    return parts[1] if len(parts) > 2 else parts[1].rsplit(".", 1)[0]


def floors(tree):
    """A file includes headers of its own folder and of lower floors only."""
    known = floors_of(tree)
    problems = []
    for name in tree.sources() + tree.headers():
        folder = folder_of(name)
        if folder not in known:
            problems.append(f"{name}: src/LAYERS gives {folder} no floor.")
            continue
        for line, header, is_ours in tree.includes(name):
            if not is_ours:
                homes = LIBRARY_HOMES.get(header)
                if homes and not name.startswith(tuple(homes)):
                    problems.append(f"{name}:{line}: only {' and '.join(homes)} may include <{header}>.")
                continue
            other = header.split("/")[0]
            if "/" not in header or f"src/{header}" not in tree.names:
                problems.append(f'{name}:{line}: "{header}" is not a path below src/.')
            elif other != folder and known.get(other, 99) >= known[folder]:
                problems.append(f'{name}:{line}: "{header}" is not on a lower floor than {folder}.')
    return problems


def banned_last(tree):
    """Every .c of src includes base/banned.h, after every other header."""
    problems = []
    for name in tree.sources():
        found = tree.includes(name)
        if not found or found[-1][1] != "base/banned.h":
            problems.append(f'{name}: the last include has to be "base/banned.h".')
    return problems


def own_header_first(tree):
    """A .c with a header of its name includes that first, which proves that it stands alone."""
    problems = []
    for name in tree.sources():
        own = name[:-2] + ".h"
        found = tree.includes(name)
        if own in tree.names and (not found or "src/" + found[0][1] != own):
            problems.append(f"{name}: the first include has to be its own header.")
    return problems


def sizes(tree):
    """No file of C is longer than the limit."""
    problems = []
    for name in tree.under(["src", "test", "bench"], [".c", ".h"]):
        lines = tree.text(name).count("\n")
        if lines > C_LINES_MOST:
            problems.append(f"{name}: {lines} lines; split it by subject (the most is {C_LINES_MOST}).")
    return problems


def readmes(tree):
    """Every folder of src, and the chief folders beside it, has a short README."""
    folders = {"src/" + name.split("/")[1] for name in tree.sources() if name.count("/") > 1}
    folders |= {"src", "rules", "templates", "assets", "locale", "demo", "test", "bench", "docs", "script"}
    problems = []
    for folder in sorted(folders):
        name = folder + "/README.md"
        if name not in tree.names:
            problems.append(f"{folder}: has no README.md.")
        elif tree.text(name).count("\n") > README_LINES_MOST:
            problems.append(f"{name}: is longer than {README_LINES_MOST} lines.")
    return problems


def sql_at_home(tree):
    """SQL stands in src/store alone."""
    problems = []
    for name in tree.sources() + tree.headers():
        if name.startswith("src/store/"):
            continue
        text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), tree.text(name))
        for number, line in enumerate(text.splitlines(), 1):
            for string in STRING.findall(line):
                if SQL.search(string):
                    problems.append(f"{name}:{number}: SQL outside src/store.")
    return problems


def markup_at_home(tree):
    """HTML stands in templates/, and in the folders that make documents and charts."""
    problems = []
    for name in tree.sources() + tree.headers():
        if name.startswith(MARKUP_HOMES):
            continue
        text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), tree.text(name))
        for number, line in enumerate(text.splitlines(), 1):
            if any(MARKUP.search(string) for string in STRING.findall(line)):
                problems.append(f"{name}:{number}: markup outside templates/.")
    return problems


def sources_listed(tree):
    """Every .c is in its folder's meson.build, so that none is forgotten."""
    problems = []
    for name in tree.sources():
        folder = "/".join(name.split("/")[:2])
        if name == "src/main.c":
            continue
        listed = tree.text(folder + "/meson.build") if folder + "/meson.build" in tree.names else ""
        if f"'{os.path.relpath(name, folder)}'" not in listed:
            problems.append(f"{name}: is not in {folder}/meson.build.")
    return problems


def migrations_numbered(tree):
    """Migrations are numbered from 0001 without a gap, and no two have the same number."""
    names = tree.under(["src/store/migrations"], [".sql"])
    return [f"{name}: its number is not {place:04d}, the next one that is free."
            for place, name in enumerate(names, 1) if os.path.basename(name)[:5] != f"{place:04d}_"]


def migrations_frozen(tree):
    """A migration that workspaces have already is never changed."""
    problems = []
    for row in csv.DictReader(tree.text("script/checks/frozen.csv").splitlines()):
        name = "src/store/migrations/" + row["migration"]
        text = tree.text(name) if name in tree.names else ""
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            problems.append(f"{name}: is frozen and was changed; write a new migration instead.")
    return problems


def used(tree):
    """A function of a header is called from another file of src, or at least from its own and a test."""
    users = {}
    for name in tree.under(["src", "test", "bench"], [".c", ".h"]):
        for word in WORD.findall(COMMENT.sub(" ", tree.text(name))):
            places = users.setdefault(word, {})
            places[name] = places.get(name, 0) + 1
    problems = []
    for header in tree.headers():
        for match in DECLARED.finditer(COMMENT.sub(lambda found: "\n" * found.group().count("\n"), tree.text(header))):
            function = match.group(1)
            places = users.get(function, {})
            if function in FOR_TESTS or places[header] > 1: # the second is the macro that ends a scope
                continue
            others = [name for name in places if name.startswith("src/") and name.endswith(".c")]
            own = sum(places[name] for name in others)
            tested = any(not name.startswith("src/") for name in places)
            if len(others) > 1 or (own > 1 and tested):
                continue
            line = tree.text(header).count("\n", 0, match.start(1)) + 1
            problems.append(f"{header}:{line}: {function} is " + (
                "defined nowhere; delete it." if own == 0 else
                "used by nothing but tests; delete it." if tested else
                "used by nothing but its own file; make it static, or delete it."))
    return problems
