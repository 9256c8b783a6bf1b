"""Tables as people make them: the right column for each field, and no row that is nobody."""

import pytest

from portal.domain.forms.sent_tables import SentTable, content_of_table, table_of_content
from portal.domain.rosters.column_words import offer_columns, pick_columns
from portal.domain.rosters.other_rows import is_nobody
from portal.domain.rosters.roster import judge_rows, sum_up
from portal.domain.rosters.sheets import Grid, SentSheet
from portal.domain.rosters.table_reader import is_plain, read_sheets, take_rows
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from tests.support.sent_tables import take_in
from tests.support.typed import CONTEXT
from tests.support.walking import list_page

PAGE = list_page(CaseKind.CONSULTATION)
COLUMNS = PAGE.member_fields()
NAME, MOBILE, AMOUNT = (one.name for one in COLUMNS)
PHONE = "19900000041"


def read(*grids: Grid) -> SentTable:
    """What is read of a table with these sheets."""
    return read_sheets(PAGE, [SentSheet(f"表{n}", grid) for n, grid in enumerate(grids, 1)])


def people_in(*grids: Grid) -> list[tuple[object, object, object]]:
    """Name, mobile and fen of everybody who is right."""
    roster = judge_rows(PAGE, take_in(PAGE, *grids), CONTEXT)
    assert roster.wrong == ()
    return [(one[NAME], one[MOBILE], one[AMOUNT]) for one in roster.entries]


@pytest.mark.parametrize(
    ("head", "name", "mobile", "amount"),
    [
        ("姓名|联系电话|月工资|欠薪金额", "姓名", "联系电话", "欠薪金额"),
        ("姓名|日工资|出勤天数|欠薪金额", "姓名", None, "欠薪金额"),
        ("姓名|应发工资|已发工资|欠发工资", "姓名", None, "欠发工资"),
        ("姓名|应付|已付|未付", "姓名", None, "未付"),
        ("姓名|欠薪月份|欠薪金额", "姓名", None, "欠薪金额"),
        ("姓名|欠薪起止时间|欠薪单位|拖欠数额（单位：元）", "姓名", None, "拖欠数额（单位：元）"),
        ("住址（楼栋单元）|姓名|工资卡号|金额", "姓名", None, "金额"),
        ("班组长姓名|姓名|电话|金额", "姓名", "电话", "金额"),
        ("姓名|紧急联系人电话|本人手机|金额", "姓名", "本人手机", "金额"),
        ("负责人电话|劳动者|家属手机|联系方式|还差多少", "劳动者", "联系方式", "还差多少"),
        ("姓名|联系方式|欠薪", "姓名", "联系方式", "欠薪"),
        ("工人|联系方式|欠多少钱", "工人", "联系方式", "欠多少钱"),
        ("员工姓名|移动电话|被拖欠的工资", "员工姓名", "移动电话", "被拖欠的工资"),
        ("职工|手机（微信同号）|微信|总工资|尚欠", "职工", "手机（微信同号）", "尚欠"),
        ("公司名称|工人名称|亲戚电话|电话|总工资|已领|余额", "工人名称", "电话", "余额"),
        ("姓名|拖欠几个月|每月多少元|欠多少", "姓名", None, "欠多少"),
        ("姓名|3月欠薪|4月欠薪|欠薪合计", "姓名", None, "欠薪合计"),
        ("姓名（必填）|手机（可不填）|多少元", "姓名（必填）", "手机（可不填）", "多少元"),
    ],
)  # fmt: skip
def test_each_field_gets_the_column_that_fits_it_best(
    head: str, name: str, mobile: str | None, amount: str | None
) -> None:
    heads = head.split("|")
    picked = {field: heads[place] for field, place in pick_columns(COLUMNS, heads).items()}
    meant = {NAME: name, MOBILE: mobile, AMOUNT: amount}
    assert picked == {field: called for field, called in meant.items() if called}


@pytest.mark.parametrize(
    ("head", "field", "offered"),
    [("姓名|电话1|电话2", MOBILE, ["电话1", "电话2"]), ("姓名|工资", AMOUNT, ["工资"]),
     ("姓名|3月欠薪|4月欠薪", AMOUNT, ["3月欠薪", "4月欠薪"]),
     ("姓名|姓名|欠薪", NAME, ["姓名", "姓名"])],
)  # fmt: skip
def test_what_is_not_sure_is_asked_and_not_guessed(
    head: str, field: str, offered: list[str]
) -> None:
    heads = head.split("|")
    assert field not in pick_columns(COLUMNS, heads)
    assert [heads[place] for place in offer_columns(COLUMNS, heads)[field]] == offered


