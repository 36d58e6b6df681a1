"""Writes a C table of files that are built into the program: embed.py OUTPUT ROOT FILE...
Of the texts of assets/ it holds compressed forms too, where they are shorter: NAME.gz and NAME.br."""
import gzip
import os
import subprocess
import sys


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


def main():
    output, root, names = sys.argv[1], sys.argv[2], sys.argv[3:]
    rows = sorted(form for name in names for form in forms(name_in_table(name, root), read(name)))
    with open(output, "w", encoding="ascii") as out:
        out.write('#include "base/embedded.h"\n')
        for index, (_, data) in enumerate(rows):
            out.write(f"static const unsigned char file_{index}[] = {{{literal(data) or '0'}}};\n")
        out.write("const struct embedded_file embedded_files[] = {\n")
        for index, (shown, data) in enumerate(rows):
            out.write(f'    {{ "{shown}", file_{index}, {len(data)} }},\n')
        out.write("};\n")
        out.write("const size_t embedded_file_count = sizeof embedded_files / sizeof *embedded_files;\n")


main()
