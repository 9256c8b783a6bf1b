"""How far a form is filled in: what is open, what comes next, what lies before."""

from dataclasses import dataclass
from functools import cached_property

from portal.domain.forms.answers import Answers
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import Field, Kind
from portal.domain.forms.journeys import Journey, Page, is_whole


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that the answers lead to, with what it asks in view of them.

    `answered`: every question that it must ask has an answer, and nothing on it was `refused`
    since. `unfinished` are the numbers of entries of its list that are not whole, or refused.
    """

    page: Page
    fields: tuple[Field, ...]
    answered: bool
    refused: bool
    unfinished: tuple[int, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of what it asks; of a list only its own."""
        if self.page.collection_name:
            return [self.page.collection_name]
        return [*(field.name for field in self.fields), *self.page.lists_beside]


@dataclass(frozen=True)
class JourneyProgress:
    """A form as a draft fills it in: the conditions of its pages are asked once.

    Who began the form before it was made anew goes on with it as it was: `journey` is that one.
    """

    journey: Journey
    draft: Draft

    def __post_init__(self) -> None:
        """Take the edition of the form that the draft was begun with."""
        object.__setattr__(self, "journey", self.journey.edition_for(self.draft.answers))

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self.draft.answers

    @cached_property
    def open_pages(self) -> tuple[OpenPage, ...]:
        """The pages that the answers lead through, in their order."""
        pages = self.journey.open_pages(self.answers)
        return tuple(look_at_page(page, self.draft) for page in pages)

    @cached_property
    def next_page(self) -> Page | None:
        """The first page that still wants an answer; None when the form is complete."""
        return next((one.page for one in self.open_pages if not one.answered), None)

    def may_visit(self, page: Page) -> bool:
        """Tell whether a page may be opened: no page before it still wants an answer."""
        for one in self.open_pages:
            if one.page == page:
                return True
            if not one.answered:
                return False
        return False

    def page_before(self, page: Page | None) -> Page | None:
        """Return the page before this one, before None the last; None before the first."""
        before: Page | None = None
        for one in self.open_pages:
            if one.page == page:
                return before
            before = one.page
        return before if page is None else None

    @cached_property
    def names_asked(self) -> frozenset[str]:
        """The names of what the form asks, but for what is ticked last, beside the button."""
        return frozenset(name for one in self.open_pages for name in one.names)

    @property
    def asked_answers(self) -> Answers:
        """The answers to what the form asks: what a changed mind left behind is not among them."""
        return {name: value for name, value in self.answers.items() if name in self.names_asked}


def look_at_page(page: Page, draft: Draft) -> OpenPage:
    """Find what a page asks in view of a draft, and what it still wants."""
    fields, parts = page.fields(draft.answers), draft.refused_parts(page.path)
    if page.collection_name is None:
        answered = not parts and all(_is_answered(field, draft.answers) for field in fields)
        return OpenPage(page, fields, answered, bool(parts))
    refused_entries = {one.entry for one in parts}
    unfinished = tuple(
        number
        for number, entry in enumerate(page.entries_in(draft.answers), 1)
        if number in refused_entries or not is_whole(page, entry)
    )
    closed = isinstance(draft.answers.get(page.collection_name), list)
    return OpenPage(page, fields, closed and not unfinished, bool(parts), unfinished)


def _is_answered(field: Field, answers: Answers) -> bool:
    # A box that was not there when the page was filled in counts as left empty.
    return field.name in answers or field.kind is Kind.TICK
