"""Collective disputes at the desk: the word to the leader, who sees the list, who takes it out."""

import csv
import io
import json
import re

import pytest
from werkzeug.test import TestResponse

from portal.domain.cases.events import LeaderInformed
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.operations.rosters import leader_report
from portal.store import audit, cases
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.keying import key_in, stored_of
from tests.support.walking import went_on


def report_lines(centre: Centre, login: str) -> str:
    """What the first page of the workbench says."""
    return words_of(centre.staff(login).get("/staff/"))


@each_database
def test_the_leader_and_the_lawyer_are_told_on_the_same_day(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    small = centre.case(CaseKind.CONSULTATION, people=6)
    for login in ("lawyer", "approver"):
        shown = report_lines(centre, login)
        assert f"{filed.number} 23 人，2026年11月24日收到" in shown
        assert "过了当天还没报" not in shown
    assert "集体争议" not in report_lines(centre, "intake")
    assert f"/staff/cases/{filed.number}" not in centre.staff("approver").get("/staff/").text
    assert centre.staff("approver").get(f"/staff/cases/{filed.number}").status_code == 403
    centre.clock.advance(days=1)
    assert "过了当天还没报" in report_lines(centre, "approver")
    with pytest.raises(NotAllowed, match="不是集体争议"):
        centre.take("lawyer", small, "report_to_leader")
    centre.take("lawyer", filed, "report_to_leader", "电话报给示范主席。")
    assert "集体争议要当天报给领导" not in report_lines(centre, "lawyer")
    with pytest.raises(NotAllowed, match="已经办过了"):
        centre.take("lawyer", filed, "report_to_leader")


def test_the_word_to_the_leader_is_nothing_for_the_worker_and_answers_him_nothing(
    centre: Centre,
) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    follower = centre.follower(filed)
    follower.get("/status/case/write")
    went_on(follower.post("/status/case/write", {"words": "代表选好了。"}))
    centre.take("lawyer", filed, "report_to_leader", "电话报给示范主席。")
    shown = words_of(follower.get("/status/case"))
    assert "示范主席" not in shown
    assert "已经报给领导" not in shown
    stored = cases.find_case(centre.office.store, filed.number)
    assert stored
    assert stored.case.unread
    assert stored.case.state == "submitted"
    assert LeaderInformed in {type(one) for one in cases.history(centre.office.store, stored)}
    assert "示范主席" not in json.dumps(centre.contents(), ensure_ascii=False)


def test_a_collective_dispute_that_is_over_needs_no_word_any_more(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    follower = centre.follower(filed)
    follower.get("/status/case/withdraw")
    went_on(follower.post("/status/case/withdraw", {"words": ""}))
    assert leader_report.list_to_report(centre.office, centre.actor("lawyer")) == []


def test_queue_and_case_say_how_many_they_are(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    lawyer = centre.staff("lawyer")
    assert "集体争议 23 人" in words_of(lawyer.get("/staff/?queue=consultation.submitted"))
    page = lawyer.get(f"/staff/cases/{filed.number}")
    shown = words_of(page)
    assert "集体争议 23 人" in shown
    assert "示范工友甲" not in shown
    assert "19900000031" not in page.text
    revealed = lawyer.post(f"/staff/cases/{filed.number}/reveal", {"reason": "contact"})
    assert "示范工友甲，19900000031" in words_of(revealed)


def take_out(browser: Browser, filed: Filed, reason: str) -> TestResponse:
    browser.get("/staff/account")
    return browser.post(f"/staff/cases/{filed.number}/list.csv", {"reason": reason})


@each_database
def test_the_list_is_taken_out_for_a_reason_that_is_logged(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    lawyer = centre.staff("lawyer")
    given = take_out(lawyer, filed, "arbitration")
    assert given.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(given.data.decode("utf-8-sig"))))
    assert rows[1] == ["示范工友甲", "19900000031", "32,000"]
    logged = [(one.actor, one.action, one.object, one.note) for one, _ in
              audit.entries(centre.instance)]  # fmt: skip
    assert ("lawyer", "take out list", filed.number, "arbitration") in logged
    assert went_on(take_out(lawyer, filed, "")) == f"/staff/cases/{filed.number}"
    assert take_out(centre.staff("intake"), filed, "arbitration").status_code == 403
    small = centre.case(CaseKind.CONSULTATION, people=6)
    assert take_out(lawyer, small, "arbitration").status_code == 404


def test_lines_are_keyed_in_at_the_counter_and_their_mistakes_told(centre: Centre) -> None:
    refused = key_in(centre, CaseKind.CONSULTATION, coworkers="示范甲\t\t500\n乙\n示范丙,1")
    assert refused.status_code == 422
    shown = words_of(refused)
    assert re.search(r"第 \d+c 题：第 2 行，姓名：", shown)
    assert typed_in(refused, "coworkers") == ["示范甲  500\n乙\n示范丙,1"]
    done = key_in(centre, CaseKind.CONSULTATION, coworkers="示范甲\t\t500\n示范丙")
    people = stored_of(centre, done).open_answers()["coworkers"]
    assert isinstance(people, list)
    assert [one["coworker_amount"] for one in people] == [50_000, None]
    none = stored_of(centre, key_in(centre, CaseKind.CONSULTATION, coworkers=""))
    assert none.open_answers()["coworkers"] == []
    assert none.case.people == 23
