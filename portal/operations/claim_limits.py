"""Until when the claims of a consultation can be made, from its answers as they are now.

The limits are not stored: the days are sealed, and the calendar goes on growing. Stored is what the
list of the lawyer goes by, with every event, and once more for each new day and each new calendar.
"""

from dataclasses import replace
from datetime import date

from portal.domain.cases.case import Case
from portal.domain.cases.claim_limits import (
    ClaimLimit,
    ClaimStanding,
    find_claim_limits,
    find_standing,
    say_claim_limit,
    say_of_the_others,
)
from portal.domain.forms.answers import Answers
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import local_date
from portal.operations.office import Office
from portal.store import cases
from portal.store.cases import StoredCase
from portal.store.errors import Damaged

_AT_ONCE = 200


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


def reckon_standing(office: Office, case: Case, answers: Answers) -> Case:
    """Return the case with how it stands in the list of the lawyer today."""
    if case.kind is not CaseKind.CONSULTATION:
        return case
    return replace(case, claim=_find_standing(office, case, answers, office.today()))


def keep_up_standing(office: Office, stored: StoredCase, case: Case) -> Case:
    """Return a later head of a stored case with how it stands today."""
    return reckon_standing(office, case, _open(stored))


def stands_as_kept(office: Office, stored: StoredCase) -> bool:
    """Tell whether a case stands as its answers make it, on the day when that was reckoned."""
    case, day = stored.case, stored.case.claim.reckoned_on
    return day is None or case.claim == _find_standing(office, case, _open(stored), day)


def reckon_when_due(office: Office) -> None:
    """Reckon how all open consultations stand, if it is a new day or the rules are others.

    The first time after a start they may be: somebody can have changed their files.
    """
    due = office.today(), office.rules
    if office.shelf.reckoned == due:
        return
    for page in cases.pages_of_open(office.store, CaseKind.CONSULTATION, _AT_ONCE):
        with office.store.transaction():
            for stored in page:
                after = keep_up_standing(office, stored, stored.case)
                if after != stored.case:
                    cases.keep_standing(office.store, stored, after.claim)
    office.shelf.reckoned = due


def _find_standing(office: Office, case: Case, answers: Answers, day: date) -> ClaimStanding:
    limits = find_claim_limits(answers, office.rules, day)
    return find_standing(limits, local_date(case.submitted_at), office.rules, day)


def _open(stored: StoredCase) -> Answers:
    """Return the answers if limits may follow from them; none of what does not open."""
    if stored.case.kind is not CaseKind.CONSULTATION:
        return {}
    try:
        return stored.open_answers()
    except Damaged:
        return {}
