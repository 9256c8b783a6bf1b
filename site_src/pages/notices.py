"""Notices, and their list: what still holds first, what is over below."""

from collections.abc import Iterable
from datetime import date

from site_src.loading import Content, Item
from site_src.pages.text import (
    MadePage,
    Row,
    join,
    make_group,
    make_index,
    make_row,
    note,
    show_date,
)
from site_src.schemas import Notice

INDEX_SUMMARY = "放假、活动、办事的变动，都登在这里。"
NO_NOTICE = "现在没有公告。"


def make_notice_index(content: Content, today: date) -> MadePage:
    """The list of notices."""
    current = [item for item in content.notices if not item.record.is_over(today)]
    over = [item for item in content.notices if item.record.is_over(today)]
    page = make_index("notices", "公告", INDEX_SUMMARY, list_notices(current), NO_NOTICE)
    if over:
        page.meta["groups"].append(make_group(list_notices(over), "已经过期的", "archive"))
    return page


def list_notices(items: Iterable[Item[Notice]]) -> list[Row]:
    """One line to tap for each notice."""
    return [
        make_row(item.record.title, describe_notice(item.record), item.address) for item in items
    ]


def describe_notice(record: Notice) -> str:
    """When and what kind, in one short line."""
    words = f"{show_date(record.issued_on)} · {record.kind}"
    return f"{words} · 示范数据" if record.demonstration else words


def make_notice_page(item: Item[Notice], today: date) -> MadePage:
    """One notice; if it is over it says so at its top."""
    record = item.record
    over = f"这条公告到 {show_date(record.ends_on)}为止，只留着备查。"
    parts = [
        note("已经过期", over) if record.is_over(today) else "",
        item.body,
        "示范数据：这条公告是编的，只作演示。" if record.demonstration else "",
    ]
    tags = [show_date(record.issued_on), record.kind]
    if record.ends_on:
        tags.append(f"到 {show_date(record.ends_on)}为止")
    if record.demonstration:
        tags.append("示范数据")
    meta = {
        "title": record.title,
        "kind": "story",  # running text, as a story
        "section": "notices",
        "crumb": {"title": "公告", "address": "/notices/"},
        "tags": tags,
    }
    return MadePage(f"notices/{item.slug}.md", meta, join(parts))
