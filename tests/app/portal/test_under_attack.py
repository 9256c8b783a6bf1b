"""Guessing and flooding cost work or waiting; the owner of a case is never locked out."""

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from portal.domain.cases.receipt_numbers import code_from_bytes
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.forms import submission
from tests.support.attack import SetLimit, has_barrier, turn_on, with_backlog, work_out
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, Filed, make_apps
from tests.support.databases import each_database
from tests.support.following import WRONG_CODE, an_unused_number, look_up
from tests.support.own_data import take_out
from tests.support.samples import LAST_TICKS
from tests.support.walking import went_on

OTHER_CODE = code_from_bytes(b"another secret 2")
BY_RECEIPT = RateLimit.WRONG_CODE_BY_RECEIPT


@pytest.fixture
def guessed(centre: Centre, set_limit: SetLimit) -> Filed:
    """A case whose code strangers have guessed at from three networks."""
    set_limit(BY_RECEIPT, 3)
    case = centre.case(CaseKind.CONSULTATION)
    for _ in range(3):
        assert look_up(centre.browser(), case.number, WRONG_CODE).status_code == 422
    return case


def pair(case: Filed, code: str = "") -> dict[str, str]:
    """Number and code as they are typed."""
    return {"receipt": case.number, "code": code or case.code}


def test_in_normal_times_nobody_is_asked_for_anything(centre: Centre) -> None:
    case = centre.case(CaseKind.CONSULTATION)
    browser = centre.browser()
    assert not has_barrier(browser.get("/status"))
    refused = look_up(browser, case.number, WRONG_CODE)
    assert not has_barrier(refused)
    assert "script-src 'none'" in refused.headers["Content-Security-Policy"]
    form, _ = centre.draft(CaseKind.CONSULTATION)
    assert not has_barrier(form.get("/consult/check"))


def test_the_owner_of_a_guessed_number_gets_in_by_work(centre: Centre, guessed: Filed) -> None:
    owner = centre.browser()
    shown = look_up(owner, guessed.number, guessed.code)
    assert shown.status_code == 429
    assert has_barrier(shown)
    assert "一直在试这个编号的查询码" in words_of(shown)
    assert typed_in(shown, "receipt") == [guessed.number]
    assert typed_in(shown, "code") == [guessed.code]
    assert went_on(owner.post("/status", pair(guessed) | work_out(shown))) == "/status/case"
    other = centre.case(CaseKind.CONSULTATION)
    assert went_on(look_up(centre.browser(), other.number, other.code)) == "/status/case"


def test_each_guess_costs_work_of_its_own(centre: Centre, guessed: Filed) -> None:
    attacker = centre.browser()
    key = work_out(look_up(attacker, guessed.number, WRONG_CODE))
    wrong = attacker.post("/status", pair(guessed, WRONG_CODE) | key)
    assert wrong.status_code == 422
    assert "对不上" in words_of(wrong)
    assert has_barrier(wrong)
    again = attacker.post("/status", pair(guessed, OTHER_CODE) | key)
    assert again.status_code == 429
    fresh = attacker.post("/status", pair(guessed) | work_out(again))
    assert went_on(fresh) == "/status/case"


@pytest.mark.parametrize("ending", ["=", "!!!!"])
def test_a_puzzle_or_turn_that_is_spelt_otherwise_is_used_up_all_the_same(
    centre: Centre, set_limit: SetLimit, ending: str
) -> None:
    set_limit(RateLimit.WRONG_CODE, 0)
    case, attacker = centre.case(CaseKind.CONSULTATION), centre.browser()
    key = work_out(look_up(attacker, case.number, WRONG_CODE))
    turn = turn_on(attacker.post("/status", pair(case) | {"button": "turn"}))
    centre.clock.advance(minutes=1)
    for name, solution in (("puzzle", key), ("turn", turn)):
        otherwise = solution | {name: solution[name] + ending}
        statuses = [attacker.post("/status", pair(case, WRONG_CODE) | one).status_code
                    for one in (otherwise, solution, otherwise)]  # fmt: skip
        assert statuses == [422, 429, 429]


def test_work_done_elsewhere_or_badly_or_long_ago_does_not_count(
    centre: Centre, guessed: Filed, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.WRONG_CODE, 3)
    browser, elsewhere = centre.browser(), centre.browser()
    of_no_number = work_out(elsewhere.get("/status"))
    key = work_out(look_up(browser, guessed.number, guessed.code))
    cut, _, signature = key["puzzle"].rpartition(".")
    for bad in (
        {}, of_no_number, key | {"solution": ""}, key | {"solution": f"{key['solution']} "},
        key | {"puzzle": ""}, key | {"puzzle": cut}, key | {"puzzle": f"9{key['puzzle']}"},
        key | {"puzzle": f"{cut}.{'0' * len(signature)}"}, {"turn": key["puzzle"]},
        {"turn": "x"}, {"turn": "1.2.é"}, {"puzzle": "...", "solution": "0"},
    ):  # fmt: skip
        assert browser.post("/status", pair(guessed) | bad).status_code == 429, bad
    centre.clock.advance(minutes=20)
    assert browser.post("/status", pair(guessed) | key).status_code == 429
    centre.clock.advance(seconds=-1)
    assert went_on(browser.post("/status", pair(guessed) | key)) == "/status/case"


