"""Rights-card pages: the answer first, then rights, limits, steps, evidence, places."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rulefiles.local_values import LocalOffice, LocalValues
from site_src.content import Content, Item
from site_src.frontmatter import problem_line
from site_src.pages.sources import (
    CitedFact,
    flag_unchecked,
    list_sources,
    show_checked,
    warn_unchecked,
)
from site_src.pages.text import (
    Index,
    LinkRow,
    Written,
    bullets,
    button,
    escape,
    heading,
    join,
    list_jumps,
    make_link_group,
    make_link_row,
    table,
    with_heading,
)
from site_src.pages.troubles import TROUBLES, find_drawing, find_trouble, list_fitting
from site_src.portal_addresses import PAPERS_TO_TAKE, TOOLS_FOR_CARDS, Offer
from site_src.schemas import (
    CARD_TOPICS,
    CERTAINTY_MARKS,
    CardLimit,
    CardPlace,
    Policy,
    Right,
    RightsCard,
    Story,
)

OFFICE_WORDS = {
    "仲裁委员会": "arbitration",
    "监察": "inspection",
    "社会保险行政部门": "work_injury",
    "社保经办": "social_insurance",
    "法律援助中心": "legal_aid",
    "职业病诊断机构": "diagnosis",
}
"""How cards call the offices of local.toml."""


def sort_by_number(cards: Sequence[Item[RightsCard]]) -> list[Item[RightsCard]]:
    """Sort the cards as they are numbered on paper."""
    return sorted(cards, key=lambda card: card.record.number)


def check_numbers(cards: Sequence[Item[RightsCard]]) -> list[str]:
    """Find cards that carry the number of another."""
    seen: dict[int, str] = {}
    problems = []
    for card in cards:
        first = seen.setdefault(card.record.number, card.document.shown)
        if first != card.document.shown:
            line = card.document.line_of(("编号",))
            remedy = f"「编号」和 {first} 的一样，请换一个"
            problems.append(problem_line(card.document.shown, line, remedy))
    return problems


def make_card_index(content: Content, _: date) -> Index:
    """List the cards by trouble, each with its drawing and the first sentence of its answer."""
    groups = [
        make_link_group(
            [
                make_card_row(card)
                for card in content.of(RightsCard)
                if find_trouble(card.slug, card.record.topic) is trouble
            ],
            trouble.title,
            trouble.code,
        )
        for trouble in TROUBLES
    ]
    return Index(
        summary="遇到哪种事，就点哪一张。先看现在怎么做、找谁，再看您有什么权利。",
        groups=groups,
        empty="还没有维权卡。有事请打 [12351](tel:12351)。",
        search=True,
        jumps=list_jumps(groups),
    )


def make_card_row(card: Item[RightsCard]) -> LinkRow:
    """Make a line to tap for a card, with its drawing."""
    words = first_sentence(card.record.answer)
    return make_link_row(card.record.title, words, card.address, icon=find_drawing(card.slug))


def first_sentence(answer: str) -> str:
    """Return the first sentence of an answer."""
    return f"{answer.partition('。')[0]}。"


def make_card_page(card: Item[RightsCard], content: Content, _: date) -> Written:
    """Write a card: what to do now and whom to ring, then what helps with it, then the rights.

    The button carries the card and its topic into the consultation form.
    """
    record = card.record
    ask = button("问问我的情况", f"/consult?card={card.slug}&topic={record.topic}")
    parts = [
        name_first_call(record),
        ask,
        warn_unchecked(list_certainties(record)),
        with_heading(card.body, "现在怎么做", "steps"),
        heading("去哪里、找谁", "places"),
        bullets(describe_place(place, content.local) for place in record.places),
        list_offers("算一算", "tools", TOOLS_FOR_CARDS, card.slug),
        list_offers("拿去用的文书", "papers", PAPERS_TO_TAKE, card.slug),
        list_evidence(record),
        heading("您有这些权利", "rights"),
        list_rights(record),
        list_card_limits(record),
        ask,
        list_related("也许还用得上这几张", "cards", list_fitting_cards(card, content)),
        list_related("看看别人是怎么办成的", "stories", content.naming(Story, "cards", card.slug)),
        list_related("依据的政策", "policies", content.naming(Policy, "cards", card.slug)),
        list_sources(list_card_sources(record), record.checked_on, record.certainty),
    ]
    meta = {
        "description": record.answer,
        "kind": "card",
        "tags": [
            f"维权卡 {record.number} 号" if record.number else "维权卡",
            CARD_TOPICS[record.topic],
            show_checked(record.checked_on, record.certainty),
        ],
    }
    return meta, join(parts)


def name_first_call(record: RightsCard) -> str:
    """Name the first office that can be rung, with its number to tap."""
    place = next((place for place in record.places if place.phone), None)
    if place is None:
        return ""
    return f"先打这个电话：{escape(place.office)} [{place.phone}](tel:{place.phone}){{: .tel }}"


def list_fitting_cards(card: Item[RightsCard], content: Content) -> list[Item[RightsCard]]:
    """List the other cards that fit the reader of a card."""
    cards = {other.slug: other for other in content.of(RightsCard)}
    topics = [(slug, other.record.topic) for slug, other in cards.items()]
    return [cards[slug] for slug in list_fitting(card.slug, card.record.topic, topics)]


def list_rights(record: RightsCard) -> str:
    """List each right; one that is unchecked says so."""
    others = list_certainties(record)
    return bullets(flag_unchecked(right.text, right.certainty, others) for right in record.rights)


def list_card_limits(record: RightsCard) -> str:
    """Show amounts and time limits as a table."""
    if not record.limits:
        return ""
    others = list_certainties(record)
    rows = [
        (
            escape(limit.matter),
            flag_unchecked(limit.standard, limit.certainty, others),
        )
        for limit in record.limits
    ]
    return join([heading("金额和期限", "limits"), table(("事项", "标准"), rows)])


def list_certainties(record: RightsCard) -> list[str]:
    """List how sure each right, amount and time limit of a card is."""
    rights: list[str] = [right.certainty for right in record.rights]
    return rights + [limit.certainty for limit in record.limits]


def list_card_sources(record: RightsCard) -> list[CitedFact]:
    """List the article that each right, amount and time limit of a card rests on."""
    rights = [describe_source(right.text, right) for right in record.rights]
    return rights + [describe_source(limit.matter, limit) for limit in record.limits]


def describe_source(words: str, row: Right | CardLimit) -> CitedFact:
    """Name the article that a right or an amount rests on, and how sure that is."""
    return CitedFact(words, row.basis, CERTAINTY_MARKS[row.certainty])


def list_evidence(record: RightsCard) -> str:
    """List what to keep and bring."""
    if not record.evidence:
        return ""
    items = bullets(escape(item) for item in record.evidence)
    return join([heading("准备这些证据", "evidence"), "有几样算几样，不全也可以来问。", items])


def describe_place(place: CardPlace, local: LocalValues) -> str:
    """Describe an office: what it does, its number to tap, and which it is here."""
    line = f"**{escape(place.office)}** {escape(place.purpose)}"
    kind = next((kind for words, kind in OFFICE_WORDS.items() if words in place.office), "")
    here = [describe_office(office) for office in local.offices if office.kind == kind]
    number = f"[{place.phone}](tel:{place.phone})" if place.phone else ""
    return "  \n  ".join(filter(None, (f"{line} {number}".rstrip(), *here)))


def describe_office(office: LocalOffice) -> str:
    """Say name, address and number of an office of this place, as far as they are known."""
    known = "，".join(escape(words) for words in (office.name, office.address) if words)
    number = f"[{office.phone}](tel:{office.phone})" if office.phone else ""
    return f"本地：{known} {number}".rstrip() if known or number else ""


def list_offers(words: str, name: str, offers: Sequence[Offer], slug: str) -> str:
    """Link to what the portal has for the readers of a card."""
    links = [f"[{offer.title}]({offer.address})" for offer in offers if slug in offer.cards]
    return join([heading(words, name), bullets(links)]) if links else ""


def list_related(words: str, name: str, items: Sequence[Item[Any]]) -> str:
    """Link to pages that belong to this one."""
    if not items:
        return ""
    links = bullets(f"[{escape(item.record.title)}]({item.address})" for item in items)
    return join([heading(words, name), links])
