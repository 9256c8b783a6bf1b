"""Lists of a collective case that change after filing: who joins, who leaves, who sees it."""

import csv
import io
import json
from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from portal.domain.cases.events import ListChanged
from portal.domain.shared.case_kinds import CaseKind
from portal.store import audit, cases
from portal.store.cases import StoredCase
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, Filed, full_disk
from tests.support.databases import each_database
from tests.support.photographs import send_as_is
from tests.support.samples import COWORKERS
from tests.support.walking import typed_for_member, went_on

STATUS = "/status/case"
LIST, REPRESENTED = "/status/people/coworkers", "/status/people/representatives"


def on_the_list(centre: Centre, **changed: object) -> tuple[Browser, Filed]:
    """The holder of number and code, with the list of his case open."""
    filed = centre.case(CaseKind.CONSULTATION, **changed)
    follower = centre.follower(filed)
    follower.get(LIST)
    return follower, filed


def add(browser: Browser, lines: str) -> TestResponse:
    """Type people in as lines."""
    return browser.post(f"{LIST}/lines", {"lines": lines})


def stored(centre: Centre, filed: Filed) -> StoredCase:
    """The case as it is now."""
    found = cases.find_case(centre.office.store, filed.number)
    assert found
    return found


def names(centre: Centre, filed: Filed, field: str = "coworkers") -> list[object]:
    """The names on a list of the case."""
    people = stored(centre, filed).answer(field)
    assert isinstance(people, list)
    return [next(iter(one.values())) for one in people]


def changes(centre: Centre, filed: Filed) -> list[ListChanged]:
    """What the history tells of lists."""
    told = cases.history(centre.office.store, stored(centre, filed))
    return [one for one in told if isinstance(one, ListChanged)]


@each_database
def test_who_joins_and_who_leaves_is_handed_in_once(centre: Centre) -> None:
    follower, filed = on_the_list(centre)
    before = centre.contents()
    assert "名单里有 3 人" in words_of(follower.get(LIST))
    assert centre.contents() == before
    change(follower)
    page = follower.get(LIST)
    assert "原来 3 人，现在 4 人，还没有交上来" in words_of(page)
    assert "改了，还没有交" in words_of(follower.get(STATUS))
    assert len(names(centre, filed)) == 3
    assert changes(centre, filed) == []
    for _ in range(2):
        assert went_on(follower.post(LIST)) == STATUS
    assert names(centre, filed) == ["示范工友乙", "示范工友丙", "示范新甲", "示范新乙"]
    (told,) = changes(centre, filed)
    assert (told.listed, told.before, told.after) == ("coworkers", 3, 4)
    assert told.facts["coworkers"]["left"] == COWORKERS[:1]  # type: ignore[index]
    assert stored(centre, filed).case.unread
    assert stored(centre, filed).case.people == 23  # the list still names only some of them
    logged = [(one.actor, one.action, one.object, one.note) for one, _ in
              audit.entries(centre.instance)]  # fmt: skip
    assert logged.count(("visitor", "change people", filed.number, "coworkers")) == 1


def change(follower: Browser) -> None:
    """Let two people join, and the first one leave; not handed in yet."""
    assert went_on(add(follower, "示范新甲，19900000051，800\n示范新乙")) == LIST
    for _ in range(2):  # the second tap takes out nobody else
        out = {"button": "1", "count": "5"}
        assert went_on(follower.post(f"{LIST}/out", out)) == LIST


