"""Gateways to send notices to: a mail server and a web service, good ones and bad ones."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.support.ports import find_free_port


@dataclass
class Mailbox:
    """What came in by mail; `refusal` is the answer to every recipient, if not empty."""

    mails: list[EmailMessage] = field(default_factory=list)
    refusal: str = ""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it so)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@dataclass(frozen=True)
class Certificate:
    """A certificate for 127.0.0.1 that nobody has signed but itself, and what serves it."""

    file: Path
    context: ssl.SSLContext


def make_certificate(folder: Path) -> Certificate:
    """A new certificate, good for the clock of this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(built.public_bytes(Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return Certificate(file, context)


@contextmanager
def mail_server(mailbox: Mailbox, certificate: Certificate | None = None) -> Iterator[int]:
    """A mail server on loopback; its port."""
    context = certificate.context if certificate else None
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=find_free_port(), ssl_context=context
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@dataclass
class Desk:
    """What came in by POST: headers and body; `status` is what it answers."""

    status: int = 200
    location: str = ""
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_service(desk: Desk, certificate: Certificate | None = None) -> Iterator[int]:
    """A web service on loopback; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            desk.calls.append((self.path, headers, body))
            self.send_response(desk.status)
            if desk.location:
                self.send_header("Location", desk.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 (http.server calls it so)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        server.socket = certificate.context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Hole:
    """A port that takes connections and never says a word; the connections that it took."""

    port: int
    taken: list[socket.socket] = field(default_factory=list)


@contextmanager
def black_hole() -> Iterator[Hole]:
    """A hole that is open for the length of a block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hole = Hole(int(listener.getsockname()[1]))

        def take() -> None:
            with suppress(OSError):
                while True:
                    hole.taken.append(listener.accept()[0])

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield hole
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in hole.taken:
                connection.close()
