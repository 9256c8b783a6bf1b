"""Feeds and sitemap, which need the site's public address; written after mkdocs has run."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import format_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree
from zoneinfo import ZoneInfo

from rulefiles.stray_letters import drop_stray_letters
from site_src.centre import write_hotline
from site_src.collections import COLLECTIONS, ContentCollection, list_feeds, name_feed
from site_src.content import Content, Item
from site_src.errors import SiteProblem
from site_src.local_numbers import fill_local_numbers
from site_src.markup import render_markdown
from site_src.pages.public_lists import PUBLIC_LISTS as LISTS_ADDRESS

SITE_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/?")


@dataclass(frozen=True)
class FeedEntry:
    """One item as feeds tell it; `day` is YYYY-MM-DD."""

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
    """Return the public address without a slash at its end, or blank; raises SiteProblem."""
    if site_url and not SITE_URL.fullmatch(site_url):
        raise SiteProblem(
            [f"网站地址「{site_url}」：要写成 https://域名，后面不带路径，请改正再建站"]
        )
    return site_url.rstrip("/")


def shows_body(path: str) -> bool:
    """Tell whether feeds show the body of the page with this path."""
    row = COLLECTIONS.get(path.partition("/")[0])
    return bool(row and row.feed and row.feed.words is None)


def list_entries(content: Content) -> list[FeedEntry]:
    """List the newest items of every collection with a feed, newest first.

    Each collection has its own share: policies checked on one day must not push out the notices.
    """
    entries = [entry for row in list_feeds() for entry in list_newest(row, content)]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def list_newest(row: ContentCollection, content: Content) -> Iterator[FeedEntry]:
    """Yield the newest items of a collection, as many as its feed takes."""
    feed = row.feed
    everything: Sequence[Item[Any]] = content.of(row.schema)
    items = sorted(everything, key=lambda item: row.day(item.record), reverse=True)
    for item in items[: feed.most if feed else 0]:
        record = item.record
        mark = "【示范数据】" if getattr(record, "demonstration", False) else ""
        words = feed.words(record) if feed and feed.words else plain_text(item)
        yield FeedEntry(item.address, mark + record.title, row.label, row.day(record), words)


def plain_text(item: Item[Any]) -> str:
    """Return the words of a body."""
    reader = _Words()
    reader.feed(render_markdown(item.body))
    return " ".join(reader.words)


def noon_in_china(day: str) -> datetime:
    """Return a moment that falls on the same day in most time zones."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def write_feeds(site: Path, content: Content, site_url: str, today: date) -> None:
    """Write feed.xml (RSS 2.0) and feed.json (JSON Feed 1.1) with absolute addresses."""
    hotline, local = content.centre.hotline, content.local
    entries = [
        replace(
            entry,
            title=write_hotline(fill_local_numbers(entry.title, local, today), hotline),
            text=write_hotline(fill_local_numbers(entry.text, local, today), hotline),
        )
        for entry in list_entries(content)
    ]
    title = f"{content.centre.name}：{name_feed()}"
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


def make_rss(entries: list[FeedEntry], title: str, site_url: str) -> Tree.Element:
    """Make the RSS document."""
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
    days = {
        item.address: row.day(item.record)
        for row in COLLECTIONS.values()
        for item in content.of(row.schema)
    }
    if content.network:
        days["/network/"] = content.network.checked_on
    root = Tree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for address in sorted(addresses):
        if address in content.redirects or address == LISTS_ADDRESS:
            continue
        texts = {"loc": f"{site_url}{address}"}
        if days.get(address):
            texts["lastmod"] = days[address]
        add_texts(Tree.SubElement(root, "url"), texts)
    write_xml(site / "sitemap.xml", root)


def add_texts(parent: Tree.Element, texts: dict[str, str]) -> None:
    """Add child elements that hold only text, without signs that XML has not."""
    for name, text in texts.items():
        Tree.SubElement(parent, name).text = drop_stray_letters(text)


def write_xml(path: Path, root: Tree.Element) -> None:
    """Write a document with its declaration."""
    Tree.indent(root, " ")
    Tree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
