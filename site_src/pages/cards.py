"""Rights-card pages: the answer first, then rights, limits, steps, evidence, places."""

from site_src.loading import Content, Item
from site_src.pages.text import (
    CERTAINTY_MARKS,
    MadePage,
    bullets,
    button,
    checked_part,
    escape,
    heading,
    join,
    make_index,
    make_row,
    show_basis,
    show_date,
    table,
    with_heading,
)
from site_src.schemas import TOPICS, Limit, Place, Right, RightsCard

INDEX_SUMMARY = "遇到哪种事，就点哪一张。先看您有什么权利，再看怎么办。"


def make_card_index(content: Content) -> MadePage:
    """The list of cards."""
    rows = [make_row(card.record.title, card.record.answer, card.address) for card in content.cards]
    empty = "还没有维权卡。有事请打 [12351](tel:12351)。"
    return make_index("rights-cards", "维权卡", INDEX_SUMMARY, rows, empty, search=True)


def make_card_page(card: Item[RightsCard], content: Content) -> MadePage:
    """One card. The button carries the card and its topic into the consultation form."""
    record = card.record
    ask = button("问问我的情况", f"/consult?card={card.slug}&topic={record.topic}")
    stories = content.stories_of.get(("card", card.slug), [])
    policies = content.policies_of.get(card.slug, [])
    parts = [
        ask,
        heading("您有这些权利", "rights"),
        list_rights(record),
        list_limits(record),
        with_heading(card.body, "怎么做", "steps"),
        list_evidence(record),
        heading("去哪里、找谁", "places"),
        bullets(describe_place(place) for place in record.places),
        ask,
        list_related("看看别人是怎么办成的", "stories", stories),
        list_related("依据的政策", "policies", policies),
        checked_part(record.checked_on, record.certainty, record.doubt),
    ]
    meta = {
        "title": record.title,
        "description": record.answer,
        "kind": "card",
        "section": "rights-cards",
        "crumb": {"title": "维权卡", "address": "/rights-cards/"},
        "tags": [
            f"维权卡 {record.number} 号" if record.number else "维权卡",
            TOPICS[record.topic],
            f"{show_date(record.checked_on)}核对",
            CERTAINTY_MARKS[record.certainty],
        ],
    }
    return MadePage(f"rights-cards/{card.slug}.md", meta, join(parts))


def list_rights(record: RightsCard) -> str:
    """Each right with the article it rests on and how sure that is."""
    return bullets(
        f"**{escape(right.text)}** 依据：{describe_basis(right)}" for right in record.rights
    )


def list_limits(record: RightsCard) -> str:
    """Amounts and time limits as a table."""
    if not record.limits:
        return ""
    rows = [
        (
            escape(limit.matter),
            f"**{escape(limit.standard)}**",
            describe_basis(limit),
        )
        for limit in record.limits
    ]
    return join([heading("金额和期限", "limits"), table(("事项", "标准", "依据"), rows)])


def describe_basis(row: Right | Limit) -> str:
    """The article that a right or an amount rests on, and how sure that is."""
    return show_basis(row.basis, CERTAINTY_MARKS[row.certainty])


def list_evidence(record: RightsCard) -> str:
    """What to keep and bring."""
    if not record.evidence:
        return ""
    items = bullets(escape(item) for item in record.evidence)
    return join([heading("准备这些证据", "evidence"), "有几样算几样，不全也可以来问。", items])


def describe_place(place: Place) -> str:
    """An office, what it does, and its number to tap."""
    line = f"**{escape(place.office)}** {escape(place.purpose)}"
    return f"{line} [{place.phone}](tel:{place.phone})" if place.phone else line


def list_related(words: str, name: str, items: list[Item]) -> str:  # type: ignore[type-arg]
    """Links to pages that belong to this one."""
    if not items:
        return ""
    links = bullets(f"[{escape(item.record.title)}]({item.address})" for item in items)
    return join([heading(words, name), links])
