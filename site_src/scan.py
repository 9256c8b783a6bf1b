"""Last look at every page before it goes live: nothing that runs, nothing from outside."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from site_src.checks import PORTAL_ADDRESS, FoundLinks, find_links
from site_src.scripts import find_scripts, name_source
from site_src.tags import Tag, list_tags

_OUTSIDE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|(?:javascript|data|vbscript|blob):", re.IGNORECASE
)
ADDRESS_ATTRIBUTES = frozenset({"src", "href", "action", "poster", "data", "srcset", "formaction"})
FORBIDDEN_TAGS = frozenset({"script", "iframe", "object", "embed", "base"})
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Where a page is cut before and after its text. What recurs on many pages is looked at once;
# of the rest no piece closes what it did not open, so that it can be read quickly.
SEAMS_BEFORE = ("<meta ", "<style>", "<main ")
SEAMS_AFTER = ("</article>", "<nav ", "</nav>", "<footer ")


@dataclass(frozen=True)
class PageFindings:
    """What one page holds: what must not be there, every address it asks for or leads to, what
    can be linked to with # in it, the links and images of its own text, the CSP sources of its
    inline styles and our scripts."""

    complaints: tuple[str, ...]
    addresses: tuple[str, ...]
    names: frozenset[str]
    body: FoundLinks
    styles: tuple[str, ...]
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """What was found in a piece of a page; `names` can be linked to with #."""

    complaints: tuple[str, ...]
    addresses: tuple[str, ...]
    names: frozenset[str]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


def scan_page(html: str, content: str) -> PageFindings:
    """Look through a whole page; `content` is the part of it that was Markdown."""
    before, _, after = html.partition(content or "</article>")
    content_tags = list_tags(content)
    around = (*cut(before, SEAMS_BEFORE), *cut(after, SEAMS_AFTER))
    pieces = [*map(scan_recurring, around), scan_tags(content_tags, content)]
    complaints = [words for piece in pieces for words in piece.complaints]
    addresses = dict.fromkeys(address for piece in pieces for address in piece.addresses)
    names = frozenset(name for piece in pieces for name in piece.names)
    complaints += [
        f"链接「{address}」在这一页找不到"
        for address in addresses
        if address.startswith("#") and unquote(address[1:]) not in names
    ]
    styles = tuple(style for piece in pieces for style in piece.styles)
    scripts = tuple(script for piece in pieces for script in piece.scripts)
    return PageFindings(
        tuple(complaints), tuple(addresses), names, find_links(content_tags), styles, scripts
    )


def cut(html: str, seams: Iterable[str]) -> Iterator[str]:
    """Cut a part of a page into pieces; none begins or ends inside a tag."""
    start = 0
    for seam in seams:
        place = html.find(seam, start)
        if place > start:
            yield html[start:place]
            start = place
    yield html[start:]


def scan_tags(tags: Iterable[Tag], html: str) -> Piece:
    """Find addresses, names, styles and what must not be there."""
    complaints, addresses, names = [], [], set()
    scripts = find_scripts(html)
    unseen = len(scripts)
    for tag, attributes in tags:
        if tag == "script" and unseen and not attributes:
            unseen -= 1
        elif tag in FORBIDDEN_TAGS:
            complaints.append(f"有 <{tag}>，网站模板要改")
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                complaints.append(f"有 {name} 属性，网站模板要改")
            elif name == "id" and value:
                names.add(value)
            elif name in ADDRESS_ATTRIBUTES and value:
                addresses.append(value)
    styles = tuple(name_source(style) for style in STYLE.findall(html))
    return Piece(tuple(complaints), tuple(addresses), frozenset(names), styles, scripts)


@lru_cache(maxsize=100)
def scan_recurring(piece: str) -> Piece:
    """Scan a piece that may stand on many pages."""
    return scan_tags(list_tags(piece), piece)


def judge_page(
    shown: str, findings: PageFindings, is_served: Callable[[str], bool]
) -> Iterator[str]:
    """Find what keeps a page from going live, one line each; `shown` is its file.

    `is_served` tells whether the site has something at an address without ? and #.
    """
    for words in findings.complaints:
        yield f"网页 {shown}：{words}"
    for address in findings.addresses:
        path = re.split(r"[?#]", address, maxsplit=1)[0]
        if address.startswith(("#", "tel:")) or PORTAL_ADDRESS.fullmatch(address):
            continue
        if _OUTSIDE.match(address):
            yield f"网页 {shown}：链接「{address}」连到外面，请改成本站的网页"
        elif not is_served(path):
            yield f"网页 {shown}：链接「{address}」在本站找不到，请改正"
