"""Each kind of case from its form to its end, on a phone with JavaScript off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import Centre
from tests.browser.hurrying import file_form
from tests.browser.pressing import press
from tests.browser.walks import look_up, take

OpenPage = Callable[..., Page]
RELIEF = (CaseKind.SCHOOLING, CaseKind.MEDICAL, CaseKind.TEMPORARY)


def reissue(clerk: Page, colleague: Page, centre: Centre, number: str) -> str:
    """Give out a new code by two persons; the second finds it on his first page."""
    clerk.goto(f"{centre.address}/staff/cases/{number}")
    press(clerk, "summary:has-text('丢了查询码')")
    clerk.check("#checked")
    press(clerk, "button:has-text('登记补办查询码')")
    assert clerk.locator("button:has-text('取新的查询码')").count() == 0
    colleague.goto(f"{centre.address}/staff/")
    press(colleague, f"section[aria-labelledby=reissues] a:has-text('{number}')")
    press(colleague, "button:has-text('确认，可以补办')")
    clerk.goto(f"{centre.address}/staff/")
    press(clerk, f"section[aria-labelledby=reissues] a:has-text('{number}')")
    press(clerk, "button:has-text('取新的查询码')")
    return clerk.locator(".slip .number").last.inner_text()


def say(page: Page, link: str, **typed: str) -> None:
    """Let the worker take a step from his status page."""
    press(page, f"a:has-text('{link}')")
    for name, value in typed.items():
        if name == "rating":
            page.check(f'[name="{name}"][value="{value}"]')
        else:
            page.fill(f'[name="{name}"]', value)
    press(page, f"main form button:has-text('{link}'), main form button:text-is('提交')")
    assert page.url.endswith("/status/case")


@pytest.mark.parametrize("kind", RELIEF, ids=str)
def test_an_application_is_supplemented_refused_and_granted_on_review(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, kind: CaseKind
) -> None:
    worker = open_page()
    number, code = file_form(worker, centre.address, kind)
    intake, reviewer, approver = (sign_in(role) for role in ("intake", "reviewer", "approver"))
    take(intake, centre, number, "请补材料", words="请写明学校或医院的名字。")
    look_up(worker, centre.address, number, code)
    say(worker, "提交补充材料", words="示范学校，示范医院。")
    say(worker, "给我们留言", words="电话没有换。")
    take(intake, centre, number, "受理")
    take(reviewer, centre, number, "报审批", words="已经核实。")
    take(approver, centre, number, "不予批准", words="收入高于标准。")
    look_up(worker, centre.address, number, code)
    say(worker, "不同意，申请复核", words="房租没有算进去。")
    assert worker.inner_text("h1") == "等复核"
    approver.goto(f"{centre.address}/staff/cases/{number}")
    assert "改为批准" not in approver.inner_text("main")  # who decided does not review
    other = sign_in("second-approver")
    take(other, centre, number, "改为批准", words="补算以后符合。", granted="1200")
    look_up(worker, centre.address, number, code)
    assert worker.inner_text("h1") == "已批准"
    assert "1,200 元" in worker.inner_text("main")
    say(worker, "给我们打分", rating="good", words="谢谢。")
    assert "满意" in worker.inner_text("main")


def test_a_job_seeker_is_introduced_and_begins_work(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage
) -> None:
    worker, intake = open_page(), sign_in("intake")
    number, code = file_form(worker, centre.address, CaseKind.JOBS)
    take(intake, centre, number, "介绍岗位", words="示范服装厂缝纫工，找示范刘。")
    look_up(worker, centre.address, number, code)
    assert "示范服装厂缝纫工" in worker.inner_text("main")
    take(intake, centre, number, "确认上岗", words="电话核实。", started_on="2026-11-20")
    look_up(worker, centre.address, number, code)
    assert worker.inner_text("h1") == "已经上岗"


def test_a_request_about_ones_data_is_refused_with_a_reason(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage
) -> None:
    worker, approver = open_page(), sign_in("approver")
    number, code = file_form(worker, centre.address, CaseKind.OWN_DATA)
    take(approver, centre, number, "不能照办", words="打款凭证要保存十年。")
    look_up(worker, centre.address, number, code)
    assert worker.inner_text("h1") == "没有照办"
    assert "打款凭证要保存十年。" in worker.inner_text("main")


@pytest.mark.parametrize("kind", [CaseKind.CONSULTATION, CaseKind.OWN_DATA], ids=str)
def test_a_lost_code_is_issued_anew_and_the_case_withdrawn(
    centre: Centre, open_page: OpenPage, sign_in: OpenPage, kind: CaseKind
) -> None:
    worker = open_page()
    number, old = file_form(worker, centre.address, kind)
    duty = "lawyer" if kind is CaseKind.CONSULTATION else "intake"
    code = reissue(sign_in(duty), sign_in(f"second-{duty}"), centre, number)
    assert code != old
    look_up(worker, centre.address, number, old)
    assert "对不上" in worker.inner_text("main")
    look_up(worker, centre.address, number, code)
    assert "补办了查询码" in worker.inner_text("main")
    withdraw = worker.locator("main a:has-text('撤回')").inner_text()
    press(worker, f"a:has-text('{withdraw}')")
    press(worker, f"button:has-text('确定{withdraw}')")
    assert worker.inner_text("h1") == "已撤回"
