"""The receipt as a page and as a PDF: days, QR codes, a proof that others can check."""

import re

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from werkzeug.test import TestResponse

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import receipt_signature
from portal.settings.config import read_centre
from portal.web import typesetting
from portal.web.qr_codes import draw_code
from site_src.printouts.cards import choose_fonts
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.printed import POOR_SCANNER, codes_of, text_of, text_of_all
from tests.support.samples import LAST_TICKS
from tests.support.walking import numbers_on

URL = "http://127.0.0.1:8000"
POINTS = 12


def handed_in(centre: Centre, kind: CaseKind = CaseKind.HARDSHIP) -> tuple[Browser, str]:
    """A browser that has just handed in a form, and the address of that form."""
    browser, _ = centre.draft(kind)
    address = {CaseKind.HARDSHIP: "/apply", CaseKind.CONSULTATION: "/consult"}[kind]
    browser.post(f"{address}/check", LAST_TICKS if kind is CaseKind.HARDSHIP else {})
    return browser, address


def sheet(browser: Browser, address: str = "/apply") -> pypdfium2.PdfDocument:
    """The receipt as a PDF."""
    response = browser.get(f"{address}/receipt.pdf")
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Cache-Control"] == "no-store"
    return pypdfium2.PdfDocument(response.data)


def codes_in(response: TestResponse) -> list[str]:
    """What the drawings of a page say: each row of modules is a line of its path."""
    return [read_drawing(one) for one in re.findall(r"<svg role.*?</svg>", response.text)]


def read_drawing(svg: str) -> str:
    """Paint the path that segno has drawn, and read it."""
    size = int(svg.partition('viewBox="0 0 ')[2].split()[0])
    picture = Image.new("L", (size, size), 255)
    x = y = 0
    path = re.findall(r'd="(M[^"]+)"', svg)[-1]
    for command, numbers in re.findall(r"([Mmh])([-0-9. ]+)", path):
        values = [float(one) for one in numbers.split()]
        if command == "h":
            for step in range(int(values[0])):
                picture.putpixel((x + step, y), 0)
            x += int(values[0])
        else:
            x, y = (x + int(values[0]), y + int(values[1])) if command == "m" else (
                int(values[0]), int(values[1])
            )  # fmt: skip
    return zxingcpp.read_barcodes(picture.resize((size * 4, size * 4)))[0].text


def test_the_page_names_the_day_of_the_first_answer(centre: Centre) -> None:
    browser, address = handed_in(centre)
    unseen = browser.twin()  # its answer was lost on the way
    shown = words_of(browser.get(f"{address}/receipt"))
    assert "我们2026年11月26日以前（2 个工作日内）" in shown
    number, _ = numbers_on(browser.get(f"{address}/receipt"))
    centre.clock.advance(days=3)
    centre.take("intake", number, "accept")
    later = words_of(unseen.get(f"{address}/receipt"))
    assert "2026年11月26日以前" in later  # what was promised stays promised


def test_the_first_code_leads_to_the_status_page_behind_the_fragment(centre: Centre) -> None:
    browser, address = handed_in(centre)
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    first, second = codes_in(browser.get(f"{address}/receipt"))
    assert first == f"{URL}/status#{number}:{code.replace(' ', '')}"
    assert second.startswith(f"{URL}/verify/#")
    assert code.replace(" ", "") not in second


@pytest.mark.parametrize("kind", [CaseKind.HARDSHIP, CaseKind.CONSULTATION])
def test_the_proof_on_the_page_is_genuine_by_hand_and_by_code(
    centre: Centre, kind: CaseKind
) -> None:
    browser, address = handed_in(centre, kind)
    number, _ = numbers_on(browser.get(f"{address}/receipt"))
    page = browser.get(f"{address}/receipt")
    by_hand = re.search(r'<dl class="proof">(.*?)</dl>', page.text, re.DOTALL)
    assert by_hand
    copied = re.sub(r"<[^>]+>", " ", by_hand[1])
    for typed in (copied, codes_in(page)[1]):
        proof, genuine = receipt_signature.read_and_check(centre.office, typed)
        assert proof
        assert genuine
        assert proof.statement.number == number
        assert proof.statement.kind == WORKFLOWS[kind].label
        assert proof.statement.filed_on.isoformat() == "2026-11-24"


