"""The sheet that gathers what several calculators came to, one claim a line, with the total."""

from collections.abc import Mapping
from typing import Final

from portal.domain.calculators.claim_kinds import (
    CLAIM_KINDS,
    ClaimKind,
    Way,
    claim_all,
    require_together,
    total_of,
)
from portal.domain.calculators.questions import ask_money
from portal.domain.calculators.results import Basis, CalculatorResult, Certainty, say_amount
from portal.domain.shared.errors import NotAccepted

_BEFORE: Final = "claim_"
CLAIM_QUESTIONS: Final = tuple(
    ask_money(f"{_BEFORE}{row.code}", f"{row.label}多少元？", row.only_if, optional=True)
    for row in CLAIM_KINDS.values()
)
"""A question for each claim; what calculators came to travels in answers to them."""


def name_answers(claims: Way) -> dict[str, int | None]:
    """Return the answers to CLAIM_QUESTIONS that say these claims, in fen."""
    return {f"{_BEFORE}{claim.kind}": claim.fen for claim in claims}


def read_claims(answers: Mapping[str, object]) -> Way:
    """Return the claims that answers to CLAIM_QUESTIONS say; others are passed over."""
    sums = {name.removeprefix(_BEFORE): fen for name, fen in answers.items()}
    return claim_all({kind: fen for kind, fen in sums.items() if isinstance(fen, int)})


def basis_of(row: ClaimKind) -> Basis:
    """Return what a claim rests on, with its mark."""
    return Basis(row.articles, Certainty(row.mark))


def sum_up_claims(**answers: int | None) -> CalculatorResult:
    """Write one line for each claim, with its articles, and the total; sums in fen.

    Raise NotAccepted if there is none, or if two exclude each other.
    """
    claims = read_claims(answers)
    if not claims:
        raise NotAccepted("一项钱都没有填。请至少填一项要多少")
    require_together(claims)
    total = total_of(claims) or 0
    parts = [(claim.row, say_amount(claim.fen or 0)) for claim in claims]
    sums = " + ".join(amount for _, amount in parts)
    return CalculatorResult(
        f"一共要 {say_amount(total)}",
        (
            *(f"{row.label}：{amount}（{row.articles}）。" for row, amount in parts),
            *([f"{sums} = {say_amount(total)}。"] if len(parts) > 1 else []),
        ),
        tuple(basis_of(row) for row, _ in parts),
        (
            *(f"{row.label}：{row.only_if}" for row, _ in parts if row.only_if),
            "每一项都是照您填的数写的。请对一对考勤、工资条，拿不准的先问律师。",
        ),
        (claims,),
    )
