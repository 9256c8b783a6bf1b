"""How far somebody is: the page moves with every page, and says no more than is known."""

import pytest

from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import JOURNEYS, Journey, always, questions_of
from portal.domain.forms.page_count import CHECKING, PagePlace, find_place
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from tests.support.samples import ANSWERS

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


@each_journey
def test_every_page_moves_the_bar_and_it_never_goes_back(journey: Journey) -> None:
    done = [place.done for place in walk(journey, ANSWERS[journey.kind])]
    assert done == sorted(set(done))
    assert done[-1] < walk(journey, ANSWERS[journey.kind])[-1].whole  # it is not handed in yet


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
