"""What opens a draft on a phone that others use, too: the end of a number that its writer typed.

Until such a number is typed nothing is locked. Number and code of a draft open it everywhere.
"""

import re
import unicodedata

from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Kind

LENGTH = 4
"""How many of the last signs are asked for."""
_LOCKING = frozenset({Kind.ID_NUMBER, Kind.ID_PAPER, Kind.MOBILE, Kind.PHONE})


def endings_of(draft: Draft) -> frozenset[str]:
    """Return the ends of numbers that open a draft, also of those that were refused; none: open."""
    answered = [str(value) for name, value in draft.answers.items() if value and _locks(name)]
    refused = [
        text
        for typed in draft.refused.values()
        for name, texts in typed.items()
        if _locks(name)
        for text in texts
    ]
    return frozenset(map(ending_of, [*answered, *refused])) - {""}


def ending_of(typed: str) -> str:
    """Return the last signs of a number however it was typed; empty if there are too few."""
    plain = re.sub("[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())
    return plain[-LENGTH:] if len(plain) >= LENGTH else ""


def _locks(name: str) -> bool:
    return name in FIELDS and FIELDS[name].kind in _LOCKING
