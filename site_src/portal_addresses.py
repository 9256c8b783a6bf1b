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
    "complain",
)
"""The first parts of the addresses of the forms."""

CHECKLISTS = ("apply", "schooling-aid", "medical-aid", "urgent-aid", "consult")
"""The forms that tell beforehand what to bring, at /papers-needed below their address."""

PORTAL = (*FORMS, "status", "search", "elder", "tools", "papers", "verify/check")
"""All that a link may begin with; no page of the site may stand there."""


@dataclass(frozen=True)
class Service:
    """What the portal has for readers: an address, a title, and in a sentence what it is for."""

    address: str
    title: str
    words: str


@dataclass(frozen=True)
class Offer(Service):
    """A service for the reader of these rights cards, the nearest first."""

    cards: tuple[str, ...]


_DISPUTED = (
    "unpaid-wages", "construction-wages", "no-written-contract", "overtime", "dismissal",
    "annual-leave", "probation", "minimum-wage", "labour-dispatch", "deposit-and-non-compete",
    "women-workers", "heat-allowance", "sick-leave", "job-transfer", "who-pays",
    "other-kinds-of-work", "work-injury-disputes", "route-map",
)  # fmt: skip
"""The cards on what an arbitration commission decides."""

_LIMITED = (
    "route-map", "work-injury", "occupational-disease", "social-insurance", "new-forms-of-work",
    *(card for card in _DISPUTED if card != "route-map"),
)  # fmt: skip
"""The cards on what the law lets one claim for a time only."""

SERVICES = (
    Service("/apply", "申请困难帮扶",
            "在网上填申请表：家里收入低，因病、因学、因意外过不下去的职工，申请困难补助、建档。"),
    Service("/schooling-aid", "申请助学帮扶", "在网上填申请表：孩子上高中、技校、大学交不起学费。"),
    Service("/medical-aid", "申请医疗帮扶", "在网上填申请表：家里有人生大病，医药费自己出得太多。"),
    Service("/urgent-aid", "申请临时救助", "只填五页：突然出了大事、眼下过不去，申请救急的钱。"),
    Service("/consult", "法律咨询", "在网上问律师，不收钱，不用留真名；也可以申请免费律师。"),
    Service("/find-work", "找工作、学手艺", "在网上登记，找活干、参加免费培训。"),
    Service("/my-data", "看、改、删我的信息", "看、更正、删除我们存着的您的个人信息，注销。"),
    Service("/objection", "对公示有意见", "公示名单里有不该领的人，在网上反映、举报，可以不留名。"),
    Service("/complain", "投诉工作人员",
            "投诉我们的工作人员：态度不好、拖着不办、要钱要东西，可以不留名，本人看不到。"),
    Service("/status", "查进度",
            "查申请、咨询办到哪一步了：填登记编号和查询码，看办理进度、律师的答复，补交材料，撤回。"),
    Service("/tools/", "算一算（计算器）",
            "网上计算器，一样一样试算：加班费、经济补偿、工伤、双倍工资、退休年龄、期限。"),
    Service("/papers/", "拿去用的文书（模板）",
            "文书模板，下载、打印空白的，或者填好再打印：申请书、投诉书、欠条、催款信、委托书。"),
)  # fmt: skip
"""What the search finds besides the pages of the site, the calculators and the papers."""

