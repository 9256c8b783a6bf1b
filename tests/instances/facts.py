"""Everything that must still be true of an instance, gathered at one moment."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tests.instances import inside, looking
from tests.instances.kept import Kept
from tests.instances.looking import Facts, Reader

LEGAL, COMPLAINT = "法律咨询", "投诉工作人员"
READERS = {LEGAL: "lawyer", COMPLAINT: "auditor"}
"""Who opens which kind of case; all others the intake opens."""
CASEWORKERS = ("intake", "lawyer")
OPENERS = (*CASEWORKERS, "auditor")
"""Who together open every kind."""


def reader_of(kind: str) -> str:
    """Who among the staff opens a kind of case."""
    return READERS.get(kind, "intake")


def gather(kept: Kept, keys: Facts, folder: Path) -> Facts:
    """Look at all that the keys open; `folder` takes what the centre publishes."""
    rows, (length, head) = inside.count_rows(kept), inside.verify(kept)
    browser = looking.reader(kept)
    cases = [key | looking.read_status(browser, key["number"], key["code"])
             for key in keys["cases"]]  # fmt: skip
    staff = {login: looking.sign_in(kept, login, keys["password"])
             for login in (*OPENERS, "editor", "admin")}  # fmt: skip
    for case in cases:
        if case["made"] == "by hand":
            case |= look_closely(browser, staff[reader_of(case["kind"])], case)
    return keys | {
        "rows": rows,
        "audit": {"length": length, "head": head,
                  "newest": looking.read_log(staff["auditor"], length + 1)},
        "cases": cases,
        "forms": [form | looking.read_form(kept, form["number"], form["code"])
                  for form in keys["forms"]],
        "unsaved": [one | {"typed": inside.read_unsaved(kept, one["token"])}
                    for one in keys["unsaved"]],
        "articles": inside.read_articles(kept, staff["editor"]),
        "published": published_on(kept, keys["published"], folder),
        "months": inside.count_months(kept),
        "accounts": looking.read_accounts(staff["admin"]),
        "heaps": {login: looking.read_queues(staff[login]) for login in CASEWORKERS},
        "calls": {login: looking.read_calls(staff[login]) for login in CASEWORKERS},
    }  # fmt: skip


def look_closely(browser: Reader, staff: Reader, case: Facts) -> Facts:
    """What a worker told, and the case as staff open it."""
    looking.look_up(browser, case["number"], case["code"])
    told = looking.read_own_data(browser, case["code"])
    return {"told": told, "file": looking.read_file(staff, case["number"])}


def published_on(kept: Kept, moments: Iterable[str], folder: Path) -> Facts:
    """The figures as they were published at these moments."""
    now, found = kept.clock.now, {}
    for moment in moments:
        kept.clock.now = datetime.fromisoformat(moment)
        found[moment] = inside.read_figures(kept, folder)
    kept.clock.now = now
    return found
