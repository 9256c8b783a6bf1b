"""What an author wrote and no reader would see is told by its row, before it is published."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src import losses
from site_src.checks import render_markdown
from site_src.losses import find_losses

LOST = [
    ("加班费=日工资*天数*3，例如 100*2*3 元。", 0, losses.STARS),
    ("5*3*2 元", 0, losses.STARS),
    ("写成*重点*给人看", 0, losses.STARS),
    ("最低工资 2000 元。\n\n[注]: 以上标准每年七月调整", 2, losses.VANISHED),
    ("见上面。\n\n[1]: 见本省规定", 2, losses.VANISHED),
    ("费用写作 a&nbsp;b", 0, losses.OTHERWISE),
    ("要带：\n1、身份证", 1, losses.JOINED),
    ("要带：\n（1）身份证", 1, losses.JOINED),
    ("要带：\n(2)身份证", 1, losses.JOINED),
    ("①身份证\n②户口本", 1, losses.JOINED),
    ("一、身份证\n二、户口本", 1, losses.JOINED),
    ("（一）身份证\n（二）户口本", 1, losses.JOINED),
    ("● 身份证\n● 户口本", 1, losses.JOINED),
    ("1.身份证\n2.户口本", 1, losses.JOINED),
    ("1) 身份证\n2) 户口本", 1, losses.JOINED),
    ("-身份证\n-户口本", 1, losses.JOINED),
    ("地址：示范路1号\n电话：12351", 1, losses.JOINED),
    ("劳动能力鉴\n定委员会", 1, losses.SPLIT),
    ("第一句。\n第二句。", 1, losses.SPLIT),
    ("重要\n---", 1, losses.UNDERLINED),
    ("    " + "首行缩进" * 15, 0, losses.BOXED),
    ("\t首行缩进的一段", 0, losses.BOXED),
    ("上一段。\n\n    下一段空了两个字。", 2, losses.BOXED),
    ("标准如下：\n| 项目 | 元 |\n|---|---|\n| 生活 | 500 |", 1, losses.NO_TABLE),
    ("要带：\n- 身份证\n- 户口本", 1, losses.NO_GAP),
    ("要带：\n1. 身份证\n2. 户口本", 1, losses.NO_GAP),
    ("#办理须知", 0, losses.TITLE),
    ("#1 窗口", 0, losses.TITLE),
    ("大标题\n====", 0, losses.TITLE),
    ("1. 先写申请\n\n带上身份证。\n\n2. 交到窗口", 4, losses.NUMBERED.format(typed=2, shown=1)),
    ("3. 从三数起", 0, losses.NUMBERED.format(typed=3, shown=1)),
    ("1. 甲\n3. 丙", 1, losses.NUMBERED.format(typed=3, shown=2)),
]
KEPT = [
    "5 * 3 * 2 = 30 元",
    "5×3×2 = 30 元",
    "先**存证据**，再[找我们](/consult)。",
    "1. 甲\n2. 乙\n\n说一句。\n\n1. 丙",
    "1. 甲\n\n    带上身份证。\n\n2. 乙",
    "- 甲\n    - 甲之一\n    - 甲之二\n- 乙",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    "## 小标题\n- 甲\n- 乙",
    "上一段。\n\n---\n\n下一段。",
    '!!! note "提示"\n    先存证据。\n\n    再来找我们。',
    "```\n1、甲\n2、乙*丙*丁\n```",
    r"乘号写作 \*，反斜线写作 \\。",
    "工资_2026_表在窗口",
    "![示范的图](/images/one.jpg)",
    "见【本地：月最低工资】。",
    "",
]


@pytest.mark.parametrize(("body", "row", "remedy"), LOST)
def test_what_would_be_lost_is_told_with_its_row_and_a_remedy(
    body: str, row: int, remedy: str
) -> None:
    assert (row, remedy) in find_losses(body)


@pytest.mark.parametrize("body", KEPT)
def test_what_comes_out_as_it_was_written_is_left_alone(body: str) -> None:
    assert find_losses(body) == []


@given(st.lists(st.text("工资拖欠2*_[]|#-", max_size=10), max_size=4))
def test_no_character_of_a_text_is_lost_without_a_word(rows: list[str]) -> None:
    body = "\n\n".join(f"甲{row}乙" for row in rows)
    shown = "".join(re.sub("<[^>]*>", "", unescape(render_markdown(body))).split())
    if not find_losses(body):
        for row in rows:
            written = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__", r"\1\2", row)
            assert f"甲{written}乙" in shown
