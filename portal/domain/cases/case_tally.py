"""What the events of a case count for."""

from portal.domain.forms.answers import Answers
from portal.domain.forms.person import find_resident_id
from portal.domain.records.tally import Tally
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.id_checks import sex

_ANSWERS = {"town": "town", "topic": "topic", "migrant_worker": "migrant"}
"""Answers that are counted by, and what the tally calls them."""
FROM_ANSWERS = frozenset({*_ANSWERS.values(), "sex", "person"})
"""What of a tally the answers say."""


def tally_of(
    kind: CaseKind,
    answers: Answers,
    *,
    channel: str,
    card: str | None,
    contact: str,
    person: str,
) -> Tally:
    """Return what every event of a case counts for; what was not answered is left out."""
    tally = {"kind": str(kind), "channel": channel, "person": person}
    tally |= {name: str(answers[asked]) for asked, name in _ANSWERS.items() if answers.get(asked)}
    if card:
        tally["card"] = card
    if contact:
        tally["contact"] = contact
    if id_number := find_resident_id(answers):
        tally["sex"] = sex(id_number)
    return tally
