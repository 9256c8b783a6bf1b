"""A year's arrangement in the workbench: pasted by one, confirmed by another, then counted by."""

from datetime import date

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.rules.arrangements import CALENDAR_FILE, read_arrangements
from portal.domain.rules.rulebook import after_working_days
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.newsroom.working_calendar import (
    CalendarYear,
    confirm_arrangement,
    enter_arrangement,
    list_calendar_years,
    withdraw_arrangement,
)
from portal.settings.config import read_rules
from portal.store import audit
from rulefiles.toml_files import read_toml
from tests.support.browser import Browser, typed_in, words_of
from tests.support.newsroom import APPROVER, EDITOR, Publisher
from tests.support.samples import STAFF
from tests.support.walking import went_on

PAGE = "/staff/calendar"
NOTICE = "国办发明电〔2026〕示范号"
MADE_UP = """1月1日（周五）至3日（周日）放假，共3天。
2月5日至11日放假调休，共7天。2月14日（周日）上班。
4月3日至5日放假。5月1日至5日放假调休，5月8日（周六）上班。6月9日放假。9月15日放假。
10月1日至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""
"""An invented arrangement of 2027: what the State Council will say is not known here."""
LAWYER = Actor("lawyer", STAFF["lawyer"])


def year_of(publisher: Publisher, year: int = 2027) -> CalendarYear:
    """A year as staff see it."""
    return next(one for one in list_calendar_years(publisher.room, EDITOR) if one.year == year)


def entered(publisher: Publisher) -> CalendarYear:
    """What the editor pasted, waiting."""
    enter_arrangement(publisher.room, EDITOR, 2027, NOTICE, MADE_UP)
    return year_of(publisher)


def text_of(publisher: Publisher) -> str:
    """The file of the calendar."""
    return (publisher.root / CALENDAR_FILE).read_text("utf-8")


def test_editor_pastes_a_notice_and_a_lawyer_confirms_it(publisher: Publisher) -> None:
    editor, lawyer = publisher.centre.staff("editor"), publisher.centre.staff("lawyer")
    shown = editor.get(PAGE)
    assert "2027 年 还没有填" in words_of(shown)
    assert typed_in(shown, "year") == ["2027"]
    sent = editor.post(PAGE, {"year": "2027", "notice": NOTICE, "words": MADE_UP})
    assert went_on(sent) == f"{PAGE}#year-2027"
    waiting = words_of(editor.get(PAGE))
    assert "2027 年 等第二个人核对" in waiting
    assert "要由律师、审批人里另一个人来核对" in waiting
    assert "2月9日（周二）、2月10日（周三）、2月11日（周四）" in waiting
    assert after_working_days(publisher.room.office.rules, date(2027, 2, 4), 1) == date(2027, 2, 9)
    page = lawyer.get(PAGE)
    (identity,) = set(typed_in(page, "shown"))
    confirmed = lawyer.post(f"{PAGE}/2027/confirm", {"shown": identity, "compared": "official"})
    assert went_on(confirmed) == PAGE
    assert "2027 年 ✓ 照它算" in words_of(lawyer.get(PAGE))
    assert "对的是官方公布的原文" in words_of(lawyer.get(PAGE))


def test_a_confirmed_year_counts_at_once_here_and_for_the_site(publisher: Publisher) -> None:
    entry = entered(publisher)
    confirm_arrangement(publisher.room, LAWYER, 2027, entry.identity, "copy")
    for rules in (publisher.room.office.rules, read_rules(publisher.root / "content")):
        assert 2027 in rules.calendar.arranged_years
        assert after_working_days(rules, date(2027, 2, 4), 1) == date(2027, 2, 12)
        assert after_working_days(rules, date(2027, 2, 12), 1) == date(2027, 2, 14)


def test_what_waits_counts_for_nothing(publisher: Publisher) -> None:
    entered(publisher)
    for rules in (publisher.room.office.rules, read_rules(publisher.root / "content")):
        assert 2027 not in rules.calendar.arranged_years


def test_each_act_stands_in_the_log(publisher: Publisher) -> None:
    first = entered(publisher)
    withdraw_arrangement(publisher.room, APPROVER, 2027, first.identity)
    again = entered(publisher)
    confirm_arrangement(publisher.room, LAWYER, 2027, again.identity, "official")
    newest = audit.newest_entries(publisher.room.office.store, 4, None)
    assert [(one.actor, one.action, one.object) for one in newest] == [
        ("lawyer", AuditAction.CONFIRM_ARRANGEMENT, "calendar/2027"),
        ("editor", AuditAction.ENTER_ARRANGEMENT, "calendar/2027"),
        ("approver", AuditAction.WITHDRAW_ARRANGEMENT, "calendar/2027"),
        ("editor", AuditAction.ENTER_ARRANGEMENT, "calendar/2027"),
    ]
    assert newest[0].note == f"{NOTICE} 官方公布的原文"


def test_who_entered_it_does_not_confirm_it(publisher: Publisher) -> None:
    enter_arrangement(publisher.room, APPROVER, 2027, NOTICE, MADE_UP)
    entry = year_of(publisher)
    with pytest.raises(NotAllowed, match="换一个人"):
        confirm_arrangement(publisher.room, APPROVER, 2027, entry.identity, "official")
    with pytest.raises(NotAllowed, match="岗位"):
        confirm_arrangement(publisher.room, EDITOR, 2027, entry.identity, "official")
    assert "一天一天对过" not in words_of(publisher.centre.staff("approver").get(PAGE))
    own = {"shown": entry.identity, "compared": "official"}
    approver = publisher.centre.staff("approver")
    approver.get(PAGE)
    refused = approver.post(f"{PAGE}/2027/confirm", own)
    assert refused.status_code == 403
    assert "换一个人来核对" in words_of(refused)
    assert year_of(publisher) == entry


def test_what_changed_since_it_was_shown_is_not_confirmed(publisher: Publisher) -> None:
    shown = entered(publisher)
    later = MADE_UP.replace("5月8日（周六）上班", "5月9日（周日）上班")
    enter_arrangement(publisher.room, EDITOR, 2027, NOTICE, later)
    with pytest.raises(Changed):
        confirm_arrangement(publisher.room, LAWYER, 2027, shown.identity, "official")
    with pytest.raises(Changed):
        withdraw_arrangement(publisher.room, LAWYER, 2027, shown.identity)
    with pytest.raises(NotAccepted, match="哪个文本"):
        confirm_arrangement(publisher.room, LAWYER, 2027, year_of(publisher).identity, "")
    with pytest.raises(NotFound):
        confirm_arrangement(publisher.room, LAWYER, 2028, shown.identity, "official")


def test_a_confirmed_year_is_not_pasted_over(publisher: Publisher) -> None:
    before = text_of(publisher)
    with pytest.raises(NotAccepted, match="已经核对过"):
        enter_arrangement(publisher.room, EDITOR, 2026, NOTICE, MADE_UP)
    with pytest.raises(Changed):
        withdraw_arrangement(publisher.room, EDITOR, 2026, year_of(publisher, 2026).identity)
    assert text_of(publisher) == before


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"words": "3月3日上班"}, "没有读出放假的日子"),
        ({"words": MADE_UP.replace("6月9日放假。", "")}, "2027年6月9日是法定节日"),
        ({"words": MADE_UP.replace("9月26日", "9月27日")}, "2027年9月27日本来就上班"),
        ({"notice": ""}, "请填通知的文号和日期"),
        ({"year": "2026"}, "哪一年"),
        ({"year": ""}, "请选一个：哪一年"),
    ],
)
def test_what_cannot_be_right_is_shown_again_with_all_that_was_typed(
    publisher: Publisher, changed: dict[str, str], says: str
) -> None:
    before, typed = text_of(publisher), {"year": "2027", "notice": NOTICE, "words": MADE_UP}
    editor = publisher.centre.staff("editor")
    editor.get(PAGE)
    refused = editor.post(PAGE, typed | changed)
    assert refused.status_code == 422
    assert says in words_of(refused)
    assert typed_in(refused, "words") == [(typed | changed)["words"]]
    assert text_of(publisher) == before


def test_what_is_unusual_is_told_to_both(publisher: Publisher) -> None:
    assert entered(publisher).doubts == ()
    odd = MADE_UP.replace("5月8日（周六）上班。", "")
    enter_arrangement(publisher.room, EDITOR, 2027, NOTICE, odd)
    for login in ("editor", "lawyer"):
        assert "漏了一天、多了一天" in words_of(publisher.centre.staff(login).get(PAGE))


def test_a_row_that_was_withdrawn_leaves_the_file_as_it_was(publisher: Publisher) -> None:
    before = text_of(publisher)
    withdraw_arrangement(publisher.room, EDITOR, 2027, entered(publisher).identity)
    assert text_of(publisher) == before


def test_a_file_with_faults_is_told_and_left_alone(publisher: Publisher) -> None:
    path = publisher.root / CALENDAR_FILE
    path.write_text("statutory_days = 5", "utf-8")
    editor = publisher.centre.staff("editor")
    assert "缺少 statutory_days" in words_of(editor.get(PAGE))
    with pytest.raises(NotAccepted, match="statutory_days"):
        enter_arrangement(publisher.room, EDITOR, 2027, NOTICE, MADE_UP)
    assert path.read_text("utf-8") == "statutory_days = 5"


def test_names_stand_in_the_file_for_the_next_server(publisher: Publisher) -> None:
    confirm_arrangement(publisher.room, LAWYER, 2027, entered(publisher).identity, "official")
    row = read_arrangements(read_toml(publisher.root / CALENDAR_FILE, CALENDAR_FILE))[-1]
    assert (row.entered_by, row.confirmed_by, row.waits) == ("editor", "lawyer", False)


@pytest.mark.parametrize("login", ["intake", "reviewer", "auditor"])
def test_others_do_not_touch_the_calendar(publisher: Publisher, login: str) -> None:
    browser: Browser = publisher.centre.staff(login)
    assert browser.get(PAGE).status_code == 403
    assert "放假安排" not in words_of(browser.get("/staff/"))
