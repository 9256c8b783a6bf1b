"""Restoring a centre, stopped at every step: nothing is there, or all of it."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from portal.config import STORE_VARIABLE
from portal.operations.copying import make_copy
from portal.store.age import make_key_pair
from portal.store.copying import FILES
from portal.store.keys import create_keyring
from portal.store.rows import RowDB
from portal.store.schema import SCHEMA, SCHEMA_VERSION
from tests.app.portal.centre import Centre
from tests.app.portal.copies import SECRET, busy, run, shelf_of

KILOBYTE = 1024
STEPS = (
    ("portal.operations.restoring", "load_tables", 1),
    ("portal.operations.restoring", "fit_keys", 1),
    ("portal.operations.restoring", "move_in", 1),
    ("pathlib.Path", "rename", 2),
    ("os", "sync", 1),
)
"""What a restoration is about to call when it is killed, and the how manieth time."""

DYING = """
import os, pydoc, signal, sys
from portal.cli import main
from portal.operations import restoring
owner, name, times, *words = sys.argv[1:]
place, left = pydoc.locate(owner), [int(times)]
call = getattr(place, name)
def die(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return call(*given, **named)
setattr(place, name, die)
main(words)
"""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A new machine with the keys, and a copy of a busy centre to restore there."""

    root: Path
    instance: Path
    store_url: str
    copy: Path
    key: Path

    @property
    def words(self) -> tuple[str, ...]:
        """What the operator types."""
        return "restore", str(self.copy), "--key", str(self.key)

    def restore(self) -> Result:
        return run(self.root, self.instance, *self.words)

    def die_at(self, owner: str, name: str, times: int) -> None:
        folders = ("--root", str(self.root), "--instance", str(self.instance))
        ways = [owner, name, str(times), *folders, *self.words]
        killed = subprocess.run([sys.executable, "-c", DYING, *ways], capture_output=True)
        assert killed.returncode == -9, (name, times, killed.stderr)

    def is_whole(self) -> bool:
        return run(self.root, self.instance, "verify").exit_code == 0

    def require_nothing(self) -> None:
        """Nothing to go on with, and nothing to mistake for it."""
        assert not self.is_whole()
        assert sorted(path.name for path in self.instance.iterdir()) == [
            "keys.json",
            "serving.lock",
        ]
        if not self.store_url.startswith("sqlite"):
            db = RowDB(self.store_url, SCHEMA, version=SCHEMA_VERSION)
            assert not any(len(db.table(name)) for name in db.tables())
            db.close()

    def require_all(self, beside: AbstractSet[str] = frozenset()) -> None:
        assert self.is_whole()
        names = {"keys.json", "serving.lock", "files", "content-from-copy", "config.toml"}
        database = {"portal.db", "portal.db.lock"}
        assert {path.name for path in self.instance.iterdir()} - database == names | beside
        assert len([path for path in (self.instance / FILES).rglob("*") if path.is_file()]) == 2


@pytest.fixture
def recovery(
    small_centre: Centre,
    root: Path,
    store_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Recovery:
    """On each kind of database."""
    monkeypatch.setenv(STORE_VARIABLE, store_url)
    busy(small_centre)
    shelf = shelf_of(small_centre, tmp_path)
    shelf.config.write_text("[server]\nport = 8123\n", "utf-8")
    try:
        made = make_copy(small_centre.office, shelf, "test")
    finally:
        shelf.config.unlink()
    instance, key = tmp_path / "new", tmp_path / "centre.key"
    instance.mkdir(mode=0o700)
    shutil.copy(small_centre.instance.files.parent / "keys.json", instance / "keys.json")
    key.write_text(SECRET, "utf-8")
    return Recovery(root, instance, store_url, made.file, key)


def test_a_restoration_killed_at_any_step_leaves_no_centre_and_the_next_one_works(
    recovery: Recovery,
) -> None:
    for owner, name, times in STEPS:
        recovery.die_at(owner, name, times)
        assert not recovery.is_whole(), (name, times)
    recovery.die_at("shutil", "rmtree", 2)  # the first removes what the one before has left
    recovery.require_all(beside={"restoring"})
    again = recovery.restore()
    assert (again.exit_code, "已经有数据" in again.output) == (75, True)
    recovery.require_all()


@pytest.mark.parametrize("harm", ["copy", "other key", "other keys"])
def test_what_does_not_fit_leaves_nothing_and_says_what_to_do(
    recovery: Recovery, harm: str
) -> None:
    kept = {path: path.read_bytes() for path in (recovery.copy, recovery.key)}
    keys = recovery.instance / "keys.json"
    kept[keys] = keys.read_bytes()
    if harm == "copy":
        harmed = bytearray(kept[recovery.copy])
        harmed[len(harmed) // 2] ^= 1
        recovery.copy.write_bytes(harmed)
    elif harm == "other key":
        recovery.key.write_text(make_key_pair()[0], "utf-8")
    else:
        keys.unlink()
        create_keyring(keys)
    refused = recovery.restore()
    assert (refused.exit_code in {70, 74, 78}, refused.output.count("\n")) == (True, 1)
    assert "请换" in refused.output
    recovery.require_nothing()
    for path, body in kept.items():
        path.write_bytes(body)
    assert recovery.restore().exit_code == 0
    recovery.require_all()


@contextmanager
def disk_of(folder: Path, kilobytes: int) -> Iterator[None]:
    """A folder with this much room; only root can have that, for others no file is larger."""
    if os.geteuid() == 0:
        options = ["-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs"]
        subprocess.run(["/bin/mount", *options, str(folder)], check=True)
        try:
            yield
        finally:
            subprocess.run(["/bin/umount", str(folder)], check=True)
        return
    free = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * KILOBYTE // 8, free[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, free)


def test_a_disk_that_gets_full_at_any_step_leaves_nothing(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    if recovery.store_url.startswith("sqlite"):
        monkeypatch.setenv(STORE_VARIABLE, "sqlite:///portal.db")
    keys, told = (recovery.instance / "keys.json").read_bytes(), []
    for kilobytes in range(500, 8000, 250):
        with disk_of(recovery.instance, kilobytes):
            (recovery.instance / "keys.json").write_bytes(keys)
            (recovery.instance / "keys.json").chmod(0o600)
            done = recovery.restore()
            if done.exit_code == 0:
                recovery.require_all()
                break
            told.append(done.output)
            recovery.require_nothing()
    else:
        pytest.fail(told[-1])
    assert told
    assert all("满" in words and words.count("\n") == 1 for words in told), told
