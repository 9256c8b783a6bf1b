"""Reasons that staff give to colleagues: one line, and not left out where one is asked."""

from typing import Final

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text

_LONGEST: Final = 200


def clean_reason(typed: str) -> str:
    """Return the reason that was typed; empty if there is none."""
    return clean_text(typed)[:_LONGEST]


def require_reason(typed: str, missing: str) -> str:
    """Return the reason that was typed. NotAccepted with the words `missing` if there is none."""
    reason = clean_reason(typed)
    if not reason:
        raise NotAccepted(missing)
    return reason
