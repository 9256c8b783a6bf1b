"""How far somebody is: the page moves with every page, and says no more than is known."""

from collections.abc import Callable

import pytest

from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS, Journey, Page, always, questions_of
from portal.domain.forms.page_count import CHECKING, PagePlace, find_place
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from tests.support.samples import ANSWERS, MEMBER

each_journey = pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
HARDSHIP = JOURNEYS[CaseKind.HARDSHIP]


def walk(journey: Journey, answers: dict[str, object]) -> list[PagePlace]:
    """The places of all pages that these answers lead through, each as it is when it is open."""
    places: list[PagePlace] = []
    known: dict[str, object] = {}
    for page in journey.open_pages(answers):
        places.append(find_place(JourneyProgress(journey, Draft(known)), page))
        known = {**known, **{name: answers[name] for name in page.names if name in answers}}
    places.append(find_place(JourneyProgress(journey, Draft(known)), None))
    return places


EVERYBODY = {**MEMBER, "member_situation": "ill"}


def possible_answers(page: Page, name: str) -> list[object]:
    """Answers to a question that may lead different ways."""
    if page.collection_name:
        return [[], [EVERYBODY]]
    field = FIELDS[name]
    codes = [choice.code for choice in field.choices]
    match field.kind:
        case Kind.ONE_OF:
            return [*codes] or ["x"]  # the towns of a centre stand in no table
        case Kind.SOME_OF:
            return [*([code] for code in codes), codes]
        case Kind.TICK:
            return [None, True]
        case Kind.COUNT:
            return [1, 30]
    return ["x"]


def answer_all(journey: Journey, choose: Callable[..., object]) -> dict[str, object]:
    """Answer each question so that as many, or as few, pages follow as one answer can bring."""
    answers: dict[str, object] = {}
    done: set[str] = set()
    while left := [page for page in journey.open_pages(answers) if page.path not in done]:
        for name in sorted(left[0].names):
            answers[name] = choose(
                possible_answers(left[0], name),
                key=lambda one: len(journey.open_pages({**answers, name: one})),
            )
        done.add(left[0].path)
    return answers


@each_journey
def test_every_page_moves_the_bar_on_the_longest_and_the_shortest_way(journey: Journey) -> None:
    ways = [ANSWERS[journey.kind], answer_all(journey, max), answer_all(journey, min)]
    longest, shortest = (len(journey.open_pages(way)) for way in ways[1:])
    assert longest >= len(journey.open_pages(ways[0])) >= shortest
    for way in ways:
        places = walk(journey, way)
        done = [place.done for place in places]
        assert done == sorted(set(done))
        assert done[-1] < places[-1].whole  # it is not handed in yet
        told = [(place.number, place.page) for place in places]
        assert told == sorted(set(told))


@each_journey
def test_within_a_topic_every_page_has_the_next_number(journey: Journey) -> None:
    last = ("", 0)
    for place in walk(journey, ANSWERS[journey.kind]):
        assert place.page == (last[1] + 1 if place.topic == last[0] else 1)
        last = (place.topic, place.page)


@each_journey
def test_what_is_said_to_be_the_number_of_pages_is_and_at_most_is_enough(journey: Journey) -> None:
    places = walk(journey, ANSWERS[journey.kind])
    for place in places:
        last = max(one.page for one in places if one.topic == place.topic)
        assert last == place.pages if place.sure else last <= place.pages


@each_journey
def test_the_topics_are_as_many_on_every_page(journey: Journey) -> None:
    places = walk(journey, ANSWERS[journey.kind])
    assert len({place.topics for place in places}) == 1
    numbers = [place.number for place in places]
    assert numbers == sorted(numbers)
    assert (places[-1].topic, places[-1].number) == (CHECKING, places[-1].topics)


@each_journey
def test_every_condition_says_which_questions_it_hangs_on(journey: Journey) -> None:
    for number, page in enumerate(journey.pages):
        asked = {name for one in journey.pages[: number + 1] for name in one.names}
        assert questions_of(page.when) <= asked
        assert bool(questions_of(page.when)) == (page.when is not always)


def test_an_answer_to_come_makes_it_at_most_and_the_answer_makes_it_sure() -> None:
    work, jobless = HARDSHIP.page_of("work_state"), HARDSHIP.page_of("jobless_since")
    before = find_place(JourneyProgress(HARDSHIP, Draft()), work)
    assert (before.page, before.pages, before.sure) == (1, 7, False)
    known = Draft({"work_state": "unemployed", "migrant_worker": "no"})
    after = find_place(JourneyProgress(HARDSHIP, known), jobless)
    assert (after.page, after.sure) == (2, False)  # whether he is a migrant is asked later
    insured = find_place(JourneyProgress(HARDSHIP, known), HARDSHIP.page_of("insured"))
    assert (insured.page, insured.pages, insured.sure) == (5, 5, True)
