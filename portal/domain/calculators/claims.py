"""What a claim for money leads to: final award（一裁终局）, extra for late pay, payment order."""

from fractions import Fraction
from typing import Final

from portal.domain.calculators.claim_kinds import list_ways
from portal.domain.calculators.results import (
    Basis,
    CalculatorResult,
    Certainty,
    round_to_fen,
    say_amount,
)
from portal.domain.shared.errors import NotAccepted

_MONTHS: Final = 12
_LEAST_EXTRA, _MOST_EXTRA = 50, 100
_NOTHING_OWED: Final = "欠的钱填了 0。请填欠您多少元"
_STRAIGHT: Final = (
    "还有一条路：手里有单位写的工资欠条，只要欠条上的钱、不牵扯别的，可以不仲裁，直接去法院起诉。"
)
STAGES: Final = (
    ("none", "还没有去劳动部门投诉"),
    ("ordered", "劳动部门责令付了，限的日子还没到"),
    ("late", "限的日子过了，单位还是没付"),
)


def final_award(
    wages: int,
    medical: int,
    severance: int,
    damages: int,
    minimum_wage: int,
    overtime: int | None = None,
    double: int | None = None,
) -> CalculatorResult:
    """Tell for each claimed item whether its award is final for the employer; all in fen.

    An item is final up to 12 months of the minimum wage, each for itself: 调解仲裁法第四十七条,
    办案规则第五十条. Raise NotAccepted if nothing is claimed.
    """
    line = minimum_wage * _MONTHS
    items = {"工资": wages, "加班费": overtime, "工伤医疗费": medical}
    items |= {"经济补偿": severance, "赔偿金": damages, "双倍工资": double}
    claimed = [(name, amount) for name, amount in items.items() if amount]
    if not claimed:
        raise NotAccepted("一项钱都没有填。请至少填一项要多少")
    final = [name for name, amount in claimed if amount <= line]
    return CalculatorResult(
        _say_final(final, len(claimed)),
        (
            f"界线：当地月最低工资 {say_amount(minimum_wage)} × 12 个月 = {say_amount(line)}。"
            "一项一项比，不加在一起。",
            *(_say_item(name, amount, line) for name, amount in claimed),
            "一裁终局的，您不服照样可以在收到裁决书 15 天内起诉；单位只能在 30 天内申请法院撤销。",
        ),
        (
            Basis("劳动争议调解仲裁法第四十七条至第四十九条"),
            Basis("劳动人事争议仲裁办案规则第五十条（一项一项比，双倍工资和赔偿金也在内）"),
            Basis("审理劳动争议案件解释（一）第十九条"),
        ),
        (
            "看的是仲裁裁决每一项的数，不是您开口要的数。裁决书写成几项，就按几项比。",
            "最低工资是裁决那时当地的月最低工资。",
        ),
    )  # fmt: skip


def _say_final(final: list[str], claimed: int) -> str:
    if len(final) == claimed:
        return "每一项都是一裁终局"
    return f"一裁终局的：{'；'.join(final)}" if final else "没有一项是一裁终局"


def _say_item(name: str, amount: int, line: int) -> str:
    if amount <= line:
        return f"{name} {say_amount(amount)}，没有超过界线：裁决作出就生效，单位一般不能再起诉。"
    return f"{name} {say_amount(amount)}，超过了界线：双方都可以在收到裁决书 15 天内起诉。"


def late_pay_extra(owed: int, stage: str) -> CalculatorResult:
    """Tell the extra for wages, overtime or severance that stay unpaid after an order, in fen.

    50 to 100 percent, only once the day set in the order has passed: Labour Contract Law art. 85.
    Raise NotAccepted if nothing is owed.
    """
    if not owed:
        raise NotAccepted(_NOTHING_OWED)
    least, most = round_to_fen(Fraction(owed * _LEAST_EXTRA, 100)), owed * _MOST_EXTRA // 100
    due = stage == "late"
    span = f"{say_amount(least)} 到 {say_amount(most)}"
    steps = {
        "none": "先去劳动监察大队投诉，请他们责令单位限期付清。没有这一步，一般要不到这笔钱。",
        "ordered": "等限的日子。到期还不付，就可以要；责令的文书请留好，写着哪天到期。",
        "late": "已经满足条件。请劳动部门再责令加付，或者带着责令的文书去申请仲裁。",
    }
    return CalculatorResult(
        f"可以加要 {span}" if due else f"现在还不能加要；以后最多 {say_amount(most)}",
        (
            steps[stage],
            f"少的：{say_amount(owed)} × 50% = {say_amount(least)}。",
            f"多的：{say_amount(owed)} × 100% = {say_amount(most)}。",
            "具体百分之几，由劳动部门在 50% 到 100% 之间定。欠的本钱照付，不在里面。",
        ),
        (Basis("劳动合同法第八十五条"), Basis("劳动保障监察条例第二十六条")),
        (
            "欠的是工资、加班费、经济补偿，或者低于最低工资的差额。",
            "双倍工资、违法辞退的赔偿金不在这一条里。",
        ),
        list_ways({"late_extra": most}) if due else (),
    )


def payment_order(owed: int, proof: str, disputed: str, address: str) -> CalculatorResult:
    """Tell whether a payment order（支付令）fits, and what it takes; `owed` in fen.

    Raise NotAccepted if nothing is owed.
    """
    if not owed:
        raise NotAccepted(_NOTHING_OWED)
    lacks = [
        words
        for missing, words in (
            (proof == "no", "缺能证明欠多少的东西：先请单位写欠条、对账单，或者在聊天里认下数"),
            (disputed == "yes", "单位不认，或者说您也欠它：一提异议支付令就没用了，直接申请仲裁"),
            (address == "no", "不知道单位在哪里：支付令要能送到单位手里"),
        )
        if missing
    ]
    return CalculatorResult(
        "还不合适申请支付令" if lacks else f"可以为 {say_amount(owed)} 申请支付令",
        (
            *(f"{words}。" for words in lacks),
            "要带：申请书（写明要多少、凭什么）、身份证、欠条或者结算单、单位的全名和地址。",
            "交到单位所在地的基层法院。法院收下以后 15 天内发支付令。",
            "单位收到 15 天内，要么付钱，要么书面提出异议。不付也不提，就可以申请强制执行。",
            "单位提了异议，支付令就失效。欠薪的事再去申请劳动仲裁，仲裁的期限别耽误。",
            *([_STRAIGHT] if proof == "yes" else []),
        ),
        (
            Basis("劳动合同法第三十条"),
            Basis("民事诉讼法第二百二十五条至第二百二十八条"),
            Basis("审理劳动争议案件解释（一）第十三条", Certainty.KNOWN),
            Basis("审理劳动争议案件解释（一）第十五条（凭欠条直接起诉）"),
        ),
        (
            "要的是到期的工资，数目说得清，您不欠单位的钱。",
            "法院要收申请费，比打官司少；先问法院多少、能不能缓交。",
        ),
        list_ways({"wages": owed}),
    )
