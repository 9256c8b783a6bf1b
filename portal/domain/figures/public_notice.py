"""Public notice lists （公示）: what of a person may stand in public, and until when.

A row has exactly the fields that a list may show. All but the masked name and the town are
picked from fixed lists, so nothing else about anybody has a place in it.
"""

import re
from dataclasses import dataclass
from datetime import date

from portal.domain.eligibility.means_test import Category
from portal.domain.rules.rulebook import Rulebook, due_on
from portal.domain.shared.masking import mask_name
from portal.domain.shared.money import format_yuan

CAUSE_GROUPS = {
    "own_illness": "因病因残",
    "family_illness": "因病因残",
    "disability": "因病因残",
    "schooling": "子女上学",
    "unemployment": "没有工作",
    "accident": "意外或灾害",
    "other": "其他原因",
}
"""What is said in public of a cause: its group, never an illness or a disability."""
ITEMS = {"living": "生活帮扶", "medical": "医疗帮扶", "schooling": "助学帮扶"}
MOST_AT_HOME = 20
DEADLINE = "publicity"
_MASKED_NAME = re.compile(r"[^*\s\d]{0,2}\*+")
_TOWN = re.compile(r"[\u3400-\u9fff]{2,15}")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be helped, as the centre knows him; `town` by its name, the others by code."""

    name: str
    town: str
    household: int
    category: Category
    cause: str
    item: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One line of a list. ValueError if a value is not one that may be shown."""

    name: str
    town: str
    household: int
    category: str
    cause: str
    item: str
    amount: str

    def __post_init__(self) -> None:
        allowed = (
            _MASKED_NAME.fullmatch(self.name)
            and _TOWN.fullmatch(self.town)
            and 1 <= self.household <= MOST_AT_HOME
            and self.category in {one.label for one in Category if one is not Category.NOT}
            and self.cause in CAUSE_GROUPS.values()
            and self.item in ITEMS.values()
            and re.fullmatch(r"\d{1,3}(,\d{3}){0,2}(\.\d\d)?", self.amount)
        )
        if not allowed:
            raise ValueError("a row of a public list holds a value that may not be shown")


@dataclass(frozen=True, slots=True)
class PublicList:
    """One batch: shown from `starts_on` to the end of `ends_on`."""

    starts_on: date
    ends_on: date
    rows: tuple[PublicRow, ...]

    def is_over(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return today > self.ends_on


def make_row(person: Person) -> PublicRow:
    """Return what may be shown of a person: the name masked, the cause by its group."""
    return PublicRow(
        name=mask_name(person.name),
        town=person.town,
        household=person.household,
        category=person.category.label,
        cause=CAUSE_GROUPS[person.cause],
        item=ITEMS[person.item],
        amount=format_yuan(person.amount_fen),
    )


def publish_list(starts_on: date, rows: tuple[PublicRow, ...], rules: Rulebook) -> PublicList:
    """Make a list with its last day by the centre's own limit; the first day does not count."""
    return PublicList(starts_on, due_on(rules, DEADLINE, starts_on), rows)
