"""Checks that other programs make: layout, headers, analysers, and what a compiled file holds."""
import os
import re

from tree import CORES, run, run_each

C_FOLDERS = ["src", "test", "bench"]
# The analyser loses sight of what stands in an arena or in the first member of a larger struct: the
# sanitizers and valgrind look for leaks and for memory that was never set.
ANALYZER = ["gcc", "-c", "-O1", "-fanalyzer", "-Werror", "-Wno-analyzer-too-complex",
            "-Wno-analyzer-use-of-uninitialized-value", "-Wno-analyzer-malloc-leak", "-o", "/dev/null"]
OBJECT = ["gcc", "-c", "-O1", "-fPIE", "-Werror"]
CPPCHECK = ["cppcheck", "--enable=warning,performance,portability", "--std=c11", "--quiet",
            "--inline-suppr", "--error-exitcode=1", "--suppress=missingIncludeSystem",
            # It does not follow a ternary of compound literals, a list filled by count, nor rows of bytes.
            "--suppress=internalAstError", "--suppress=uninitvar", "--suppress=invalidPointerCast",
            "--template={file}:{line}: {id}: {message}"]
# Sections of data that can change while the program runs. What is constant but holds addresses
# stands in .data.rel.ro, which the loader makes read-only.
CHANGEABLE = re.compile(r"^\.(t?data|t?bss)(?!\.rel\.ro)")
# Names of changeable data that are allowed, each with its reason; none so far.
ALLOWED_GLOBALS = {}


def layout(tree):
    """clang-format has nothing to change."""
    names = tree.under(C_FOLDERS, [".c", ".h"])
    return run_each(tree, "layout", names, lambda name: [
        "clang-format", "--dry-run", "-Werror", tree.path(name)])


def headers_alone(tree):
    """Every header compiles by itself."""
    return run_each(tree, "headers", tree.headers(), lambda name: [
        "gcc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-x", "c", *tree.flags(),
        "-include", tree.path(name), "/dev/null"])


def analyzer(tree):
    """gcc -fanalyzer finds nothing."""
    return run_each(tree, "analyzer", tree.sources(), lambda name: [
        *ANALYZER, *tree.flags(), tree.path(name)])


def tidy(tree):
    """clang-tidy, with the checks that .clang-tidy names, finds nothing."""
    return run_each(tree, "tidy", tree.sources(), lambda name: [
        "clang-tidy", "--quiet", "--warnings-as-errors=*",
        "--config-file=" + tree.path(".clang-tidy"), tree.path(name), "--", *tree.flags()])


def cppcheck(tree):
    """cppcheck finds nothing."""
    build = os.path.join(tree.root, "build-checked", "cppcheck")
    os.makedirs(build, exist_ok=True)
    code, words = run([*CPPCHECK, f"-j{CORES}", "--cppcheck-build-dir=" + build,
                       "-I" + tree.path("src"), tree.path("src")])
    return [words.strip()] if code else []


def globals_of_object(path):
    """Names and sections of changeable data in an object file."""
    _, words = run(["objdump", "--syms", path])
    found = []
    for line in words.splitlines():
        match = re.match(r"^[0-9a-f]+ .{7} (\S+)\s+([0-9a-f]+)\s+(.*)$", line)
        if not match or int(match.group(2), 16) == 0:
            continue
        section, name = match.group(1), match.group(3).split()[-1]
        if CHANGEABLE.match(section) or section == "*COM*":
            found.append((section, name))
    return found


def no_globals(tree):
    """No file holds data that can change while the program runs."""
    folder = os.path.join(tree.root, "build-checked", "objects")
    os.makedirs(folder, exist_ok=True)

    def object_of(name):
        return os.path.join(folder, name.replace("/", "-")[:-2] + ".o")

    problems = run_each(tree, "compiled", tree.sources(), lambda name: [
        *OBJECT, *tree.flags(), tree.path(name), "-o", object_of(name)])
    for name in tree.sources():
        if not os.path.exists(object_of(name)):
            continue
        for section, symbol in globals_of_object(object_of(name)):
            if symbol.split(".")[0] not in ALLOWED_GLOBALS:
                problems.append(f"{name}: {symbol} stands in {section} and can change; pass it in "
                                "struct work, or make it const.")
    return problems