TOOLS_FOR_CARDS = (
    Offer("/tools/self-test", "我能申请吗",
          "填几个数，先看看能不能申请困难帮扶。不用留姓名，也不保存。", ()),
    Offer("/tools/overtime", "算加班费", "平时 1.5 倍，休息日 2 倍，法定节假日 3 倍。",
          ("overtime", "labour-dispatch")),
    Offer("/tools/comprehensive-hours", "算综合工时的加班费",
          "批准了综合工时的岗位，一个周期算一次。", ("overtime",)),
    Offer("/tools/annual-leave", "算没休的年休假",
          "单位没让您休，每天还可以再要 2 天的工资。年中来的、走的，按天数折算。",
          ("annual-leave",)),
    Offer("/tools/severance", "算经济补偿和赔偿金", "被辞退、被裁员，看能拿几个月工资。",
          ("dismissal", "unpaid-wages", "job-transfer", "social-insurance", "sick-leave",
           "labour-dispatch")),
    Offer("/tools/dismissal", "被辞退，能要什么",
          "看理由：一份补偿、加 1 个月，还是两倍，或者回去上班。",
          ("dismissal", "job-transfer", "women-workers", "sick-leave", "probation")),
    Offer("/tools/probation", "算试用期该补多少", "试用期太长，超出的时间要赔；工资太低，要补。",
          ("probation",)),
    Offer("/tools/double-pay", "算没签合同的双倍工资",
          "上班满 1 个月还没签，从第 2 个月起算，最多 11 个月。", ("no-written-contract",)),
    Offer("/tools/work-injury", "算工伤伤残补助金", "按伤残等级，看一次性能拿多少。",
          ("work-injury", "work-injury-disputes", "occupational-disease")),
    Offer("/tools/death-grant", "算因工死亡补助金", "一次性工亡补助金，看出事故的上一年。",
          ("work-injury", "work-injury-disputes")),
    Offer("/tools/sick-leave", "算医疗期", "生了病，看单位要给您留几个月。", ("sick-leave",)),
    Offer("/tools/sick-pay", "算病假工资", "看病假工资有没有低过最低的线。", ("sick-leave",)),
    Offer("/tools/unemployment", "算失业金能领几个月", "按交了几年，最长 24 个月。",
          ("unemployment-insurance", "dismissal", "retirement")),
    Offer("/tools/late-pay", "算拖着不付加付的钱",
          "劳动部门责令以后还不付，另外加付 50% 到 100%。",
          ("unpaid-wages", "minimum-wage", "overtime", "construction-wages", "who-pays")),
    Offer("/tools/payment-order", "看能不能申请支付令",
          "欠条清楚、单位不争的，法院发支付令比打官司快。",
          ("unpaid-wages", "construction-wages", "who-pays")),
    Offer("/tools/final-award", "看仲裁是不是一裁终局",
          "小额的一裁就生效，单位一般不能再拖。一项一项比。",
          ("unpaid-wages", "route-map", "dismissal")),
    Offer("/tools/retirement", "算退休年龄", "2025 年起慢慢往后延，看您是哪年哪月。",
          ("retirement", "unemployment-insurance")),
    Offer("/tools/time-limits", "算期限", "说说出了什么事、哪天、还在不在，看最后一天是哪天。",
          _LIMITED),
    Offer("/tools/claims", "把几笔钱写进一张申请书",
          "一项一项写上要多少，加起来，填进仲裁申请书这样的文书。",
          ("route-map", "unpaid-wages", "dismissal", "work-injury-disputes")),
)  # fmt: skip
"""The calculators, said as in their table; each leads on to the first of its cards."""

PAPERS_TO_TAKE = (
    Offer("/papers/#wage-demand", "催要工资函", "写信向单位要工资，留下“我要过钱”的证据。",
          ("unpaid-wages", "construction-wages", "minimum-wage", "overtime", "who-pays",
           "job-transfer", "other-kinds-of-work")),
    Offer("/papers/#wage-statement", "工资结算确认单（欠条）",
          "和单位对清欠多少工资，请单位签字盖章，当欠条用。",
          ("unpaid-wages", "construction-wages", "who-pays", "other-kinds-of-work")),
    Offer("/papers/#inspection-complaint", "劳动保障监察投诉书",
          "请劳动监察去查单位：欠薪、加班不给钱、不签合同、押证件。不收费。",
          ("unpaid-wages", "construction-wages", "overtime", "minimum-wage", "heat-allowance",
           "deposit-and-non-compete", "no-written-contract", "child-labour", "women-workers",
           "social-insurance", "labour-dispatch", "who-pays", "job-transfer",
           "other-kinds-of-work", "route-map")),
    Offer("/papers/#arbitration", "劳动人事争议仲裁申请书",
          "请仲裁委员会裁决：让单位付工资、补偿、赔偿。不收费。", _DISPUTED),
    Offer("/papers/#evidence-list", "证据清单", "把证据一样一样编上号，写明每样证明什么。",
          (*_DISPUTED, "work-injury")),
    Offer("/papers/#payment-order", "支付令申请书",
          "欠的工资双方都认，请法院直接发支付令，让单位付钱。",
          ("unpaid-wages", "construction-wages", "who-pays")),
    Offer("/papers/#forced-resignation", "被迫解除劳动合同通知书",
          "单位欠薪、不交社保，您不得不走：写明原因再走，才能要经济补偿。",
          ("unpaid-wages", "social-insurance", "job-transfer")),
    Offer("/papers/#injury-claim", "工伤认定申请表",
          "单位不报工伤，您自己、家人或者工会可以去申请认定。不收费。",
          ("work-injury", "occupational-disease", "work-injury-disputes")),
    Offer("/papers/#power-of-attorney", "授权委托书",
          "请别人（律师、家人、工友代表）替您去办仲裁、打官司。",
          ("route-map", "work-injury", "unpaid-wages", "dismissal", "who-pays",
           "work-injury-disputes")),
)  # fmt: skip
"""The papers to take along, said as in the table of legal papers."""


def find_cards(address: str) -> tuple[str, ...]:
    """Return the rights cards that lead to a calculator or a paper, the nearest first."""
    offers = (*TOOLS_FOR_CARDS, *PAPERS_TO_TAKE)
    return next((offer.cards for offer in offers if offer.address == address), ())
