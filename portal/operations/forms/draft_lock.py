"""Opening a draft on a phone that others use, too."""

from collections.abc import Sequence

from portal.domain.forms.draft_lock import ending_of, endings_of
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.forms.submission import read_draft
from portal.operations.office import Office

_LIMIT = RateLimit.WRONG_ENDING_BY_DRAFT
WRONG_ENDING = "和表里写的号码对不上。请看清楚，再填一次"


def is_lockable(office: Office, token: str) -> bool:
    """Tell whether the draft of this token holds a number that opens it again."""
    draft = read_draft(office, token)
    return draft is not None and bool(endings_of(draft))


def find_by_ending(office: Office, tokens: Sequence[str], typed: str) -> str:
    """Return the token of the first draft that ends of a number open. NotAccepted, TooMany."""
    for token in tokens:
        rate_limits.require_below_limit(office, _LIMIT, token)
    ending = ending_of(typed)
    for token in tokens:
        draft = read_draft(office, token)
        if draft and ending and ending in endings_of(draft):
            return token
    for token in tokens:
        rate_limits.spend(office, _LIMIT, token)
    raise NotAccepted(WRONG_ENDING)
