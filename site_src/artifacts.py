"""What a site needs beside its pages, and the last look at all of it before it goes live.

A file that is new to the site is written by one of these functions: write_fixed_files if it
comes with the theme or the pictures, write_small_files if it is cheap, write_feed_files if it
lists other pages.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from site_src.anchors import check_anchors
from site_src.checks import check_links
from site_src.errors import SiteProblem
from site_src.feeds import write_feeds, write_sitemap
from site_src.memory import LivePage, Order
from site_src.pictures import publish_picture
from site_src.redirects import write_redirects
from site_src.rendering import NOT_FOUND, Theme, render_not_found
from site_src.robots import write_robots
from site_src.scan import judge_page, scan_page

Pages = Mapping[str, LivePage]


def write_fixed_files(order: Order, theme: Theme, folder: Path) -> LivePage:
    """Copy what the theme has, make the pictures anew, and write the page for what is not there."""
    own_theme = Path(theme.config.theme.dirs[0])
    shutil.copytree(own_theme / "assets", folder / "assets", copy_function=shutil.copyfile)
    for image in order.content.images:
        (folder / "images").mkdir(exist_ok=True)
        publish_picture(image, folder / "images" / image.name)
    html = render_not_found(theme)
    (folder / NOT_FOUND).write_text(html, encoding="utf-8")
    return LivePage(b"", NOT_FOUND, f"/{NOT_FOUND}", scan_page(html, ""))


def write_small_files(order: Order, pages: Pages, folder: Path) -> None:
    """Write what the web server reads: moved pages, robots.txt, CSP sources of what is inline."""
    write_redirects(folder, order.content.redirects)
    write_robots(folder, order.site_url)
    styles = sorted({style for page in pages.values() for style in page.findings.styles})
    scripts = {page.address: page.findings.scripts for page in pages.values()}
    policy = {
        "style-src": styles,
        "script-src": {address: found for address, found in scripts.items() if found},
    }
    (folder / "csp.json").write_text(json.dumps(policy), encoding="utf-8")


def write_feed_files(order: Order, pages: Pages, folder: Path) -> None:
    """Write feeds and sitemap, which need the public address."""
    if order.site_url:
        write_feeds(folder, order.content, order.site_url, order.today)
        addresses = (page.address for page in pages.values())
        write_sitemap(folder, order.content, order.site_url, addresses)


def judge_pages(order: Order, fresh: Pages, pages: Pages, site: Path) -> None:
    """Raise SiteProblem if one of the `fresh` pages must not go live.

    `pages` are all that there will be; other files are looked for in the folder `site`.
    """
    images = frozenset(image.name for image in order.content.images)
    names = {page.address: page.findings.names for page in pages.values()}

    def is_served(path: str) -> bool:
        found = f"{path.rstrip('/')}/" in names or (site / path[1:]).is_file()
        return path.startswith("/") and found

    problems: list[str] = []
    for path, page in sorted(fresh.items()):
        wrong: list[str] = []
        if item := order.items.get(path):
            found = page.findings.body
            wrong += check_links(item.document, found, order.content.addresses, images)
            wrong += check_anchors(item.document, found.links, page.address, names.get)
        problems += wrong or judge_page(page.file, page.findings, is_served)
    if problems:
        raise SiteProblem(problems)
