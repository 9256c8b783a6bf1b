"""Until when the claims of a consultation can be made, from the days that its form asks."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.claim_limits import (
    Alarm,
    ClaimLimit,
    find_claim_limits,
    judge_nearness,
    label_claim,
    next_claim,
    say_claim_limit,
    say_of_the_others,
)
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from tests.support.house import rulebook

TODAY = date(2026, 11, 24)
DAYS_ASKED = [
    name for page in JOURNEYS[CaseKind.CONSULTATION].pages for name in page.names
    if name in FIELDS and FIELDS[name].kind in {Kind.DATE, Kind.DATE_AHEAD}
]  # fmt: skip
INJURED = {"topic": "work_injury", "injured_on": "2025-11-30", "injury_reported": "no"}


def limits_of(answers: dict[str, object]) -> list[tuple[str, date]]:
    """Which question gave which last day."""
    return [(limit.field, limit.last) for limit in find_claim_limits(answers, rulebook(), TODAY)]


def limit_on(day: date) -> ClaimLimit:
    """A claim that ends on a day."""
    return ClaimLimit("申请劳动仲裁", "从离开起 1 年", "left_on", day, day, day)


@pytest.mark.parametrize("name", DAYS_ASKED)
def test_every_day_that_the_consultation_asks_is_used(name: str) -> None:
    answers: dict[str, object] = {"still_there": "left", "legal_contract": "none"}
    assert {field for field, _ in limits_of(answers | {name: "2026-11-02"})} == {name}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (INJURED, [("injured_on", date(2026, 11, 30))]),
        (INJURED | {"injury_reported": "yes"}, []),
        (INJURED | {"steps_taken": ["talked"]}, [("injured_on", date(2026, 11, 30))]),
        ({"topic": "unpaid_wages", "still_there": "left", "left_on": "2026-01-15"},
         [("left_on", date(2027, 1, 15))]),
        ({"topic": "unpaid_wages", "still_there": "still", "owed_since": "2024-06-15"}, []),
        ({"topic": "unpaid_wages", "still_there": "left", "owed_since": "2026-03-16"},
         [("owed_since", date(2027, 3, 16))]),
        ({"topic": "unpaid_wages", "still_there": "unknown", "owed_since": "2026-03-16"},
         [("owed_since", date(2027, 3, 16))]),
        ({"topic": "unpaid_wages", "still_there": "left", "left_on": "2026-01-15",
          "steps_taken": ["arbitration"]}, []),
        ({"dismissed_on": "2026-03-02"}, [("dismissed_on", date(2027, 3, 2))]),
        ({"dismissed_on": "2026-03-02", "still_there": "still"},
         [("dismissed_on", date(2027, 3, 2))]),
        ({"dismissed_on": "2026-03-02", "still_there": "left", "left_on": "2026-03-31"},
         [("dismissed_on", date(2027, 3, 2)), ("left_on", date(2027, 3, 31))]),
        ({"dismissed_on": "2026-03-02", "steps_taken": ["arbitration"]}, []),
        (INJURED | {"steps_taken": ["arbitration"]}, [("injured_on", date(2026, 11, 30))]),
        (INJURED | {"injury_reported": "unknown"}, [("injured_on", date(2026, 11, 30))]),
        (INJURED | {"injured_on": "2026"}, [("injured_on", date(2027, 1, 1))]),
        ({"topic": "unpaid_wages", "still_there": "still", "left_on": "2026-01-15"}, []),
        # Who is too late for arbitration may still complain to the inspectorate.
        ({"topic": "unpaid_wages", "still_there": "left", "left_on": "2025-03-03"},
         [("left_on", date(2026, 3, 3)), ("left_on", date(2027, 3, 3))]),
        ({"topic": "social_insurance", "still_there": "left", "left_on": "2026-03-03"},
         [("left_on", date(2027, 3, 3)), ("left_on", date(2028, 3, 3))]),
        ({"topic": "social_insurance", "still_there": "still", "left_on": "2026-03-03"}, []),
        ({"topic": "dismissal", "still_there": "left", "left_on": "2025-03-03"},
         [("left_on", date(2026, 3, 3))]),
        ({"topic": "unpaid_wages", "still_there": "left", "left_on": "2024-11-01"},
         [("left_on", date(2025, 11, 3))]),  # the 1st was a Saturday
        ({"hired_on": "2025-03-01", "legal_contract": "none"},
         [("hired_on", date(2026, 11, 30)), ("hired_on", date(2027, 2, 28))]),
        ({"hired_on": "2025-12-01", "legal_contract": "none"},
         [("hired_on", date(2027, 1, 1)), ("hired_on", date(2027, 11, 30))]),
        ({"hired_on": "2025-12-01", "legal_contract": "unknown"},
         [("hired_on", date(2027, 1, 1)), ("hired_on", date(2027, 11, 30))]),
        # Of a year alone, the end of work may lie before its beginning: the claim is shown still.
        ({"hired_on": "2026-03-01", "legal_contract": "none", "still_there": "left",
          "left_on": "2026"},
         [("left_on", date(2027, 1, 1)), ("hired_on", date(2027, 4, 1))]),
        ({"hired_on": "2025-03-01", "legal_contract": "none", "steps_taken": ["court"]}, []),
        ({"hired_on": "2025-03-01", "legal_contract": "none", "dismissed_on": "2025-04-10"},
         [("dismissed_on", date(2026, 4, 10)), ("hired_on", date(2026, 4, 10))]),
        ({"hired_on": "2025-03-01", "legal_contract": "none", "dismissed_on": "2025-03-20"},
         [("dismissed_on", date(2026, 3, 20))]),
        ({"hired_on": "2025-03-01", "legal_contract": "written"}, []),
        ({"next_deadline": "2026-12-15"}, [("next_deadline", date(2026, 12, 15))]),
        ({}, []),
    ],
)  # fmt: skip
def test_the_days_written_give_the_days_on_which_claims_are_lost(
    answers: dict[str, object], expected: list[tuple[str, date]]
) -> None:
    assert limits_of(answers) == expected


def test_of_a_month_its_first_day_counts_and_that_is_said() -> None:
    (limit,) = find_claim_limits(INJURED | {"injured_on": "2026-03"}, rulebook(), TODAY)
    assert limit.last == date(2027, 3, 1)
    assert "按最早的那天算" in say_claim_limit(limit, TODAY)


def test_the_claim_that_is_lost_first_leads() -> None:
    past, near, far = (limit_on(date(2026, month, 25)) for month in (10, 11, 12))
    assert next_claim([past, near, far], TODAY) == near
    assert next_claim([past], TODAY) == past
    assert next_claim([], TODAY) is None


@pytest.mark.parametrize(
    ("day", "alarm"),
    [
        (date(2026, 11, 23), Alarm.OVER),
        (date(2026, 11, 24), Alarm.URGENT),
        (date(2026, 12, 1), Alarm.URGENT),
        (date(2026, 12, 2), Alarm.SOON),
        (date(2026, 12, 24), Alarm.SOON),
        (date(2026, 12, 25), Alarm.NONE),
    ],
)
def test_nearness_follows_the_two_rows_of_the_table(day: date, alarm: Alarm) -> None:
    assert judge_nearness(limit_on(day), rulebook(), TODAY) is alarm


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 11, 29), "最晚2026年11月29日，还有 5 天"),
        (date(2026, 11, 24), "就是今天"),
        (date(2026, 11, 23), "已经过了"),
    ],
)
def test_the_worker_is_told_in_words(day: date, says: str) -> None:
    assert says in say_claim_limit(limit_on(day), TODAY)


def sentences_of(answers: Mapping[str, object], today: date = TODAY) -> str:
    """All that is said to the worker."""
    limits = find_claim_limits(answers, rulebook(), today)
    return "\n".join(say_claim_limit(limit, today) for limit in limits)


@pytest.mark.parametrize(
    ("day", "act_by"),
    [
        ("2026-12-05", date(2026, 12, 4)),  # a Saturday: whoever must be there is, on Friday
        ("2026-12-15", date(2026, 12, 15)),
        ("2026-02-28", date(2026, 2, 28)),  # a Saturday that was worked; it is past
        ("2027-02-07", date(2027, 2, 2)),  # Spring Festival of a year without notice
    ],
)
def test_what_is_written_on_a_day_off_is_to_be_done_before(day: str, act_by: date) -> None:
    (limit,) = find_claim_limits({"next_deadline": day}, rulebook(), TODAY)
    assert (limit.act_by, limit.last) == (act_by, date.fromisoformat(day))
    assert f"表上写的是{limit.last.year}年" in limit.since


def test_double_pay_that_is_running_out_is_always_shown_with_the_month_lost_next() -> None:
    unsigned = {"hired_on": "2025-03-01", "legal_contract": "none"}
    for today, alarm in (
        (date(2026, 2, 20), Alarm.NONE),
        (date(2026, 3, 20), Alarm.SOON),
        (date(2026, 4, 1), Alarm.URGENT),
        (date(2026, 4, 10), Alarm.SOON),
        (date(2026, 12, 30), Alarm.URGENT),
        (date(2027, 3, 2), Alarm.OVER),
    ):
        claim = next_claim(find_claim_limits(unsigned, rulebook(), today), today)
        assert claim
        assert judge_nearness(claim, rulebook(), today) is alarm, today
    assert "第 1 个月的头一天" in sentences_of(unsigned, date(2026, 4, 1))
    assert "第 1 个月的最后一天" in sentences_of(unsigned, date(2026, 4, 2))
    assert sentences_of(unsigned, date(2026, 4, 2)).count("申请劳动仲裁（要双倍工资）") == 2
    assert "前面的可能已经过了" in sentences_of(unsigned, date(2026, 4, 2))


def test_who_does_not_know_whether_he_signed_hears_that_it_depends_on_that() -> None:
    said = sentences_of({"hired_on": "2025-12-01", "legal_contract": "unknown"})
    assert said.count("没签合同才有") == 2


def test_arrears_without_a_day_of_leaving_are_said_to_be_counted_too_early() -> None:
    said = sentences_of({"topic": "unpaid_wages", "still_there": "left", "owed_since": "2026-03"})
    assert "先按这天，真的期限会晚一些" in said


def test_a_claim_that_ended_on_an_unknown_day_off_is_not_given_up_too_soon() -> None:
    answers, monday = {"dismissed_on": "2026-02-28"}, date(2027, 3, 1)
    (limit,) = find_claim_limits(answers, rulebook(), monday)
    assert judge_nearness(limit, rulebook(), monday) is Alarm.URGENT
    assert "也许还来得及，今天就去办" in sentences_of(answers, monday)
    assert "已经过了" in sentences_of(answers, date(2027, 3, 2))


def test_each_of_several_is_told_to_look_at_his_own_days() -> None:
    assert "各算各的" in "".join(say_of_the_others({"people": 2}))
    assert say_of_the_others({"people": 1}) == say_of_the_others({}) == ()


DAYS = st.dates(date(2024, 1, 1), date(2026, 11, 24))
BLURRED = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@given(
    st.fixed_dictionaries(
        {"topic": st.sampled_from(["unpaid_wages", "work_injury", "dismissal", "hours_leave"])},
        optional={
            "still_there": st.sampled_from(["still", "left"]),
            "legal_contract": st.sampled_from(["none", "unknown", "written"]),
            "injury_reported": st.sampled_from(["yes", "no", "unknown"]),
            **{name: BLURRED for name in DAYS_ASKED if name != "next_deadline"},
        },
    ),
    st.sampled_from([name for name in DAYS_ASKED if name != "next_deadline"]),
    DAYS,
)
def test_a_blurred_day_never_ends_a_claim_later_than_the_true_one(
    answers: dict[str, object], name: str, day: date
) -> None:
    true = _first_ends(answers | {name: day.isoformat()})
    for length in (4, 7):
        blurred = _first_ends(answers | {name: day.isoformat()[:length]})
        assert true.keys() <= blurred.keys()
        assert all(blurred[field] <= true[field] for field in true)


@given(
    st.lists(DAYS, min_size=2, max_size=2).map(sorted),
    st.sampled_from(["left_on", "dismissed_on"]),
    st.tuples(*[st.sampled_from([4, 7, 10])] * 2),
    st.dates(date(2026, 11, 24), date(2027, 12, 31)),
)
def test_whatever_day_was_meant_no_double_pay_is_lost_before_it_is_said(
    days: list[date], ended: str, lengths: tuple[int, int], today: date
) -> None:
    names, texts = ("hired_on", ended), [day.isoformat() for day in days]
    unsigned: dict[str, object] = {"legal_contract": "none", "still_there": "left"}
    true, blurred = (
        [
            limit.act_by
            for limit in find_claim_limits(unsigned | said, rulebook(), today)
            if limit.field == "hired_on" and limit.latest >= today
        ]
        for said in (
            dict(zip(names, texts, strict=True)),
            {name: text[:length] for name, text, length in zip(names, texts, lengths, strict=True)},
        )
    )
    assert not true or min(blurred) <= min(true)


@pytest.mark.parametrize(
    ("unsigned", "today"),
    [
        # Perhaps hired on the 30th: one of the months began a year ago.
        ({"hired_on": "2025-09"}, date(2026, 11, 30)),
        # Perhaps dismissed in the first days of the year, and owed nothing after.
        ({"hired_on": "2025-03-18", "dismissed_on": "2026"}, date(2027, 1, 4)),
    ],
)
def test_double_pay_that_may_be_running_out_today_is_said_to_be(
    unsigned: dict[str, object], today: date
) -> None:
    limits = find_claim_limits(unsigned | {"legal_contract": "none"}, rulebook(), today)
    claims = [limit for limit in limits if limit.field == "hired_on"]
    assert judge_nearness(claims[0], rulebook(), today) is Alarm.URGENT
    assert "也许还来得及，今天就去办。您没有写到哪一天" in say_claim_limit(claims[0], today)


def _first_ends(answers: dict[str, object]) -> dict[str, date]:
    """The first day to act by for each question, as it stood at the beginning of all."""
    limits = find_claim_limits(answers, rulebook(), date(2024, 1, 1))
    return {limit.field: limit.act_by for limit in reversed(limits)}


@pytest.mark.parametrize(
    ("field", "written", "alarm"),
    [
        ("dismissed_on", "2025", Alarm.URGENT),  # perhaps on 30 November 2025: lost in six days
        ("dismissed_on", "2025-11", Alarm.URGENT),
        ("dismissed_on", "2025-10", Alarm.OVER),
        ("dismissed_on", "2024", Alarm.OVER),
        ("injured_on", "2025", Alarm.URGENT),
        ("injured_on", "2026", Alarm.NONE),
    ],
)
def test_a_claim_that_may_still_be_open_is_never_put_aside_for_a_blurred_day(
    field: str, written: str, alarm: Alarm
) -> None:
    answers: dict[str, object] = {"injury_reported": "no", field: written}
    (limit,) = find_claim_limits(answers, rulebook(), TODAY)
    assert judge_nearness(limit, rulebook(), TODAY) is alarm
    assert next_claim([limit], TODAY) == limit
    if alarm is Alarm.URGENT:
        assert "也许还来得及，今天就去办。您没有写到哪一天" in sentences_of(answers)


def test_a_day_of_leaving_that_no_longer_counts_ends_no_double_pay() -> None:
    stale: dict[str, object] = {
        "hired_on": "2026-01-05",
        "legal_contract": "none",
        "left_on": "2026-01-20",
    }
    assert limits_of(stale | {"still_there": "left"}) == [("left_on", date(2027, 1, 20))]
    assert [field for field, _ in limits_of(stale | {"still_there": "still"})] == ["hired_on"] * 2


def test_arrears_without_a_day_of_leaving_are_never_said_to_be_over() -> None:
    answers = {"topic": "unpaid_wages", "still_there": "left", "owed_since": "2024-02-01"}
    arbitration, _inspection = find_claim_limits(answers, rulebook(), TODAY)
    assert judge_nearness(arbitration, rulebook(), TODAY) is Alarm.URGENT
    assert "真的日子晚一些的，也许还来得及，今天就去办" in sentences_of(answers)


@pytest.mark.parametrize(
    ("answers", "today", "label"),
    [
        ({"dismissed_on": "2026-03-02"}, TODAY, "法律期限 2027年3月2日"),
        ({"dismissed_on": "2025-11-27"}, TODAY, "法律期限 2026年11月27日，先办"),
        ({"dismissed_on": "2025-11-20"}, TODAY, "法律期限可能过了：2026年11月20日"),
        ({"dismissed_on": "2025"}, TODAY, "法律期限可能就是这几天，要问清日子，先办"),
        ({"dismissed_on": "2026-02-28"}, date(2027, 2, 27), "法律期限 2027年2月28日，先办"),
    ],
)
def test_the_lawyer_reads_in_a_few_words_what_comes_first(
    answers: dict[str, object], today: date, label: str
) -> None:
    (limit,) = find_claim_limits(answers, rulebook(), today)
    assert label_claim(limit, judge_nearness(limit, rulebook(), today), today) == label


def test_leave_not_taken_is_said_to_end_earlier_in_some_places() -> None:
    gone = {"still_there": "left", "left_on": "2026-11-20"}
    assert "从每年年底各算 1 年" in sentences_of(gone | {"topic": "hours_leave"})
    assert "年休假" not in sentences_of(gone | {"topic": "unpaid_wages"})
