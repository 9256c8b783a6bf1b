"""Every member of staff × kind × aggregate: of a case he may not open nothing tells him."""

import re

import pytest

from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.cases.exclusion import may_open
from portal.domain.cases.work_views import VIEWS
from portal.domain.cases.workflow import kinds_open_to
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import exclusion
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


def file_one(centre: Centre, kind: CaseKind) -> Filed:
    """A case of this kind that bears the facts which its form asks for."""
    asked = {name: value for name, value in FACTS.items() if ANSWERS[kind].get(name)}
    if kind is CaseKind.CONSULTATION:
        asked["people"] = 1  # of a collective dispute who decides hears by his office
    return centre.case(kind, **asked)


def reads_the_log(login: str) -> bool:
    """Who audits reads how often something was done at all: his first page counts the log."""
    return is_granted(STAFF[login], Permission.READ_AUDIT)


def everything_told(centre: Centre, login: str, own: Filed | None, *typed: str) -> list[str]:
    """The words of every list, count and search, and of his own case with what matches it."""
    browser = centre.staff(login)
    lists = [page for page in PAGES if page != "/staff/" or not reads_the_log(login)]
    pages = [*lists, *([f"/staff/cases/{own.number}"] if own else [])]
    told = [_OF_THE_PAGE.sub("", words_of(browser.get(page))) for page in pages]
    browser.get("/staff/")
    for wanted in (*map(str, FACTS.values()), *typed):
        shown = browser.post("/staff/find", {"wanted": wanted, "reason": "asks_us"})
        told.append(words_of(shown))
    return told


def own_case(centre: Centre, login: str, hidden: CaseKind) -> Filed | None:
    """A case that he may open and that bears the same facts as the hidden one."""
    kinds = [kind for kind in kinds_open_to(STAFF[login]) if kind is not hidden]
    return file_one(centre, kinds[0]) if kinds else None


@pytest.mark.parametrize("login", READERS)
@pytest.mark.parametrize("kind", CaseKind)
def test_a_case_that_one_may_not_open_changes_no_page(
    centre: Centre, login: str, kind: CaseKind
) -> None:
    own = own_case(centre, login, kind)
    before = everything_told(centre, login, own, "9QF2")
    hidden = file_one(centre, kind)
    stored, actor = cases.find_case(centre.instance, hidden.number), centre.actor(login)
    assert stored
    if may_open(stored.case, actor):
        exclusion.exclude_colleague(
            centre.office, actor, hidden.number, stored.case.version, login, "亲戚"
        )
    after = everything_told(centre, login, own, hidden.number[-4:])
    assert after == before
