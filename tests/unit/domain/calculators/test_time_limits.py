"""The limits of law: each by its own rules, on the calendar of the country, never told too late."""

from datetime import date, timedelta

import pytest

from portal.domain.calculators.results import CalculatorResult
from portal.domain.calculators.time_limits import EMPLOYED, TIME_LIMITS, last_day_to_act
from tests.support.house import rulebook

RULES = rulebook()
TODAY = date(2026, 11, 29)
ANEW = "期限从那天重新算。要有证据"


def tell(
    what: str, event_day: date, asked_on: date | None = None, still: str = "no"
) -> CalculatorResult:
    """What the tool says on a day in November 2026."""
    return last_day_to_act(what, still, event_day, asked_on, TODAY, RULES)


def words_of(result: CalculatorResult) -> str:
    """All that is said."""
    return "\n".join((result.title, *result.sentences, *result.assumptions))


@pytest.mark.parametrize("what", [code for code, _ in TIME_LIMITS])
def test_whatever_happened_has_its_row_its_advice_and_its_article(what: str) -> None:
    result, limit = tell(what, date(2026, 11, 2)), RULES.legal_limit(what)
    assert limit.advice
    assert limit.advice in result.sentences
    assert limit.basis in {basis.law for basis in result.bases}


@pytest.mark.parametrize(
    ("what", "event_day", "last"),
    [
        ("arbitration", date(2025, 12, 1), date(2026, 12, 1)),
        ("arbitration", date(2024, 2, 29), date(2025, 2, 28)),
        ("lawsuit_after_award", date(2026, 2, 13), date(2026, 2, 28)),  # a Saturday that is worked
        ("lawsuit_after_award", date(2026, 2, 12), date(2026, 2, 27)),
        ("lawsuit_after_award", date(2026, 2, 14), date(2026, 3, 2)),  # a Sunday that is not
        ("injury_claim_worker", date(2025, 10, 1), date(2026, 10, 8)),  # over the long holiday
        ("inspection_complaint", date(2025, 3, 3), date(2027, 3, 3)),
        ("administrative_review", date(2026, 9, 1), date(2026, 11, 2)),  # from a Saturday
        ("arbitration", date(2026, 2, 6), date(2027, 2, 2)),  # Spring Festival of an unknown year
        ("arbitration", date(2026, 3, 13), date(2027, 3, 12)),  # its Saturday may be worked
        ("lawsuit_after_award", date(2026, 12, 17), date(2026, 12, 29)),  # 1 January
        ("lawsuit_after_review", date(2026, 11, 16), date(2026, 12, 1)),
        ("appeal", date(2026, 11, 16), date(2026, 12, 1)),
        ("injury_claim_worker", date(2025, 11, 20), date(2026, 11, 20)),
    ],
)
def test_last_day_is_counted_from_the_day_after_on_the_days_of_the_country(
    what: str, event_day: date, last: date
) -> None:
    told = tell(what, event_day).title
    assert f"{last.year}年{last.month}月{last.day}日" in told.split("（")[0]


def test_wages_have_no_limit_while_the_worker_is_still_there() -> None:
    still = tell("arbitration_wages", date(2024, 6, 15), still=EMPLOYED)
    assert still.title == "还在上班，要工资没有 1 年的期限"
    assert "第二十七条第四款" in still.bases[0].law
    assert "已经过了" in tell("arbitration_wages", date(2024, 6, 15)).title
    other = words_of(tell("arbitration", date(2024, 6, 15), still=EMPLOYED))
    assert "不受这 1 年限制" in other


@pytest.mark.parametrize(
    ("asked_on", "last", "anew"),
    [
        (date(2026, 3, 10), "2027年3月10日", True),
        (date(2026, 10, 20), "2027年10月20日", True),  # the last day of all
        (date(2026, 10, 21), "2026年10月20日", False),
        (date(2025, 10, 20), "2026年10月20日", False),
        (date(2025, 10, 19), "2026年10月20日", False),
    ],
)
def test_a_demand_in_time_lets_the_limit_of_arbitration_begin_anew(
    asked_on: date, last: str, anew: bool
) -> None:
    told = tell("arbitration", date(2025, 10, 20), asked_on)
    assert last in told.title
    assert (ANEW in words_of(told)) is anew


@pytest.mark.parametrize(
    "what", [code for code, _ in TIME_LIMITS if not RULES.legal_limit(code).restarted_by]
)
def test_asking_the_employer_moves_no_other_limit_and_nobody_is_told_so(what: str) -> None:
    event_day = TODAY - timedelta(days=3)
    asked = tell(what, event_day, TODAY)
    assert asked.title == tell(what, event_day).title
    assert "也不会重新算" in words_of(asked)
    for day in (event_day, date(2020, 1, 6)):
        said = words_of(tell(what, day))
        assert "可以从那天重新算" not in said
        assert "期限都不会重新算" in said


