"""Whom a complaint（投诉）is about: he must not read it, nor may who took it down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.domain.accounts.permissions import ROLE_LABELS, Role
from portal.domain.forms.answers import Answers

NOBODY_LEFT = (
    "这份投诉，现在这里没有人能看：看投诉的人还没有设，或者正好就是您投诉的人。"
    "请向上一级工会反映，或者打电话问向谁反映"
)
_SHORTEST_NAME = 2
_BETWEEN = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as a complaint may name him: by his name, or by what he is."""

    login: str
    name: str
    roles: frozenset[Role]


def find_concerned(answers: Answers, staff: Iterable[Colleague]) -> list[str]:
    """List the logins of those whom a complaint names: anywhere by name, as whom it is about also
    by what they are （主任）.
    """
    whom = _BETWEEN.sub("", str(answers.get("complained_of") or ""))
    words = whom + "\n" + _BETWEEN.sub("", str(answers.get("complaint_details") or ""))
    return [
        one.login
        for one in staff
        if _names(words, one.name) or any(ROLE_LABELS[role] in whom for role in one.roles)
    ]


def _names(words: str, name: str) -> bool:
    called = _BETWEEN.sub("", name)
    return len(called) >= _SHORTEST_NAME and called in words
