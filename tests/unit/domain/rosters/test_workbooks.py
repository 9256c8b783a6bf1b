"""Workbooks as foremen and offices send them: understood, or told; nobody is read wrongly."""

from dataclasses import dataclass

import pytest

from portal.domain.rosters.roster import judge_rows
from portal.domain.rosters.sheets import Grid, SentSheet
from portal.domain.rosters.table_reader import is_plain, read_sheets, take_rows
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from tests.support.typed import CONTEXT
from tests.support.walking import list_page

PAGE = list_page(CaseKind.CONSULTATION)
NAME, MOBILE, AMOUNT = (one.name for one in PAGE.member_fields())
P, Q = "19900000041", "19900000042"
WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in P)
BOTH = [("示范甲", P, 500_000), ("示范乙", Q, 600_000)]
NO_PHONES = [("示范甲", None, 500_000), ("示范乙", None, 600_000)]
NO_SUMS = [("示范甲", P, None), ("示范乙", Q, None)]
HEAD = "姓名|电话|欠薪"


@dataclass(frozen=True)
class Outcome:
    """Who was read without asking; and every word that the page says of the rest."""

    people: list[tuple[object, object, object]]
    told: str


def grid_of(text: str) -> Grid:
    """Cells parted by bars, rows by line ends."""
    return [[cell.strip() for cell in line.split("|")] for line in text.split("\n")]


def read(grid: Grid, hidden_columns: frozenset[int] = frozenset()) -> Outcome:
    """What becomes of a table."""
    sheet = SentSheet("表", grid, hidden_columns=hidden_columns)
    try:
        sent = read_sheets(PAGE, [sheet])
    except NotAccepted as refused:
        return Outcome([], str(refused))
    told = [*sent.unread]
    for part in sent.parts:
        told += [f"没有用：{one}" for one in part.unused]
        told += [f"不像人：{one}" for one in part.left_out]
        told += [
            f"问：{name}" for name, at in part.offers.items() if at and name not in part.picked
        ]
    try:
        rows = take_rows(PAGE, sent, [part.picked for part in sent.parts])
    except NotAccepted:
        rows = []
    roster = judge_rows(PAGE, rows, CONTEXT)
    told += [f"{row.place}：{words}" for row in roster.wrong for words in row.problems.values()]
    people = [(one[NAME], one[MOBILE], one[AMOUNT]) for one in roster.entries]
    return Outcome(people, "\n".join(told))


