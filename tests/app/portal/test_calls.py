"""The list of calls: each try is noted, tried again in time, and told to colleagues alone."""

import re
from datetime import UTC, datetime

import pytest

from portal.domain.cases.call_outcomes import CallOutcome
from portal.domain.notices.calls import find_next_try
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import case_file
from portal.operations.centre.recount import find_wrong_cases
from portal.operations.notices import notice_queue
from portal.operations.notices.notice_queue import Call
from portal.store import audit, cases
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database

PAGE = "/staff/notices"


def answered(centre: Centre, **answers: object) -> Filed:
    """A consultation that a lawyer has answered, of somebody who may be rung up."""
    filed = centre.case(CaseKind.CONSULTATION, may_contact="yes", **answers)
    centre.take("lawyer", filed, "answer", "可以要回来。")
    return filed


def calls_of(centre: Centre, login: str = "lawyer") -> list[Call]:
    return notice_queue.list_calls(centre.office, centre.actor(login), "青石市帮扶中心", "12351")


def end(browser: Browser, call: Call, outcome: str, again: str = "hour") -> None:
    """Press the button that says how a call ended."""
    browser.get(PAGE)
    sent = browser.post(f"{PAGE}/{call.row_id}/told", {"outcome": outcome, "again": again})
    assert sent.headers["Location"] == PAGE


def told_staff(centre: Centre, filed: Filed) -> list[tuple[str, tuple[str, ...], str]]:
    """What the history says of calls, the oldest first."""
    file = case_file.open_file(centre.office, centre.actor("lawyer"), filed.number)
    return [(one.actor, one.facts, one.text) for one in file.entries[::-1]
            if one.title == "打电话、去找本人"]  # fmt: skip


def test_the_number_is_shown_in_place_and_that_is_logged(centre: Centre) -> None:
    filed, other = answered(centre), answered(centre, mobile="19900000011")
    first, _ = calls_of(centre)
    browser = centre.staff("lawyer")
    assert first.receipt == filed.number
    shown = browser.get(PAGE)
    assert "19900000003" not in shown.text
    number = str(cases_answer(centre, filed, "mobile"))
    seen = browser.post(f"{PAGE}/{first.row_id}/number")
    assert number in seen.text
    assert "19900000011" not in seen.text
    assert number not in browser.get(PAGE).text
    logged = [(one.actor, one.action, one.object, one.note)
              for one, _ in audit.entries(centre.instance)]  # fmt: skip
    assert logged.count(("lawyer", "reveal", filed.number, "contact")) == 1
    assert not [one for one in logged if one[1:3] == ("reveal", other.number)]


def cases_answer(centre: Centre, filed: Filed, name: str) -> object:
    """An answer of a case in clear."""
    stored = cases.find_case(centre.office.store, filed.number)
    assert stored
    return stored.answer(name)


@each_database
def test_who_does_not_answer_is_tried_again_and_colleagues_read_of_it(centre: Centre) -> None:
    filed = answered(centre)
    later = answered(centre, mobile="19900000011")
    browser = centre.staff("lawyer")
    end(browser, calls_of(centre)[0], "no_answer")
    waiting, first = calls_of(centre)[::-1]
    assert (first.receipt, waiting.receipt) == (later.number, filed.number)
    assert (waiting.tries, waiting.last_try) == (1, "没人接、没找到人")
    assert waiting.again_at == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # in two hours
    assert "找了 1 次：没人接" in words_of(browser.get(PAGE))
    assert "要打的电话（1）" in words_of(browser.get(PAGE))  # who is rung up later does not count
    assert told_staff(centre, filed) == [
        ("lawyer", ("没人接、没找到人",), "2026年11月24日 12:00再打")
    ]
    centre.clock.advance(hours=2)
    assert [one.again_at for one in calls_of(centre)] == [None, None]
    assert "要打的电话（2）" in words_of(centre.staff("lawyer").get(PAGE))
    end(centre.staff("lawyer"), calls_of(centre)[0], "told")
    assert [one.receipt for one in calls_of(centre)] == [later.number]
    assert told_staff(centre, filed)[-1] == ("lawyer", ("告诉了本人",), "")
    assert "去找本人" not in words_of(centre.follower(filed).get("/status/case"))
    assert find_wrong_cases(centre.office, lambda *_: None) == []


