"""The systemd unit of docs/install/: systemd itself reads it and says how well it shuts the program in, and the calls
of the system that the program makes from start to stop are among those that the unit allows."""
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

import browser
from harness import PROGRAM, ROOT, Folder, Tap, demo
from test_serving import until

UNIT = os.path.join(ROOT, "docs/install/dueregard.service")


def read():
    with open(UNIT, encoding="utf-8") as file:
        return file.read()


def check_unit(tap, folder):
    path = os.path.join(folder, "dueregard.service")
    with open(path, "w", encoding="utf-8") as file:
        file.write(read().replace("/usr/local/bin/dueregard", os.path.abspath(PROGRAM)))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False)
    tap.check("systemd finds no fault in the unit", done.returncode == 0 and "dueregard.service" not in done.stderr,
              done.stdout + done.stderr)
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", path], capture_output=True,
                          text=True, check=False)
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    level = float(found.group(1)) if found else 10.0
    tap.check("and little that is open: 2.0 of 10 at most", level <= 2.0, f"{level}\n{done.stdout}{done.stderr}")
    print(f"# systemd-analyze security: {level}")


def allowed():
    """The names of the calls that the unit's filter lets through."""
    text = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager"], capture_output=True, text=True,
                          check=True).stdout
    sets, here = {}, None
    for line in text.splitlines():
        if line.startswith("@"):
            here = sets.setdefault(line.strip(), [])
        elif here is not None and line.startswith(" ") and not line.strip().startswith("#"):
            here.append(line.strip())

    def members(name):
        return set().union(*(members(part) if part.startswith("@") else {part} for part in sets[name]))

    passed = set(members("@default"))
    for words in re.findall(r"^SystemCallFilter=(.*)$", read(), re.M):
        is_taken_away = words.startswith("~")
        for word in words.lstrip("~").split():
            named = members(word) if word.startswith("@") else {word}
            passed = passed - named if is_taken_away else passed | named
    return passed


def use(server):
    """Something of everything: pages, files, passwords, the database, settings read anew."""
    person = server.enter("policy-officer")
    statuses = [person.get(path).status for path in (
        "/account", "/plan", "/scorecard", "/scorecard/ratings.ods", "/measures/eet-16-18/values.csv", "/search?q=pay",
        "/reports/progress", "/ready", "/returns/2012-13-Q1", "/people", "/accounts")]
    server.process.send_signal(signal.SIGHUP)
    time.sleep(1)
    return statuses, person.get("/plan").status


def check_calls(tap, folder):
    workspace, trace = demo(folder), os.path.join(folder, "trace")
    wrapper = os.path.join(folder, "traced")
    with open(wrapper, "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec strace -f -qq -o {trace} {os.path.abspath(PROGRAM)} "$@"\n')
    os.chmod(wrapper, 0o755)
    browser.PROGRAM = wrapper
    server = browser.Server(workspace)
    try:
        statuses, after = use(server)
    finally:
        child = int(subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True,
                                   check=True).stdout.split()[0])
        os.kill(child, signal.SIGTERM)
        server.process.wait(60)
        server.process.stdout.close()
        server.log.close()
    with open(trace, encoding="utf-8", errors="replace") as file:
        lines = file.read().splitlines()
    # The first line is strace's own, which starts the program.
    calls = {found.group(1) for line in lines[1:] if (found := re.match(r"\d+\s+(\w+)\(", line))}
    tap.check("the program was used", statuses[0] == 200 and after == 200 and len(calls) > 40, (statuses, sorted(calls)))
    # SQLite gives its files to the database's owner when it is root, which the service is not.
    as_root = {"fchown"} if os.geteuid() == 0 else set()
    tap.equal("each call that it made is one that the unit allows", sorted(calls - allowed() - as_root), [])
    risky = [line for line in lines if re.search(r"mmap\(.*PROT_WRITE\|PROT_EXEC|mprotect\(.*PROT_EXEC", line)]
    tap.equal("and no memory can be both written and run", risky[:3], [])
    families = {found.group(1) for line in lines if (found := re.search(r"socket\((AF_\w+)", line))}
    tap.check("sockets are of the families that it allows", "AF_INET" in families and
              families <= {"AF_UNIX", "AF_INET", "AF_INET6"}, families)


def check_telling(tap, folder):
    """What systemd hears, at a socket that stands for its own."""
    os.mkdir(os.path.join(folder, "told"))
    workspace, heard = demo(os.path.join(folder, "told")), []
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(os.path.join(folder, "notify"))
    listening.settimeout(20)

    def listen():
        while "STOPPING=1" not in heard:
            heard.append(listening.recv(1000).decode())

    listener = threading.Thread(target=listen)
    listener.start()
    browser.PROGRAM = PROGRAM
    with browser.Server(workspace, environment={"NOTIFY_SOCKET": os.path.join(folder, "notify")}) as server:
        with open(f"/proc/{server.process.pid}/limits", encoding="ascii") as file:
            limits = file.read()
        tap.check("a crash leaves no image of the memory", re.search(r"Max core file size\s+0\s+0\s", limits), limits)
        server.process.send_signal(signal.SIGHUP)
        until(lambda: heard.count("READY=1") == 2)
    listener.join()
    listening.close()
    tap.equal("systemd is told when it is ready, reads anew and stops", heard,
              ["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"])


def main():
    tap = Tap()
    with Folder() as folder:
        if shutil.which("systemd-analyze"):
            check_unit(tap, folder)
        else:
            tap.skip("the unit as systemd reads it", "systemd-analyze is not here")
        if shutil.which("systemd-analyze") and shutil.which("strace"):
            check_calls(tap, folder)
        else:
            tap.skip("the calls of the system", "strace or systemd-analyze is not here")
        check_telling(tap, folder)
    tap.end()


if __name__ == "__main__":
    main()
