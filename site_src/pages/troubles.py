"""The kinds of trouble by which rights cards are grouped, what is drawn beside a card, and which
cards fit each other. One table, so that each card that leads to another is led to by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

OWN_DRAWING: Final = "card"


@dataclass(frozen=True)
class Trouble:
    """What readers call it, the topic of a centre's own cards that belong there, and the cards,
    each with its drawing of theme/shared/icons.html."""

    code: str
    title: str
    topic: str
    cards: dict[str, str]


TROUBLES: Final = (
    Trouble("wages", "钱拿不到、给少了", "unpaid_wages", {
        "unpaid-wages": "wage", "construction-wages": "injury", "who-pays": "dismissal",
        "minimum-wage": "figures",
    }),
    Trouble("injury", "受了伤、得了职业病", "work_injury", {
        "work-injury": "medical", "work-injury-disputes": "law", "occupational-disease": "shield",
    }),
    Trouble("contract", "没签合同、被辞退、被调岗", "dismissal", {
        "no-written-contract": "contract", "dismissal": "dismissal", "job-transfer": "route",
        "probation": "calendar", "deposit-and-non-compete": "card",
    }),
    Trouble("hours", "加班、休假、生病、天热", "hours_leave", {
        "overtime": "hours", "annual-leave": "rest", "sick-leave": "medical",
        "heat-allowance": "heat",
    }),
    Trouble("insurance", "社保、失业、退休", "social_insurance", {
        "social-insurance": "shield", "unemployment-insurance": "help", "retirement": "rest",
    }),
    Trouble("women", "女工、孩子", "women", {
        "women-workers": "woman", "child-labour": "child",
    }),
    Trouble("kinds", "送外卖、打零工、派遣", "", {
        "new-forms-of-work": "bike", "other-kinds-of-work": "work", "labour-dispatch": "people",
    }),
    Trouble("first", "不知道先找谁", "other", {"route-map": "route"}),
)  # fmt: skip
"""In the order in which they are shown; a card stands in one of them."""

FITTING: Final = (
    ("unpaid-wages", "no-written-contract"), ("unpaid-wages", "dismissal"),
    ("unpaid-wages", "overtime"), ("unpaid-wages", "route-map"),
    ("construction-wages", "labour-dispatch"), ("who-pays", "unemployment-insurance"),
    ("who-pays", "dismissal"), ("minimum-wage", "probation"), ("minimum-wage", "sick-leave"),
    ("work-injury", "social-insurance"), ("work-injury", "no-written-contract"),
    ("work-injury", "new-forms-of-work"), ("work-injury", "retirement"),
    ("work-injury", "construction-wages"), ("occupational-disease", "sick-leave"),
    ("dismissal", "women-workers"), ("dismissal", "sick-leave"),
    ("dismissal", "unemployment-insurance"), ("dismissal", "route-map"),
    ("no-written-contract", "social-insurance"), ("no-written-contract", "other-kinds-of-work"),
    ("job-transfer", "women-workers"), ("overtime", "labour-dispatch"),
    ("heat-allowance", "new-forms-of-work"), ("women-workers", "social-insurance"),
    ("child-labour", "other-kinds-of-work"), ("retirement", "other-kinds-of-work"),
    ("deposit-and-non-compete", "other-kinds-of-work"), ("route-map", "work-injury-disputes"),
)  # fmt: skip
"""Cards of different troubles that the same reader needs; each pair is a link both ways."""


def find_trouble(slug: str, topic: str) -> Trouble:
    """Find where a card belongs: by the table, a centre's own one by its topic."""
    named = (trouble for trouble in TROUBLES if slug in trouble.cards)
    alike = (trouble for trouble in TROUBLES if trouble.topic == topic)
    return next(named, None) or next(alike, TROUBLES[-1])


def find_drawing(slug: str) -> str:
    """Find what is drawn beside a card."""
    drawings = (trouble.cards[slug] for trouble in TROUBLES if slug in trouble.cards)
    return next(drawings, OWN_DRAWING)


def list_fitting(slug: str, topic: str, others: Iterable[tuple[str, str]]) -> list[str]:
    """List which of the other cards, given with their topics, fit a card.

    Those of the same trouble come first, then those that it is paired with.
    """
    trouble, known = find_trouble(slug, topic), [one for one in others if one[0] != slug]
    same = [other for other, topic in known if find_trouble(other, topic) is trouble]
    paired = [other for other, _ in known if _are_paired(slug, other) and other not in same]
    return [*same, *paired]


def _are_paired(one: str, other: str) -> bool:
    return (one, other) in FITTING or (other, one) in FITTING