def test_work_begun_in_one_network_counts_in_the_next(centre: Centre, set_limit: SetLimit) -> None:
    set_limit(RateLimit.WRONG_CODE, 0)
    case = centre.case(CaseKind.CONSULTATION)
    phone = centre.browser()
    page = phone.get("/status")
    assert has_barrier(page)
    phone.address = "10.255.0.1"
    shown = phone.post("/status", pair(case) | work_out(page))
    assert shown.status_code == 429
    phone.address = "10.255.0.2"
    assert went_on(phone.post("/status", pair(case) | work_out(shown))) == "/status/case"


def test_without_script_a_turn_is_waited_for(centre: Centre, guessed: Filed) -> None:
    owner = centre.browser()
    shown = look_up(owner, guessed.number, guessed.code)
    assert "等 1 分钟" in words_of(shown)
    queued = owner.post("/status", pair(guessed) | {"button": "turn"})
    assert queued.status_code == 200
    assert "已经排上了" in words_of(queued)
    assert typed_in(queued, "receipt") == [guessed.number]
    turn = turn_on(queued)
    centre.clock.advance(seconds=59)
    early = owner.post("/status", pair(guessed) | turn)
    assert early.status_code == 429
    assert "请等 1 秒" in words_of(early)
    assert turn_on(early) == turn
    centre.clock.advance(seconds=1)
    wrong = owner.post("/status", pair(guessed, WRONG_CODE) | turn)
    assert wrong.status_code == 422
    assert typed_in(wrong, "turn") == []  # used up
    assert owner.post("/status", pair(guessed) | turn).status_code == 429
    second = turn_on(owner.post("/status", pair(guessed) | {"button": "turn"}))
    centre.clock.advance(minutes=15)
    late = owner.post("/status", pair(guessed) | second)
    assert late.status_code == 429
    third = turn_on(owner.post("/status", pair(guessed) | {"button": "turn"}))
    centre.clock.advance(minutes=14, seconds=59)
    assert went_on(owner.post("/status", pair(guessed) | third)) == "/status/case"


@each_database
def test_turns_are_few_so_that_guessing_with_them_is_slow(
    centre: Centre, guessed: Filed, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.TURN, 5)
    for expected in ([200] * 3 + [429], [200] * 2 + [429] * 2):
        attacker = centre.browser()
        look_up(attacker, guessed.number, WRONG_CODE)
        typed = pair(guessed, WRONG_CODE) | {"button": "turn"}
        answers = [attacker.post("/status", typed) for _ in range(4)]
        assert [page.status_code for page in answers] == expected
        assert "排队的" in words_of(answers[-1])
        assert typed_in(answers[-1], "receipt") == [guessed.number]
        assert has_barrier(answers[-1])
    centre.clock.advance(minutes=1)
    assert attacker.post("/status", typed).status_code == 200


def shut_out(browser: Browser, case: Filed) -> TestResponse:
    """Ten wrong codes from one network; what the right one then meets there."""
    for _ in range(10):
        look_up(browser, case.number, WRONG_CODE)
    shown = look_up(browser, case.number, case.code)
    assert shown.status_code == 429
    return shown


def test_who_is_over_the_limit_of_his_network_may_still_work_his_way_in(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.WRONG_CODE_BY_RECEIPT_AND_ADDRESS, 10)
    case, browser = centre.case(CaseKind.CONSULTATION), centre.browser()
    shown = shut_out(browser, case)
    assert "查询码错得太多了" in words_of(shown)
    assert went_on(browser.post("/status", pair(case) | work_out(shown))) == "/status/case"


def test_strangers_cannot_stop_the_owner_from_taking_his_data_away(
    centre: Centre, guessed: Filed, set_limit: SetLimit
) -> None:
    owner = centre.browser()
    shown = look_up(owner, guessed.number, guessed.code)
    owner.post("/status", pair(guessed) | work_out(shown))
    taken = take_out(owner, guessed.code, "json")
    assert taken.status_code == 200
    assert taken.mimetype == "application/json"


@each_database
def test_staff_see_that_somebody_is_guessing(centre: Centre, guessed: Filed) -> None:
    lawyer = centre.staff("lawyer")
    shown = words_of(lawyer.get(f"/staff/cases/{guessed.number}"))
    assert "有人在猜这个编号的查询码：今天错了 3 次" in shown
    other = centre.case(CaseKind.CONSULTATION)
    look_up(centre.browser(), other.number, WRONG_CODE)
    assert "有人在猜" not in words_of(lawyer.get(f"/staff/cases/{other.number}"))
    centre.clock.advance(days=1)
    later = centre.staff("lawyer").get(f"/staff/cases/{guessed.number}")
    assert "有人在猜" not in words_of(later)


