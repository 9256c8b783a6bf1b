"""The last day of a limit of law（仲裁、工伤、投诉、起诉）from the day that it runs from."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from portal.domain.calculators.results import Basis, CalculatorResult, Certainty, add_months
from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.working_days import end_of_legal_limit
from portal.domain.shared.dates import format_date


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """What must be done, counted from which day, within how many `days` or `years`."""

    step: str
    event: str
    law: str
    days: int = 0
    years: int = 0

    def last_day(self, event_day: date) -> date:
        """Return the last day before a day off is looked at; the event's own day does not count."""
        return add_months(event_day + timedelta(days=self.days), 12 * self.years)


TIME_LIMITS: Final = {
    "arbitration": TimeLimit("申请劳动仲裁", "知道自己的权利受侵害那天",
                         "劳动争议调解仲裁法第二十七条第一款", years=1),
    "arbitration_wages": TimeLimit("离开单位后，为欠薪申请仲裁", "离开单位那天",
                               "劳动争议调解仲裁法第二十七条第四款", years=1),
    "injury_claim_employer": TimeLimit("单位申请工伤认定", "受伤或者诊断为职业病那天",
                                   "工伤保险条例第十七条", days=30),
    "injury_claim_worker": TimeLimit("自己、家人或者工会申请工伤认定", "受伤或者诊断为职业病那天",
                                 "工伤保险条例第十七条", years=1),
    "lawsuit_after_award": TimeLimit("对仲裁结果不服，去法院起诉", "收到裁决书那天",
                                 "劳动争议调解仲裁法第四十八条、第五十条", days=15),
    "inspection_complaint": TimeLimit("向劳动监察投诉",
                                      "违法行为发生那天；一直没停的，从停的那天算",
                                  "劳动保障监察条例第二十条", years=2),
}  # fmt: skip


def last_day_to_act(what: str, event_day: date, today: date, rules: Rulebook) -> CalculatorResult:
    """Tell the last day of one of TIME_LIMITS, and how far away it is."""
    limit = TIME_LIMITS[what]
    counted = limit.last_day(event_day)
    end = end_of_legal_limit(rules.calendar, counted)
    last = end.last
    span = f"{limit.days} 天" if limit.days else f"{limit.years} 年"
    moved = (
        [f"{format_date(counted)}是休息日，顺延到{format_date(last)}。"] if last > counted else []
    )
    if end.act_by < last:
        moved = [
            f"{last.year}年怎么放假还没有公布，这一天可能休息。"
            f"请在{format_date(end.act_by)}以前办。"
        ]
    left = (last - today).days
    return CalculatorResult(
        f"最后一天是{format_date(last)}",
        (
            f"{limit.step}：从{limit.event}起 {span}。",
            f"{format_date(event_day)}这一天不算，往后数 {span}，到{format_date(counted)}。",
            *moved,
            f"离今天还有 {left} 天。越早办越好。"
            if left >= 0
            else f"照这样算，已经过了 {-left} 天。先别放弃：期间要过钱、投诉过，"
            "期限可能重新算。请马上来问。",
        ),
        (
            Basis(limit.law),
            Basis("民法典第二百零一条至第二百零三条（期间的计算）", Certainty.KNOWN),
        ),
        (
            "中间没有要过钱、投诉过，单位也没有答应过。有的话，期限可能从那天重新算。",
            "填的日子是真正开始算的那天。拿不准，就按早的那天算。",
        ),
    )
