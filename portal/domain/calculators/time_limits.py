"""The last day of a limit of law（仲裁、工伤、投诉、起诉）for what happened, and what was done."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from portal.domain.calculators.results import Basis, CalculatorResult, Certainty
from portal.domain.rules.limit_ends import Act, LimitEnd, find_limit_end
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import format_date
from rulefiles.deadlines import LegalLimit

_CALENDAR_LAW: Final = Basis("民法典第二百零一条至第二百零三条（期间的计算）", Certainty.KNOWN)
EMPLOYED: Final = "yes"
TIME_LIMITS: Final = (
    ("arbitration_wages", "单位欠我工资、加班费"),
    ("arbitration", "双倍工资、没休的年休假、经济补偿、赔偿金，单位不给"),
    ("injury_claim_worker", "受了工伤，或者查出职业病"),
    ("administrative_review", "工伤没认定上，或者不服别的行政决定"),
    ("lawsuit_after_review", "收到了行政复议决定书，不服"),
    ("ability_second_appraisal", "收到了劳动能力鉴定结论，不服"),
    ("lawsuit_after_award", "收到了仲裁裁决书，或者不予受理通知书，不服"),
    ("appeal", "收到了法院的一审判决书，不服"),
    ("enforcement", "裁决、判决生效了，单位不给"),
    ("inspection_complaint", "想向劳动监察投诉单位"),
    ("civil_limit", "给人干活没有劳动关系，劳务费没给"),
    ("mediation_confirmation", "签了人民调解协议，想让法院确认"),
)
"""What can have happened, by the code of its limit in content/rules/deadlines.toml."""


def last_day_to_act(
    what: str,
    still_there: str,
    event_day: date,
    asked_on: date | None,
    today: date,
    rules: Rulebook,
) -> CalculatorResult:
    """Tell the last day of a limit of law, what it assumes, and what to do.

    what: code of TIME_LIMITS. asked_on: the last day on which money was demanded in writing or a
    complaint was made.
    """
    still = still_there == EMPLOYED
    acts = (Act("demand", asked_on),) if asked_on else ()
    codes = (what, *rules.legal_limit(what).beside)
    found = [
        find_limit_end(rules, code, event_day, acts=acts, still_employed=still) for code in codes
    ]
    ends = [end for end in found if end]
    if not ends:
        return _say_no_limit(rules, what, today)
    main = ends[0]
    limits = [rules.legal_limit(code) for code in codes]
    return CalculatorResult(
        _say_title_of_all(ends, today),
        (
            *(part for end in ends for part in _say_end(end, today)),
            *_say_asking(main, event_day, asked_on),
            main.limit.advice,
            _say_help(_still_open(ends, today) or main, today),
        ),
        (*(Basis(row.basis, Certainty(row.mark)) for row in limits), _CALENDAR_LAW),
        (*main.assumed, "填的日子是真正开始算的那天。拿不准，就填早的那天。"),
    )


def _still_open(ends: Sequence[LimitEnd], today: date) -> LimitEnd | None:
    return next((end for end in ends if not end.is_over(today)), None)


def _say_title_of_all(ends: Sequence[LimitEnd], today: date) -> str:
    """Name the door that is still open, if the first is shut."""
    main, other = ends[0], _still_open(ends, today)
    if other is None or other is main:
        return say_title(main, today)
    over = f"{main.limit.task}：{say_title(main, today)}"
    return f"{over}。还可以{other.limit.task}：{say_title(other, today)}"


def say_title(end: LimitEnd, today: date) -> str:
    """Say in one line until when to act, or that it is over."""
    day, last = format_date(end.act_by), format_date(end.last)
    if end.is_over(today):
        return f"{last}已经过了"
    if end.last < today:
        return f"最后一天{last}可能放假，也许还来得及：今天就办"
    if end.days_left(today) < 0:
        return f"最后一天是{last}，今天就办"
    if end.act_by < end.last:
        return f"请在{day}以前办（最后一天是{last}）"
    return f"最后一天是{day}"


def say_span(limit: LegalLimit) -> str:
    """Say in one sentence how long a sum can be claimed, where no day is known."""
    if not limit.while_employed:
        return limit.advice
    return f"{limit.task}：从{limit.from_event}起 {limit.words}内，越早越好。"


def say_until(end: LimitEnd, today: date) -> str:
    """Say in one sentence until when a sum can be claimed."""
    since = f"从{format_date(end.start)}起算 {end.limit.words}"
    if end.is_over(today):
        return (
            f"{end.limit.task}的期限：{since}，{format_date(end.last)}已经过了。"
            f"{MAY_HAVE_RESTARTED if end.limit.restarted_by else MAY_HAVE_BEEN_DELAYED}"
        )
    if end.days_left(today) < 0:
        return f"{end.limit.task}，今天就去（{since}，{format_date(end.last)}是最后一天）。"
    return f"{end.limit.task}，要在{format_date(end.act_by)}以前（{since}）。越早越好。"


MAY_HAVE_RESTARTED: Final = "中间向单位要过、投诉过、单位答应过的，期限可能还没过，请问律师。"
MAY_HAVE_BEEN_DELAYED: Final = "有不是自己的原因耽误的时间，也许可以不算，请问律师。"


def _say_no_limit(rules: Rulebook, what: str, today: date) -> CalculatorResult:
    limit = rules.legal_limit(what)
    return CalculatorResult(
        "还在上班，要工资没有 1 年的期限",
        (
            limit.advice,
            f"要是今天（{format_date(today)}）离开，就从今天起算 {limit.words}。",
            "也可以向劳动监察投诉，那是 2 年，违法的事一直没停就还没开始算。",
            "没有期限也别拖：单位的工资记录只要求留 2 年，再早的要靠您自己留的证据。",
        ),
        (
            Basis(limit.basis, Certainty(limit.mark)),
            Basis("劳动保障监察条例第二十条"),
            Basis("工资支付暂行规定第六条（工资记录留 2 年）"),
        ),
        ("您还在这家单位上班。", "要的是工资、加班费。双倍工资、补偿、赔偿金另外算 1 年。"),
    )


def _say_end(end: LimitEnd, today: date) -> list[str]:
    start, counted = format_date(end.start), format_date(end.counted)
    said = [
        f"{end.limit.task}：从{end.limit.from_event}起 {end.limit.words}。",
        f"{start}这一天不算，往后数 {end.limit.words}，到{counted}。",
    ]
    if end.last > end.counted:
        said.append(f"{counted}放假，顺延到{format_date(end.last)}。")
    elif end.act_by < end.last:
        said.append(
            f"那几天怎么放假还没公布，{counted}也许不上班，也不一定能往后推。"
            f"稳当起见，请在{format_date(end.act_by)}以前办。"
        )
    return [*said, _say_left(end, today)]


def _say_left(end: LimitEnd, today: date) -> str:
    left = end.days_left(today)
    if left > 0:
        return f"离今天还有 {left} 天。"
    if left == 0:
        return "就是今天。"
    if end.is_over(today):
        return f"照这样算，过了 {(today - end.last).days} 天。"
    return "今天就去，一天也不要再等。"


def _say_asking(end: LimitEnd, event_day: date, asked_on: date | None) -> tuple[str, ...]:
    if asked_on is None or end.restarted:
        return ()
    day = format_date(asked_on)
    if not end.limit.restarted_by:
        return (f"{day}要过钱、找过单位，这个期限也不会重新算，还是按原来的日子。",)
    if asked_on <= event_day:
        return (f"{day}不比开始算的那天晚，不影响期限。",)
    late = f"{day}要钱的时候，期限已经过了，不会因此重新算。"
    if end.latest < asked_on:
        return (
            f"{late}在那以前也要过、每次隔得不到 {end.limit.words}的，期限可能没断："
            "把前一次要的那天填在“从哪天开始算”，再算一遍。",
        )
    return (f"{day}要钱的时候，期限是不是刚过，要看那几天怎么放假，请问律师。",)


def _say_help(end: LimitEnd, today: date) -> str:
    if not end.is_over(today):
        return "不要等到最后一天；那天也要在下班以前交到。拿不准，马上来问。"
    if end.limit.restarted_by:
        return "先别放弃：中间要过、投诉过、单位答应过的，填上再算一遍；没有的，也请马上问律师。"
    if end.limit.delay:
        return "过了不等于没办法：是不是有不是您自己的原因耽误的时间，让律师看一看。请马上来问。"
    return "请马上来问律师，还有没有别的路。"
