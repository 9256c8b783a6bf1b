"""The addresses that the portal answers, as far as pages of the site may lead there."""

from dataclasses import dataclass

FORMS = (
    "apply",
    "schooling-aid",
    "medical-aid",
    "urgent-aid",
    "consult",
    "find-work",
    "my-data",
    "objection",
)
"""The first parts of the addresses of the forms."""

CHECKLISTS = ("apply", "schooling-aid", "medical-aid", "urgent-aid", "consult")
"""The forms that tell beforehand what to bring, at /papers-needed below their address."""

PORTAL = (*FORMS, "status", "search", "elder", "tools", "papers", "verify/check")
"""All that a link may begin with; no page of the site may stand there."""


@dataclass(frozen=True)
class Offer:
    """Something that the portal has for the reader of these rights cards: an address, a title."""

    address: str
    title: str
    cards: tuple[str, ...]


TOOLS_FOR_CARDS = (
    Offer("/tools/overtime", "算加班费", ("overtime",)),
    Offer("/tools/comprehensive-hours", "算综合工时的加班费", ("overtime",)),
    Offer("/tools/annual-leave", "算没休的年休假", ("annual-leave",)),
    Offer("/tools/severance", "算经济补偿和赔偿金", ("dismissal",)),
    Offer("/tools/dismissal", "被辞退，能要什么", ("dismissal",)),
    Offer("/tools/probation", "算试用期该补多少", ("probation",)),
    Offer("/tools/double-pay", "算没签合同的双倍工资", ("no-written-contract",)),
    Offer("/tools/work-injury", "算工伤伤残补助金", ("work-injury",)),
    Offer("/tools/death-grant", "算因工死亡补助金", ("work-injury",)),
    Offer("/tools/sick-leave", "算医疗期", ("sick-leave",)),
    Offer("/tools/sick-pay", "算病假工资", ("sick-leave",)),
    Offer("/tools/unemployment", "算失业金能领几个月", ("unemployment-insurance",)),
    Offer("/tools/late-pay", "算拖着不付加付的钱", ("unpaid-wages", "minimum-wage", "overtime")),
    Offer("/tools/payment-order", "看能不能申请支付令", ("unpaid-wages", "construction-wages")),
    Offer("/tools/final-award", "看仲裁是不是一裁终局", ("unpaid-wages", "route-map")),
    Offer("/tools/retirement", "算退休年龄", ("retirement",)),
    Offer("/tools/time-limits", "算期限", ("route-map",)),
    Offer("/tools/claims", "把几笔钱写进一张申请书", ("route-map",)),
)  # fmt: skip
"""The calculators that a card leads to, as the table of calculators has them."""

_DISPUTED = (
    "unpaid-wages", "construction-wages", "no-written-contract", "overtime", "dismissal",
    "annual-leave", "probation", "minimum-wage", "labour-dispatch", "deposit-and-non-compete",
    "women-workers", "heat-allowance", "sick-leave", "route-map",
)  # fmt: skip
"""The cards on what an arbitration commission decides."""

PAPERS_TO_TAKE = (
    Offer("/papers/#wage-demand", "催要工资函",
          ("unpaid-wages", "construction-wages", "minimum-wage", "overtime")),
    Offer("/papers/#wage-statement", "工资结算确认单（欠条）",
          ("unpaid-wages", "construction-wages")),
    Offer("/papers/#inspection-complaint", "劳动保障监察投诉书",
          ("unpaid-wages", "construction-wages", "overtime", "minimum-wage", "heat-allowance",
           "deposit-and-non-compete", "no-written-contract", "child-labour", "women-workers",
           "social-insurance", "labour-dispatch", "route-map")),
    Offer("/papers/#arbitration", "劳动人事争议仲裁申请书",
          _DISPUTED),
    Offer("/papers/#evidence-list", "证据清单",
          (*_DISPUTED, "work-injury")),
    Offer("/papers/#payment-order", "支付令申请书", ("unpaid-wages", "construction-wages")),
    Offer("/papers/#forced-resignation", "被迫解除劳动合同通知书",
          ("unpaid-wages", "social-insurance")),
    Offer("/papers/#injury-claim", "工伤认定申请表", ("work-injury", "occupational-disease")),
    Offer("/papers/#power-of-attorney", "授权委托书",
          ("route-map", "work-injury", "unpaid-wages", "dismissal")),
)  # fmt: skip
"""The papers to take along that a card leads to, titled as in the table of legal papers."""