def test_the_sum_that_is_owed_is_taken_and_the_wage_is_told_as_unused() -> None:
    sent = read([["姓名", "联系电话", "月工资", "欠薪金额"], ["示范甲", PHONE, "4500", "13500"]])
    (part,) = sent.parts
    assert part.unused == ("月工资",)
    assert all("4500" not in row.cells for row in part.rows)  # it is not kept either
    assert not is_plain(PAGE, sent)
    (row,) = take_rows(PAGE, sent, [part.picked])
    assert row.typed == {NAME: "示范甲", MOBILE: PHONE, AMOUNT: "13500"}


@pytest.mark.parametrize(
    "grid",
    [
        [["姓名", "联系方式", "", "欠薪"], ["", "微信", "手机", ""], ["示范甲", "wx", PHONE, "5"]],
        [["姓名", "联系方式", "", "欠薪"], ["", "手机", "微信", ""], ["示范甲", PHONE, "wx", "5"]],
        [["某厂名单"], ["班组长", "", "工人", "", "欠薪"], ["姓名", "电话", "姓名", "电话", ""],
         ["示范长", "19900000001", "示范甲", PHONE, "5"]],
        [["基本信息", "", "工资", ""], ["姓名", "电话", "月工资", "欠薪"],
         ["示范甲", PHONE, "4500", "5"]],
        [["姓名", "手机", "欠薪"], ["", "", "（元）"], ["示范甲", PHONE, "5"]],
    ],
)  # fmt: skip
def test_a_head_in_two_rows_is_read_as_one(grid: Grid) -> None:
    assert people_in(grid) == [("示范甲", PHONE, 500)]


def test_a_first_row_without_a_mobile_is_no_second_row_of_the_head() -> None:
    grid = [["姓名", "手机", "欠薪"], ["示范甲", "", ""], ["示范乙", "", "5"]]
    assert people_in(grid) == [("示范甲", None, None), ("示范乙", None, 500)]


def test_a_head_without_names_is_not_taken_for_a_person() -> None:
    with pytest.raises(NotAccepted, match="表头是：怎么称呼您呢、手机、欠薪"):
        read([["怎么称呼您呢", "手机", "欠薪"], ["示范甲", PHONE, "5"]])


@pytest.mark.parametrize(
    "foot",
    [
        ["合计", "", "11000"], ["小计", "", "11000"], ["总　计", "", "11000"],
        ["合计：2人", "", "11000"], ["共2人", "", ""], ["以上共计2人", "", "11000"],
        ["班组小计", "", "11000"], ["木工班合计", "", "11000"], ["总金额", "", "11000"],
        ["大写：壹万壹仟元整", "", ""],
        ["一班", "", ""], ["第二班组", "", "11000"], ["钢筋班", "", ""], ["3号楼", "", ""],
        ["负责人签字：", "", ""], ["公司盖章", "", ""], ["（公章）", "", ""],
        ["制表人：示范丁", "", ""],
        ["日期：2026年11月", "", ""], ["2026年11月30日", "", ""], ["备注：以上属实", "", ""],
        ["姓名", "手机", "欠薪"], ["", "", "11000"],
    ],
)  # fmt: skip
def test_a_row_that_is_nobody_is_left_out_and_told(foot: list[str]) -> None:
    grid = [["姓名", "手机", "欠薪"], ["示范甲", PHONE, "5000"], ["示范乙", "", "6000"], foot]
    (part,) = read(grid).parts
    assert len(part.rows) == 2
    (told,) = part.left_out
    assert told.startswith("第 4 行“")
    assert sum_up(judge_rows(PAGE, take_in(PAGE, grid), CONTEXT).entries).endswith("11,000 元")


def test_the_word_for_a_sum_may_stand_under_the_number() -> None:
    grid = [
        ["序号", "姓名", "欠薪"],
        ["1", "示范甲", "5"],
        ["合计", "1人", "5"],
        ["审核：", "", ""],
    ]
    assert people_in(grid) == [("示范甲", None, 500)]


