"""Notices, and their list: what still holds first, what is over below."""

from collections.abc import Iterable, Sequence
from datetime import date

from site_src.content import Content, Item
from site_src.pages.text import (
    Index,
    LinkRow,
    Written,
    join,
    make_link_group,
    make_link_row,
    note,
    show_date,
)
from site_src.schemas import SiteNotice


def sort_newest_first(notices: Sequence[Item[SiteNotice]]) -> list[Item[SiteNotice]]:
    """Sort the notices by their date."""
    return sorted(notices, key=lambda notice: notice.record.issued_on, reverse=True)


def make_notice_index(content: Content, today: date) -> Index:
    """List the notices that still hold, and below them those that are over."""
    notices = content.of(SiteNotice)
    current = [notice for notice in notices if not notice.record.is_over(today)]
    over = [notice for notice in notices if notice.record.is_over(today)]
    nothing = "现在没有公告。"
    return Index(
        summary="放假、活动、办事的变动，都登在这里。",
        groups=[
            make_link_group(list_notices(current)),
            make_link_group(list_notices(over), "已经过期的", "archive"),
        ],
        empty=nothing,
        text="" if current else nothing,
    )


def list_notices(items: Iterable[Item[SiteNotice]]) -> list[LinkRow]:
    """Make a line to tap for each notice."""
    return [
        make_link_row(item.record.title, describe_notice(item.record), item.address, icon="notice")
        for item in items
    ]


def describe_notice(record: SiteNotice) -> str:
    """Say when and what kind, in one short line."""
    words = f"{show_date(record.issued_on)} · {record.kind}"
    return f"{words} · 示范数据" if record.demonstration else words


def make_notice_page(item: Item[SiteNotice], _: Content, today: date) -> Written:
    """Write a notice; if it is over it says so at its top."""
    record = item.record
    over = f"这条公告到 {show_date(record.ends_on)}为止，仅供查阅。"
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
        "kind": "story",  # running text, as a story
        "tags": tags,
    }
    return meta, join(parts)
