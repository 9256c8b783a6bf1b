"""Cases that match stand beside the decision, with what was granted, until somebody has judged."""

import pytest

from portal.domain.cases.receipt_numbers import new_receipt
from portal.domain.search.likeness import Match, rank, say_likeness
from portal.domain.search.traces import What, Whose
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed, NotFound
from portal.domain.shared.id_checks import resident_id_check_symbol
from portal.operations.cases import case_file, exclusion, likeness
from portal.operations.centre.recount import find_wrong_cases
from portal.store import audit, cases
from tests.support.browser import words_of
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database


def id_number(first_17: str) -> str:
    """A whole identity number."""
    return first_17 + resident_id_check_symbol(first_17)


HIS, SAME_DAY, HERS = map(
    id_number, ("41999919700101001", "41999919700101003", "41999919820202002")
)
CHEN: dict[str, object] = {
    "name": "陈建国", "id_number": HIS, "mobile": "13912345678", "bank_card": "6222000000000000008",
}  # fmt: skip
LI: dict[str, object] = {
    "name": "李梅", "id_number": HERS, "mobile": "13912345679", "bank_card": "6222000000000000016",
}  # fmt: skip


def member(name: str) -> dict[str, object]:
    """Somebody of the household."""
    return {"member_name": name, "member_relation": "spouse", "member_age": 40,
            "member_income": 0, "member_situation": "jobless"}  # fmt: skip


def panel(centre: Centre, login: str, filed: Filed) -> str:
    """What the page of a case says of others that match, without the way it is judged."""
    shown = words_of(centre.staff(login).get(f"/staff/cases/{filed.number}"))
    return shown.partition("对得上的办件")[2].partition("只列您能看的。")[0]


def alike(centre: Centre, login: str, filed: Filed) -> list[likeness.AlikeCase]:
    """What is told of others that match."""
    return [*case_file.open_file(centre.office, centre.actor(login), filed.number).alike]


def numbers(centre: Centre, login: str, filed: Filed) -> list[str]:
    """Which others match."""
    return [one.row.receipt for one in alike(centre, login, filed)]


def judge(centre: Centre, login: str, one: Filed, other: Filed, verdict: str = "other") -> None:
    """Let somebody judge a pair."""
    likeness.judge_pair(
        centre.office, centre.actor(login), one.number, other.number, verdict, "看过身份证"
    )


@pytest.mark.parametrize(
    ("answers", "said", "labels"),
    [
        (CHEN | {"kind": 0}, "证件号一样", "证件号、姓名和出生日期、电话、银行卡号"),
        (LI | {"bank_card": CHEN["bank_card"]},
         "银行卡号一样，证件号不一样：两个申请人写了同一张卡", "银行卡号"),
        (LI | {"name": "陳 建國", "id_number": SAME_DAY},
         "姓名和出生日期一样，证件号不一样：可能有一位填错了", "姓名和出生日期"),
        (LI | {"members": [member("陈建国")]},
         "家里写了同样的两个人：可能一家人各交了一份", "家里的两个人"),
        (LI | {"mobile": CHEN["mobile"]}, "电话一样", "电话"),
        (LI | {"representatives": None}, "", ""),
    ],
)  # fmt: skip
def test_what_two_applications_have_in_common_is_said_in_plain_words(
    centre: Centre, answers: dict[str, object], said: str, labels: str
) -> None:
    first = centre.case(CaseKind.HARDSHIP, **CHEN, members=[member("李梅")])
    changed = {name: value for name, value in answers.items() if name in CHEN or name == "members"}
    second = centre.case(CaseKind.MEDICAL, **changed)
    for one, other in ((first, second), (second, first)):
        told = panel(centre, "intake", one)
        assert (other.number in told) is bool(said)
        if said:
            assert said in told
            assert sorted(told.partition("对上的：")[2].split()[0].split("、")) == sorted(
                labels.split("、")
            )
        shown = words_of(centre.staff("intake").get(f"/staff/cases/{one.number}"))
        assert ("另有 1 件申请和这一件对得上" in shown) is bool(said)


