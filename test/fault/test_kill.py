"""Kill -9 in the middle of an import, at random moments: the workspace opens and holds all of it or
nothing. A hundred kills, at moments from a fixed seed."""
import math
import os
import random
import subprocess
import sys
import time

from scenario import (PROGRAM, Folder, Tap, copy_workspace, demo, is_whole, large_import, run,
                      value_count)

SEED = 20121123
ROUNDS = 100


def import_command(path):
    return [PROGRAM, "import", "values", path]


def kill_after(seconds, path, workspace):
    """Starts the import, kills it, and tells whether it was still running."""
    with subprocess.Popen(import_command(path), env=dict(os.environ, DUEREGARD_WORKSPACE=workspace),
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as child:
        time.sleep(seconds)
        was_running = child.poll() is None
        child.kill()
    return was_running


def main():
    tap = Tap()
    moments = random.Random(SEED)
    with Folder() as folder:
        pristine = demo(folder)
        path, size = large_import(folder, pristine)
        before = value_count(pristine)
        whole = math.inf  # the shortest of three: the first reads the program from the disk
        for _ in range(3):
            workspace = copy_workspace(pristine, folder, "timed")
            start = time.monotonic()
            code, out, err = run("import", "values", path, workspace=workspace)
            whole = min(whole, time.monotonic() - start)
        tap.check("the import is accepted when nothing disturbs it", code == 0, err or out)
        tap.equal("and brings every row", value_count(workspace), before + size)
        killed = held = 0
        for number in range(1, ROUNDS + 1):
            workspace = copy_workspace(pristine, folder, "killed")
            moment = moments.uniform(0, whole)
            killed += kill_after(moment, path, workspace)
            count = value_count(workspace)
            name = f"kill {number} after {moment:.3f} s of {whole:.3f} s"
            tap.check(f"{name}: all or nothing", count in (before, before + size), f"found {count} values")
            held += count == before
            is_whole(tap, name, workspace, count)
        print(f"# {killed} of {ROUNDS} imports were running when killed; {held} left nothing", flush=True)
        tap.check("some imports were killed while they ran", killed > ROUNDS // 2, f"{killed} of {ROUNDS}")
        code, out, err = run("import", "values", path, workspace=workspace)
        tap.check("the import goes in after the last kill", code == 0, err or out)
        tap.equal("and then every row is there", value_count(workspace), before + size)
    tap.end()


if __name__ == "__main__":
    sys.exit(main())
