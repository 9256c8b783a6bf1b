"""The two forms, walked through as a visitor would; `look` is called on every page."""

from collections.abc import Callable

from playwright.sync_api import Page

Look = Callable[[Page], None]
NEXT = "button:has-text('下一步')"


def _look_away(page: Page) -> None:
    pass


def _send(page: Page, look: Look, button: str = NEXT) -> None:
    look(page)
    page.click(button)


def apply_for_help(page: Page, address: str, look: Look = _look_away) -> tuple[str, str]:
    """File a hardship application; returns receipt number and code."""
    page.goto(f"{address}/apply")
    _send(page, look, "button:has-text('开始填')")
    _send(page, look)
    page.check("#filled_by")
    for consent in ("#consent_notice", "#consent_health", "#consent_money"):
        page.check(consent)
    _send(page, look)
    page.check("#help_wanted")
    _send(page, look)
    page.fill("#name", "陈示范")
    page.fill("#id_number", "１１０１０５１９４９１２３１００２x")
    page.fill("#mobile", "139 1234 5678")
    _send(page, look)
    page.select_option("#town", "qs01")
    page.fill("#address", "示范路 1 号")
    _send(page, look)
    page.check("#work_state")
    _send(page, look)
    page.check("#union_member")
    page.check("#migrant_worker")
    _send(page, look)
    _add_child(page, look)
    page.check("#guardian_consent")
    _send(page, look)
    _tell_of_hardship(page, look)
    _send(page, look, "button:has-text('提交申请')")
    page.check("#truth_pledge")
    _send(page, look, "button:has-text('提交申请')")
    return _take_receipt(page, look)


def _tell_of_hardship(page: Page, look: Look) -> None:
    page.fill("#income_month", "1500")
    page.check("#state_aid-3")
    _send(page, look)
    page.check("#causes-2")
    _send(page, look)
    page.fill("#medical_cost_year", "2万")
    _send(page, look)
    page.fill("#story", "爱人住院。")
    _send(page, look)
    page.check("#pay_to")
    _send(page, look)
    page.fill("#bank_card", "6222 0200 0000 0000 000")
    page.fill("#bank_name", "示范银行")
    _send(page, look)


def _add_child(page: Page, look: Look) -> None:
    _send(page, look, "a:has-text('写一位家人')")
    page.fill("#member_name", "陈小小")
    page.check("#member_relation-2")
    page.fill("#member_age", "8")
    page.fill("#member_income", "0")
    page.check("#member_situation-2")
    _send(page, look, "button:has-text('保存这位家人')")
    _send(page, look)


def consult(page: Page, look: Look = _look_away) -> tuple[str, str]:
    """File a consultation from the start page that is open; returns number and code."""
    _send(page, look, "button:has-text('开始填')")
    page.check("#topic")
    page.check("#consent_legal")
    _send(page, look)
    page.fill("#against", "示范建筑队")
    page.fill("#owed", "12000")
    page.fill("#owed_since", "2026年3月1日")
    _send(page, look)
    page.fill("#account", "老板拖了四个月工资。")
    _send(page, look)
    page.check("#evidence-2")
    _send(page, look)
    page.check("#wanted")
    _send(page, look)
    page.fill("#called", "王师傅")
    page.fill("#mobile", "13912345678")
    _send(page, look)
    page.check("#may_contact-2")
    page.check("#migrant_worker")
    _send(page, look)
    _send(page, look, "button:has-text('提交咨询')")
    return _take_receipt(page, look)


def _take_receipt(page: Page, look: Look) -> tuple[str, str]:
    look(page)
    number, code = page.locator(".number").all_text_contents()
    return number, code


def look_up(page: Page, address: str, number: str, code: str) -> None:
    """Open the status page with number and code."""
    page.goto(f"{address}/status")
    page.fill("#receipt", number)
    page.fill("#code", code)
    page.click("button:has-text('查一下')")
