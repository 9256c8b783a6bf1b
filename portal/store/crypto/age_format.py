"""Encryption of whole files to public keys, in the format of age (https://age-encryption.org/v1).

Any age program decrypts them, so that a copy does not depend on this one.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

import pyrage
from pyrage.x25519 import Identity, Recipient

from portal.store.errors import Damaged, KeyProblem


def make_key_pair() -> tuple[str, str]:
    """Make a new secret key, for a safe, and its public half, for config.toml."""
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def is_public_key(text: str) -> bool:
    """Tell whether something can be encrypted to this."""
    try:
        Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


@contextmanager
def encrypting(target: IO[bytes], public_keys: Sequence[str]) -> Iterator[IO[bytes]]:
    """Encrypt what is written in the block to each of the keys; it arrives in `target`."""
    recipients = [Recipient.from_str(key) for key in public_keys]
    with _piped(lambda plain: pyrage.encrypt_io(plain, target, recipients)) as plain:
        yield plain


def decrypt(file: Path, secret_key: str, take: Callable[[IO[bytes]], None]) -> None:
    """Give what an encrypted file holds to `take`, as a stream.

    KeyProblem if it is not for this key; Damaged if it was cut off or altered: then what was
    taken already must not be used.
    """
    try:
        key = Identity.from_str(secret_key)
    except pyrage.IdentityError:
        raise KeyProblem("这不是备份的私钥。私钥是 AGE-SECRET-KEY- 开头的一行字。") from None
    try:
        with file.open("rb") as encrypted, _piped(take) as plain:
            pyrage.decrypt_io(encrypted, plain, [key])
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise KeyProblem(f"{file}：这把私钥打不开这份备份。请换一把。") from None
        raise _damaged(file) from None
    except OSError:
        raise _damaged(file) from None


def _damaged(file: Path) -> Damaged:
    return Damaged(f"{file}：读不出来，或者坏了、不完整。请换一份备份。")


@contextmanager
def _piped(take: Callable[[IO[bytes]], object]) -> Iterator[IO[bytes]]:
    """Let `take` read in a thread what is written in the block; its error is raised here."""
    reading, writing = os.pipe()
    failures: list[BaseException] = []

    def run() -> None:
        with os.fdopen(reading, "rb") as source:
            try:
                take(source)
            except BaseException as failure:
                failures.append(failure)

    reader = Thread(target=run, daemon=True)
    reader.start()
    try:
        with os.fdopen(writing, "wb") as target:
            yield target
    except BrokenPipeError:
        if not failures:
            raise
    finally:
        reader.join()
    if failures:
        raise failures[0]
