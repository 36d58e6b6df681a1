"""Reminders of returns by e-mail, to a real SMTP server on this machine: before the day, on it and late, to those who
supply the return and then to their lead as well; each once, one e-mail a person, none for what is submitted or locked."""
import os

from harness import Folder, Tap, demo, run
from mail_sink import DAY, FIRST, HOUR, MailServer, add, digest

PERIOD = "2012-13-Q2"
DUE = FIRST + 30 * DAY  # 31 October 2012


def reminded(sink, workspace, moment, server):
    """Who got which e-mail: name → (subject, words)."""
    sink.messages.clear()
    code, out, err = digest(workspace, moment, server)
    assert code == 0, out + err
    return {to[0].split("@")[0]: (message["Subject"], " ".join(message.get_body(("plain",)).get_content().split()))
            for to, message in sink.messages}


def check_days(tap, workspace, sink, server):
    tap.equal("eight days before, nobody is reminded", reminded(sink, workspace, DUE - 8 * DAY, server), {})
    code, out, _ = digest(workspace, DUE - 7 * DAY, server, "--preview", "sam")
    tap.check("a preview shows the reminder and sends nothing", code == 0 and not sink.messages
              and "Subject: Due soon: the return of Place Shaping, Quarter 2 2012/13" in out, out)
    got = reminded(sink, workspace, DUE - 7 * DAY, server)
    tap.equal("seven days before, those who supply a return are, and the lead of one that nobody else supplies",
              {name: subject for name, (subject, _) in got.items()},
              {"sam": "Due soon: the return of Place Shaping, Quarter 2 2012/13", "two": "Due soon: 2 returns",
               "pat": "Due soon: the return of Corporate Resources, Quarter 2 2012/13"})
    tap.check("with the day, how far it is, and where to go",
              "It is due on 31 October 2012, in 7 days. 1 of 17 rows are answered." in got["sam"][1]
              and f"/returns/{PERIOD}/place-shaping" in got["sam"][1], got["sam"])
    html = sink.messages[0][1].get_body(("html",)).get_content()
    tap.check("and the same as HTML with a link", "https://equality.council.invalid/returns/" in html, html[-400:])
    tap.equal("once", reminded(sink, workspace, DUE - 7 * DAY + HOUR, server), {})
    tap.equal("nor on the next days", reminded(sink, workspace, DUE - 3 * DAY, server), {})
    got = reminded(sink, workspace, DUE, server)
    tap.check("on the day again", sorted(got) == ["pat", "sam", "two"] and "It is due today." in got["sam"][1], got)


def check_late(tap, workspace, sink, server):
    run("return", "submit", "--period", PERIOD, "--unit", "community-environment", workspace=workspace,
        environment={"SOURCE_DATE_EPOCH": str(DUE)})
    tap.equal("three days late nobody is", reminded(sink, workspace, DUE + 3 * DAY, server), {})
    got = reminded(sink, workspace, DUE + 4 * DAY, server)
    tap.equal("four days late the lead is as well, and nobody of what is submitted",
              {name: subject for name, (subject, _) in got.items()},
              {"sam": "Late: the return of Place Shaping, Quarter 2 2012/13",
               "lee": "Late: the return of Place Shaping, Quarter 2 2012/13",
               "two": "Late: the return of Children's and Families, Quarter 2 2012/13",
               "pat": "Late: the return of Corporate Resources, Quarter 2 2012/13"})
    tap.check("with the day that has gone", "It was due on 31 October 2012, 4 days ago." in got["lee"][1], got["lee"])
    tap.equal("once", reminded(sink, workspace, DUE + 9 * DAY, server), {})


def check_new_and_locked(tap, workspace, sink, server):
    add(workspace, "nia", "contributor", "place-shaping")
    tap.equal("who comes late hears what is so now, and nothing of before",
              {name: subject for name, (subject, _) in reminded(sink, workspace, DUE + 10 * DAY, server).items()},
              {"nia": "Late: the return of Place Shaping, Quarter 2 2012/13"})
    run("digest", "nia", "--choose", "never", workspace=workspace)
    add(workspace, "nor", "contributor", "place-shaping")
    run("digest", "nor", "--choose", "never", workspace=workspace)
    tap.equal("of a locked return nobody is reminded", reminded(sink, workspace, DUE + 28 * DAY, server), {})


def check_beside_digest(tap, workspace, sink, server):
    run("return", "open", "--period", "2012-13-Q3", workspace=workspace,
        environment={"SOURCE_DATE_EPOCH": str(FIRST + 95 * DAY)})
    run("digest", "sam", "--choose", "daily", workspace=workspace)
    got = reminded(sink, workspace, FIRST + 116 * DAY, server)  # seven days before 31 January
    tap.check("who is reminded has no digest that day", len(sink.messages) == len(got) and got["sam"][0].startswith("Due soon"),
              got)
    got = reminded(sink, workspace, FIRST + 117 * DAY, server)
    tap.check("but has one the day after", got.get("sam", ("",))[0].endswith("you"), got)


def answer(folder, workspace):
    """One row of a return, and the whole of a small one."""
    for unit, text in (("place-shaping", "Row,Value as printed\n5.1A,400\n"),
                       ("community-environment", "Row,Missing because\n6.4,awaited\n6.5,awaited\n")):
        path = os.path.join(folder, f"{unit}.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        code, out, err = run("return", "take", path, "--period", PERIOD, "--unit", unit, workspace=workspace,
                             environment={"SOURCE_DATE_EPOCH": str(FIRST)})
        assert code == 0, out + err


def main():
    tap = Tap()
    with Folder() as folder, MailServer() as (sink, server):
        workspace = demo(folder)
        for code, role, *units in (("sam", "contributor", "place-shaping"), ("lee", "directorate-lead", "place-shaping"),
                                   ("two", "contributor", "childrens-families", "community-environment"),
                                   ("pat", "directorate-lead", "corporate-resources"), ("ola", "policy-officer", None)):
            add(workspace, code, role, units[0])
            for unit in units[1:]:
                run("account", "grant", code, role, "--unit", unit, workspace=workspace,
                    environment={"SOURCE_DATE_EPOCH": str(FIRST - DAY)})
            run("digest", code, "--choose", "never", workspace=workspace)
        run("return", "open", "--period", PERIOD, workspace=workspace,
            environment={"SOURCE_DATE_EPOCH": str(FIRST)})
        answer(folder, workspace)
        check_days(tap, workspace, sink, server)
        check_late(tap, workspace, sink, server)
        check_new_and_locked(tap, workspace, sink, server)
        check_beside_digest(tap, workspace, sink, server)
        code, out, err = run("audit", workspace=workspace)
        tap.check("the audit is whole", code == 0, out + err)
    tap.end()


main()
