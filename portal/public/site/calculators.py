"""The calculators of the public: one table from which index, forms and results derive.

All figures stand in the address, so that a result can be opened again; nothing is stored, and
nothing that tells who somebody is may be asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from inspect import signature
from typing import Final

from portal.domain.calculators.benefits import sick_pay, unemployment_benefit
from portal.domain.calculators.claim_kinds import CLAIM_KINDS
from portal.domain.calculators.claim_sheet import CLAIM_QUESTIONS, sum_up_claims
from portal.domain.calculators.claims import STAGES, final_award, late_pay_extra, payment_order
from portal.domain.calculators.contracts import double_pay
from portal.domain.calculators.dismissal import NOTICES, REASON_CHOICES, dismissal_claim
from portal.domain.calculators.health import (
    LUMP_MONTHS,
    death_grant,
    injury_payment,
    sick_leave_period,
)
from portal.domain.calculators.probation import PROBATION_CONTRACTS, probation_claim
from portal.domain.calculators.questions import (
    CalculatorQuestion,
    Span,
    ask_choice,
    ask_day,
    ask_money,
    ask_number,
)
from portal.domain.calculators.results import CalculatorResult
from portal.domain.calculators.retirement import GROUPS, retirement_age
from portal.domain.calculators.self_test import TOWN_OR_COUNTRY, look_at_chances
from portal.domain.calculators.severance import severance_pay
from portal.domain.calculators.time_limits import (
    EMPLOYED,
    TIME_LIMITS,
    last_day_to_act,
    say_span,
    say_until,
)
from portal.domain.calculators.working_time import (
    PERIODS,
    comprehensive_overtime_pay,
    overtime_pay,
    unused_leave_pay,
)
from portal.domain.rules.limit_ends import find_limit_end
from portal.operations.office import Office
from site_src.portal_addresses import find_cards

FACTS: Final[dict[str, Callable[[Office], object]]] = {
    "today": Office.today,
    "rules": lambda office: office.rules,
    "lines": lambda office: office.rules.lines,
}
"""What a calculator may take, by the name of its argument, besides the answers."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One calculator. `asks` are named as the arguments of `calculate`; the rest are FACTS.

    `claims` are the kinds of claims that it may come to. `topic` is that of a question to the
    lawyer. `until` is the limit of law of what is claimed, and the question that names the day
    from which it runs, if one does.
    """

    slug: str
    title: str
    lead: str
    asks: tuple[CalculatorQuestion, ...]
    calculate: Callable[..., CalculatorResult]
    topic: str = ""
    claims: tuple[str, ...] = ()
    until: tuple[str, str] | None = None

    @property
    def cards(self) -> tuple[str, ...]:
        """The rights cards that lead here; the page leads on to the first."""
        return find_cards(f"/tools/{self.slug}")

    def facts(self, office: Office) -> dict[str, object]:
        """Return the arguments that are no answers."""
        return {name: FACTS[name](office) for name in self.wants}

    @property
    def wants(self) -> tuple[str, ...]:
        """The names of those arguments."""
        wanted = signature(self.calculate).parameters
        return tuple(name for name in FACTS if name in wanted)

    def say_until(self, office: Office, figures: Mapping[str, object]) -> str:
        """Say until when the law lets one claim it; how long, if no day is known."""
        if self.until is None:
            return ""
        code, name = self.until
        day = figures.get(name)
        end = find_limit_end(office.rules, code, day) if isinstance(day, date) else None
        return say_until(end, office.today()) if end else say_span(office.rules.legal_limit(code))


SHEET: Final = "claims"
"""The calculator that gathers what the others came to."""
_HOURS: Final = Span(0, 10_000, "小时", whole=False)
_YEARS: Final = Span(0, 70, "年")
_MONTHS: Final = Span(0, 120, "个月", whole=False)
_LOCAL: Final = ask_money(
    "local_average",
    "当地职工月平均工资多少元？",
    "填出事、离开的上一年的。打 12333 能问到，不知道就空着。",
    optional=True,
    local="average_wage_month",
)
_MINIMUM: Final = ask_money(
    "minimum_wage",
    "当地月最低工资多少元？",
    "填出事、离开那时的。打 12333 能问到，不知道就空着。",
    optional=True,
    local="minimum_wage_month",
)
_MINIMUM_NEEDED: Final = ask_money(
    "minimum_wage", "当地月最低工资多少元？", "打 12333 能问到。", local="minimum_wage_month"
)
_STARTED: Final = ask_day("started_on", "哪天到这家单位上班？", "比如 2021-03-01。")
_ENDED: Final = ask_day("ended_on", "哪天离开？", "比如 2024-07-10。还没走就填今天。")
_AVERAGE: Final = ask_money(
    "average_wage",
    "离开前每月平均工资多少元？",
    "前 12 个月应得的平均，奖金、津贴都算。没干满 12 个月的，按干了的月数平均。",
)
_WAGES_UNTIL: Final = ("arbitration_wages", "")
_CLAIMS_UNTIL: Final = ("arbitration", "")
_YES_NO: Final = (("yes", "是"), ("no", "不是"))
_SELF_TEST: Final = Tool(
    "self-test", "我能申请吗", "填几个数，先看看能不能申请困难帮扶。不用留姓名，也不保存。",
    (ask_money("income_month", "全家每月大概收入多少元？", "全家人的加起来。说不清就空着。",
               optional=True),
     ask_number("people", "一起生活的有几口人？", "连您自己也算。", Span(1, 30, "人")),
     ask_money("costs_year", "一年里看病、上学这些自己掏了多少元？",
               "报销以后自己掏的。没有填 0，说不清就空着。", optional=True),
     ask_choice("home", "家里的户口是城镇的还是农村的？", *TOWN_OR_COUNTRY)),
    look_at_chances,
)  # fmt: skip
_ALL: Final = (
    _SELF_TEST,
    Tool(
        "overtime", "算加班费", "平时 1.5 倍，休息日 2 倍，法定节假日 3 倍。",
        (ask_money("month_wage", "每月工资多少元？", "正常上班的工资，不含加班费。"),
         ask_number("workday_hours", "平时加班几小时？", "没有填 0。", _HOURS),
         ask_number("rest_day_hours", "休息日加班几小时？", "已经补休的不算。没有填 0。", _HOURS),
         ask_number("holiday_hours", "法定节假日加班几小时？", "没有填 0。", _HOURS)),
        overtime_pay, "hours_leave", ("overtime",), _WAGES_UNTIL,
    ),
    Tool(
        "comprehensive-hours", "算综合工时的加班费", "批准了综合工时的岗位，一个周期算一次。",
        (ask_money("month_wage", "每月工资多少元？", "正常上班的工资，不含加班费。"),
         ask_choice("period", "多久算一次？", *((code, row[0]) for code, row in PERIODS.items())),
         ask_number("worked_hours", "这段时间一共干了几小时？", "法定节假日的也算进去。", _HOURS),
         ask_number("holiday_hours", "其中法定节假日几小时？", "没有填 0。", _HOURS)),
        comprehensive_overtime_pay, "hours_leave", ("overtime",), _WAGES_UNTIL,
    ),
    Tool(
        "annual-leave", "算没休的年休假",
        "单位没让您休，每天还可以再要 2 天的工资。年中来的、走的，按天数折算。",
        (ask_number("total_years", "一共工作了满几年？", "所有单位的年头加起来。", _YEARS),
         ask_day("joined_on", "今年才来这家单位的，哪天来的？", "去年或者更早来的，空着。",
                 optional=True),
         ask_day("left_on", "已经离开的，哪天离开的？", "还在上班就空着。", optional=True),
         ask_number("taken_days", "那一年已经休了几天？", "在这家单位休的年休假。没有填 0。",
                    Span(0, 30, "天")),
         ask_money("average_wage", "每月平均工资多少元？", "前 12 个月的平均，不含加班费。")),
        unused_leave_pay, "hours_leave", ("annual_leave",),
        until=("arbitration", "left_on"),
    ),
    Tool(
        "severance", "算经济补偿和赔偿金", "被辞退、被裁员，看能拿几个月工资。",
        (_STARTED, _ENDED, _AVERAGE, _LOCAL, _MINIMUM),
        severance_pay, "dismissal", ("severance", "damages"),
        until=("arbitration", "ended_on"),
    ),
    Tool(
        "dismissal", "被辞退，能要什么", "看理由：一份补偿、加 1 个月，还是两倍，或者回去上班。",
        (ask_choice("reason", "为什么离开？", *REASON_CHOICES),
         ask_choice("notice", "单位提前 30 天书面通知了吗？", *NOTICES),
         _STARTED, _ENDED, _AVERAGE,
         ask_money("last_wage", "离开前的上一个月，工资多少元？"), _LOCAL, _MINIMUM),
        dismissal_claim, "dismissal", ("severance", "in_lieu", "damages"),
        until=("arbitration", "ended_on"),
    ),
    Tool(
        "probation", "算试用期该补多少", "试用期太长，超出的时间要赔；工资太低，要补。",
        (ask_choice("contract", "合同签了多久？", *PROBATION_CONTRACTS),
         ask_number("served", "试用期干了几个月？", "半个月填 0.5。", _MONTHS),
         ask_money("paid", "试用期每月工资多少元？"),
         ask_money("regular", "转正以后每月工资多少元？", "合同写的数。"), _MINIMUM),
        probation_claim, "dismissal", ("probation_damages", "probation_pay"), _CLAIMS_UNTIL,
    ),
    Tool(
        "double-pay", "算没签合同的双倍工资",
        "上班满 1 个月还没签，从第 2 个月起算，最多 11 个月。",
        (ask_day("started_on", "哪天到这家单位上班？", "比如 2025-03-01。"),
         ask_choice("ending", "后来签了吗？", ("signed", "补签了合同"), ("left", "没签，已经离开"),
                    ("working", "没签，还在上班")),
         ask_day("until", "补签或者离开是哪天？", "还在上班就空着。", optional=True),
         ask_money("month_wage", "每月工资多少元？")),
        double_pay, "dismissal", ("double_pay",),
    ),
    Tool(
        "work-injury", "算工伤伤残补助金", "按伤残等级，看一次性能拿多少。",
        (ask_choice("grade", "评了几级？", *((str(one), f"{one} 级") for one in LUMP_MONTHS)),
         ask_money("wage", "受伤前每月平均缴费工资多少元？",
                   "前 12 个月交工伤保险的工资。没交就填实际工资。"), _LOCAL, _MINIMUM,
         ask_number("medical_months", "离开单位时，一次性工伤医疗补助金几个月？",
                    "5 级到 10 级才有。空着就按本省的算。", _MONTHS, optional=True,
                    local="injury_medical_grant"),
         ask_number("employment_months", "离开单位时，一次性伤残就业补助金几个月？",
                    "5 级到 10 级才有。空着就按本省的算。", _MONTHS, optional=True,
                    local="injury_employment_grant")),
        injury_payment, "work_injury",
        ("injury_grant", "injury_medical", "injury_employment"), _CLAIMS_UNTIL,
    ),
    Tool(
        "death-grant", "算因工死亡补助金", "一次性工亡补助金，看出事故的上一年。",
        (ask_day("accident_on", "哪天出的事故？", "职业病填诊断那天。"), _LOCAL),
        death_grant, "work_injury", ("death_grant", "funeral"),
        until=("injury_claim_worker", "accident_on"),
    ),
    Tool(
        "sick-leave", "算医疗期", "生了病，看单位要给您留几个月。",
        (ask_number("total_years", "一共工作了满几年？", "所有单位的年头加起来。", _YEARS),
         ask_number("years_here", "在这家单位满几年？", "不满 1 年填 0。", _YEARS)),
        sick_leave_period, "hours_leave",
    ),
    Tool(
        "sick-pay", "算病假工资", "看病假工资有没有低过最低的线。",
        (ask_number("months", "病假几个月？", "半个月填 0.5。", _MONTHS),
         ask_money("paid", "病假期间每月发了多少元？", "没发填 0。"), _MINIMUM_NEEDED),
        sick_pay, "hours_leave", ("sick_pay",), _WAGES_UNTIL,
    ),
    Tool(
        "unemployment", "算失业金能领几个月", "按交了几年，最长 24 个月。",
        (ask_number("paid_years", "失业保险交满几年？", "单位给您交的。不满 1 年填 0。", _YEARS),
         ask_number("left_months", "前一次失业，还有几个月没领？", "没失过业、都领完了，填 0。",
                    Span(0, 24, "个月")),
         ask_money("month_benefit", "当地失业金每月多少元？", "打 12333 能问到。不知道就空着。",
                   optional=True, local="unemployment_benefit")),
        unemployment_benefit, "social_insurance",
    ),
    Tool(
        "late-pay", "算拖着不付加付的钱", "劳动部门责令以后还不付，另外加付 50% 到 100%。",
        (ask_money("owed", "欠多少元？", "工资、加班费、经济补偿，或者低于最低工资的差额。"),
         ask_choice("stage", "走到哪一步了？", *STAGES)),
        late_pay_extra, "unpaid_wages", ("late_extra",), _CLAIMS_UNTIL,
    ),
    Tool(
        "payment-order", "看能不能申请支付令", "欠条清楚、单位不争的，法院发支付令比打官司快。",
        (ask_money("owed", "欠多少元？"),
         ask_choice("proof", "有欠条、结算单这样写着数的东西吗？", *_YES_NO),
         ask_choice("disputed", "单位不认这个数，或者说您也欠它钱吗？", *_YES_NO),
         ask_choice("address", "知道单位现在在哪里吗？", *_YES_NO)),
        payment_order, "unpaid_wages", ("wages",), _WAGES_UNTIL,
    ),
    Tool(
        "final-award", "看仲裁是不是一裁终局", "小额的一裁就生效，单位一般不能再拖。一项一项比。",
        (ask_money("wages", "要工资多少元？", "没有填 0。"),
         ask_money("overtime", "要加班费多少元？", "没有就空着。", optional=True),
         ask_money("medical", "要工伤医疗费多少元？", "没有填 0。"),
         ask_money("severance", "要经济补偿多少元？", "没有填 0。"),
         ask_money("damages", "要违法辞退的赔偿金多少元？", "没有填 0。"),
         ask_money("double", "要没签合同的双倍工资多少元？", "没有就空着。", optional=True),
         _MINIMUM_NEEDED),
        final_award, "unpaid_wages",
    ),
    Tool(
        "retirement", "算退休年龄", "2025 年起慢慢往后延，看您是哪年哪月。",
        (ask_choice("group", "您是哪一种？", *((code, row.label) for code, row in GROUPS.items())),
         ask_number("birth_year", "哪一年出生？", "比如 1972。", Span(1930, 2015, "年")),
         ask_number("birth_month", "几月出生？", "填 1 到 12。", Span(1, 12, "月"))),
        retirement_age, "social_insurance",
    ),
    Tool(
        "time-limits", "算期限", "说说出了什么事、哪天、还在不在，看最后一天是哪天。",
        (ask_choice("what", "出了什么事？", *TIME_LIMITS),
         ask_choice("still_there", "还在这家单位上班吗？",
                    (EMPLOYED, "还在"), ("no", "已经离开")),
         ask_day("event_day", "从哪天开始算？",
                 "要工资：离开单位那天，还在上班就填欠薪那天。别的纠纷：知道单位不给、被辞退那天。"
                 "工伤：受伤、确诊那天。裁决书、判决书、鉴定、行政决定：收到那天。"),
         ask_day("asked_on", "后来要过钱、投诉过，或者单位答应过给吗？最近一次是哪天？",
                 "没有就空着。微信、短信、录音都行，要留着证据。", optional=True)),
        last_day_to_act, "unpaid_wages",
    ),
    Tool(
        SHEET, "把几笔钱写进一张申请书", "一项一项写上要多少，加起来，填进仲裁申请书这样的文书。",
        CLAIM_QUESTIONS, sum_up_claims, "unpaid_wages", tuple(CLAIM_KINDS), _CLAIMS_UNTIL,
    ),
)  # fmt: skip
TOOLS: Final = {tool.slug: tool for tool in _ALL}
