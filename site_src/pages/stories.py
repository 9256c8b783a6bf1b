"""Stories of people who were helped, and their list."""

from datetime import date

from site_src.content import Content, Item
from site_src.pages.cards import list_related
from site_src.pages.text import (
    Index,
    Written,
    bullets,
    button,
    escape,
    heading,
    join,
    make_link_group,
    make_link_row,
)
from site_src.schemas import Policy, RightsCard, Story


def make_story_index(content: Content, _: date) -> Index:
    """List the stories."""
    rows = [
        make_link_row(story.record.title, describe_story(story.record), story.address)
        for story in content.of(Story)
    ]
    summary = "他们也遇到过难处，后来都有了着落。名字都换过。"
    return Index(summary=summary, groups=[make_link_group(rows)], empty="还没有故事。")


def describe_story(record: Story) -> str:
    """Say who, when and what kind, in one short line."""
    parts = [record.pseudonym, f"{record.year} 年" if record.year else "", record.kind]
    return " · ".join(part for part in parts if part)


def make_story_page(story: Item[Story], content: Content, _: date) -> Written:
    """Write a story: hardship, the story itself, the steps, how it ended."""
    record = story.record
    cards = content.pick(RightsCard, record.cards)
    policies = content.pick(Policy, record.policies)
    steps = [f"**{escape(step.when)}** {escape(step.what)}" for step in record.steps]
    consent = f"名字换过，本人写了同意书（{escape(record.consent)}）。"
    parts = [
        story.body,
        heading("一步一步怎么办的", "course"),
        bullets(steps),
        heading("结果", "outcome"),
        escape(record.outcome),
        button("我也想申请帮扶", "/apply"),
        list_related("用到的维权卡", "cards", cards),
        list_related("用到的政策", "policies", policies),
        heading("说明", "consent"),
        consent + ("示范数据：人和事都是编的。" if record.demonstration else ""),
    ]
    tags = [record.pseudonym, f"{record.year} 年" if record.year else "", record.kind]
    meta = {
        "description": record.hardship,
        "kind": "story",
        "tags": [tag for tag in tags if tag] + (["示范数据"] if record.demonstration else []),
    }
    return meta, join(parts)
