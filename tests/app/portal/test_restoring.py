"""Restoring a centre, stopped at every step: nothing is there, or all of it."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from portal.operations.centre.backup import make_copy
from portal.settings.config import STORE_VARIABLE
from portal.store.centre.backup import CopyPart
from portal.store.centre.instance import Place
from portal.store.centre.restore import install_restored
from portal.store.crypto.age_format import make_key_pair
from portal.store.crypto.keys import create_keyring
from portal.store.engine.database import RowDB
from portal.store.engine.schema import SCHEMA, SCHEMA_VERSION
from tests.support.centre import Centre
from tests.support.copies import SECRET, busy, run, shelf_of
from tests.support.dying import run_until

KILOBYTE = 1024
STEPS = (
    ("portal.operations.centre.restore", "load_tables", 1),
    ("portal.operations.centre.restore", "fit_keys", 1),
    ("portal.operations.centre.restore", "install_restored", 1),
    ("os", "sync", 1),
    ("pathlib.Path", "rename", 1),
    ("pathlib.Path", "rename", 3),  # the first puts aside what the one before has left
    ("portal.store.centre.restore", "flush_folder", 1),
)
"""What a restoration is about to call when it is killed, and the how manieth time."""


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
        assert run_until(owner, name, times, *folders, *self.words) == -9, (name, times)

    def is_whole(self) -> bool:
        return run(self.root, self.instance, "verify").exit_code == 0

    def set_aside(self) -> dict[str, list[str]]:
        """What was put aside, by the name of the folder that it is in now."""
        folders = self.instance.glob("set-aside-*")
        return {one.name: sorted(path.name for path in one.iterdir()) for one in folders}

    def photographed(self) -> Path:
        """What a worker has sent since the centre was restored."""
        photo = self.instance / "files" / "ab" / ("ab" * 16)
        photo.parent.mkdir(exist_ok=True)
        photo.write_bytes(b"sent months later")
        return photo

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
        assert len(list((self.instance / CopyPart.FILES).glob("*/*"))) == 2


@pytest.fixture
def recovery(
    centre: Centre,
    root: Path,
    store_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Recovery:
    """On each kind of database."""
    monkeypatch.setenv(STORE_VARIABLE, store_url)
    busy(centre)
    shelf = shelf_of(centre, tmp_path)
    shelf.config.write_text("[server]\nport = 8123\n", "utf-8")
    try:
        made = make_copy(centre.office, shelf, "test")
    finally:
        shelf.config.unlink()
    instance, key = tmp_path / "new", tmp_path / "centre.key"
    instance.mkdir(mode=0o700)
    shutil.copy(centre.instance.files.parent / "keys.json", instance / "keys.json")
    key.write_text(SECRET, "utf-8")
    return Recovery(root, instance, store_url, made.file, key)


def test_a_restoration_killed_at_any_step_leaves_no_centre_and_the_next_one_works(
    recovery: Recovery,
) -> None:
    for owner, name, times in STEPS:
        recovery.die_at(owner, name, times)
        assert not recovery.is_whole(), (name, times)
    recovery.die_at("portal.store.centre.restore", "forget_restoration", 2)
    aside = recovery.set_aside()
    parts = ["config.toml", "content-from-copy", "files"]
    assert sorted(aside.values()) == [["config.toml"], parts, ["config.toml", "files"]]
    recovery.require_all(beside={"restoring", *aside})
    again = recovery.restore()
    assert (again.exit_code, "已经有数据" in again.output) == (75, True)
    recovery.require_all(beside=set(aside))


def test_whoever_restores_next_is_told_where_the_files_are_of_one_who_was_killed(
    recovery: Recovery,
) -> None:
    recovery.die_at("portal.store.centre.restore", "flush_folder", 1)
    photo = recovery.photographed()
    done = recovery.restore()
    ((name, _),) = recovery.set_aside().items()
    assert (done.exit_code, done.stderr.count("\n"), name in done.stderr) == (0, 1, True)
    kept = recovery.instance / name / photo.relative_to(recovery.instance)
    assert kept.read_bytes() == b"sent months later"


def test_files_of_a_centre_whose_database_is_elsewhere_stay_where_they_are(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery.die_at("portal.store.centre.restore", "forget_restoration", 2)
    photo = recovery.photographed()
    monkeypatch.setenv(STORE_VARIABLE, "sqlite:///unheard-of.db")
    refused = recovery.restore()
    assert (refused.exit_code, refused.output.count("\n")) == (75, 1)
    assert all(f"/{name}" in refused.output for name in ("files", "content-from-copy"))
    monkeypatch.setenv(STORE_VARIABLE, recovery.store_url)
    assert recovery.is_whole()
    assert photo.exists()


def test_a_server_that_starts_removes_what_a_killed_restoration_has_left(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery.die_at("portal.store.centre.restore", "forget_restoration", 2)
    monkeypatch.setattr("portal.server.serve.serve", lambda *_: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert run(recovery.root, recovery.instance, "serve").exit_code == 0
    recovery.require_all()
    assert not list(recovery.instance.rglob(".restored"))


def test_all_that_is_in_the_way_is_named_at_once(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, "sqlite:///portal.db")
    ways = [recovery.instance / name for name in
            ("files", "portal.db-journal", "portal.db-shm", "portal.db-wal")]  # fmt: skip
    ways[0].symlink_to(recovery.instance / "a disk that is not there")
    for way in ways[1:]:
        way.write_bytes(b"of the old database")
    refused = recovery.restore()
    assert (refused.exit_code, refused.output.count("\n")) == (75, 1)
    assert refused.output.startswith("、".join(str(way) for way in ways) + "：")
    for way in ways:
        way.unlink()
    assert recovery.restore().exit_code == 0
    recovery.require_all()


def test_a_log_that_appears_meanwhile_is_not_played_over_the_restored_database(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, "sqlite:///portal.db")
    log = recovery.instance / "portal.db-wal"

    def interfere(scratch: Path, place: Place) -> None:
        log.write_bytes(b"of the old database")
        install_restored(scratch, place)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("portal.operations.centre.restore.install_restored", interfere)
        refused = recovery.restore()
    assert (refused.exit_code, refused.output.startswith(f"{log}：")) == (75, True)
    log.unlink()
    recovery.require_nothing()


def test_somebody_who_does_not_own_the_folder_is_sent_for_its_owner(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as another:
        another.setattr(os, "geteuid", lambda: 4242)
        refused = recovery.restore()
    assert (refused.exit_code, "主人" in refused.output) == (75, True)
    assert [one.name for one in recovery.instance.iterdir()] == ["keys.json"]


def test_nobody_else_can_look_into_the_folders_of_a_restored_centre(recovery: Recovery) -> None:
    assert recovery.restore().exit_code == 0
    blobs = recovery.instance / "files"
    folders = [blobs, *(path for path in blobs.rglob("*") if path.is_dir())]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert (recovery.instance / "config.toml").stat().st_mode & 0o777 == 0o600


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
