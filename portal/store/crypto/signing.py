"""The centre's signature under receipts: Ed25519 (RFC 8032), with a key that does nothing else."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.store.crypto.keys import Keyring

_FINGERPRINT = 16


def sign(keys: Keyring, message: bytes) -> bytes:
    """Return the signature under a message: 64 bytes, the same for the same message."""
    return Ed25519PrivateKey.from_private_bytes(keys.receipt).sign(message)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the owner of the key has signed just this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(keys: Keyring) -> bytes:
    """Return the half of the receipt key that everybody may know: 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(keys.receipt).public_key().public_bytes_raw()


def fingerprint(key: bytes) -> str:
    """Shorten a public key, to be compared by eye: half of its SHA-256 in groups of four."""
    digits = hashlib.sha256(key).hexdigest()[: 2 * _FINGERPRINT].upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
