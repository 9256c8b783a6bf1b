"""Tallies: what an event counts for, as plain values of one closed table.

Everything else that an event tells is sealed and can be erased; a tally stays, so it names
nobody: codes, numbers drawn by chance, and sums.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Tally = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class TallyField:
    """One thing that may be counted by: its name in the rows, what it is, whether it adds up."""

    name: str
    label: str
    meaning: str
    summed: bool = False


_ALL: Final = (
    TallyField("amount_fen", "金额（分）", "money in fen", summed=True),
    TallyField("people", "人数", "people in a collective dispute", summed=True),
    TallyField("kind", "办件种类", "kind of case"),
    TallyField("topic", "事项", "code of the topic of a consultation"),
    TallyField("channel", "来的方式", "how it reached the centre"),
    TallyField("card", "维权卡", "the rights card that led here"),
    TallyField("town", "镇（街道）", "code of the town in content/centre.toml"),
    TallyField("migrant", "农民工", "yes or no, as answered"),
    TallyField("sex", "性别", "f or m, from the ID number"),
    TallyField("corrects", "不算了的", "type of the event that no longer holds"),
    TallyField("contact", "接待登记", "the contact that a case came of"),
    TallyField("kept", "按期", "yes or no: whether what was promised was done by its day"),
    TallyField("person", "人", "a number drawn once for an ID number; without one, the record's"),
)
TALLY_FIELDS: Final[Mapping[str, TallyField]] = {one.name: one for one in _ALL}

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def read_count(answer: object) -> int | str:
    """Return an answer as something that is counted. ValueError if it is neither sum nor code."""
    if isinstance(answer, int | str) and not isinstance(answer, bool):
        return answer
    raise ValueError("only sums and codes are counted")


def check_tally(tally: Tally) -> None:
    """Refuse what the table does not know: ValueError for another name, or for words.

    A sum is a whole number; anything else is a code of ASCII letters, digits, - and _, which no
    Chinese name can be.
    """
    for name, value in tally.items():
        row = TALLY_FIELDS.get(name)
        if row is None:
            raise ValueError(f"nothing is counted by {name!r}")
        if row.summed:
            sound = isinstance(value, int) and not isinstance(value, bool)
        else:
            sound = isinstance(value, str) and bool(_CODE.fullmatch(value))
        if not sound:
            raise ValueError(f"the tally {name!r} cannot hold such a value")