UNDERSTOOD = {
    "two tables side by side": (f"{HEAD}||{HEAD}\n示范甲|{P}|5000||示范乙|{Q}|6000", BOTH),
    "side by side with numbers": (
        f"序号|{HEAD}|序号|{HEAD}\n1|示范甲|{P}|5000|2|示范乙|{Q}|6000", BOTH),
    "the unit above the head": (
        f"某厂名单（单位：万元）\n{HEAD}\n示范甲|{P}|0.5\n示范乙|{Q}|0.6", BOTH),
    "thousands": (f"姓名|电话|欠薪（千元）\n示范甲|{P}|5\n示范乙|{Q}|6", BOTH),
    "hundreds": (f"姓名|电话|欠薪(百元)\n示范甲|{P}|50\n示范乙|{Q}|60", BOTH),
    "a unit of its own in a cell": (
        f"姓名|电话|欠薪（万元）\n示范甲|{P}|5000元\n示范乙|{Q}|0.6", BOTH),
    "the head in the ninth row": (
        "说明\n" * 8 + f"{HEAD}\n示范甲|{P}|5000\n示范乙|{Q}|6000", BOTH),
    "family name and given name apart": (
        f"姓|名|电话|欠薪\n示|范甲|{P}|5000\n示|范乙|{Q}|6000", BOTH),
    "country codes": (f"{HEAD}\n示范甲|+86 {P}|5000\n示范乙|86-{Q}|6000", BOTH),
    "telephones with a point": (f"{HEAD}\n示范甲|{P}.0|5000\n示范乙|{Q}.00|6000", BOTH),
    "a stroke for no telephone": (f"{HEAD}\n示范甲|/|5000\n示范乙|无|6000", NO_PHONES),
    "a dash for no sum": (f"{HEAD}\n示范甲|{P}|无\n示范乙|{Q}|——", NO_SUMS),
    "as accountants write": (f"{HEAD}\n示范甲|{P}|￥5,000.00\n示范乙|{Q}|¥ 6 000.00元", BOTH),
    "one table below the other": (
        f"{HEAD}\n示范甲|{P}|5000\n\n电话|姓名|欠薪\n{Q}|示范乙|6000", BOTH),
    "rows numbered in advance": (
        f"序号|{HEAD}\n1|示范甲|{P}|5000\n2|示范乙|{Q}|6000\n3|||0\n4|||0.00", BOTH),
    "in words and in numbers": (
        f"姓名|电话|欠薪（大写）|欠薪（小写）\n示范甲|{P}|伍仟|5000\n示范乙|{Q}|陆仟|6000", BOTH),
    "parts and the whole": (
        f"姓名|电话|拖欠工资|拖欠加班费|拖欠合计\n示范甲|{P}|4000|1000|5000\n示范乙|{Q}|6000|0|6000",
        BOTH),
    "what is still owed": (
        "序号|姓名|天数|日工资|应得|已付|下欠\n1|示范甲|20|300|6000|1000|5000\n2|示范乙|20|3|6|0|6000",
        NO_PHONES),
    "who takes it for another": (
        f"代领人姓名|姓名|代领人电话|电话|欠薪\n示范丙|示范甲|1|{P}|5000\n示范丙|示范乙|1|{Q}|6000",
        BOTH),
    "an English head": (f"Name|Tel|Amount\n示范甲|{P}|5000\n示范乙|{Q}|6000", BOTH),
    "a head in pinyin": (f"xingming|dianhua|jine\n示范甲|{P}|5000\n示范乙|{Q}|6000", BOTH),
    "no head, another order": (f"{P}|示范甲|5000\n{Q}|示范乙|6000", BOTH),
    "no head, numbered": (f"1|示范甲|{P}|5000\n2|示范乙|{Q}|6000", BOTH),
    "the sum in the column of trades": (
        "序号|工种|姓名|欠薪\n1|木工|示范甲|5000\n2|瓦工|示范乙|6000\n|合 计||11000", NO_PHONES),
    "a sum after each team": (
        f"{HEAD}\n示范甲|{P}|5000\n|一班小计|5000\n示范乙|{Q}|6000\n|二班小计|6000", BOTH),
    "stars and blanks in the head": (
        f"*姓 名|联 系 电 话*|*欠 薪 （元）\n示范甲|{P}|5000\n示范乙|{Q}|6000", BOTH),
    "wide digits": (f"{HEAD}\n示范甲|{WIDE}|５０００\n示范乙|{Q}|6000", BOTH),
}  # fmt: skip
TOLD = {
    "two telephones in a cell": (f"{HEAD}\n示范甲|{P}/{Q}|5000", "第 2 行：电话号码不对"),
    "a person in two rows": (
        f"姓名|电话|月份|欠薪\n示范甲|{P}|3月|2000\n||4月|3000", "第 3 行：请填姓名"),
    "only what was due and paid": (f"姓名|电话|应发|已发\n示范甲|{P}|9000|4000", "没有用：应发"),
    "written sideways": (f"姓名|示范甲|示范乙\n电话|{P}|{Q}\n欠薪|5000|6000", "一列才是一个人"),
    "a formula gone wrong": (f"{HEAD}\n示范甲|{P}|#REF!", "这一格是公式，没有算出数来"),
    "a formula not worked out": (f"{HEAD}\n示范甲|{P}|=?", "这一格是公式，没有算出数来"),
    "something behind a name": (f"{HEAD}\n示范甲（组长）|{P}|5000", "姓名里不能有"),
    "this month and so far": (
        f"姓名|电话|本月欠薪|累计欠薪\n示范甲|{P}|1000|5000", f"问：{AMOUNT}"),
    "telephones among remarks": (f"姓名|备注|欠薪\n示范甲|{P}|5000", f"问：{MOBILE}"),
    "below nothing": (f"{HEAD}\n示范甲|{P}|-5000", "金额不能小于 0"),
    "who has been paid": (f"{HEAD}|是否结清\n示范甲|{P}|5000|已结清", "没有用：是否结清"),
    "rows with nothing but noughts": (
        f"序号|{HEAD}\n1|示范甲|{P}|5000\n2|||0", "不像人：第 3 行“2（只有 0，没有人）”"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_workbook_is_understood_as_it_was_meant(name: str) -> None:
    text, people = UNDERSTOOD[name]
    assert read(grid_of(text)).people == people


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_understood_is_told_or_asked(name: str) -> None:
    text, words = TOLD[name]
    assert words in read(grid_of(text)).told


def test_a_column_that_nobody_sees_is_not_read_and_is_told() -> None:
    grid = grid_of(f"姓名|旧手机|手机|欠薪\n示范甲|{Q}|{P}|5000")
    seen = read(grid, frozenset({1}))
    assert seen.people == [("示范甲", P, 500_000)]
    assert "没有用：旧手机（藏起来的列）" in seen.told


def test_of_a_sideways_sheet_beside_another_only_that_is_not_read() -> None:
    sideways, upright = f"姓名|示范甲\n电话|{P}\n欠薪|5", f"{HEAD}\n示范乙|{Q}|6000"
    sheets = [SentSheet("横", grid_of(sideways)), SentSheet("竖", grid_of(upright))]
    sent = read_sheets(PAGE, sheets)
    assert [part.sheets for part in sent.parts] == [("竖",)]
    assert sent.unread[0].startswith("“横”（横着写的")


def test_a_unit_above_our_own_head_is_shown_before_it_is_reckoned_with() -> None:
    grid = grid_of(f"单位：万元\n姓名|手机|多少元\n示范甲|{P}|0.5")
    sent = read_sheets(PAGE, [SentSheet("表", grid)])
    assert not is_plain(PAGE, sent)
    assert sent.parts[0].columns[2] == "“多少元”（按万元算）"


def test_a_serial_number_is_never_offered_as_a_sum() -> None:
    grid = grid_of("号|姓名|次\n1|示范甲|7\n2|示范乙|8")
    assert read(grid).told.splitlines() == ["没有用：号", f"问：{AMOUNT}"]
