"""The page /public-lists/: who is to be helped, for everybody to see and to object to.

What is over leaves the page at the next build; of it only the days and the number stay.
"""

from datetime import date
from typing import Any

from rulefiles.deadlines import TimeLimits
from site_src.content import Content
from site_src.pages.text import (
    MadePage,
    bullets,
    escape,
    heading,
    join,
    note,
    show_date,
    table,
)
from site_src.public_data import PublishedList, PublishedLists
from site_src.rules import show_limit
from site_src.schemas import Policy

_TITLE = "帮扶公示"
_NOTHING = "现在没有正在公示的名单。"
COLUMNS = ("姓名", "镇（街道）", "家里几口人", "困难类别", "主要原因", "帮扶项目", "金额（元）")
LAW = "personal-information-law"
PUBLIC_LISTS = "/public-lists/"
OBJECTION_LIMITS = ("objection_start", "objection_recheck", "objection_decision")
FORM = "/objection"
"""The form for objections; `?list=` tells it which list, by the first day."""


def make_public_lists_page(content: Content, today: date) -> MadePage:
    """Show the lists of today, how to object, and why they are published."""
    publicity = content.public.publicity
    on_show = find_on_show(publicity, today) if publicity else ()
    over = [one for one in publicity.lists if one.is_over(today)] if publicity else []
    parts = [part for one in on_show for part in show_public_list(one)] or [_NOTHING]
    if publicity and on_show:
        parts += explain_objection(content, publicity)
    parts += explain_publication(content)
    if over:
        parts += [heading("已经结束的", "over"), bullets(describe_list(one) for one in over)]
    meta: dict[str, Any] = {
        "title": _TITLE,
        "description": "准备帮谁、帮多少，先公示，请大家看一看对不对。",
        "kind": "publicity",
        "section": "public-lists",
        "passing": True,  # no search engine may keep it longer than the site does
    }
    if publicity and publicity.demonstration:
        meta["tags"] = ["示范数据：名单上的人是编的"]
    return MadePage("public-lists.md", meta, join(parts))


def find_on_show(publicity: PublishedLists, today: date) -> tuple[PublishedList, ...]:
    """Find the lists whose days include today."""
    return tuple(one for one in publicity.lists if one.is_on_show(today))


def show_public_list(one: PublishedList) -> list[str]:
    """Show a list: heading, days, how to object, and table."""
    rows = [
        (
            escape(row.name),
            escape(row.town),
            str(row.household),
            escape(row.category),
            escape(row.cause),
            escape(row.item),
            row.amount,
        )
        for row in one.rows
    ]
    days = f"**{show_date(one.starts_on)}到 {show_date(one.ends_on)}**"
    title = f"{show_date(one.starts_on)}公示的帮扶名单"
    words = f"公示时间：{days}，共 {len(rows)} 户。"
    return [
        heading(title, f"list-{one.starts_on}"),
        words,
        invite_objection(one),
        table(COLUMNS, rows),
    ]


def invite_objection(one: PublishedList) -> str:
    """Put a box above the list, long on a phone: until when, where, and that it is safe."""
    return note(
        f"觉得不对？最晚 {show_date(one.ends_on)}告诉我们",
        f"[在网上提意见]({FORM}?list={one.starts_on})，可以不留名。也可以"
        "[打电话、到窗口说](#objection)。**不会让人知道是谁提的。**",
    )


def describe_list(one: PublishedList) -> str:
    """Describe a list that is over, without anybody on it."""
    return f"{show_date(one.starts_on)}到 {show_date(one.ends_on)}，{one.households} 户"


def explain_objection(content: Content, publicity: PublishedLists) -> list[str]:
    """Explain whom to tell, where, and what happens then."""
    phone = publicity.phone
    lines = [
        f"在网上：[填一张表]({FORM})，大约 4 分钟，留不留名都行",
        f"打电话：[{phone}](tel:{phone})" if phone else "",
        f"来窗口：{escape(publicity.place)}",
        "请说明：是哪一户，哪里不对，您怎么知道的",
        "名单上的人和单位都不会知道是谁提的",
        "发现名单里有身份证号、电话、住址、病名：请马上打电话，我们先撤下来再查",
        promise_objection(content.deadlines),
        "名单撤下以后才想起来，也可以说",
    ]
    return [heading("您觉得不对，请告诉我们", "objection"), bullets(line for line in lines if line)]


def promise_objection(rules: TimeLimits) -> str:
    """Promise how long each step of an objection takes; empty if the rules do not say."""
    limits = {one.code: show_limit(one) for one in rules.own}
    if not limits.keys() >= set(OBJECTION_LIMITS):
        return ""
    start, recheck, decision = (limits[code] for code in OBJECTION_LIMITS)
    steps = f"{start}内开始核查，再过 {recheck}内查完，{decision}内定下来"
    return f"我们怎么办：{steps}。查的人和定的人不是同一个人"


def explain_publication(content: Content) -> list[str]:
    """Explain what is on a list, what never is, and by what right."""
    known = {policy.slug: policy.address for policy in content.of(Policy)}
    law = "个人信息保护法第二十五条"
    basis = f"[{law}]({known[LAW]})" if LAW in known else law
    lines = [
        "为什么公示：帮扶的钱是大家的，给谁、给多少，要让大家看得见",
        f"公示前：都单独征得了本人书面同意（{basis}）。不同意的不公示",
        "公示什么：遮住的姓名、镇（街道）、家里几口人、困难类别、原因的大类、帮扶项目、金额",
        "不公示什么：身份证号、电话、住址、银行卡、病名、残疾情况、收入、孩子的名字",
        "公示多久：公示结束后自动撤下，名单不再留在网上",
    ]
    return [heading("为什么要公示，公示些什么", "why"), bullets(lines)]
