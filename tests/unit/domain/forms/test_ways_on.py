"""No dead end: whoever has not got what a form asks for finds a way on, at each question."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from portal.domain.forms.answers import parse_answer, parse_on_page
from portal.domain.forms.fields import FIELDS, Field, Kind, find_way_on
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.errors import NotAccepted
from tests.support.typed import CONTEXT, each_of, right


def public_fields(journey: Journey) -> Iterator[Field]:
    """Every question of a form, those about entries of its lists and the ticks at its end too."""
    for page in journey.pages:
        yield from (FIELDS[ask.field] for ask in (*page.asks, *page.more))
    yield from (FIELDS[name] for name in journey.declarations)


ASKED = {field.name: field for one in JOURNEYS.values() for field in public_fields(one)}
STOPPING = [field for field in ASKED.values() if field.way_on and not field.optional]
WAIVED = [field for field in ASKED.values() if field.waived_by]


def find_dead_ends(journey: Journey) -> list[str]:
    """The questions at which somebody could stop for good."""
    return [field.name for field in public_fields(journey) if not find_way_on(field)]


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
def test_no_question_of_a_form_is_a_dead_end(journey: Journey) -> None:
    assert find_dead_ends(journey) == [], "give the row a choice such as 不清楚, or a way_on"


def test_a_new_question_that_must_be_answered_is_a_dead_end_until_it_has_a_way_on() -> None:
    for kind in (Kind.LINE, Kind.CONSENT, Kind.ONE_OF):
        bare = replace(FIELDS["address"], kind=kind, way_on="")
        assert find_way_on(bare) == ""
        assert find_way_on(replace(bare, optional=True))
        assert find_way_on(replace(bare, way_on="没有就写村名"))
    closed = replace(FIELDS["contract"], choices=FIELDS["contract"].choices[:2])
    assert find_way_on(closed) == ""
    assert find_way_on(FIELDS["contract"]) == "没有签"


@each_of(STOPPING)
def test_whoever_leaves_a_question_empty_is_told_the_way_on(field: Field) -> None:
    with pytest.raises(NotAccepted) as problem:
        parse_answer(field, [], CONTEXT)
    assert problem.value.message.endswith(field.way_on)


@each_of(WAIVED)
def test_a_box_that_stands_in_for_an_answer_is_beside_it_in_every_form(field: Field) -> None:
    box = FIELDS[field.waived_by]
    assert box.kind is Kind.TICK
    assert box.label in field.way_on
    for journey in JOURNEYS.values():
        for page in journey.pages:
            names = [ask.field for ask in page.asks]
            if field.name in names:
                assert names.index(field.waived_by) == names.index(field.name) + 1


@each_of(WAIVED)
def test_a_ticked_box_stands_in_for_the_answer_and_not_beside_one(field: Field) -> None:
    ticked = {field.waived_by: ["yes"]}
    assert parse_on_page(field, ticked, CONTEXT) is None
    assert parse_on_page(field, {**ticked, field.name: ["  "]}, CONTEXT) is None
    with pytest.raises(NotAccepted, match="就删掉号码"):
        parse_on_page(field, {**ticked, field.name: [right(field)]}, CONTEXT)
    with pytest.raises(NotAccepted, match="请填"):
        parse_on_page(field, {field.name: []}, CONTEXT)


@pytest.mark.parametrize("typed", ["H01234567", "E12345678", "USA110074030100", "1101051949", "无"])
def test_a_wrong_id_number_is_told_with_the_box_to_tick(typed: str) -> None:
    with pytest.raises(NotAccepted, match=r"就勾“我没有 18 位的身份证号”\Z"):
        parse_answer(FIELDS["id_number"], [typed], CONTEXT)


def test_the_number_in_a_household_book_is_judged_as_one_of_an_identity_card() -> None:
    field = FIELDS["id_paper_number"]
    assert parse_answer(field, ["419999197001010014"], CONTEXT) == "419999197001010014"
    with pytest.raises(NotAccepted, match="填错了"):
        parse_answer(field, ["419999197001010013"], CONTEXT)
