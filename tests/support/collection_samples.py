"""A collection that the program does not know: a schema, a page, an index, one row, one file."""

from datetime import date
from typing import Any

import pytest
from pydantic import Field

from site_src.collections import COLLECTIONS, ContentCollection, Feed
from site_src.content import Content, Item
from site_src.pages.text import Index, Written, make_link_group, make_link_row
from site_src.schemas import CardSlug, FullDate, LongText, StrictModel, Text

FOLDER = "job-fairs"
FAIR = {
    "title": "春季招聘会", "held_on": "2027-03-01", "place": "人民广场", "summary": "两百个岗位。",
    "cards": "unpaid-wages",
}  # fmt: skip
BODY = "带好**身份证**，不收门票。"


class JobFair(StrictModel):
    """When and where employers look for people."""

    title: Text = Field(alias="标题")
    held_on: FullDate = Field(alias="日期", description="哪天开。")
    place: Text = Field(alias="地点")
    summary: LongText = Field(alias="摘要")
    cards: tuple[CardSlug, ...] = Field(alias="维权卡")


def make_fair_page(fair: Item[JobFair], _: Content, today: date) -> Written:
    """Write a fair; if it is over it says so."""
    over = "已经开过了。" if fair.record.held_on < today.isoformat() else ""
    meta = {"description": fair.record.summary, "kind": "story", "tags": [fair.record.place]}
    return meta, f"{over}{fair.body}"


def make_fair_index(content: Content, _: date) -> Index:
    """List the fairs with their places."""
    fairs = content.of(JobFair)
    rows = [make_link_row(fair.record.title, fair.record.place, fair.address) for fair in fairs]
    return Index(summary="去看看", groups=[make_link_group(rows)], empty="现在没有招聘会。")


def add_job_fairs(monkeypatch: pytest.MonkeyPatch, **changed: Any) -> ContentCollection:
    """Add the row, with some facts changed, until the test is over."""
    facts: dict[str, Any] = {
        "folder": FOLDER, "label": "招聘会", "schema": JobFair, "tab": 9,
        "page": make_fair_page, "index": make_fair_index, "feed": Feed(most=5),
        "day": lambda fair: fair.held_on, "personal": True,
    }  # fmt: skip
    row = ContentCollection(**facts | changed)
    monkeypatch.setitem(COLLECTIONS, FOLDER, row)
    return row
