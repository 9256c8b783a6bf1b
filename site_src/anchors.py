"""Links into a page: what stands behind # must be a heading of the page that it leads to."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import unquote

from site_src.checks import find_line, list_names
from site_src.content import Content
from site_src.frontmatter import Document, problem_line
from site_src.generator import make_item_page, make_lists, make_other_pages
from site_src.markup import render_markdown
from site_src.pages.text import MadePage

Names = Callable[[str], frozenset[str] | None]
"""What can be linked to with # on the page at an address; None where there is no page."""
_MOST_SHOWN: Final = 8


def check_anchors(
    document: Document, links: Iterable[str], own: str, names_of: Names
) -> Iterator[str]:
    """Find links of a file whose part behind # leads nowhere; `own` is the address of its page."""
    for link in links:
        address, sign, name = link.partition("#")
        names = names_of(address.partition("?")[0] or own) if sign else None
        if names is not None and unquote(name) not in names:
            remedy = f"链接「{link}」里 # 后面的，在那一页找不到，{_offer(names)}"
            yield problem_line(document.shown, find_line(document, link), remedy)


def _offer(names: frozenset[str]) -> str:
    shown = "、".join(f"#{name}" for name in sorted(names)[:_MOST_SHOWN])
    return f"请改成有的，例如 {shown}" if shown else "请删掉 # 和后面的"


def find_names(content: Content, today: date) -> Names:
    """Return the names on the pages of the site; a page is made when somebody first asks."""
    known: dict[str, frozenset[str]] = {}
    items = {item.address: item for item in content.items}

    def names_of(address: str) -> frozenset[str] | None:
        if address not in known and address in items:
            known[address] = _list_page_names(make_item_page(items[address], content, today))
        elif address not in known and address in content.addresses:
            for page in (*make_lists(content, today), *make_other_pages(content, today)):
                known[_address_of(page)] = _list_page_names(page)
        return known.get(address)

    return names_of


def _address_of(page: MadePage) -> str:
    place = page.path.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{place}/" if place else "/"


def _list_page_names(page: MadePage) -> frozenset[str]:
    return list_names(render_markdown(page.text)) | frozenset(_list_anchors(page.meta))


def _list_anchors(meta: Any) -> Iterator[str]:
    """List the names of headings that the theme makes."""
    match meta:
        case dict():
            if isinstance(meta.get("anchor"), str):
                yield meta["anchor"]
            for one in meta.values():
                yield from _list_anchors(one)
        case list() | tuple():
            for one in meta:
                yield from _list_anchors(one)
