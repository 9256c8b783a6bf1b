"""Papers to take along: blank for everybody, filled in from a calculator, or from a case."""

import logging
import re

import pypdfium2
import pytest
from werkzeug.test import TestResponse

from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.domain.shared.case_kinds import CaseKind
from portal.public.site.offers import cards_of
from portal.store import audit
from rulefiles.local_values import OFFICE_KINDS
from tests.support.browser import Browser, words_of
from tests.support.canaries import MARKED, found_in
from tests.support.centre import Centre, Filed
from tests.support.newsroom import REPOSITORY
from tests.support.printed import text_of, text_of_all

each_paper = pytest.mark.parametrize("code", LEGAL_PAPERS)
PAGE = "/status/legal-papers"
LONG = "老板说工程款没有结，" * 190
ASKED = {"paper": "arbitration", "reason": "for_worker"}
RARE = "示范ꆈ建筑队"


def consultation(centre: Centre, **changed: object) -> Filed:
    """A consultation of one worker about unpaid wages."""
    return centre.case(CaseKind.CONSULTATION, **{"people": 1, **changed})


def paper_of(browser: Browser, code: str) -> TestResponse:
    """A paper as the holder of number and code gets it."""
    response = browser.get(f"{PAGE}/{code}.pdf")
    assert response.status_code == 200
    return response


def without_numbers(text: str) -> str:
    """The words of several pages as one text."""
    return re.sub("第[0-9]+页，共[0-9]+页", "", text).replace("\u200b", "")


def test_the_list_says_of_every_paper_what_it_is_for_and_leads_on(centre: Centre) -> None:
    shown = centre.browser().get("/papers/")
    assert shown.status_code == 200
    for code, paper in LEGAL_PAPERS.items():
        for words in (paper.title, paper.purpose, paper.warning, paper.signs, paper.copies,
                      paper.hand_in, paper.bases[0].law):  # fmt: skip
            assert words in words_of(shown)
        assert f'id="{code}"' in shown.text
        assert f'href="/papers/{code}.pdf"' in shown.text
        assert f'href="/rights-cards/{cards_of(paper)[0]}/"' in shown.text
        assert (REPOSITORY / "content/rights-cards" / f"{cards_of(paper)[0]}.md").is_file()
    assert 'href="/tools/overtime"' in shown.text


@each_paper
def test_a_blank_paper_is_a_file_that_keeps_nothing(centre: Centre, code: str) -> None:
    browser, before = centre.browser(), centre.contents()
    response = browser.get(f"/papers/{code}.pdf")
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{code}.pdf"'
    assert "Set-Cookie" not in response.headers
    text, paper = text_of_all(response.data), LEGAL_PAPERS[code]
    for words in (paper.title, paper.warning, paper.signs, paper.copies, "这一页自己留着，不用交"):
        assert "".join(words.split()) in text
    assert centre.contents() == before


def test_a_paper_names_the_local_office_that_takes_it(centre: Centre) -> None:
    browser, offices = centre.browser(), centre.office.rules.local.offices
    listed = words_of(browser.get("/papers/"))
    for code, paper in LEGAL_PAPERS.items():
        text = text_of_all(browser.get(f"/papers/{code}.pdf").data)
        assert paper.office in {"", *OFFICE_KINDS}
        for one in offices:
            assert (one.address in text) == (one.kind == paper.office), code
            assert (one.address in listed) == (one.kind in {"arbitration", "inspection",
                                                            "work_injury"})  # fmt: skip


@each_paper
def test_pages_are_numbered_and_the_sheet_for_the_worker_is_on_no_back(
    centre: Centre, code: str
) -> None:
    document = pypdfium2.PdfDocument(centre.browser().get(f"/papers/{code}.pdf").data)
    texts = [text_of(page) for page in document]
    guide = next(place for place, text in enumerate(texts) if "这一页自己留着" in text)
    assert guide == len(texts) - 1
    assert guide % 2 == 0
    paper = [text for text in texts[:guide] if text]
    for number, text in enumerate(paper, 1):
        assert f"第{number}页，共{len(paper)}页" in text
    assert "共" not in texts[guide].replace("总工会困难职工", "")[-12:]
    for page in document:
        assert round(page.get_width()), round(page.get_height()) == (595, 842)


@pytest.mark.parametrize("address", ["/papers/nothing.pdf",
                                     "/papers/arbitration", "/papers/../config.toml"])  # fmt: skip
def test_what_is_no_paper_is_not_found(centre: Centre, address: str) -> None:
    assert centre.browser().get(address).status_code == 404


def test_the_status_page_of_a_consultation_leads_to_filled_papers(centre: Centre) -> None:
    follower = centre.follower(consultation(centre))
    assert f'href="{PAGE}"' in follower.get("/status/case").text
    before = centre.contents()
    listed = follower.get(PAGE)
    assert listed.headers["Cache-Control"] == "no-store"
    assert listed.text.index('id="wage-demand"') < listed.text.index('id="injury-claim"')
    assert "有的字印不出来" not in words_of(listed)
    for code in LEGAL_PAPERS:
        assert f'href="{PAGE}/{code}.pdf"' in listed.text
        response = paper_of(follower, code)
        assert response.headers["Cache-Control"] == "no-store"
        assert "419999198203030034" in text_of_all(response.data) or code == "evidence-list"
    letter = text_of_all(paper_of(follower, "wage-demand").data)
    assert "示范建筑队：" in letter
    assert "从2026年6月1日起" in letter
    assert "32,000元（大写：人民币叁万贰仟元整）" in letter
    assert centre.contents() == before