@pytest.mark.parametrize("name", ["共示范", "班示范", "总示范", "示范班", "组示范", "万工"])
def test_a_person_with_an_odd_name_stays(name: str) -> None:
    assert not is_nobody([name, "", ""], [name])


def test_a_row_without_name_that_is_no_sum_is_asked_about() -> None:
    grid = [["姓名", "手机", "欠薪"], ["示范甲", "", "5"], ["", "", "7"]]
    assert [row.number for row in judge_rows(PAGE, take_in(PAGE, grid), CONTEXT).wrong] == [3]


def test_all_sheets_are_read_each_with_its_own_head() -> None:
    first = [["姓名", "手机", "欠薪"], ["示范甲", PHONE, "5"]]
    second = [["欠多少钱", "工人"], ["7", "示范乙"]]
    sent = read(first, second, first)
    assert [(part.sheets, len(part.rows)) for part in sent.parts] == [
        (("表1", "表3"), 2), (("表2",), 1),
    ]  # fmt: skip
    assert sent.unread == ()
    rows = take_rows(PAGE, sent, [part.picked for part in sent.parts])
    assert [row.place for row in rows] == ["“表1”第 2 行", "“表3”第 2 行", "“表2”第 2 行"]


def test_a_sheet_with_only_a_note_hides_no_other_and_is_told() -> None:
    note, people = [["填表说明：一行一个人"]], [["姓名"], ["示范甲"]]
    sent = read(note, people)
    assert sent.unread == ("“表1”（里面没有“姓名”这一列）",)
    assert [row.typed[NAME] for row in take_in(PAGE, note, people)] == ["示范甲"]
    assert [row.typed[NAME] for row in take_in(PAGE, note, [["示范甲", PHONE]])] == ["示范甲"]


def test_sheets_that_were_not_looked_at_are_told_with_the_reason() -> None:
    sheets = [SentSheet("名单", [["姓名"], ["示范甲"]]), SentSheet("旧的", [], "藏起来的表")]
    assert read_sheets(PAGE, sheets).unread == ("“旧的”（藏起来的表）",)


@pytest.mark.parametrize(
    ("head", "cell", "fen"),
    [("欠薪（万元）", "1.35", 1_350_000), ("欠薪", "3333.33333333333", 333_333),
     ("欠薪", "1.35万", 1_350_000), ("欠薪(万元)", "0.33333333", 333_333), ("欠薪", "'500", 50_000),
     ("欠薪", '="500"', 50_000)],
)  # fmt: skip
def test_a_sum_is_read_as_it_is_meant(head: str, cell: str, fen: int) -> None:
    assert people_in([["姓名", head], ["示范甲", cell]]) == [("示范甲", None, fen)]


@pytest.mark.parametrize("mobile", ["'19900000041", '="19900000041"', "19900000041"])
def test_a_number_that_was_typed_as_text_is_a_number(mobile: str) -> None:
    assert people_in([["姓名", "手机"], ["示范甲", mobile]]) == [("示范甲", PHONE, None)]


def test_one_column_is_not_taken_for_two_fields() -> None:
    sent = read([["姓名", "姓名", "欠薪"], ["示范甲", "示范乙", "5"]])
    with pytest.raises(NotAccepted, match="选了两次"):
        take_rows(PAGE, sent, [{NAME: 0, MOBILE: 0}])


@pytest.mark.parametrize(
    ("head", "plain"),
    [("姓名|手机|多少元", True), ("姓名（必填）|手机（可不填）|多少元（可不填）", True),
     ("姓名", True), ("姓名|电话", False), ("姓名|手机|备注", False)],
)  # fmt: skip
def test_only_the_table_that_we_give_out_is_not_asked_about(head: str, *, plain: bool) -> None:
    heads = head.split("|")
    assert is_plain(PAGE, read([heads, ["示范甲"]])) is plain


def test_what_was_read_comes_back_from_what_is_stored_of_it() -> None:
    sent = read(
        [["姓名", "电话1", "电话2"], ["示范甲", PHONE, ""], ["合计"]], [["工人"], ["示范乙"]]
    )
    assert table_of_content(content_of_table(sent)) == sent


def test_a_person_of_a_group_is_somebody_though_another_place_for_a_name_is_empty() -> None:
    assert not is_nobody(["一班", "王小示范", ""], ["王小示范", ""])
    assert is_nobody(["一班", "", ""], ["", ""])
