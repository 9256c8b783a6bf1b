"""Whatever is answered: the form is whole, can be read back, and typed again from paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.counter.paper_layout import (
    gather_answers,
    questions_that_count,
    roster_problems,
    row_fields,
    whole_form,
)
from portal.domain.forms.answer_summary import (
    APPLICANT_READS,
    describe_member,
    leftovers,
    name_entry,
    summarise,
)
from portal.domain.forms.answers import NOT_GIVEN, is_said, parse_on_page, show_answer
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.forms.progress import JourneyProgress
from portal.domain.forms.question_numbers import numbers_of
from portal.domain.shared.case_kinds import CaseKind
from tests.support.answering import Answers, filled_forms, typed_again
from tests.support.searching import examples
from tests.support.typed import CONTEXT, typed_lines

ROWS = 6
each_journey = pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
few = examples(15)  # of each form, and a form has some forty answers


def typed_on_one_page(journey: Journey, answers: Answers) -> dict[str, list[str]]:
    """What staff type from a form on paper, by the name of the question."""
    typed = {
        name: list(typed_again(FIELDS[name], value))
        for name, value in answers.items()
        if name not in {page.collection_name for page in journey.pages}
    }
    for page in journey.pages:
        found = answers.get(page.collection_name or "")
        members = found if isinstance(found, list) else []
        if page.collection_name and page.bulk:
            typed[page.collection_name] = [typed_lines(page, members)]
            continue
        for row, member in enumerate(members, 1):
            for field in row_fields(page, row):
                value = member[field.name.removesuffix(f"-{row}")]
                typed[field.name] = list(typed_again(field, value))
    return typed


@each_journey
@few
@given(data=st.data())
def test_a_form_filled_in_page_by_page_is_whole_and_loses_nothing(
    journey: Journey, data: st.DataObject
) -> None:
    answers = data.draw(filled_forms(journey))
    progress = JourneyProgress(journey, Draft(answers))
    assert progress.next_page is None
    assert progress.asked_answers == answers
    assert leftovers(journey, answers, CONTEXT, APPLICANT_READS) == []
    alone = answers.keys() - {page.collection_name for page in journey.pages}
    typed = {name: typed_again(FIELDS[name], answers[name]) for name in alone}
    for name in alone:
        assert parse_on_page(FIELDS[name], typed, CONTEXT) == answers[name]


@each_journey
@few
@given(data=st.data())
def test_every_answer_stands_once_in_the_summary(journey: Journey, data: st.DataObject) -> None:
    answers = data.draw(filled_forms(journey))
    lines = [
        (line.label, line.shown)
        for section in summarise(journey, answers, CONTEXT)
        for line in section.lines
    ]
    told = []
    for page in journey.open_pages(answers):
        members = answers.get(page.collection_name or "")
        if isinstance(members, list):
            told += [(name_entry(page, number), describe_member(page, one, CONTEXT))
                     for number, one in enumerate(members, 1)]  # fmt: skip
            told += [] if members or not page.collection else [(page.title, page.collection.none)]
            continue
        for field in page.fields(answers):
            shown = show_answer(field, answers[field.name], CONTEXT)
            assert (shown == NOT_GIVEN) == (answers[field.name] is None)
            told += [(field.label, shown)] if is_said(field, answers) else []
    assert lines == told


@each_journey
@few
@given(data=st.data())
def test_the_same_answers_keyed_in_from_paper_are_the_same_answers(
    journey: Journey, data: st.DataObject
) -> None:
    answers = data.draw(filled_forms(journey))
    typed = typed_on_one_page(journey, answers)
    counting = questions_that_count(journey, typed, ROWS, CONTEXT)
    taken = {
        field.name: parse_on_page(field, typed, CONTEXT)
        for field in whole_form(journey, ROWS)
        if field.name in counting and field.name not in journey.declarations
    }
    assert gather_answers(journey, taken, typed, ROWS, CONTEXT) == answers


@each_journey
@few
@given(data=st.data())
def test_every_question_that_was_answered_has_a_number_on_paper(
    journey: Journey, data: st.DataObject
) -> None:
    answers = data.draw(filled_forms(journey))
    photos = {ask.field for page in journey.pages if page.photos for ask in page.asks}
    assert answers.keys() - numbers_of(journey).keys() <= photos


def test_of_a_list_that_nobody_was_asked_for_nothing_is_complained() -> None:
    journey = JOURNEYS[CaseKind.CONSULTATION]
    (page,) = (one for one in journey.pages if one.bulk)
    name = str(page.collection_name)
    typed = {name: ["示范甲 不是电话 不是钱"]}
    assert [asked for asked, _ in roster_problems(journey, {name: typed}, typed, CONTEXT)] == [name]
    assert list(roster_problems(journey, {}, typed, CONTEXT)) == []
