"""What a worker demands in money（请求）: a row for each claim, with its article and its papers.

Results of calculators, the sheet that gathers them, and the lines on legal papers follow from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimKind:
    """A claim: `words` follow 支付 on a paper and may name its entries in braces.

    `articles` are what it rests on, `mark` how surely that is known. `papers` are the codes of the
    legal papers on which it may stand. `only_if` says what must be true; `instead_of` are the
    claims in whose place it is.
    """

    code: str
    label: str
    words: str
    articles: str
    mark: str = "V"
    papers: tuple[str, ...] = ("arbitration",)
    only_if: str = ""
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim and its sum in fen; None where the sum is still to be written by hand."""

    kind: str
    fen: int | None

    @property
    def row(self) -> ClaimKind:
        """The row of the claim."""
        return CLAIM_KINDS[self.kind]

    @property
    def said(self) -> str:
        """What it is and how much, as it is read on a screen."""
        return f"{self.row.label} {format_yuan(self.fen or 0)} 元"


Way = tuple[Claim, ...]
"""Claims that go together: a result has several where the law lets the worker choose."""

_OFFICES: Final = ("arbitration", "inspection-complaint")
_PAY: Final = (*_OFFICES, "wage-demand")
_UNINSURED: Final = "单位没给您交工伤保险，才向单位要。交了的，向社保经办机构领。"

CLAIM_KINDS: Final = {
    row.code: row
    for row in (
        ClaimKind(code="wages", label="拖欠的工资", words="从{owed_since}起拖欠的工资",
                  articles="劳动合同法第三十条",
                  papers=(*_PAY, "payment-order", "wage-statement", "forced-resignation")),
        ClaimKind(code="overtime", label="加班工资", words="加班工资",
                  articles="劳动法第四十四条、劳动合同法第三十一条", papers=_PAY),
        ClaimKind(code="annual_leave", label="没休的年休假工资", words="未休年休假的工资报酬",
                  articles="职工带薪年休假条例第五条", papers=_PAY),
        ClaimKind(code="sick_pay", label="病假工资差额", words="病假工资的差额",
                  articles="劳部发〔1995〕309号第五十九条", mark="S", papers=_PAY),
        ClaimKind(code="probation_pay", label="试用期工资差额", words="试用期工资的差额",
                  articles="劳动合同法第二十条", papers=_PAY),
        ClaimKind(code="probation_damages", label="试用期太长的赔偿金",
                  words="违法约定试用期的赔偿金", articles="劳动合同法第八十三条", papers=_OFFICES),
        ClaimKind(code="double_pay", label="没签合同的双倍工资",
                  words="未订立书面劳动合同的二倍工资差额", articles="劳动合同法第八十二条"),
        ClaimKind(code="severance", label="经济补偿", words="经济补偿",
                  articles="劳动合同法第四十六条、第四十七条", papers=_OFFICES),
        ClaimKind(code="in_lieu", label="代通知金", words="没有提前三十日通知的一个月工资",
                  articles="劳动合同法第四十条", only_if="只有劳动合同法第四十条的三种情况才有。"),
        ClaimKind(code="damages", label="违法辞退的赔偿金",
                  words="违法解除（终止）劳动合同的赔偿金",
                  articles="劳动合同法第四十八条、第八十七条",
                  only_if="单位违法辞退，才要这一项。要了它，不再要经济补偿和代通知金。",
                  instead_of=("severance", "in_lieu")),
        ClaimKind(code="late_extra", label="拖着不付加付的赔偿金", words="逾期不支付而加付的赔偿金",
                  articles="劳动合同法第八十五条", papers=_OFFICES,
                  only_if="劳动部门责令过单位限期付，日子过了还没付，才有。"
                  "这里按最多的 100% 写，最后定多少看劳动部门和仲裁委。"),
        ClaimKind(code="injury_grant", label="一次性伤残补助金", words="一次性伤残补助金",
                  articles="工伤保险条例第三十五条至第三十七条、第六十二条", only_if=_UNINSURED),
        ClaimKind(code="injury_medical", label="一次性工伤医疗补助金", words="一次性工伤医疗补助金",
                  articles="工伤保险条例第三十六条、第三十七条、第六十二条", only_if=_UNINSURED),
        ClaimKind(code="injury_employment", label="一次性伤残就业补助金",
                  words="一次性伤残就业补助金", articles="工伤保险条例第三十六条、第三十七条",
                  only_if="5 级到 10 级、离开单位的时候，由单位付。"),
        ClaimKind(code="injury_leave_pay", label="停工留薪期的工资", words="停工留薪期的工资",
                  articles="工伤保险条例第三十三条"),
        ClaimKind(code="death_grant", label="一次性工亡补助金", words="一次性工亡补助金",
                  articles="工伤保险条例第三十九条、第六十二条", only_if=_UNINSURED),
        ClaimKind(code="funeral", label="丧葬补助金", words="丧葬补助金",
                  articles="工伤保险条例第三十九条、第六十二条", only_if=_UNINSURED),
    )
}  # fmt: skip
"""By code, in the order in which they stand on a paper."""

OF_INJURY: Final = frozenset(
    {"injury_grant", "injury_medical", "injury_employment", "injury_leave_pay"}
)
OF_DEATH: Final = frozenset({"death_grant", "funeral"})
"""What the family of a dead worker claims, not he himself."""


def claim_all(sums: Mapping[str, int | None]) -> Way:
    """Return the claims of these sums in fen, by kind, in their order; none of nothing."""
    return tuple(Claim(kind, fen) for kind in CLAIM_KINDS if (fen := sums.get(kind)))


def list_ways(*choices: Mapping[str, int | None]) -> tuple[Way, ...]:
    """Return the ways that a result leaves to the worker, without those that come to nothing."""
    return tuple(way for sums in choices if (way := claim_all(sums)))


def add_claims(before: Iterable[Claim], more: Iterable[Claim]) -> Way:
    """Return both together; the sums of one kind are added up."""
    sums: dict[str, int] = {}
    for claim in (*before, *more):
        sums[claim.kind] = sums.get(claim.kind, 0) + (claim.fen or 0)
    return claim_all(sums)


def replace_claims(before: Iterable[Claim], newer: Iterable[Claim]) -> Way:
    """Return both together; of one kind, the newer sum counts."""
    return claim_all({claim.kind: claim.fen for claim in (*before, *newer)})


def total_of(claims: Iterable[Claim]) -> int | None:
    """Return what the claims come to, in fen; None if the sum of one is not known."""
    sums = [claim.fen for claim in claims]
    return None if None in sums else sum(fen for fen in sums if fen)


def require_together(claims: Iterable[Claim]) -> None:
    """Raise NotAccepted if two claims exclude each other: 劳动合同法实施条例第二十五条."""
    kinds = {claim.kind for claim in claims}
    for claim in claims:
        for other in claim.row.instead_of:
            if other in kinds:
                raise NotAccepted(
                    f"“{claim.row.label}”和“{CLAIM_KINDS[other].label}”只能要一样，"
                    "请把其中一样的数删掉"
                )
