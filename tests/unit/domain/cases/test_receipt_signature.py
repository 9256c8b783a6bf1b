"""The proof of a receipt: signed, written for the hand, packed for a QR code, read back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.receipt_numbers import new_receipt
from portal.domain.cases.receipt_signature import (
    Proof,
    ReceiptStatement,
    cut_secrets,
    message_of,
    pack_proof,
    read_proof,
    write_proof,
)
from portal.store.crypto import signing
from portal.store.crypto.keys import Keyring

KEY = bytes(range(32))
RING = Keyring(1, {1: b"1" * 32}, b"i" * 32, b"c" * 32, b"a" * 32, b"k" * 32, KEY)
SAID = ReceiptStatement(
    new_receipt("JZ", 2026, lambda _: 1), "困难帮扶申请", date(2026, 11, 4), "示范市总工会帮扶中心"
)
PROOF = Proof(SAID, signing.sign(RING, message_of(SAID)))
PUBLIC = signing.public_key(RING)


def is_genuine(proof: Proof) -> bool:
    return signing.is_signed(PUBLIC, message_of(proof.statement), proof.signature)


def as_text(proof: Proof, between: str = "\n", colon: str = "：") -> str:
    return between.join(f"{label}{colon}{text}" for label, text in write_proof(proof).items())


def test_the_signature_is_that_of_rfc_8032() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    keys = Keyring(1, RING.masters, RING.index, RING.code, RING.audit, RING.cookie, seed)
    assert signing.public_key(keys).hex() == (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )
    assert signing.sign(keys, b"").hex().startswith("e5564300c360ac729086e2cc806e828a")


@pytest.mark.parametrize(("between", "colon"), [("\n", "："), ("", ""), (" \u3000", ": "),
                                                ("\r\n", "")])  # fmt: skip
def test_the_text_is_read_however_it_was_copied(between: str, colon: str) -> None:
    assert read_proof(as_text(PROOF, between, colon)) == PROOF


def test_what_the_hand_gets_wrong_without_harm_is_forgiven() -> None:
    head, signs = as_text(PROOF).split("签名：")
    typed = head.replace("2026年11月4日", "2026-11-04") + "签名 " + signs.lower().replace("0", "o")
    assert read_proof(typed.replace("1", "１")) == PROOF
    assert read_proof(typed.replace(" ", "-")) == PROOF
    assert read_proof(typed.replace("登记编号", "受理编号")) == PROOF  # papers up to 0.2.0


@pytest.mark.parametrize(
    ("pasted", "left"),
    [("看 https://x.cn/status#JZ26-7K3M-9QF2:1234567890123456 这里", "看  这里"),
     ("https://x.cn/STATUS%23JZ267K3M9QF2%3A1234567890123456登记编号", "登记编号"),
     ("JZ26-7K3M-9QF2:1234567890123456", "JZ26-7K3M-9QF2:"), ("1234567890123456", ""),
     ("查询码：1234 5678 9012 3456\n事项", "查询码\n事项"), ("12345678901234567", None),
     (as_text(PROOF), None), (pack_proof(PROOF), None),
     (f"https://x.cn/verify/#{pack_proof(PROOF)}", None)],
)  # fmt: skip
def test_only_what_opens_a_case_is_cut_from_what_was_pasted(pasted: str, left: str | None) -> None:
    assert cut_secrets(pasted) == (pasted if left is None else left)


def test_the_packed_proof_is_read_alone_and_at_the_end_of_an_address() -> None:
    packed = pack_proof(PROOF)
    assert read_proof(packed) == PROOF
    assert read_proof(f"https://bangfu.example.org/verify/#{packed}") == PROOF
    assert len(packed) < 240  # a QR code that an old phone still reads


@pytest.mark.parametrize(
    "changed",
    [ReceiptStatement("JZ26-7K3M-9QF2", SAID.kind, SAID.filed_on, SAID.centre),
     ReceiptStatement(SAID.number, "法律咨询", SAID.filed_on, SAID.centre),
     ReceiptStatement(SAID.number, SAID.kind, date(2026, 11, 5), SAID.centre),
     ReceiptStatement(SAID.number, SAID.kind, SAID.filed_on, "别的帮扶中心")],
)  # fmt: skip
def test_whatever_is_changed_the_signature_does_not_fit(changed: ReceiptStatement) -> None:
    assert is_genuine(PROOF)
    assert not is_genuine(Proof(changed, PROOF.signature))
    other = Keyring(1, RING.masters, RING.index, RING.code, RING.audit, RING.cookie, b"o" * 32)
    assert not is_genuine(Proof(SAID, signing.sign(other, message_of(SAID))))


def test_spaces_in_the_name_of_the_centre_do_not_matter() -> None:
    spaced = ReceiptStatement(SAID.number, SAID.kind, SAID.filed_on, "示范市 总工会帮扶中心")
    assert message_of(spaced) == message_of(SAID)


@given(st.integers(0, 511), st.booleans())
def test_no_bit_of_the_signature_may_differ(place: int, packed: bool) -> None:
    number = int.from_bytes(PROOF.signature, "big") ^ (1 << place)
    proof = Proof(SAID, number.to_bytes(64, "big"))
    read = read_proof(pack_proof(proof) if packed else as_text(proof))
    assert read == proof
    assert not is_genuine(read)


@given(st.text(max_size=300))
def test_other_text_is_no_proof_and_breaks_nothing(text: str) -> None:
    assert read_proof(text) is None


@given(st.binary(min_size=75, max_size=400))
def test_other_bytes_are_no_proof_and_break_nothing(content: bytes) -> None:
    from base64 import urlsafe_b64encode

    assert read_proof(urlsafe_b64encode(content).decode().rstrip("=")) is None


def test_a_text_that_is_far_too_long_is_not_even_looked_at() -> None:
    assert read_proof(as_text(PROOF) + " " * 2000) is None


def test_a_wrong_number_or_day_is_no_proof() -> None:
    text = as_text(PROOF)
    assert read_proof(text.replace("11月4日", "13月4日")) is None
    assert read_proof(text.replace(SAID.number, "JZ26-7K3M-9QF3")) is None


def test_the_fingerprint_is_short_and_tells_keys_apart() -> None:
    shown = signing.fingerprint(PUBLIC)
    assert len(shown.split()) == 8
    assert shown != signing.fingerprint(KEY)
