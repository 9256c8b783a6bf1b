"""The site by the long way: our pages as Markdown files, and the mkdocs command over them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from site_src.content import Content
from site_src.generator import make_item_page, make_lists, make_other_pages
from site_src.pages.text import MadePage

# Material's own scripts, styles and pictures, and ours that are part of pages: none is asked for.
LEFT_OUT = (
    "scripts",
    "assets/javascripts",
    "assets/stylesheets",
    "assets/images",
    "css",
    "sitemap.xml",
    "sitemap.xml.gz",
)


def make_site_pages(content: Content, today: date) -> list[MadePage]:
    """Every page of the site, in no particular order; `today` decides which notices are over."""
    items = [make_item_page(item, content, today) for item in content.items]
    return [*items, *make_lists(content, today), *make_other_pages(content, today)]


def write_docs(docs: Path, pages: Iterable[MadePage], images: Iterable[Path] = ()) -> None:
    """Write every page with its front matter, and the pictures."""
    for page in pages:
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        head = yaml.dump(page.meta, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        target.write_text(f"---\n{head}---\n\n{page.text.strip()}\n", encoding="utf-8")
    for image in images:
        (docs / "images").mkdir(exist_ok=True)
        shutil.copyfile(image, docs / "images" / image.name)


def run_mkdocs(config: Path, target: Path) -> None:
    """Run `mkdocs build`."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    subprocess.run([*command, "--site-dir", str(target)], env=environment, check=True)


def build_with_mkdocs(config: Path, folder: Path, pages: Iterable[MadePage],
                      images: Iterable[Path] = ()) -> Path:  # fmt: skip
    """Build folder/site by mkdocs with our configuration, without what we leave out."""
    write_docs(folder / "docs", pages, images)
    own = folder / "mkdocs.yml"
    own.write_text(f"INHERIT: {config}\ndocs_dir: {folder / 'docs'}\n", encoding="utf-8")
    run_mkdocs(own, folder / "site")
    for name in LEFT_OUT:
        path = folder / "site" / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return folder / "site"
