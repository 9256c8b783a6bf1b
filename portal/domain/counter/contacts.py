"""A contact （接待登记）: a call, a visit or a letter that brought no form, noted in a line.

It is never changed: who noted something wrong strikes it out and notes it anew, so that figures
take back what they counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from portal.domain.counter.channels import OLDEST
from portal.domain.forms.fields import Field, choices, contact
from portal.domain.records.event import Event, make_registry
from portal.domain.records.tally import Tally
from portal.domain.shared.case_kinds import CaseKind

QUESTIONS: tuple[Field, ...] = contact.CONTACT_QUESTIONS
PREFIX: Final = "JD"
"""What the number of a contact begins with, as that of a case with its kind."""
LONGEST_REASON: Final = 100
BECOMES_CASE, REFERRED = "case", "referred"
"""Outcomes after which something is still to be said: which form, and to whom."""
_KINDS: Final[Mapping[str, CaseKind]] = {
    **{str(kind): kind for kind in CaseKind},
    **{choice.code: CaseKind.CONSULTATION for choice in choices.LEGAL_TOPICS},
}
"""The form that a topic leads to: of its name, or the consultation for a legal one."""


class ContactRecorded(Event):
    """Somebody called, came or wrote; the facts say about what, the tally counts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactStruck(Event):
    """It was noted wrongly: takes back the event of the record that has the number `corrects`.

    The text says why; the tally is that of what it takes back.
    """

    corrects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactBecameCase(Event):
    """The form was keyed in; `receipt` is the number of the case."""

    receipt: str


REGISTRY = make_registry((ContactRecorded, ContactStruck, ContactBecameCase))
EVENT_LABELS: Final[Mapping[str, str]] = {
    ContactRecorded.__name__: "接待登记",
    ContactStruck.__name__: "划掉接待登记",
}
"""What staff call those that are counted, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as it stands: the answers of the last event, whose number is `stands_in`.

    `case` is the receipt of the case that it became.
    """

    number: str
    answers: Mapping[str, object]
    recorded_by: str
    recorded_at: datetime
    struck: bool = False
    case: str = ""
    stands_in: int = 0
    version: int = 0

    @property
    def on(self) -> date:
        """The day on which it happened."""
        return date.fromisoformat(str(self.answers["came_on"]))

    @property
    def channel(self) -> str:
        """The way it came."""
        return str(self.answers["came_by"])

    @property
    def topic(self) -> str:
        """What it was about, as its code."""
        return str(self.answers["contact_topic"])

    @property
    def kind(self) -> CaseKind | None:
        """The kind of case that its topic leads to."""
        return find_kind_for(self.topic)

    @property
    def awaits_form(self) -> bool:
        """Whether a form is still to be keyed in."""
        return self.answers["contact_outcome"] == BECOMES_CASE and not self.case and not self.struck

    @property
    def tally(self) -> Tally:
        """What its event counts for."""
        tally = {"channel": self.channel, "topic": self.topic}
        counted = {"town": "town", "migrant_worker": "migrant"}
        return tally | {
            name: str(self.answers[asked])
            for asked, name in counted.items()
            if self.answers.get(asked)
        }


def find_kind_for(topic: str) -> CaseKind | None:
    """Return the kind of case whose form a topic leads to; None if it leads to none."""
    return _KINDS.get(topic)


def contact_problems(noted: Mapping[str, object], today: date) -> Iterator[tuple[str, str]]:
    """Yield what of the notes cannot be: name of the question, and what to do."""
    came_on = noted.get("came_on")
    if came_on and date.fromisoformat(str(came_on)) < today - OLDEST:
        yield "came_on", f"超过 {OLDEST.days} 天了，不能再登记。请看看日子"
    outcome, topic = noted.get("contact_outcome"), str(noted.get("contact_topic"))
    if outcome == REFERRED and not noted.get("referred_to"):
        yield "referred_to", "请选转到哪里"
    if outcome == BECOMES_CASE and topic in _topics() and find_kind_for(topic) is None:
        yield "contact_topic", "这件事没有表可以录。请改选是什么事，或者选“当场答复了”"


def _topics() -> set[str]:
    return {choice.code for choice in contact.QUESTIONS[0].choices}


def advance_contact(before: Contact, event: Event, number: int) -> Contact:
    """Return the contact after an event, whose number in the record is `number`."""
    after = replace(before, version=number)
    match event:
        case ContactRecorded():
            return replace(after, answers=event.facts, struck=False, stands_in=number)
        case ContactStruck():
            return replace(after, struck=True)
        case ContactBecameCase(receipt=receipt):
            return replace(after, case=receipt)
    raise TypeError(f"{type(event).__name__} happens to no contact")


def replay_contact(number: str, history: Sequence[Event]) -> Contact:
    """Return the contact that its history makes."""
    first = history[0]
    made = Contact(
        number=number, answers=first.facts, recorded_by=first.actor, recorded_at=first.at
    )
    for place, event in enumerate(history[1:], 1):
        made = advance_contact(made, event, place)
    return made


def answers_for_form(before: Contact) -> dict[str, object]:
    """Return what a form that is keyed in knows beforehand from the contact."""
    known = {name: before.answers.get(name) for name in ("came_by", "town", "migrant_worker")}
    legal = before.kind is CaseKind.CONSULTATION
    known |= {"came_on": before.answers["came_on"], "topic": before.topic if legal else None}
    return {name: value for name, value in known.items() if value}
