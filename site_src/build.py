"""Builds the public site and swaps it in; a failed build changes nothing.

The first build of a process is whole. Who keeps a Memory has only changed pages made after that.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from site_src.anchors import check_anchors, find_names
from site_src.artifacts import (
    judge_pages,
    write_feed_files,
    write_fixed_files,
    write_small_files,
)
from site_src.centre import write_hotline
from site_src.collections import list_footer_links, name_feed
from site_src.colours import write_colours
from site_src.content import Content
from site_src.errors import SiteProblem
from site_src.feeds import read_site_url, shows_body
from site_src.generations import find_live, hold_lock, new_folder, replace_files, swap_in
from site_src.generator import make_item_page, make_lists, make_other_pages
from site_src.loader import Readings, load_content
from site_src.local_numbers import fill_local_numbers, list_local_numbers
from site_src.memory import Live, Memory, Order, digest_page, remember_page
from site_src.menu import list_menu
from site_src.pages.sources import list_local_sources
from site_src.pages.text import MadePage, join
from site_src.rendering import load_theme, write_site_pages
from site_src.search_index import (
    list_service_entries,
    update_search_index,
    write_search_index,
)
from site_src.stamp import SOURCE, describe_files, forget_stamp, make_stamp, note_stamp

Say = Callable[[str], None]


@dataclass(frozen=True)
class BuildReport:
    """What went live: where, and how many pages."""

    site: Path
    pages: int


def check_content(root: Path, readings: Readings | None = None) -> Content:
    """Read and check content/ and the public data; raises SiteProblem with every problem.

    Who checks again and again keeps `readings`; they serve for any place with the same files.
    """
    known: Readings = {} if readings is None else readings
    content = load_content(root, known)
    names_of = find_names(content, _day_in_china())
    problems = [
        problem
        for item in content.items
        if (links := known[item.document.shown].links)
        for problem in check_anchors(item.document, links.links, item.address, names_of)
    ]
    if problems:
        raise SiteProblem(problems)
    return content


def build_site(
    root: Path,
    progress: Say,
    site_url: str = "",
    today: date | None = None,
    memory: Memory | None = None,
) -> BuildReport:
    """Build root/build/site from root/content; raises SiteProblem and leaves the old site.

    `site_url` is the public address (https://host, no path): with it feeds and sitemap are
    written. `today` decides which notices are over; by default the day in China. With the
    `memory` of the builds before, only what changed is made.
    """
    build = root / "build"
    site_url = read_site_url(site_url)
    day = today or _day_in_china()
    build.mkdir(exist_ok=True)
    site = build / "site"
    if site.exists() and not site.is_symlink():
        raise SiteProblem(["build/site 是普通文件夹，不能替换，请先把它移走再建站"])
    with hold_lock(build / "site.lock"):
        live = update_site(root, site_url, day, memory or Memory(), progress)
    return BuildReport(site, len(live.pages))


def _day_in_china() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def update_site(root: Path, site_url: str, day: date, memory: Memory, progress: Say) -> Live:
    """Build as much as is needed, and remember it."""
    build = root / "build"
    progress("检查内容")
    stamp = make_stamp(root, site_url, day)  # before reading: a later change must not be missed
    live = memory.live
    if live and live.generation != find_live(build / "site"):
        live = None
    if live and live.order.stamp == stamp:
        progress("没有改动，网站不用换")
        return live
    content = load_content(root, memory.readings, links=False)
    order = Order(content, day, site_url, build, stamp, describe_frame(root, content, site_url))
    if live and live.order.frame == order.frame:
        memory.live = renew_pages(order, live, memory, progress)
    else:
        memory.live = build_whole(order, progress)
    note_stamp(build, stamp)
    progress("新网站已经换上")
    return memory.live


def describe_frame(root: Path, content: Content, site_url: str) -> str:
    """Describe what stands around the text of every page, and the files beside them."""
    files = [*describe_files(SOURCE), *describe_files(root / "content" / "images")]
    return repr((site_url, content.centre, files))


def build_whole(order: Order, progress: Say) -> Live:
    """Make every page in a new folder and point the link to it."""
    made = choose_pages(order, None)
    progress(f"排版 {len(made)} 个网页，要几秒钟")
    theme = load_theme(write_config(order))
    with new_folder(order.build) as fresh:
        rendered = write_site_pages(list(made.values()), theme, fresh)
        pages = {one.path: remember_page(made[one.path], one) for one in rendered}
        not_found = write_fixed_files(order, theme, fresh)
        write_small_files(order, pages, fresh)
        write_feed_files(order, pages, fresh)
        entries = [one.entry for one in rendered if one.entry]
        write_search_index(fresh, [*list_service_entries(), *entries])
        progress("检查成品")
        judge_pages(order, {**pages, not_found.file: not_found}, pages, fresh)
        swap_in(fresh, order.build / "site")
    return Live(order, fresh.name, theme, pages)


def renew_pages(order: Order, live: Live, memory: Memory, progress: Say) -> Live:
    """Make what differs from the live pages and put it in their place."""
    site = order.build / "generations" / live.generation
    made = choose_pages(order, live)
    changed = {
        path: page
        for path, page in made.items()
        if path not in live.pages or live.pages[path].digest != digest_page(page)
    }
    same_facts = live.order.facts == order.facts
    gone = [] if same_facts else [path for path in live.pages if path not in made]
    progress(f"排版 {len(changed)} 个变了的网页")
    with new_folder(order.build) as fresh:
        rendered = write_site_pages(list(changed.values()), live.theme, fresh)
        pages = {path: page for path, page in live.pages.items() if path not in gone}
        pages |= {one.path: remember_page(changed[one.path], one) for one in rendered}
        lost = any(
            live.pages[path].findings.names - pages[path].findings.names
            for path in changed
            if path in live.pages
        )
        write_small_files(order, pages, fresh)
        if not same_facts or any(shows_body(path) for path in changed):
            write_feed_files(order, pages, fresh)
        suspects = pages if gone or lost else {path: pages[path] for path in changed}
        judge_pages(order, suspects, pages, site)
        replaced = [live.pages[path] for path in (*gone, *changed) if path in live.pages]
        entries = [one.entry for one in rendered if one.entry]
        memory.live = None  # from here on nobody knows what is live until all is done
        forget_stamp(order.build)
        update_search_index(site, (page.address for page in replaced), entries)
        replace_files(fresh, site, [live.pages[path].file for path in gone])
    return Live(order, live.generation, live.theme, pages)


def choose_pages(order: Order, live: Live | None) -> dict[str, MadePage]:
    """Make every page, by its path; or only those that may differ from the live ones."""
    content, today = order.content, order.today
    items, lists = list(content.items), True
    if live and live.order.facts == order.facts:
        known = live.order.items
        items = [item for path, item in order.items.items() if known[path] is not item]
        lists = False
    pages = [make_item_page(item, content, today) for item in items]
    pages += make_other_pages(content, today) + (make_lists(content, today) if lists else [])
    return {page.path: finish_page(page, content, today) for page in pages}


def finish_page(page: MadePage, content: Content, today: date) -> MadePage:
    """Write what every page says alike: local numbers with their sources, 12351 as it is dialled.

    From a mobile 12351 needs the area code of its province.
    """
    local = content.local
    used = list_local_numbers(page.text)
    text = join([page.text, list_local_sources(used, local, today)])
    meta, text = fill_local_numbers((page.meta, text), local, today)
    hotline = content.centre.hotline
    return MadePage(page.path, write_hotline(meta, hotline), write_hotline(text, hotline))


def write_config(order: Order) -> Path:
    """Write mkdocs' configuration with the centre's facts; docs_dir must be there, but empty."""
    docs = order.build / "docs"
    docs.mkdir(exist_ok=True)
    centre = order.content.centre
    facts = {
        "INHERIT": str(SOURCE / "mkdocs.yml"),
        "site_name": order.content.centre.name,
        "docs_dir": str(docs),
        "theme": {"custom_dir": str(SOURCE / "theme")},
        "extra": {
            "centre": {
                **asdict(centre),
                "towns": [],
                "real_words": [],
                "dialling": centre.dialling,
            },
            "address": order.site_url,
            "colours": write_colours(),
            "menu": list_menu(),
            "footer_links": list_footer_links(),
            "feed_title": name_feed(),
        },
    }
    config = order.build / "mkdocs.yml"
    config.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    return config
