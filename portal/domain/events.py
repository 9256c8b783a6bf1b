"""What can happen to a case: a closed registry of events in the past tense.

A case's timeline is its events, its state their fold, statistics their counts.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

VISITOR = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at `at` (UTC), by `actor`: a staff login or `VISITOR`."""

    at: datetime
    actor: str
    text: str = ""
    """What was said or decided, in the actor's words. Sealed before it is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(Event):
    """The form was handed in.

    `channel` is the way it came; `card` the rights card that led here. Town, topic and whether
    it is a migrant worker are kept here so that a past month can be counted again for ever.
    """

    channel: str
    card: str | None = None
    town: str = ""
    topic: str = ""
    migrant_worker: str = ""


class CaseAccepted(Event):
    """The centre took the case on （受理）."""


class SupplementRequested(Event):
    """Something is missing; the text says everything that is （一次性告知）."""


class SupplementGiven(Event):
    """The worker answered the request for a supplement."""


class SupplementLapsed(Event):
    """The worker did not answer in time; the case ends as withdrawn （视为撤回）."""


class ReferredForDecision(Event):
    """The facts are checked; the case waits for the approver."""


class ReturnedForChecking(Event):
    """The approver wants the facts checked again."""


class ApplicationApproved(Event):
    """The application was granted."""


class ApplicationRefused(Event):
    """The application was refused, with the reason （社会救助法第四十五条 by analogy）."""


class ConsultationAnswered(Event):
    """A lawyer answered the question."""


class FollowUpAsked(Event):
    """The worker asked again after an answer."""


class ConsultationClosed(Event):
    """The consultation is over."""


class CaseWithdrawn(Event):
    """The worker took the case back."""


class CodeReissued(Event):
    """Staff gave out a new secret code to somebody who proved who he is."""


OUTSIDE_THE_TABLE: dict[type[Event], str] = {
    CaseSubmitted: "提交",
    CodeReissued: "补办了查询码",
}
"""What happens to a case without a step of its workflow, as both sides read it."""


REGISTRY: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        CaseSubmitted,
        CaseAccepted,
        SupplementRequested,
        SupplementGiven,
        SupplementLapsed,
        ReferredForDecision,
        ReturnedForChecking,
        ApplicationApproved,
        ApplicationRefused,
        ConsultationAnswered,
        FollowUpAsked,
        ConsultationClosed,
        CaseWithdrawn,
        CodeReissued,
    )
}


def to_record(event: Event) -> dict[str, Any]:
    """The event as plain data; `text` is left in it for the store to seal."""
    record = asdict(event) | {"type": type(event).__name__, "at": event.at.isoformat()}
    return {name: value for name, value in record.items() if value not in (None, "")}


def from_record(record: Mapping[str, Any]) -> Event:
    """The event that `to_record` wrote. KeyError if its type is not in the registry."""
    kind = REGISTRY[record["type"]]
    names = {field.name for field in fields(kind)}
    values = {name: value for name, value in record.items() if name in names}
    return kind(**values | {"at": datetime.fromisoformat(record["at"])})
