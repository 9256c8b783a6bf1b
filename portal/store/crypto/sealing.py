"""Sealing of values before they reach a row: AES-256-GCM, one data key for each case.

A sealed value is version | suite | number of the key | nonce | ciphertext and tag, in base64.
It is bound to its table, row and field: moved to another place it does not open.
Dropping the wrapped data key of a case erases all that was sealed with it.
"""

import hmac
import json
import os
import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.store.crypto.keys import Keyring
from portal.store.errors import Damaged

_HEAD = struct.Struct(">BBI")
_VERSION, _AES_256_GCM = 1, 1
_NONCE = 12
_DATA_KEY = 0
_NO_HMAC = "0" * 64


def _seal_bytes(key: bytes, number: int, plain: bytes, place: str) -> bytes:
    head = _HEAD.pack(_VERSION, _AES_256_GCM, number)
    nonce = os.urandom(_NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + place.encode())


def _seal(key: bytes, number: int, plain: bytes, place: str) -> str:
    return b64encode(_seal_bytes(key, number, plain, place)).decode("ascii")


def _number_of(sealed: str) -> int:
    version, suite, number = _HEAD.unpack_from(b64decode(sealed))
    if (version, suite) != (_VERSION, _AES_256_GCM):
        raise ValueError("unknown suite")
    return int(number)


def _unseal(key: bytes, sealed: str, place: str) -> bytes:
    return _unseal_bytes(key, b64decode(sealed, validate=True), place)


def _unseal_bytes(key: bytes, blob: bytes, place: str) -> bytes:
    head, nonce, rest = blob[:6], blob[6 : 6 + _NONCE], blob[6 + _NONCE :]
    return AESGCM(key).decrypt(nonce, rest, head + place.encode())


@dataclass(frozen=True, slots=True)
class Seal:
    """The open data key of one row; `place` names the table and the row."""

    key: bytes = field(repr=False)
    place: str

    def close(self, name: str, value: object) -> str:
        """Seal a JSON value under the name of its field."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return _seal(self.key, _DATA_KEY, plain, f"{self.place}|{name}")

    def open(self, name: str, sealed: str) -> object:
        """Return the value that was sealed. Damaged if it was altered or moved."""
        try:
            return json.loads(_unseal(self.key, sealed, f"{self.place}|{name}"))
        except (InvalidTag, ValueError):
            raise self._damaged(name) from None

    def close_bytes(self, name: str, plain: bytes) -> bytes:
        """Seal the bytes of a file under a name."""
        return _seal_bytes(self.key, _DATA_KEY, plain, f"{self.place}|{name}")

    def open_bytes(self, name: str, sealed: bytes) -> bytes:
        """Return the bytes that were sealed. Damaged if they were altered or moved."""
        try:
            return _unseal_bytes(self.key, sealed, f"{self.place}|{name}")
        except (InvalidTag, ValueError):
            raise self._damaged(name) from None

    def _damaged(self, name: str) -> Damaged:
        return Damaged(f"{self.place} 的「{name}」打不开：数据坏了或被改过。")


def lone_seal(place: str) -> Seal:
    """Make a data key that no master key wraps: whoever uses it seals it with another."""
    return Seal(AESGCM.generate_key(256), place)


def new_seal(keys: Keyring, place: str) -> tuple[Seal, str]:
    """Make a data key for a row, open and wrapped by the active master key."""
    key = AESGCM.generate_key(256)
    wrapped = _seal(keys.masters[keys.active], keys.active, key, f"{place}|key")
    return Seal(key, place), wrapped


def open_seal(keys: Keyring, place: str, wrapped: str) -> Seal:
    """Open the data key of a row. Damaged if none of the master keys opens it."""
    try:
        master = keys.masters[_number_of(wrapped)]
        return Seal(_unseal(master, wrapped, f"{place}|key"), place)
    except (InvalidTag, ValueError, KeyError, struct.error):
        raise Damaged(f"{place} 的数据密钥打不开：密钥不对，或者数据坏了。") from None


def blind_index(keys: Keyring, name: str, value: str) -> str:
    """Return a keyed fingerprint for equality search; useless without the key."""
    return hmac.digest(keys.index, f"{name}\0{value}".encode(), "sha256").hex()


def hmac_of_code(keys: Keyring, receipt: str, code: str) -> str:
    """Return what is kept of a secret code: a keyed HMAC bound to the receipt."""
    return hmac.digest(keys.code, f"mark\0{receipt}\0{code}".encode(), "sha256").hex()


def code_matches(keys: Keyring, receipt: str, code: str, code_hmac: str | None) -> bool:
    """Compare a typed code; a receipt that does not exist (HMAC None) costs the same work."""
    matches = hmac.compare_digest(
        hmac_of_code(keys, receipt, code).encode(), (code_hmac or _NO_HMAC).encode()
    )
    return matches and code_hmac is not None


def code_seal(keys: Keyring, receipt: str, code: str) -> Seal:
    """Derive a data key from number and code: nothing that is stored opens what it seals."""
    key = hmac.digest(keys.code, f"way\0{receipt}\0{code}".encode(), "sha256")
    return Seal(key, f"way|{receipt}")


def code_seed(keys: Keyring, receipt: str, token: str) -> bytes:
    """Derive the bytes that a secret code is made of.

    They follow from the key and from a random token which only the visitor's browser holds, so
    the same visitor is shown the same code again and nothing that is stored reveals it.
    """
    return hmac.digest(keys.code, f"seed\0{receipt}\0{token}".encode(), "sha256")
