"""Parts that several legal papers share."""

from typing import Final

from portal.domain.calculators.results import Certainty
from portal.domain.legal_papers.model import Claims, PartyTable, Prose, Sentence

KNOWN: Final = Certainty.KNOWN
_INJURED: Final = frozenset({"work_injury", "work-injury"})
_OWED: Final = frozenset({"unpaid_wages"})

DEMANDS: Final = (
    Sentence("支付从{owed_since}起拖欠的工资，共计{owed}。", _OWED),
    Sentence("支付加班工资，共计{claimed}。", frozenset({"overtime"})),
    Sentence("支付未休年休假的工资报酬，共计{claimed}。", frozenset({"annual-leave"})),
    Sentence("支付未订立书面劳动合同的二倍工资差额，共计{claimed}。", frozenset({"double-pay"})),
    Sentence("支付解除劳动合同的经济补偿（违法解除的，写赔偿金），共计{claimed}。",
             frozenset({"dismissal", "severance"})),
    Sentence("支付一次性伤残补助金等工伤保险待遇，共计{claimed}。", _INJURED),
)  # fmt: skip
"""By matter; each paper puts its own opening before them."""

HISTORY: Final = (
    Sentence("本人于{hired_on}到该单位工作，岗位是{post}，约定的工资是每月{wage}。书面劳动合同：{contract}。"),
    Sentence("本人于{left_on}离开该单位。", unless=("still_there", "still")),
    Sentence("从{owed_since}起，该单位拖欠本人工资，共计{owed}。", _OWED),
    Sentence("本人于{injured_on}受伤。", _INJURED),
)  # fmt: skip


def tell_worker(heading: str) -> PartyTable:
    """Make the table of the worker, as 办案规则 29 wants it."""
    return PartyTable(
        heading=heading,
        entries=("name", "sex", "born", "mobile", "id_number", "home", "mail_address"),
        wide=frozenset({"id_number", "home", "mail_address"}),
    )


def tell_employer(heading: str) -> PartyTable:
    """Make the table of the employer, as 办案规则 29 wants it."""
    return PartyTable(
        heading=heading,
        entries=(
            "employer",
            "employer_home",
            "employer_mail",
            "employer_head",
            "head_post",
            "employer_phone",
        ),
        wide=frozenset({"employer", "employer_home", "employer_mail", "employer_phone"}),
    )


def demand(heading: str, opening: str) -> Claims:
    """Make the numbered list of what is demanded."""
    return Claims(heading=heading, opening=opening, demands=DEMANDS)


def tell_history(heading: str, *after: str) -> Prose:
    """Make facts and grounds: what is known, the worker's own words, and the words that close."""
    return Prose(
        heading=heading,
        sentences=HISTORY,
        free="account",
        lines=8,
        after=tuple(Sentence(words) for words in after),
    )
