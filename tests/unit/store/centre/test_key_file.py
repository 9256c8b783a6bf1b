"""The key file: anything wrong with it is one line, and nothing is made anew."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.store.centre.instance import Place, create_instance, is_created, open_instance
from portal.store.crypto.keys import add_receipt_key, create_keyring, load_keyring
from portal.store.engine.database import Document
from portal.store.errors import KeyProblem


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
    singles = {one.index, one.code, one.audit, one.cookie, one.receipt, *one.masters.values()}
    assert len(singles) == 6
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


def without_receipt_key(path: Path) -> None:
    rewrite(path, lambda keys: keys.pop("receipt"))


def another_receipt_key(path: Path) -> None:
    rewrite(path, lambda keys: keys.update(receipt="QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="))


NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def created(tmp_path: Path) -> Place:
    """An instance as it is today."""
    place = Place(tmp_path, f"sqlite:///{tmp_path}/portal.db", tmp_path / "keys.json")
    create_instance(place, NOW).db.close()
    return place


@pytest.mark.parametrize("spoil", [without_receipt_key, another_receipt_key])
def test_the_key_for_receipts_is_not_made_anew_where_there_was_one(
    created: Place, spoil: Callable[[Path], None]
) -> None:
    spoil(created.key_file)
    before = created.key_file.read_bytes()
    with pytest.raises(KeyProblem, match="给回执签名的密钥"):
        open_instance(created)
    assert created.key_file.read_bytes() == before


def make_older(place: Place) -> None:
    """Leave the instance as it was before receipts were signed."""
    instance = open_instance(place)
    document = dict(instance.db.table("canary").get(doc_id=1) or {})
    document.pop("receipt_signer")
    instance.db.table("canary").truncate()
    instance.db.table("canary").insert(Document(document, 1))
    instance.db.close()
    without_receipt_key(place.key_file)


def test_an_older_instance_gets_the_key_for_receipts_and_keeps_all_others(
    created: Place, caplog: pytest.LogCaptureFixture
) -> None:
    make_older(created)
    older = load_keyring(created.key_file)
    assert older.receipt == b""
    for _ in range(2):
        instance = open_instance(created)
        instance.db.close()
    assert len(instance.keys.receipt) == 32
    assert load_keyring(created.key_file) == instance.keys
    assert replace(instance.keys, receipt=b"") == older
    assert created.key_file.stat().st_mode & 0o777 == 0o600
    assert list(created.folder.glob("*.part")) == []
    assert [record.getMessage().count("重新备份") for record in caplog.records] == [1]


def test_stopped_before_the_database_knew_the_key_the_next_start_goes_on(created: Place) -> None:
    make_older(created)
    added = add_receipt_key(created.key_file)
    created.key_file.with_name("keys.json.part").write_text("left over")
    instance = open_instance(created)
    instance.db.close()
    assert instance.keys == added


def test_a_key_file_that_cannot_be_replaced_is_one_line_and_stays(
    created: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_older(created)
    before = created.key_file.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("portal.store.crypto.private_files.os.replace", refuse)
    with pytest.raises(KeyProblem, match="写不进去") as problem:
        open_instance(created)
    assert "\n" not in str(problem.value)
    assert created.key_file.read_bytes() == before
