"""What a journey is: the ordered pages of a form, and the conditions they hang on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.domain.forms.fields import FIELDS, Field, narrow_choices
from portal.domain.shared.case_kinds import CaseKind

PAPERS_ABSENT = "papers_absent"
"""The list of what was said of papers that were not sent; `domain.documents` reads it."""
ABSENCE = ("absent_paper", "absent_why", "absent_words")
"""What is said of such a paper."""

KnownAnswers = Mapping[str, object]
Condition = Callable[[KnownAnswers], bool]


def always(_: KnownAnswers) -> bool:
    """Hold for everybody: the condition of a page or question that all get."""
    return True


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """The condition that one of the codes answers a question; `several`: is among its answers."""

    field: str
    codes: tuple[str | bool, ...]
    several: bool = False

    def __call__(self, answers: KnownAnswers) -> bool:
        """Tell whether it is so."""
        answer = answers.get(self.field)
        if not self.several:
            return answer in self.codes
        return isinstance(answer, Sequence) and any(code in answer for code in self.codes)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Whether at least one of the conditions holds."""

    conditions: tuple[Condition, ...]

    def __call__(self, answers: KnownAnswers) -> bool:
        """Tell whether it is so."""
        return any(holds(answers) for holds in self.conditions)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Whether all of the conditions hold. On paper the last one says it: it hangs on the others."""

    conditions: tuple[Condition, ...]

    def __call__(self, answers: KnownAnswers) -> bool:
        """Tell whether it is so."""
        return all(holds(answers) for holds in self.conditions)


@dataclass(frozen=True, slots=True)
class DescribedCondition:
    """A condition that no single answer decides, and the words that say it on paper.

    `about` are the questions, or lists, that it hangs on.
    """

    words: str
    holds: Condition
    about: tuple[str, ...]

    def __call__(self, answers: KnownAnswers) -> bool:
        """Tell whether it is so."""
        return self.holds(answers)


def is_one_of(name: str, *codes: str) -> AnswerIs:
    """Make the condition that one of the codes was picked."""
    return AnswerIs(name, codes)


def has_ticked(name: str, *codes: str) -> AnswerIs:
    """Make the condition that at least one of the codes was ticked."""
    return AnswerIs(name, codes, several=True)


def is_ticked(name: str) -> AnswerIs:
    """Make the condition that a box was ticked."""
    return AnswerIs(name, (True,))


def all_of(*conditions: Condition) -> Condition:
    """Make the condition that the first holds, and what hangs on it, to the last."""
    narrowing = tuple(one for one in conditions if one is not always)
    return narrowing[0] if len(narrowing) == 1 else AllOf(narrowing)


def any_of(*conditions: Condition) -> AnyOf:
    """Tell whether at least one of the conditions holds."""
    return AnyOf(conditions)


def questions_of(condition: Condition) -> frozenset[str]:
    """Name the questions, or lists, that a condition hangs on."""
    match condition:
        case AnswerIs(field=name):
            return frozenset({name})
        case AllOf(conditions=several) | AnyOf(conditions=several):
            return frozenset[str]().union(*map(questions_of, several))
        case DescribedCondition(about=names):
            return frozenset(names)
    return frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question on a page, and when it is asked."""

    field: str
    when: Condition = always


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A list of people on a page: the field that it is kept under, and the words of the page.

    `called` is what one of them is, `none` stands on the check page for an empty list. With
    fewer than `least` the page says `if_fewer` to go on: it never holds anybody up. `bulk`: they
    come as a whole list, as a file or as lines (`domain.rosters`).
    `open_later`: the applicant may change it after filing.
    """

    name: str
    called: str
    none: str
    if_fewer: str
    least: int = 1
    most: int = 12
    bulk: bool = False
    open_later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `title` is its h1, `group` the heading on the check page.

    `collection` marks a page that is filled once for each entry of a list, such as the members of
    the household. What does not fit on the first page of an entry is in `more`.
    `photos` marks the page where papers are sent as photos (`domain.documents`).
    `names_us`: the page names telephone and counter before anybody gets stuck on it.
    """

    path: str
    group: str
    title: str
    asks: tuple[Ask, ...]
    when: Condition = always
    lead: str = ""
    collection: Collection | None = None
    more: tuple[Ask, ...] = ()
    photos: bool = False
    names_us: bool = False

    @property
    def collection_name(self) -> str | None:
        """The name of the list that the page fills; None if it fills none."""
        return self.collection.name if self.collection else None

    @property
    def names(self) -> frozenset[str]:
        """The names of all that the page asks, of everybody or not; a list by its own name."""
        if self.collection_name:
            return frozenset({self.collection_name})
        return frozenset({*(ask.field for ask in self.asks), *self.lists_beside})

    @property
    def lists_beside(self) -> tuple[str, ...]:
        """The names of the lists that it may fill beside its questions: papers that are not there.

        Nobody has to fill them.
        """
        return (PAPERS_ABSENT,) if self.photos else ()

    @property
    def required_collection(self) -> Collection:
        """The list that the page fills. ValueError if it fills none."""
        if self.collection is None:
            raise ValueError(f"{self.path} fills no list")
        return self.collection

    def entries_in(self, answers: KnownAnswers) -> list[Mapping[str, object]]:
        """Return who is on the list of the page so far."""
        people = answers.get(self.required_collection.name)
        return list(people) if isinstance(people, list) else []

    @property
    def bulk(self) -> bool:
        """Whether the page fills a list that comes as a whole."""
        return self.collection is not None and self.collection.bulk

    def fields(self, answers: KnownAnswers) -> tuple[Field, ...]:
        """Return the questions that this page asks, in view of what was answered before."""
        asked = (FIELDS[ask.field] for ask in self.asks if ask.when(answers))
        return tuple(narrow_choices(field, answers) for field in asked)

    def member_fields(self) -> tuple[Field, ...]:
        """Return all questions about one entry of the list."""
        return tuple(FIELDS[ask.field] for ask in (*self.asks, *self.more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A whole form. `address` is the first part of its addresses, `version` counts its changes.

    `lead`, `promise` (what one gets and how soon, with the codes of time limits in braces), `ready`
    (what to have at hand) and `urgent` stand on the start page, `self_test` says whether it leads
    to the self-test;
    `next_step` (`{call}` is how he is told) and `lost_code` stand on the receipt. `former` is the
    form as it was before it was made anew: whoever began it then goes on with it.
    """

    kind: CaseKind
    address: str
    version: int
    title: str
    button: str
    minutes: int
    lead: str
    promise: str
    ready: tuple[str, ...]
    pages: tuple[Page, ...]
    declarations: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    self_test: bool = False
    next_step: str
    lost_code: str
    former: "Journey | None" = None

    @property
    def editions(self) -> tuple["Journey", ...]:
        """The form as it is, and as those may still fill it in who began it before."""
        return (self, self.former) if self.former else (self,)

    @property
    def names(self) -> frozenset[str]:
        """The names of all that the form asks, but for what is ticked last."""
        return frozenset().union(*(page.names for page in self.pages))

    def edition_for(self, answers: KnownAnswers) -> "Journey":
        """Return the former form if something was answered that only it asks, else this one."""
        if self.former and not answers.keys().isdisjoint(self.former.names - self.names):
            return self.former
        return self

    def open_pages(self, answers: KnownAnswers) -> tuple[Page, ...]:
        """Return the pages that these answers lead through."""
        return tuple(page for page in self.pages if page.when(answers))

    def page_of(self, name: str) -> Page:
        """Return the page that asks a question, or fills a list. Raise LookupError if none does."""
        for page in self.pages:
            if name in page.names:
                return page
        raise LookupError(f"{self.address} does not ask {name}")


def is_whole(page: Page, member: object) -> bool:
    """Tell whether all is written down about an entry of the list."""
    return isinstance(member, Mapping) and all(
        field.name in member for field in page.member_fields()
    )


def page(
    path: str,
    group: str,
    title: str,
    *asks: Ask | str,
    when: Condition = always,
    lead: str = "",
    collection: Collection | None = None,
    more: tuple[str, ...] = (),
    photos: bool = False,
    names_us: bool = False,
) -> Page:
    """Make a page of these questions."""
    asked = tuple(ask if isinstance(ask, Ask) else Ask(ask) for ask in asks)
    return Page(
        path=path, group=group, title=title, asks=asked, when=when, lead=lead,
        collection=collection, more=tuple(map(Ask, more)), photos=photos, names_us=names_us,
    )  # fmt: skip
