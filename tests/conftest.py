"""What all tests share: a throw-away PostgreSQL server, and a fresh database on each kind."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

MISSING = "PostgreSQL is not installed here: run `make test`, which installs what the tests need"
SETTINGS = {
    "listen_addresses": "",  # a socket in our own folder, no network
    "fsync": "on",
    "deadlock_timeout": "50ms",
    "max_connections": "100",
    "shared_buffers": "16MB",
}
SCHEMA_NUMBERS = count(1)


def find_server_programs() -> Path:
    """The folder of initdb and pg_ctl: on the PATH, or where Debian keeps them."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
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
    folder = Path(tempfile.mkdtemp(prefix="bangfu-pg-", dir="/tmp"))
    os.chown(folder, account.pw_uid, account.pw_gid)
    as_account = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        if os.geteuid() == 0
        else {}
    )

    def run(program: str, *arguments: str) -> None:
        with (folder / f"{program}.out").open("ab") as out:
            subprocess.run(
                [str(programs / program), "-D", str(folder / "data"), *arguments],
                check=True,
                cwd=folder,
                stdout=out,
                stderr=out,
                **as_account,  # type: ignore[call-overload]
            )

    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    try:
        run("initdb", "-U", "bangfu", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"{options} -k {folder}", "start")
        try:
            yield f"postgresql+psycopg://bangfu@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-w", "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder)


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
