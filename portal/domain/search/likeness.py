"""What two cases have in common, and what somebody judged of it: one person, or two."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.records.event import Event, make_registry
from portal.domain.search.traces import WHAT_LABELS, WHOSE_LABELS, Trace, What, Whose

COMPARED_BY: Final = (What.IDENTITY, What.CARD, What.BORN, What.HOUSEHOLD, What.PHONE)
"""By what cases are compared, the strongest first."""
_NOT_HIS: Final = frozenset({Whose.COWORKER, Whose.CONTACT})
_SAID: Final = {
    What.IDENTITY: "证件号一样",
    What.CARD: "银行卡号一样，证件号不一样：两个申请人写了同一张卡",
    What.BORN: "姓名和出生日期一样，证件号不一样：可能有一位填错了",
    What.HOUSEHOLD: "家里写了同样的两个人：可能一家人各交了一份",
    What.PHONE: "电话一样",
}


class Verdict(StrEnum):
    """What was judged of two cases."""

    SAME = "same"
    OTHER = "other"


VERDICT_LABELS: Final = {
    Verdict.SAME: "是同一个人（同一家）",
    Verdict.OTHER: "不是同一个人（同一家）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairJudged(Event):
    """Somebody judged whether two cases are of the same person; the text says why.

    `matched` are the kinds of facts that they had in common then.
    """

    verdict: str
    matched: tuple[str, ...]


PAIR_REGISTRY = make_registry((PairJudged,))


@dataclass(frozen=True, slots=True)
class Match:
    """A fact that two cases have in common, and whose it is in the other one."""

    what: What
    whose: Whose

    @property
    def label(self) -> str:
        """What matches, in words."""
        label = WHAT_LABELS[self.what]
        return (
            label
            if self.whose is Whose.APPLICANT
            else f"{label}（那边是{WHOSE_LABELS[self.whose]}）"
        )


def list_compared(traces: Iterable[Trace]) -> list[Trace]:
    """List by which of its traces a case is compared with others.

    Neither those of who only fills in or passes on, nor of the many on the list of a dispute.
    """
    return [one for one in traces if one.what in COMPARED_BY and one.whose not in _NOT_HIS]


def counts(match: Match) -> bool:
    """Tell whether a fact of the other case is one of somebody whom that case is about."""
    return match.whose is not Whose.CONTACT


def rank(matches: Iterable[Match]) -> int:
    """Return how strong the strongest of these is; 0 is the strongest."""
    return min(COMPARED_BY.index(match.what) for match in matches)


def say_likeness(matches: Iterable[Match]) -> str:
    """Say what two cases have in common, by the strongest fact."""
    return _SAID[COMPARED_BY[rank(matches)]]


def name_pair(one: str, other: str) -> str:
    """Return what two cases are called together, whichever is looked at."""
    return " ".join(sorted((one, other)))
