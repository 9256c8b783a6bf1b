"""The home page: four tasks, the telephone, the address, the latest figures, two stories."""

from datetime import date
from typing import Any

from site_src.loading import Content
from site_src.pages.figures import name_day, name_month, show_number
from site_src.pages.notices import describe_notice
from site_src.pages.text import MadePage
from site_src.public_data import Figures


def make_home_page(content: Content, today: date) -> MadePage:
    """Everything on it is laid out by home.html from the front matter."""
    current = [item for item in content.notices if not item.record.is_over(today)]
    meta: dict[str, Any] = {
        "title": "首页",
        "description": f"{content.centre.name}：困难帮扶、法律咨询、查进度，都不收钱。",
        "template": "home.html",
        "kind": "home",
        "section": "home",
        "latest": find_latest(content.public.figures) if content.public.figures else None,
        "stories": [
            {
                "title": story.record.title,
                "address": story.address,
                "text": story.record.outcome,
                "tags": [story.record.pseudonym, story.record.kind],
            }
            for story in content.stories[:2]
        ],
        "notices": [
            {
                "title": item.record.title,
                "address": item.address,
                "text": describe_notice(item.record),
            }
            for item in current[:2]
        ],
        "cards": [
            {"title": card.record.title, "address": card.address} for card in content.cards[:6]
        ],
    }
    return MadePage("index.md", meta, "")


def find_latest(figures: Figures) -> dict[str, Any] | None:
    """The newest month's numbers with unit, source and date."""
    if not figures.months:
        return None
    newest = max(figures.months, key=lambda row: str(row["month"]))
    return {
        "month": name_month(str(newest["month"])),
        "counts": [
            {"name": name, "shown": show_number(newest[kind]), "hidden": newest[kind] is None}
            for kind, name in figures.kinds.items()
        ],
        "unit": figures.unit,
        "source": figures.source,
        "day": name_day(figures.generated_at),
    }
