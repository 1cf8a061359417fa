"""A mail server on this machine, with a certificate of its own, that keeps what it was given."""

import datetime as dt
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.ally_run import free_port

NAME, PASSWORD = "ally", "p@ss/word"


@dataclass
class Mailbox:
    """What came, and what the next e-mails are answered with; accepted when nothing is left."""

    host: str = "127.0.0.1"
    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    recipient_answers: list[str] = field(default_factory=list)
    before_answer: Callable[[], None] = field(default=lambda: None)

    async def handle_RCPT(  # noqa: N802 the library calls it so
        self, _server: Any, _session: Any, envelope: Envelope, to: str, _: Any
    ) -> str:
        """Take a recipient, or refuse it as told."""
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 the library calls it so
        self, _server: Any, _session: Any, envelope: Envelope
    ) -> str:
        """Keep an e-mail."""
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.got.append(message)
        self.before_answer()
        return "250 OK"

    @property
    def url(self) -> str:
        """As ALLY_SMTP_URL takes it, for a server that asks for no name."""
        return f"smtp://{self.host}:{self.port}"


def text_of(message: EmailMessage) -> str:
    """What an e-mail says."""
    part = message.get_body()
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


class _Closing(Controller):
    """STARTTLS is offered, and a name asked for, where there is a certificate."""

    tls: ssl.SSLContext | None = None

    def factory(self) -> SMTP:
        if self.tls is None:
            return SMTP(self.handler, hostname="mail.test")
        return SMTP(
            self.handler,
            hostname="mail.test",
            tls_context=self.tls,
            require_starttls=True,
            auth_required=True,
            authenticator=_let_in,
        )


def _let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    good = (data.login, data.password) == (NAME.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, *, at_once: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    """A server on a free port, stopped when the block ends; `at_once`: TLS from the first byte."""
    box = Mailbox(port=free_port())
    controller = _Closing(box, hostname=box.host, port=box.port, ssl_context=at_once)
    controller.tls = tls
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def own_certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(the server's context, a context that trusts it), for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(built.public_bytes(serialization.Encoding.PEM) + private)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))
