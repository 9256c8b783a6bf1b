"""Passwords of staff: how strong they must be, and how they are kept (Argon2id)."""

import os
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from zxcvbn import zxcvbn

from portal.domain.shared.errors import NotAccepted

SHORTEST, LONGEST = 12, 128
_JUDGED = 72  # zxcvbn takes no more
_STRONG_ENOUGH = 3
_EASY_HERE = ("12351", "bangfu", "gonghui", "zonggonghui", "bangfuzhongxin", "kunnanzhigong")

# Each hash takes 19 MiB and tens of milliseconds; more than two at once would stop a small server.
_turn = BoundedSemaphore(2)


def check_new_password(password: str, about: tuple[str, ...]) -> str:
    """Return the password, if it is good enough. NotAccepted, with what to do, otherwise.

    `about` are words that an attacker would try first: login and name. No rules about kinds of
    characters and no forced changes (ASVS 5.0, 6.2.5 and 6.2.10).
    """
    if len(password) < SHORTEST:
        raise NotAccepted(f"密码至少要 {SHORTEST} 个字符。可以用一句自己记得住的话")
    if len(password) > LONGEST:
        raise NotAccepted(f"密码最多 {LONGEST} 个字符。请改短一些")
    if int(zxcvbn(password[:_JUDGED], [*about, *_EASY_HERE])["score"]) < _STRONG_ENOUGH:
        raise NotAccepted("这个密码太容易猜到。请换一个，可以用几个不相干的词连起来")
    return password


def hash_password(password: str) -> str:
    """Return the Argon2id hash in PHC form."""
    with _turn:
        # The least that OWASP asks for: 19 MiB, two passes.
        argon = Argon2id(
            salt=os.urandom(16), length=32, iterations=2, lanes=1, memory_cost=19 * 1024
        )
        return argon.derive_phc_encoded(password.encode())


def password_matches(password: str, phc: str) -> bool:
    """Tell whether the password is right; an empty hash costs the same time and never matches."""
    with _turn:
        try:
            Argon2id.verify_phc_encoded(password.encode(), phc or _nobody)
        except InvalidKey:
            return False
    return bool(phc)


_nobody = hash_password(os.urandom(16).hex())