def test_the_sheet_has_all_that_is_needed_and_nothing_about_the_person(centre: Centre) -> None:
    browser, address = handed_in(centre)
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    printed = sheet(browser)
    assert len(printed) == 1
    assert [round(side / 72 * 25.4) for side in printed[0].get_size()] == [210, 297]
    words = text_of(printed[0])
    for needed in (number, code.replace(" ", ""), "困难帮扶申请", "2026年11月24日收到",
                   "2026年11月26日以前", "12351", "示范数据", "收件章", "经手人"):  # fmt: skip
        assert needed in words, needed
    for private in ("示范老陈", "19900000002", "199****0002", "419999197001010014", "松坪镇"):
        assert private not in words
    status, verify = sorted(set(codes_of(printed[0], POOR_SCANNER)))
    assert status == f"{URL}/status#{number}:{code.replace(' ', '')}"
    assert receipt_signature.read_and_check(centre.office, verify)[1]


def test_nothing_on_the_sheet_is_smaller_than_12_points(centre: Centre) -> None:
    browser, _ = handed_in(centre)
    text = sheet(browser)[0].get_textpage()
    sizes = {
        round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, index), 1)
        for index in range(text.count_chars())
        if text.get_text_range(index, 1).strip()
    }
    assert min(sizes) >= POINTS


def test_the_next_day_is_the_largest_thing_on_the_sheet_beside_the_title(centre: Centre) -> None:
    browser, _ = handed_in(centre)
    text = sheet(browser)[0].get_textpage()
    sizes: dict[float, str] = {}
    for index in range(text.count_chars()):
        size = round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, index), 1)
        sizes[size] = sizes.get(size, "") + text.get_text_range(index, 1)
    assert "回执" in sizes[max(sizes)]
    assert "2026 年 11 月 26 日" in sizes[max(sizes)].replace("\u2009", " ")


def test_after_a_new_code_neither_page_nor_sheet_shows_the_old_one(centre: Centre) -> None:
    browser, address = handed_in(centre)
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    centre.new_code(number)
    page = browser.get(f"{address}/receipt")
    assert len(codes_in(page)) == 1
    assert code not in page.text
    words = text_of(sheet(browser)[0])
    assert code.replace(" ", "") not in words
    assert "请用新的" in words


def test_without_a_case_of_its_own_a_browser_gets_no_sheet(centre: Centre) -> None:
    handed_in(centre)
    for browser in (centre.browser(), centre.draft(CaseKind.HARDSHIP)[0]):
        shown = browser.get("/apply/receipt.pdf")
        assert shown.status_code == 404
        assert "这里没有能打开的表" in words_of(shown)


@each_database
def test_a_sheet_takes_no_look_at_the_store_but_reading(centre: Centre) -> None:
    browser, _ = handed_in(centre)
    before = centre.contents()
    sheet(browser)
    assert centre.contents() == before


def test_a_machine_without_a_chinese_font_says_what_to_do(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser, _ = handed_in(centre)
    monkeypatch.setattr(typesetting, "_families", lambda: choose_fonts(["DejaVu Sans Mono"]))
    response = browser.get("/apply/receipt.pdf")
    assert response.status_code == 503
    assert "请先截图" in words_of(response)
    assert "fonts-noto-cjk" in caplog.text


def test_who_finds_both_places_taken_is_asked_to_come_again(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, _ = handed_in(centre)
    monkeypatch.setattr(typesetting, "_PATIENCE", 0.01)
    with typesetting._turns, typesetting._turns:
        response = browser.get("/apply/receipt.pdf")
    assert response.status_code == 503
    assert "过一会儿" in words_of(response)
    assert browser.get("/apply/receipt.pdf").status_code == 200


def test_words_that_look_like_typst_are_printed_as_they_are(centre: Centre) -> None:
    facts = read_centre(centre.root / "content")
    code = draw_code("https://bangfu.example.org/status")
    data = {
        "number": "#panic(1)", "code": "", "kind": "$a$ *b* #sys", "filed_on": "_c_",
        "reply_by": "<h>", "steps": ["`d`", "@e"], "proof": {"签名": "[f]"},
        "status_qr": code, "verify_qr": code, "verify_address": "<g>", "claim_limit": "~m~ //n",
        "originals": [{"label": "#h", "name": "$i$", "size": "*j*", "digest": ["#k", "_l_"]}],
    }  # fmt: skip
    printed = typesetting.typeset("receipt", facts, data)
    words = text_of_all(printed)
    for one in ("#panic(1)", "$a$*b*#sys", "_c_", "`d`", "@e", "[f]", "<g>", "<h>",
                "#h", "$i$", "*j*", "#k", "_l_", "~m~", "//n"):  # fmt: skip
        assert one in words
