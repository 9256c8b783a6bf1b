"""The two ways out for a message: mail to a gateway, or a signed request to a web service.

Nothing else in the program opens a connection to another machine, the database excepted. Each
transport knows one host, from config.toml; it follows no redirect and waits for a bounded time.
"""

import hmac
import json
import smtplib
import ssl
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

import urllib3

from portal.operations.notices.delivery import NotEver, NotNow, OutgoingNotice, Transport

TIMEOUT = 10.0
"""Seconds for each wait on the other side."""

_SHORTEST_KEY = 24
_WRONG_MESSAGE = frozenset({400, 413, 422})
_REFUSED_FOR_GOOD = range(550, 555)
NUMBER_PLACEHOLDER = "{mobile}"


@dataclass(frozen=True, slots=True)
class MailGateway:
    """A mail server; `to` is an address with {mobile} in it. `tls`: direct, starttls or off."""

    host: str
    port: int
    tls: str
    login: str
    password: str = field(repr=False)
    sender: str
    to: str


def mail_transport(gateway: MailGateway, clock: Callable[[], datetime]) -> Transport:
    """Make a transport by mail, one to each mobile; a gateway turns them into text messages."""

    def send(message: OutgoingNotice) -> None:
        try:
            server = _connect(gateway)
            try:
                server.send_message(_as_mail(gateway, message, clock()))
            finally:
                _hang_up(server)
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = {code for code, _ in refusal.recipients.values()}
            if codes <= {*_REFUSED_FOR_GOOD}:
                raise NotEver from refusal
            raise NotNow from refusal
        except (OSError, smtplib.SMTPException) as failure:
            raise NotNow from failure

    return send


def _connect(gateway: MailGateway) -> smtplib.SMTP:
    name = gateway.sender.rpartition("@")[2]
    server: smtplib.SMTP
    if gateway.tls == "direct":
        server = smtplib.SMTP_SSL(
            gateway.host, gateway.port, name, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(gateway.host, gateway.port, name, timeout=TIMEOUT)
    try:
        if gateway.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if gateway.login:
            server.login(gateway.login, gateway.password)
    except BaseException:
        server.close()
        raise
    return server


def _hang_up(server: smtplib.SMTP) -> None:
    # A good-bye that fails must not make us send the mail again.
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _as_mail(gateway: MailGateway, message: OutgoingNotice, now: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = gateway.sender
    mail["To"] = gateway.to.replace(NUMBER_PLACEHOLDER, message.mobile)
    mail["Subject"] = "通知"
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.message_id}@{gateway.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="base64")
    return mail


def read_signing_key(text: str) -> bytes:
    """Read the key of the web service: base64 of at least 24 bytes, with or without "whsec_".

    ValueError if it is anything else.
    """
    key = b64decode(text.removeprefix("whsec_"), validate=True)
    if len(key) < _SHORTEST_KEY:
        raise ValueError("the key is too short")
    return key


def web_transport(url: str, key: bytes, clock: Callable[[], datetime]) -> Transport:
    """Make a transport by JSON in a POST, signed as Standard Webhooks are (standardwebhooks.com).

    The pool knows the one host of the address; a redirect counts as a failure.
    """
    address = urllib3.util.parse_url(url)
    pool = urllib3.connection_from_url(
        url,
        timeout=urllib3.Timeout(connect=TIMEOUT, read=TIMEOUT),
        **({"ssl_context": ssl.create_default_context()} if address.scheme == "https" else {}),
    )

    def send(message: OutgoingNotice) -> None:
        content = {"id": message.message_id, "to": message.mobile, "text": message.text}
        body = json.dumps(content, ensure_ascii=False).encode()
        try:
            answer = pool.urlopen(
                "POST",
                address.request_uri,
                body,
                _signed(message.message_id, int(clock().timestamp()), body, key),
                retries=False,
                redirect=False,
                preload_content=False,
            )
        except (OSError, urllib3.exceptions.HTTPError) as failure:
            raise NotNow from failure
        answer.close()  # what it says is of no use to us, and may be long
        if answer.status in _WRONG_MESSAGE:
            raise NotEver(f"HTTP {answer.status}")
        if not 200 <= answer.status < 300:
            raise NotNow(f"HTTP {answer.status}")

    return send


def _signed(message_id: str, moment: int, body: bytes, key: bytes) -> dict[str, str]:
    signed = f"{message_id}.{moment}.".encode() + body
    signature = b64encode(hmac.digest(key, signed, "sha256")).decode("ascii")
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "bangfu",
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{signature}",
    }
