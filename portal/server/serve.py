"""The server: both apps in one process behind waitress, tuned for many slow phones."""

import logging
import os
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from errno import EADDRINUSE
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from waitress.server import create_server
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.newsroom.content_folder import Newsroom
from portal.operations.centre.backup import BackupStore
from portal.operations.notices.delivery import NoticeSender, Transport
from portal.operations.notices.transports import (
    MailGateway,
    mail_transport,
    read_signing_key,
    web_transport,
)
from portal.operations.office import Office, RuleShelf
from portal.public.app import create_public_app
from portal.publishing.content_files import SiteBuilder, forget_candidates
from portal.publishing.public_data import publish_everything
from portal.server.background import list_chores, start_chores
from portal.server.refusals import answer_refusals
from portal.settings.config import (
    Config,
    ConfigProblem,
    backlog_of,
    limits_of,
    read_centre,
    read_rules,
    read_secret,
    town_choices,
)
from portal.staff.app import create_staff_app
from portal.store.crypto.keys import Keyring
from portal.store.store import Store
from site_src.build import build_site
from site_src.memory import Memory

_LARGEST_BODY = 48 * 1024 * 1024  # more than any route takes, so that the page can say so
_log = logging.getLogger("portal")
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class PortTaken(Exception):  # noqa: N818 (another program's port is no fault of ours)
    """The port is in use; the message says what to do."""


def now_utc() -> datetime:
    """Read the clock of the machine."""
    return datetime.now(UTC)


def open_office(
    store: Store, content: Path, config: Config, clock: Callable[[], datetime] = now_utc
) -> Office:
    """Gather everything that operations work with, from an open instance and the content folder."""
    centre = read_centre(content)
    return Office(
        store=store,
        shelf=RuleShelf(read_rules(content)),
        choices={"town": town_choices(centre)},
        clock=clock,
        new_token=lambda: secrets.token_urlsafe(32),
        randbelow=secrets.randbelow,
        limits=limits_of(config),
        backlog=backlog_of(config),
        public_url=config.server.public_url.rstrip("/"),
        leave_to=config.server.leave_to,
        sends_notices=config.notices.sender != "none",
        asks_for_work=config.server.proof_of_work != "never",
    )


def open_newsroom(office: Office, root: Path, config: Config) -> Newsroom:
    """Open the newsroom of this server; its builder counts the figures, then builds the site."""
    content, folder, memory = root / "content", root / "build" / "public-data", Memory()

    def rebuild() -> None:
        centre, rules = read_centre(content), read_rules(content)  # as they are now
        publish_everything(office.store, office.now(), centre, folder, rules)
        build_site(root, _log.debug, config.server.public_url, memory=memory)

    return Newsroom(office, SiteBuilder(root, rebuild))


def make_app(room: Newsroom, root: Path, config: Config) -> App:
    """Join both apps: the workbench under /staff, everything else is the public's."""
    office, centre = room.office, read_centre(root / "content")
    hosts = _hosts(config)
    key = office.store.keys.cookie
    public = create_public_app(office, centre, root / "build" / "site", hosts, key)
    staff = create_staff_app(room, centre, hosts, _staff_key(office.store.keys))
    app: Any = DispatcherMiddleware(public, {"/staff": staff})
    hops = config.server.proxy_hops
    return ProxyFix(app, x_for=hops, x_proto=hops, x_host=hops) if hops else app


def _staff_key(keys: Keyring) -> bytes:
    # Cookies of one app are worth nothing in the other.
    return keys.cookie + b"staff"


def _hosts(config: Config) -> frozenset[str]:
    named = urlsplit(config.server.public_url).hostname or "localhost"
    return frozenset({named, config.server.host, "localhost", "127.0.0.1"})


def open_notice_sender(folder: Path, root: Path, config: Config) -> NoticeSender | None:
    """Open the way out for notices of the instance in this folder; None if staff ring up instead.

    ConfigProblem if its secret cannot be used, or the people of the centre are invented.
    """
    if config.notices.sender == "none":
        return None
    centre = read_centre(root / "content")
    if centre.demonstration:
        raise ConfigProblem(
            f"{folder / 'config.toml'}：「notices.sender」演示中心的手机号是编的，"
            "真发出去会打扰别人。请写 none，或者先把中心改成正式的。"
        )
    return NoticeSender(_open_transport(folder, config), centre.short_name, centre.hotline)


def open_backup_store(folder: Path, root: Path, config: Config) -> BackupStore | None:
    """Say where copies of the instance in this folder go; None if the operator names no place."""
    if not config.backup.folder:
        return None
    return BackupStore(
        (folder / config.backup.folder).resolve(),
        tuple(config.backup.public_keys),
        root / "content",
        folder / "config.toml",
    )


def _open_transport(folder: Path, config: Config) -> Transport:
    notices, secret = config.notices, read_secret(folder, config)
    if notices.sender == "webhook":
        try:
            return web_transport(notices.webhook_url, read_signing_key(secret), now_utc)
        except ValueError:
            raise ConfigProblem(
                f"{folder / notices.secret_file}：签名密钥不对。"
                "请用 openssl rand -base64 32 做一个。"
            ) from None
    gateway = MailGateway(
        notices.smtp_host,
        notices.smtp_port,
        notices.smtp_tls,
        notices.smtp_login,
        secret,
        notices.smtp_from,
        notices.smtp_to,
    )
    return mail_transport(gateway, now_utc)


def serve(
    office: Office,
    root: Path,
    config: Config,
    notice_sender: NoticeSender | None,
    ready: Callable[[], None],
) -> None:
    """Serve until stopped. PortTaken if the port is in use."""
    server_config = config.server
    listener = _listen(server_config.host, server_config.port)
    room = open_newsroom(office, root, config)
    forget_candidates(room.builder)
    app = make_app(room, root, config)
    _place_uploads_beside_data(office.store.files.parent / "tmp")
    server: Any = create_server(
        app,
        sockets=[listener],
        threads=server_config.threads,
        connection_limit=1000,
        channel_timeout=20,
        asyncore_use_poll=True,
        max_request_body_size=_LARGEST_BODY,
        # Else it drops what the proxy in front says, and ProxyFix takes all visitors for one.
        clear_untrusted_proxy_headers=not server_config.proxy_hops,
        ident="bangfu",
    )
    server.channel_class = answer_refusals(read_centre(root / "content"))
    stop, backups = Event(), open_backup_store(office.store.files.parent, root, config)
    start_chores(list_chores(room, backups, notice_sender), stop)
    try:
        ready()
        server.run()
    finally:
        stop.set()
        server.close()


def _place_uploads_beside_data(folder: Path) -> None:
    """Let what is being sent in wait in a folder that only we read, unless TMPDIR names another."""
    if "TMPDIR" not in os.environ:
        folder.mkdir(mode=0o700, exist_ok=True)
        tempfile.tempdir = str(folder)


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
