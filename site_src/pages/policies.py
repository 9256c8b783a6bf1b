"""Policy pages and their list by topic."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from site_src.content import Content, Item
from site_src.pages.cards import list_related
from site_src.pages.sources import list_sources, show_checked
from site_src.pages.text import (
    Index,
    LinkRow,
    Written,
    bullets,
    button,
    escape,
    heading,
    join,
    make_link_group,
    make_link_row,
    note,
    show_date,
    table,
    with_heading,
)
from site_src.portal_addresses import TOOLS_FOR_CARDS
from site_src.schemas import COMPARED, POLICY_TOPIC_SLUGS, Policy, RightsCard, Story

WAYS = (
    ("按发布机关", "/policies/by-issuer/"),
    ("按年份", "/policies/by-year/"),
    ("按时效", "/policies/by-status/"),
    ("法律定的期限", "/deadlines/"),
    ("工伤能拿多少钱", "/work-injury-money/"),
    ("本地的标准", "/local/"),
)
WARNINGS = {
    "已废止": "这份文件已经废止，现在不按它办。登在这里，只为查以前的事。",
    "待核实": "这份文件现在还按不按它办，请先打 [12351](tel:12351) 问清楚。",
}
UNSURE = {"待核实": "先打电话问"}
"""What the list says of documents that may no longer be in force."""
DRAWINGS: Final[Mapping[str, str]] = {
    "劳动合同": "contract",
    "工资": "wage",
    "工时休假": "hours",
    "社会保险": "shield",
    "工伤职业病": "medical",
    "女职工未成年工": "woman",
    "争议处理": "law",
    "法律援助": "people",
    "困难帮扶": "help",
    "社会救助": "urgent",
    "就业": "work",
    "退休": "rest",
    "新就业形态": "bike",
    "工会": "town",
    "个人信息": "card",
}
"""What is drawn beside a topic; names in theme/shared/icons.html."""
NO_POLICY = "还没有政策。"
BLANK = "&#160;"


def make_policy_index(content: Content, _: date) -> Index:
    """List the topics, with how many policies each has."""
    return Index(
        summary="和您有关的法律、政策，一条一条用大白话讲。先点您的事。",
        groups=[make_link_group(list_topic_rows(content), "按事情找", "topics")],
        empty=NO_POLICY,
        text="换个找法：" + " · ".join(f"[{words}]({address})" for words, address in WAYS),
        search=True,
    )


def list_topic_rows(content: Content) -> list[LinkRow]:
    """Make a line to tap for each topic that has a policy, with its drawing."""
    counts = Counter[str](topic for item in content.of(Policy) for topic in item.record.topics)
    return [
        make_link_row(
            topic, f"{counts[topic]} 份", f"/policies/by-topic/{slug}/", icon=DRAWINGS[topic]
        )
        for topic, slug in POLICY_TOPIC_SLUGS.items()
        if counts[topic]
    ]


def list_policies(items: Iterable[Item[Policy]]) -> list[LinkRow]:
    """Make a line to tap for each policy, with validity and level."""
    return [
        make_link_row(
            item.record.title, f"{show_status(item.record)} · {item.record.level}", item.address
        )
        for item in items
    ]


def show_status(record: Policy) -> str:
    """Say whether the document is in force, or that one should ask."""
    return UNSURE.get(record.status, record.status)


def warn_reader(record: Policy) -> str:
    """Warn above everything else if the document is repealed or not verified."""
    lines = [WARNINGS.get(record.status, "")]
    if record.certainty not in COMPARED:
        lines.append("这一页还没核对，用它以前请先打电话问。")
    text = "".join(lines)
    return note("先看这里", text) if text else ""


def list_facts(record: Policy) -> list[tuple[str, str]]:
    """List the formal facts that are known; a missing number is shown as missing."""
    facts = [
        ("发布机关", record.issuer),
        ("文号", record.number),
        ("发布日期", show_date(record.issued_on)),
        ("施行日期", show_date(record.in_force_on)),
        ("修改", record.amended),
        ("时效", show_status(record)),
        ("层级", record.level),
        ("主题", "、".join(record.topics)),
    ]
    return [(name, escape(value) or BLANK) for name, value in facts if value or name == "文号"]


def list_tools(record: Policy) -> str:
    """Link to the calculators of the policy's matter: those whose nearest card it names."""
    nearest = [
        offer for offer in TOOLS_FOR_CARDS if offer.cards[:1] and offer.cards[0] in record.cards
    ]
    links = bullets(f"[{offer.title}]({offer.address})" for offer in nearest)
    return join([heading("算一算", "tools"), links]) if nearest else ""


def make_policy_page(policy: Item[Policy], content: Content, _: date) -> Written:
    """Write a policy: what it does for the reader first, the formal facts after."""
    record = policy.record
    cards = content.pick(RightsCard, record.cards)
    stories = content.naming(Story, "policies", policy.slug)
    parts = [
        warn_reader(record),
        with_heading(policy.body, "对您有什么用", "use"),
        list_related("遇到这种事怎么办", "cards", cards),
        list_tools(record),
        button("问问我的情况", "/consult"),
        list_related("真实的例子", "stories", stories),
        heading("文件情况", "facts"),
        table(("项目", "内容"), list_facts(record)),
        list_sources((), record.checked_on, record.certainty),
    ]
    meta = {
        "description": record.summary,
        "kind": "policy",
        "tags": [
            show_status(record),
            record.level,
            show_checked(record.checked_on, record.certainty),
        ],
    }
    return meta, join(parts)
