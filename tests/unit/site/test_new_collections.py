"""Time limits and moved pages: read right, or refused in one line."""

from datetime import date

import pytest

from rulefiles.deadlines import Deadline, LegalLimit, TimeLimits
from site_src.redirects import judge_redirect
from site_src.rules import list_promised, show_limit
from site_src.schemas import SiteNotice, read_portal_address

ADDRESSES = frozenset({"/policies/", "/policies/wages/"})


def test_extension_of_a_legal_limit_is_shown_with_its_unit() -> None:
    limit = LegalLimit(
        code="x", step="裁决", limit=45, unit="days", basis="法", mark="V",
        from_event="受理那天", extension=15,
    )  # fmt: skip
    assert show_limit(limit) == "45 天，最多再延长 15 天"


def test_a_step_that_does_not_exist_yet_is_promised_nowhere() -> None:
    visit, payment = (
        Deadline(code, 5, "days", awaited=code == "payment") for code in ("visit", "payment")
    )
    assert list_promised(("payment", "visit"), TimeLimits((visit, payment))) == [visit]


def test_notice_is_over_only_after_its_last_day() -> None:
    notice = SiteNotice.model_validate(
        {"标题": "甲", "日期": "2026-11-01", "类别": "办事", "到期": "2026-11-24", "示范数据": True}
    )
    assert not notice.is_over(date(2026, 11, 24))
    assert notice.is_over(date(2026, 11, 25))


def test_guide_may_only_lead_into_the_portal() -> None:
    assert read_portal_address("/apply") == "/apply"
    with pytest.raises(ValueError, match="办事地址"):
        read_portal_address("/about/")


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("/policies/old/", "/policies/wages/", ""),
        ("/../x/", "/policies/", "前后都有斜杠"),
        ("/policies/wages/", "/policies/", "现在有网页"),
        ("/apply/", "/policies/", "网站自己要用"),
        ("/old/", "/none/", "在本站找不到"),
    ],
)
def test_moved_page_leads_from_a_free_address_to_a_page(old: str, new: str, remedy: str) -> None:
    found = judge_redirect(old, new, ADDRESSES)
    assert remedy in found
    assert bool(found) == bool(remedy)
