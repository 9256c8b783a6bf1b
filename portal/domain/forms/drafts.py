"""Drafts: a form that is being filled in, and what was typed that answers nothing yet.

Answers hold answers to fields of the field table and nothing else. Beside them stand pages that
were refused, as they were typed, and what a whole list of people needs until it is right. A draft
is never changed: each function of it returns the next one. `portal.store.drafts` seals and opens
its content.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import datetime
from typing import Any

from portal.domain.forms.answers import Answers, drop_unoffered
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import Page
from portal.domain.forms.sent_tables import SentTable, content_of_table, table_of_content

TypedPage = Mapping[str, list[str]]
"""What was typed into each question of a page."""
ListedPerson = Mapping[str, object]
"""The answers about somebody on a list, by field name."""

MOST_KEPT = 6_000
"""Characters that are kept of one refused page; the longest answer has 2,000."""


def may_be_kept(typed: TypedPage) -> bool:
    """Tell whether it is no more than a person types."""
    return sum(len(text) + 1 for texts in typed.values() for text in texts) <= MOST_KEPT


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Where a page stands in its form: its path; of a list also the entry, counted from 1.

    `more` is the second page about an entry.
    """

    path: str
    entry: int = 0
    more: bool = False

    def __str__(self) -> str:
        """Write it as the last part of the address in a browser."""
        parts = [self.path, *([str(self.entry)] if self.entry else []), *["more"][: self.more]]
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """What was typed about one person, by the name of the field; `number` counts from 1.

    `problems` are found anew whenever the row is judged, and not kept. `sheet` is the one that it
    stands in, if the table has several.
    """

    number: int
    typed: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it stands: 第 4 行."""
        return f"“{self.sheet}”第 {self.number} 行" if self.sheet else f"第 {self.number} 行"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterInProgress:
    """What there is of a list of people besides those who stand on it.

    `wrong` are the rows that are not right yet; `way` is how people came last, and `taken` how
    many of them were right. `before` is the list of a case that a change began from. `sent` is a
    table that waits for a yes to how it was read.
    """

    wrong: tuple[RosterRow, ...] = ()
    way: str = ""
    taken: int = 0
    before: tuple[ListedPerson, ...] = ()
    sent: SentTable | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far; `card` is the rights card that led here, if any.

    `refused` is what was typed into pages that were not right, `rosters` what belongs to lists
    that are being written, by their names; `own_words` are those that a sum or a day was read
    from. `receipt` is the number that the draft was kept under, `changed_at` when it was last
    touched: both None for what was never stored.
    """

    answers: Answers = field(default_factory=dict)
    _: KW_ONLY
    card: str | None = None
    receipt: str | None = None
    changed_at: datetime | None = None
    refused: Mapping[PageAddress, TypedPage] = field(default_factory=dict)
    rosters: Mapping[str, RosterInProgress] = field(default_factory=dict)
    own_words: Mapping[str, str] = field(default_factory=dict)

    def roster(self, page: Page) -> RosterInProgress:
        """Return what belongs to the list of a page."""
        return self.rosters.get(page.required_collection.name, RosterInProgress())

    def refused_parts(self, path: str) -> list[PageAddress]:
        """List what is refused of the page with this path: the page, or pages about its entries."""
        return [address for address in self.refused if address.path == path]

    def with_answers(self, answers: Mapping[str, object]) -> "Draft":
        """Add answers. What was picked among answers that have changed is asked anew."""
        return replace(self, answers=drop_unoffered({**self.answers, **answers}))

    def with_own_words(self, words: Mapping[str, str]) -> "Draft":
        """Keep the words that sums and days were read from, empty where they were plain."""
        kept = {name: said for name, said in {**self.own_words, **words}.items() if said}
        return replace(self, own_words=kept)

    def refuse(self, address: PageAddress, typed: TypedPage) -> "Draft":
        """Keep a page that is not right as it was typed."""
        return replace(self, refused={**self.refused, address: typed})

    def accept(self, address: PageAddress) -> "Draft":
        """Forget what was typed before a page was sent right."""
        left = {one: typed for one, typed in self.refused.items() if one != address}
        return replace(self, refused=left)

    def write_entry(self, page: Page, number: int, answers: ListedPerson) -> "Draft":
        """Add answers about an entry of a list; a new one if the number is one more than last.

        Raise ValueError if it holds answers that the page does not ask for.
        """
        _require_names(answers, {field.name for field in page.member_fields()})
        entries = page.entries_in(self.answers)
        known = entries[number - 1] if number <= len(entries) else {}
        entries[number - 1 : number] = [{**known, **answers}]
        return self.with_answers({page.required_collection.name: entries})

    def remove_entry(self, page: Page, number: int) -> "Draft":
        """Take an entry off a list; those behind it move up."""
        entries = page.entries_in(self.answers)
        del entries[number - 1]
        left = {
            replace(one, entry=one.entry - 1)
            if one.path == page.path and one.entry > number
            else one: typed
            for one, typed in self.refused.items()
            if (one.path, one.entry) != (page.path, number)
        }
        return replace(self, refused=left).with_answers({page.required_collection.name: entries})

    def close_list(self, page: Page) -> "Draft":
        """Take the list as it is for the answer, were it empty."""
        return self.with_answers({page.required_collection.name: page.entries_in(self.answers)})

    def write_list(
        self, page: Page, people: Sequence[ListedPerson], roster: RosterInProgress
    ) -> "Draft":
        """Write a whole list anew, with what belongs to it."""
        name = page.required_collection.name
        written = replace(self, rosters={**self.rosters, name: roster})
        return written.with_answers({name: list(people)})


def content_of_draft(draft: Draft) -> dict[str, Any]:
    """Return what is stored of a draft, in shapes that JSON knows.

    Raise ValueError if anything stands among the answers that no field asks for.
    """
    _require_names(draft.answers, FIELDS.keys())
    return {
        "answers": draft.answers,
        "card": draft.card,
        "own_words": dict(draft.own_words),
        "refused": [
            {"path": one.path, "entry": one.entry, "more": one.more, "typed": dict(typed)}
            for one, typed in draft.refused.items()
        ],
        "rosters": {
            name: {
                "wrong": [
                    {"number": row.number, "typed": dict(row.typed), "sheet": row.sheet}
                    for row in one.wrong
                ],
                "way": one.way,
                "taken": one.taken,
                "before": list(one.before),
                "sent": content_of_table(one.sent) if one.sent else None,
            }
            for name, one in draft.rosters.items()
        },
    }


def draft_of_content(
    content: Mapping[str, Any], receipt: str | None = None, changed_at: datetime | None = None
) -> Draft:
    """Make a draft of what was stored; answers to fields that are gone are left out."""
    return Draft(
        {name: value for name, value in content["answers"].items() if name in FIELDS},
        card=content["card"],
        own_words=content.get("own_words", {}),
        receipt=receipt,
        changed_at=changed_at,
        refused={
            PageAddress(one["path"], one["entry"], one["more"]): one["typed"]
            for one in content["refused"]
        },
        rosters={
            name: RosterInProgress(
                wrong=tuple(
                    RosterRow(row["number"], row["typed"], sheet=row.get("sheet", ""))
                    for row in one["wrong"]
                ),
                way=one["way"],
                taken=one["taken"],
                before=tuple(one["before"]),
                sent=table_of_content(one["sent"]) if one.get("sent") else None,
            )
            for name, one in content["rosters"].items()
        },
    )


def _require_names(answers: Mapping[str, object], names: Set[str]) -> None:
    if unknown := sorted(answers.keys() - names):
        raise ValueError(f"no answers: {', '.join(unknown)}")
