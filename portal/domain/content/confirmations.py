"""Who held a sentence of the site against a text of the law, when, and which text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

COMPARED_TEXTS: Mapping[str, str] = {
    "official": "官方公布的原文",
    "copy": "转载本",
}
"""Codes and words of the texts that a sentence may be held against."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A sentence as it was confirmed. `identity` changes with its words or its article, so that
    another sentence at the same place is not confirmed by it."""

    identity: str
    compared: str
    by: str
    at: datetime

    @property
    def text(self) -> str:
        """The text that was compared, in words."""
        return COMPARED_TEXTS[self.compared]
