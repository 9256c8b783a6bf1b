"""What a question is: the shape of its answer, how much harm a leak does, who sees it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.domain.accounts.permissions import Role


class Sensitivity(StrEnum):
    """How much harm a leak does; all but INTERNAL values are sealed before they are stored."""

    INTERNAL = "内部"
    PERSONAL = "个人信息"
    SENSITIVE = "敏感个人信息"


class Kind(StrEnum):
    """What shape an answer has; `domain.forms.answers` parses each kind."""

    NAME = "name"
    ID_NUMBER = "id_number"
    ID_PAPER = "id_paper"
    MOBILE = "mobile"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    LINE = "line"
    PARAGRAPH = "paragraph"
    MONEY = "money"
    AGE = "age"
    COUNT = "count"
    DATE = "date"
    DATE_AHEAD = "date_ahead"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    CONSENT = "consent"
    TICK = "tick"
    SECRET = "secret"  # noqa: S105 (a kind of input, not a password)


class Retention(StrEnum):
    """How long a field is kept after its case ends (a setting of the centre, not a rule of law)."""

    WITH_CASE = "结案后保存 10 年"
    SHORT = "结案后保存 3 年"


Mask = Callable[[str], str]
"""Hides what tells who somebody is; one of `domain.shared.masking`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to pick: the code is stored, the label is shown."""

    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `label` is what the applicant reads; `purpose` is why we may ask.

    `screen_hint` goes on where the hint is read on a screen, not on paper.
    `column` is its heading in the tables of staff, where one shows it.
    `approximate`: a sum may be round （大概 6000）, a day may be a month or a year.
    `among` names the question of whose answers one is picked here. `tally` is what an event that
    carries the answer counts for by it: then it is kept there, plain, and not among its facts.
    `way_on` says what to do who cannot answer; it ends whatever is said of a wrong answer.
    `waived_by` names the tick on the same page that stands in for an answer.
    """

    name: str
    label: str
    kind: Kind
    sensitivity: Sensitivity
    purpose: str
    seen_by: frozenset[Role]
    retention: Retention = Retention.WITH_CASE
    hint: str = ""
    screen_hint: str = ""
    optional: bool = False
    approximate: bool = False
    max_length: int = 60
    choices: tuple[Choice, ...] = ()
    among: str = ""
    autocomplete: str = "off"
    missing: str = ""
    way_on: str = ""
    waived_by: str = ""
    mask: Mask | None = None
    column: str = ""
    tally: str = ""

    @property
    def sealed(self) -> bool:
        """Whether the value is encrypted before it reaches a row."""
        return self.sensitivity is not Sensitivity.INTERNAL


ASK_US = "不明白、不想同意，请打电话或者到窗口来问"
"""The way on where a form cannot go on without a yes; the page says number and address."""

_WAYS_ON = frozenset({
    "any", "later", "no", "none", "not_yet", "nothing", "other", "self", "unknown", "unnamed",
    "unsure",
})  # fmt: skip
"""Codes of choices for whoever has not got what is asked for, does not know, or will not say."""


def find_way_on(field: Field) -> str:
    """Say how somebody goes on who cannot answer; empty if the field would stop him."""
    if field.optional:
        return "空着"
    if field.way_on:
        return field.way_on
    return next((choice.label for choice in field.choices if choice.code in _WAYS_ON), "")


def narrow_choices(field: Field, answers: Mapping[str, object]) -> Field:
    """Return the field with only the choices that were ticked in the question it picks from."""
    ticked = answers.get(field.among)
    if not isinstance(ticked, list):
        return field
    return replace(field, choices=tuple(one for one in field.choices if one.code in ticked))


def label_of(field: Field, code: str) -> str:
    """Return the words for a stored choice; the code itself if it is no longer offered."""
    return next((choice.label for choice in field.choices if choice.code == code), code)
