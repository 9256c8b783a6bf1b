"""Cards lead to calculators and papers, and back; both sides come from rows."""

from datetime import date
from pathlib import Path

import pytest

from portal.domain.legal_papers.table import LEGAL_PAPERS
from portal.public.site.calculators import TOOLS
from portal.public.site.offers import cards_of, papers_of, tools_of
from site_src.build import check_content
from site_src.content import Content
from site_src.pages.cards import make_card_page
from site_src.portal_addresses import PAPERS_TO_TAKE, TOOLS_FOR_CARDS
from site_src.schemas import RightsCard

REPOSITORY = Path(__file__).parents[3]
OFFERS = (*TOOLS_FOR_CARDS, *PAPERS_TO_TAKE)


@pytest.fixture(scope="module")
def content() -> Content:
    """The repository's own content."""
    return check_content(REPOSITORY)


def test_cards_know_every_calculator_as_its_table_has_it() -> None:
    known = {offer.address: (offer.title, offer.cards) for offer in TOOLS_FOR_CARDS}
    tools = [tool for tool in TOOLS.values() if tool.cards]
    assert known == {f"/tools/{tool.slug}": (tool.title, tool.cards) for tool in tools}, (
        "put the row into TOOLS_FOR_CARDS of site_src/portal_addresses.py, too"
    )


def test_cards_know_every_legal_paper_by_its_title() -> None:
    known = {offer.address: offer.title for offer in PAPERS_TO_TAKE}
    assert known == {f"/papers/#{one.code}": one.title for one in LEGAL_PAPERS.values()}
    assert all(cards_of(paper) for paper in LEGAL_PAPERS.values())


def test_every_card_that_is_named_is_there_and_shows_all_that_it_offers(content: Content) -> None:
    cards = {card.slug: card for card in content.of(RightsCard)}
    assert {slug for offer in OFFERS for slug in offer.cards} <= cards.keys()
    for slug, card in cards.items():
        _, page = make_card_page(card, content, date(2026, 11, 30))
        for offer in OFFERS:
            shown = f"[{offer.title}]({offer.address})" in page
            assert shown == (slug in offer.cards), (slug, offer.title)


def test_a_calculator_and_a_paper_of_one_card_lead_to_each_other() -> None:
    for tool in TOOLS.values():
        for paper in LEGAL_PAPERS.values():
            together = bool(set(tool.cards) & set(cards_of(paper)))
            assert (paper in papers_of(tool)) == (tool in tools_of(paper)) == together
