"""Stories of people who were helped, and their list."""

import re
from datetime import date

from site_src.content import Content, Item
from site_src.pages.cards import list_related
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
)
from site_src.schemas import Policy, RightsCard, Story

_SCENES = (("工伤|职业病", "injury"), ("助学|上学|读书", "school"), ("就业|工作|培训", "work"))
"""What is drawn beside a story, by the words of its kind; otherwise the bridge."""


def make_story_index(content: Content, _: date) -> Index:
    """List the stories, each with its drawing and what it came to."""
    summary = "他们也遇到过难处，后来都有了着落。名字都换过。"
    rows = [make_story_row(story) for story in content.of(Story)]
    return Index(summary=summary, groups=[make_link_group(rows)], empty="还没有故事。")


def make_story_row(story: Item[Story]) -> LinkRow:
    """Make what leads to a story: title, who it tells of, drawing, outcome."""
    record = story.record
    words, scene = describe_story(record), pick_scene(record.kind)
    return make_link_row(record.title, words, story.address, scene=scene, outcome=record.outcome)


def describe_story(record: Story) -> str:
    """Say who, when and what kind, in one short line, and whether it is invented."""
    parts = [record.pseudonym, f"{record.year} 年" if record.year else "", record.kind]
    if record.demonstration:
        parts.append("示范数据，人和事是编的")
    return " · ".join(part for part in parts if part)


def find_quote(story: Item[Story]) -> str:
    """Find what the person says last in the story: 李某说：“……”; empty if nothing."""
    said = re.findall(rf"{re.escape(story.record.pseudonym)}说：“([^”]+)”", story.body)
    return said[-1] if said else ""


def pick_scene(kind: str) -> str:
    """Pick the drawing for a kind of story, by name in theme/shared/scenes.html."""
    return next((scene for words, scene in _SCENES if re.search(words, kind)), "bridge")


def make_story_page(story: Item[Story], content: Content, _: date) -> Written:
    """Write a story: what it came to first, the story itself, what helped, the steps."""
    record = story.record
    steps = [f"**{escape(step.when)}** {escape(step.what)}" for step in record.steps]
    consent = f"名字换过，本人写了同意书（{escape(record.consent)}）。"
    parts = [
        story.body,
        list_related("帮上忙的维权卡", "cards", content.pick(RightsCard, record.cards)),
        heading("一步一步怎么办的", "course"),
        bullets(steps),
        button("我也想申请帮扶", "/apply"),
        list_related("用到的政策", "policies", content.pick(Policy, record.policies)),
        heading("说明", "consent"),
        "示范数据：这个故事是编的，只作演示。" if record.demonstration else consent,
    ]
    tags = [record.pseudonym, f"{record.year} 年" if record.year else "", record.kind]
    meta = {
        "description": record.hardship,
        "kind": "story",
        "tags": [tag for tag in tags if tag] + (["示范数据"] if record.demonstration else []),
        "story": {
            "scene": pick_scene(record.kind),
            "quote": find_quote(story),
            "who": record.pseudonym,
            "outcome": record.outcome,
        },
    }
    return meta, join(parts)
