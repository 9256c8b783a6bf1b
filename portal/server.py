"""The server: both apps in one process behind waitress, tuned for many slow phones."""

import logging
import secrets
import socket
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from errno import EADDRINUSE
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from waitress.server import create_server
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.config import Config, limits_of, read_centre, read_rules, town_choices
from portal.operations.office import Office
from portal.operations.tidying import tidy
from portal.public.app import create_public_app
from portal.staff.app import create_staff_app
from portal.store.instance import Instance
from portal.store.keys import Keyring

_LARGEST_BODY = 1024 * 1024
_DAY = timedelta(days=1)
_log = logging.getLogger("portal")
WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class PortTaken(Exception):  # noqa: N818 (another program's port is no fault of ours)
    """The port is in use; the message says what to do."""


def now_utc() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def open_office(
    instance: Instance, content: Path, config: Config, clock: Callable[[], datetime] = now_utc
) -> Office:
    """Everything that operations work with, from an open instance and the content folder."""
    centre = read_centre(content)
    return Office(
        instance.db,
        instance.ring,
        read_rules(content),
        {"town": town_choices(centre)},
        clock,
        lambda: secrets.token_urlsafe(32),
        secrets.randbelow,
        limits_of(config),
    )


def make_app(office: Office, root: Path, config: Config) -> WSGIApp:
    """Both apps as one: the workbench under /staff, everything else is the public's."""
    centre = read_centre(root / "content")
    hosts = _hosts(config)
    key = office.ring.cookie
    public = create_public_app(office, centre, root / "build" / "site", hosts, key)
    staff = create_staff_app(office, centre, hosts, _staff_key(office.ring))
    app: Any = DispatcherMiddleware(public, {"/staff": staff})
    hops = config.server.proxy_hops
    return ProxyFix(app, x_for=hops, x_proto=hops, x_host=hops) if hops else app


def _staff_key(ring: Keyring) -> bytes:
    # Cookies of one app are worth nothing in the other.
    return ring.cookie + b"staff"


def _hosts(config: Config) -> frozenset[str]:
    named = urlsplit(config.server.public_url).hostname or "localhost"
    return frozenset({named, config.server.host, "localhost", "127.0.0.1"})


def serve(office: Office, root: Path, config: Config, ready: Callable[[], None]) -> None:
    """Serve until stopped. PortTaken if the port is in use."""
    server_config = config.server
    listener = _listen(server_config.host, server_config.port)
    app = make_app(office, root, config)
    server = create_server(
        app,
        sockets=[listener],
        threads=server_config.threads,
        connection_limit=1000,
        channel_timeout=20,
        asyncore_use_poll=True,
        max_request_body_size=_LARGEST_BODY,
        ident="bangfu",
    )
    stop = Event()
    Thread(target=_tidy_daily, args=(office, stop), daemon=True).start()
    try:
        ready()
        server.run()
    finally:
        stop.set()
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        if error.errno == EADDRINUSE:
            problem, remedy = "已经被别的程序占用", "停掉那个程序，或者"
        else:
            problem, remedy = f"打不开（{error.strerror}）", ""
        raise PortTaken(
            f"config.toml：{host} 的端口 {port} {problem}。"
            f"请{remedy}在 [server] 里换一个 port 或 host。"
        ) from None
    listener.listen(1024)
    return listener


def _tidy_daily(office: Office, stop: Event) -> None:
    while True:
        try:
            tidy(office)
        except Exception as error:
            _log.error("tidying failed: %s", type(error).__name__)
        if stop.wait(_DAY.total_seconds()):
            return
