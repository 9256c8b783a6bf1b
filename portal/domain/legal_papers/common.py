"""Parts that several legal papers share."""

from typing import Final

from portal.domain.calculators.claim_kinds import OF_DEATH, OF_INJURY
from portal.domain.calculators.results import Certainty
from portal.domain.legal_papers.model import Claims, PartyTable, Prose, Sentence

KNOWN: Final = Certainty.KNOWN

HISTORY: Final = (
    Sentence(
        "本人于{hired_on}到该单位工作，岗位是{post}，约定的工资是每月{wage}。书面劳动合同：{contract}。",
        not_about=OF_DEATH,
    ),
    Sentence("本人于{left_on}离开该单位。", unless=("still_there", "still"), not_about=OF_DEATH),
    Sentence(
        "从{owed_since}起，该单位拖欠本人工资，共计{owed}。", frozenset({"wages"}),
        not_about=OF_DEATH,
    ),
    Sentence("本人于{injured_on}受伤。", OF_INJURY | {"work_injury"}, not_about=OF_DEATH),
    Sentence("{deceased}生前在该单位工作，岗位是{post}，{injured_on}出事故，因工死亡。"
             "申请人是死者的{kinship}。", OF_DEATH),
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
    return Claims(heading=heading, opening=opening)


def tell_history(heading: str, *after: str) -> Prose:
    """Make facts and grounds: what is known, the worker's own words, and the words that close."""
    return Prose(
        heading=heading,
        sentences=HISTORY,
        free="account",
        lines=8,
        after=tuple(Sentence(words) for words in after),
    )
