"""The key file: secrets that live outside the database, each with one use.

Losing the file means losing every sealed value; it is never made anew while data exist.
"""

import fcntl
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.store.crypto.private_files import create_private, write_private
from portal.store.errors import KeyProblem

_LENGTH = 32
_SINGLE = ("index", "code", "audit", "cookie")
_LATER = "receipt"  # files from before receipts were signed lack it


@dataclass(frozen=True, slots=True)
class Keyring:
    """`masters` wrap the key of each case and are known by number; `active` wraps new ones.

    `index` is for equality search, `code` for secret codes, `audit` for the chain, `cookie`
    for signed cookies, `receipt` for the signature under receipts: empty only until the file of
    an older instance has got one (`add_receipt_key`).
    """

    active: int
    masters: Mapping[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    code: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    cookie: bytes = field(repr=False)
    receipt: bytes = field(default=b"", repr=False)


def create_keyring(path: Path) -> Keyring:
    """Write a new key file, readable by its owner only. FileExistsError if there is one."""
    document = {
        "active": 1,
        "masters": {"1": _text(secrets.token_bytes(_LENGTH))},
        **{name: _text(secrets.token_bytes(_LENGTH)) for name in (*_SINGLE, _LATER)},
    }
    with create_private(path) as file:
        file.write(_as_bytes(document))
    return load_keyring(path)


def _as_bytes(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, indent=1).encode("ascii")


def add_receipt_key(path: Path) -> Keyring:
    """Give the file of an older instance the key for receipts; every other key stays.

    The old file stands until the new one is whole on the disk. Whoever comes second finds the
    key of the first. KeyProblem if the file cannot be replaced.
    """
    try:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            if not load_keyring(path).receipt:
                document = json.loads(path.read_text("ascii"))
                document[_LATER] = _text(secrets.token_bytes(_LENGTH))
                with write_private(path) as file:
                    file.write(_as_bytes(document))
        finally:
            os.close(folder)
    except OSError as error:
        raise KeyProblem(
            f"{path}：要添一把给回执签名的密钥，但写不进去（{error.strerror}）。"
            "请让运行本程序的用户能写这个文件夹，再启动一次；什么都没有改动。"
        ) from None
    return load_keyring(path)


def load_keyring(path: Path) -> Keyring:
    """Read the key file. KeyProblem if it is missing, damaged, or open to others."""
    try:
        mode = path.stat().st_mode
        document = json.loads(path.read_text("ascii"))
    except FileNotFoundError:
        raise KeyProblem(f"{path}：密钥文件不见了。请从备份放回原处；什么都没有改动。") from None
    except OSError as error:
        raise KeyProblem(f"{path}：打不开密钥文件（{error.strerror}）。请检查权限。") from None
    except ValueError:
        raise KeyProblem(f"{path}：密钥文件坏了。请从备份放回；什么都没有改动。") from None
    if os.name == "posix" and mode & 0o077:
        raise KeyProblem(f"{path}：别的用户也能读密钥文件。请运行 chmod 600 {path}")
    try:
        return _keyring(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise KeyProblem(f"{path}：密钥文件内容不对。请从备份放回；什么都没有改动。") from None


def _keyring(document: Mapping[str, object]) -> Keyring:
    wrapped = document["masters"]
    if not isinstance(wrapped, dict):
        raise TypeError
    masters = {int(number): _key(value) for number, value in wrapped.items()}
    names = (*_SINGLE, _LATER) if _LATER in document else _SINGLE
    singles = {name: _key(document[name]) for name in names}
    active = int(str(document["active"]))
    if active not in masters:
        raise ValueError
    if len({*masters.values(), *singles.values()}) != len(masters) + len(singles):
        raise ValueError
    return Keyring(active, masters, **singles)


def _key(value: object) -> bytes:
    key = b64decode(str(value), validate=True)
    if len(key) != _LENGTH:
        raise ValueError
    return key


def _text(key: bytes) -> str:
    return b64encode(key).decode("ascii")