def test_who_is_late_for_arbitration_is_told_what_may_save_him() -> None:
    assert "先别放弃" in words_of(tell("arbitration", date(2024, 1, 2)))
    assert "还有 2 天" in words_of(tell("arbitration", date(2025, 12, 1)))


def test_a_refused_injury_claim_shows_review_and_lawsuit() -> None:
    words = words_of(tell("administrative_review", date(2026, 9, 1)))
    assert "60 天" in words
    assert "6 个月" in words


def test_the_last_day_of_the_law_and_the_day_to_act_by_are_told_apart() -> None:
    told = tell("administrative_review", date(2026, 11, 1))
    assert told.title == "请在2026年12月29日以前办（最后一天是2026年12月31日）"


def test_asking_on_the_day_from_which_it_runs_is_not_said_to_be_too_late() -> None:
    for asked_on in (date(2025, 10, 19), date(2025, 10, 20)):
        words = words_of(tell("arbitration", date(2025, 10, 20), asked_on))
        assert "不影响期限" in words
        assert "要钱的时候，期限已经过了" not in words


def test_who_asked_again_and_again_is_told_how_to_count_on() -> None:
    late = tell("arbitration", date(2022, 1, 5), date(2026, 3, 10))
    assert "把前一次要的那天填在“从哪天开始算”" in words_of(late)
    assert (
        tell("arbitration", date(2025, 6, 1), date(2026, 3, 10)).title == "最后一天是2027年3月10日"
    )


def test_asking_the_boss_does_not_move_the_year_of_an_injury_claim() -> None:
    told = tell("injury_claim_worker", date(2025, 11, 20), date(2026, 6, 1))
    assert told.title == "2026年11月20日已经过了"
    assert "也不会重新算" in words_of(told)


def test_who_had_a_review_has_15_days_and_not_6_months() -> None:
    told = tell("lawsuit_after_review", date(2026, 11, 20))
    assert told.title == "最后一天是2026年12月7日"  # the 5th is a Saturday
    assert "只有 15 天" in words_of(tell("administrative_review", date(2026, 9, 1)))


def test_only_the_injury_claim_leaves_out_a_quarrel_about_the_employment() -> None:
    named = {code for code, _ in TIME_LIMITS if "确认劳动关系" in words_of(tell(code, TODAY))}
    assert named == {"injury_claim_worker"}


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (date(2027, 2, 26), "请在2027年2月26日以前办（最后一天是2027年2月28日）"),
        (date(2027, 2, 27), "最后一天是2027年2月28日，今天就办"),
        (date(2027, 2, 28), "最后一天是2027年2月28日，今天就办"),
        (date(2027, 3, 1), "最后一天2027年2月28日可能放假，也许还来得及：今天就办"),
        (date(2027, 3, 2), "2027年2月28日已经过了"),
    ],
)
def test_a_limit_that_ends_on_an_unknown_day_off_is_not_said_to_be_over_too_soon(
    today: date, title: str
) -> None:
    told = last_day_to_act("arbitration", "no", date(2026, 2, 28), None, today, RULES)
    assert told.title == title
    assert ("照这样算，过了" in words_of(told)) is ("已经过了" in title)


def test_a_demand_after_a_day_off_of_a_year_long_past_is_not_said_to_be_too_late() -> None:
    told = words_of(tell("civil_limit", date(2021, 10, 1), date(2024, 10, 8)))
    assert "不会因此重新算" not in told
    assert "期限是不是刚过，要看那几天怎么放假，请问律师" in told


def test_who_is_still_there_hears_that_records_of_wages_are_kept_for_two_years() -> None:
    still = tell("arbitration_wages", date(2020, 6, 15), still=EMPLOYED)
    assert "只要求留 2 年" in words_of(still)
    assert any("工资支付暂行规定第六条" in basis.law for basis in still.bases)


def test_the_door_that_is_still_open_stands_in_the_title() -> None:
    late = tell("administrative_review", date(2026, 9, 1))
    assert late.title.startswith("申请行政复议：2026年11月2日已经过了。还可以去法院告")
    assert late.title.endswith("最后一天是2027年3月1日")
    assert "不要等到最后一天" in late.sentences[-1]
    shut = tell("administrative_review", date(2026, 4, 1))
    assert "已经过了" in shut.title
    assert "过了不等于没办法" in shut.sentences[-1]
    hurt = tell("injury_claim_worker", date(2026, 6, 1))  # the employer's 30 days are no door
    assert hurt.title == "最后一天是2027年6月1日"