def test_both_sides_read_what_changed_and_names_are_masked_and_sealed(centre: Centre) -> None:
    follower, filed = on_the_list(centre)
    change(follower)
    went_on(follower.post(LIST))
    shown = words_of(follower.get(STATUS))
    assert "一起办的人的名单：原来 3 人，现在 4 人" in shown
    assert "示范新甲" not in shown
    assert "示范新甲" not in json.dumps(centre.contents(), ensure_ascii=False)
    lawyer = centre.staff("lawyer")
    masked = words_of(lawyer.get(f"/staff/cases/{filed.number}"))
    assert "改了名单 加进来的人：示***，199****0051，800 元；示***" in masked
    assert "示范新甲" not in masked
    clear = lawyer.post(f"/staff/cases/{filed.number}/reveal", {"reason": "contact"})
    assert "去掉的人：示范工友甲，19900000031" in words_of(clear)
    given = lawyer.post(f"/staff/cases/{filed.number}/list.csv", {"reason": "arbitration"})
    rows = list(csv.reader(io.StringIO(given.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == names(centre, filed)


def test_who_joins_and_leaves_is_named_before_it_is_handed_in_and_can_be_put_back(
    centre: Centre,
) -> None:
    follower, filed = on_the_list(centre)
    change(follower)
    shown = words_of(follower.get(LIST))
    assert "加进来 2 人 示范新甲，199****0051，800 元 示范新乙" in shown
    assert "去掉 1 人 示范工友甲，199****0031，32,000 元 放回去" in shown
    for _ in range(2):  # the second tap puts nobody else back
        assert went_on(follower.post(f"{LIST}/back", {"button": "1", "count": "1"})) == LIST
    assert "去掉 1 人" not in words_of(follower.get(LIST))
    went_on(follower.post(LIST))
    assert len(names(centre, filed)) == 5
    follower.get(REPRESENTED)
    went_on(follower.post(f"{REPRESENTED}/out", {"button": "2", "count": "3"}))
    assert "去掉 1 人 示范代表乙" in words_of(follower.get(REPRESENTED))
    went_on(follower.post(f"{REPRESENTED}/back", {"button": "1", "count": "1"}))
    assert "还没有交上来" not in words_of(follower.get(REPRESENTED))


def test_nobody_is_put_back_on_a_list_that_is_full(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    follower = centre.follower(filed)
    follower.get(REPRESENTED)
    went_on(follower.post(f"{REPRESENTED}/out", {"button": "1", "count": "3"}))
    for number in range(3):
        new = {"representative_name": "示范新代表", "representative_mobile": f"1990000006{number}"}
        went_on(follower.post(f"{REPRESENTED}/new", typed_for_member(new)))
    full = follower.post(f"{REPRESENTED}/back", {"button": "1", "count": "1"})
    assert full.status_code == 422
    assert "名单最多 5 个人" in words_of(full)


def test_a_change_waits_while_the_case_rests_and_is_handed_in_after_the_next_question(
    centre: Centre,
) -> None:
    follower, filed = on_the_list(centre)
    change(follower)
    centre.take("lawyer", filed, "answer", "可以申请仲裁。")
    waits = "您改的名单还没有交。点“ 接着问 ”，再交"
    assert waits in words_of(follower.get(STATUS))
    page = follower.get(LIST)
    assert waits in words_of(page)
    assert f'href="{STATUS}/ask_again"' in page.text
    assert "去掉 1 人 示范工友甲" in words_of(page)
    assert "提交名单" not in words_of(page)
    refused = follower.post(LIST)
    assert refused.status_code == 409
    assert waits.replace(" ", "") in words_of(refused)
    assert f'href="{STATUS}"' in refused.text
    assert went_on(add(follower, "示范新丙")) == LIST
    address = f"/staff/cases/{filed.number}/people/coworkers"
    assert "接着问" in words_of(centre.staff("lawyer").get(address))
    follower.get(f"{STATUS}/ask_again")
    went_on(follower.post(f"{STATUS}/ask_again", {"words": "名单改了。"}))
    assert "改了，还没有交" in words_of(follower.get(STATUS))
    follower.get(LIST)
    assert went_on(follower.post(LIST)) == STATUS
    assert len(names(centre, filed)) == 5


def test_while_the_case_rests_a_list_without_a_change_says_what_comes_first(
    centre: Centre,
) -> None:
    follower, filed = on_the_list(centre)
    centre.take("lawyer", filed, "answer", "可以申请仲裁。")
    assert "要改名单，先点“ 接着问 ”" in words_of(follower.get(STATUS))
    centre.take("lawyer", filed, "close")
    assert "/status/people/" not in follower.get(STATUS).text
    assert add(follower, "示范新甲").status_code == 409


def test_the_law_stands_on_the_status_page_until_both_lists_are_there(
    centre: Centre,
) -> None:
    empty = centre.follower(centre.case(CaseKind.CONSULTATION, coworkers=[]))
    assert "没有核对原文" in words_of(empty.get(STATUS))
    whole = centre.follower(centre.case(CaseKind.CONSULTATION))
    assert "办案规则" not in words_of(whole.get(STATUS))


def test_who_is_written_again_with_another_amount_takes_his_own_place(centre: Centre) -> None:
    follower, filed = on_the_list(centre)
    went_on(add(follower, "示范工友甲，19900000031，500"))
    assert "原来 3 人，现在 3 人" in words_of(follower.get(LIST))
    went_on(follower.post(LIST))
    address = f"/staff/cases/{filed.number}/people/coworkers"
    lawyer = centre.staff("lawyer")
    assert "用新写的换掉旧的" in words_of(lawyer.get(address))
    for _ in range(2):
        went_on(lawyer.post(address, {"lines": "示范工友甲，19900000031，900"}))
    assert names(centre, filed) == ["示范工友乙", "示范工友丙", "示范工友甲"]
    told = changes(centre, filed)[-1].facts["coworkers"]
    assert isinstance(told, Mapping)
    amounts = {way: [one["coworker_amount"] for one in told[way]] for way in ("joined", "left")}
    assert amounts == {"joined": [90_000], "left": [50_000]}
    lawyer.get(address.replace("coworkers", "representatives"))
    again = {"lines": "示范代表甲，19900000021"}
    went_on(lawyer.post(address.replace("coworkers", "representatives"), again))
    assert len(names(centre, filed, "representatives")) == 3


def test_a_table_is_added_or_takes_the_place_of_the_list_and_wrong_rows_stay(
    centre: Centre,
) -> None:
    follower, filed = on_the_list(centre, people=10)
    table = "姓名,手机,多少元\n示范丁,,500\n示范戊,199,\n".encode()
    assert went_on(send_as_is(follower, f"{LIST}/more", table, "名单.csv")) == LIST
    shown = words_of(follower.get(LIST))
    assert "这次收下 1 位，一共 4 位；有 1 行要改" in shown
    assert went_on(follower.post(LIST)) == STATUS
    assert names(centre, filed)[3:] == ["示范丁"]
    assert "1 行要改" in words_of(follower.get(STATUS))
    again = centre.follower(filed)  # another phone goes on where the first one stopped
    page = again.get(LIST)
    assert typed_in(page, "coworker_mobile-0") == ["199"]
    assert went_on(again.post(f"{LIST}/mended", {"coworker_mobile-0": ""})) == LIST
    assert went_on(again.post(LIST)) == STATUS
    assert names(centre, filed)[3:] == ["示范丁", "示范戊"]
    whole = "姓名\n" + "".join(f"示范{one}人\n" for one in "子丑寅卯辰巳午未申酉戌亥")
    again.get(LIST)
    assert went_on(send_as_is(again, f"{LIST}/file", whole.encode(), "名单.csv")) == LIST
    assert went_on(again.post(LIST)) == STATUS
    assert len(names(centre, filed)) == 12
    assert stored(centre, filed).case.people == 12


def test_representatives_are_changed_on_their_own_page(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    count = len(names(centre, filed, "representatives"))
    follower = centre.follower(filed)
    assert "示范代表甲，199****0021" in words_of(follower.get(REPRESENTED))
    new = {"representative_name": "示范新代表", "representative_mobile": "19900000061"}
    follower.get(f"{REPRESENTED}/new")
    assert (
        follower.post(f"{REPRESENTED}/new", {**new, "representative_mobile": "1"}).status_code
        == 422
    )
    for _ in range(2):
        assert went_on(follower.post(f"{REPRESENTED}/new", typed_for_member(new))) == REPRESENTED
    out = {"button": "1", "count": str(count + 1)}
    assert went_on(follower.post(f"{REPRESENTED}/out", out)) == REPRESENTED
    assert follower.post(f"{REPRESENTED}/lines", {"lines": "示范甲"}).status_code == 404
    assert went_on(follower.post(REPRESENTED)) == STATUS
    assert len(names(centre, filed, "representatives")) == count
    assert names(centre, filed, "representatives")[-1] == "示范新代表"
    assert stored(centre, filed).case.people == 23


def test_what_was_typed_can_be_thrown_away_and_is_not_lost_by_a_fault(
    centre: Centre,
) -> None:
    follower, filed = on_the_list(centre)
    with full_disk():
        full = add(follower, "示范新甲")
    assert full.status_code == 503
    assert typed_in(full, "lines") == ["示范新甲"]
    went_on(add(follower, "示范新甲"))
    assert went_on(follower.post(f"{LIST}/undo")) == STATUS
    assert "名单里有 3 人" in words_of(follower.get(LIST))
    went_on(follower.post(LIST))
    assert changes(centre, filed) == []
    centre.clock.advance(minutes=20)
    late = add(follower, "示范新乙")
    assert late.status_code == 401
    assert "示范新乙" in late.text


def test_when_the_case_is_over_the_list_stays_and_what_was_typed_is_shown(
    centre: Centre,
) -> None:
    follower, filed = on_the_list(centre)
    follower.get(f"{STATUS}/withdraw")
    went_on(follower.post(f"{STATUS}/withdraw", {"words": ""}))
    refused = add(follower, "示范新甲")
    assert refused.status_code == 409
    assert "这件事已经结束，名单不能再改了。还有事要办，请重新填一份" in words_of(refused)
    assert typed_in(refused, "lines") == ["示范新甲"]
    assert follower.post(LIST).status_code == 409
    over = follower.get(LIST)
    assert over.status_code == 403
    assert f'href="{STATUS}"' in over.text
    assert "/status/people/" not in follower.get(STATUS).text
    assert changes(centre, filed) == []


@pytest.mark.parametrize("changed", [{"people": 6}, {"common_claim": "no"}])
def test_who_does_not_file_together_has_no_list(
    centre: Centre, changed: Mapping[str, object]
) -> None:
    follower = centre.follower(centre.case(CaseKind.CONSULTATION, **changed))
    assert "/status/people/" not in follower.get(STATUS).text
    assert follower.get(LIST).status_code == 404
    household = centre.follower(centre.case(CaseKind.HARDSHIP))
    assert household.get("/status/people/household").status_code == 404


def test_a_long_list_is_leafed_through(centre: Centre) -> None:
    people = [{**COWORKERS[0], "coworker_mobile": str(19900000000 + n)} for n in range(25)]
    follower, filed = on_the_list(centre, coworkers=people)
    assert "还有 15 人没有显示" in words_of(follower.get(LIST))
    page = follower.get(f"{LIST}?from=21")
    assert "21、示范工友甲，199****0020" in words_of(page)
    assert "1、示范工友甲，199****0000" not in words_of(follower.get(f"{LIST}?from=11"))
    assert follower.get(f"{LIST}?from=99").status_code == 200
    went_on(follower.post(f"{LIST}/out", {"button": "21", "count": "25"}))
    went_on(follower.post(LIST))
    (told,) = changes(centre, filed)
    assert told.facts == {"coworkers": {"joined": [], "left": [people[20]]}}
    assert stored(centre, filed).case.people == 24


def test_staff_add_people_who_came_on_paper(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    lawyer = centre.staff("lawyer")
    address = f"/staff/cases/{filed.number}/people/coworkers"
    assert address in lawyer.get(f"/staff/cases/{filed.number}").text
    lawyer.get(address)
    refused = lawyer.post(address, {"lines": "示范新甲，1990，500\n示范新乙"})
    assert refused.status_code == 422
    assert "第 1 行，手机：" in words_of(refused)
    assert typed_in(refused, "lines") == ["示范新甲，1990，500\n示范新乙"]
    for _ in range(2):
        added = lawyer.post(address, {"lines": "示范新甲，19900000051\n示范新乙"})
        assert went_on(added) == f"/staff/cases/{filed.number}"
    (told,) = changes(centre, filed)
    assert (told.actor, told.before, told.after) == ("lawyer", 3, 5)
    assert not stored(centre, filed).case.unread
    assert centre.staff("intake").get(address).status_code == 403
    assert lawyer.get(f"/staff/cases/{filed.number}/people/household").status_code == 404


def test_who_is_added_at_the_counter_meanwhile_is_not_undone(centre: Centre) -> None:
    follower, filed = on_the_list(centre)
    went_on(follower.post(f"{LIST}/out", {"button": "1", "count": "3"}))
    lawyer = centre.staff("lawyer")
    lawyer.get(f"/staff/cases/{filed.number}/people/coworkers")
    went_on(lawyer.post(f"/staff/cases/{filed.number}/people/coworkers", {"lines": "示范新甲"}))
    shown = words_of(follower.get(LIST))
    assert "原来 4 人，现在 3 人" in shown
    assert "3、示范新甲" in shown
    assert "加进来" not in shown
    went_on(add(follower, "示范新乙"))
    went_on(follower.post(LIST))
    assert names(centre, filed) == ["示范工友乙", "示范工友丙", "示范新甲", "示范新乙"]


def test_the_worker_sends_the_list_later_as_a_photo(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION, coworkers=[])
    follower = centre.follower(filed)
    assert "/status/papers/roster" in follower.get("/status/case").text
    assert "一起办的人的名单" in words_of(follower.get("/status/papers/roster"))
    single = centre.case(CaseKind.CONSULTATION, people=6)
    follower = centre.follower(single)
    assert "/status/papers/roster" not in follower.get("/status/case").text
    assert follower.get("/status/papers/roster").status_code == 404
