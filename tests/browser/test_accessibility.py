"""axe, reflow and quiet consoles on every kind of page, at a phone's and a desk's width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import DESK, PASSWORD, PHONE, STAFF, Centre
from tests.browser.hurrying import show_filled
from tests.browser.judging import Watch, resize
from tests.browser.pressing import await_page, press
from tests.browser.walks import NEXT, look_up

SITE = (
    "/", "/policies/", "/policies/labour-contract-law/", "/rights-cards/",
    "/rights-cards/unpaid-wages/", "/rights-cards/work-injury/", "/stories/", "/about/",
    "/guides/", "/guides/hardship-file/", "/notices/", "/policies/by-topic/", "/policies/by-year/",
    "/policies/by-status/", "/deadlines/", "/work-injury-money/", "/privacy/", "/accessibility/",
    "/figures/", "/public-lists/", "/network/", "/verify/", "/search?q=工资", "/search?q=qqqq",
    "/nowhere", "/tools/", "/tools/self-test", "/papers/",
    "/tools/severance?started_on=2021-03-01&ended_on=2024-07-10&average_wage=4000&local_average=",
)  # fmt: skip
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
def test_site_pages_are_accessible_and_reflow_on_the_narrowest_screens(
    centre: Centre, open_page: OpenPage, elder: bool
) -> None:
    page = open_page(script=True)
    watch = Watch(page, centre.address)
    if elder:
        page.goto(f"{centre.address}/elder?on=1")
    for path in SITE:
        page.goto(centre.address + path)
        watch.look(page)
        watch.squeeze(page)
        resize(page, PHONE)
    assert watch.found == []


def show_form(
    page: Page, centre: Centre, start: str, kind: CaseKind, watch: Watch
) -> tuple[str, str]:
    """Look at a form from its start, its first page sent empty, to the receipt."""
    page.goto(centre.address + start)
    for button in ("button:has-text('开始填')", NEXT):
        watch.look(page)
        press(page, button)
    watch.look(page)
    return show_filled(page, centre.address, kind, watch.look)


def test_both_forms_are_accessible_at_a_desk_on_every_page(
    centre: Centre, open_page: OpenPage
) -> None:
    page = open_page(DESK, script=True)  # on a phone: test_every_page, every form
    watch = Watch(page, centre.address, [DESK])
    number, code = show_form(page, centre, "/apply", CaseKind.HARDSHIP, watch)
    look_up(page, centre.address, number, code)
    watch.look(page)
    press(page, "a:has-text('撤回申请')")
    watch.look(page)
    page.goto(f"{centre.address}/elder?on=1")
    start = "/consult?card=unpaid-wages&topic=unpaid_wages"
    show_form(page, centre, start, CaseKind.CONSULTATION, watch)
    page.goto(f"{centre.address}/status")
    press(page, "button:has-text('查一下')")
    watch.look(page)
    assert watch.found == []


def test_workbench_is_accessible(centre: Centre, sign_in: OpenPage, open_page: OpenPage) -> None:
    door = open_page(script=True)
    watch = Watch(door, centre.address)
    door.goto(f"{centre.address}/staff/sign-in")
    press(door, "button:has-text('登录')")
    watch.look(door)
    complaints = list(watch.found)
    for role in STAFF:
        page = sign_in(role, PHONE, script=True)
        watch = Watch(page, centre.address)
        watch.look(page)
        calls = ("/staff/notices",) if role in {"intake", "lawyer"} else ()
        people = ("/staff/people", "/staff/people/demo-editor/roles")
        for path in ("/staff/account", *calls, *(people if role == "admin" else ("/staff/",))):
            page.goto(centre.address + path)
            watch.look(page)
        if page.locator("table.rows a.number").count():
            press(page, "table.rows a.number >> nth=0")
            watch.look(page)
            press(page, "button:has-text('显示')")
            watch.look(page)
        complaints += watch.found
    assert complaints == []


def test_seldom_seen_pages_of_the_workbench_are_accessible(
    centre: Centre, sign_in: OpenPage, open_page: OpenPage
) -> None:
    invited = open_page(script=True)
    watch = Watch(invited, centre.address)
    invited.goto(centre.run("staff", "add", "looked", "测试员", "editor").strip())
    watch.look(invited)
    press(invited, "button:has-text('进入工作台')")
    watch.look(invited)
    invited.fill("#new_password", PASSWORD)
    press(invited, "button:has-text('进入工作台')")
    assert invited.url.endswith("/staff/")
    complaints = list(watch.found)
    page = sign_in("auditor", PHONE, script=True)
    watch = Watch(page, centre.address)
    page.goto(f"{centre.address}/staff/audit")
    watch.look(page)
    complaints += watch.found
    page = sign_in("intake", PHONE, script=True)
    watch = Watch(page, centre.address)
    page.fill("#wanted", "11010519491231002X")
    press(page, "button:has-text('查')")
    watch.look(page)
    page.goto(f"{centre.address}/staff/")
    press(page, "table.rows a.number >> nth=0")
    press(page, "button:has-text('请补材料')")
    watch.look(page)
    assert complaints + watch.found == []


def test_pages_beside_the_way_are_accessible(centre: Centre, open_page: OpenPage) -> None:
    page = open_page(script=True)
    watch = Watch(page, centre.address)
    page.goto(f"{centre.address}/apply")
    press(page, "button:has-text('开始填')")
    press(page, "button:has-text('先存着')")
    watch.look(page)
    page.goto(f"{centre.address}/apply")
    watch.look(page)
    page.goto(f"{centre.address}/status")
    page.fill("#receipt", "JZ26-0000-0000")
    page.fill("#code", "1")
    press(page, "button:has-text('查一下')")
    watch.look(page)
    page.evaluate("""() => {
        const form = document.querySelector('form[method=post]');
        form.action = '/status/case/withdraw';
        const words = document.createElement('textarea');
        words.name = 'words'; words.value = '写了很多字'; form.append(words); form.submit();
    }""")
    await_page(page, "#kept")
    assert page.input_value("#kept") == "写了很多字"
    watch.look(page)
    assert watch.found == []


@pytest.mark.parametrize("path", ["/", "/tools/overtime"])
def test_name_and_number_of_the_centre_stand_side_by_side_on_a_phone(
    centre: Centre, open_page: OpenPage, path: str
) -> None:
    page = open_page()
    page.goto(centre.address + path)
    name, number = (page.locator(one).bounding_box() for one in (".brand", ".hotline"))
    assert name
    assert number
    assert number["x"] >= name["x"] + name["width"]
    assert abs(number["y"] + number["height"] / 2 - name["y"] - name["height"] / 2) < 4
