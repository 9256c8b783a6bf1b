"""The auditor's page: what he asks of the log, in whose words it answers, and how he pages."""

import re

import pytest

from portal.domain.audit.acts import ACT_GROUPS
from portal.domain.audit.log_query import LogQuery
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.operations.audit import look_since, read_log
from portal.operations.cases import case_file
from portal.store import audit
from tests.app.portal.test_exclusion import exclude
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre
from tests.support.databases import each_database

ROW = re.compile(r"<tr><td[^>]*>([0-9]+)</td>")


def numbers_in(auditor: Browser, address: str) -> list[int]:
    return [int(number) for number in ROW.findall(auditor.get(address).text)]


def some_days(centre: Centre) -> list[str]:
    """Two cases that were opened, decided on and kept out of, on three days."""
    first, second = centre.case(CaseKind.HARDSHIP), centre.case(CaseKind.CONSULTATION)
    centre.take("intake", first, "accept")
    centre.clock.advance(days=1)
    centre.take("lawyer", second, "answer", "可以要。")
    case_file.reveal_identity(centre.office, centre.actor("intake"), first.number, "contact")
    centre.clock.advance(days=1)
    exclude(centre, "approver", first, "second-intake")
    return [first.number, second.number]


@each_database
def test_the_log_is_asked_who_did_what_to_which_case_on_which_days(centre: Centre) -> None:
    first, second = some_days(centre)
    auditor = centre.staff("auditor")
    for address, needed, never in (
        (f"?target={first}", ["受理", "看完整身份信息", "让人回避"], [second]),
        (f"?target={first.lower().replace('-', '')}", ["受理"], [second]),
        ("?who=lawyer", [second], [first]),
        ("?act=reveal", [first, "联系本人"], [second]),
        ("?act=exclusions", ["让人回避", "示范second-intake（second-intake）"], [second]),
        ("?first=2026-11-25&last=2026-11-25", ["答复", "看完整身份信息"], ["受理", "让人回避"]),
        ("?who=intake&act=steps&last=2026-11-24", ["受理"], ["看完整身份信息"]),
    ):
        shown = auditor.get(f"/staff/audit{address}")
        body = shown.text.partition("<tbody>")[2]
        for words in needed:
            assert words in body, (address, words)
        for words in never:
            assert words not in body, (address, words)
    assert "没有这样的记录" in words_of(auditor.get("/staff/audit?who=editor&act=steps"))


def test_what_cannot_be_asked_is_said_and_nothing_typed_is_lost(centre: Centre) -> None:
    auditor = centre.staff("auditor")
    for address, told in (
        ("?act=nonsense&target=JZ1", "没有这一种操作"),
        ("?first=yesterday", "请选一天"),
        ("?last=0001-01-01", "请选一天"),
        ("?first=2026-11-25&last=2026-11-24", "换一换"),
    ):
        shown = auditor.get(f"/staff/audit{address}")
        assert shown.status_code == 422
        assert told in words_of(shown)
    assert 'value="JZ1"' in auditor.get("/staff/audit?act=nonsense&target=JZ1").text
    for strange in (
        "who=%00",
        "target=%ED%A0%80",
        "before=0",
        "after=99999999999",
        "last=9999-12-31",
    ):
        assert auditor.get(f"/staff/audit?{strange}").status_code in {200, 422}, strange