def test_whoever_is_never_reached_is_looked_for_another_way(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP, may_contact="yes")
    centre.take("second-intake", filed, "request_supplement", "请补户口本。")
    browser = centre.staff("intake")
    for tries in (1, 2, 3):
        (call,) = calls_of(centre, "intake")
        assert call.other_ways == ()
        end(browser, call, "no_answer")
        assert calls_of(centre, "intake")[0].tries == tries
    assert calls_of(centre, "intake")[0].other_ways == ("代办人的电话", "住址")
    assert "换个办法找：代办人的电话、住址" in words_of(browser.get(PAGE))


def test_a_wrong_number_is_told_until_it_is_put_right(centre: Centre) -> None:
    filed = answered(centre)
    browser = centre.staff("lawyer")
    end(browser, calls_of(centre)[0], "wrong_number")
    (call,) = calls_of(centre)
    assert (call.wrong, call.again_at) == (True, None)
    page = browser.get(PAGE)
    assert "在这里改过来" in words_of(page)
    (address,) = re.findall(rf'href="(/staff/cases/{filed.number}/answers/[^"]+)"', page.text)
    assert 'name="mobile"' in browser.get(address).text
    stored = cases.find_case(centre.office.store, filed.number)
    assert stored
    cases.replace_answer(centre.office.store, stored, "mobile", "19900000099")
    (call,) = calls_of(centre)
    assert (call.wrong, call.last_try, call.how) == (False, "", "199****0099")
    assert "19900000099" in browser.post(f"{PAGE}/{call.row_id}/number").text


def test_who_asks_for_another_time_is_rung_up_then(centre: Centre) -> None:
    answered(centre)
    end(centre.staff("lawyer"), calls_of(centre)[0], "later", "morning")
    (call,) = calls_of(centre)
    assert call.again_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("again", "now", "then"),
    [
        ("hour", (24, 2), (24, 3)),
        ("evening", (24, 2), (24, 10)),
        ("evening", (24, 11), (24, 11)),
        ("afternoon", (24, 2), (25, 6)),
        ("", (24, 11), (25, 1)),
    ],
)
def test_nobody_is_rung_up_in_the_past_or_at_night(
    again: str, now: tuple[int, int], then: tuple[int, int]
) -> None:
    moment = datetime(2026, 11, *now, tzinfo=UTC)
    assert find_next_try(again, moment) == datetime(2026, 11, *then, tzinfo=UTC)


def test_what_was_told_stays_told_and_counts_once(centre: Centre) -> None:
    filed = answered(centre)
    (call,) = calls_of(centre)
    for outcome in (CallOutcome.TOLD, CallOutcome.NO_ANSWER, CallOutcome.TOLD):
        notice_queue.note_call(centre.office, centre.actor("lawyer"), call.row_id, outcome)
    assert [facts for _, facts, _ in told_staff(centre, filed)] == [("告诉了本人",)]
    assert calls_of(centre) == []


def test_nobody_notes_or_sees_calls_of_cases_that_are_not_his(centre: Centre) -> None:
    answered(centre)
    (call,) = calls_of(centre)
    clerk = centre.staff("intake")
    clerk.get(PAGE)
    for act in ("number", "told"):
        assert clerk.post(f"{PAGE}/{call.row_id}/{act}").status_code == 403
        assert clerk.post(f"{PAGE}/999999/{act}").status_code == 404
    lawyer = centre.staff("lawyer")
    lawyer.get(PAGE)
    assert lawyer.post(f"{PAGE}/{call.row_id}/told", {"outcome": "shouted"}).status_code == 400
    assert calls_of(centre)[0].tries == 0