@each_database
def test_what_was_granted_before_stands_beside_the_next_decision(centre: Centre) -> None:
    first = centre.case(CaseKind.HARDSHIP, **CHEN)
    centre.take("intake", first, "accept")
    centre.take("reviewer", first, "refer_for_decision", "属实。")
    centre.take("approver", first, "approve", "符合条件。", granted="3000")
    centre.clock.advance(days=30)
    second = centre.case(CaseKind.MEDICAL, **LI | {"bank_card": CHEN["bank_card"]})
    told = panel(centre, "approver", second)
    assert f"{first.number} 陈**，困难帮扶申请 · 已批准，2026年11月24日提交" in told
    assert "2026年11月24日批了 3,000 元" in told
    assert "13912345678" not in told
    assert "批了" not in panel(centre, "approver", first)


def test_the_strongest_match_comes_first(centre: Centre) -> None:
    by_phone = centre.case(CaseKind.HARDSHIP, **LI | {"mobile": CHEN["mobile"]})
    by_card = centre.case(
        CaseKind.MEDICAL, **LI | {"id_number": SAME_DAY, "bank_card": CHEN["bank_card"]}
    )
    by_number = centre.case(CaseKind.SCHOOLING, **LI | {"id_number": HIS})
    centre.clock.advance(minutes=1)
    mine = centre.case(CaseKind.HARDSHIP, **CHEN)
    assert numbers(centre, "intake", mine) == [
        by_number.number, by_card.number, by_phone.number,
    ]  # fmt: skip


def test_other_business_of_the_same_person_is_listed_without_a_warning(centre: Centre) -> None:
    first = centre.case(CaseKind.HARDSHIP, **CHEN)
    jobs = centre.case(CaseKind.JOBS, **{key: CHEN[key] for key in ("name", "id_number", "mobile")})
    shown = words_of(centre.staff("intake").get(f"/staff/cases/{first.number}"))
    assert jobs.number in shown
    assert "对得上，请核对" not in shown


@each_database
def test_a_verdict_quiets_the_warning_on_both_sides_and_tells_who_and_why(centre: Centre) -> None:
    first = centre.case(CaseKind.HARDSHIP, **CHEN)
    second = centre.case(CaseKind.MEDICAL, **LI | {"mobile": CHEN["mobile"]})
    clerk = centre.staff("intake")
    page = f"/staff/cases/{first.number}"
    clerk.get(page)
    typed = {"version": "0", "verdict": "other", "why": "是邻居，借他的手机登记"}
    done = clerk.post(f"{page}/alike/{second.number}", typed)
    assert done.status_code == 303
    for one in (first, second):
        shown = words_of(clerk.get(f"/staff/cases/{one.number}"))
        assert "请核对是不是重复" not in shown
        assert (
            "示范intake 2026年11月24日定过：不是同一个人（同一家）。是邻居，借他的手机登记" in shown
        )
    assert "邻居" not in str(centre.contents())
    entry = [one for one, _ in audit.entries(centre.instance) if one.action == "judge pair"]
    assert [(one.actor, one.object) for one in entry] == [("intake", first.number)]
    assert find_wrong_cases(centre.office, lambda *_: None) == []
    assert "邻居" not in centre.follower(first).get("/status/case").text


def test_a_new_match_warns_again_and_a_new_verdict_takes_the_place_of_the_old(
    centre: Centre,
) -> None:
    first = centre.case(CaseKind.HARDSHIP, **CHEN)
    second = centre.case(CaseKind.MEDICAL, **LI | {"mobile": CHEN["mobile"]})
    judge(centre, "intake", first, second)
    stored = cases.find_case(centre.instance, second.number)
    assert stored
    with centre.instance.transaction():
        cases.replace_answer(centre.instance, stored, "bank_card", CHEN["bank_card"])
    shown = words_of(centre.staff("approver").get(f"/staff/cases/{first.number}"))
    assert "另有 1 件申请和这一件对得上" in shown
    assert "后来又对上的：银行卡号" in shown
    judge(centre, "reviewer", second, first, "same")
    (one,) = alike(centre, "approver", first)
    assert one.judged
    assert (one.judged.by, one.judged.verdict, one.asks) == ("reviewer", "same", False)


