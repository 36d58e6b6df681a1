"""Libraries are loaded when they are first needed: a command on a file starts without those for
servers, e-mail and spreadsheets, and one that is missing then is told in a sentence."""
import os
import platform
import subprocess

import harness
from harness import Folder, Tap, run

LATE = ["libcurl.", "libpq.", "libmicrohttpd.", "libcjose.", "libzip.", "libxlsxwriter."]


def libraries():
    """Files that the program's start loads."""
    environment = dict(os.environ, LD_TRACE_LOADED_OBJECTS="1")
    done = subprocess.run([harness.PROGRAM], capture_output=True, env=environment, check=True)
    return done.stdout.decode("utf-8")


def make_extract(folder):
    path = os.path.join(folder, "people.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Sex,Pay\nFemale,20\nMale,21\n")
    return path


def with_broken(folder, name):
    """An environment in which a library of that name is found, and is none."""
    place = os.path.join(folder, name)
    os.makedirs(place, exist_ok=True)
    for file in os.listdir("/usr/lib/" + platform.machine() + "-linux-gnu"):
        if file.startswith(name):
            with open(os.path.join(place, file), "w", encoding="ascii") as broken:
                broken.write("no library")
    return {"LD_LIBRARY_PATH": place}


def check_missing(tap, folder, name, words):
    code, _, err = run(*words, environment=with_broken(folder, name))
    tap.check(f"without {name} there is one sentence",
              code == 4 and err.count("\n") == 1 and name in err and "install its package" in err,
              (code, err))


def main():
    tap = Tap()
    loaded = libraries()
    if platform.machine() not in ("x86_64", "aarch64"):
        tap.skip("late loading", "this processor's build is linked with everything")
        tap.end()
    for name in LATE:
        tap.check(f"the start does not load {name}", name not in loaded, loaded)
    with Folder() as folder:
        path = make_extract(folder)
        sheet = os.path.join(folder, "people.xlsx")
        code, _, err = run("people", path, environment=with_broken(folder, "libzip."))
        tap.check("a CSV needs no library for spreadsheets", code in (0, 1), err)
        with open(sheet, "wb") as file:
            file.write(b"PK\5\6" + bytes(18))
        check_missing(tap, folder, "libzip.", ["people", sheet])
        code, _, err = run("people", sheet)
        tap.check("with it the file is looked at", code == 3, (code, err))
    tap.end()


main()
