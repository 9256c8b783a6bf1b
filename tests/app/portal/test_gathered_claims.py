"""From calculators onto legal papers: every claim arrives with its article, sum and capitals."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from portal.domain.calculators.claim_kinds import CLAIM_KINDS
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.money import format_yuan, spell_yuan
from portal.public.site.calculators import SHEET, TOOLS, Tool
from portal.public.site.offers import papers_of
from tests.support.browser import Browser, typed_in, words_of
from tests.support.canaries import MARKED
from tests.support.centre import Centre
from tests.support.printed import text_of_all
from tests.support.walking import went_on

TYPED = {
    "overtime": {"month_wage": "6000", "workday_hours": "10", "rest_day_hours": "8",
                 "holiday_hours": "0"},
    "comprehensive-hours": {"month_wage": "4350", "period": "quarter", "worked_hours": "520",
                            "holiday_hours": "8"},
    "annual-leave": {"total_years": "12", "joined_on": "", "left_on": "2026-06-30",
                     "taken_days": "1", "average_wage": "6525"},
    "severance": {"started_on": "2021-03-01", "ended_on": "2024-07-10", "average_wage": "4000",
                  "local_average": ""},
    "dismissal": {"reason": "unfit", "notice": "no", "started_on": "2021-03-01",
                  "ended_on": "2024-07-10", "average_wage": "4000", "last_wage": "4100",
                  "local_average": ""},
    "probation": {"contract": "months", "served": "3", "paid": "3000", "regular": "5000",
                  "minimum_wage": ""},
    "double-pay": {"started_on": "2026-03-01", "ending": "working", "until": "",
                   "month_wage": "5000"},
    "work-injury": {"grade": "7", "wage": "6000", "local_average": "", "minimum_wage": ""},
    "death-grant": {"accident_on": "2026-03-01", "local_average": "6000"},
    "sick-pay": {"months": "3", "paid": "1000", "minimum_wage": "2100"},
    "late-pay": {"owed": "5000", "stage": "late"},
    "payment-order": {"owed": "12345.60", "proof": "yes", "disputed": "no", "address": "yes"},
    SHEET: {"claim_overtime": "100.05", "claim_severance": "2万"},
}  # fmt: skip
"""What is typed into every calculator that comes to a claim."""
COMES_TO_NO_CLAIM = {"self-test", "sick-leave", "unemployment", "final-award", "retirement",
                     "time-limits"}  # fmt: skip
"""Months, ages, days, and money of others than the employer."""
WRITTEN_BY_HAND = {"injury_leave_pay"}
"""Claims that no calculator comes to: their sum is typed into the sheet."""
each_claiming = pytest.mark.parametrize("tool", [TOOLS[slug] for slug in TYPED], ids=TYPED)
_LINK = re.compile(r'href="(/[^"]*claim_[^"]*)"')


def links_of(page: str, begins: str) -> list[str]:
    """The addresses on a page that carry claims and begin so."""
    return [one for found in _LINK.findall(page) if (one := unescape(found)).startswith(begins)]


def result_of(browser: Browser, tool: Tool, carried: str = "") -> str:
    """The page of a result."""
    shown = browser.get(f"/tools/{tool.slug}?{urlencode(TYPED[tool.slug])}&{carried}")
    assert shown.status_code == 200, words_of(shown)
    return shown.text


def claims_in(address: str) -> dict[str, int]:
    """The sums in fen that an address carries, by kind."""
    said = parse_qs(urlsplit(address).query)
    return {
        name.removeprefix("claim_"): round(float(texts[0].replace(",", "")) * 100)
        for name, texts in said.items()
        if name.startswith("claim_")
    }


def require_claims_on(text: str, claims: dict[str, int]) -> None:
    """Each claim stands on the paper with sum, capitals and article, and the total if several."""
    for kind, fen in claims.items():
        row = CLAIM_KINDS[kind]
        sum_ = f"共计{format_yuan(fen)}元（大写：人民币{spell_yuan(fen)}）（依据：{row.articles}）"
        assert sum_ in text, kind
        assert "".join(row.only_if.split()) in text
    total = sum(claims.values())
    said = f"以上{len(claims)}项合计{format_yuan(total)}元（大写：人民币{spell_yuan(total)}）"
    assert (said in text) == (len(claims) > 1)


def test_every_calculator_comes_to_claims_or_is_known_not_to() -> None:
    assert {slug for slug, tool in TOOLS.items() if tool.claims} == TYPED.keys()
    assert TOOLS.keys() - TYPED.keys() == COMES_TO_NO_CLAIM
    reached = {kind for tool in TOOLS.values() if tool.slug != SHEET for kind in tool.claims}
    assert CLAIM_KINDS.keys() - reached == WRITTEN_BY_HAND


@each_claiming
def test_what_a_calculator_came_to_stands_on_the_papers_that_it_offers(
    centre: Centre, tool: Tool
) -> None:
    browser, before = centre.browser(), centre.contents()
    page = result_of(browser, tool)
    addresses = links_of(page, "/papers/")
    assert any(one.startswith("/papers/arbitration.pdf") for one in addresses)
    for address in addresses:
        code = urlsplit(address).path.removeprefix("/papers/").removesuffix(".pdf")
        claims = claims_in(address)
        assert claims
        assert claims.keys() <= set(tool.claims)
        fitting = {kind: fen for kind, fen in claims.items() if code in CLAIM_KINDS[kind].papers}
        assert fitting
        text = text_of_all(browser.get(address).data)
        if code in {"arbitration", "inspection-complaint", "wage-demand"}:
            require_claims_on(text, fitting)
        else:
            assert f"{format_yuan(fitting['wages'])}元（大写" in text
    assert centre.contents() == before


@each_claiming
def test_other_papers_of_the_matter_are_offered_once(centre: Centre, tool: Tool) -> None:
    page = result_of(centre.browser(), tool)
    for paper in papers_of(tool):
        assert f'href="/papers/{paper.code}.pdf' in page


@pytest.mark.parametrize("tool", [one for one in TOOLS.values() if one.slug not in TYPED])
def test_a_calculator_without_a_claim_carries_none(centre: Centre, tool: Tool) -> None:
    page = centre.browser().get(f"/tools/{tool.slug}").text
    assert links_of(page, "/") == []


@pytest.mark.parametrize("slug", [slug for slug in TYPED if slug != SHEET])
def test_claims_of_two_calculators_are_gathered_on_one_paper(centre: Centre, slug: str) -> None:
    browser = centre.browser()
    first = links_of(result_of(browser, TOOLS["probation"]), "/tools/claims")[0]
    sheet = browser.get(first)
    assert sheet.status_code == 200
    onward = next(
        one for one in links_of(sheet.text, "/tools/") if one.startswith(f"/tools/{slug}?")
    ) if slug != "probation" else f"/tools/{slug}?{urlsplit(first).query}"  # fmt: skip
    asked = browser.get(onward)
    assert asked.status_code == 200
    assert "试用期太长的赔偿金 10,000 元" in words_of(asked)
    again = result_of(browser, TOOLS[slug], urlsplit(onward).query)
    both = links_of(again, "/tools/claims")[0]
    claims = claims_in(both)
    alone = claims_in(links_of(result_of(browser, TOOLS[slug]), "/tools/claims")[0])
    before = claims_in(first)
    assert claims == {
        kind: before.get(kind, 0) + alone.get(kind, 0) for kind in before.keys() | alone.keys()
    }
    gathered = browser.get(both)
    assert f"一共要 {format_yuan(sum(claims.values()))} 元" in words_of(gathered)
    paper = links_of(gathered.text, "/papers/arbitration.pdf")[0]
    require_claims_on(text_of_all(browser.get(paper).data), claims)


def test_a_sum_that_was_wrong_before_can_be_put_in_the_place_of_the_old_one(
    centre: Centre,
) -> None:
    browser = centre.browser()
    page = result_of(browser, TOOLS["overtime"], "claim_overtime=1&claim_double_pay=5000")
    added, replaced = links_of(page, "/tools/claims")[:2]
    assert claims_in(added)["overtime"] == claims_in(replaced)["overtime"] + 100
    assert claims_in(replaced)["double_pay"] == 500_000


def test_claims_that_exclude_each_other_are_never_on_one_paper(centre: Centre) -> None:
    browser = centre.browser()
    page = result_of(browser, TOOLS["severance"], "claim_damages=9000")
    severance = links_of(page, "/tools/claims")[0]
    assert claims_in(severance).keys() == {"severance", "damages"}
    refused = browser.get(severance)
    assert refused.status_code == 422
    assert "“违法辞退的赔偿金”和“经济补偿”只能要一样" in words_of(refused)
    assert typed_in(refused, "claim_damages") == ["9,000"]
    blank = browser.get(f"/papers/arbitration.pdf?{urlsplit(severance).query}")
    assert "9,000" not in text_of_all(blank.data)


def test_what_one_calculator_asked_is_filled_in_at_the_next(centre: Centre) -> None:
    browser = centre.browser()
    first = links_of(result_of(browser, TOOLS["double-pay"]), "/tools/claims")[0]
    onward = next(
        one for one in links_of(browser.get(first).text, "/tools/") if "/severance?" in one
    )
    assert typed_in(browser.get(onward), "started_on") == ["2026-03-01"]
    text = text_of_all(browser.get(f"/papers/arbitration.pdf?{urlsplit(onward).query}").data)
    assert "本人于2026年3月1日到该单位工作" in text


@pytest.mark.parametrize("wrong", ["九百<b>", "-5", "9" * 40, "", "1&claim_wages=2"])
def test_wrong_sums_in_an_address_leave_the_paper_blank(centre: Centre, wrong: str) -> None:
    browser = centre.browser()
    response = browser.get(f"/papers/arbitration.pdf?claim_wages={wrong}&known_started_on=x")
    assert response.status_code == 200
    assert text_of_all(response.data) == text_of_all(browser.get("/papers/arbitration.pdf").data)


def test_who_asked_a_lawyer_puts_sums_on_papers_with_his_name(centre: Centre) -> None:
    follower = centre.follower(centre.case(CaseKind.CONSULTATION, people=1))
    shown = follower.get("/status/legal-papers?claim_overtime=1234.56")
    assert typed_in(shown, "claim_overtime") == ["1,234.56"]
    assert typed_in(shown, "claim_wages") == ["32,000"]
    assert typed_in(shown, "paper") == ["arbitration"]
    before = centre.contents()
    asked = {"paper": "arbitration", "claim_overtime": "1234.56", "claim_wages": "3万"}
    sent = follower.post("/status/legal-papers", asked)
    assert sent.mimetype == "application/pdf"
    assert sent.headers["Cache-Control"] == "no-store"
    text = text_of_all(sent.data)
    require_claims_on(text, {"wages": 3_000_000, "overtime": 123_456})
    assert "419999198203030034" in text
    assert "示范建筑队" in text
    wrong = follower.post("/status/legal-papers", asked | {"claim_wages": "很多"})
    assert wrong.status_code == 422
    assert typed_in(wrong, "claim_overtime") == ["1234.56"]
    both = asked | {"claim_damages": "1", "claim_severance": "2"}
    assert "只能要一样" in words_of(follower.post("/status/legal-papers", both))
    assert centre.contents() == before


def test_sums_are_not_lost_on_the_way_through_number_and_code(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION, people=1)
    wanted = "/status/legal-papers?claim_overtime=3%2C172.42&known_month_wage=6%2C000"
    browser = centre.browser()
    asked = went_on(browser.get(wanted))
    assert asked.startswith("/status?to=")
    (sends_to,) = re.findall(r'action="(/status[^"]*)"', browser.get(asked).text)
    wrong = browser.post(sends_to, {"receipt": filed.number, "code": ""})
    assert f'action="{sends_to}"' in wrong.text
    typed = {"receipt": filed.number, "code": filed.code}
    assert went_on(browser.post(sends_to, typed)) == wanted
    assert typed_in(browser.get(wanted), "claim_overtime") == ["3,172.42"]


@pytest.mark.parametrize(
    "to", ["https://example.org/?a", "//example.org/status/a?b", "/status/../staff?a=b", "/status"]
)
def test_number_and_code_lead_to_no_page_but_those_of_the_case(centre: Centre, to: str) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    browser = centre.browser()
    browser.get("/status")
    typed = {"receipt": filed.number, "code": filed.code}
    assert went_on(browser.post(f"/status?{urlencode({'to': to})}", typed)) == "/status/case"


def test_what_was_told_with_a_case_stands_in_no_address(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION, **MARKED[CaseKind.CONSULTATION])
    page = centre.follower(receipt).get("/status/legal-papers").text
    assert 'action="/status/legal-papers"' in page
    assert 'method="post"' in page
    assert links_of(page, "/") == []


def test_a_lawyer_puts_what_he_worked_out_on_a_paper_of_the_case(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION, people=1)
    lawyer, address = centre.staff("lawyer"), f"/staff/cases/{receipt.number}/legal-papers"
    asked = {"paper": "arbitration", "reason": "for_worker", "claim_severance": "14000"}
    before = centre.contents()
    wrong = lawyer.post(address, asked | {"claim_severance": "一些"})
    assert wrong.status_code == 422
    assert typed_in(wrong, "claim_severance") == ["一些"]
    refused = lawyer.post(address, asked | {"claim_damages": "5"})
    assert "只能要一样" in words_of(refused)
    assert centre.contents() == before
    text = text_of_all(lawyer.post(address, asked).data)
    require_claims_on(text, {"severance": 1_400_000})
    assert "示范建筑队" in text
    assert "32,000" not in text


def test_every_paper_that_takes_claims_can_be_asked_for_a_case() -> None:
    assert {code for row in CLAIM_KINDS.values() for code in row.papers} <= LEGAL_PAPERS.keys()
