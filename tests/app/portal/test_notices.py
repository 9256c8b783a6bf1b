"""What is queued with a step, and the list of workers whom staff ring up."""

import json
from datetime import date, timedelta
from threading import Event

import pytest

from portal.domain.cases.step_input import STATEMENT
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed, NotFound
from portal.operations.cases import case_file, steps
from portal.operations.centre import retention
from portal.operations.notices import notice_queue
from portal.operations.notices.delivery import leave_all_to_staff
from portal.operations.notices.notice_queue import Call
from portal.server import background
from portal.server.serve import open_newsroom
from portal.settings.config import Config
from portal.store import outbox
from portal.store.engine.database import where
from portal.store.errors import StoreFull
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed, full_disk
from tests.support.databases import each_database
from tests.support.walking import went_on

Rows = list[tuple[str, str, str]]


def queued(centre: Centre) -> Rows:
    """What is in the outbox: what it is about, how it may be said, where it stands."""
    rows = centre.contents()["outbox"].values()
    return [(row["what"], row["disclosure"], row["state"]) for row in rows]


def open_ones(centre: Centre) -> Rows:
    return [row for row in queued(centre) if row[2] in outbox.OPEN]


def calls_of(centre: Centre, login: str) -> list[Call]:
    return notice_queue.list_calls(centre.office, centre.actor(login), "青石市帮扶中心", "12351")


def reply_to(centre: Centre, kind: CaseKind, **answers: object) -> Filed:
    filed = centre.case(kind, **answers)
    centre.take("lawyer" if kind is CaseKind.CONSULTATION else "intake", filed, "reply", "您好。")
    return filed


@each_database
def test_every_step_that_the_worker_may_read_is_queued(sending: Centre) -> None:
    filed = sending.case(CaseKind.HARDSHIP)
    sending.take("intake", filed, "accept")
    sending.take("reviewer", filed, "refer_for_decision", "属实。")
    sending.take("approver", filed, "return_for_checking", "再看看。")
    assert queued(sending) == [
        ("submit", "modest", "superseded"),
        ("accept", "modest", "superseded"),
        ("refer_for_decision", "modest", "due"),
    ]


def test_without_a_sender_only_what_is_worth_a_call_waits(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "accept")
    assert queued(centre) == []
    centre.take("intake", filed, "reply", "请带上身份证。")
    assert queued(centre) == [("reply", "modest", "call")]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("no", []), ("neutral", [("reply", "neutral", "due")]), ("yes", [("reply", "plain", "due")])],
)
def test_the_worker_decides_how_much_is_said(sending: Centre, answer: str, expected: Rows) -> None:
    reply_to(sending, CaseKind.JOBS, may_contact=answer)
    assert open_ones(sending) == expected


def test_who_wants_to_hear_it_by_phone_is_rung_up(sending: Centre) -> None:
    reply_to(sending, CaseKind.CONSULTATION, reply_by="phone", may_contact="yes")
    assert open_ones(sending) == [("reply", "plain", "call")]


