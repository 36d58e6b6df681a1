"""A made-up authority of many directorates, each with a return that two people fill in, and those people's browsers,
which keep their connections."""
import html
import http.client
import os
import re
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from browser import Server
from harness import run

PERIOD, MOMENT = "2012-13-Q2", "1349092800"  # 1 October 2012, when the quarter's returns are open
PASSWORD = "umbrella violet canyon 7"
MEASURES = ("calls", "visits", "letters")
AT = {"SOURCE_DATE_EPOCH": MOMENT, "DUEREGARD_LIMIT_ACCOUNT": "0"}


def write(folder, name, heading, lines):
    path = os.path.join(folder, f"{name}.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([heading, *lines]) + "\n")
    return path


def files(folder, units):
    """Kind and file of everything that the returns need."""
    numbered = list(enumerate(MEASURES, 1))
    return [
        ("units", write(folder, "units", "code,name,kind", [f"{u},Directorate {u},directorate" for u in units])),
        ("authorities", write(folder, "authority", "code,name,nation,kind", ["crowd,Crowd Council,england,unitary"])),
        ("measures", write(folder, "measures", "code,title,numerator_definition,unit_of_measure,decimals",
                           [f"{m},Share of {m} answered,Answered,%,2" for m in MEASURES])),
        ("schemes", write(folder, "schemes", "code,title,starts,ends,status", ["plan,Plan,2012-04-01,2016-03-31,adopted"])),
        ("objectives", write(folder, "objectives", "code,scheme,number,title", ["plan-1,plan,1,Objective 1"])),
        ("measures-under-objectives", write(folder, "places", "objective,reference,measure,success_criterion,sequence",
                                            [f"plan-1,1.{i},{m},More {m} are answered,{i}" for i, m in numbered])),
        ("measure-suppliers", write(folder, "suppliers", "measure,unit", [f"{m},{u}" for m in MEASURES for u in units])),
        ("targets", write(folder, "targets", "measure,unit,period,comparator,value",
                          [f"{m},{u},2012-13,at-least,60" for m in MEASURES for u in units])),
    ]


def must(*words, workspace):
    code, out, err = run(*words, workspace=workspace, environment=AT)
    if code:
        raise RuntimeError(f"{words}: {out}{err}")
    return out


def authority(folder, count, database=None):
    """A workspace with `count` directorates whose returns are open; gives it and their codes."""
    workspace = os.path.join(folder, "crowd")
    units = [f"u-{number:03d}" for number in range(1, count + 1)]
    must("init", "--workspace", workspace, *(["--database", database] if database else []), workspace=None)
    for kind, path in files(folder, units):
        must("import", kind, path, workspace=workspace)
    must("return", "open", "--period", PERIOD, workspace=workspace)
    return workspace, units


class Contributor:
    """Somebody who fills in a return, in a browser of their own."""

    def __init__(self, code, unit, port):
        self.code, self.unit, self.port = code, unit, port
        self.email = f"{code}@example.invalid"
        self.cookie = ""
        self.connection = None
        self.used = 0.0
        self.times = []
        self.saved = []  # (row, mark) that the server said it has
        self.conflicts = 0
        self.faults = []

    def ask(self, method, path, fields=None):
        """Status, location and body; a connection that was idle for long is opened anew, as browsers do."""
        if self.connection and time.monotonic() - self.used > 4:
            self.connection.close()
            self.connection = None
        if not self.connection:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept": "text/html", **({"Cookie": self.cookie} if self.cookie else {})}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.monotonic()
        sent = urllib.parse.urlencode(fields) if fields is not None else None
        is_reused = self.connection.sock is not None
        self.connection.request(method, path, sent, headers)
        try:
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:
            if method != "GET" or not is_reused:
                raise
            # It was idle for too long just now; a browser asks again, and so do we.
            self.connection.close()
            self.connection.request(method, path, sent, headers)
            answer = self.connection.getresponse()
        body = answer.read().decode()
        self.used = time.monotonic()
        self.times.append(self.used - start)
        if answer.will_close:
            self.connection.close()
            self.connection = None
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = line.split(";")[0]
        return answer.status, answer.headers.get("Location", ""), body

    def send(self, path, fields, page):
        token = re.search(r'name="token" value="([0-9a-f]{64})"', page)
        return self.ask("POST", path, {"token": token.group(1) if token else "", **fields})

    def arrive(self, link):
        """Chooses a password and signs in."""
        self.send(link, {"password": PASSWORD, "again": PASSWORD}, self.ask("GET", link)[2])
        page = self.ask("GET", "/sign-in")[2]
        status, _, _ = self.send("/sign-in", {"email": self.email, "password": PASSWORD}, page)
        if status != 303:
            raise RuntimeError(f"{self.code} could not sign in: {status}")
        self.times.clear()

    def write_row(self, row, mark):
        """Adds a mark to what the row says. Who is told of another's words has written nothing, and gets False."""
        path = f"/returns/{PERIOD}/{self.unit}/rows/{row}"
        status, _, page = self.ask("GET", path)
        if status != 200:
            self.faults.append((status, path))
            return True
        before = html.unescape(re.search(r'<textarea[^>]*name="progress"[^>]*>(.*?)</textarea>', page, re.S).group(1))
        version = re.search(r'name="version" value="(\d+)"', page).group(1)
        fields = {"version": version, "value_text": "75%", "numerator_text": "75", "denominator_text": "100",
                  "progress": f"{before.strip()} {mark}".strip(), "is_complete": "yes"}
        status, _, page = self.send(path, fields, page)
        if status == 303:
            self.saved.append((row, mark))
        elif status == 200 and 'id="conflict-title"' in page:
            self.conflicts += 1
            return False
        else:
            self.faults.append((status, path, re.findall(r"error-message[^>]*>(.*?)</p>", page, re.S)[:3]))
        return True

    def submit(self):
        path = f"/returns/{PERIOD}/{self.unit}/steps/submit"
        page = self.ask("GET", path)[2]
        return self.send(path, {}, page)[0]


def people(server, workspace, units):
    """Two contributors for each directorate, signed in."""
    links = {}
    for unit in units:
        for code in (f"{unit}-a", f"{unit}-b"):
            out = must("account", "add", code, "--name", f"Made Up {code}", "--email", f"{code}@example.invalid",
                       workspace=workspace)
            must("account", "grant", code, "contributor", "--unit", unit, workspace=workspace)
            links[code] = re.search(r"/invitation/[\w-]{43}", out).group(0)
    made = [Contributor(code, code[:-2], server.port) for code in links]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda person: person.arrive(links[person.code]), made))
    return made


