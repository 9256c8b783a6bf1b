"""Builds the public site and swaps it in with one rename; a failed build changes nothing."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from site_src.errors import SiteProblem
from site_src.feeds import read_site_url, write_feeds, write_sitemap
from site_src.generate import write_docs
from site_src.loading import Content, load_content
from site_src.scan import list_style_hashes, scan_site
from site_src.search_index import write_search_index

SOURCE = Path(__file__).resolve().parent
BUILD_SECONDS = 600
# Material's own scripts, styles and pictures: no page of ours asks for them.
UNUSED = (
    "assets/javascripts",
    "assets/stylesheets",
    "assets/images",
    "css",
    "sitemap.xml",
    "sitemap.xml.gz",
)


@dataclass(frozen=True)
class BuildReport:
    """What went live: where, how many pages, how many files of each collection."""

    site: Path
    pages: int
    policies: int
    cards: int
    stories: int


def check_content(root: Path) -> Content:
    """Read and check content/ and the public data; raises SiteProblem with every problem."""
    return load_content(root)


def build_site(
    root: Path,
    progress: Callable[[str], None],
    site_url: str = "",
    today: date | None = None,
) -> BuildReport:
    """Build root/build/site from root/content; raises SiteProblem and leaves the old site.

    `site_url` is the public address (https://host, no path): with it feeds and sitemap are
    written. `today` decides which notices are over; by default the day in China.
    """
    build = root / "build"
    site_url = read_site_url(site_url)
    day = today or datetime.now(ZoneInfo("Asia/Shanghai")).date()
    build.mkdir(exist_ok=True)
    site = build / "site"
    if site.exists() and not site.is_symlink():
        raise SiteProblem(["build/site 是普通文件夹，不能替换，请先把它移走再建站"])
    with hold_lock(build / "site.lock"):
        progress("检查内容")
        content = check_content(root)
        progress("写出网页的文稿")
        pages = write_docs(content, build / "docs", day)
        generations = build / "generations"
        generations.mkdir(exist_ok=True)
        progress(f"排版 {pages} 个网页，要几秒钟")
        fresh = make_generation(content, build, site_url, progress)
        previous = swap_in(fresh, site)
        remove_others(generations, {fresh.name, previous})
        progress("新网站已经换上")
    counts = (len(content.policies), len(content.cards), len(content.stories))
    return BuildReport(site, pages, *counts)


def make_generation(
    content: Content, build: Path, site_url: str, progress: Callable[[str], None]
) -> Path:
    """A finished and checked site in a new folder, which is gone again if anything fails."""
    fresh = Path(tempfile.mkdtemp(prefix="site-", dir=build / "generations"))
    try:
        run_mkdocs(content, build, fresh, feeds=bool(site_url))
        finish_site(fresh, content, site_url)
        progress("检查成品")
        problems = scan_site(fresh)
        if problems:
            raise SiteProblem(problems)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return fresh


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Refuse a second build at the same time; the lock goes with the process."""
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SiteProblem(["build/site.lock：另一个建站正在进行，请等它完成再试"]) from None
        yield


def run_mkdocs(content: Content, build: Path, target: Path, *, feeds: bool) -> None:
    """Run mkdocs as a child process into target; raises SiteProblem with what it printed."""
    config = build / "mkdocs.yml"
    facts = {
        "INHERIT": str(SOURCE / "mkdocs.yml"),
        "site_name": content.centre.name,
        "docs_dir": str(build / "docs"),
        "theme": {"custom_dir": str(SOURCE / "theme")},
        "extra": {"centre": {**asdict(content.centre), "towns": []}, "feeds": feeds},
    }
    config.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    command += ["--config-file", str(config), "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=BUILD_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise SiteProblem([f"mkdocs：{BUILD_SECONDS // 60} 分钟还没排完，请重新建站"]) from None
    if done.returncode:
        printed = (done.stderr + done.stdout).strip().splitlines()[-20:]
        raise SiteProblem([f"mkdocs：{line.strip()}" for line in printed if line.strip()])


def finish_site(target: Path, content: Content, site_url: str) -> None:
    """Drop what no page uses; write search texts, feeds, sitemap and CSP sources of styles."""
    for name in UNUSED:
        path = target / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    write_search_index(target, frozenset(content.redirects))
    if site_url:
        write_feeds(target, content, site_url)
        write_sitemap(target, content, site_url)
    hashes = {"style-src": list_style_hashes(target)}
    (target / "csp.json").write_text(json.dumps(hashes), encoding="utf-8")
    target.chmod(0o755)  # mkdtemp keeps others out; the web server may be another user


def swap_in(fresh: Path, site: Path) -> str:
    """Point the live link to the new generation; returns the name of the one before, or ''."""
    previous = Path(os.readlink(site)).name if site.is_symlink() else ""
    link = site.with_name("site.next")
    link.unlink(missing_ok=True)
    link.symlink_to(Path(fresh.parent.name) / fresh.name)
    os.sync()  # the pages must be on disk before the link that makes them live
    link.replace(site)
    return previous


def remove_others(generations: Path, keep: set[str]) -> None:
    """Remove old generations; the one before stays for readers who are in the middle of it."""
    for path in generations.iterdir():
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