def test_a_verdict_needs_a_choice_and_a_reason_and_what_was_typed_stays(centre: Centre) -> None:
    first, second = (centre.case(CaseKind.HARDSHIP, **CHEN) for _ in range(2))
    clerk, page = centre.staff("intake"), f"/staff/cases/{first.number}"
    clerk.get(page)
    for typed, told in (
        ({"why": "看过身份证"}, "请选是不是同一个人"),
        ({"why": "看过身份证", "verdict": "maybe"}, "请选是不是同一个人"),
        ({"verdict": "same", "why": " "}, "请写一句怎么知道的"),
    ):
        shown = clerk.post(f"{page}/alike/{second.number}", {"version": "0"} | typed)
        assert shown.status_code == 422
        assert told in words_of(shown)
        assert f'value="{typed["why"].strip()}"' in shown.text


def test_only_pairs_that_match_and_that_one_may_open_are_judged(centre: Centre) -> None:
    first, other = centre.case(CaseKind.HARDSHIP, **CHEN), centre.case(CaseKind.MEDICAL, **LI)
    hidden = centre.case(CaseKind.CONSULTATION, mobile=CHEN["mobile"])
    with pytest.raises(NotAccepted):
        judge(centre, "intake", first, other)
    with pytest.raises(NotAccepted):
        judge(centre, "intake", first, first)
    with pytest.raises(NotAllowed):
        judge(centre, "intake", first, hidden)
    with pytest.raises(NotAllowed):
        judge(centre, "lawyer", first, hidden)
    with pytest.raises(NotFound):
        judge(centre, "intake", first, Filed(new_receipt("JZ", 2026, lambda _: 0), "", first.kind))
    assert not centre.contents().get("pairs")


def exclude(centre: Centre, filed: Filed, login: str) -> None:
    """Keep somebody out of a case."""
    stored = cases.find_case(centre.instance, filed.number)
    assert stored
    exclusion.exclude_colleague(
        centre.office, centre.actor("approver"), filed.number, stored.case.version, login, "亲戚"
    )


@each_database
def test_nobody_reads_of_a_match_that_he_may_not_open(centre: Centre) -> None:
    first = centre.case(CaseKind.HARDSHIP, **CHEN)
    alone = words_of(centre.staff("intake").get(f"/staff/cases/{first.number}"))
    second = centre.case(CaseKind.MEDICAL, **CHEN)
    judge(centre, "reviewer", first, second, "same")
    centre.case(CaseKind.CONSULTATION, mobile=CHEN["mobile"])
    assert numbers(centre, "intake", first) == [second.number]
    exclude(centre, second, "intake")
    assert words_of(centre.staff("intake").get(f"/staff/cases/{first.number}")) == alone
    assert numbers(centre, "reviewer", first) == [second.number]
    with pytest.raises(NotFound):
        judge(centre, "intake", first, second)


def test_of_a_match_that_many_bear_only_the_newest_are_listed(centre: Centre) -> None:
    for _ in range(70):
        centre.clock.advance(minutes=2)
        centre.case(CaseKind.JOBS, mobile=CHEN["mobile"])
    newest = centre.case(CaseKind.JOBS, mobile=CHEN["mobile"])
    twin = centre.case(CaseKind.MEDICAL, **LI | {"id_number": HIS})
    mine = centre.case(CaseKind.HARDSHIP, **CHEN)
    found = numbers(centre, "intake", mine)
    assert len(found) == likeness.MOST_ALIKE
    assert found[0] == twin.number
    assert newest.number in found


def test_each_kind_of_match_has_its_words_and_the_strongest_counts() -> None:
    both = [Match(What.PHONE, Whose.APPLICANT), Match(What.IDENTITY, Whose.APPLICANT)]
    assert rank(both) == 0
    assert say_likeness(both) == "证件号一样"
    assert Match(What.PHONE, Whose.COWORKER).label == "电话（那边是一起办的人）"
