"""Writes checked content as plain Markdown pages for mkdocs."""

import shutil
from pathlib import Path

from site_src.loading import Content, Item
from site_src.pages.cards import make_card_pages
from site_src.pages.figures import make_figures_page
from site_src.pages.home import make_home_page
from site_src.pages.policies import make_policy_pages
from site_src.pages.stories import make_story_pages
from site_src.pages.text import MadePage
from site_src.schemas import Page


def make_pages(content: Content) -> list[MadePage]:
    """Every page of the site, in no particular order."""
    return [
        make_home_page(content),
        *make_policy_pages(content),
        *make_card_pages(content),
        *make_story_pages(content),
        make_figures_page(content.figures),
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


def write_docs(content: Content, docs: Path) -> int:
    """Write the docs folder anew; returns the number of pages."""
    if docs.exists():
        shutil.rmtree(docs)
    pages = make_pages(content)
    for page in pages:
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.to_file(), encoding="utf-8")
    for image in content.images:
        target = docs / "images" / image.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(image, target)
    return len(pages)
