"""Keying in letters, calls and visits: the case equals one filed on the web."""

import json
import logging
import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from portal.domain.accounts.permissions import Role
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.counter.paper_layout import lay_out_form
from portal.domain.forms.answers import is_said, type_back
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.cases import case_file
from portal.store import audit, cases
from tests.support.browser import typed_in, words_of
from tests.support.canaries import MARKED, found_in
from tests.support.centre import Centre, full_disk
from tests.support.databases import each_database
from tests.support.following import look_up
from tests.support.keying import Form, key_in, keyer_of, open_page, stored_of, typed_whole
from tests.support.samples import ANSWERS, MEMBER
from tests.support.walking import went_on


def everything_typed_in(shown: TestResponse) -> dict[str, list[str]]:
    """What stands in every field of the page, as a browser would send it."""
    names = set(re.findall(r' name="([^"]+)"', shown.text))
    return {name: typed_in(shown, name) for name in names}


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_what_is_keyed_in_equals_what_is_filed_on_the_web(centre: Centre, kind: CaseKind) -> None:
    web = cases.find_case(centre.office.store, centre.case(kind).number)
    keyed = stored_of(centre, key_in(centre, kind))
    assert web
    assert keyed.open_answers() == web.open_answers()
    assert (keyed.case.state, keyed.case.form_version) == (web.case.state, web.case.form_version)
    assert (keyed.case.channel, web.case.channel) == ("letter", "web")
    assert keyed.case.taken == (("submit", keyer_of(kind)),)


def test_the_time_limit_runs_from_the_day_it_came(centre: Centre) -> None:
    web = cases.find_case(centre.office.store, centre.case(CaseKind.HARDSHIP).number)
    keyed = stored_of(centre, key_in(centre, CaseKind.HARDSHIP)).case
    assert web
    assert web.case.due_on
    assert keyed.due_on
    assert keyed.due_on < web.case.due_on
    assert keyed.submitted_at.date().isoformat() == "2026-11-20"
    file = case_file.open_file(centre.office, centre.actor("intake"), keyed.receipt)
    (entry,) = file.entries
    assert entry.at == centre.office.now()  # when it was keyed in stays on record
    assert {"怎么来的：来信", "哪天收到的：2026年11月20日"} <= set(entry.facts)


def test_who_keyed_it_in_does_not_accept_it_and_the_log_names_him(centre: Centre) -> None:
    keyed = stored_of(centre, key_in(centre, CaseKind.MEDICAL)).case
    file = case_file.open_file(centre.office, centre.actor("intake"), keyed.receipt)
    assert "accept" not in {step.code for step in file.steps}
    other = case_file.open_file(centre.office, centre.actor("everything"), keyed.receipt)
    assert "accept" in {step.code for step in other.steps}
    logged = [(one.actor, one.action, one.object) for one, _ in
              audit.entries(centre.instance)]  # fmt: skip
    assert ("intake", "key in", keyed.receipt) in logged


def test_the_slip_carries_number_and_code_that_open_the_case(centre: Centre) -> None:
    shown = key_in(centre, CaseKind.CONSULTATION)
    number, code = re.findall(r'class="number">([^<]+)<', shown.text)
    worker = centre.browser()
    assert went_on(look_up(worker, number, code)) == "/status/case"
    assert code.replace(" ", "") not in json.dumps(centre.contents())


@each_database
def test_a_second_tap_files_no_second_case_and_gives_the_same_code(centre: Centre) -> None:
    browser, address, once = open_page(centre, CaseKind.JOBS)
    typed = {**typed_whole(CaseKind.JOBS), "once": once}
    first, second = browser.post(address, typed), browser.post(address, typed)
    assert words_of(first) == words_of(second)
    assert len(centre.contents()["cases"]) == 1


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_every_missing_answer_is_named_with_its_number(centre: Centre, kind: CaseKind) -> None:
    typed, empty = typed_whole(kind), {}
    for block in lay_out_form(JOURNEYS[kind]):
        for one in block.questions:
            # What decides about others stays, or they would not be asked for.
            if block.table or one.field.optional or one.field.kind in {Kind.ONE_OF, Kind.SOME_OF}:
                continue
            if typed[one.field.name]:
                empty[one.field.name] = f"第 {one.number} 题：{one.field.missing}"
    shown = key_in(centre, kind, **dict.fromkeys(empty, ""))
    assert shown.status_code == 422
    assert [words for words in empty.values() if words not in words_of(shown)] == []
    assert [name for name in empty if f'<a href="#{name}">' not in shown.text] == []
    assert shown.text.count('<a href="#') == len(empty)
    assert not centre.contents().get("cases")


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_nothing_that_was_typed_is_lost_on_an_error(centre: Centre, kind: CaseKind) -> None:
    typed = typed_whole(kind)
    browser, address, once = open_page(centre, kind)
    shown = browser.post(address, {**typed, "once": once, "came_by": ""})
    assert shown.status_code == 422
    back = everything_typed_in(shown)
    expected = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    expected |= {"once": [once], "came_by": []}
    assert {name: [one for one in back.get(name, []) if one] for name in expected} == {
        name: [one for one in values if one] for name, values in expected.items()
    }


