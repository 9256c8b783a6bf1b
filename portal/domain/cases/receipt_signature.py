"""What a receipt proves to others: the words that are signed, and how they travel.

As text for the eye and the hand, or packed into the fragment of an address for a QR code.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.cases.receipt_numbers import parse_receipt
from portal.domain.shared.dates import format_date
from portal.domain.shared.text_cleaning import clean_text, fold_digits, fold_width

SIGNATURE_BYTES: Final = 64
LONGEST_PROOF: Final = 2000
_PURPOSE: Final = "bangfu receipt 1"
# Crockford's base32: no I, L, O, U, so that it can be typed from paper in any case.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SIGNS_NEEDED: Final = -(-SIGNATURE_BYTES * 8 // 5)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{100,1000}")
_BLOCK: Final = re.compile(
    r"(?:登记|受理)编号[：:]?(.{12,40}?)事项[：:]?(.{1,40}?)收到日期[：:]?(.{8,20}?)"
    r"收件单位[：:]?(.{1,100})签名[：:]?(.{100,200})"
)
# An address that opens a case, and its secret code wherever it stands alone or after its name.
# The same is done by the script of /verify/ before anything is sent.
_SECRET: Final = re.compile(
    r"[!-~]*/status(?:#|%23)[!-~]*|(?<![A-Za-z0-9_-])[0-9]{16}(?![A-Za-z0-9_-])"
    r"|(?<=查询码)[：:\s]*[0-9]{4}(?:\s?[0-9]{4}){3}",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"([0-9]{4})[^0-9]{1,2}([0-9]{1,2})[^0-9]{1,2}([0-9]{1,2})(?:日)?")


@dataclass(frozen=True, slots=True)
class ReceiptStatement:
    """What the centre says of a receipt: its number, kind of case, day of filing, and who says so.

    It names no person, and nothing that is not on the receipt.
    """

    number: str
    kind: str
    filed_on: date
    centre: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement with the signature of the centre; not yet checked."""

    statement: ReceiptStatement
    signature: bytes


def _fields(statement: ReceiptStatement) -> str:
    # Spaces are lost when a text is copied by hand, so they are no part of what is signed.
    kind, centre = ("".join(text.split()) for text in (statement.kind, statement.centre))
    return "\n".join((statement.number, kind, statement.filed_on.isoformat(), centre))


def message_of(statement: ReceiptStatement) -> bytes:
    """Return the bytes to sign; the first line keeps the key from being used for anything else."""
    return f"{_PURPOSE}\n{_fields(statement)}".encode()


def write_proof(proof: Proof) -> Mapping[str, str]:
    """Return the lines of the text on paper, by label; the signature in groups of four signs."""
    number = int.from_bytes(proof.signature, "big") << (_SIGNS_NEEDED * 5 - SIGNATURE_BYTES * 8)
    signs = "".join(
        _SIGNS[number >> shift & 31] for shift in range((_SIGNS_NEEDED - 1) * 5, -1, -5)
    )
    statement = proof.statement
    return {
        "登记编号": statement.number,
        "事项": statement.kind,
        "收到日期": format_date(statement.filed_on),
        "收件单位": statement.centre,
        "签名": " ".join(signs[start : start + 4] for start in range(0, len(signs), 4)),
    }


def pack_proof(proof: Proof) -> str:
    """Pack the proof into letters fit for an address: base64url of signature and fields."""
    packed = proof.signature + _fields(proof.statement).encode()
    return urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def cut_secrets(typed: str) -> str:
    """Cut out of what was pasted whatever opens the case, which is no part of a proof."""
    return _SECRET.sub("", typed)


def read_proof(typed: str) -> Proof | None:
    """Find the proof in what was typed, pasted or scanned; None if it is none.

    Takes the text of the receipt, in one line or several, or the address in its QR code.
    """
    if len(typed) > LONGEST_PROOF:
        return None
    text = "".join(clean_text(typed).split())
    packed = text.rpartition("#")[2]
    if _TOKEN.fullmatch(packed):
        return _unpack(packed)
    block = _BLOCK.search(text)
    if block is None:
        return None
    number, kind, day, centre, signs = block.groups()
    signature = _read_signs(fold_digits(signs))
    return _proof(number, kind, _read_day(day), centre, signature) if signature else None


def _unpack(packed: str) -> Proof | None:
    try:
        content = urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        number, kind, day, centre = content[SIGNATURE_BYTES:].decode().split("\n")
        filed_on = date.fromisoformat(day)
    except ValueError:
        return None
    return _proof(number, kind, filed_on, centre, content[:SIGNATURE_BYTES])


def _proof(
    number: str, kind: str, filed_on: date | None, centre: str, signature: bytes
) -> Proof | None:
    receipt = parse_receipt(number)
    if receipt is None or filed_on is None:
        return None
    return Proof(ReceiptStatement(receipt, kind, filed_on, centre), signature)


def _read_day(text: str) -> date | None:
    found = _DAY.fullmatch(fold_width(text))
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _read_signs(text: str) -> bytes | None:
    signs = text.translate(_MISREAD)
    if len(signs) != _SIGNS_NEEDED or set(signs) - set(_SIGNS):
        return None
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    spare = _SIGNS_NEEDED * 5 - SIGNATURE_BYTES * 8
    return (number >> spare).to_bytes(SIGNATURE_BYTES, "big")
