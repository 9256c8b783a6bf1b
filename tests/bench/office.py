"""What the workbench costs as a centre grows: processor time and SQL statements of each page.

`python -m tests.bench.office` fills centres of 1,000, 10,000 and 100,000 cases, of which at most
10,000 are open, and asks each page of each in turn, so that whatever else the machine does meets
all alike. Beside it the list of Django's admin over the same rows, if Django is there
(`pip install --require-hashes -r requirements-bench.lock`). Ends with 1 if a page grows by more
than a fifth from the smallest to the largest, or the list costs more than half of the admin's.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.shared.case_kinds import CaseKind
from tests.bench.measuring import clock
from tests.bench.office_rows import fill_centre, make_cases
from tests.support.browser import Browser
from tests.support.centre import Centre
from tests.support.newsroom import REPOSITORY

SIZES = (1_000, 10_000, 100_000)
MOST_OPEN = 10_000
ROUNDS = 15
MOST_GROWTH, MOST_OF_ADMIN = 1.2, 0.5
_FACTORY = 10
"""The number of a factory that every centre has cases of."""


@dataclass
class Page:
    """A page of one centre: how it is asked for, and what each time cost."""

    name: str
    size: int
    ask: Callable[[], object]
    statements: Callable[[], int] = lambda: 0
    milliseconds: list[float] = field(default_factory=list)
    counted: int = 0

    def measure(self) -> None:
        """Ask for it once."""
        before = self.statements()
        self.milliseconds.append(clock(self.ask).cpu * 1000)
        self.counted = self.statements() - before


@contextmanager
def laid_out(folder: Path) -> Iterator[Path]:
    """A checkout with the real content and a site without pages."""
    root = folder / "root"
    (root / "build" / "site").mkdir(parents=True)
    (root / "content").symlink_to(REPOSITORY / "content")
    (root / "build" / "site" / "csp.json").write_text('{"style-src": []}')
    yield root


def list_pages(centre: Centre, size: int) -> Iterator[Page]:
    """The pages of the workbench that everybody opens all day."""
    count = [0]

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def add(*_: object) -> None:
        count[0] += 1

    clerk, lawyer = centre.staff("intake"), centre.staff("lawyer")
    numbers = _numbers_of(centre, CaseKind.HARDSHIP)
    twin, receipt = numbers[0], numbers[-1]
    employer = {"wanted": f"{_FACTORY}号示范厂", "reason": "asks_us"}
    found = {"wanted": receipt[-4:]}
    for name, ask in {
        "list, first page": lambda: clerk.get("/staff/"),
        "list, all open": lambda: clerk.get("/staff/?view=open"),
        "list of the lawyer": lambda: lawyer.get("/staff/"),
        "case": lambda: clerk.get(f"/staff/cases/{receipt}"),
        "case with 5 that match": lambda: clerk.get(f"/staff/cases/{twin}"),
        "search by employer": lambda: _post(clerk, employer),
        "search by last four": lambda: _post(clerk, found),
    }.items():
        yield Page(name, size, ask, lambda: count[0])


def _post(browser: Browser, typed: dict[str, str]) -> object:
    answer = browser.post("/staff/find", typed)
    assert answer.status_code == 200
    return answer


def _numbers_of(centre: Centre, kind: CaseKind) -> list[str]:
    prefix = WORKFLOWS[kind].receipt_prefix
    numbers = (str(row["number"]) for row in centre.instance.db.table("cases"))
    return [number for number in numbers if number.startswith(prefix)]


def measure_pages(pages: list[Page]) -> None:
    """Ask for every page in turn, again and again; the first time only warms up."""
    for number in range(ROUNDS + 1):
        for page in pages:
            page.measure()
            if number == 0:
                page.milliseconds.clear()


def print_table(pages: list[Page]) -> bool:
    """Print what each page cost by size; whether all kept to the limits."""
    sizes = " | ".join(f"{size:,}" for size in SIZES)
    print(f"| page, ms of processor (statements) | {sizes} | growth | |")
    print("|---|" + "---|" * (len(SIZES) + 2))
    kept = True
    for name in dict.fromkeys(page.name for page in pages):
        row = {page.size: page for page in pages if page.name == name}
        middle = {size: median(page.milliseconds) for size, page in row.items()}
        growth = middle[SIZES[-1]] / middle[SIZES[0]]
        told = "" if name in PEER else ("kept" if growth <= MOST_GROWTH else "**missed**")
        kept &= told != "**missed**"
        cells = " | ".join(f"{middle[size]:.1f} ({row[size].counted})" for size in SIZES)
        print(f"| {name} | {cells} | {growth:.2f} | {told} |")
    return kept & _beats_admin(pages)


PEER = "Django admin, list by due day"


def _beats_admin(pages: list[Page]) -> bool:
    largest = {page.name: median(page.milliseconds) for page in pages if page.size == SIZES[-1]}
    if PEER not in largest:
        print("\nDjango is not installed: no peer.")
        return True
    share = largest["list, all open"] / largest[PEER]
    print(f"\nThe list costs {share:.2f} of the admin's at {SIZES[-1]:,} cases.")
    return share <= MOST_OF_ADMIN


def run() -> int:
    """Fill, measure, print; 0 if all is as it should be."""
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        base, pages = Path(folder), list[Page]()
        with laid_out(base) as root:
            for size in SIZES:
                print(f"filling {size:,} …", file=sys.stderr)
                centre = fill_centre(base / str(size), root, size, MOST_OPEN)
                pages += list_pages(centre, size)
            if find_spec("django"):
                from tests.bench.django_admin import open_admin

                for size in SIZES:
                    rows = make_cases(centre, size, MOST_OPEN)
                    pages.append(Page(PEER, size, open_admin(base, size, rows)))
            measure_pages(pages)
        return 0 if print_table(pages) else 1


if __name__ == "__main__":
    sys.exit(run())