def test_a_question_counts_only_if_its_condition_holds(centre: Centre) -> None:
    answers = ANSWERS[CaseKind.HARDSHIP] | {"filled_by": "self", "pay_to": "later"}
    typed = typed_whole(CaseKind.HARDSHIP, answers)
    typed |= {"helper_mobile": "不是电话", "bank_card": "", "bank_name": ""}
    browser, address, once = open_page(centre, CaseKind.HARDSHIP)
    kept = stored_of(centre, browser.post(address, {**typed, "once": once})).open_answers()
    assert not {"helper_name", "helper_mobile", "bank_card", "bank_name"} & kept.keys()


def test_a_row_that_was_begun_must_be_whole_and_empty_rows_are_ignored(centre: Centre) -> None:
    shown = key_in(centre, CaseKind.SCHOOLING, **{"member_name-4": "示范老伴"})
    assert shown.status_code == 422
    assert "第 4 位家人：请选是您的什么人" in words_of(shown)
    assert typed_in(shown, "member_name-4") == ["示范老伴"]
    whole = {f"{n}-4": type_back(FIELDS[n], value) for n, value in MEMBER.items()}
    kept = stored_of(centre, key_in(centre, CaseKind.SCHOOLING, **whole)).open_answers()
    assert kept["members"] == [MEMBER, MEMBER]


def test_the_guardian_is_asked_for_when_a_row_holds_a_young_child(centre: Centre) -> None:
    shown = key_in(centre, CaseKind.MEDICAL, guardian_consent="")
    assert shown.status_code == 422
    assert "要监护人打勾同意" in words_of(shown)
    older = key_in(centre, CaseKind.MEDICAL, **{"guardian_consent": "", "member_age-1": "15"})
    assert "guardian_consent" not in stored_of(centre, older).open_answers()


def test_more_rows_are_shown_with_everything_still_there(centre: Centre) -> None:
    browser, address, once = open_page(centre, CaseKind.HARDSHIP)
    typed = typed_whole(CaseKind.HARDSHIP) | {"once": once}
    shown = browser.post(address, {**typed, "button": "more"})
    assert shown.status_code == 200
    assert typed_in(shown, "member_name-12") == [""]
    assert typed_in(shown, "once") == [once]
    assert typed_in(shown, "name") == [typed["name"]]
    assert 'role="alert"' not in shown.text
    assert not centre.contents().get("cases")
    last = {f"{n}-12": type_back(FIELDS[n], value) for n, value in MEMBER.items()}
    done = browser.post(address, {**typed, **last, "count": "12"})
    assert stored_of(centre, done).open_answers()["members"] == [MEMBER, MEMBER]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"came_by": ""}, "请选来访、来电还是来信"),
        ({"came_by": "web"}, "没有这个选项"),
        ({"came_on": "2026-11-25"}, "日期不能晚于今天"),
        ({"came_on": "2026-09-24"}, "超过 60 天了"),
        ({"consent_by": ""}, "请先让本人同意"),
        ({"came_by": "visit", "consent_by": "spoken"}, "本人来了，请他在纸质表上"),
        ({"once": "x"}, "请重新打开这一页"),
        ({"not_asked": "x"}, "没有问的内容"),
    ],
)
def test_what_cannot_be_is_refused(centre: Centre, changed: Form, words: str) -> None:
    shown = key_in(centre, CaseKind.JOBS, **changed)
    assert shown.status_code == 422
    assert words in words_of(shown)
    assert typed_in(shown, "name") == [ANSWERS[CaseKind.JOBS]["name"]]
    assert not centre.contents().get("cases")


def test_the_oldest_day_and_a_consent_by_phone_are_taken(centre: Centre) -> None:
    day = (centre.office.today() - timedelta(days=60)).isoformat()
    shown = key_in(centre, CaseKind.JOBS, came_on=day, came_by="call", consent_by="spoken")
    assert stored_of(centre, shown).case.channel == "call"


@pytest.mark.parametrize(
    ("login", "kind"),
    [("lawyer", "hardship"), ("lawyer", "jobs"), ("lawyer", "objection"),
     ("director", "complaint"), ("auditor", "complaint"),
     ("approver", "hardship"), ("reviewer", "own_data"), ("editor", "jobs"), ("admin", "jobs")],
)  # fmt: skip
def test_nobody_keys_in_what_is_not_his(centre: Centre, login: str, kind: str) -> None:
    browser = centre.staff(login)
    browser.get("/staff/account")
    before = centre.contents()
    assert browser.get(f"/staff/new/{kind}").status_code == 403
    typed = typed_whole(CaseKind(kind)) | {"once": "a" * 32}
    assert browser.post(f"/staff/new/{kind}", typed).status_code == 403
    assert centre.contents() == before


def test_a_kind_that_does_not_exist_is_not_found(centre: Centre) -> None:
    assert centre.staff("intake").get("/staff/new/nothing").status_code == 404


