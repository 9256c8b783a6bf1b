"""Reminders of forms that were put aside: on which days, to whom, and when no longer."""

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

import pytest

from portal.domain.audit.actions import AuditAction
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.forms import saved_drafts, submission
from portal.operations.notices.delivery import OutgoingNotice, leave_all_to_staff, send_due
from portal.operations.notices.notice_queue import list_calls
from portal.store import audit, outbox
from portal.store.engine.database import where
from tests.support.browser import words_of
from tests.support.centre import Centre, add_answers
from tests.support.databases import each_database
from tests.support.letters import MOBILE, make_sending, sender_by
from tests.support.samples import CONSULTATION

HALF = {name: CONSULTATION[name] for name in ("topic", "called", "mobile")}


def put_aside(centre: Centre, **changed: object) -> str:
    """A half of a consultation, put aside today; returns its token."""
    token = submission.begin_draft(centre.office, {**HALF, **changed}, None, "test")
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    return token


def remind(centre: Centre, after: int) -> int:
    """Let the daily job run so many days from now; how many notices have ever been queued."""
    centre.clock.advance(days=after)
    office = centre.office
    audit.record(office.store, office.now(), "intake", AuditAction.SIGN_IN, "intake")
    saved_drafts.remind_of_drafts(centre.office)
    return len(centre.contents()["outbox"])


def sent(centre: Centre) -> list[OutgoingNotice]:
    """What goes out now."""
    messages: list[OutgoingNotice] = []
    assert send_due(centre.office, sender_by(messages.append))
    return messages


def test_a_word_goes_out_on_the_seventh_and_the_twenty_fifth_day(sending: Centre) -> None:
    put_aside(sending)
    counts = [remind(sending, 1) for _ in range(29)]
    assert counts == [0] * 6 + [1] * 18 + [2] * 5


def test_the_word_names_no_matter_and_says_until_when(sending: Centre) -> None:
    put_aside(sending)
    remind(sending, 7)
    (message,) = sent(sending)
    assert message.mobile == MOBILE
    assert message.text == ("您有一份没填完的表，保留到 12月23日。请用您的编号和查询码接着填。")
    assert sent(sending) == []


def test_who_allowed_it_reads_his_number(sending: Centre) -> None:
    token = put_aside(sending, may_contact="yes")
    aside = saved_drafts.find_put_aside(sending.office, token)
    assert aside
    remind(sending, 25)
    (message,) = sent(sending)
    assert message.text == (
        f"青石市帮扶中心：您有一份没填完的表，编号 {aside.number}，保留到 12月23日。"
        "请在“查进度”里接着填。"
    )
    assert aside.code not in message.text


@pytest.mark.parametrize("hour", [0, 3, 23])
def test_whatever_the_hour_the_word_goes_out_by_daylight(sending: Centre, hour: int) -> None:
    sending.clock.advance(hours=14 + hour)  # midnight in China, and so many hours
    put_aside(sending)
    assert remind(sending, 6) == 0
    assert remind(sending, 1) == 1
    (letter,) = sending.contents()["outbox"].values()
    assert "T01:00:00" in letter["next_try_at"]


@pytest.mark.parametrize("changed", [{"may_contact": "no"}, {"mobile": ""}, {"mobile": None}])
def test_who_wants_to_hear_nothing_or_gave_no_number_hears_nothing(
    sending: Centre, changed: dict[str, object]
) -> None:
    put_aside(sending, **changed)
    assert remind(sending, 7) == remind(sending, 18) == 0


def test_a_form_that_was_never_put_aside_is_not_spoken_of(sending: Centre) -> None:
    submission.begin_draft(sending.office, HALF, None, "test")
    assert remind(sending, 7) == 0


@each_database
def test_a_server_that_stood_still_for_two_days_makes_up_for_it_but_not_for_a_week(
    sending: Centre,
) -> None:
    put_aside(sending)
    assert remind(sending, 9) == 1
    late = put_aside(sending)
    assert late
    assert remind(sending, 14) == 1


@pytest.mark.parametrize("act", ["hand in", "throw away", "come back"])
@each_database
def test_who_handed_it_in_threw_it_away_or_came_back_is_told_nothing_more(
    sending: Centre, act: str
) -> None:
    token = put_aside(sending, **CONSULTATION)
    assert remind(sending, 7) == 1
    match act:
        case "hand in":
            submission.submit_case(sending.office, CaseKind.CONSULTATION, token, {}, "test")
        case "throw away":
            submission.drop_draft(sending.office, token)
        case _:
            add_answers(sending.office, token, {"topic": "women"})
    assert [message.text for message in sent(sending) if "没填完" in message.text] == []
    before = len(sending.contents()["outbox"])
    assert remind(sending, 6) == before
    assert remind(sending, 1) - before == (1 if act == "come back" else 0)


@each_database
def test_a_change_counts_the_days_anew(sending: Centre) -> None:
    token = put_aside(sending)
    assert remind(sending, 7) == 1
    add_answers(sending.office, token, {"topic": "women"})
    assert [remind(sending, 1) for _ in range(7)] == [1] * 6 + [2]


