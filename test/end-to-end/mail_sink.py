"""A real SMTP server on this machine that keeps what it is sent, and people who are told something by e-mail."""
import email
import email.policy
import socket

from aiosmtpd.controller import Controller

from harness import run

FIRST = 1349092800  # 1 October 2012, noon
HOUR, DAY = 3600, 86400


class Sink:
    """Keeps what it is sent; refuses while `answer` says so."""

    def __init__(self):
        self.messages, self.answer = [], "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        if self.answer.startswith("250"):
            self.messages.append((envelope.rcpt_tos, email.message_from_bytes(
                envelope.content, policy=email.policy.default)))
        return self.answer


class MailServer:
    """`with MailServer() as (sink, address)`"""

    def __enter__(self):
        sink = Sink()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.controller = Controller(sink, hostname="127.0.0.1", port=port)
        self.controller.start()
        return sink, f"smtp://127.0.0.1:{port}"

    def __exit__(self, *_):
        self.controller.stop()


def digest(workspace, moment, server, *words):
    return run("digest", *words, workspace=workspace, environment={
        "SOURCE_DATE_EPOCH": str(moment), "DUEREGARD_MAIL_SERVER": server,
        "DUEREGARD_MAIL_FROM": "equality@council.invalid",
        "DUEREGARD_PUBLIC_ADDRESS": "https://equality.council.invalid"})


def add(workspace, code, role, unit=None):
    run("account", "add", code, "--name", f"{code} Made-Up", "--email", f"{code}@council.invalid",
        workspace=workspace, environment={"SOURCE_DATE_EPOCH": str(FIRST - DAY)})
    run("account", "grant", code, role, *(["--unit", unit] if unit else []), workspace=workspace,
        environment={"SOURCE_DATE_EPOCH": str(FIRST - DAY)})
