"""What is built into the program: a file that comes, changes or goes is noticed by the next build."""
import os
import subprocess
import sys

from harness import ROOT, Folder, Tap

FOLDERS = ["rules", "templates", "assets", "demo", "locale", "src/store/migrations"]


def write(root, name, text):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Table:
    """The table that script/embed.py makes of a source tree of our own."""

    def __init__(self, folder):
        self.root = os.path.join(folder, "source")
        self.output = os.path.join(folder, "table.c")
        self.dependencies = os.path.join(folder, "table.d")
        for name in FOLDERS:
            os.makedirs(os.path.join(self.root, name))

    def make(self):
        subprocess.run([sys.executable, os.path.join(ROOT, "script", "embed.py"), self.output, self.dependencies,
                        self.root], check=True)
        with open(self.output, encoding="ascii") as file:
            return [line.split('"')[1] for line in file if line.startswith("    { ")]

    def watched(self):
        with open(self.dependencies, encoding="utf-8") as file:
            target, names = file.read().split(": ")
        assert target == self.output
        return names.split()


def main():
    tap = Tap()
    with Folder() as folder:
        table = Table(folder)
        write(table.root, "rules/one.csv", "a,b\n")
        write(table.root, "rules/README.md", "# rules\n")
        write(table.root, "locale/cy.po", "msgid\n")
        write(table.root, "templates/pages/.page.html.swp", "x")
        tap.equal("only what the program reads is built in", table.make(), ["rules/one.csv"])
        tap.check("the build looks at every folder",
                  {os.path.join(table.root, name) for name in FOLDERS} <= set(table.watched()), table.watched())
        os.utime(table.output, (1, 1))
        table.make()
        tap.equal("the same files leave the table as it is", os.path.getmtime(table.output), 1)
        page = write(table.root, "templates/pages/new/page.html", "<p>New</p>\n")
        tap.equal("a new file in a new folder is there", table.make(), ["rules/one.csv", "templates/pages/new/page.html"])
        tap.check("and is looked at with its folder",
                  {page, os.path.dirname(page)} <= set(table.watched()), table.watched())
        os.remove(page)
        tap.equal("one that is gone is gone", table.make(), ["rules/one.csv"])
        write(table.root, "assets/style.css", "a { color: red }\n" * 40)
        tap.equal("long styles are there compressed too", table.make()[:3],
                  ["assets/style.css", "assets/style.css.br", "assets/style.css.gz"])
    tap.end()


main()