@each_database
def test_whatever_is_asked_is_paged_there_and_back_without_a_gap(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    for _ in range(95):
        centre.clock.advance(seconds=1)
        case_file.open_file(centre.office, centre.actor("intake"), filed.number)
    auditor = centre.staff("auditor")
    pages, address = list[list[int]](), "/staff/audit?who=intake&act=opened"
    while True:
        shown = auditor.get(address)
        assert "共 95 条" in words_of(shown)
        pages.append([int(number) for number in ROW.findall(shown.text)])
        found = re.search(r'href="(/staff/audit\?before[^"]+)"', shown.text)
        if not found:
            break
        address = found[1].replace("&amp;", "&")
    assert list(map(len, pages)) == [40, 40, 15]
    seen = [number for page in pages for number in page]
    assert seen == sorted(seen, reverse=True)
    back = re.search(r'href="(/staff/audit\?after[^"]+)"', shown.text)
    assert back
    assert numbers_in(auditor, back[1].replace("&amp;", "&")) == pages[1]
    assert "更新的" not in words_of(auditor.get("/staff/audit?who=intake&act=opened"))


def test_the_log_speaks_in_words_and_calls_people_by_their_names(centre: Centre) -> None:
    first, _ = some_days(centre)
    centre.take("reviewer", first, "refer_for_decision", "核实了。")
    objection = centre.case(CaseKind.OBJECTION)
    centre.take("reviewer", objection, "begin_checking")
    centre.take("reviewer", objection, "refer_for_decision", "查了。")
    body = centre.staff("auditor").get("/staff/audit").text.partition("<tbody>")[2]
    assert "示范intake（intake）" in body
    assert "申请人" in body
    assert "报审批" in body
    assert "报决定" in body
    assert not re.search(r">\s*(visitor|system|instance)\s*<", body)
    assert not re.search(r"[0-9a-f]{16}", body)
    assert set(re.findall(r">([a-z_ ]+)<", body)) <= {"test"}  # who made the links of this test


def test_every_act_is_in_one_group_and_no_other() -> None:
    acts = [act for group in ACT_GROUPS.values() for act in group.acts]
    assert len(acts) == len(set(acts))
    assert {"reveal", "search", "invite", "exclude", "accept", "submit"} <= set(acts)


@each_database
def test_what_happened_since_the_last_look_is_what_the_log_shows(centre: Centre) -> None:
    auditor = centre.actor("auditor")
    read_log(centre.office, auditor)
    some_days(centre)
    since = look_since(centre.office, auditor)
    assert str(since.looked) == str(since.start) == "2026-11-24"
    for group, count in since.counts.items():
        address = f"/staff/audit?act={group.code}&first={since.start}"
        shown = words_of(centre.staff("auditor").get(address))
        if group.code not in {"sessions", "log", "accounts"}:  # to look is to leave more of these
            assert f"共 {count} 条" in shown if count else "没有这样的记录" in shown, group.code
    assert look_since(centre.office, auditor).looked == since.looked
    centre.clock.advance(days=90)
    assert str(look_since(centre.office, auditor).start) > "2027-01-20"


@each_database
def test_no_count_of_the_log_tells_of_a_case_that_the_auditor_keeps_out_of(centre: Centre) -> None:
    shown, hidden = (centre.case(CaseKind.COMPLAINT) for _ in range(2))
    auditor = centre.actor("auditor")
    read_log(centre.office, auditor)
    centre.clock.advance(days=1)
    for filed in (shown, hidden):
        case_file.open_file(centre.office, centre.actor("director"), filed.number)
    cases_act, everything = LogQuery(acts=frozenset({"open"})), LogQuery()
    before = look_since(centre.office, auditor).counts
    totals = [read_log(centre.office, auditor, one).total for one in (cases_act, everything)]
    exclude(centre, "director", hidden, "auditor")
    after = look_since(centre.office, auditor).counts
    looked_at = next(group for group in before if "open" in group.acts)
    assert after[looked_at] == before[looked_at] - 1
    assert read_log(centre.office, auditor, cases_act).total == totals[0] - 1
    assert read_log(centre.office, auditor, LogQuery(target=hidden.number)).total == 0
    entries = [one for one, _ in audit.entries(centre.instance)]
    about = sum(one.object == hidden.number for one in entries)
    page = read_log(centre.office, auditor)
    assert page.total == len(entries) - about
    assert about > 1


def test_only_the_auditor_reads_the_log(centre: Centre) -> None:
    for login in ("intake", "approver", "admin", "editor", "lawyer"):
        with pytest.raises(NotAllowed):
            read_log(centre.office, centre.actor(login), LogQuery(actor="intake"))
        with pytest.raises(NotAllowed):
            look_since(centre.office, centre.actor(login))
