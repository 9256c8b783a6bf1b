"""What is due when the employer ends the work: N, N and pay in lieu（代通知金）, or 2N."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import Basis, CalculatorResult, say_amount
from portal.domain.calculators.severance import (
    severance_assumptions,
    severance_law,
    work_out_severance,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the work ended: how employers say it, the rule, and what is due under it.

    `severance`: compensation（N）; `in_lieu`: a month's pay if 30 days' notice was not given, which
    only the three cases of art. 40 know; `unlawful`: 2N or going back to work. `most_old`: how many
    months the years before 2008 count at most（劳部发〔1994〕481号第五条、第七条）; contracts that
    expired have been paid for since 2008 only（Labour Contract Law 97③）. `more`: what else;
    `doubt`: when it is unlawful all the same.
    """

    words: str
    rule: str
    article: str
    severance: bool = True
    in_lieu: bool = False
    unlawful: bool = False
    most_old: int | None = None
    more: str = ""
    doubt: str = "单位拿不出理由的证据，或者没走该走的步骤，就是违法辞退"


_CARE: Final = (
    "病得重的，有的地方还要给医疗补助费，一般不少于 6 个月工资。各地不一样，还没核对，请先问我们。"
)
_WANTED_TO_STAY: Final = (
    "签过两次固定期限合同，或者干满 10 年，您要续签、单位不签的，可能是违法终止（第十四条）"
)
_NOT_PERSONAL: Final = (
    "单位欠薪、没交社保的，先别写“个人原因”辞职：书面写明是因为这些才走，就有经济补偿"
    "（第三十八条）。"
)
DISMISSAL_REASONS: Final = {
    "ill": Reason("病没好：医疗期满了，还干不了，换个活也干不了", "医疗期满，第四十条第一项",
                  "劳动合同法第四十条第一项", in_lieu=True, more=_CARE),
    "unfit": Reason("说我不能胜任：培训过或者换过岗，还是不行", "不能胜任，第四十条第二项",
                    "劳动合同法第四十条第二项", in_lieu=True, most_old=12),
    "changed": Reason("情况大变了（搬迁、合并），合同干不下去，商量不成", "情况重大变化，"
                      "第四十条第三项", "劳动合同法第四十条第三项", in_lieu=True),
    "layoff": Reason("裁员：单位一次裁很多人，按程序报告过", "裁员，第四十一条",
                     "劳动合同法第四十一条"),
    "agreed": Reason("单位先提出来，双方商量好了走", "协商解除，第三十六条",
                     "劳动合同法第三十六条、第四十六条第二项", most_old=12),
    "expired": Reason("合同到期，单位不续签，或者续签的条件更差", "到期终止，第四十四条第一项",
                      "劳动合同法第四十四条第一项、第四十六条第五项", most_old=0,
                      doubt=_WANTED_TO_STAY),
    "forced": Reason("单位欠薪、不交社保，我因此书面提出走的", "被迫解除，第三十八条",
                     "劳动合同法第三十八条、第四十六条第一项"),
    "fault": Reason("说我严重违反规章、造成重大损失，而且拿得出证据", "过错解除，第三十九条",
                    "劳动合同法第三十九条", severance=False),
    "resigned": Reason("我自己不想干了", "自己辞职，第三十七条", "劳动合同法第三十七条",
                       severance=False, more=_NOT_PERSONAL),
    "protected": Reason("在医疗期、怀孕、生育、哺乳，工伤丧失劳动能力，"
                        "或者干满 15 年离退休不到 5 年，却被辞退",
                        "不许辞退的人，第四十二条", "劳动合同法第四十二条", unlawful=True),
    "none": Reason("没有说理由，或者只说“不用来了”，或者理由拿不出证据", "没有法律写的理由",
                   "劳动合同法第四十八条", unlawful=True),
}  # fmt: skip
_NO_LIEU: Final = (
    "没提前 30 天通知就多付 1 个月工资，只有三种情况才有：病没好、不能胜任、情况大变（第四十条）。"
    "您这一种没有。"
)
_ASSUMPTIONS: Final = (
    "理由由单位举证（审理劳动争议案件解释（一）第四十四条）。",
    "最后算哪一种，看证据。签字以前先来问我们。",
)
_BY_WORKER: Final = frozenset({"agreed", "forced", "resigned"})
"""Where the worker took part in the end, so that it cannot be an unlawful dismissal."""
REASON_CHOICES: Final = tuple((code, row.words) for code, row in DISMISSAL_REASONS.items())
_IN_LIEU_LAW: Final = Basis("劳动合同法实施条例第二十条（按上个月的工资）")
NOTICES: Final = (("yes", "提前 30 天书面告诉了我"), ("no", "没有"))


def dismissal_claim(
    reason: str,
    notice: str,
    started_on: date,
    ended_on: date,
    average_wage: int,
    last_wage: int,
    local_average: int | None,
    minimum_wage: int | None = None,
) -> CalculatorResult:
    """Tell what is due for one of DISMISSAL_REASONS; wages in fen per month.

    Raise NotAccepted if days are turned.
    """
    row = DISMISSAL_REASONS[reason]
    found = work_out_severance(
        started_on, ended_on, average_wage, local_average, minimum_wage, row.most_old
    )
    pay = found.parted if row.severance else 0
    lieu = last_wage if row.in_lieu and notice == "no" else 0
    due = found.damages if row.unlawful else pay + lieu
    may_be_unlawful = row.unlawful or reason not in _BY_WORKER
    return CalculatorResult(
        _say_title(row, due, lieu),
        (
            f"您选的是：{row.rule}。",
            *(found.sentences if row.severance else ()),
            *_say_ways(row, found.damages),
            *(_say_lieu(pay, lieu) if row.in_lieu else (_NO_LIEU,)),
            *([row.more] if row.more else []),
            *([_say_doubt(row, found.damages)] if may_be_unlawful and not row.unlawful else []),
        ),
        (Basis(row.article), *severance_law(started_on), _IN_LIEU_LAW),
        (*_ASSUMPTIONS, *severance_assumptions(started_on, local_average, minimum_wage)),
        list_ways(
            {} if row.unlawful else {"severance": pay, "in_lieu": lieu},
            {"damages": found.damages} if may_be_unlawful else {},
        ),
    )  # fmt: skip


def _say_lieu(pay: int, lieu: int) -> tuple[str, ...]:
    if not lieu:
        return ()
    return (
        f"没有提前 30 天书面通知，多付 1 个月，按上个月的工资：{say_amount(lieu)}。"
        f"一共 {say_amount(pay)} + {say_amount(lieu)} = {say_amount(pay + lieu)}。",
    )


def _say_doubt(row: Reason, damages: int) -> str:
    return f"{row.doubt}，至少是 {say_amount(damages)}，或者要求回去上班。"


def _say_title(row: Reason, due: int, lieu: int) -> str:
    if row.unlawful:
        return f"违法辞退：赔偿金至少 {say_amount(due)}，或者要求回去上班"
    if not due:
        return "这种情况一般没有补偿"
    return f"补偿加代通知金 {say_amount(due)}" if lieu else f"经济补偿 {say_amount(due)}"


def _say_ways(row: Reason, damages: int) -> tuple[str, ...]:
    if not row.unlawful:
        return ()
    return (
        "两条路选一条。第一条：要求继续履行合同，回去上班，耽误的工资找单位要。",
        f"第二条：不回去了，要赔偿金，是经济补偿的 2 倍：{say_amount(damages)}。"
        "拿了赔偿金，不再另给补偿，也不再另给代通知金。",
    )
