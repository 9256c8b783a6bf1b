"""Contacts（接待登记）: noted in one page, put right, counted once, and told to nobody else."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from werkzeug.test import TestResponse

from portal.domain.counter.contacts import (
    Contact,
    ContactBecameCase,
    ContactRecorded,
    ContactStruck,
)
from portal.domain.figures.counting import add_up
from portal.domain.figures.indicators import COUNTINGS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre.recount import find_wrong_contacts
from portal.operations.figures import reports
from portal.store import audit, cases, contacts, months
from portal.store.records import number_of
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, full_disk
from tests.support.databases import each_database
from tests.support.keying import stored_of, typed_whole

PAGE = "/staff/contacts"
CALL = {"came_by": "call", "came_on": "2026-11-24", "contact_topic": "unpaid_wages",
        "contact_outcome": "answered", "referred_to": "", "town": "qs03",
        "migrant_worker": "yes", "contact_words": "问讨薪找谁"}  # fmt: skip


def note(browser: Browser, **changed: Any) -> TestResponse:
    """Send the page with a call about wages."""
    once = typed_in(browser.get(PAGE), "once")[0]
    return browser.post(PAGE, {**CALL, "once": once, **changed})


def noted(centre: Centre, login: str = "intake") -> list[Contact]:
    """What somebody noted today, the newest first."""
    return contacts.list_contacts(centre.office.store, login, centre.office.today())


def count(centre: Centre, code: str, by: str = "") -> dict[str, dict[str, int]]:
    """What a figure comes to, by month; nothing where it comes to nothing."""
    counted = add_up(months.count_months(centre.office.store, centre.office.now()), COUNTINGS, by)
    return {month: values for month, values in counted[code].items() if any(values.values())}


def correct(browser: Browser, contact: Contact, **changed: Any) -> TestResponse:
    """Send the page on which a contact is put right."""
    browser.get(PAGE)
    typed = {**CALL, "seen": str(contact.version), "why": "选错了", **changed}
    return browser.post(f"{PAGE}/{contact.number}", typed)


@each_database
def test_a_call_is_noted_in_one_page_and_listed_for_who_noted_it(centre: Centre) -> None:
    browser = centre.staff("intake")
    answer = note(browser)
    assert answer.status_code == 303
    shown = words_of(browser.get(answer.headers["Location"]))
    assert "记下了：来电，被拖欠工资" in shown
    assert "问讨薪找谁" in shown
    (contact,) = noted(centre)
    history = contacts.contact_history(centre.office.store, contact.number)
    (event,) = history
    assert (type(event), event.actor, event.on.isoformat()) == (
        ContactRecorded, "intake", "2026-11-24",
    )  # fmt: skip
    assert event.tally == {
        "channel": "call", "topic": "unpaid_wages", "town": "qs03", "migrant": "yes",
    }  # fmt: skip
    assert count(centre, "S1.2") == {"2026-11": {"": 1}}
    assert "问讨薪找谁" not in json.dumps(centre.contents(), ensure_ascii=False)
    logged = [(one.actor, one.action, one.object) for one, _ in audit.entries(centre.instance)]
    assert ("intake", "record contact", contact.number) in logged


def test_channel_topic_and_button_are_enough(centre: Centre) -> None:
    browser = centre.staff("lawyer")
    page = browser.get(PAGE)
    kept = {name: typed_in(page, name)[0] for name in ("came_on", "contact_outcome", "once")}
    kept |= {"migrant_worker": "unknown", "town": "", "referred_to": "", "contact_words": ""}
    sent = browser.post(PAGE, {**kept, "came_by": "visit", "contact_topic": "opening"})
    assert sent.status_code == 303
    (contact,) = noted(centre, "lawyer")
    assert contact.tally == {"channel": "visit", "topic": "opening", "migrant": "unknown"}


def test_two_taps_note_one_contact(centre: Centre) -> None:
    browser = centre.staff("intake")
    once = typed_in(browser.get(PAGE), "once")[0]
    first, second = (browser.post(PAGE, {**CALL, "once": once}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(noted(centre)) == 1


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(centre: Centre) -> None:
    browser = centre.staff("intake")
    for changed, words in (
        ({"came_by": ""}, "请选来访、来电还是来信"),
        ({"contact_topic": ""}, "请选是什么事"),
        ({"contact_outcome": "referred"}, "请选转到哪里"),
        ({"contact_outcome": "case", "contact_topic": "opening"}, "这件事没有表可以录"),
        ({"came_on": "2026-09-24"}, "超过 60 天了"),
        ({"came_on": "2026-11-25"}, ""),
        ({"once": "x"}, "这一页的内容不全"),
    ):
        shown = note(browser, **changed)
        assert shown.status_code == 422
        assert words in words_of(shown)
        assert typed_in(shown, "contact_words") == ["问讨薪找谁"]
    with full_disk():
        shown = note(browser)
    assert (shown.status_code, typed_in(shown, "contact_words")) == (503, ["问讨薪找谁"])
    assert noted(centre) == []


def test_a_contact_is_counted_on_the_day_it_happened_and_split(centre: Centre) -> None:
    browser = centre.staff("intake")
    for changed in ({"came_on": "2026-10-30"}, {"came_by": "letter"}, {"migrant_worker": "no"}):
        note(browser, **changed)
    assert count(centre, "S1.2") == {"2026-10": {"": 1}, "2026-11": {"": 1}}
    assert count(centre, "S1.1", "town") == {"2026-11": {"qs03": 1}}
    assert count(centre, "S1.2", "migrant") == {"2026-10": {"yes": 1}, "2026-11": {"no": 1}}


def test_a_contact_that_becomes_a_case_counts_once_and_both_point_to_each_other(
    centre: Centre,
) -> None:
    browser = centre.staff("intake")
    answer = note(browser, contact_outcome="case", contact_topic="hardship", came_on="2026-11-20")
    (contact,) = noted(centre)
    address = answer.headers["Location"]
    assert address == f"/staff/new/hardship?contact={contact.number}"
    page = browser.get(address)
    known = {name: typed_in(page, name) for name in ("came_by", "came_on", "town", "contact")}
    assert known == {"came_by": ["call"], "came_on": ["2026-11-20"], "town": ["qs03"],
                     "contact": [contact.number]}  # fmt: skip
    typed = {**typed_whole(CaseKind.HARDSHIP), "once": typed_in(page, "once")[0],
             "contact": contact.number, "came_by": "visit"}  # fmt: skip
    first, second = (browser.post("/staff/new/hardship", typed) for _ in range(2))
    stored = stored_of(centre, first)
    assert words_of(first) == words_of(second)
    (contact,) = noted(centre)
    assert (contact.case, stored.case.contact) == (stored.case.receipt, contact.number)
    became = contacts.contact_history(centre.office.store, contact.number)[-1]
    assert isinstance(became, ContactBecameCase)
    assert became.receipt == stored.case.receipt
    assert contact.number in words_of(browser.get(f"/staff/cases/{stored.case.receipt}"))
    assert stored.case.receipt in words_of(browser.get(PAGE))
    assert count(centre, "S1.2") == {"2026-11": {"": 1}}
    assert count(centre, "S1.3") == {}


def test_a_second_form_does_not_come_of_the_same_contact(centre: Centre) -> None:
    browser = centre.staff("intake")
    address = note(browser, contact_outcome="case", contact_topic="jobs").headers["Location"]
    pages = [browser.get(address) for _ in range(2)]
    answers = [
        browser.post("/staff/new/jobs", {**typed_whole(CaseKind.JOBS),
                     "once": typed_in(page, "once")[0], "contact": typed_in(page, "contact")[0]})
        for page in pages
    ]  # fmt: skip
    assert [one.status_code for one in answers] == [200, 422]
    assert "已经录成表了" in words_of(answers[1])
    assert len(list(cases.every_number(centre.office.store))) == 1
    assert browser.get(address).headers["Location"] == PAGE


def test_a_form_that_was_not_keyed_in_yet_is_offered_again(centre: Centre) -> None:
    browser = centre.staff("lawyer")
    address = note(browser, contact_outcome="case").headers["Location"]
    assert address.startswith("/staff/new/consultation?")
    assert typed_in(browser.get(address), "topic") == ["unpaid_wages"]
    assert f'href="{address}"' in browser.get(PAGE).text


def test_what_was_noted_wrongly_is_struck_out_and_noted_anew(centre: Centre) -> None:
    browser = centre.staff("intake")
    note(browser)
    (before,) = noted(centre)
    page = browser.get(f"{PAGE}/{before.number}")
    assert page.status_code == 200
    assert {name: typed_in(page, name) for name in CALL if name != "referred_to"} == {
        name: [value] for name, value in CALL.items() if name != "referred_to"
    }
    assert correct(browser, before, came_by="visit", why="").status_code == 422
    assert correct(browser, before, came_by="visit").status_code == 303
    (after,) = noted(centre)
    assert (after.channel, after.number) == ("visit", before.number)
    recorded, struck, anew = contacts.contact_history(centre.office.store, after.number)
    assert isinstance(struck, ContactStruck)
    assert (struck.corrects, struck.text, struck.tally) == (
        0, "选错了", {**recorded.tally, "corrects": "ContactRecorded"},
    )  # fmt: skip
    assert anew.tally["channel"] == "visit"
    assert (count(centre, "S1.2"), count(centre, "S1.3")) == ({}, {"2026-11": {"": 1}})
    assert correct(browser, before).status_code == 409  # the page is out of date
    assert correct(browser, after, button="strike", why="登记了两回").status_code == 303
    assert count(centre, "S1.3") == {}
    last = contacts.contact_history(centre.office.store, after.number)[-1]
    assert isinstance(last, ContactStruck)
    assert last.corrects == 2
    (gone,) = noted(centre)
    assert correct(browser, gone).status_code == 422
    assert "这一条已经划掉了" in words_of(browser.get(f"{PAGE}/{gone.number}"))
    assert find_wrong_contacts(centre.office) == []


def test_a_contact_that_its_history_does_not_make_is_told(centre: Centre) -> None:
    note(centre.staff("intake"))
    table = centre.instance.db.table("contacts")
    (row,) = table
    table.update({"struck": "yes"}, doc_ids=[row.doc_id])
    assert find_wrong_contacts(centre.office) == [f"{row['number']}：接待登记对不上"]


def test_what_was_reported_stays_and_the_correction_counts_in_its_own_month(
    centre: Centre,
) -> None:
    centre.clock.now = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
    browser = centre.staff("intake")
    for _ in range(2):
        note(browser, came_on="2026-10-20")
    wrong = noted(centre)[0]
    centre.clock.now = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, "2026-10", "director")
    browser = centre.staff("intake")
    answer = correct(browser, wrong, came_by="letter", came_on="2026-10-20")
    assert answer.status_code == 303, words_of(answer)
    assert count(centre, "S1.2") == {"2026-10": {"": 2}, "2026-11": {"": -1}}
    assert count(centre, "S1.1") == {"2026-11": {"": 1}}
    late = {number_of(one.record) for one in months.late_entries(centre.office.store)}
    assert late == {wrong.number}
    assert reports.find_wrong_months(centre.office) == []


def test_a_contact_that_became_a_case_is_not_struck_out(centre: Centre) -> None:
    browser = centre.staff("intake")
    page = browser.get(note(browser, contact_outcome="case", contact_topic="jobs")
                       .headers["Location"])  # fmt: skip
    browser.post(
        "/staff/new/jobs",
        {
            **typed_whole(CaseKind.JOBS),
            "once": typed_in(page, "once")[0],
            "contact": typed_in(page, "contact")[0],
        },
    )
    (contact,) = noted(centre)
    shown = correct(browser, contact, button="strike")
    assert shown.status_code == 422
    assert "已经转成办件，不能划掉" in words_of(shown)
    assert count(centre, "S1.2") == {"2026-11": {"": 1}}


def test_nobody_else_reads_what_somebody_noted(centre: Centre) -> None:
    note(centre.staff("intake"))
    (contact,) = noted(centre)
    keyed = {"second-intake": "hardship", "lawyer": "consultation"}
    for login in keyed:
        browser = centre.staff(login)
        assert "问讨薪找谁" not in browser.get(PAGE).text
        assert browser.get(f"{PAGE}/{contact.number}").status_code == 404
        assert correct(browser, contact).status_code == 404
        assert browser.get(f"/staff/new/hardship?contact={contact.number}").status_code in {
            403,
            404,
        }


def test_a_case_that_he_keeps_out_of_is_not_named_in_his_list(centre: Centre) -> None:
    browser = centre.staff("intake")
    page = browser.get(note(browser, contact_outcome="case", contact_topic="jobs")
                       .headers["Location"])  # fmt: skip
    sent = browser.post("/staff/new/jobs", {**typed_whole(CaseKind.JOBS),
                        "once": typed_in(page, "once")[0],
                        "contact": typed_in(page, "contact")[0]})  # fmt: skip
    receipt = stored_of(centre, sent).case.receipt
    out = {"version": "0", "to": "intake", "why": "是我表弟"}
    assert browser.post(f"/staff/cases/{receipt}/exclude", out).status_code == 303
    shown = browser.get(PAGE)
    assert receipt not in shown.text
    assert "转成了办件" in words_of(shown)


def test_the_auditor_sees_how_many_and_nothing_else(centre: Centre) -> None:
    browser = centre.staff("intake")
    for changed in ({}, {"came_by": "visit"}, {"contact_topic": "opening"}, {}):
        note(browser, **changed)
    wrong = next(one for one in noted(centre) if one.tally["channel"] == "call"
                 and one.topic == "unpaid_wages")  # fmt: skip
    correct(browser, wrong, button="strike")
    shown = centre.staff("auditor").get(f"{PAGE}/counts")
    assert "一共 3 件次" in words_of(shown)
    rows = re.findall(r"<tr><td>(.+?)</td>(.+?)</tr>", shown.text)
    told = {topic: re.findall(r">(\d+)<", cells) for topic, cells in rows}
    assert told == {"被拖欠工资": ["1", "1", "0", "2"],
                    "问地址、上班时间、带什么": ["0", "1", "0", "1"]}  # fmt: skip
    assert "问讨薪找谁" not in shown.text
    assert "这个月没有登记" in words_of(centre.staff("auditor").get(f"{PAGE}/counts?month=2026-10"))
