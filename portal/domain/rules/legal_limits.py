"""Limits of law for the worker's own steps: from which day, how long, and what moves them.

A limit that is told too late costs a claim. So it is only ever moved over days off where the
arrangement of that year is known, and begins anew only where the law says so for that limit.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portal.domain.rules.working_days import Calendar, end_of_legal_limit
from portal.domain.shared.dates import add_months, format_date


class Moving(StrEnum):
    """What makes a limit end later than it was counted."""

    BEGINS_ANEW = "begins_anew"
    """Demands, complaints and promises interrupt it; hindrances suspend it."""
    LEAVES_OUT = "leaves_out"
    """Only time lost for reasons not the worker's own is left out."""
    FIXED = "fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalLimit:
    """What must be done, from which event, within how long; `moved_by` is the rule of `moving`.

    `needs_end`: does not run while the worker is still employed there.
    """

    step: str
    event: str
    law: str
    moving: Moving
    moved_by: str
    days: int = 0
    months: int = 0
    needs_end: bool = False

    @property
    def span(self) -> str:
        """The length in words."""
        if self.days:
            return f"{self.days} 天"
        return f"{self.months} 个月" if self.months % 12 else f"{self.months // 12} 年"

    def count(self, start: date) -> date:
        """Return the last day, before days off are looked at; the first does not count.

        Civil Code art. 201, 202.
        """
        return add_months(start + timedelta(days=self.days), self.months)


_DEMAND: Final = (
    "劳动争议调解仲裁法第二十七条第二款、第三款：书面要过、投诉过，或者单位答应过给，从那天重新算；"
    "因为不可抗力等正当理由没法申请的时间，停下来不算"
)
_NOT_HIS: Final = (
    "工伤保险条例第十七条、法释〔2014〕9号第七条：只有不是自己原因耽误的时间才扣掉，"
    "比如被强制扣留、单位造成的、为劳动关系打官司"
)
LEGAL_LIMITS: Final = {
    "arbitration_wages": LegalLimit(
        step="被欠工资，申请劳动仲裁", event="离开单位那天", months=12, needs_end=True,
        law="劳动争议调解仲裁法第二十七条第四款", moving=Moving.BEGINS_ANEW, moved_by=_DEMAND),
    "arbitration": LegalLimit(
        step="别的劳动纠纷（双倍工资、赔偿等），申请劳动仲裁", event="知道自己的权利受侵害那天",
        months=12, law="劳动争议调解仲裁法第二十七条第一款",
        moving=Moving.BEGINS_ANEW, moved_by=_DEMAND),
    "injury_claim_employer": LegalLimit(
        step="单位申请工伤认定", event="受伤或者诊断为职业病那天", days=30,
        law="工伤保险条例第十七条", moving=Moving.LEAVES_OUT,
        moved_by="工伤保险条例第十七条：遇有特殊情况，报社保行政部门同意，可以适当延长"),
    "injury_claim_worker": LegalLimit(
        step="自己、家人或者工会申请工伤认定", event="受伤或者诊断为职业病那天", months=12,
        law="工伤保险条例第十七条", moving=Moving.LEAVES_OUT, moved_by=_NOT_HIS),
    "lawsuit_after_award": LegalLimit(
        step="对仲裁结果不服，去法院起诉", event="收到裁决书那天", days=15,
        law="劳动争议调解仲裁法第四十八条、第五十条", moving=Moving.FIXED,
        moved_by="劳动争议调解仲裁法第四十八条、第五十条：过了不起诉，裁决书就生效"),
    "inspection_complaint": LegalLimit(
        step="向劳动监察投诉", event="违法行为发生那天；一直没停的，从停的那天算", months=24,
        law="劳动保障监察条例第二十条", moving=Moving.FIXED,
        moved_by="劳动保障监察条例第二十条：只看违法行为哪天发生、哪天停，跟单位要钱不算投诉"),
    "administrative_review": LegalLimit(
        step="对工伤认定决定不服，申请行政复议", event="收到决定书那天", days=60,
        law="行政复议法第二十条", moving=Moving.LEAVES_OUT,
        moved_by="行政复议法第二十条：因为不可抗力等正当理由耽误的，障碍消除那天起接着算"),
    "administrative_lawsuit": LegalLimit(
        step="对工伤认定决定不服，去法院起诉", event="收到决定书那天", months=6,
        law="行政诉讼法第四十六条", moving=Moving.LEAVES_OUT,
        moved_by="行政诉讼法第四十八条：不是自己原因耽误的时间，不算在里面"),
}  # fmt: skip
"""By the code of the table of deadlines, which says the same lengths; the public can ask for
each."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of a limit, and the day to act by; `counted` is before days off."""

    counted: date
    act_by: date
    why: str = ""


def find_last_day(calendar: Calendar, limit: LegalLimit, start: date) -> LastDay:
    """Return the last day of a limit that runs from `start`.

    A day off moves it to the next working day（民法典第二百零三条）where the arrangement of the
    year is known. Where it is not, it is never moved: the working day before is the day to act by.
    """
    counted = limit.count(start)
    end = end_of_legal_limit(calendar, counted)
    why = ""
    if end.last > counted:
        why = f"{format_date(counted)}是休息日，顺延到{format_date(end.last)}。"
    elif end.act_by < counted:
        why = (
            f"{counted.year} 年怎么放假调休还不知道，{format_date(counted)}可能休息，"
            f"不敢往后顺延，请在{format_date(end.act_by)}以前办。"
        )
    return LastDay(counted, end.act_by, why)


def find_start(limit: LegalLimit, event_day: date, asked: date | None) -> date:
    """Return the day that a limit runs from: that of the event, or of a demand or complaint.

    调解仲裁法 27②; a limit that has run out is not revived by asking.
    """
    if asked is None or limit.moving is not Moving.BEGINS_ANEW:
        return event_day
    return asked if event_day < asked <= limit.count(event_day) else event_day
