"""How long the site takes to build, beside Hugo and mkdocs on the same pages: `make bench`.

Prints a table as Markdown with the limits; ends with 1 if one is missed. --quick leaves out the
two builds by the mkdocs command, which take minutes. Needs Debian's package hugo.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_src.build import build_site
from site_src.loader import load_content
from site_src.pages.text import MadePage, join
from tests.bench.hugo import write_hugo_site
from tests.bench.measuring import Cost, middle, run
from tests.support.corpus import REPOSITORY, write_corpus
from tests.support.plain_mkdocs import make_site_pages, write_docs

ROUNDS = 3
FEW, MANY = 1000, 5000
DAY = date(2026, 11, 24)
PATHS = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
ENVIRONMENT = {"PYTHONPATH": PATHS, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
# The extensions are those that Material's manual recommends, but for emoji.
PLAIN = """\
site_name: plain
docs_dir: docs
theme: {name: material, language: zh, font: false}
plugins: [search]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist
  - pymdownx.tilde
"""


@dataclass(frozen=True)
class Row:
    """One line of the table; limit and what it is a limit of are blank where there is none."""

    what: str
    cost: Cost
    ratio: str = ""
    met: bool = True


def tell(text: str) -> None:
    """Progress goes to the error stream; the table can be caught by itself."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Measure everything and print the table."""
    if shutil.which("hugo") is None:
        tell("Hugo is not here; on Debian: apt-get install --no-install-recommends hugo")
        return 1
    missed = 0
    print("| what | CPU s | wall s | against |\n| --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        for row in measure(Path(folder), quick="--quick" in sys.argv):
            mark = "" if row.met else " **missed**"
            missed += not row.met
            costs = f"{row.cost.cpu:.2f} | {row.cost.wall:.2f}"
            print(f"| {row.what} | {costs} | {row.ratio}{mark} |", flush=True)
    return 1 if missed else 0


def measure(folder: Path, *, quick: bool) -> Iterator[Row]:
    """The rows in their order; all limits are of processor time."""
    few, many = lay_out(folder / "few", FEW), lay_out(folder / "many", MANY)
    ours, hugo = measure_cold(few)
    yield Row(f"Hugo, {FEW} pages", hugo)
    yield compare(f"this site, {FEW} pages", ours, "Hugo", hugo, 2.0)
    more, hugo_more = measure_cold(many)
    yield Row(f"Hugo, {MANY} pages", hugo_more, f"{hugo_more.cpu / hugo.cpu:.1f}x {FEW} pages")
    yield compare(f"this site, {MANY} pages", more, f"{FEW} pages", ours, 5.5)
    tell("quick builds in a process that has built before")
    for name, cost in measure_resident(many).items():
        limit = {"nothing": 0.2, "body": 0.3}.get(name)
        words = f"at most {limit} s" if limit else ""
        yield Row(f"{MANY} pages, changed: {name}", cost, words, not limit or cost.cpu <= limit)
    tell("the command with nothing to do")
    yield Row(f"{MANY} pages, nothing changed, the command", measure_command(many))
    if not quick:
        tell(f"mkdocs with our configuration, {FEW} pages")
        config = f"INHERIT: {few}/build/mkdocs.yml\ndocs_dir: docs\n"
        yield Row(f"mkdocs, our configuration, {FEW} pages", measure_mkdocs(few / "own", config))
        tell(f"mkdocs-material with full navigation and search, {FEW} pages: about two minutes")
        plain = measure_mkdocs(few / "plain", PLAIN)
        jieba = "" if importlib.util.find_spec("jieba") else ", without jieba"
        words = f"{plain.cpu / ours.cpu:.0f}x this site, at least 10x"
        met = plain.cpu >= 10 * ours.cpu
        yield Row(f"mkdocs-material, nav and search{jieba}, {FEW} pages", plain, words, met)


def compare(what: str, cost: Cost, other: str, of: Cost, limit: float) -> Row:
    """A row with its ratio and the most that it may be."""
    ratio = cost.cpu / of.cpu
    words = f"{ratio:.2f}x {other} (wall {cost.wall / of.wall:.2f}x), at most {limit}x"
    return Row(what, cost, words, ratio <= limit)


def lay_out(root: Path, number: int) -> Path:
    """The same pages for us, for Hugo and for mkdocs."""
    tell(f"writing {number} pages")
    write_corpus(root, number)
    content = load_content(root, links=False)
    pages = make_site_pages(content, DAY)
    write_hugo_site(root / "hugo", pages, content.centre)
    if number == FEW:
        write_docs(root / "own" / "docs", pages)
        write_docs(root / "plain" / "docs", map(make_plain, pages))
    return root


def make_plain(page: MadePage) -> MadePage:
    """A page for Material's own theme, which knows nothing of our front matter."""
    groups = page.meta.get("groups", [])
    rows = [f"- [{row['title']}]({row['address']})" for group in groups for row in group["rows"]]
    return MadePage(page.path, {"title": page.meta["title"]}, join([page.text, "\n".join(rows)]))


def measure_cold(root: Path) -> tuple[Cost, Cost]:
    """Our whole build in a new process, and Hugo's, in turn."""
    ours, hugo = [], []
    for number in range(ROUNDS):
        tell(f"whole builds, round {number + 1} of {ROUNDS}")
        shutil.rmtree(root / "hugo" / "public", ignore_errors=True)
        hugo.append(run(["hugo", "--quiet"], root / "hugo"))
        shutil.rmtree(root / "build", ignore_errors=True)
        command = [sys.executable, "-m", "tests.bench.building", "--build", str(root)]
        ours.append(run(command, REPOSITORY, ENVIRONMENT))
    return middle(ours), middle(hugo)


def measure_resident(root: Path) -> dict[str, Cost]:
    """What a resident process takes for each kind of change."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.resident", str(root)],
        cwd=REPOSITORY,
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        check=True,
    )
    return {name: Cost(*seconds) for name, seconds in json.loads(done.stdout).items()}


def measure_command(root: Path) -> Cost:
    """`bangfu site build` when it has just been run."""
    command = [sys.executable, "-m", "portal.cli.main", "--root", str(root), "site", "build"]
    environment = {**ENVIRONMENT, "BANGFU_INSTANCE": str(root / "no-instance")}
    run(command, REPOSITORY, environment)
    return middle([run(command, REPOSITORY, environment) for _ in range(ROUNDS)])


def measure_mkdocs(folder: Path, config: str) -> Cost:
    """The mkdocs command in a folder with docs/, once."""
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    return run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder, ENVIRONMENT)


if __name__ == "__main__":
    if "--build" in sys.argv:
        build_site(Path(sys.argv[-1]), lambda _: None, "https://bench.example", DAY)
    else:
        sys.exit(main())
