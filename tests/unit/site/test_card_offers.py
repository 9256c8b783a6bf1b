"""Cards lead to calculators and papers, and back; both sides come from rows."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.public.site.calculators import TOOLS
from portal.public.site.offers import cards_of, papers_of, tools_of
from site_src.build import check_content
from site_src.content import Content
from site_src.pages.cards import list_fitting_cards, make_card_index, make_card_page
from site_src.pages.policies import make_policy_page
from site_src.pages.troubles import FITTING, TROUBLES, find_trouble
from site_src.portal_addresses import PAPERS_TO_TAKE, SERVICES, TOOLS_FOR_CARDS, find_cards
from site_src.schemas import CARD_TOPICS, Policy, RightsCard

REPOSITORY = Path(__file__).parents[3]
OFFERS = (*TOOLS_FOR_CARDS, *PAPERS_TO_TAKE)


@pytest.fixture(scope="module")
def content() -> Content:
    """The repository's own content."""
    return check_content(REPOSITORY)


def test_cards_know_every_calculator_as_its_table_has_it() -> None:
    known = {offer.address: (offer.title, offer.words) for offer in TOOLS_FOR_CARDS}
    assert known == {f"/tools/{tool.slug}": (tool.title, tool.lead) for tool in TOOLS.values()}, (
        "put the row into TOOLS_FOR_CARDS of site_src/portal_addresses.py, too"
    )


def test_cards_know_every_legal_paper_as_its_table_has_it() -> None:
    known = {offer.address: (offer.title, offer.words) for offer in PAPERS_TO_TAKE}
    assert known == {
        f"/papers/#{one.code}": (one.title, one.purpose) for one in LEGAL_PAPERS.values()
    }


def test_the_search_knows_every_form_by_its_title() -> None:
    known = {one.address: one.title for one in SERVICES}
    forms = {f"/{one.address}": one.title for one in JOURNEYS.values()}
    assert known.items() >= forms.items()


def test_every_calculator_and_every_paper_is_reached_from_a_card() -> None:
    """The self-test asks about hardship, which no card is about: its guide leads there."""
    assert {offer.address for offer in OFFERS if not offer.cards} == {"/tools/self-test"}
    guide = REPOSITORY / "content" / "guides" / "hardship-file.md"
    assert "(/tools/self-test)" in guide.read_text(encoding="utf-8")


def test_a_policy_leads_to_the_calculators_of_its_matter(content: Content) -> None:
    reached = set()
    for policy in content.of(Policy):
        _, page = make_policy_page(policy, content, date(2026, 11, 30))
        reached |= {offer.address for offer in TOOLS_FOR_CARDS if f"({offer.address})" in page}
        if policy.slug == "annual-leave-regulation":
            assert "[算没休的年休假](/tools/annual-leave)" in page
    assert {offer.address for offer in TOOLS_FOR_CARDS} - reached == {"/tools/self-test"}


SUBJECTS = {
    "/tools/overtime": "加班费",
    "/tools/annual-leave": "年休假",
    "/tools/severance": "经济补偿",
    "/tools/double-pay": "没签劳动合同",
    "/tools/probation": "试用期太长|试用期的规矩",
    "/tools/work-injury": "级伤残|评伤残",
    "/tools/death-grant": "工亡",
    "/tools/sick-leave": "医疗期",
    "/tools/sick-pay": "病假工资",
    "/tools/unemployment": "失业金",
    "/tools/payment-order": "支付令",
    "/tools/final-award": "一裁终局",
    "/tools/retirement": "退休年龄",
    "/tools/time-limits": "仲裁|[0-9]年内|[0-9]天内申请",
}
"""How a card speaks of what a calculator works out."""
NO_MATTER_OF_THE_CARD = {
    ("/tools/overtime", "annual-leave"),
    ("/tools/overtime", "minimum-wage"),
    ("/tools/severance", "other-kinds-of-work"),
    ("/tools/sick-leave", "dismissal"),
    ("/tools/time-limits", "retirement"),
}
"""Where the word stands, but what is told is that it does not count, or another card has it."""


@pytest.mark.parametrize(("address", "words"), SUBJECTS.items())
def test_a_card_whose_matter_can_be_worked_out_leads_to_the_calculator(
    content: Content, address: str, words: str
) -> None:
    for card in content.of(RightsCard):
        record = card.record
        said = [record.title, record.answer, *(right.text for right in record.rights)]
        said += [f"{limit.matter}{limit.standard}" for limit in record.limits]
        if re.search(words, "\n".join(said)) and (address, card.slug) not in NO_MATTER_OF_THE_CARD:
            assert card.slug in find_cards(address), card.document.shown


def test_every_card_that_is_named_is_there_and_shows_all_that_it_offers(content: Content) -> None:
    cards = {card.slug: card for card in content.of(RightsCard)}
    assert {slug for offer in OFFERS for slug in offer.cards} <= cards.keys()
    for slug, card in cards.items():
        _, page = make_card_page(card, content, date(2026, 11, 30))
        for offer in OFFERS:
            shown = f"[{offer.title}]({offer.address})" in page
            assert shown == (slug in offer.cards), (slug, offer.title)


def test_every_card_stands_in_one_trouble_and_leads_only_to_cards_that_lead_back(
    content: Content,
) -> None:
    cards = {card.slug: card for card in content.of(RightsCard)}
    grouped = [slug for trouble in TROUBLES for slug in trouble.cards]
    paired = [slug for pair in FITTING for slug in pair]
    assert {*grouped, *paired} == cards.keys()
    assert sorted(grouped) == sorted(cards)
    fitting = {
        slug: {other.slug for other in list_fitting_cards(card, content)}
        for slug, card in cards.items()
    }
    for slug, others in fitting.items():
        assert others, slug
        assert slug not in others
        assert all(slug in fitting[other] for other in others)


def test_a_card_of_the_centre_itself_stands_by_its_topic(content: Content) -> None:
    for topic in CARD_TOPICS:
        assert find_trouble("our-own", topic).topic == topic
    card = replace(content.of(RightsCard)[0], slug="our-own")
    assert list_fitting_cards(card, content)


def test_the_list_of_cards_has_a_drawing_and_a_heading_for_each_trouble(content: Content) -> None:
    index = make_card_index(content, date(2026, 11, 30))
    assert [group["title"] for group in index.groups] == [one.title for one in TROUBLES]
    rows = [row for group in index.groups for row in group["rows"]]
    assert len(rows) == len(content.of(RightsCard))
    assert all(row["icon"] and row["words"].count("。") == 1 for row in rows)
    assert index.jumps[0]["address"] == "#wages"


def test_a_calculator_and_the_papers_of_its_nearest_card_lead_to_each_other() -> None:
    for tool in TOOLS.values():
        for paper in LEGAL_PAPERS.values():
            together = bool(set(tool.cards[:1]) & set(cards_of(paper)))
            assert (paper in papers_of(tool)) == (tool in tools_of(paper)) == together
