"""Until when the claims of a consultation can be made, from its answers as they are now.

Nothing of it is stored: the days are sealed, and the calendar goes on growing.
"""

from portal.domain.cases.claim_limits import (
    ClaimLimit,
    find_claim_limits,
    say_claim_limit,
    say_of_the_others,
)
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.office import Office
from portal.store.cases import StoredCase
from portal.store.errors import Damaged


def read_claim_limits(office: Office, stored: StoredCase) -> tuple[ClaimLimit, ...]:
    """List the limits of a consultation, the earliest first; none of what does not open."""
    if stored.case.kind is not CaseKind.CONSULTATION:
        return ()
    try:
        return find_claim_limits(stored.open_answers(), office.rules, office.today())
    except Damaged:
        return ()


def say_claim_limits(office: Office, stored: StoredCase) -> tuple[str, ...]:
    """Say them to the worker, a sentence each: what he loses next first, what is over last."""
    today = office.today()
    limits = sorted(read_claim_limits(office, stored), key=lambda limit: limit.latest < today)
    if not limits:
        return ()
    said = (say_claim_limit(limit, today) for limit in limits)
    return (*said, *say_of_the_others(stored.open_answers()))
