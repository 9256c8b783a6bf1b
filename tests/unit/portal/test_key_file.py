"""The key file: anything wrong with it is one line, and nothing is made anew."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.store.errors import KeyProblem
from portal.store.instance import Place, is_created, open_instance
from portal.store.keys import create_keyring, load_keyring


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An instance that has its keys but no database yet."""
    create_keyring(tmp_path / "keys.json")
    return Place(tmp_path, f"sqlite:///{tmp_path}/portal.db", tmp_path / "keys.json")


def rewrite(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def cut(path: Path) -> None:
    path.write_text(path.read_text()[:-20])


def let_others_read(path: Path) -> None:
    path.chmod(0o640)


def twice_the_same(path: Path) -> None:
    rewrite(path, lambda keys: keys.update(cookie=keys["audit"]))


def too_short(path: Path) -> None:
    rewrite(path, lambda keys: keys.update(audit="QUJD"))


def without_one(path: Path) -> None:
    rewrite(path, lambda keys: keys.pop("code"))


def active_unknown(path: Path) -> None:
    rewrite(path, lambda keys: keys.update(active=2))


def no_masters(path: Path) -> None:
    rewrite(path, lambda keys: keys.update(masters=["a"]))


def a_list(path: Path) -> None:
    path.write_text("[]")


def other_writing(path: Path) -> None:
    path.write_bytes("密钥".encode("gbk"))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WRONG = [Path.unlink, cut, let_others_read, twice_the_same, too_short, without_one,
         active_unknown, no_masters, a_list, other_writing, a_folder]  # fmt: skip


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__)
def test_a_wrong_key_file_is_one_line_and_nothing_is_created(
    place: Place, spoil: Callable[[Path], None]
) -> None:
    spoil(place.key_file)
    before = sorted(place.folder.iterdir())
    with pytest.raises(KeyProblem) as problem:
        open_instance(place)
    assert str(place.key_file) in str(problem.value)
    assert "\n" not in str(problem.value)
    assert sorted(place.folder.iterdir()) == before


def test_keys_are_random_different_and_for_the_owner_only(tmp_path: Path) -> None:
    one, other = create_keyring(tmp_path / "a"), create_keyring(tmp_path / "b")
    assert one != other
    singles = {one.index, one.code, one.audit, one.cookie, *one.masters.values()}
    assert len(singles) == 5
    assert all(len(key) == 32 for key in singles)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert load_keyring(tmp_path / "a") == one


def test_keys_are_never_written_over(tmp_path: Path) -> None:
    create_keyring(tmp_path / "keys.json")
    before = (tmp_path / "keys.json").read_bytes()
    with pytest.raises(FileExistsError):
        create_keyring(tmp_path / "keys.json")
    assert (tmp_path / "keys.json").read_bytes() == before


def test_a_folder_with_keys_only_counts_as_created(place: Place) -> None:
    assert is_created(place)
