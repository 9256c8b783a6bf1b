"""Until when the claims of a consultation can be made, from its answers as they are now.

Nothing of it is stored: the days are sealed, and the calendar goes on growing.
"""

from portal.domain.cases.claim_limits import (
    ClaimLimit,
    find_claim_limits,
    say_claim_limit,
    say_of_the_others,
)
from portal.domain.forms.answers import Answers
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.office import Office
from portal.store.cases import StoredCase
from portal.store.errors import Damaged


def list_claim_limits(office: Office, kind: CaseKind, answers: Answers) -> tuple[ClaimLimit, ...]:
    """List the limits of a consultation, the earliest first; none of other kinds of cases."""
    if kind is not CaseKind.CONSULTATION:
        return ()
    return find_claim_limits(answers, office.rules, office.today())


def read_claim_limits(office: Office, stored: StoredCase) -> tuple[ClaimLimit, ...]:
    """List the same of a stored case; none of what does not open."""
    return list_claim_limits(office, stored.case.kind, _open(stored))


def say_claim_limits(office: Office, stored: StoredCase) -> tuple[str, ...]:
    """Say them to the worker, a sentence each: what he loses next first, what is over last."""
    today, answers = office.today(), _open(stored)
    limits = list_claim_limits(office, stored.case.kind, answers)
    if not limits:
        return ()
    in_order = sorted(limits, key=lambda limit: limit.latest < today)
    return (*(say_claim_limit(limit, today) for limit in in_order), *say_of_the_others(answers))


def _open(stored: StoredCase) -> Answers:
    """Return the answers if limits may follow from them; none of what does not open."""
    if stored.case.kind is not CaseKind.CONSULTATION:
        return {}
    try:
        return stored.open_answers()
    except Damaged:
        return {}