def test_the_choice_shows_only_what_is_his(centre: Centre) -> None:
    shown = centre.staff("lawyer").get("/staff/new").text
    assert "/staff/new/consultation" in shown
    assert "/staff/new/hardship" not in shown
    assert "/consult/paper.pdf" in shown


@each_database
def test_another_case_of_the_same_person_is_shown(centre: Centre) -> None:
    centre.case(CaseKind.HARDSHIP)
    assert "这个证件号另有 1 件您能看的" in words_of(key_in(centre, CaseKind.MEDICAL))
    assert "另有" not in words_of(key_in(centre, CaseKind.JOBS))


def test_nothing_is_lost_on_a_full_disk_a_dead_token_or_the_limit(centre: Centre) -> None:
    browser, address, once = open_page(centre, CaseKind.JOBS)
    typed = typed_whole(CaseKind.JOBS) | {"once": once}
    with full_disk():
        full = browser.post(address, typed)
    dead = browser.post_as_is(address, {**typed, "csrf_token": "dead"})
    for _ in range(120):
        rate_limits.spend(centre.office, RateLimit.KEY_IN, "intake")
    over = browser.post(address, typed)
    for shown, status in ((full, 503), (dead, 422), (over, 429)):
        assert shown.status_code == status
        assert typed_in(shown, "name") == [typed["name"]]
        assert typed_in(shown, "once") == [once]
    assert not centre.contents().get("cases")


def test_what_is_keyed_in_is_found_nowhere_in_clear(
    centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for kind in CaseKind:
        browser, address, once = open_page(centre, kind)
        typed = typed_whole(kind, MARKED[kind]) | {"once": once}
        assert browser.post(address, {**typed, "came_by": ""}).status_code == 422
        with full_disk():
            assert browser.post(address, typed).status_code == 503
        stored_of(centre, browser.post(address, typed))
    assert found_in(caplog.text) == []
    for table, rows in centre.contents().items():
        assert found_in(json.dumps(rows, ensure_ascii=False)) == [], table


def test_the_receipt_is_printed_for_whoever_has_just_keyed_it_in(centre: Centre) -> None:
    browser, address, once = open_page(centre, CaseKind.OWN_DATA)
    shown = browser.post(address, {**typed_whole(CaseKind.OWN_DATA), "once": once})
    number = stored_of(centre, shown).case.receipt
    before = centre.contents()
    sheet = browser.post(f"{address}/receipt.pdf", {"once": once})
    assert sheet.mimetype == "application/pdf"
    assert number in sheet.headers["Content-Disposition"]
    assert browser.post(f"{address}/receipt.pdf", {"once": "a" * 64}).status_code == 404
    assert browser.post("/staff/new/jobs/receipt.pdf", {"once": once}).status_code == 404
    lawyer = centre.staff("lawyer")
    lawyer.get("/staff/account")
    assert lawyer.post(f"{address}/receipt.pdf", {"once": once}).status_code == 404
    assert centre.contents()["cases"] == before["cases"]


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_the_page_and_the_check_page_number_the_questions_as_the_paper_does(
    centre: Centre, kind: CaseKind
) -> None:
    page = words_of(centre.staff(keyer_of(kind)).get(f"/staff/new/{kind}"))
    browser, _ = centre.draft(kind)
    check = words_of(browser.get(f"/{JOURNEYS[kind].address}/check"))
    for block in lay_out_form(JOURNEYS[kind]):
        assert block.condition in page
        for one in block.questions:
            assert f"{one.number}、{one.field.label}" in page
            answers = ANSWERS[kind]
            answered = one.field.name in answers and is_said(one.field, answers)
            if answered and not block.table and not block.condition:
                assert f"{one.number}、{one.field.label}" in check


def test_a_clerk_keys_in_a_legal_question_that_he_cannot_open_afterwards(centre: Centre) -> None:
    before = centre.case(CaseKind.CONSULTATION)  # the same person, of whom he must not learn
    clerk, address = centre.staff("intake"), "/staff/new/consultation"
    once = typed_in(clerk.get(address), "once")[0]
    slip = clerk.post(address, {**typed_whole(CaseKind.CONSULTATION), "once": once})
    keyed = stored_of(centre, slip).case
    assert "以后打不开" in words_of(slip)
    assert "另有" not in words_of(slip)
    assert f"/staff/cases/{keyed.receipt}" not in slip.text
    sheet = clerk.post(f"{address}/receipt.pdf", {"once": once})
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    for one in (keyed.receipt, before.number):
        assert clerk.get(f"/staff/cases/{one}").status_code == 403
        assert clerk.get(f"/staff/cases/{one}/papers/add/signed").status_code == 403
    pages = ("/staff/", "/staff/?view=open", "/staff/stages", "/staff/notices", "/staff/contacts")
    assert not [page for page in pages if keyed.receipt in clerk.get(page).text]
    assert keyed.receipt in centre.staff("lawyer").get("/staff/?view=open").text


def test_who_keyed_a_legal_question_in_has_none_of_its_steps(centre: Centre) -> None:
    steps = WORKFLOWS[CaseKind.CONSULTATION].steps.values()
    assert not [step.code for step in steps if Role.INTAKE in step.by]
