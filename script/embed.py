"""Writes a C table of files that are built into the program: embed.py OUTPUT ROOT FILE..."""
import os
import sys


def literal(data):
    return ",".join(str(byte) for byte in data)


def name_in_table(name, root):
    """The name in the table: the path in the repository; a compiled translation's beside its source."""
    return f"locale/{os.path.basename(name)}" if name.endswith(".mo") else os.path.relpath(name, root)


def main():
    output, root, names = sys.argv[1], sys.argv[2], sys.argv[3:]
    rows = sorted((name_in_table(name, root), name) for name in names)
    with open(output, "w", encoding="ascii") as out:
        out.write('#include "base/embedded.h"\n')
        for index, (_, name) in enumerate(rows):
            with open(name, "rb") as file:
                data = file.read()
            out.write(f"static const unsigned char file_{index}[] = {{{literal(data) or '0'}}};\n")
        out.write("const struct embedded_file embedded_files[] = {\n")
        for index, (shown, name) in enumerate(rows):
            out.write(f'    {{ "{shown}", file_{index}, {os.path.getsize(name)} }},\n')
        out.write("};\n")
        out.write("const size_t embedded_file_count = sizeof embedded_files / sizeof *embedded_files;\n")


main()
