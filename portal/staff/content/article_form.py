"""The form of a manuscript: the schema of its collection as questions, and what was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flask import request

from portal.domain.shared.text_cleaning import clean_text
from portal.web.forms import TYPED
from site_src.local_numbers import NUMBER_NAMES
from site_src.losses import apply_mend, find_losses, mend_all
from site_src.manuscripts import Shape, Slot, read_manuscript, slots_of, write_manuscript
from site_src.slips import Loss
from site_src.tangles import find_tangles

_LONG_LIST = 12
_LINE = 50  # characters that fit beside each other on an old PC
MEND_ALL = "mend all"
_TAB = "\U000f0000"  # a sign without a meaning, which cleaning leaves alone
_MEND = re.compile(r"mend ([0-9]{1,5}) ([0-9])")
Choices = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A field as it is shown. `ticks` are choices with their label and whether they are taken;
    those taken come first, in their order."""

    slot: Slot
    typed: str
    ticks: tuple[tuple[str, str, bool], ...] = ()

    @property
    def name(self) -> str:
        """Its name in the form."""
        return TYPED + self.slot.name

    @property
    def rows(self) -> int:
        """The height of its box."""
        lines = sum(1 + len(line) // _LINE for line in self.typed.split("\n"))
        return max(2, lines) if self.slot.shape is Shape.TEXT else min(20, max(4, lines + 1))

    @property
    def shown(self) -> str:
        """The text that was typed, or the labels of what was taken."""
        if self.ticks:
            return "\n".join(label for _, label, taken in self.ticks if taken)
        return self.typed

    @property
    def folded(self) -> bool:
        """Tell whether there are too many choices to show at once."""
        return len(self.ticks) > _LONG_LIST


@dataclass(frozen=True)
class Manuscript:
    """A manuscript as the form holds it; `text` is the file it makes."""

    collection: str
    typed: Mapping[str, str]
    body: str

    @property
    def local_numbers(self) -> Sequence[str]:
        """What may stand behind 本地： in a text."""
        return tuple(NUMBER_NAMES)

    @property
    def text(self) -> str:
        """The whole file."""
        return write_manuscript(self.collection, self.typed, self.body)

    def questions(self, known: Choices) -> list[Question]:
        """List the fields with what was typed. `known`: choices that the content itself offers."""
        return [
            _question(slot, self.typed.get(slot.name, ""), known)
            for slot in slots_of(self.collection)
        ]

    @cached_property
    def losses(self) -> Sequence[Loss]:
        """What of the body readers would not see as it was meant; what is knotted is not set."""
        return () if find_tangles(self.body) else find_losses(self.body)

    @property
    def mendable(self) -> int:
        """How many losses can be mended without a choice."""
        return sum(len(loss.mends) == 1 for loss in self.losses)

    def mended(self, button: str) -> "Manuscript":
        """Return the form with the mend of a button in its body; as it is if there is none."""
        if button == MEND_ALL and self.losses:
            return replace(self, body=mend_all(self.body))
        chosen = _MEND.fullmatch(button)
        loss = next((one for one in self.losses if chosen and one.row == int(chosen[1])), None)
        if chosen is None or loss is None or int(chosen[2]) >= len(loss.mends):
            return self
        return replace(self, body=apply_mend(self.body, loss.mends[int(chosen[2])]))

    @property
    def rows(self) -> int:
        """The height of the box for the body."""
        return min(24, max(12, self.body.count("\n") + 4))


def _question(slot: Slot, typed: str, known: Choices) -> Question:
    choices = slot.choices or tuple(known.get(slot.known, ()))
    if slot.shape is Shape.SOME_OF:
        taken = [line for line in typed.split("\n") if line]
        labels = dict(choices)
        ticks = [(code, labels.get(code, code), True) for code in taken]
        ticks += [(code, label, False) for code, label in choices if code not in taken]
        return Question(slot, typed, tuple(ticks))
    if slot.shape is Shape.ONE_OF:
        ticks = [(code, label, code == typed) for code, label in choices]
        if typed and typed not in dict(choices):
            ticks.insert(0, (typed, typed, True))
        return Question(slot, typed, tuple(ticks))
    return Question(slot, typed)


def blank_manuscript(collection: str) -> Manuscript:
    """Return an empty form."""
    return Manuscript(collection, {}, "")


def shown_manuscript(collection: str, text: str) -> Manuscript | None:
    """Return the form for a file; None if the file is not written as the form would."""
    read = read_manuscript(collection, text)
    return Manuscript(collection, *read) if read else None


def posted_manuscript(collection: str) -> Manuscript:
    """Read what was typed, without characters that cannot be seen."""
    typed = {
        slot.name: clean_text("\n".join(request.form.getlist(TYPED + slot.name)), multi_line=True)
        for slot in slots_of(collection)
    }
    # Outer blanks go, but not those before the first word: they may be meant.
    # Tabs stay too: they tell of cells that were pasted.
    body = request.form.get("body", "").replace(_TAB, "").replace("\t", _TAB)
    cleaned = clean_text(body, multi_line=True).replace(_TAB, "\t")
    return Manuscript(collection, typed, cleaned)
