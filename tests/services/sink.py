"""A real mail server that keeps what it is given and, when told, refuses, hangs or hangs up at any verb."""

import asyncio
import email
import socket
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.services.private import free_port

HANG, DROP = "hang", "drop"
NO_SUCH_PERSON = "550 5.1.1 no such person"


class Sink:
    """What came in, and what to answer: by verb (MAIL, RCPT, DATA, BODY), and by address."""

    def __init__(self):
        self.received, self.connections = [], 0
        self.answers, self.answer_to = {}, {}

    @property
    def messages(self) -> list:
        return [email.message_from_bytes(content, policy=default) for content in self.received]

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.answer_to:
            return self.answer_to[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.get("BODY", "250 OK")
        if answer.startswith("250") or answer == DROP:  # it has the letter and cannot say so
            self.received.append(envelope.content)
        await server.misbehaves("BODY")
        return answer if answer[:1].isdigit() else "250 OK"


class Server(SMTP):
    """The protocol; before each verb it looks whether the sink wants something else answered."""

    def connection_made(self, transport):
        self.event_handler.connections += 1
        super().connection_made(transport)

    async def misbehaves(self, verb: str) -> bool:
        answer = self.event_handler.answers.get(verb)
        if answer == HANG:
            await asyncio.sleep(60)
        elif answer == DROP:
            self.transport.abort()
        elif answer and verb != "BODY":
            await self.push(answer)
        return bool(answer)

    async def smtp_MAIL(self, arg):
        if not await self.misbehaves("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.misbehaves("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self.misbehaves("DATA"):
            await super().smtp_DATA(arg)


class OurController(Controller):
    def factory(self):
        return Server(self.handler, **self.SMTP_kwargs)


def nobody_may_log_in(server, session, envelope, mechanism, data):
    return AuthResult(success=False, handled=False)


def listen(sink: Sink, port: int, **options) -> OurController:
    server = OurController(sink, hostname="127.0.0.1", port=port, **options)
    server.start()
    sink.connections = 0  # starting, it calls itself
    return server


@pytest.fixture
def sink(settings):
    """The mail server of this test; `stop` takes it away, `start` brings it back at the same address."""
    handler, port, running = Sink(), free_port(), []

    def start(**options):
        running.append(listen(handler, port, **options))

    def stop():
        running.pop().stop()

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_TIMEOUT = 1
    handler.start, handler.stop = start, stop
    start()
    yield handler
    while running:
        stop()


@pytest.fixture
def silent_port():
    """A port where somebody takes the call and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield listener.getsockname()[1]
