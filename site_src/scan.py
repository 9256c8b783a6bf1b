"""Last look at a finished site before it goes live: nothing that runs, nothing from outside."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from site_src.checks import PORTAL_ADDRESS

OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:javascript|data|vbscript|blob):", re.IGNORECASE)
ADDRESS_ATTRIBUTES = frozenset({"src", "href", "action", "poster", "data", "srcset", "formaction"})
FORBIDDEN_TAGS = frozenset({"script", "iframe", "object", "embed", "base"})
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class PageScanner(HTMLParser):
    """Collects the addresses of one page and what must not be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.names: set[str] = set()
        self.complaints: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        if tag in FORBIDDEN_TAGS:
            self.complaints.append(f"有 <{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.complaints.append(f"有 {name} 属性")
            elif name == "id" and value:
                self.names.add(value)
            elif name in ADDRESS_ATTRIBUTES and value:
                self.addresses.append(value)


def scan_site(site: Path) -> list[str]:
    """Problems of all pages, one line each; empty if the site may go live."""
    problems = []
    for page in sorted(site.rglob("*.html")):
        shown = page.relative_to(site).as_posix()
        scanner = PageScanner()
        scanner.feed(page.read_text(encoding="utf-8"))
        problems += [f"网页 {shown}：{words}，网站模板要改" for words in scanner.complaints]
        problems += [f"网页 {shown}：{words}" for words in judge_addresses(site, scanner)]
    return problems


def judge_addresses(site: Path, scanner: PageScanner) -> Iterator[str]:
    """Addresses that lead outside or nowhere."""
    for address in scanner.addresses:
        path, _, name = address.partition("#")
        if address.startswith("tel:") or PORTAL_ADDRESS.fullmatch(address):
            continue
        if OUTSIDE.match(address):
            yield f"链接「{address}」连到外面，请改成本站的网页"
        elif not path and name not in scanner.names:
            yield f"链接「{address}」在这一页找不到"
        elif path and not find_target(site, path.partition("?")[0]):
            yield f"链接「{address}」在本站找不到，请改正"


def find_target(site: Path, path: str) -> bool:
    """True if an absolute address is a file of the site."""
    target = site / path.lstrip("/")
    return path.startswith("/") and (target.is_file() or (target / "index.html").is_file())


def list_style_hashes(site: Path) -> list[str]:
    """CSP sources of the inline styles, as they must stand in style-src."""
    styles = {
        style
        for page in site.rglob("*.html")
        for style in STYLE.findall(page.read_text(encoding="utf-8"))
    }
    digests = (hashlib.sha256(style.encode()).digest() for style in styles)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
