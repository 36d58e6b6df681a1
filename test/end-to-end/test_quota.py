"""How much one person may send on one day, and how long what was sent and left stays."""
import os
import threading
import time

from harness import Folder, Tap, demo, run
from test_second_factor import START, at, choose, make, signed_in

UPLOAD = "/returns/2012-13-Q1/childrens-families/upload"
DAY = 24 * 3600


def send(browser, size=20):
    browser.get("/account")  # which has a form, and so its token
    return browser.send_file(UPLOAD, {}, "file", "answers.csv", "x" * size)


def check_files(tap, workspace):
    with at(workspace, START, DUEREGARD_UPLOAD_FILES="3") as server:
        sam = signed_in(server, "sam")
        statuses = [send(sam).status for _ in range(3)]
        tap.check("as many files as the setting says are taken", 429 not in statuses and max(statuses) < 500, statuses)
        page = send(sam)
        tap.check("one more is not, with a sentence and when to come again", page.status == 429 and
                  "as many files today" in page.text() and 0 < int(page.headers["Retry-After"]) <= DAY,
                  page.text())
        tap.check("others go on", send(signed_in(server, "lee")).status != 429)
        tap.equal("and so does all else of that person", sam.get("/account").status, 200)
    with at(workspace, START + 60, DUEREGARD_UPLOAD_FILES="3") as server:
        tap.equal("a restart forgets nothing", send(signed_in(server, "sam")).status, 429)
    with at(workspace, START + DAY, DUEREGARD_UPLOAD_FILES="3") as server:
        tap.check("the next day begins anew", send(signed_in(server, "sam")).status != 429)


def check_bytes(tap, workspace):
    with at(workspace, START + 2 * DAY, DUEREGARD_UPLOAD_MOST="1", DUEREGARD_UPLOAD_FILES="0") as server:
        sam = signed_in(server, "sam")
        tap.check("files are counted by size too", send(sam, 600000).status != 429 and send(sam, 600000).status == 429)
        tap.check("what still fits is taken", send(sam, 400000).status != 429)


def check_at_once(tap, workspace):
    """Of many at the same moment, no more than the quota are taken."""
    with at(workspace, START + 4 * DAY, DUEREGARD_UPLOAD_FILES="5", DUEREGARD_THREADS="8") as server:
        sam = signed_in(server, "sam")
        browsers = [server.browser() for _ in range(12)]
        statuses = []
        for browser in browsers:
            browser.cookies = dict(sam.cookies)
        threads = [threading.Thread(target=lambda one=browser: statuses.append(send(one).status)) for browser in browsers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tap.equal("of twelve at once five are taken", len([status for status in statuses if status != 429]), 5)


def check_expiry(tap, workspace):
    folder = os.path.join(workspace, "uploads")
    os.makedirs(folder, exist_ok=True)
    old, fresh, foreign = (os.path.join(folder, name) for name in ("7-00.held", "7-01.held", "notes.txt"))
    for path in (old, fresh, foreign):
        with open(path, "wb") as file:
            file.write(b"noise")
    for path in (old, foreign):
        os.utime(path, (time.time() - DAY - 60,) * 2)
    with at(workspace, START) as server:
        server.browser().get("/health")
        end = time.monotonic() + 10
        while os.path.exists(old) and time.monotonic() < end:
            time.sleep(0.05)
    tap.equal("what was left for a day is removed, and nothing else",
              [os.path.exists(path) for path in (old, fresh, foreign)], [False, True, True])


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        invitations = [make(workspace, code, "contributor") for code in ("sam", "lee")]
        with at(workspace, START) as server:
            for invitation in invitations:
                choose(server, invitation)
        check_files(tap, workspace)
        check_bytes(tap, workspace)
        check_at_once(tap, workspace)
        check_expiry(tap, workspace)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


if __name__ == "__main__":
    main()
