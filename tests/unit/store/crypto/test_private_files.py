"""Files that only their owner may read: whole or not there, and an old one stands until then."""

import os
from pathlib import Path

import pytest

from portal.store.crypto.private_files import PART, create_private, flush_folder, write_private


def write(path: Path, data: bytes) -> None:
    with write_private(path) as file:
        file.write(data)


def fail_half_way(path: Path, stopped: BaseException) -> None:
    with write_private(path) as file:
        file.write(b"half")
        raise stopped


def test_a_private_file_is_whole_for_its_owner_only_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with write_private(path) as file:
        file.write(b"first, ")
        assert not path.exists()
        assert [one.stat().st_mode & 0o777 for one in tmp_path.iterdir()] == [0o600]
        file.write(b"second")
    assert path.read_bytes() == b"first, second"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_old_file_is_replaced_and_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"a longer text than the new one")
    path.chmod(0o644)
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("stopped", [OSError(28, "No space left"), KeyboardInterrupt()], ids=repr)
def test_who_fails_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, stopped: BaseException
) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"old")
    with pytest.raises(type(stopped)):
        fail_half_way(path, stopped)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_end_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(OSError, match="No space left on device"):
        write(tmp_path / "kept", b"new")
    assert list(tmp_path.iterdir()) == []


def test_of_two_who_write_at_once_the_later_one_stands_and_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with write_private(path) as slow:
        slow.write(b"begun first, ")
        with write_private(path) as quick:
            quick.write(b"a short one")
        assert path.read_bytes() == b"a short one"
        slow.write(b"done last")
    assert path.read_bytes() == b"begun first, done last"
    assert list(tmp_path.iterdir()) == [path]


def test_what_somebody_left_who_was_stopped_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / f"kept.12345678{PART}").write_bytes(b"half of an older one")
    write(tmp_path / "kept", b"new")
    assert (tmp_path / "kept").read_bytes() == b"new"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is put on the disk or gets its name, in this order."""
    noted: list[str] = []
    sync, replace = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        noted.append(Path(f"/proc/self/fd/{handle}").resolve().name)
        sync(handle)

    def note_replace(old: Path, new: Path) -> None:
        noted.append("named")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    return noted


def test_bytes_are_on_the_disk_before_the_name_and_the_name_after_them(
    tmp_path: Path, done: list[str]
) -> None:
    write(tmp_path / "kept", b"new")
    draft, *rest = done
    assert draft.startswith("kept.")
    assert draft.endswith(PART)
    assert rest == ["named", tmp_path.name]


def test_the_name_of_a_new_private_file_is_on_the_disk_too(tmp_path: Path, done: list[str]) -> None:
    with create_private(tmp_path / "key") as file:
        file.write(b"secret")
    assert done == ["key", tmp_path.name]


def test_a_new_private_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    with create_private(path) as file:
        file.write(b"old")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError), create_private(path):
        pass
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_gone_is_an_error_of_the_system(tmp_path: Path) -> None:
    for act in (flush_folder, lambda folder: write(folder / "kept", b"new")):
        with pytest.raises(FileNotFoundError):
            act(tmp_path / "gone")
