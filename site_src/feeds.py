"""Feeds and sitemap, which need the site's public address; written after mkdocs has run."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree
from zoneinfo import ZoneInfo

from site_src.checks import render_markdown
from site_src.errors import SiteProblem
from site_src.loading import Content, Item
from site_src.pages.public_lists import ADDRESS as LISTS_ADDRESS

SITE_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/?")
MOST_NOTICES, MOST_POLICIES = 20, 30


@dataclass(frozen=True)
class Entry:
    """One notice or policy as feeds tell it; `day` is YYYY-MM-DD."""

    address: str
    title: str
    kind: str
    day: str
    text: str


class _Words(HTMLParser):
    """Collects text without its markup."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def read_site_url(site_url: str) -> str:
    """The public address without a slash at its end, or blank; raises SiteProblem."""
    if site_url and not SITE_URL.fullmatch(site_url):
        raise SiteProblem(
            [f"网站地址「{site_url}」：要写成 https://域名，后面不带路径，请改正再建站"]
        )
    return site_url.rstrip("/")


def list_entries(content: Content) -> list[Entry]:
    """Notices by date and policies by the day they were checked, newest first."""
    notices = [
        Entry(
            item.address,
            ("【示范数据】" if item.record.demonstration else "") + item.record.title,
            "公告",
            item.record.issued_on,
            plain_text(item),
        )
        for item in content.notices
    ]
    policies = [
        Entry(
            item.address,
            item.record.title,
            "政策",
            item.record.checked_on,
            item.record.summary,
        )
        for item in content.policies
    ]
    policies.sort(key=lambda entry: entry.day, reverse=True)
    # Each kind has its own share: policies checked on one day must not push out the notices.
    chosen = [*notices[:MOST_NOTICES], *policies[:MOST_POLICIES]]
    return sorted(chosen, key=lambda entry: entry.day, reverse=True)


def plain_text(item: Item[Any]) -> str:
    """The words of a body."""
    reader = _Words()
    reader.feed(render_markdown(item.body))
    return " ".join(reader.words)


def noon_in_china(day: str) -> datetime:
    """A moment that falls on the same day in most time zones."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def write_feeds(site: Path, content: Content, site_url: str) -> None:
    """Write feed.xml (RSS 2.0) and feed.json (JSON Feed 1.1) with absolute addresses."""
    entries = list_entries(content)
    title = f"{content.centre.name}：公告和政策"
    write_xml(site / "feed.xml", make_rss(entries, title, site_url))
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": f"{site_url}/",
        "feed_url": f"{site_url}/feed.json",
        "language": "zh-CN",
        "items": [
            {
                "id": f"{site_url}{entry.address}",
                "url": f"{site_url}{entry.address}",
                "title": entry.title,
                "content_text": entry.text,
                "date_published": noon_in_china(entry.day).isoformat(),
                "tags": [entry.kind],
            }
            for entry in entries
        ],
    }
    text = json.dumps(feed, ensure_ascii=False, indent=1)
    (site / "feed.json").write_text(text, encoding="utf-8")


def make_rss(entries: list[Entry], title: str, site_url: str) -> Tree.Element:
    """The RSS document."""
    root = Tree.Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = Tree.SubElement(root, "channel")
    add_texts(
        channel,
        {"title": title, "link": f"{site_url}/", "description": title, "language": "zh-CN"},
    )
    own = {"href": f"{site_url}/feed.xml", "rel": "self", "type": "application/rss+xml"}
    Tree.SubElement(channel, "atom:link", own)
    for entry in entries:
        address = f"{site_url}{entry.address}"
        texts = {
            "title": entry.title,
            "link": address,
            "guid": address,
            "pubDate": format_datetime(noon_in_china(entry.day)),
            "category": entry.kind,
            "description": entry.text,
        }
        add_texts(Tree.SubElement(channel, "item"), texts)
    return root


def write_sitemap(site: Path, content: Content, site_url: str, addresses: Iterable[str]) -> None:
    """Write sitemap.xml with the days of checking; no moved page, and none about people."""
    days = {item.address: item.record.issued_on for item in content.notices}
    days |= {item.address: item.record.checked_on for item in content.policies}
    days |= {item.address: item.record.checked_on for item in content.cards}
    days |= {item.address: item.record.checked_on for item in content.guides}
    if content.network:
        days["/network/"] = content.network.checked_on
    root = Tree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for address in sorted(addresses):
        if address in content.redirects or address == LISTS_ADDRESS:
            continue
        texts = {"loc": f"{site_url}{address}"}
        if address in days:
            texts["lastmod"] = days[address]
        add_texts(Tree.SubElement(root, "url"), texts)
    write_xml(site / "sitemap.xml", root)


def add_texts(parent: Tree.Element, texts: dict[str, str]) -> None:
    """Child elements that hold only text."""
    for name, text in texts.items():
        Tree.SubElement(parent, name).text = text


def write_xml(path: Path, root: Tree.Element) -> None:
    """Write a document with its declaration."""
    Tree.indent(root, " ")
    Tree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