def test_a_number_of_nobody_is_asked_for_work_like_any_other(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(BY_RECEIPT, 1)
    nobodys = Filed(an_unused_number(), WRONG_CODE, CaseKind.HARDSHIP)
    assert look_up(centre.browser(), nobodys.number, WRONG_CODE).status_code == 422
    shown = look_up(centre.browser(), nobodys.number, WRONG_CODE)
    assert shown.status_code == 429
    assert has_barrier(shown)


def ready_to_hand_in(centre: Centre) -> Browser:
    """A browser on the check page of a form that is filled in."""
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/check")
    return browser


@pytest.mark.parametrize("flood", ["many in an hour", "many that wait"])
@each_database
def test_a_flood_of_forms_asks_for_work_before_a_form_is_handed_in(
    centre: Centre, set_limit: SetLimit, flood: str
) -> None:
    if flood == "many in an hour":
        set_limit(RateLimit.SUBMIT, 2)
    else:
        centre = with_backlog(centre, 2)
    browser = ready_to_hand_in(centre)
    for _ in range(2):
        centre.case(CaseKind.CONSULTATION)
    assert has_barrier(browser.get("/apply/check"))
    shown = browser.post("/apply/check", LAST_TICKS)
    assert shown.status_code == 429
    assert typed_in(shown, "truth_pledge") == ["yes"]
    key = work_out(shown)
    twin = browser.twin()
    assert went_on(browser.post("/apply/check", {**LAST_TICKS, **key})) == "/apply/receipt"
    assert went_on(twin.post("/apply/check", {**LAST_TICKS, **key})) == "/apply/receipt"
    other = ready_to_hand_in(centre)
    assert other.post("/apply/check", {**LAST_TICKS, **key}).status_code == 429
    queued = other.post("/apply/check", {**LAST_TICKS, "button": "turn"})
    assert typed_in(queued, "truth_pledge") == ["yes"]
    centre.clock.advance(seconds=60)
    sent = other.post("/apply/check", {**LAST_TICKS, **turn_on(queued)})
    assert went_on(sent) == "/apply/receipt"


def test_beyond_what_the_site_can_take_the_form_stays_filled_in(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.SUBMIT_ALL, 1)
    centre.case(CaseKind.CONSULTATION)
    browser = ready_to_hand_in(centre)
    before = {table: rows for table, rows in centre.contents().items() if table != "counters"}
    shown = browser.post("/apply/check", LAST_TICKS)
    assert shown.status_code == 503
    assert "收不下" in words_of(shown)
    assert 'href="tel:0000-12351"' in shown.text.partition("<main")[2].partition("</main")[0]
    assert typed_in(shown, "truth_pledge") == ["yes"]
    after = {table: rows for table, rows in centre.contents().items() if table != "counters"}
    assert after == before
    centre.clock.advance(hours=1)
    assert went_on(browser.post("/apply/check", LAST_TICKS)) == "/apply/receipt"


def test_a_network_that_has_used_up_its_forms_locks_nobody_in_it_out(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.SUBMIT_BY_ADDRESS, 0)
    browser = ready_to_hand_in(centre)
    shown = browser.post("/apply/check", LAST_TICKS)
    assert shown.status_code == 429
    key = work_out(shown)
    assert went_on(browser.post("/apply/check", {**LAST_TICKS, **key})) == "/apply/receipt"


def test_where_work_is_never_asked_for_only_networks_are_limited(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.SUBMIT, 0)
    set_limit(BY_RECEIPT, 0)
    office = replace(centre.office, asks_for_work=False)
    without = replace(centre, office=office, app=make_apps(office, centre.root))
    form = ready_to_hand_in(without)
    assert went_on(form.post("/apply/check", LAST_TICKS)) == "/apply/receipt"
    form, token = without.draft(CaseKind.CONSULTATION)
    receipt = submission.submit_case(office, CaseKind.CONSULTATION, token, {}, "test")
    case, browser = Filed(receipt.number, receipt.code or "", receipt.kind), without.browser()
    assert went_on(look_up(browser, case.number, case.code)) == "/status/case"
    assert not has_barrier(shut_out(browser, case))
    assert browser.post("/status", pair(case) | {"button": "turn"}).status_code == 429
    assert went_on(look_up(without.browser(), case.number, case.code)) == "/status/case"


def test_counters_tell_nothing_about_whom_work_was_asked_of(
    centre: Centre, set_limit: SetLimit
) -> None:
    set_limit(RateLimit.WRONG_CODE, 0)
    case, browser = centre.case(CaseKind.CONSULTATION), centre.browser()
    key = work_out(browser.get("/status"))
    browser.post("/status", pair(case) | key)
    rows = str(centre.contents()["counters"])
    assert key["puzzle"] not in rows
    assert case.number not in rows
    assert rate_limits.how_often(centre.office, RateLimit.WRONG_CODE) == 0
