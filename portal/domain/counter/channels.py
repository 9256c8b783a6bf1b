"""How a form reached the centre: on the web, or by letter, call or visit and keyed in by staff."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.cases.workflow import kinds_keyed_in_by
from portal.domain.forms.fields import Field, arrival
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import CENTRE_ZONE, local_date

OLDEST = timedelta(days=60)
ARRIVAL_QUESTIONS: tuple[Field, ...] = arrival.QUESTIONS


class Channel(StrEnum):
    """The ways to the centre; the three that staff key in are its 来信、来电、来访."""

    WEB = "web"
    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"


CHANNEL_LABELS: dict[str, str] = {
    Channel.WEB: "网上",
    Channel.LETTER: "来信",
    Channel.CALL: "来电",
    Channel.VISIT: "来访",
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """The way a form came and who entered it; `received_on` None: just now.

    `facts` are the answers to `ARRIVAL_QUESTIONS`: the day, and how consent was given.
    `contact` is the number of the contact （接待登记） that it came of.
    """

    channel: Channel
    by: Actor
    received_on: date | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    contact: str = ""


ONLINE = Arrival(Channel.WEB, APPLICANT)


def kinds_to_key_in(actor: Actor) -> tuple[CaseKind, ...]:
    """Return the kinds of case that the actor may key in."""
    return kinds_keyed_in_by(actor.roles)


def arrival_problems(noted: Mapping[str, object], today: date) -> Iterator[tuple[str, str]]:
    """Yield what of the notes cannot be: name of the question, and what to do."""
    came_on = noted.get("came_on")
    if came_on and date.fromisoformat(str(came_on)) < today - OLDEST:
        yield "came_on", f"超过 {OLDEST.days} 天了。请看看日子；真的这么久，请联系本人重新填一份"
    if (noted.get("came_by"), noted.get("consent_by")) == (Channel.VISIT, "spoken"):
        yield "consent_by", "本人来了，请他在纸质表上逐项打勾、签名"


def arrival_of(noted: Mapping[str, object], by: Actor, contact: str = "") -> Arrival:
    """Read the arrival from the notes, once they have no problem."""
    return Arrival(
        Channel(str(noted["came_by"])),
        by,
        date.fromisoformat(str(noted["came_on"])),
        {field.name: str(noted[field.name]) for field in ARRIVAL_QUESTIONS},
        contact,
    )


def moment_of_arrival(arrived: Arrival, now: datetime) -> datetime:
    """Return when the centre had the form (UTC): the first time limit and the receipt go by it.

    The applicant must not lose days that a letter lay about: like 从收到之日起 in the rules that we
    follow (工伤保险条例第十八条, 法律援助法第四十三条). Of an earlier day the hour is not known;
    it counts as noon.
    """
    day = arrived.received_on
    if day is None or day == local_date(now):
        return now
    return datetime.combine(day, time(12), CENTRE_ZONE).astimezone(UTC)
