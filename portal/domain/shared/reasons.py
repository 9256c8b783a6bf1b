"""Reasons that staff give to colleagues: one line, and not left out where one is asked."""

from typing import Final

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text

_LONGEST: Final = 200


def clean_reason(typed: str, most: int = _LONGEST) -> str:
    """Return the reason that was typed; empty if there is none. NotAccepted if it is too long."""
    reason = clean_text(typed)
    if len(reason) > most:
        raise NotAccepted(f"最多写 {most} 个字，现在有 {len(reason)} 个。您写的还在，请改短")
    return reason


def require_reason(typed: str, missing: str) -> str:
    """Return the reason that was typed. NotAccepted if it is too long, or `missing` if none is."""
    reason = clean_reason(typed)
    if not reason:
        raise NotAccepted(missing)
    return reason
