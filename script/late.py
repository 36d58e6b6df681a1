"""Writes the jumps to libraries that are loaded when first needed (src/base/late.h).

    late.py OUTPUT FAMILY COMPILER NAME... ARCHIVE.a...

Which functions of a library the program calls is read from the archives, so nothing here or elsewhere
lists them. FAMILY is the processor's, x86_64 or aarch64; the compiler knows where libNAME.so is."""
import subprocess
import sys

JUMPS = {"x86_64": "endbr64; jmp *late_targets_{library}+{place}(%rip)",
         "aarch64": "hint #34; adrp x16, late_targets_{library}+{place}; "
                    "ldr x16, [x16, :lo12:late_targets_{library}+{place}]; br x16"}
# The largest page that each processor has: a library's targets share no page with other data.
PAGES = {"x86_64": 4096, "aarch64": 65536}

HEAD = """/* Made by script/late.py. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/late.h"

extern pthread_mutex_t late_lock;
extern atomic_bool late_loaded[];
extern const struct late_library late_libraries[];
extern const size_t late_library_count;

pthread_mutex_t late_lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noreturn)) static void not_loaded(void)
{
    fputs("A function of a library was called before late_load.\\n", stderr);
    abort();
}
"""


def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def symbols(path, *options):
    """Names that nm lists, without the versions behind them."""
    return {line.split()[-1].split("@")[0] for line in lines("nm", *options, path)
            if line.strip() and not line.endswith(":")}


def own_name(path):
    """The name under which the running system has the library."""
    for line in lines("readelf", "-d", path):
        if "(SONAME)" in line:
            return line.split("[")[1].rstrip("]")
    raise SystemExit(f"{path} has no name of its own")


def write_library(out, family, name, functions):
    page = PAGES[family]
    assert len(functions) * 8 <= page
    jumps = "".join(
        f'    ".globl {function}\\n.hidden {function}\\n.type {function}, %function\\n"\n'
        f'    "{function}: {JUMPS[family].format(library=name, place=place * 8)}\\n"\n'
        f'    ".size {function}, . - {function}\\n"\n'
        for place, function in enumerate(functions))
    words = ", ".join(f'"{function}"' for function in functions)
    targets = ", ".join("not_loaded" for _ in functions)
    out.write(f"""
static const char *const functions_{name}[] = {{ {words} }};
__attribute__((used, aligned({page}))) static union {{
    void (*target[{len(functions)}])(void);
    char pages[{page}];
}} late_targets_{name} = {{ .target = {{ {targets} }} }};
__asm__(".text\\n"
{jumps});
""")


def main():
    output, family, compiler, *rest = sys.argv[1:]
    names = [word for word in rest if not word.endswith(".a")]
    wanted = set().union(*(symbols(word, "--undefined-only") for word in rest if word not in names))
    with open(output, "w", encoding="ascii") as out:
        out.write(HEAD)
        rows = []
        for name in names:
            path = lines(*compiler.split(), f"-print-file-name=lib{name}.so")[0]
            functions = sorted(wanted & symbols(path, "-D", "--defined-only"))
            write_library(out, family, name, functions)
            rows.append(f'    {{ "{name}", "{own_name(path)}", functions_{name}, '
                        f"late_targets_{name}.target, {len(functions)}, {PAGES[family]} }},\n")
        out.write("\nconst struct late_library late_libraries[] = {\n" + "".join(rows) + "};\n")
        out.write("const size_t late_library_count = "
                  "sizeof late_libraries / sizeof *late_libraries;\n")
        out.write(f"atomic_bool late_loaded[{len(rows)}];\n")


main()
