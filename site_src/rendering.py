"""Renders pages as `mkdocs build` does, in this process: mkdocs' configuration and page model,
the theme's templates, Python-Markdown.

What comes out is the same to the byte; tests/app/site/test_same_as_mkdocs.py compares.
"""

import os
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from xml.etree.ElementTree import Element

import jinja2
import markdown
from markdown.treeprocessors import InlineProcessor
from mkdocs.commands.build import get_context as get_page_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from site_src.errors import SiteProblem
from site_src.markup import make_reader
from site_src.pages.text import MadePage
from site_src.scan import PageFindings, scan_page
from site_src.search_index import SearchEntry, read_entry

FEW_PAGES = 60
"""Up to so many pages are rendered sooner here than other processes are started."""
MOST_WORKERS = 4
NOT_FOUND = "404.html"
# A text without any of these holds no inline markup; see the patterns of markdown.inlinepatterns.
INLINE_MARKS = re.compile(r"[`\\\[\]!<&*_]|  \n")


@dataclass(frozen=True)
class Theme:
    """What pages are rendered with."""

    config: MkDocsConfig
    templates: jinja2.Environment
    markdown: markdown.Markdown


@dataclass(frozen=True)
class Rendered:
    """A page that was written: its path in the docs, its file in the site, its address, what was
    found in it, and its entry for the search."""

    path: str
    file: str
    address: str
    findings: PageFindings
    entry: SearchEntry | None


class _QuickInlineProcessor(InlineProcessor):
    """Python-Markdown tries sixteen patterns on every text; most Chinese sentences have none."""

    def _InlineProcessor__handleInline(self, data: str, pattern: int = 0) -> str:  # noqa: N802
        if not INLINE_MARKS.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, pattern)  # type: ignore[misc, no-any-return]


def load_theme(config_file: Path) -> Theme:
    """Read mkdocs' configuration and the templates; raises SiteProblem."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material prints an advertisement
    try:
        config = load_config(str(config_file))
        templates = config.theme.get_env()
        for name in ("main.html", "home.html", NOT_FOUND):
            templates.get_template(name)  # compiled before workers are forked
    except (MkDocsException, jinja2.TemplateError) as error:
        raise SiteProblem([f"mkdocs：{line}" for line in describe_failure(error)]) from None
    return Theme(config, templates, make_markdown())


def describe_failure(error: Exception) -> list[str]:
    """Say what went wrong, with the place in the template if there is one."""
    place = ""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = f"{error.filename} 第 {error.lineno} 行："
    return [place + line.strip() for line in str(error).splitlines() if line.strip()][:20]


def make_markdown() -> markdown.Markdown:
    """Set up the one reader of Markdown for many pages."""
    made = make_reader()
    made.block_level_elements = frozenset(made.block_level_elements)  # type: ignore[assignment]
    inline = _QuickInlineProcessor(made)
    inline.inlinePatterns = list(made.inlinePatterns)  # type: ignore[assignment]  # is sorted once
    made.treeprocessors.register(inline, "inline", 20)
    # Templates take the headings from toc_tokens; nobody sees the list made for the [TOC] mark.
    made.treeprocessors["toc"].build_toc_div = lambda _: Element("div")  # type: ignore[attr-defined]
    return made


def render_page(page: MadePage, theme: Theme) -> tuple[Page, str]:
    """Render mkdocs' page and the whole HTML."""
    file = File(page.path, None, theme.config.site_dir, use_directory_urls=True)
    shown = Page(None, file, theme.config)
    theme.markdown.reset()
    shown.markdown = page.text.strip()
    shown.meta = page.meta
    shown.content = theme.markdown.convert(shown.markdown)
    shown.toc = get_toc(theme.markdown.toc_tokens)  # type: ignore[attr-defined]
    context = get_page_context(Navigation([], []), [], theme.config, shown)
    template = theme.templates.get_template(page.meta.get("template", "main.html"))
    return shown, template.render(context)


def render_not_found(theme: Theme) -> str:
    """Render the page for addresses that lead nowhere."""
    context = get_page_context(Navigation([], []), [], theme.config, base_url="/")
    return theme.templates.get_template(NOT_FOUND).render(context)


def write_page(page: MadePage, theme: Theme, folder: Path) -> Rendered:
    """Render a page and write it into the folder."""
    shown, html = render_page(page, theme)
    target = folder / shown.file.dest_uri
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8")
    address = f"/{shown.url}"
    main = html[html.find("<main") :]
    entry = None if "canonical" in page.meta else read_entry(address, main)
    findings = scan_page(html, shown.content or "")
    return Rendered(page.path, shown.file.dest_uri, address, findings, entry)


def write_site_pages(pages: Sequence[MadePage], theme: Theme, folder: Path) -> list[Rendered]:
    """Render pages and write them into the folder, in several processes if it is worth it.

    Raises SiteProblem with what the templates complain of.
    """
    workers = min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    # A copy of a process with threads may hold a lock that nobody will ever open.
    if len(pages) <= FEW_PAGES or workers == 1 or threading.active_count() > 1:
        return list(_write_some(pages, theme, folder))
    step = -(-len(pages) // (4 * workers))
    parts = [pages[start : start + step] for start in range(0, len(pages), step)]
    with ProcessPoolExecutor(workers, get_context("fork"), _remember_theme, (theme,)) as pool:
        try:
            return [one for part in pool.map(partial(_write_part, folder), parts) for one in part]
        except BrokenProcessPool:
            remedy = "多半是内存不够，请关掉别的程序再建站"
            raise SiteProblem([f"排版：一个进程中途没有了，{remedy}"]) from None


_themes: list[Theme] = []


def _remember_theme(theme: Theme) -> None:
    """Keep the theme in a worker: it comes with the fork, and cannot be sent."""
    _themes.append(theme)


def _write_part(folder: Path, pages: Sequence[MadePage]) -> list[Rendered]:
    return list(_write_some(pages, _themes[0], folder))


def _write_some(pages: Sequence[MadePage], theme: Theme, folder: Path) -> Iterator[Rendered]:
    for page in pages:
        try:
            yield write_page(page, theme, folder)
        except (jinja2.TemplateError, TypeError) as error:
            raise SiteProblem(
                [f"mkdocs：{page.path}：{line}" for line in describe_failure(error)]
            ) from None
