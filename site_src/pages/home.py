"""The home page: four tasks, the telephone, the address, the latest figures, two stories."""

from datetime import date
from typing import Any

from site_src.content import Content
from site_src.pages.figures import name_period, pick_headlines
from site_src.pages.notices import describe_notice
from site_src.pages.public_lists import find_on_show
from site_src.pages.stories import make_story_row
from site_src.pages.text import MadePage
from site_src.public_data import PublishedFigures
from site_src.schemas import RightsCard, SiteNotice, Story


def make_home_page(content: Content, today: date) -> MadePage:
    """Make the home page; home.html lays everything out from the front matter."""
    public = content.public
    current = [item for item in content.of(SiteNotice) if not item.record.is_over(today)]
    meta: dict[str, Any] = {
        "title": "首页",
        "description": f"{content.centre.name}：困难帮扶、法律咨询、查进度，都不收钱。",
        "template": "home.html",
        "kind": "home",
        "section": "home",
        "latest": find_latest(public.figures) if public.figures else None,
        "on_show": bool(public.publicity and find_on_show(public.publicity, today)),
        "stories": [make_story_row(story) for story in content.of(Story)[:2]],
        "notices": [
            {
                "title": item.record.title,
                "address": item.address,
                "text": describe_notice(item.record),
            }
            for item in current[:2]
        ],
        "cards": [
            {"title": card.record.title, "address": card.address}
            for card in content.of(RightsCard)[:6]
        ],
    }
    return MadePage("index.md", meta, "")


def find_latest(figures: PublishedFigures) -> dict[str, Any] | None:
    """Find the few figures that say most, with period and source; None if none can be shown."""
    headlines = pick_headlines(figures)
    if not headlines:
        return None
    return {
        "headlines": headlines,
        "when": f"今年：{name_period(figures)}",
        "source": figures.source,
        "demonstration": figures.demonstration,
    }
