"""The journeys: whatever is answered, there is a next page, and the way ends."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.answers import parse_answer
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.journeys import JOURNEYS, Journey, KnownAnswers, Page
from portal.domain.forms.journeys.relief import has_young_member
from portal.domain.forms.page_count import find_place
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from portal.public.forms.navigation import back_address, next_address
from tests.support.samples import ANSWERS
from tests.support.typed import CONTEXT, right

each_journey = pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)


@each_journey
def test_the_samples_answer_whatever_their_pages_ask(journey: Journey) -> None:
    answers = ANSWERS[journey.kind]
    asked = {field.name for page in journey.open_pages(answers) if page.collection_name is None
             for field in page.fields(answers)}  # fmt: skip
    assert asked <= answers.keys(), f"not in samples.py: {sorted(asked - answers.keys())}"


def an_answer(field: Field, draw: st.DrawFn) -> object:
    """One of the choices, or something right; nothing now and then where that is allowed."""
    if field.optional and draw(st.booleans()):
        return None
    codes = [choice.code for choice in CONTEXT.choices_of(field)]
    if field.kind is Kind.ONE_OF:
        return draw(st.sampled_from(codes))
    if field.kind is Kind.SOME_OF:
        return draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    if field.kind is Kind.AGE:
        return draw(st.integers(0, 90))
    return parse_answer(field, [right(field)], CONTEXT)


def fill(page: Page, given: dict[str, object], draw: st.DrawFn) -> dict[str, object]:
    """The answers of one page."""
    if page.collection_name:
        asked = page.member_fields()
        members = range(draw(st.integers(0, 3)))
        return {
            page.collection_name: [
                {one.name: an_answer(one, draw) for one in asked} for _ in members
            ]
        }
    return {field.name: an_answer(field, draw) for field in page.fields(given)}


def pages_to_visit(progress: JourneyProgress) -> list[Page]:
    """The pages that may be opened."""
    return [one for one in progress.journey.pages if progress.may_visit(one)]


@st.composite
def walks(draw: st.DrawFn) -> tuple[Journey, list[Page], dict[str, object]]:
    """A form filled in page by page, with minds changed on the way."""
    journey = draw(st.sampled_from(list(JOURNEYS.values())))
    given: dict[str, object] = {}
    visited: list[Page] = []
    changes = draw(st.integers(0, 4))
    while (page := (progress := JourneyProgress(journey, Draft(given))).next_page) or changes:
        if (changes and given and draw(st.booleans())) or page is None:
            changes -= 1
            page = draw(st.sampled_from(pages_to_visit(progress)))
        visited.append(page)
        given |= fill(page, given, draw)
        assert len(visited) < 100, "the way does not end"
    return journey, visited, given


@given(walks())
def test_every_walk_ends_at_the_check_page_with_a_way_back(
    walk: tuple[Journey, list[Page], dict[str, object]],
) -> None:
    journey, visited, given = walk
    progress = JourneyProgress(journey, Draft(given))
    assert next_address(progress) == f"/{journey.address}/check"
    for one in progress.open_pages:
        assert one.answered
        assert progress.may_visit(one.page)
        assert one.fields or one.page.collection_name
    kept = JourneyProgress(journey, Draft(progress.asked_answers))
    assert kept.next_page is None
    assert [one.page for one in kept.open_pages] == [one.page for one in progress.open_pages]
    assert set(visited) >= set(journey.open_pages(given))


@given(walks())
def test_the_step_number_never_falls_and_every_page_moves_the_bar(
    walk: tuple[Journey, list[Page], dict[str, object]],
) -> None:
    journey, _, given = walk
    progress = JourneyProgress(journey, Draft(given))
    places = [find_place(progress, page) for page in (*journey.open_pages(given), None)]
    numbers, done = [one.number for one in places], [one.done for one in places]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1
    assert numbers[-1] == places[0].topics
    assert len({one.topics for one in places}) == 1
    assert done == sorted(set(done))
    assert all(one.page <= one.pages for one in places)


@each_journey
def test_only_the_first_page_is_open_at_the_start(journey: Journey) -> None:
    progress = JourneyProgress(journey, Draft())
    assert progress.next_page is journey.pages[0]
    assert pages_to_visit(progress) == [journey.pages[0]]
    assert back_address(progress, journey.pages[0]) == f"/{journey.address}"


@each_journey
def test_a_form_asks_the_condition_of_each_page_once(journey: Journey) -> None:
    asked = Counter[str]()

    def count(page: Page) -> Page:
        def when(answers: KnownAnswers) -> bool:
            asked[page.path] += 1
            return page.when(answers)

        return replace(page, when=when)

    counted = replace(journey, pages=tuple(map(count, journey.pages)))
    progress = JourneyProgress(counted, Draft(ANSWERS[journey.kind]))
    assert next_address(progress) == f"/{journey.address}/check"
    assert pages_to_visit(progress) == [one.page for one in progress.open_pages]
    for page in (*counted.pages, None):
        back_address(progress, page)
    assert progress.asked_answers.keys() == ANSWERS[journey.kind].keys()
    assert asked == dict.fromkeys((page.path for page in journey.pages), 1)


@each_journey
def test_addresses_are_short_and_not_taken_by_other_pages(journey: Journey) -> None:
    paths = [page.path for page in journey.pages]
    assert len(set(paths)) == len(paths)
    assert not set(paths) & {"check", "receipt", "kept", "so-far", "another", "unlock"}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", path) for path in paths)


@each_journey
def test_a_question_is_asked_on_one_page_only_on_any_way(journey: Journey) -> None:
    seen: dict[str, list[str]] = {}
    for page in journey.pages:
        for ask in page.asks:
            seen.setdefault(ask.field, []).append(page.path)
    twice = {name: paths for name, paths in seen.items() if len(paths) > 1}
    assert twice == {}


@each_journey
def test_a_journey_belongs_to_a_workflow_and_counts_its_version(journey: Journey) -> None:
    assert WORKFLOWS[journey.kind].kind is journey.kind
    assert journey.version >= 1


HARDSHIP = JOURNEYS[CaseKind.HARDSHIP]
COSTS_OF_ILLNESS = HARDSHIP.page_of("medical_cost_year")


@pytest.mark.parametrize(
    "answers",
    [{"causes": ["family_illness"]}, {"help_wanted": ["medical"]}, {"health": "ill"},
     {"health": "ill_disabled"}, {"members": [{"member_situation": "ill"}]}],
    ids=str,
)  # fmt: skip
def test_whoever_tells_of_illness_is_asked_what_it_costs(answers: dict[str, object]) -> None:
    assert COSTS_OF_ILLNESS in HARDSHIP.open_pages(answers)
    assert COSTS_OF_ILLNESS not in HARDSHIP.open_pages({"health": "good", "members": [{}]})


def test_who_is_ill_and_has_a_card_of_disability_says_both() -> None:
    assert HARDSHIP.page_of("disability") in HARDSHIP.open_pages({"health": "ill_disabled"})


def test_a_member_of_the_household_is_retired_farming_or_takes_odd_jobs() -> None:
    offered = {choice.label for choice in FIELDS["member_situation"].choices}
    assert {"退休了", "种地", "打零工", "还小，没上学", "别的"} <= offered


@pytest.mark.parametrize(
    ("members", "young"),
    [(None, False), ([], False), ([{"member_age": 14}], False), ([{"member_age": 13}], True),
     ([{"member_age": 40}, {"member_age": 0}], True), ([{"member_name": "示范小囡"}], False),
     ("not a list", False)],
)  # fmt: skip
def test_a_member_under_14_asks_for_a_guardian(members: object, young: bool) -> None:
    assert has_young_member({"members": members}) is young
