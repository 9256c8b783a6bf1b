"""Every member of staff × kind × aggregate: of a case he may not open nothing tells him."""

import re
from collections.abc import Sequence

import pytest

from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.work_views import VIEWS
from portal.domain.cases.workflow import kinds_open_to
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import exclusion, likeness
from portal.store import cases
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.samples import ANSWERS, STAFF

FACTS: dict[str, object] = {
    "name": "陈建国", "id_number": "419999197001010014", "mobile": "13912345678",
    "bank_card": "6222000000000000008", "employer": "顺达物流", "against": "顺达物流",
}  # fmt: skip
PAGES = ("/staff/", "/staff/stages", "/staff/notices", *(f"/staff/?view={code}" for code in VIEWS))
READERS = sorted(login for login, roles in STAFF.items() if kinds_open_to(roles))
_OF_THE_PAGE = re.compile(r"[0-9]+ 秒|[0-9a-f]{32,}")


def file_one(centre: Centre, kind: CaseKind, people: int = 1) -> Filed:
    """A case of this kind that bears the facts which its form asks for."""
    asked = {name: value for name, value in FACTS.items() if ANSWERS[kind].get(name)}
    if kind is CaseKind.CONSULTATION:
        asked["people"] = people
    return centre.case(kind, **asked)


def reads_the_log(login: str) -> bool:
    """Who audits reads how often something was done at all: his first page counts the log."""
    return is_granted(STAFF[login], Permission.READ_AUDIT)


def everything_told(centre: Centre, login: str, own: Filed, typed: Sequence[str]) -> list[str]:
    """The words of every list, count, slip and search, and of his own case with what matches it."""
    browser = centre.staff(login)
    lists = [page for page in PAGES if page != "/staff/" or not reads_the_log(login)]
    pages = [*lists, f"/staff/cases/{own.number}"]
    told = [_OF_THE_PAGE.sub("", words_of(browser.get(page))) for page in pages]
    told.append(str(likeness.count_same_person(centre.office, centre.actor(login), own.number)))
    browser.get("/staff/")
    for wanted in (*map(str, FACTS.values()), *typed):
        shown = browser.post("/staff/find", {"wanted": wanted, "reason": "asks_us"})
        told.append(words_of(shown).replace(wanted, ""))
    return told


def hide_one(centre: Centre, login: str, kind: CaseKind) -> Filed:
    """A case of this kind that he may not open: by his duties, or because he keeps out of it.

    Of a collective dispute who decides hears by his office, so there none is one.
    """
    hears = is_granted(STAFF[login], Permission.HEAR_OF_DISPUTES)
    opens = kind in kinds_open_to(STAFF[login])
    hidden = file_one(centre, kind, people=12 if opens or not hears else 1)
    stored, actor = cases.find_case(centre.instance, hidden.number), centre.actor(login)
    assert stored
    if may_open(stored.case, actor):
        exclusion.exclude_colleague(
            centre.office, actor, hidden.number, stored.case.version, login, "亲戚"
        )
    return hidden


@pytest.mark.parametrize("login", READERS)
def test_cases_of_every_kind_that_one_may_not_open_change_no_page(
    centre: Centre, login: str
) -> None:
    own = file_one(centre, kinds_open_to(STAFF[login])[0])
    before = everything_told(centre, login, own, ["9QF2"] * len(CaseKind))
    hidden = [hide_one(centre, login, kind).number for kind in CaseKind]
    after = everything_told(centre, login, own, [number[-4:] for number in hidden])
    assert after == before
