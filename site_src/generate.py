"""Writes checked content as plain Markdown pages for mkdocs."""

import shutil
from datetime import date
from pathlib import Path

from site_src.loading import Content, Item
from site_src.pages.cards import make_card_pages
from site_src.pages.figures import make_figures_page
from site_src.pages.guides import make_guide_pages
from site_src.pages.home import make_home_page
from site_src.pages.notices import make_notice_pages
from site_src.pages.policies import make_policy_pages
from site_src.pages.policy_lists import make_policy_lists
from site_src.pages.stories import make_story_pages
from site_src.pages.tables import make_deadlines_page, make_injury_money_page
from site_src.pages.text import MadePage, escape
from site_src.schemas import Page


def make_pages(content: Content, today: date) -> list[MadePage]:
    """Every page of the site, in no particular order; `today` decides which notices are over."""
    return [
        make_home_page(content, today),
        *make_policy_pages(content),
        *make_policy_lists(content),
        *make_card_pages(content),
        *make_story_pages(content),
        *make_guide_pages(content),
        *make_notice_pages(content, today),
        make_deadlines_page(content),
        make_injury_money_page(content),
        make_figures_page(content.public.figures),
        *(make_moved_page(old, new) for old, new in content.redirects.items()),
        *(make_plain_page(page) for page in content.pages),
    ]


def make_plain_page(page: Item[Page]) -> MadePage:
    """A page of its own; /about/ also shows the centre's address and telephone."""
    meta = {
        "title": page.record.title,
        "description": page.record.summary,
        "kind": "page",
        "section": page.slug,
        "contact": page.slug == "about",
    }
    return MadePage(f"{page.slug}.md", meta, page.body)


def make_moved_page(old: str, new: str) -> MadePage:
    """What stands at an old address: a link to the new one, and nothing for search engines."""
    meta = {
        "title": "这一页挪走了",
        "description": "请点下面的链接，看新的一页。",
        "kind": "list",
        "canonical": new,
    }
    return MadePage(f"{old.strip('/')}.md", meta, f"- [**到新的一页** {escape(new)}]({new})")


def write_docs(content: Content, docs: Path, today: date) -> int:
    """Write the docs folder anew; returns the number of pages."""
    if docs.exists():
        shutil.rmtree(docs)
    pages = make_pages(content, today)
    for page in pages:
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.to_file(), encoding="utf-8")
    for image in content.images:
        target = docs / "images" / image.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(image, target)
    return len(pages)
