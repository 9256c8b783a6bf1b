"""One box finds a case by whatever is said of it; the auditor learns who searched for whom."""

import re

import pytest
from werkzeug.test import TestResponse

from portal.domain.cases.receipt_numbers import new_receipt
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.id_checks import resident_id_check_symbol
from portal.domain.shared.rate_limits import RateLimit
from portal.store import audit
from tests.support.attack import SetLimit
from tests.support.browser import Browser, words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database
from tests.support.walking import went_on

NOBODYS = new_receipt("JZ", 2026, lambda _: 0)
ANOTHER_ID = "41999919800202001" + resident_id_check_symbol("41999919800202001")
SPOUSE = {"member_name": "古丽·买买提", "member_relation": "spouse", "member_age": 40,
          "member_income": 0, "member_situation": "jobless"}  # fmt: skip
HIS: dict[str, object] = {
    "name": "阿卜杜拉·买买提", "id_number": "419999197001010014", "mobile": "13912345678",
    "bank_card": "6222000000000000008", "employer": "云岭县顺达物流（集团）有限公司",
    "town": "qs03", "members": [SPOUSE],
}  # fmt: skip


def find(browser: Browser, wanted: str, **more: str) -> TestResponse:
    """What the box answers, from the page of the list."""
    browser.get("/staff/")
    return browser.post("/staff/find", {"wanted": wanted, "reason": "asks_us"} | more)


def searches(centre: Centre) -> list[tuple[str, str]]:
    """Who searched, by what and why, oldest first."""
    entries = (entry for entry, _ in audit.entries(centre.instance))
    return [(entry.actor, entry.note) for entry in entries if entry.action == "search"]


@pytest.fixture
def filed(centre: Centre) -> Filed:
    """An application for help in which everything is told."""
    return centre.case(CaseKind.HARDSHIP, **HIS)


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("４１９９９９ 19700101 0014", "证件号"),
        ("139 1234 5678", "电话"),
        ("+86 139-1234-5678", "电话"),
        ("6222 0000 0000 0000 008", "银行卡号"),
        ("阿卜杜拉·买买提", "姓名"),
        ("阿卜杜拉•买买提", "姓名"),
        ("阿卜杜拉买买提", "姓名"),
        ("顺达物流", "单位"),
        ("順達物流有限公司", "单位"),
        ("顺达 物流 (集团) 有限责任公司", "单位"),
        ("古丽·买买提", "家人的姓名"),
    ],
)
def test_a_case_is_found_however_its_facts_are_written(
    centre: Centre, filed: Filed, typed: str, matched: str
) -> None:
    shown = find(centre.staff("intake"), typed)
    row = words_of(shown).partition(filed.number)[2]
    assert row.split()[0] == matched
    for told in ("困难帮扶申请 · 已提交", "阿******", "松坪镇", "2026年11月24日"):
        assert told in row
    assert not [one for one in map(str, HIS.values()) if one in shown.text and one != typed]