def held_back(centre: Centre) -> int:
    """How many reminders the log says were held back."""
    entries = (entry for entry, _ in audit.entries(centre.instance))
    return sum(entry.action == "hold back reminder" for entry in entries)


@each_database
def test_one_mobile_gets_few_reminders_however_many_forms_name_it(sending: Centre) -> None:
    most = RateLimit.REMINDER_BY_MOBILE.most
    for _ in range(most + 2):
        put_aside(sending)
    put_aside(sending, mobile="19900000004")
    remind(sending, 7)
    assert [message.mobile for message in sent(sending)].count(MOBILE) == most
    assert held_back(sending) == 2
    remind(sending, 1)
    assert held_back(sending) == 2
    assert sent(sending) == []
    remind(sending, 17)
    assert [message.mobile for message in sent(sending)] == ["19900000004"]
    assert held_back(sending) == 2 + most + 2


@each_database
def test_a_month_later_the_same_mobile_is_reminded_again(sending: Centre) -> None:
    most = RateLimit.REMINDER_BY_MOBILE.most
    for _ in range(most + 1):
        put_aside(sending)
    remind(sending, 7)
    assert len(sent(sending)) == most
    sending.clock.advance(days=30 - 7)
    put_aside(sending)
    remind(sending, 7)
    assert len(sent(sending)) == 1


def test_a_reminder_that_was_held_back_keeps_no_number(sending: Centre) -> None:
    for _ in range(RateLimit.REMINDER_BY_MOBILE.most + 1):
        put_aside(sending)
    remind(sending, 7)
    store = sending.instance
    rows = store.db.table("outbox").search(where("state") == "given up")
    letters = [outbox.find_message(store, row.doc_id) for row in rows]
    assert [outbox.open_number(store.keys, letter) for letter in letters if letter] == [""]
    assert MOBILE not in str(sending.contents())


@pytest.mark.parametrize("wrong", [timedelta(days=25), timedelta(days=-400)], ids=str)
def test_with_a_wrong_clock_nobody_is_reminded(sending: Centre, wrong: timedelta) -> None:
    put_aside(sending)
    before = sending.contents()
    sending.clock.now += wrong
    saved_drafts.remind_of_drafts(sending.office)
    assert sending.contents() == before
    assert remind(sending, 0) == (1 if wrong.days > 0 else 0)  # somebody has worked


def test_without_a_sender_nobody_rings_up_about_a_draft(centre: Centre) -> None:
    put_aside(centre)
    assert remind(centre, 7) == 0
    queued = make_sending(centre)
    assert remind(queued, 0) == 1
    leave_all_to_staff(queued.office)
    centre.clock.advance(days=1)
    leave_all_to_staff(centre.office)
    assert list_calls(centre.office, centre.actor("lawyer"), "青石市帮扶中心", "12351") == []
    (letter,) = centre.contents()["outbox"].values()
    assert letter["state"] == "given up"
    assert letter["to"] is None


def test_the_number_is_sealed_while_the_word_waits(sending: Centre) -> None:
    put_aside(sending)
    remind(sending, 7)
    (letter,) = sending.contents()["outbox"].values()
    assert MOBILE not in str(letter)
    assert letter["worth_a_call"] is False


def test_a_draft_that_does_not_open_does_not_silence_the_others(
    sending: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    put_aside(sending)
    put_aside(sending)
    broken = min(sending.contents()["drafts"])
    table = sending.instance.db.table("drafts")
    table.update({"content": "x"}, doc_ids=[int(broken)])
    assert remind(sending, 7) == 1
    assert caplog.messages == ["reminding failed: a draft does not open: Damaged"]


def test_the_page_promises_a_message_only_where_one_will_come(centre: Centre) -> None:
    browser, token = centre.draft(CaseKind.CONSULTATION, HALF)
    saved_drafts.put_aside(centre.office, CaseKind.CONSULTATION, token)
    assert "发短信" not in words_of(browser.get("/consult/kept"))
    for answer, reminded in (("neutral", True), ("no", False)):
        add_answers(centre.office, token, {"may_contact": answer})
        aside = saved_drafts.find_put_aside(make_sending(centre).office, token)
        assert aside
        assert aside.reminded is reminded


def test_no_message_is_promised_to_a_mobile_that_has_had_its_share(sending: Centre) -> None:
    token = put_aside(sending)
    for _ in range(RateLimit.REMINDER_BY_MOBILE.most):
        rate_limits.spend(sending.office, RateLimit.REMINDER_BY_MOBILE, MOBILE)
    aside = saved_drafts.find_put_aside(sending.office, token)
    assert aside
    assert not aside.reminded


def test_what_an_older_version_queued_is_still_read(sending: Centre) -> None:
    put_aside(sending)
    remind(sending, 7)
    table = sending.instance.db.table("outbox")

    def forget_day(row: MutableMapping[str, Any]) -> None:
        del row["until"]

    table.update(forget_day, where("state") == "due")
    letter = outbox.claim_message(
        sending.instance, sending.office.now(), sending.office.now() + timedelta(minutes=1)
    )
    assert letter
    assert letter.notice.until is None
