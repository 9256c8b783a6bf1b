"""Numbers of questions: in order, each once, and the same wherever a question is seen."""

import pytest

from portal.domain.forms.answer_summary import APPLICANT_READS, name_entry, summarise
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, Journey, always
from portal.domain.forms.question_numbers import number_questions, numbers_of, say_condition
from portal.domain.shared.case_kinds import CaseKind
from tests.support.samples import ANSWERS
from tests.support.typed import CONTEXT

each_journey = pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)


@each_journey
def test_what_everybody_is_asked_counts_without_a_gap(journey: Journey) -> None:
    numbered = number_questions(journey)
    main = [int(one.number) for one in numbered if one.number.isdigit()]
    assert main == list(range(1, len(main) + 1))
    assert len({one.number for one in numbered}) == len(numbered)
    assert numbered[-1].field.name == (journey.declarations or (numbered[-1].field.name,))[-1]


@each_journey
def test_what_some_are_asked_hangs_on_the_number_before(journey: Journey) -> None:
    before = ""
    for one in number_questions(journey):
        if one.when is always:
            assert one.number.isdigit()
        else:
            letter = one.number.lstrip("0123456789")
            expected = chr(ord(before[-1]) + 1) if before and before[-1].isalpha() else "a"
            assert letter == expected
            assert one.number[: -len(letter)] == before.rstrip("abcdefghijklmnopqrstuvwxyz")
        before = one.number


@each_journey
def test_every_condition_can_be_said_on_paper(journey: Journey) -> None:
    numbers = numbers_of(journey)
    for one in number_questions(journey):
        said = say_condition(one.when, numbers)
        assert bool(said) == (one.when is not always)


def test_a_condition_names_the_question_and_the_choices_in_the_words_of_the_form() -> None:
    numbers = numbers_of(JOURNEYS[CaseKind.HARDSHIP])
    conditions = {one.field.name: one.when for one in
                  number_questions(JOURNEYS[CaseKind.HARDSHIP])}  # fmt: skip
    assert numbers["helper_name"] == "3a"
    assert say_condition(conditions["helper_name"], numbers) == (
        "第 1 题选了“家人或工友替我填”或“窗口工作人员替我填”"
    )
    assert "，或者第 4 题选了“助学帮扶”" in say_condition(conditions["school"], numbers)


def test_a_condition_without_words_is_an_error_when_the_form_is_made() -> None:
    with pytest.raises(ValueError, match="Told"):
        say_condition(lambda given: True, {})


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_the_numbers_before_sending_are_those_on_paper(kind: CaseKind) -> None:
    journey = JOURNEYS[kind]
    lines = [line for section in summarise(journey, ANSWERS[kind], CONTEXT, APPLICANT_READS)
             for line in section.lines]  # fmt: skip
    numbers = {one.field.label: one.number for one in number_questions(journey)}
    listed = {
        name_entry(page, number): numbers[FIELDS[page.collection_name].label]
        for page in journey.pages if page.collection_name for number in range(1, 4)
    }  # fmt: skip
    for line in lines:
        expected = listed.get(line.label) or numbers.get(line.label, "")
        assert line.number == expected
    assert [line.label for line in lines if not line.number] in ([], ["材料照片"])
