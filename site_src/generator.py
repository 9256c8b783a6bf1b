"""Makes the pages of the site, as Markdown with front matter, from checked content."""

from datetime import date
from typing import Any

from site_src.collections import COLLECTIONS, ContentCollection, list_indexed
from site_src.content import Content, Item
from site_src.pages.figures import make_figures_page
from site_src.pages.home import make_home_page
from site_src.pages.local import make_local_page
from site_src.pages.network import make_network_page
from site_src.pages.public_lists import make_public_lists_page
from site_src.pages.tables import make_deadlines_page, make_injury_money_page
from site_src.pages.text import Index, MadePage, Meta, escape, make_list_page
from site_src.pages.verify import make_verify_page


def make_item_page(item: Item[Any], content: Content, today: date) -> MadePage:
    """Make the page of one file. Of others it shows nothing but what is in their front matter."""
    row = COLLECTIONS[item.folder]
    meta, text = row.page(item, content, today)
    place: Meta = {"section": item.slug}
    if row.index:
        crumb = {"title": row.label, "address": f"/{row.folder}/"}
        place = {"section": row.folder, "crumb": crumb}
    return MadePage(item.path, {"title": item.record.title, **place, **meta}, text)


def make_lists(content: Content, today: date) -> list[MadePage]:
    """Make the pages that list others; they show nothing but front matter."""
    pages = []
    for row in list_indexed():
        if row.index:
            pages.append(make_index_page(row, row.index(content, today)))
        for make in row.lists.values():
            pages += make(content)
    return pages


def make_index_page(row: ContentCollection, index: Index) -> MadePage:
    """Make the page that lists a whole collection."""
    meta: Meta = {
        "title": row.label,
        "description": index.summary,
        "kind": "list",
        "section": row.folder,
        "search": index.search,
        "jumps": index.jumps,
    }
    return make_list_page(f"{row.folder}/index.md", meta, index.groups, index.empty, index.text)


def make_other_pages(content: Content, today: date) -> list[MadePage]:
    """Make the few pages from published figures, rules and settings; see FIXED_PAGES."""
    return [
        make_home_page(content, today),
        make_deadlines_page(content),
        make_injury_money_page(content),
        make_local_page(content, today),
        make_figures_page(content.public.figures),
        make_public_lists_page(content, today),
        make_verify_page(content.public.receipt_key, content.centre),
        make_network_page(content.network, content.centre, today),
        *(make_moved_page(old, new) for old, new in content.redirects.items()),
    ]


def make_moved_page(old: str, new: str) -> MadePage:
    """Make what stands at an old address: a link to the new one, nothing for search engines."""
    meta = {
        "title": "这一页挪走了",
        "description": "请点下面的链接，看新的一页。",
        "kind": "list",
        "canonical": new,
    }
    return MadePage(f"{old.strip('/')}.md", meta, f"- [**到新的一页** {escape(new)}]({new})")
