"""The QR codes of a receipt in a real browser: with the page's own script, and without any."""

from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import unquote_plus, urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Request, ViewportSize

from portal.domain.shared.case_kinds import CaseKind
from tests.browser.conftest import DESK, PHONE, Centre, note_complaints
from tests.browser.hurrying import file_form
from tests.browser.pressing import press

OpenPage = Callable[..., Page]


@pytest.fixture
def open_scripted(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A page with JavaScript whose content policy holds; whatever it complains of is an error."""

    def open_one() -> Page:
        page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
        note_complaints(page, complaints)
        return page

    complaints: list[str] = []
    yield open_one
    for context in browser.contexts:
        context.close()
    assert complaints == []


FOLDED = "main details:not([open]):has(svg.qr) > summary"


def codes_on(page: Page) -> list[str]:
    """What a phone reads that is held before the screen, from the top to the bottom.

    What is folded is opened first: the two codes never stand side by side on the screen.
    """
    while page.locator(FOLDED).count():
        press(page, f"{FOLDED} >> nth=0")
    found = []
    for place in page.locator("svg.qr").all():
        picture = Image.open(BytesIO(place.screenshot()))
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found


def consult(page: Page, centre: Centre) -> tuple[str, str]:
    return file_form(page, centre.address, CaseKind.CONSULTATION)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_first_code_opens_the_status_page_filled_in(
    centre: Centre, open_page: OpenPage, open_scripted: Callable[[], Page], size: ViewportSize
) -> None:
    worker = open_page(size)
    number, code = file_form(worker, centre.address, CaseKind.HARDSHIP)
    status, verify = codes_on(worker)
    assert urlsplit(status).fragment == f"{number}:{code.replace(' ', '')}"
    phone, asked = open_scripted(), list[Request]()
    phone.on("request", lambda request: asked.append(request))
    phone.goto(status)
    assert phone.input_value("#receipt") == number
    assert phone.input_value("#code") == code.replace(" ", "")
    assert phone.url == f"{centre.address}/status"
    assert [request.url.partition("#")[0] for request in asked] == [f"{centre.address}/status"]
    press(phone, "button:has-text('查一下')")
    assert number in phone.inner_text("main")
    assert phone.url == f"{centre.address}/status/case"
    assert code.replace(" ", "") not in verify


def test_without_javascript_the_code_opens_the_empty_form(
    centre: Centre, open_page: OpenPage
) -> None:
    worker = open_page()
    consult(worker, centre)
    status, _ = codes_on(worker)
    reader = open_page()
    reader.goto(status)
    assert reader.input_value("#receipt") == ""
    assert reader.is_visible("button:has-text('查一下')")


@pytest.mark.parametrize("fragment", ["#main", "#x:1", "#<img src=x>:1234567890123456", "#"])
def test_another_fragment_fills_in_nothing(
    centre: Centre, open_scripted: Callable[[], Page], fragment: str
) -> None:
    page = open_scripted()
    page.goto(f"{centre.address}/status{fragment}")
    assert page.input_value("#receipt") == page.input_value("#code") == ""


def test_the_second_code_is_checked_in_the_page_without_asking_anybody(
    centre: Centre, open_page: OpenPage, open_scripted: Callable[[], Page]
) -> None:
    worker = open_page()
    number, _ = consult(worker, centre)
    _, verify = codes_on(worker)
    clerk, asked = open_scripted(), list[Request]()
    clerk.on("request", lambda request: asked.append(request))
    clerk.goto(verify)
    clerk.wait_for_selector("#genuine:not([hidden])")
    assert number in clerk.inner_text("#genuine")
    assert "法律咨询" in clerk.inner_text("#genuine")
    sent = {urlsplit(request.url).path for request in asked}
    assert sent <= {"/verify/", "/assets/seal.svg"}
    assert "?" not in clerk.url
    changed = verify[:-6] + ("A" if verify[-6] != "A" else "B") + verify[-5:]
    other = open_scripted()
    other.goto(changed)
    other.wait_for_selector("#doubtful:not([hidden])")
    assert not other.is_visible("#genuine")


def test_the_address_of_a_case_is_cut_out_before_the_form_is_sent(
    centre: Centre, open_page: OpenPage, open_scripted: Callable[[], Page]
) -> None:
    worker = open_page()
    number, code = consult(worker, centre)
    status, _ = codes_on(worker)
    copied = worker.inner_text("dl.proof")
    clerk, asked = open_scripted(), list[Request]()
    clerk.on("request", lambda request: asked.append(request))
    clerk.goto(f"{centre.address}/verify/")
    clerk.fill("#text", f"{status}\n查询码 {code}\n{code.replace(' ', '')}\n{copied}")
    press(clerk, "button:has-text('核对')")
    assert clerk.inner_text("h1") == "这张回执是真的"
    assert number in clerk.inner_text("main")
    parts = (part for one in asked for part in (one.url, one.post_data or ""))
    sent = " ".join(map(unquote_plus, parts))
    assert "登记编号" in sent
    assert "status#" not in sent
    assert code not in sent
    assert code.replace(" ", "") not in sent


def test_where_the_browser_lacks_ed25519_the_form_does_it(
    centre: Centre, open_page: OpenPage, open_scripted: Callable[[], Page]
) -> None:
    worker = open_page()
    number, _ = consult(worker, centre)
    _, verify = codes_on(worker)
    clerk = open_scripted()
    clerk.add_init_script("SubtleCrypto.prototype.importKey = () => Promise.reject(new Error())")
    clerk.goto(verify)
    assert not clerk.is_visible("#genuine")
    press(clerk, "button:has-text('核对')")
    assert clerk.inner_text("h1") == "这张回执是真的"
    assert number in clerk.inner_text("main")


def test_by_hand_and_without_javascript_a_receipt_is_checked_too(
    centre: Centre, open_page: OpenPage
) -> None:
    worker = open_page()
    number, _ = consult(worker, centre)
    press(worker, "summary:has-text('需要证明')")
    copied = worker.inner_text("dl.proof")
    clerk = open_page()
    clerk.goto(f"{centre.address}/verify/")
    clerk.fill("#text", copied)
    press(clerk, "button:has-text('核对')")
    assert clerk.inner_text("h1") == "这张回执是真的"
    clerk.goto(f"{centre.address}/verify/")
    clerk.fill("#text", copied.replace("法律咨询", "困难帮扶申请"))
    press(clerk, "button:has-text('核对')")
    assert "对不上" in clerk.inner_text("h1")
    assert number in clerk.input_value("#text")
