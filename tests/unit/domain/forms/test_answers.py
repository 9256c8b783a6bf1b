"""Every kind of question: what it takes, what it refuses, and that refusing says what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.forms.answer_summary import describe_member, summarise
from portal.domain.forms.answers import (
    NOT_GIVEN,
    drop_unoffered,
    find_own_words,
    parse_answer,
    show_answer,
    type_back,
)
from portal.domain.forms.drafts import Draft
from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from tests.support.typed import (
    ASKED,
    CONTEXT,
    CONTROLS,
    FULL_WIDTH,
    TOO_MUCH,
    each_of,
    right,
    wrong,
)

INVISIBLE = ("", "   ", "\u3000", "\u200b\u202e\ufeff", "\t\n", "\u3164")
PICKED = {Kind.ONE_OF, Kind.SOME_OF, Kind.CONSENT, Kind.TICK}
TYPED = [field for field in ASKED.values() if field.kind not in PICKED]
WITH_DIGITS = [field for field in ASKED.values() if field.kind in FULL_WIDTH]
each_field = each_of(ASKED.values())


def refusal(field: Field, *typed: str) -> str:
    """The sentence with which an answer is refused."""
    with pytest.raises(NotAccepted) as problem:
        parse_answer(field, typed, CONTEXT)
    return problem.value.message


@each_field
def test_nothing_is_refused_with_the_words_of_the_table_or_kept_as_nothing(field: Field) -> None:
    for typed in ((), *((blank,) for blank in INVISIBLE)):
        if field.optional:
            assert parse_answer(field, typed, CONTEXT) is None
        else:
            words = f"{field.missing}。{field.way_on}" if field.way_on else field.missing
            assert refusal(field, *typed) == words


@each_field
def test_a_right_answer_is_taken(field: Field) -> None:
    assert parse_answer(field, [right(field)], CONTEXT) is not None


@each_field
def test_a_wrong_answer_is_refused_in_chinese(field: Field) -> None:
    for typed in wrong(field):
        words = refusal(field, typed)
        assert any("\u4e00" <= symbol <= "\u9fff" for symbol in words)
        assert TOO_MUCH not in words


@each_field
def test_a_second_answer_to_one_question_is_refused(field: Field) -> None:
    if field.kind is not Kind.SOME_OF:
        refusal(field, right(field), right(field))
    else:
        once = parse_answer(field, [right(field)], CONTEXT)
        assert parse_answer(field, [right(field)] * 2, CONTEXT) == once


@each_of(TYPED)
def test_what_cannot_be_seen_is_taken_out(field: Field) -> None:
    typed = CONTROLS.format(right(field))
    clean = parse_answer(field, [right(field)], CONTEXT)
    assert parse_answer(field, [typed], CONTEXT) == clean


@each_of(WITH_DIGITS)
def test_full_width_digits_are_taken(field: Field) -> None:
    clean = parse_answer(field, [right(field)], CONTEXT)
    assert parse_answer(field, [FULL_WIDTH[field.kind]], CONTEXT) == clean


@each_field
def test_what_was_stored_can_be_typed_again(field: Field) -> None:
    stored = parse_answer(field, [right(field)], CONTEXT)
    typed = type_back(field, stored)
    again = [typed] if isinstance(typed, str) else typed
    assert parse_answer(field, again, CONTEXT) == stored
    assert type_back(field, None) == ""


@given(st.sampled_from(sorted(ASKED)), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_is_taken_for_good_or_refused(name: str, typed: list[str]) -> None:
    field = FIELDS[name]
    try:
        stored = parse_answer(field, typed, CONTEXT)
    except NotAccepted:
        return
    back = type_back(field, stored)
    assert parse_answer(field, [back] if isinstance(back, str) else back, CONTEXT) == stored


@given(st.integers(0, 10_000_000_000))
def test_any_amount_is_typed_back_as_it_was(fen: int) -> None:
    field = FIELDS["owed"]
    assert parse_answer(field, [str(type_back(field, fen))], CONTEXT) == fen


@each_field
def test_an_answer_is_shown_in_words(field: Field) -> None:
    stored = parse_answer(field, [right(field)], CONTEXT)
    shown = show_answer(field, stored, CONTEXT)
    assert shown
    assert "None" not in shown
    assert show_answer(field, None, CONTEXT) == NOT_GIVEN


@pytest.mark.parametrize("name", ["name", "id_number", "mobile", "bank_card", "helper_mobile"])
def test_a_masked_answer_does_not_hold_what_it_hides(name: str) -> None:
    field = FIELDS[name]
    stored = str(parse_answer(field, [right(field)], CONTEXT))
    masked = show_answer(field, stored, CONTEXT, masked=True)
    assert stored not in masked
    assert "*" in masked


def test_a_child_cannot_apply() -> None:
    words = refusal(FIELDS["id_number"], "41999920150101001X")
    assert "16 岁" in words


def test_zero_is_an_answer() -> None:
    assert parse_answer(FIELDS["member_income"], ["0"], CONTEXT) == 0
    assert show_answer(FIELDS["member_income"], 0, CONTEXT) == "0 元"
    assert show_answer(FIELDS["member_age"], 0, CONTEXT) == "0 岁"


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("people_at_home", "三口人", 3),
        ("people_at_home", "4口", 4),
        ("people_at_home", "一个人", 1),
        ("students", "两个孩子", 2),
        ("people", "大概二十个人", 20),
        ("people", "２３ 人", 23),
        ("member_age", "十二岁", 12),
        ("member_age", "八十五", 85),
        ("member_age", "45周岁", 45),
    ],
)
def test_how_many_and_how_old_are_taken_as_people_write_them(
    name: str, typed: str, stored: int
) -> None:
    assert parse_answer(FIELDS[name], [typed], CONTEXT) == stored


def test_how_many_is_told_back_only_if_it_was_written_in_words() -> None:
    assert find_own_words(FIELDS["people_at_home"], ["三口人"], 3) == "三口人"
    assert find_own_words(FIELDS["people_at_home"], ["3 口人"], 3) == ""


def test_a_changed_mind_leaves_nothing_behind() -> None:
    given = {"topic": "dismissal", "owed": 100, "against": "示范厂", "account": "……"}
    progress = JourneyProgress(JOURNEYS[CaseKind.CONSULTATION], Draft(given))
    assert progress.asked_answers == {"topic": "dismissal", "against": "示范厂", "account": "……"}


MEMBER = {"member_name": "陈示范", "member_relation": "child", "member_age": 12,
          "member_income": 0, "member_situation": "schooling"}  # fmt: skip


def test_a_member_stands_in_one_line_masked_for_staff() -> None:
    page = next(page for page in JOURNEYS[CaseKind.HARDSHIP].pages if page.collection_name)
    shown = describe_member(page, MEMBER, CONTEXT)
    assert shown == "陈示范，儿子或女儿，12 岁，在上学，0 元"
    half = {name: MEMBER[name] for name in ("member_name", "member_age")}
    assert describe_member(page, half, CONTEXT) == "陈示范，12 岁（还没写完）"
    assert "陈示范" not in describe_member(page, MEMBER, CONTEXT, masked=True)


def test_the_check_page_has_every_answer_and_no_other() -> None:
    given: dict[str, object] = {"filled_by": "self", "members": [MEMBER], "pay_to": "later"}
    sections = summarise(JOURNEYS[CaseKind.HARDSHIP], given, CONTEXT)
    titles = [section.page.path for section in sections]
    assert "helper" not in titles
    assert "card" not in titles
    assert "guardian" in titles
    household = sections[titles.index("household")]
    assert [line.label for line in household.lines] == ["第 1 位家人"]
    alone = summarise(JOURNEYS[CaseKind.HARDSHIP], {"members": []}, CONTEXT)
    shown = [line.shown for section in alone for line in section.lines]
    assert "没有别的家人" in shown


def test_a_month_without_a_day_is_refused_with_what_to_write_instead() -> None:
    asked = refusal(FIELDS["started_on"], "2023年5月")
    assert asked == "您写的是 2023年5月。这里要写到哪一天，比如 2026年3月1日"
    assert refusal(FIELDS["next_deadline"], "2027年1月").endswith("说不清就空着")


def test_a_month_a_year_and_a_round_sum_are_kept_where_the_words_of_the_question_allow_it() -> None:
    since, owed = FIELDS["employed_since"], FIELDS["owed"]
    assert parse_answer(since, ["去年"], CONTEXT) == "2025"
    assert show_answer(since, "2025-03", CONTEXT) == "2025年3月（没有写哪天）"
    assert parse_answer(owed, ["大概6000"], CONTEXT) == 600000
    for field in FIELDS.values():
        if field.kind is Kind.DATE and "大概的日子也行" in field.hint:
            assert field.approximate, field.name
        if field.kind is Kind.MONEY:
            assert field.approximate == ("大概" in field.label + field.hint), field.name


def test_our_reading_of_words_is_told_and_plain_figures_are_not() -> None:
    since, owed = FIELDS["employed_since"], FIELDS["owed"]
    for field, typed, said in (
        (since, "去年", "去年"),
        (since, "2025年3月1日", ""),
        (since, "2025-3-1", ""),
        (owed, "一万八", "一万八"),
        (owed, "18,000 元", ""),
    ):
        value = parse_answer(field, [typed], CONTEXT)
        assert find_own_words(field, [typed], value) == said


def test_the_main_cause_is_one_of_those_that_were_ticked() -> None:
    page = JOURNEYS[CaseKind.HARDSHIP].page_of("main_cause")
    given: dict[str, object] = {"causes": ["accident", "schooling"], "main_cause": "accident"}
    (field,) = page.fields(given)
    assert {choice.code for choice in field.choices} == {"accident", "schooling"}
    assert "没有这个选项" in refusal(field, "own_illness")
    assert drop_unoffered(given) == given
    assert drop_unoffered({**given, "causes": ["schooling"]}) == {"causes": ["schooling"]}
