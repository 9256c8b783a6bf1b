"""Lists of people: each row judged as the form judges, each mistake told by row and column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.step_input import show_facts
from portal.domain.forms.collective_dispute import (
    count_after_change,
    count_together,
    is_collective,
    miss_sender,
)
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.rosters.roster import (
    apply_change,
    compare_lists,
    find_repeats,
    head_of,
    judge_rows,
    merge_newcomers,
    read_lines,
    sum_up,
    tell_problems,
    type_cells,
    without_repeats,
    write_csv,
)
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from tests.support.samples import COWORKERS
from tests.support.sent_tables import take_in
from tests.support.typed import CONTEXT

PAGE = next(page for page in JOURNEYS[CaseKind.CONSULTATION].pages if page.bulk)


def person(name: str, mobile: str | None = None, fen: int | None = None) -> dict[str, object]:
    return {"coworker_name": name, "coworker_mobile": mobile, "coworker_amount": fen}


@pytest.mark.parametrize(
    ("line", "meant"),
    [("示范甲，19900000001，3200", person("示范甲", "19900000001", 320_000)),
     ("示范甲,19900000001,3,200", person("示范甲", "19900000001", 320_000)),
     ("示范甲\t\t1.5万", person("示范甲", None, 1_500_000)),
     ("示范甲 19900000001 3200元", person("示范甲", "19900000001", 320_000)),
     ("示范甲，3200", person("示范甲", None, 320_000)),
     ("示范甲、199-0000-0001", person("示范甲", "19900000001")),
     ("示范甲 19900000001 12,000", person("示范甲", "19900000001", 1_200_000)),
     ("示范甲　１９９０００００００１　５，０００", person("示范甲", "19900000001", 500_000)),
     ("示 范 19900000001 5000", person("示范", "19900000001", 500_000)),
     ("示范甲 199 0000 0001 5000", person("示范甲", "19900000001", 500_000)),
     ("①示范甲 19900000001 5000", person("示范甲", "19900000001", 500_000)),
     ("示范甲：19900000001 5000元", person("示范甲", "19900000001", 500_000)),
     ("示范甲|19900000001|5000", person("示范甲", "19900000001", 500_000)),
     ("示范甲：5000", person("示范甲", None, 500_000)),
     ("示范甲 1,345.50", person("示范甲", None, 134_550)),
     ("12、示范甲", person("示范甲")),
     ("3) 示范甲;19900000001", person("示范甲", "19900000001"))],
)  # fmt: skip
def test_a_line_is_understood_as_people_write_it(line: str, meant: dict[str, object]) -> None:
    roster = judge_rows(PAGE, read_lines(PAGE, f"\n{line}\n\n"), CONTEXT)
    assert (list(roster.entries), roster.wrong) == ([meant], ())


def test_every_mistake_is_told_by_row_and_column_and_the_right_rows_are_kept() -> None:
    text = "示范甲\n乙，1990000\n示范丙，19900000003，很多"
    roster = judge_rows(PAGE, read_lines(PAGE, text), CONTEXT)
    assert list(roster.entries) == [person("示范甲")]
    told = tell_problems(roster.wrong)
    assert [words.partition("：")[0] for words in told] == [
        "第 2 行，姓名", "第 2 行，手机", "第 3 行，多少元",
    ]  # fmt: skip
    assert roster.wrong[1].typed["coworker_amount"] == "很多"


def test_no_more_than_twenty_mistakes_are_told_and_the_rest_counted() -> None:
    roster = judge_rows(PAGE, read_lines(PAGE, "甲\n" * 33), CONTEXT)
    told = tell_problems(roster.wrong)
    assert len(told) == 21
    assert told[-1] == "还有 13 处也要改"


def test_the_head_may_stand_anywhere_near_the_top_with_columns_in_any_order() -> None:
    grid = [["", ""], ["某某厂名单"], ["序号", "电话", "备注", "欠薪（元）", "姓　名"],
            ["1", "19900000001", "组长", "3200", "示范甲"], [], ["3", "", "", "", ""]]  # fmt: skip
    (row,) = take_in(PAGE, grid)
    assert row.number == 4
    assert judge_rows(PAGE, [row], CONTEXT).entries == (person("示范甲", "19900000001", 320_000),)


def test_a_table_without_a_head_is_read_in_our_order() -> None:
    (row,) = take_in(PAGE, [["示范甲", "19900000001", "3200", "别的"]])
    assert judge_rows(PAGE, [row], CONTEXT).entries == (person("示范甲", "19900000001", 320_000),)


@pytest.mark.parametrize("grid", [[["1", "2"]], [["2026-11-24"]], [], [[]], [["", ""]]])
def test_a_table_without_names_says_what_to_do(grid: list[list[str]]) -> None:
    with pytest.raises(NotAccepted, match="再传一次"):
        take_in(PAGE, grid)


def test_a_number_that_a_spreadsheet_has_spoilt_is_called_that() -> None:
    rows = take_in(PAGE, [["姓名", "手机"], ["示范甲", "1.99E+10"]])
    (words,) = tell_problems(judge_rows(PAGE, rows, CONTEXT).wrong)
    assert "第 2 行，手机：表格软件把号码改成了 1.99E+10" in words


def test_a_list_has_an_end() -> None:
    with pytest.raises(NotAccepted, match="最多 500 个人，这里有 501 个"):
        read_lines(PAGE, "示范甲\n" * 501)
    assert len(read_lines(PAGE, "示范甲\n" * 500)) == 500


def test_who_stands_there_twice_is_told_and_may_be_struck_out() -> None:
    people = [person("示范甲", "19900000001"), person("示范甲"), person("示范乙"),
              person("示范甲", "19900000001", 5), person("示范乙")]  # fmt: skip
    assert find_repeats(people) == [
        "第 1 人和第 4 人像是同一个：示范甲", "第 3 人和第 5 人像是同一个：示范乙",
    ]  # fmt: skip
    assert without_repeats(people) == people[:3]


def test_a_list_is_summed_up() -> None:
    assert sum_up(COWORKERS) == "3 人，写了钱数的 2 人，加起来 33,200.50 元"
    assert sum_up([person("示范甲")]) == "1 人"


def test_nothing_in_a_table_is_taken_for_a_formula() -> None:
    text = write_csv(PAGE, [person("=1+1", "+8613800000000"), person("@x"), person("-1")])
    assert [line.split(",")[0] for line in text.decode("utf-8-sig").split()[1:]] == [
        "'=1+1", "'@x", "'-1",
    ]  # fmt: skip
    assert "'+86" in text.decode()


def test_the_head_says_what_may_be_left_empty() -> None:
    assert [head_of(one) for one in PAGE.member_fields()] == [
        "姓名（必填）", "手机（可不填）", "多少元（可不填）",
    ]  # fmt: skip


@given(st.lists(st.builds(
    person, st.text("示范甲乙丙丁", min_size=2, max_size=9),
    st.none() | st.integers(13 * 10**9, 20 * 10**9 - 1).map(str),
    st.none() | st.integers(0, 10**10)), min_size=1, max_size=20))  # fmt: skip
def test_what_is_typed_again_is_the_same_list(people: list[dict[str, object]]) -> None:
    typed = "\n".join(",".join(type_cells(PAGE, one)) for one in people)
    assert list(judge_rows(PAGE, read_lines(PAGE, typed), CONTEXT).entries) == people
    grid = [[head_of(one) for one in PAGE.member_fields()], *(type_cells(PAGE, p) for p in people)]
    assert list(judge_rows(PAGE, take_in(PAGE, grid), CONTEXT).entries) == people


@given(st.text(max_size=200))
def test_whatever_is_typed_is_kept_or_told(text: str) -> None:
    try:
        roster = judge_rows(PAGE, read_lines(PAGE, text), CONTEXT)
    except NotAccepted:
        return
    assert len(roster.entries) + len(roster.wrong) >= 1
    assert all(row.problems for row in roster.wrong)


@pytest.mark.parametrize(
    ("people", "claim", "together"),
    [(10, "yes", 10), (9, "yes", 0), (23, "no", 0), (23, "unknown", 0), (23, None, 0)],
)
def test_ten_with_one_claim_are_a_collective_dispute(
    people: int, claim: str | None, together: int
) -> None:
    given = {"people": people, "common_claim": claim}
    assert count_together(given) == together
    assert is_collective(given) is bool(together)
    assert count_together({}) == 0


lists = st.lists(st.sampled_from([person(f"示范{one}") for one in "甲乙丙"]), max_size=6)


@given(before=lists, after=lists)
def test_who_joined_and_who_left_make_one_list_of_the_other(
    before: list[dict[str, object]], after: list[dict[str, object]]
) -> None:
    joined, left = compare_lists(before, after)
    assert not [one for one in joined if one in left]
    changed = apply_change(before, joined, left)
    assert sorted(map(str, changed)) == sorted(map(str, after))
    assert sorted(map(str, apply_change(changed, left, joined))) == sorted(map(str, before))


def test_who_is_told_of_again_with_his_mobile_takes_his_own_place() -> None:
    people = [
        person("示范甲", "19900000001", 500),
        person("示范乙"),
        person("示范丙", "19900000003"),
    ]
    new = [person("示范甲", "19900000001", 800), person("示范乙"), person("示范丁", "19900000003")]
    assert merge_newcomers(people, new) == [*people[1:], *new]


@pytest.mark.parametrize(
    ("people", "names", "asks"),
    [(12, ["示范甲"] * 11, True), (12, ["示范甲"] * 10, False), (12, ["示范甲"] * 12, False),
     (12, ["示范自己", *["示范甲"] * 10], False), (9, ["示范甲"] * 8, False)],
)  # fmt: skip
def test_a_sender_who_seems_to_be_missing_is_asked_for(
    people: int, names: list[str], asks: bool
) -> None:
    listed = [person(name) for name in names]
    given = {"people": people, "common_claim": "yes", "called": "示范自己", "coworkers": listed}
    assert bool(miss_sender(given)) is asks


@pytest.mark.parametrize(
    ("people", "before", "after", "counted"),
    [(23, 3, 5, 23), (23, 3, 30, 30), (23, 23, 20, 20), (23, 25, 24, 24), (23, 3, 0, 23)],
)
def test_a_list_of_everybody_says_how_many_there_are(
    people: int, before: int, after: int, counted: int
) -> None:
    assert count_after_change(people, before, after) == counted


def test_a_long_change_is_told_in_short_until_names_are_asked_for() -> None:
    joined = [person(f"示范{n}", "19900000001") for n in range(12)]
    facts = {"coworkers": {"joined": joined, "left": []}}
    (told,) = show_facts(facts)
    assert told.startswith("加进来的人：示**，199****0001；")
    assert told.endswith("；还有 2 人")
    (whole,) = show_facts(facts, masked=False)
    assert whole.endswith("示范11，19900000001")
