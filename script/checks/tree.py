"""The repository as the checks see it: its files, their includes, and a cache of what passed."""
import hashlib
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

INCLUDE = re.compile(r'^\s*#\s*include\s+("([^"]+)"|<([^>]+)>)', re.MULTILINE)
LIBRARIES = ["libsodium", "jansson", "sqlite3", "libpq", "libzip", "expat", "libmicrohttpd",
             "liboath", "cjose", "libqrencode", "xlsxwriter", "zlib"]
CORES = os.cpu_count() or 2


class Tree:
    """All committed and uncommitted files under `root`, without what git ignores."""

    def __init__(self, root):
        self.root = root
        names = subprocess.run(
            ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True, text=True).stdout.splitlines()
        self.names = sorted(set(name for name in names if os.path.isfile(os.path.join(root, name))))
        self.texts = {}
        self.flags_kept = None

    def path(self, name):
        return os.path.join(self.root, name)

    def text(self, name):
        """The text of a file; what is not UTF-8 is shown as it can be."""
        if name not in self.texts:
            with open(self.path(name), encoding="utf-8", errors="replace") as file:
                self.texts[name] = file.read()
        return self.texts[name]

    def under(self, folders, endings):
        """Names below any of the folders with any of the endings."""
        return [name for name in self.names
                if name.startswith(tuple(folder + "/" for folder in folders))
                and name.endswith(tuple(endings))]

    def sources(self):
        return self.under(["src"], [".c"])

    def headers(self):
        return self.under(["src"], [".h"])

    def includes(self, name):
        """Pairs of line and header, and whether the header is ours."""
        text = self.text(name)
        return [(text.count("\n", 0, match.start(1)) + 1, match.group(2) or match.group(3),
                 match.group(2) is not None) for match in INCLUDE.finditer(text)]

    def closure(self, name, seen=None):
        """The file and all of ours that it includes, directly or not."""
        seen = set() if seen is None else seen
        if name in seen:
            return seen
        seen.add(name)
        for _, header, is_ours in self.includes(name):
            for folder in ("src/", "test/", os.path.dirname(name) + "/"):
                if is_ours and folder + header in self.names:
                    self.closure(folder + header, seen)
                    break
        return seen

    def flags(self):
        """How a source is compiled, whatever build folder there is."""
        if self.flags_kept is None:
            found = subprocess.run(["pkg-config", "--cflags", *LIBRARIES], check=True,
                                   capture_output=True, text=True).stdout.split()
            self.flags_kept = ["-std=c17", "-D_GNU_SOURCE", '-DVERSION="0"', '-DSOURCE_ROOT="."',
                               "-I" + self.path("src"), "-I" + self.path("test"), *found]
        return self.flags_kept

    def key(self, name, words):
        """A name for the content of a file and all that it includes, and for how it is checked."""
        digest = hashlib.sha256(repr(words).replace(self.root, "").encode())
        for part in sorted(self.closure(name)):
            digest.update(part.encode() + b"\0" + self.text(part).encode() + b"\0")
        return digest.hexdigest()


def run(command, folder=None):
    """Runs a command; gives its exit code and all its words."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, cwd=folder, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def run_each(tree, step, names, command_of):
    """Runs a command on each file, two at once; a file that passed is not tried again until it,
    what it includes, or the command changes. Gives what the failing ones said."""
    cache = os.path.join(tree.root, "build-checked", step)
    os.makedirs(cache, exist_ok=True)

    def try_one(name):
        command = command_of(name)
        passed = os.path.join(cache, tree.key(name, command))
        if os.path.exists(passed):
            return []
        code, words = run(command, tree.root)
        if code == 0 and "warning:" not in words:
            with open(passed, "w", encoding="utf-8") as file:
                file.write(name + "\n")
            return []
        return [f"{name}:\n{words.strip()}"]

    with ThreadPoolExecutor(max_workers=CORES) as pool:
        return [problem for problems in pool.map(try_one, names) for problem in problems]
