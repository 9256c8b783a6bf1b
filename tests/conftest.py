"""What all tests share: a throw-away PostgreSQL server, and a fresh database on each kind.

What they write goes to memory where there is enough of it: to wait for a disk proves nothing.
"""

import gc
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from tests.support import patience
from tests.support.searching import examples

MISSING = "PostgreSQL is not installed here: run `make test`, which installs what the tests need"
SETTINGS = {
    "listen_addresses": "",  # a socket in our own folder, no network
    "fsync": "off",  # no test pulls the plug; that the store asks for it, the durability tests see
    "full_page_writes": "off",
    "deadlock_timeout": "50ms",
    "max_connections": "100",
    "shared_buffers": "16MB",
}
AN_HOUR = 3600
SCHEMA_NUMBERS = count(1)
MEMORY, ENOUGH = Path("/dev/shm"), 2**30  # bytes; a whole run takes a quarter

settings.register_profile("frozen or searching", examples())
settings.load_profile("frozen or searching")


def find_memory() -> Path | None:
    """The folder that lies in memory, if there is one with enough room."""
    if not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH else None


def pytest_configure(config: pytest.Config) -> None:
    """Let folders of tests lie in memory; one limit of time for all tests."""
    if folder := find_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))
    config.option.timeout = config.option.timeout or patience.WHOLE


def pytest_collection_finish() -> None:
    """Keep what is loaded by now out of every later search for garbage: a tenth of all work."""
    gc.collect()
    gc.freeze()


def find_server_programs() -> Path:
    """The folder of initdb and postgres: on the PATH, or where Debian keeps them."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    pytest.fail(MISSING, pytrace=False)


def server_account() -> pwd.struct_passwd:
    """Whom the server runs as: us, or for root, which it refuses, an account without rights."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    names = {account.pw_name: account for account in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a server that lives as long as this test process."""
    programs, account = find_server_programs(), server_account()
    place = find_memory() or Path("/tmp")
    remove_left_servers(place)
    folder = Path(tempfile.mkdtemp(prefix="bangfu-pg-", dir=place))
    os.chown(folder, account.pw_uid, account.pw_gid)
    data = ["-D", str(folder / "data")]
    initial = ["-U", "bangfu", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    try:
        assert start([programs / "initdb", *data, *initial], folder, account).wait() == 0
        server = start([programs / "postgres", *data, "-k", folder, *settings], folder, account)
        try:
            url = f"postgresql+psycopg://bangfu@/postgres?host={folder}"
            wait_until_ready(url, server, folder / "log")
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # a fast, orderly stop
            server.wait()
    finally:
        shutil.rmtree(folder)


def remove_left_servers(place: Path) -> None:
    """Stop the servers of runs that were killed, and remove what they wrote: it holds memory."""
    for note in place.glob("bangfu-pg-*/data/postmaster.pid"):
        with suppress(OSError, ValueError, IndexError):  # another run may be at it
            number = int(note.read_text().split()[0])
            process = Path("/proc") / str(number)
            ours = str(note.parent) in (process / "cmdline").read_text()
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if ours and parent == "1":
                os.kill(number, signal.SIGINT)
    for folder in place.glob("bangfu-pg-*"):
        is_old = time.time() - folder.stat().st_mtime > AN_HOUR
        if is_old and not (folder / "data" / "postmaster.pid").exists():
            shutil.rmtree(folder, ignore_errors=True)


def start(
    command: list[str | Path], folder: Path, account: pwd.struct_passwd
) -> subprocess.Popen[bytes]:
    """Start a program as another account if we are root, which alone can do that."""
    root = os.geteuid() == 0
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            user=account.pw_uid if root else None,
            group=account.pw_gid if root else None,
            extra_groups=[] if root else None,
        )


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server takes connections; fail with its log if it ends or hangs."""
    end = time.monotonic() + patience.STEP
    while time.monotonic() < end:
        try:
            psycopg.connect(url.replace("+psycopg", "")).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}", pytrace=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of one kind; a test that uses it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/portal.db"
    server: str = request.getfixturevalue("postgresql_url")
    schema = f"test_{next(SCHEMA_NUMBERS)}"
    with psycopg.connect(server.replace("+psycopg", "")) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    return f"{server}&options=-csearch_path%3D{schema}"
