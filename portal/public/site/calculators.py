"""The calculators of the public: one table from which index, forms and results derive.

All figures stand in the address, so that a result can be opened again; nothing is stored, and
nothing that tells who somebody is may be asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Final

from portal.domain.calculators.contracts import double_pay, severance_pay
from portal.domain.calculators.health import LUMP_MONTHS, injury_payment, sick_leave_period
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
from portal.domain.calculators.self_test import look_at_chances
from portal.domain.calculators.time_limits import TIME_LIMITS, last_day_to_act
from portal.domain.calculators.working_time import overtime_pay, unused_leave_pay
from portal.operations.office import Office

FACTS: Final[dict[str, Callable[[Office], object]]] = {
    "today": Office.today,
    "rules": lambda office: office.rules,
    "lines": lambda office: office.rules.lines,
}
"""What a calculator may take, by the name of its argument, besides the answers."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One calculator. `asks` are named as the arguments of `calculate`; the rest are FACTS.

    `cards` are the rights cards that lead here; the page leads on to the first. `topic` is that of
    a question to the lawyer.
    """

    slug: str
    title: str
    lead: str
    asks: tuple[CalculatorQuestion, ...]
    calculate: Callable[..., CalculatorResult]
    cards: tuple[str, ...] = ()
    topic: str = ""

    def facts(self, office: Office) -> dict[str, object]:
        """Return the arguments that are no answers."""
        wanted = signature(self.calculate).parameters
        return {name: give(office) for name, give in FACTS.items() if name in wanted}


_HOURS: Final = Span(0, 10_000, "小时", whole=False)
_YEARS: Final = Span(0, 70, "年")
_LOCAL: Final = ask_money(
    "local_average", "当地职工月平均工资多少元？", "打 12333 能问到。不知道就空着。", optional=True
)
_SELF_TEST: Final = Tool(
    "self-test", "我能申请吗", "填三个数，先看看能不能申请困难帮扶。不用留姓名，也不保存。",
    (ask_money("income_month", "全家每月大概收入多少元？", "全家人的加起来。说不清就空着。",
               optional=True),
     ask_number("people", "一起生活的有几口人？", "连您自己也算。", Span(1, 30, "人")),
     ask_money("costs_year", "一年里看病、上学这些自己掏了多少元？",
               "报销以后自己掏的。没有填 0，说不清就空着。", optional=True)),
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
        overtime_pay, ("overtime",), "hours_leave",
    ),
    Tool(
        "annual-leave", "算没休的年休假", "单位没让您休，每天还可以再要 2 天的工资。",
        (ask_number("total_years", "一共工作了满几年？", "所有单位的年头加起来。", _YEARS),
         ask_number("unused_days", "今年有几天没休？", "只算一个年度。", Span(0, 15, "天")),
         ask_money("average_wage", "每月平均工资多少元？", "前 12 个月的平均，不含加班费。")),
        unused_leave_pay, ("annual-leave",), "hours_leave",
    ),
    Tool(
        "severance", "算经济补偿和赔偿金", "被辞退、被裁员，看能拿几个月工资。",
        (ask_day("started_on", "哪天到这家单位上班？", "比如 2021-03-01。"),
         ask_day("ended_on", "哪天离开？", "比如 2024-07-10。还没走就填今天。"),
         ask_money("average_wage", "离开前每月平均工资多少元？",
                   "前 12 个月的平均，奖金、津贴都算。"), _LOCAL),
        severance_pay, ("dismissal",), "dismissal",
    ),
    Tool(
        "double-pay", "算没签合同的双倍工资",
        "上班满 1 个月还没签，从第 2 个月起算，最多 11 个月。",
        (ask_day("started_on", "哪天到这家单位上班？", "比如 2025-03-01。"),
         ask_choice("ending", "后来签了吗？", ("signed", "补签了合同"), ("left", "没签，已经离开"),
                    ("working", "没签，还在上班")),
         ask_day("until", "补签或者离开是哪天？", "还在上班就填今天。"),
         ask_money("month_wage", "每月工资多少元？")),
        double_pay, ("no-written-contract",), "dismissal",
    ),
    Tool(
        "work-injury", "算工伤伤残补助金", "按伤残等级，看一次性能拿多少。",
        (ask_choice("grade", "评了几级？", *((str(one), f"{one} 级") for one in LUMP_MONTHS)),
         ask_money("wage", "受伤前每月平均缴费工资多少元？",
                   "前 12 个月交工伤保险的工资。没交就填实际工资。"), _LOCAL),
        injury_payment, ("work-injury",), "work_injury",
    ),
    Tool(
        "sick-leave", "算医疗期", "生了病，看单位要给您留几个月。",
        (ask_number("total_years", "一共工作了满几年？", "所有单位的年头加起来。", _YEARS),
         ask_number("years_here", "在这家单位满几年？", "不满 1 年填 0。", _YEARS)),
        sick_leave_period, ("sick-leave",), "hours_leave",
    ),
    Tool(
        "retirement", "算退休年龄", "2025 年起慢慢往后延，看您是哪年哪月。",
        (ask_choice("group", "您是哪一种？", *((code, row.label) for code, row in GROUPS.items())),
         ask_number("birth_year", "哪一年出生？", "比如 1972。", Span(1930, 2015, "年")),
         ask_number("birth_month", "几月出生？", "填 1 到 12。", Span(1, 12, "月"))),
        retirement_age, ("retirement",), "social_insurance",
    ),
    Tool(
        "time-limits", "算期限", "申请仲裁、报工伤、投诉、起诉，看最后一天是哪天。",
        (ask_choice("what", "要办什么事？",
                *((code, row.step) for code, row in TIME_LIMITS.items())),
         ask_day("event_day", "从哪天开始算？",
                 "仲裁：知道被侵害或者离开单位那天。工伤：受伤那天。起诉：收到裁决书那天。")),
        last_day_to_act, ("route-map",), "unpaid_wages",
    ),
)  # fmt: skip
TOOLS: Final = {tool.slug: tool for tool in _ALL}
