"""Digests by e-mail, to a real SMTP server on this machine: one for each person, in order of what presses,
in two forms, never empty, as often as they choose; a server that refuses is tried again, and two runs side
by side send nothing twice."""
import os
import subprocess

from harness import PROGRAM, Folder, Tap, demo, run
from mail_sink import DAY, FIRST, HOUR, MailServer, add, digest


def check_content(tap, workspace, sink, server):
    code, out, err = digest(workspace, FIRST, server)
    tap.check("digests are queued and sent", code == 0 and "3 digests queued; 3 sent" in out, out + err)
    sent = {to[0]: message for to, message in sink.messages}
    tap.equal("each person whom something needs gets one, and nobody else", sorted(sent),
              ["ola@council.invalid", "pat@council.invalid", "sam@council.invalid"])
    message = sent["sam@council.invalid"]
    tap.equal("the subject counts", message["Subject"], "1 thing needs you")
    tap.equal("it is dated and marked as automatic",
              (message["Date"], message["Auto-Submitted"]),
              ("Mon, 01 Oct 2012 12:00:00 +0000", "auto-generated"))
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    link = "https://equality.council.invalid/returns/2012-13-Q2/place-shaping"
    tap.check("the plain text says what, by when and where",
              "Submit it by 31 October 2012" in " ".join(plain.split()) and link in plain, plain)
    tap.check("and the HTML says the same with a link", f'href="{link}"' in html and "31 October 2012" in html,
              html[-600:])
    everywhere = sent["ola@council.invalid"].get_body(("plain",)).get_content()
    tap.check("who keeps several returns sees them all", everywhere.count("/returns/2012-13-Q2/") == 6, everywhere)


def check_frequency(tap, workspace, sink, server):
    sink.messages.clear()
    run("digest", "sam", "--choose", "daily", workspace=workspace)
    run("digest", "pat", "--choose", "never", workspace=workspace)
    digest(workspace, FIRST + DAY, server)
    tap.equal("a day later only who wants it daily", [to for to, _ in sink.messages], [["sam@council.invalid"]])
    digest(workspace, FIRST + DAY + HOUR, server)
    tap.equal("and once a day only", len(sink.messages), 1)
    digest(workspace, FIRST + 7 * DAY, server)
    tap.equal("a week later who has it weekly too, and who wants none gets none",
              sorted(to[0] for to, _ in sink.messages[1:]), ["ola@council.invalid", "sam@council.invalid"])
    code, out, _ = digest(workspace, FIRST + 8 * DAY, server, "--preview", "sam")
    tap.check("a preview shows the e-mail and sends nothing", code == 0 and "Subject: 1 thing needs you" in out
              and len(sink.messages) == 3, out)
    code, out, _ = digest(workspace, FIRST + 8 * DAY, server, "--preview", "vic")
    tap.check("who has nothing would get none", "Nothing needs vic" in out, out)
    code, _, err = run("digest", "sam", "--choose", "hourly", workspace=workspace)
    tap.check("a frequency that is none is told", code == 3 and "daily, weekly or never" in err, err)


def check_retries(tap, workspace, sink, server):
    sink.messages.clear()
    sink.answer = "451 Try again later"
    start = FIRST + 20 * DAY
    code, out, _ = digest(workspace, start, server)
    tap.check("what the server refuses is put off", code == 0 and "0 sent, 2 put off" in out, out)
    digest(workspace, start + 60, server)
    sink.answer = "250 OK"
    code, out, _ = digest(workspace, start + 120, server)
    tap.check("it is not tried before its time", "0 sent" in out, out)
    code, out, _ = digest(workspace, start + 301, server)
    tap.check("and then goes", "2 sent" in out and len(sink.messages) == 2, out)
    code, out, _ = digest(workspace, start + 30 * DAY, "smtp://127.0.0.1:9", "--queue-only")
    moment = start + 30 * DAY
    for attempt in range(8):
        code, out, _ = digest(workspace, moment, "smtp://127.0.0.1:9")
        moment += 300 * 2 ** attempt + 1
    tap.check("a server that never answers is given up in the end, and said",
              code == 1 and "given up" in out and "0 given up" not in out, out)


def check_side_by_side(tap, workspace, sink, server):
    sink.messages.clear()
    moment = str(FIRST + 100 * DAY)
    digest(workspace, moment, server, "--queue-only")
    environment = dict(os.environ, DUEREGARD_WORKSPACE=workspace, SOURCE_DATE_EPOCH=moment,
                       DUEREGARD_MAIL_SERVER=server, DUEREGARD_MAIL_FROM="equality@council.invalid")
    runs = [subprocess.Popen([PROGRAM, "digest"], env=environment, stdout=subprocess.DEVNULL) for _ in range(3)]
    for one in runs:
        one.wait(60)
    got = sorted(to[0] for to, _ in sink.messages)
    tap.equal("runs side by side send nothing twice", got, sorted(set(got)))
    tap.check("and nothing is left", len(got) == 2, got)


def main():
    tap = Tap()
    with Folder() as folder, MailServer() as (sink, server):
        workspace = demo(folder)
        for code, role, unit in (("sam", "contributor", "place-shaping"),
                                 ("pat", "directorate-lead", "corporate-resources"),
                                 ("ola", "policy-officer", None), ("vic", "committee-member", None)):
            add(workspace, code, role, unit)
        code, _, err = run("digest", workspace=workspace)
        tap.check("without a server the remedy is told", code == 3 and "mail-server" in err, err)
        run("return", "open", "--period", "2012-13-Q2", workspace=workspace,
            environment={"SOURCE_DATE_EPOCH": str(FIRST)})
        check_content(tap, workspace, sink, server)
        check_frequency(tap, workspace, sink, server)
        check_retries(tap, workspace, sink, server)
        check_side_by_side(tap, workspace, sink, server)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


main()