def work(person, until, meeting):
    """Fills row after row until the time of their return is over, then submits at the same moment as the other."""
    turn = 0 if person.code.endswith("a") else 1  # the two do not walk in step
    try:
        while time.monotonic() < until:
            # Who was told of another's words stays at the row; else the two could go on meeting, row after row.
            turn += person.write_row(f"1.{turn % len(MEASURES) + 1}", f"{person.code[-1]}{turn}")
        meeting.wait(120)
        person.submitted = person.submit()
    except (OSError, http.client.HTTPException, AttributeError, threading.BrokenBarrierError) as error:
        person.faults.append(repr(error))


def fill_and_submit(made, seconds):
    """Returns are submitted throughout the second half of the time, while others are still filled."""
    start, units = time.monotonic(), sorted({person.unit for person in made})
    ends = {unit: start + seconds * (1 + number / len(units)) / 2 for number, unit in enumerate(units)}
    meetings = {unit: threading.Barrier(2) for unit in units}
    threads = [threading.Thread(target=work, args=(person, ends[person.unit], meetings[person.unit])) for person in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def serve(workspace, threads=4, **more):
    return Server(workspace, "--quiet", environment={**AT, "DUEREGARD_THREADS": str(threads), **more})


def memory_of(process):
    """Resident memory of a process, in MiB."""
    with open(f"/proc/{process.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20