@each_database
def test_a_case_is_found_by_its_number_and_by_the_last_four_of_it(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    clerk, number = centre.staff("intake"), filed.number
    found = find(clerk, number.lower().replace("-", ""), reason="")
    assert went_on(found) == f"/staff/cases/{number}"
    shown = find(clerk, number[-4:].lower(), reason="")
    assert f">{number}</a>" in shown.text
    assert "按编号后四位查的" in words_of(shown)
    assert "记下来了" not in words_of(shown)


def test_a_town_leads_to_its_open_cases(centre: Centre, filed: Filed) -> None:
    clerk = centre.staff("intake")
    other = centre.case(CaseKind.HARDSHIP, town="qs01")
    for typed in ("松坪镇", "松坪", " 松 坪 镇 "):
        address = went_on(find(clerk, typed, reason=""))
        assert address == "/staff/?view=open&town=qs03"
    shown = clerk.get(address)
    assert filed.number in shown.text
    assert other.number not in shown.text


@pytest.mark.parametrize("typed", ["", "？", "张", "x" * 300, "《》", "!!"])
def test_what_can_be_nothing_is_told_what_to_type(centre: Centre, typed: str) -> None:
    shown = find(centre.staff("intake"), typed)
    assert shown.status_code == 422
    assert "请填登记编号" in words_of(shown)


def test_without_a_reason_nobody_is_searched_for_and_what_was_typed_stays(
    centre: Centre, filed: Filed
) -> None:
    clerk = centre.staff("intake")
    for more, asked in (
        ({"reason": ""}, "请选为什么查"),
        ({"reason": "nosy"}, "请选为什么查"),
        ({"reason": "own_words"}, "请写一句为什么查"),
    ):
        shown = find(clerk, "顺达物流", **more)
        assert shown.status_code == 422
        assert asked in words_of(shown)
        assert 'value="顺达物流"' in shown.text
        assert filed.number not in shown.text
    assert searches(centre) == []
    assert filed.number in find(clerk, "顺达物流", reason="own_words", words="他打来电话").text


def test_which_facts_were_searched_is_told_and_logged_with_the_reason(centre: Centre) -> None:
    shown = find(centre.staff("intake"), "顺达物流")
    assert "按姓名、单位查的。只列您能看的办件" in words_of(shown)
    assert "没有找到您能看的办件" in words_of(shown)
    assert searches(centre) == [("intake", "name asks_us"), ("intake", "employer asks_us")]


@each_database
def test_neither_words_nor_reason_stand_in_the_store_in_clear(centre: Centre) -> None:
    centre.case(CaseKind.HARDSHIP, **HIS)
    find(centre.staff("intake"), "顺达物流", reason="own_words", words="邻居托我看看")
    find(centre.staff("intake"), "419999197001010014")
    kept = str(centre.contents())
    assert not [one for one in ("顺达", "邻居托我", "419999197001010014") if one in kept]


@pytest.mark.parametrize(
    "typed",
    ["419999197001010014", "13912345678", "阿卜杜拉·买买提", "顺达物流", "6222000000000000008"],
)
def test_who_may_not_open_the_case_reads_what_he_reads_of_nobody(
    centre: Centre, filed: Filed, typed: str
) -> None:
    lawyer = centre.staff("lawyer")
    of_nobody = {"419999197001010014": ANOTHER_ID, "13912345678": "13912345679",
                 "阿卜杜拉·买买提": "买买提·阿卜杜拉", "顺达物流": "达顺物流",
                 "6222000000000000008": "6222000000000000016"}[typed]  # fmt: skip
    there, nowhere = find(lawyer, typed), find(lawyer, of_nobody)
    without = re.compile(r'value="[^"]*"')
    assert without.sub("", there.text) == without.sub("", nowhere.text)
    assert there.status_code == nowhere.status_code == 200


def test_of_a_number_that_he_may_not_open_he_reads_what_he_reads_of_none(
    centre: Centre, filed: Filed
) -> None:
    lawyer = centre.staff("lawyer")
    for typed in (filed.number, NOBODYS, filed.number[-4:]):
        shown = find(lawyer, typed)
        assert shown.status_code == 200
        assert "没有找到您能看的办件" in words_of(shown)
        assert "/staff/cases/" not in shown.text


@each_database
def test_pages_are_full_and_the_last_one_ends_whatever_lies_between(centre: Centre) -> None:
    numbers = []
    for _ in range(23):
        numbers.append(centre.case(CaseKind.CONSULTATION, against="顺达物流").number)
        centre.case(CaseKind.HARDSHIP, employer="顺达物流")
    lawyer = centre.staff("lawyer")
    shown = find(lawyer, "顺达物流")
    first = re.findall(r">(FL26-[^<]+)</a>", shown.text)
    place = re.search(r'name="before" value="([0-9]+)"', shown.text)
    assert place
    last = find(lawyer, "顺达物流", before=place[1])
    assert len(first) == 20
    assert [*first, *re.findall(r">(FL26-[^<]+)</a>", last.text)] == numbers[::-1]
    assert 'name="before"' not in last.text


def test_many_searches_for_people_are_too_many(centre: Centre, set_limit: SetLimit) -> None:
    set_limit(RateLimit.SEARCH_FOR_A_PERSON, 2)
    clerk = centre.staff("intake")
    assert [find(clerk, "顺达物流").status_code for _ in range(3)] == [200, 200, 429]
    assert find(clerk, "9QF2").status_code == 200


@each_database
def test_the_auditor_learns_who_searched_for_somebody_and_why(centre: Centre) -> None:
    find(centre.staff("intake"), "云岭县顺达物流有限公司", reason="own_words", words="邻居托我看看")
    find(centre.staff("lawyer"), "顺达物流", reason="conflict")
    find(centre.staff("reviewer"), "达顺物流")
    auditor = centre.staff("auditor")
    auditor.get("/staff/audit")
    shown = words_of(auditor.post("/staff/audit/searches", {"wanted": "順達物流（集团）"}))
    assert "示范lawyer 单位，看要不要回避 —" in shown
    assert "示范intake 单位，别的，写一句 邻居托我看看" in shown
    assert "示范reviewer" not in shown
    assert shown.index("示范lawyer") < shown.index("示范intake")
    asked = [entry for entry, _ in audit.entries(centre.instance)][-1]
    assert (asked.actor, asked.action) == ("auditor", "ask who searched")
    listed = auditor.get("/staff/audit")
    assert asked.object not in listed.text
    assert "问谁查过一个人、一个单位 不显示" in words_of(listed)


def test_the_auditor_is_told_what_can_be_asked(centre: Centre) -> None:
    auditor = centre.staff("auditor")
    auditor.get("/staff/audit")
    for typed, told in (
        ("", "请填登记编号"),
        ("松坪镇", "不用问"),
        (NOBODYS, "不用问"),
        ("JZ26-7K3M-9QF3", "有一位不对"),
    ):
        shown = auditor.post("/staff/audit/searches", {"wanted": typed})
        assert shown.status_code == 422
        assert told in words_of(shown)
    assert "没有人查过" in words_of(auditor.post("/staff/audit/searches", {"wanted": "顺达物流"}))