@pytest.mark.parametrize("kind", [one for one in CaseKind if one is not CaseKind.CONSULTATION])
def test_a_case_of_another_kind_has_no_legal_papers(centre: Centre, kind: CaseKind) -> None:
    follower = centre.follower(centre.case(kind))
    assert PAGE not in follower.get("/status/case").text
    assert follower.get(PAGE).status_code == 404
    assert follower.get(f"{PAGE}/arbitration.pdf").status_code == 404


def test_without_number_and_code_no_filled_paper_is_given(centre: Centre) -> None:
    receipt = consultation(centre)
    browser = centre.browser()
    for address in (PAGE, f"{PAGE}/arbitration.pdf"):
        assert browser.get(address).headers["Location"] == "/status"
    follower = centre.follower(receipt)
    assert follower.get(f"{PAGE}/nothing.pdf").status_code == 404
    centre.clock.advance(minutes=16)
    assert follower.get(f"{PAGE}/arbitration.pdf").headers["Location"] == "/status"


def test_a_new_code_ends_what_the_old_one_opened(centre: Centre) -> None:
    receipt = consultation(centre)
    follower = centre.follower(receipt)
    centre.new_code(receipt, "lawyer", "second-lawyer")
    assert follower.get(f"{PAGE}/arbitration.pdf").headers["Location"] == "/status"


@pytest.mark.parametrize("code", ["arbitration", "inspection-complaint", "payment-order"])
def test_a_long_account_runs_on_and_nothing_is_cut(centre: Centre, code: str) -> None:
    account = f"{LONG}\n{'https://shifan.example/' + 'a' * 200}\n就这些，完了。"
    content = paper_of(centre.follower(consultation(centre, account=account)), code).data
    text = without_numbers(text_of_all(content))
    assert "就这些，完了。" in text
    assert text.count("老板说工程款没有结，") == 190
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            words, width = page.get_textpage(), page.get_width()
            rights = [words.get_charbox(place)[2] for place in range(words.count_chars())]
            assert max(rights, default=0) < width


def test_what_does_not_fit_into_a_box_of_a_form_stands_on_a_continuation_sheet(
    centre: Centre,
) -> None:
    hurt = {"topic": "work_injury", "injured_on": "2026-10-01", "injury_reported": "no"}
    follower = centre.follower(consultation(centre, account=LONG, **hurt))
    document = pypdfium2.PdfDocument(paper_of(follower, "injury-claim").data)
    texts = [text_of(page) for page in document]
    assert "写不下，全文写在后面的续页上。" in texts[0]
    assert "老板说工程款没有结，" not in texts[0]
    sheets = without_numbers("".join(texts[1:]))
    assert "工伤认定申请表（续页）" in sheets
    assert sheets.count("老板说工程款没有结，") == 190
    short = centre.follower(consultation(centre, account="冲床压伤右手。", **hurt))
    fits = text_of_all(paper_of(short, "injury-claim").data)
    assert "冲床压伤右手。" in fits
    assert "续页" not in fits


def test_a_sign_that_cannot_be_printed_is_told_before_and_on_the_paper(centre: Centre) -> None:
    follower = centre.follower(consultation(centre, against=RARE))
    told = words_of(follower.get(PAGE))
    assert "纸上留了空“□”：“示范□建筑队”。" in told
    text = text_of_all(paper_of(follower, "wage-demand").data)
    assert "示范□建筑队：" in text
    assert "有的字这里印不出来" in text


def test_a_lawyer_prints_a_filled_paper_for_a_reason_that_is_logged(centre: Centre) -> None:
    receipt = consultation(centre)
    browser, case = centre.staff("lawyer"), f"/staff/cases/{receipt.number}"
    address = f"{case}/legal-papers"
    assert f'href="{address}"' in browser.get(case).text
    before = centre.contents()
    for wrong in (ASKED | {"reason": ""}, ASKED | {"reason": "fun"}, ASKED | {"paper": "x"}, {}):
        assert browser.post(address, wrong).status_code == 422
    assert centre.contents() == before
    response = browser.post(address, ASKED)
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    text = text_of_all(response.data)
    assert "示范建筑队" in text
    assert "共计32,000元（大写：人民币叁万贰仟元整）" in text
    (newest,) = audit.newest_entries(centre.office.store, 1, None)
    assert (newest.actor, newest.action, newest.note) == (
        "lawyer", "print legal paper", "for_worker"
    )  # fmt: skip


def test_staff_print_legal_papers_only_of_consultations_that_they_may_open(centre: Centre) -> None:
    number, hardship = consultation(centre).number, centre.case(CaseKind.HARDSHIP).number
    intake = centre.staff("intake")
    assert "打印拿去用的文书" not in words_of(intake.get(f"/staff/cases/{hardship}"))
    for receipt, status in ((number, 403), (hardship, 404)):
        address = f"/staff/cases/{receipt}/legal-papers"
        assert intake.get(address).status_code == status
        assert intake.post(address, ASKED).status_code == status


def test_no_word_of_a_filled_paper_is_found_in_a_log_or_a_row(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receipt = centre.case(CaseKind.CONSULTATION, **MARKED[CaseKind.CONSULTATION])
    follower, lawyer = centre.follower(receipt), centre.staff("lawyer")
    for code in LEGAL_PAPERS:
        paper_of(follower, code)
    lawyer.get(f"/staff/cases/{receipt.number}")
    shown = lawyer.post(f"/staff/cases/{receipt.number}/legal-papers", ASKED)
    assert "金丝雀老板" in text_of_all(shown.data)
    assert found_in(caplog.text) == []
    assert found_in(str(centre.contents()["audit"])) == []
