"""Sealing: what was altered or moved does not open."""

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.store.crypto.keys import Keyring
from portal.store.crypto.sealing import (
    Seal,
    blind_index,
    code_matches,
    code_seed,
    hmac_of_code,
    lone_seal,
    new_seal,
    open_seal,
)
from portal.store.errors import Damaged

RING = Keyring(2, {1: b"1" * 32, 2: b"2" * 32}, b"i" * 32, b"c" * 32, b"a" * 32, b"k" * 32)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def flipped(sealed: str, place: int) -> str:
    """The same with one bit of one byte turned."""
    blob = bytearray(b64decode(sealed))
    blob[place] ^= 1
    return b64encode(bytes(blob)).decode()


@given(VALUES)
def test_any_answer_comes_back_as_it_was(value: object) -> None:
    seal, wrapped = new_seal(RING, "cases|JZ26")
    assert open_seal(RING, "cases|JZ26", wrapped).open("name", seal.close("name", value)) == value


def test_every_turned_byte_of_a_value_is_found() -> None:
    seal, _ = new_seal(RING, "cases|JZ26")
    sealed = seal.close("name", "陈示范")
    for place in range(len(b64decode(sealed))):
        with pytest.raises(Damaged, match=r"cases\|JZ26 的「name」"):
            seal.open("name", flipped(sealed, place))


def test_every_turned_byte_of_a_data_key_is_found() -> None:
    _, wrapped = new_seal(RING, "cases|JZ26")
    for place in range(len(b64decode(wrapped))):
        with pytest.raises(Damaged):
            open_seal(RING, "cases|JZ26", flipped(wrapped, place))


@pytest.mark.parametrize("cut", [0, 1, 5, 6, 10, 18, 20])
def test_a_cut_value_is_found(cut: int) -> None:
    seal, wrapped = new_seal(RING, "cases|JZ26")
    short = b64encode(b64decode(seal.close("name", "陈"))[:cut]).decode()
    with pytest.raises(Damaged):
        seal.open("name", short)
    with pytest.raises(Damaged):
        open_seal(RING, "cases|JZ26", b64encode(b64decode(wrapped)[:cut]).decode())


def test_what_is_no_sealed_value_at_all_is_found() -> None:
    seal, _ = new_seal(RING, "cases|JZ26")
    for rubbish in ("", "陈示范", "====", "AAAA"):
        with pytest.raises(Damaged):
            seal.open("name", rubbish)
        with pytest.raises(Damaged):
            open_seal(RING, "cases|JZ26", rubbish)


def test_a_value_does_not_open_in_another_field_or_case() -> None:
    seal, wrapped = new_seal(RING, "cases|JZ26")
    sealed = seal.close("mobile", "19900000002")
    with pytest.raises(Damaged):
        seal.open("helper_mobile", sealed)
    other, _ = new_seal(RING, "cases|JZ27")
    with pytest.raises(Damaged):
        other.open("mobile", sealed)
    with pytest.raises(Damaged):
        open_seal(RING, "cases|JZ27", wrapped)


def test_a_file_opens_only_under_its_own_name_and_unaltered() -> None:
    seal = lone_seal("files|a")
    sealed = seal.close_bytes("content", b"\xff\xd8 photo")
    assert seal.open_bytes("content", sealed) == b"\xff\xd8 photo"
    altered = [sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
               for place in range(len(sealed))]  # fmt: skip
    for wrong in (b"", sealed[:-1], sealed + b"x", *altered):
        with pytest.raises(Damaged):
            seal.open_bytes("content", wrong)
    for other in (Seal(seal.key, "files|b"), lone_seal("files|a")):
        with pytest.raises(Damaged):
            other.open_bytes("content", sealed)
    with pytest.raises(Damaged):
        seal.open_bytes("original", sealed)


def test_an_older_master_key_still_opens_and_a_foreign_one_does_not() -> None:
    older = Keyring(1, RING.masters, RING.index, RING.code, RING.audit, RING.cookie)
    seal, wrapped = new_seal(older, "cases|JZ26")
    assert open_seal(RING, "cases|JZ26", wrapped).key == seal.key
    foreign = Keyring(1, {1: b"x" * 32}, RING.index, RING.code, RING.audit, RING.cookie)
    with pytest.raises(Damaged):
        open_seal(foreign, "cases|JZ26", wrapped)


def test_the_same_value_never_looks_the_same_twice() -> None:
    seal, _ = new_seal(RING, "cases|JZ26")
    assert len({seal.close("name", "陈") for _ in range(50)}) == 50


def test_neither_keys_nor_seals_show_themselves_when_printed() -> None:
    seal, _ = new_seal(RING, "cases|JZ26")
    shown = repr(RING) + repr(seal)
    assert "key=" not in shown
    assert "1111" not in shown
    assert "masters" not in shown


def test_a_fingerprint_depends_on_name_and_value_and_joins_neither() -> None:
    found = {blind_index(RING, name, value) for name in ("a", "ab") for value in ("bc", "c")}
    assert len(found) == 4
    assert all("c" * 3 not in index or len(index) == 64 for index in found)


def test_a_code_fits_its_own_receipt_only() -> None:
    mark = hmac_of_code(RING, "JZ26-AAAA-AAAA", "1234567890123450")
    assert code_matches(RING, "JZ26-AAAA-AAAA", "1234567890123450", mark)
    assert not code_matches(RING, "JZ26-CCCC-CCCC", "1234567890123450", mark)
    assert not code_matches(RING, "JZ26-AAAA-AAAA", "0234567890123451", mark)
    assert not code_matches(RING, "JZ26-AAAA-AAAA", "1234567890123450", None)
    assert code_seed(RING, "JZ26-AAAA-AAAA", "t") != code_seed(RING, "JZ26-CCCC-CCCC", "t")
