"""Writes a C table of the files that are built into the program: embed.py OUTPUT DEPENDENCIES ROOT TRANSLATION...
Of the texts of assets/ it holds compressed forms too, where they are shorter: NAME.gz and NAME.br.
DEPENDENCIES tells ninja of every file and folder that was looked at: a folder changes when a file comes or goes."""
import gzip
import os
import subprocess
import sys

FOLDERS = ["rules", "templates", "assets", "demo", "locale", "src/store/migrations"]
LEFT_OUT = (".scss", ".po", ".pot", "README.md", "~")


def walk(root):
    """The files to build in, and the folders that they were found in."""
    files, folders = [], []
    for top in FOLDERS:
        for place, _, names in os.walk(os.path.join(root, top)):
            folders.append(place)
            files += [os.path.join(place, name) for name in names
                      if not name.endswith(LEFT_OUT) and not name.startswith(".")]
    return sorted(files), folders


def literal(data):
    return ",".join(str(byte) for byte in data)


def name_in_table(name, root):
    """The name in the table: the path in the repository; a compiled translation's beside its source."""
    return f"locale/{os.path.basename(name)}" if name.endswith(".mo") else os.path.relpath(name, root)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def forms(shown, data):
    """The file and, of a text that browsers load, its compressed forms."""
    found = [(shown, data)]
    if shown.startswith("assets/") and shown.endswith((".css", ".js", ".svg")):
        found.append((shown + ".gz", gzip.compress(data, 9, mtime=0)))
        found.append((shown + ".br", subprocess.run(["brotli", "--best", "--stdout"], input=data, check=True,
                                                    stdout=subprocess.PIPE).stdout))
    return [form for form in found if form[0] == shown or len(form[1]) < len(data)]


def table(rows):
    """The C of the table."""
    yield '#include "base/embedded.h"\n'
    for index, (_, data) in enumerate(rows):
        yield f"static const unsigned char file_{index}[] = {{{literal(data) or '0'}}};\n"
    yield "const struct embedded_file embedded_files[] = {\n"
    for index, (shown, data) in enumerate(rows):
        yield f'    {{ "{shown}", file_{index}, {len(data)} }},\n'
    yield "};\n"
    yield "const size_t embedded_file_count = sizeof embedded_files / sizeof *embedded_files;\n"


def main():
    output, dependencies, root, translations = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    names, folders = walk(root)
    rows = sorted(form for name in names + translations for form in forms(name_in_table(name, root), read(name)))
    text = "".join(table(rows)).encode("ascii")
    if not os.path.exists(output) or read(output) != text:  # else nothing is compiled again
        with open(output, "wb") as out:
            out.write(text)
    with open(dependencies, "w", encoding="utf-8") as out:
        out.write(f"{output}: " + " ".join(name.replace(" ", "\\ ") for name in names + folders) + "\n")


main()