def test_a_step_that_fails_queues_nothing(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    with pytest.raises(NotAccepted):
        centre.take("lawyer", filed, "answer", "")
    with pytest.raises(NotAllowed):
        centre.take("lawyer", filed, "close", "好了。")
    assert queued(centre) == []
    browser = centre.staff("lawyer")
    browser.get(f"/staff/cases/{filed.number}")
    with full_disk():
        words = {"version": "0", "words": "好的。"}
        assert browser.post(f"/staff/cases/{filed.number}/answer", words).status_code == 503
    assert queued(centre) == []


@each_database
def test_a_notice_that_cannot_be_stored_takes_its_step_back(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = centre.case(CaseKind.CONSULTATION)

    def fail(*_: object) -> None:
        raise StoreFull("the disk is full")

    monkeypatch.setattr(outbox, "add_message", fail)
    version = case_file.open_file(centre.office, centre.actor("lawyer"), filed.number).case.version
    before = centre.contents()
    with pytest.raises(StoreFull):
        steps.take_step(
            centre.office,
            centre.actor("lawyer"),
            filed.number,
            version,
            "answer",
            {STATEMENT: ["好。"]},
        )
    assert centre.contents() == before


@each_database
def test_what_is_newer_takes_the_place_of_what_waits(centre: Centre) -> None:
    filed = reply_to(centre, CaseKind.JOBS)
    centre.take("intake", filed, "introduce_job", "示范服装厂。")
    assert open_ones(centre) == [("introduce_job", "plain", "call")]


def test_a_worker_who_came_himself_is_not_rung_up(centre: Centre) -> None:
    filed = reply_to(centre, CaseKind.JOBS)
    follower = centre.follower(filed)
    follower.get("/status/case/write")
    went_on(follower.post("/status/case/write", {"words": "看到了。"}))
    assert open_ones(centre) == []


def test_a_changed_code_is_told_to_the_old_number_whatever_follows(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    code = centre.new_code(filed)
    centre.take("intake", filed, "reply", "您好。")
    thief = centre.follower(filed._replace(code=code))
    thief.get("/status/case/write")
    went_on(thief.post("/status/case/write", {"words": "没事了。"}))
    assert open_ones(centre) == [("reissue code", "modest", "call")]


@each_database
def test_a_supplement_is_brought_to_mind_three_days_before_its_end_once(sending: Centre) -> None:
    filed = sending.case(CaseKind.JOBS)
    sending.take("intake", filed, "request_supplement", "请写清想做什么。")
    for _ in range(21):
        sending.clock.advance(days=1)
        notice_queue.remind_of_last_days(sending.office)
        if ("last days", "plain", "due") in queued(sending):
            break
    due = next(iter(sending.contents()["cases"].values()))["due_on"]
    assert due == (sending.office.today() + timedelta(days=3)).isoformat()
    notice_queue.remind_of_last_days(sending.office)
    sending.clock.advance(days=1)
    notice_queue.remind_of_last_days(sending.office)
    assert [what for what, *_ in queued(sending)].count("last days") == 1
    follower = sending.follower(filed)
    follower.get("/status/case/give_supplement")
    went_on(follower.post("/status/case/give_supplement", {"words": "什么都行。"}))
    notice_queue.remind_of_last_days(sending.office)
    assert open_ones(sending) == []


def test_with_a_wrong_clock_nobody_is_told_of_his_last_days(sending: Centre) -> None:
    near_their_end(sending, 1)
    sending.staff("intake")
    sending.clock.advance(hours=-1)
    notice_queue.remind_of_last_days(sending.office)
    assert "last days" not in [what for what, *_ in queued(sending)]
    sending.clock.advance(hours=1)
    notice_queue.remind_of_last_days(sending.office)
    assert "last days" in [what for what, *_ in queued(sending)]


def test_no_reminder_comes_after_the_last_day(sending: Centre) -> None:
    filed = sending.case(CaseKind.JOBS)
    sending.take("intake", filed, "request_supplement", "请写清想做什么。")
    sending.clock.advance(days=60)
    sending.staff("intake")  # somebody has worked with this clock
    notice_queue.remind_of_last_days(sending.office)
    assert "last days" not in [what for what, *_ in queued(sending)]


def test_the_outbox_holds_no_number_in_clear_and_forgets_it_when_done(centre: Centre) -> None:
    reply_to(centre, CaseKind.CONSULTATION)
    assert "19900000003" not in json.dumps(centre.contents()["outbox"])
    (call,) = calls_of(centre, "lawyer")
    notice_queue.mark_told(centre.office, centre.actor("lawyer"), call.row_id)
    (row,) = centre.contents()["outbox"].values()
    assert (row["state"], row["to"], row["wrapped"]) == ("told", None, None)


def test_the_list_shows_whom_to_ring_up_and_what_to_say(centre: Centre) -> None:
    filed = reply_to(centre, CaseKind.CONSULTATION)
    lawyer = centre.staff("lawyer")
    page = lawyer.get("/staff/notices")
    shown = words_of(page)
    for words in (
        filed.number, "199****0003", "法律咨询：给申请人留言", "下班以后方便",
        "“您办的事有新消息，请用您的编号和查询码查进度。”", "要打的电话（1）",
    ):  # fmt: skip
        assert words in shown
    assert "19900000003" not in page.text
    (call,) = calls_of(centre, "lawyer")
    for _ in range(2):  # the second tap does no harm
        assert went_on(lawyer.post(f"/staff/notices/{call.row_id}/told")) == "/staff/notices"
    assert "现在没有要打的电话" in words_of(lawyer.get("/staff/notices"))
    acts = [row["action"] for row in centre.contents()["audit"].values()]
    assert acts.count("told by phone") == 1


@each_database
def test_each_sees_and_closes_calls_about_his_own_kinds_only(centre: Centre) -> None:
    reply_to(centre, CaseKind.CONSULTATION)
    reply_to(centre, CaseKind.HARDSHIP)
    (legal,), (relief,) = calls_of(centre, "lawyer"), calls_of(centre, "intake")
    assert (legal.kind, relief.kind) == ("法律咨询", "困难帮扶申请")
    intake = centre.staff("intake")
    intake.get("/staff/notices")
    assert intake.post(f"/staff/notices/{legal.row_id}/told").status_code == 403
    assert intake.post("/staff/notices/999999/told").status_code == 404
    assert len(calls_of(centre, "lawyer")) == 1
    with pytest.raises(NotAllowed):
        calls_of(centre, "reviewer")
    with pytest.raises(NotAllowed):
        notice_queue.mark_told(centre.office, centre.actor("approver"), relief.row_id)
    with pytest.raises(NotFound):
        notice_queue.mark_told(centre.office, centre.actor("intake"), 999_999)


def test_looking_at_the_list_changes_nothing(centre: Centre) -> None:
    reply_to(centre, CaseKind.HARDSHIP)
    intake = centre.staff("intake")
    before = centre.contents()
    intake.get("/staff/notices")
    assert centre.contents() == before


@each_database
def test_old_notices_are_forgotten_once_they_are_done(centre: Centre) -> None:
    reply_to(centre, CaseKind.HARDSHIP)
    reply_to(centre, CaseKind.JOBS)
    first, _ = calls_of(centre, "intake")
    notice_queue.mark_told(centre.office, centre.actor("intake"), first.row_id)
    centre.clock.advance(days=89)
    centre.staff("intake")  # somebody has worked with this clock
    retention.tidy(centre.office)
    assert len(queued(centre)) == 2
    centre.clock.advance(days=2)
    retention.tidy(centre.office)
    assert queued(centre) == [("reply", "plain", "call")]
    assert len(calls_of(centre, "intake")) == 1


def test_what_was_worth_a_call_stays_so_in_what_is_newer(sending: Centre) -> None:
    filed = reply_to(sending, CaseKind.HARDSHIP)
    sending.take("intake", filed, "accept")  # alone it is worth none
    *_, row = sending.contents()["outbox"].values()
    assert (row["what"], row["state"], row["worth_a_call"]) == ("accept", "due", True)
    sending.clock.advance(seconds=1)
    leave_all_to_staff(sending.office)
    assert open_ones(sending) == [("accept", "modest", "call")]


def test_what_was_worth_no_call_makes_nothing_newer_worth_one(sending: Centre) -> None:
    filed = sending.case(CaseKind.HARDSHIP)
    sending.take("intake", filed, "accept")
    assert [row["worth_a_call"] for row in sending.contents()["outbox"].values()] == [False, False]


def spoil_key(centre: Centre, table: str, field: str, receipt: str) -> None:
    """Put another row's kind of key where the key of this receipt stood."""
    rows = centre.office.store.db.table(table)
    name = "number" if table == "cases" else "receipt"
    assert rows.update({field: "1.AAAA"}, where(name) == receipt)


def test_one_call_that_does_not_open_hides_no_other(centre: Centre) -> None:
    damaged, lost, whole = (reply_to(centre, CaseKind.CONSULTATION) for _ in range(3))
    spoil_key(centre, "outbox", "wrapped", damaged.number)
    spoil_key(centre, "cases", "key", lost.number)
    shown = {call.receipt: (call.how, call.best_time) for call in calls_of(centre, "lawyer")}
    assert shown == {
        damaged.number: ("打不开", "下班以后"),
        lost.number: ("199****0003", ""),
        whole.number: ("199****0003", "下班以后"),
    }
    assert "打不开" in words_of(centre.staff("lawyer").get("/staff/notices"))


def near_their_end(centre: Centre, count: int) -> list[Filed]:
    """Cases whose time for a supplement ends within three days."""
    filed = [centre.case(CaseKind.JOBS) for _ in range(count)]
    for one in filed:
        centre.take("intake", one, "request_supplement", "请写清想做什么。")
    due = next(iter(centre.contents()["cases"].values()))["due_on"]
    centre.clock.advance(days=(date.fromisoformat(due) - centre.office.today()).days - 2)
    return filed


def test_one_case_that_does_not_open_stops_no_reminder(
    sending: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    damaged, whole = near_their_end(sending, 2)
    spoil_key(sending, "cases", "key", damaged.number)
    notice_queue.remind_of_last_days(sending.office)
    rows = sending.contents()["outbox"].values()
    assert [row["receipt"] for row in rows if row["what"] == "last days"] == [whole.number]
    (line,) = caplog.messages
    assert line.startswith("reminding failed: cases row ")
    assert damaged.number not in line


def do_daily_chores(centre: Centre) -> None:
    """What the server does each day, done once."""
    stop = Event()
    stop.set()
    room = open_newsroom(centre.office, centre.root, Config())
    for chore in background.list_chores(room, None, None):
        if chore.failed in {"tidying failed", "reminding failed"}:
            background.every(chore, stop)


def test_tidying_that_fails_stops_no_reminder(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    near_their_end(centre, 1)

    def fail(_: object) -> None:
        raise StoreFull("the disk is full")

    monkeypatch.setattr(background, "tidy", fail)
    do_daily_chores(centre)
    assert [what for what, *_ in open_ones(centre)] == ["last days"]
    monkeypatch.setattr(background, "remind_of_last_days", fail)
    caplog.clear()
    do_daily_chores(centre)
    assert caplog.messages == ["tidying failed: StoreFull", "reminding failed: StoreFull"]


@pytest.mark.parametrize(
    ("sends", "answer", "words"),
    [
        (False, "yes", "有事会给您留的手机 199****0004 打电话。"),
        (True, "yes", "有事会给您留的手机 199****0004 发短信，或者打电话。"),
        (True, "neutral", "发短信，或者打电话，不会先说是什么事。"),
        (True, "no", "我们不会打，也不会发。"),
    ],
)
def test_the_status_page_says_how_the_worker_will_hear(
    centre: Centre, sends: bool, answer: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(centre.office), "sends_notices", sends)
    filed = centre.case(CaseKind.JOBS, may_contact=answer)
    assert words in words_of(centre.follower(filed).get("/status/case"))
