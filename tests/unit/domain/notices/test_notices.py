"""Notices: who is told of what, how little is said, when to try again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.fields.choices import YES_NO_UNKNOWN
from portal.domain.forms.person import Reach, ReachBy
from portal.domain.notices.notices import (
    LAST_DAYS,
    NEW_CODE,
    PUT_ASIDE,
    SUBMITTED,
    Disclosure,
    Notice,
    by_daylight,
    disclosure_for,
    is_told,
    is_within_reach,
    is_worth_a_call,
    tell_applicant,
    tell_staff,
    title_of_notice,
    when_to_send,
    when_to_try_again,
    write_text,
)
from portal.domain.records.workflow import State, Statement, Step
from portal.domain.shared.case_kinds import CaseKind

CENTRE, HOTLINE = "青石市帮扶中心", "12351"
RECEIPT = "{}26-7K3M-9QF2"
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
ONE_MESSAGE = 67
NOTICES = [
    Notice(RECEIPT.format(flow.receipt_prefix), kind, what, Disclosure.PLAIN, date(2026, 12, 23))
    for kind, flow in WORKFLOWS.items()
    for what in (
        SUBMITTED, NEW_CODE, LAST_DAYS, PUT_ASIDE,
        *(one.code for one in flow.steps.values() if is_told(one)),
    )
]  # fmt: skip
each_notice = pytest.mark.parametrize(
    "notice", NOTICES, ids=[f"{one.kind}-{one.what}" for one in NOTICES]
)


def text_of(notice: Notice, disclosure: Disclosure) -> str:
    return write_text(replace(notice, disclosure=disclosure), CENTRE, HOTLINE)


def labels_of(row: State | Step) -> set[str]:
    """What both sides call a state or a step."""
    if isinstance(row, State):
        return {row.staff_label, row.public_label, row.public_sentence}
    return {row.label, row.public_label}


def telling_words() -> set[str]:
    """Every word that names a kind, a topic, a state, a step or an answer."""
    words = {choice.label for field in FIELDS.values() for choice in field.choices}
    for flow in WORKFLOWS.values():
        words |= {flow.label, flow.receipt_prefix, str(flow.kind)}
        rows: list[State | Step] = [*flow.states.values(), *flow.steps.values()]
        words = words.union(*map(labels_of, rows))
    plain_words = {choice.label for choice in YES_NO_UNKNOWN}
    return {word for word in words - plain_words if len(word) > 1}


@each_notice
def test_a_neutral_notice_names_nothing(notice: Notice) -> None:
    text = text_of(notice, Disclosure.NEUTRAL)
    assert [word for word in telling_words() if word in text] == []
    for word in (notice.receipt, CENTRE, "帮扶", "工会", "中心", HOTLINE, "法律", "困难", "http"):
        assert word not in text


@each_notice
def test_a_modest_notice_names_the_centre_and_no_more(notice: Notice) -> None:
    text = text_of(notice, Disclosure.MODEST)
    assert text.startswith(CENTRE)
    rest = text.replace(CENTRE, "").replace("登记编号", "")
    assert [word for word in telling_words() if word in rest] == []
    assert notice.receipt not in text


@each_notice
@pytest.mark.parametrize("disclosure", Disclosure)
def test_a_notice_fits_one_text_message_and_reads_as_a_sentence(
    notice: Notice, disclosure: Disclosure
) -> None:
    text = text_of(notice, disclosure)
    assert len(text) <= ONE_MESSAGE
    assert text.endswith("。")
    assert "{" not in text
    assert "\n" not in text
    assert title_of_notice(notice) != notice.what


def test_a_plain_notice_says_what_has_happened() -> None:
    notice = Notice("FL26-7K3M-9QF2", CaseKind.CONSULTATION, "answer", Disclosure.PLAIN)
    assert write_text(notice, CENTRE, HOTLINE) == (
        "青石市帮扶中心：您的法律咨询有新消息：律师答复。请用编号 FL26-7K3M-9QF2 查进度。"
    )


def test_bad_news_is_left_to_the_page_where_the_reason_stands() -> None:
    for kind, what in ((CaseKind.HARDSHIP, "refuse"), (CaseKind.OWN_DATA, "refuse")):
        text = write_text(Notice("JZ", kind, what, Disclosure.PLAIN), CENTRE, HOTLINE)
        assert "有了结果" in text
        assert "没有" not in text


@pytest.mark.parametrize(
    ("kind", "answer", "disclosure"),
    [
        (CaseKind.CONSULTATION, "yes", Disclosure.PLAIN),
        (CaseKind.CONSULTATION, "neutral", Disclosure.NEUTRAL),
        (CaseKind.CONSULTATION, "no", None),
        (CaseKind.CONSULTATION, None, Disclosure.NEUTRAL),
        (CaseKind.JOBS, "a code of later", Disclosure.NEUTRAL),
        (CaseKind.HARDSHIP, None, Disclosure.MODEST),
        (CaseKind.HARDSHIP, "no", None),
    ],
)
def test_how_much_is_said_follows_what_the_worker_wants(
    kind: CaseKind, answer: object, disclosure: Disclosure | None
) -> None:
    assert disclosure_for(kind, answer, ReachBy.MOBILE) is disclosure


@pytest.mark.parametrize("by", [ReachBy.LANDLINE, ReachBy.OTHER_PHONE, ReachBy.PLACE])
def test_where_somebody_else_may_answer_nothing_is_named(by: ReachBy) -> None:
    assert disclosure_for(CaseKind.CONSULTATION, "yes", by) is Disclosure.NEUTRAL
    assert disclosure_for(CaseKind.HARDSHIP, None, by) is Disclosure.NEUTRAL
    assert disclosure_for(CaseKind.CONSULTATION, "no", by) is None


@pytest.mark.parametrize(
    ("reach", "staff", "applicant"),
    [
        (Reach(ReachBy.MOBILE, "19900000003"), "199****0003", "手机 199****0003 打电话"),
        (Reach(ReachBy.LANDLINE, "0571-88880000"), "座机 ****0000", "座机 ****0000"),
        (Reach(ReachBy.OTHER_PHONE, "19900000003", "邻居"),
         "邻居的电话 199****0003，请他叫本人来接", "邻居的电话 199****0003，请他叫您来接"),
        (Reach(ReachBy.PLACE, place="松坪镇示范村 8 号"),
         "到 松坪镇 找，或者托村、社区带话", "松坪镇示范村 8 号"),
    ],
)  # fmt: skip
def test_staff_and_worker_read_the_same_way_to_each_other(
    reach: Reach, staff: str, applicant: str
) -> None:
    assert staff in tell_staff(reach, reach.number)
    assert applicant in tell_applicant(reach, "yes", sends=False)
    assert is_within_reach(reach)


def test_who_left_no_phone_or_asked_nobody_yet_is_told_to_come_himself() -> None:
    assert "请自己来看" in tell_applicant(Reach(ReachBy.SELF), None, sends=True)
    not_asked = Reach(ReachBy.OTHER_PHONE, whose="邻居")
    assert "先不打" in tell_applicant(not_asked, None, sends=True)
    assert not is_within_reach(not_asked)


def test_the_worker_is_told_of_what_staff_do_and_he_may_read() -> None:
    steps = WORKFLOWS[CaseKind.HARDSHIP].steps
    assert {code for code, step in steps.items() if is_told(step)} == {
        "accept", "request_supplement", "lapse", "refer_for_decision", "approve", "refuse",
        "change_decision", "uphold_decision", "reply", "reopen", "extend",
        "give_supplement_at_counter", "ask_review_at_counter", "withdraw_at_counter",
    }  # fmt: skip


def test_what_staff_did_in_his_name_is_told_with_that_and_rings_nobody_up() -> None:
    notice = Notice("JZ26-7K3M-9QF2", CaseKind.HARDSHIP, "withdraw_at_counter", Disclosure.PLAIN)
    assert "撤回了（帮扶中心替您办的）" in write_text(notice, CENTRE, HOTLINE)
    step = WORKFLOWS[CaseKind.HARDSHIP].steps["withdraw_at_counter"]
    assert not is_worth_a_call(CaseKind.HARDSHIP, step)


def test_nobody_is_rung_up_where_there_is_nothing_to_read_or_do() -> None:
    steps = WORKFLOWS[CaseKind.HARDSHIP].steps
    told = [step for step in steps.values() if is_told(step) and not step.twin_of]
    quiet = {step.code for step in told if not is_worth_a_call(CaseKind.HARDSHIP, step)}
    assert quiet == {"accept", "refer_for_decision"}


def test_the_end_of_a_case_is_worth_a_call_without_any_words() -> None:
    close = replace(WORKFLOWS[CaseKind.CONSULTATION].steps["close"], statement=None)
    assert is_worth_a_call(CaseKind.CONSULTATION, close)
    hidden = replace(
        close, target="submitted", statement=Statement(label="x", hint="x", public=False)
    )
    assert not is_worth_a_call(CaseKind.CONSULTATION, hidden)


def test_pauses_grow_to_six_hours_and_end_after_three_days() -> None:
    moment, tries, pauses = NOW, 1, []
    while again := when_to_try_again(NOW, tries, moment):
        pauses.append(again - moment)
        moment, tries = again, tries + 1
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(hours=6))
    assert timedelta(days=2, hours=18) < moment - NOW <= timedelta(days=3)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-24T10:00+08:00", "2026-11-24T10:00+08:00"),
        ("2026-11-24T03:00+08:00", "2026-11-24T09:00+08:00"),
        ("2026-11-24T20:00+08:00", "2026-11-25T09:00+08:00"),
        ("2026-12-31T23:59+08:00", "2027-01-01T09:00+08:00"),
    ],
)
def test_a_reminder_waits_for_the_day(now: str, then: str) -> None:
    moment = datetime.fromisoformat(now).astimezone(UTC)
    assert by_daylight(moment) == datetime.fromisoformat(then)


@pytest.mark.parametrize(
    ("waited", "now", "then"),
    [
        (0, "2026-11-24T03:00+08:00", "2026-11-24T03:00+08:00"),
        (15, "2026-11-24T03:00+08:00", "2026-11-24T03:00+08:00"),
        (16, "2026-11-24T03:00+08:00", "2026-11-24T09:00+08:00"),
        (300, "2026-11-24T21:00+08:00", "2026-11-25T09:00+08:00"),
        (300, "2026-11-24T12:00+08:00", "2026-11-24T12:00+08:00"),
    ],
)
def test_what_has_waited_long_wakes_nobody(waited: int, now: str, then: str) -> None:
    moment = datetime.fromisoformat(now).astimezone(UTC)
    written = moment - timedelta(minutes=waited)
    assert when_to_send(written, moment) == datetime.fromisoformat(then)
