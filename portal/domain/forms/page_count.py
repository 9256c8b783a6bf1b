"""How far somebody is in a form: which topic, which of its pages, and how much lies behind him.

Topics are counted, so that no branch changes their number; pages are counted within a topic, and
where an answer to come may open or close some of them, only how many there are at most is said.
The way round for whoever has not got what is asked for is counted when it is taken.
"""

from dataclasses import dataclass

from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import Page, questions_of
from portal.domain.forms.progress import JourneyProgress

CHECKING = "核对"
"""The last topic: all answers once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlace:
    """Where a page stands: `number` of its topic, of `topics`; `page` of `pages` in the topic.

    `sure`: no answer to come changes how many these are. `done` of `whole` is how much lies behind
    him: of all pages of the form, so that a page which is skipped moves it, too.
    """

    topic: str
    number: int
    topics: int
    page: int = 1
    pages: int = 1
    sure: bool = True
    done: int
    whole: int


def find_place(progress: JourneyProgress, page: Page | None) -> PagePlace:
    """Find where a page of a form stands, in view of the answers so far; None is the check page."""
    every = progress.journey.pages
    topics = [*dict.fromkeys(one.group for one in every), CHECKING]
    whole = len(every) + 1
    if page is None:
        return PagePlace(
            topic=CHECKING, number=len(topics), topics=len(topics), done=len(every), whole=whole
        )
    at, open_now = every.index(page), [one.page for one in progress.open_pages]
    to_come = frozenset[str]().union(*(one.names for one in every[at:]))
    undecided = [one for one in every[at + 1 :] if _may_still_open(one, to_come)]
    topic = [one for one in every if one.group == page.group]
    before = [one for one in topic if one in open_now and one in every[:at]]
    after = [one for one in topic if one in every[at + 1 :] and one in (*open_now, *undecided)]
    return PagePlace(
        topic=page.group,
        number=topics.index(page.group) + 1,
        topics=len(topics),
        page=len(before) + 1,
        pages=len(before) + 1 + len(after),
        sure=not any(one in undecided for one in after),
        done=at,
        whole=whole,
    )


def _may_still_open(page: Page, to_come: frozenset[str]) -> bool:
    about = questions_of(page.when)
    return bool(about & to_come) and all(FIELDS[one].kind is not Kind.TICK for one in about)
