"""What would not come out as it was meant is told by its row, with what to write instead."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_src import losses, slips
from site_src.losses import apply_mend, find_losses, mend_all
from site_src.markup import render_markdown

CUT = "劳动能力鉴\n定委员会"
TOLD = [
    ("请**务必带身份证。", 0, slips.STARS, "请务必带身份证。"),
    ("请 ** 务必 ** 带。", 0, slips.STARS, "请 **务必** 带。"),
    ("请＊＊务必＊＊带。", 0, slips.STARS, "请**务必**带。"),
    ("==重要==：月底前交。", 0, slips.MARKED, "**重要**：月底前交。"),
    ("__重要__：月底前交。", 0, slips.MARKED, "**重要**：月底前交。"),
    ("标准~~2000元~~改为2200元。", 0, slips.STRUCK, "标准改为2200元。"),
    ("- [ ] 身份证\n- [x] 户口本", 1, slips.BOX, "- 身份证\n- 户口本"),
    ("按比例[^1]。\n\n[^1]: 见文件", 2, slips.FOOTNOTE, "按比例（注1）。\n\n注1：见文件"),
    ("> 5000 元的，要批。", 0, slips.GREATER, "＞5000 元的，要批。"),
    (">=3 人的，走集体。", 0, slips.GREATER, "≥3 人的，走集体。"),
    ("看[通知] (/notices/)。", 0, slips.LINKED, "看[通知](/notices/)。"),
    ("看[通知]（/notices/）。", 0, slips.LINKED, "看[通知](/notices/)。"),
    ("看【通知】(/notices/)。", 0, slips.LINKED, "看[通知](/notices/)。"),
    ("看[通知](/notices/）。", 0, slips.LINKED, "看[通知](/notices/)。"),
    ("｜项目｜元｜\n｜---｜---｜\n｜生活｜5｜", 0, slips.FULL_BARS,
     "|项目|元|\n|---|---|\n|生活|5|"),
    ("#办理须知", 0, slips.TITLE, "## 办理须知"),
    ("## \n\n先存证据。", 0, slips.EMPTY, "\n先存证据。"),
    ("！！！ note \"提示\"\n    先存。", 0, slips.BOXED, "!!! note \"提示\"\n    先存。"),
    ("!!! note \"提示\"\n先存。", 1, slips.NOT_INSIDE, "!!! note \"提示\"\n    先存。"),
    (r"在 D:\_表格\*.doc 里", 0, slips.PATH, r"在 D:\\_表格\\*.doc 里"),
    ("费用写作 a&nbsp;b", 0, slips.ENTITY, "费用写作 a b"),
    ("版权&copy;所有", 0, slips.ENTITY, None),
    ("10**3 元", 0, slips.POWER, None),
    ("打 **12351**，10**3 元", 0, slips.POWER, None),
    ("打 **甲** 或 ** 乙 ** 和 **丙**", 0, slips.STARS, "打 **甲** 或 **乙** 和 **丙**"),
    ("要带：\n\n```\n身份证。", 2, slips.OPEN_FENCE, "要带：\n\n身份证。"),
    ("| 项目 | 元 |\n| 生活 | 5 |", 0, slips.NO_LINE, "| 项目 | 元 |\n|---|---|\n| 生活 | 5 |"),
    ("| 项 | 元 |\n|---|---|\n| 甲 | 5 | 每月 |", 2, slips.SURPLUS,
     "| 项 | 元 |  |\n|---|---|---|\n| 甲 | 5 | 每月 |"),
    ("项目\t元\n生活\t5", 0, slips.PASTED, "| 项目 | 元 |\n|---|---|\n| 生活 | 5 |"),
    (CUT, 1, slips.SPLIT, "劳动能力鉴定委员会"),
    ("1. 甲\n1. 乙\n1. 丙", 1, slips.NUMBERED.format(typed=1, last=1), "1. 甲\n2. 乙\n3. 丙"),
    ("1. 甲\n\n    说明。\n\n1. 乙", 4, slips.NUMBERED.format(typed=1, last=1),
     "1. 甲\n\n    说明。\n\n2. 乙"),
    ("一段话。\n{: .red }", 1, losses.OTHERWISE, None),
]  # fmt: skip
KEPT = [
    "5 * 3 * 2 = 30 元",
    "先**存证据**，再[找我们](/consult)。",
    "1. 甲\n2. 乙\n\n说一句。\n\n1. 丙",
    "1. 甲\n\n    带上身份证。\n\n2. 乙",
    "- 甲\n    1. 甲之一\n    2. 甲之二\n- 乙\n    1. 乙之一",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    r"| 甲 | 乙 |" + "\n|---|---|\n" + r"| 1\|2 | 3 |",
    "## 小标题\n- 甲\n- 乙",
    "上一段。\n\n---\n\n下一段。",
    '!!! note "提示"\n    先存证据。\n\n    再来找我们。',
    "```\n1、甲\n2、乙*丙*丁**\n> 5\n```",
    r"乘号写作 \*，反斜线写作 \\。",
    "![示范的图](/images/one.jpg)",
    "见【本地：月最低工资】。",
    "> 引用一段话。",
    "跨两行的**粗，\n体**也行。",
    "打 **12351**（前面加区号），或者 **12333**（人社局）。",
    "请打 **甲** 或者 **乙** 都行，**1**、**2** 和 **3**（三）也行。",
    "",
]


@pytest.mark.parametrize(("body", "row", "remedy", "mended"), TOLD)
def test_a_slip_is_told_with_its_row_a_remedy_and_a_mend_that_cures_it(
    body: str, row: int, remedy: str, mended: str | None
) -> None:
    assert (row, remedy) in [(loss.row, loss.remedy) for loss in find_losses(body)]
    if mended is None:
        assert not any(loss.mends for loss in find_losses(body))
        return
    while mends := [loss.mends[0] for loss in find_losses(body) if loss.mends]:
        body = apply_mend(body, mends[0])
    assert body == mended
    assert find_losses(mended) == []


@pytest.mark.parametrize("body", KEPT)
def test_what_comes_out_as_it_was_written_is_left_alone(body: str) -> None:
    assert find_losses(body) == []


@pytest.mark.parametrize(
    ("body", "label", "mended"),
    [(CUT, "连成一行", "劳动能力鉴定委员会"), (CUT, "分成两段", "劳动能力鉴\n\n定委员会"),
     ("原~~两~~三倍", "划掉的字不要了", "原三倍"), ("原~~两~~三倍", "只去掉记号", "原两三倍")],
)  # fmt: skip
def test_where_two_things_may_be_meant_the_writer_chooses(
    body: str, label: str, mended: str
) -> None:
    (loss,) = find_losses(body)
    (mend,) = [one for one in loss.mends if one.label == label]
    assert apply_mend(body, mend) == mended


@given(st.lists(st.text("工资拖欠2*_[]|#-~=>`1.、（）\t", max_size=12), max_size=4))
def test_no_character_of_a_text_is_lost_without_a_word(rows: list[str]) -> None:
    body = "\n\n".join(f"甲{row}乙" for row in rows)
    shown = "".join(re.sub("<[^>]*>", "", unescape(render_markdown(body))).split())
    if not find_losses(body):
        for row in rows:
            written = re.sub(r"`([^`]+)`", r"\1", row)
            written = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"\1", written)
            assert "".join(f"甲{written}乙".split()) in shown


def test_where_a_choice_is_to_be_made_nothing_is_mended_for_anybody() -> None:
    assert mend_all(f"{CUT}\n\n请**带。") == f"{CUT}\n\n请带。"


@given(st.text("甲1. -*|#>\n~=[]（）\t、", max_size=40))
def test_mending_comes_to_an_end_and_leaves_no_loss_that_has_a_mend(body: str) -> None:
    assert not any(len(loss.mends) == 1 for loss in find_losses(mend_all(body)))
