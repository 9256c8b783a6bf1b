"""Pages that belong to no list: about, privacy, accessibility, and others at will."""

from collections.abc import Sequence
from datetime import date

from site_src.content import Content, Item
from site_src.pages.privacy import make_privacy_page
from site_src.pages.text import Written
from site_src.schemas import OwnPage

REQUIRED = ("about", "privacy", "accessibility")


def check_required(pages: Sequence[Item[OwnPage]]) -> list[str]:
    """Find the pages that every page links to and that are not there."""
    slugs = {page.slug for page in pages}
    return [
        f"content/pages/{slug}.md：没有这个文件，页脚要连到它，请建一个"
        for slug in REQUIRED
        if slug not in slugs
    ]


def make_own_page(page: Item[OwnPage], content: Content, _: date) -> Written:
    """Write a page of its own; /privacy/ also lists what the forms ask, /about/ shows where."""
    if page.slug == "privacy":
        return make_privacy_page(page, content.public.privacy)
    contact = page.slug == "about"
    return {"description": page.record.summary, "kind": "page", "contact": contact}, page.body
