"""What released versions left behind, opened by today's program: nothing of it may be lost.

Each instance was made, and looked at, by the program of its version (`tests.instances.make`).
Today's program opens it, migrates it, and must show the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Role
from portal.domain.cases.work_views import VIEWS, select_view
from portal.domain.shared.case_kinds import CaseKind
from portal.newsroom import release
from portal.operations.cases import work_list
from portal.operations.centre.recount import find_wrong_cases
from portal.operations.claim_limits import reckon_when_due
from portal.operations.forms import submission
from tests.instances import facts, inside, looking
from tests.instances.facts import reader_of
from tests.instances.kept import (
    DUMPED,
    HERE,
    PACKED,
    Kept,
    list_versions,
    load_dump,
    open_kept,
    read_facts,
    unpack,
)
from tests.instances.looking import Facts
from tests.support.centre import declarations
from tests.support.claim_order import order_by_answers
from tests.support.samples import ANSWERS

NUMBERS = count(1)
FINISHED = {"正在发布": "已发布", "正在撤下": "已撤下"}
"""What is published of what it was kept from."""
Unpack = Callable[[], Kept]
LIVES = [pytest.param((version, kind), id=f"{version} {kind}")
         for version in list_versions() for kind in ("sqlite", "postgresql")]  # fmt: skip


@pytest.fixture(scope="module", params=LIVES)
def origin(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A version, and the database that its instance is on."""
    version, kind = request.param
    return version, kind


@pytest.fixture(scope="module")
def told(origin: tuple[str, str]) -> Facts:
    """What must be true."""
    found: Facts = read_facts(origin[0])
    return found


@pytest.fixture(scope="module")
def open_anew(
    origin: tuple[str, str], told: Facts, request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Unpack]:  # fmt: skip
    """Open a fresh copy of the instance."""
    (version, kind), opened = origin, list[Kept]()

    def unpack_and_open() -> Kept:
        root, url = tmp_path_factory.mktemp("kept") / "root", ""
        unpack(HERE / version / PACKED, root)
        if kind == "postgresql":
            server = request.getfixturevalue("postgresql_url")
            url = load_dump(HERE / version / DUMPED, server, f"kept_{next(NUMBERS)}")
            (root / "instance" / "portal.db").unlink()
        opened.append(open_kept(root, datetime.fromisoformat(told["as_of"]), url))
        return opened[-1]

    yield unpack_and_open
    for one in opened:
        one.instance.db.close()


@pytest.fixture(scope="module")
def at_first(open_anew: Unpack) -> tuple[Kept, dict[str, int]]:
    """The instance for all tests that only look, and its rows before they did."""
    kept = open_anew()
    return kept, inside.count_rows(kept)


@pytest.fixture
def kept(at_first: tuple[Kept, dict[str, int]]) -> Kept:
    """The instance, for looking only."""
    return at_first[0]


def made_by_hand(told: Facts) -> list[Facts]:
    """The cases of which more is known than what their status page says."""
    return [case for case in told["cases"] if case["made"] == "by hand"]


def test_every_row_is_there(at_first: tuple[Kept, dict[str, int]], told: Facts) -> None:
    _, rows = at_first
    entries = rows.pop("audit entries")
    expected = dict(told["rows"])
    assert entries >= expected.pop("audit entries")  # a migration may tell of itself
    assert rows == expected


def test_the_audit_chain_is_whole_and_goes_on_from_the_kept_head(kept: Kept, told: Facts) -> None:
    before = told["audit"]
    length, _ = inside.verify(kept)
    assert length >= before["length"]
    assert inside.head_at(kept, before["length"]) == before["head"]
    auditor = looking.sign_in(kept, "auditor", told["password"])
    assert looking.read_log(auditor, before["length"] + 1) == before["newest"]
    now, _ = inside.verify(kept)
    assert now > length


def test_every_receipt_opens_its_case_with_state_sentence_and_history(
    kept: Kept, told: Facts
) -> None:
    browser, seen = looking.reader(kept), ("kind", "state", "sentence", "timeline")
    wrong = [
        (case["number"], found)
        for case in told["cases"]
        if (found := looking.read_status(browser, case["number"], case["code"]))
        != {name: case[name] for name in seen}
    ]
    assert wrong == []


def test_what_workers_told_is_theirs_to_take_away(kept: Kept, told: Facts) -> None:
    browser = looking.reader(kept)
    for case in made_by_hand(told):
        looking.look_up(browser, case["number"], case["code"])
        given = Counter(looking.read_own_data(browser, case["code"]))
        assert Counter(case["told"]) <= given, case["number"]


def test_staff_open_every_file_with_its_history_and_its_photos(kept: Kept, told: Facts) -> None:
    staff = {login: looking.sign_in(kept, login, told["password"]) for login in facts.OPENERS}
    for case in made_by_hand(told):
        file = looking.read_file(staff[reader_of(case["kind"])], case["number"])
        assert file == case["file"], case["number"]
    assert any("original" in photo for case in made_by_hand(told)
               for photo in case["file"]["photos"])  # fmt: skip


def test_a_code_that_was_replaced_opens_nothing(kept: Kept, told: Facts) -> None:
    for case in told["dead_codes"]:
        refused = looking.look_up(looking.reader(kept), case["number"], case["code"])
        assert refused.status_code == 422


def test_every_form_that_was_put_aside_is_gone_on_with(kept: Kept, told: Facts) -> None:
    for form in told["forms"]:
        found = looking.read_form(kept, form["number"], form["code"])
        typed: Counter[str] = Counter(found.pop("typed"))
        told_then = Counter(form["typed"])
        assert found == {name: form[name] for name in found}, form["number"]
        # The consent to health data is asked later, and of those only who told of some.
        assert typed <= told_then, form["number"]
        assert told_then - typed <= Counter("✓"), form["number"]
    for one in told["unsaved"]:
        assert inside.read_unsaved(kept, one["token"]) == one["typed"]


def test_every_article_stands_where_it_stood_with_its_versions(kept: Kept, told: Facts) -> None:
    editor = looking.sign_in(kept, "editor", told["password"])
    assert inside.read_articles(kept, editor) == told["articles"]


def test_the_published_figures_are_the_same(kept: Kept, told: Facts, tmp_path: Path) -> None:
    assert facts.published_on(kept, told["published"], tmp_path) == told["published"]
    assert inside.count_months(kept) == told["months"]


def test_heaps_and_calls_are_the_same(kept: Kept, told: Facts) -> None:
    for login in facts.CASEWORKERS:
        staff = looking.sign_in(kept, login, told["password"])
        assert looking.read_queues(staff) == told["heaps"][login]
        assert looking.read_calls(staff) == told["calls"][login]


def test_the_list_of_the_lawyer_is_as_the_answers_say_once_it_is_reckoned(kept: Kept) -> None:
    office, actor = kept.office, Actor("lawyer", frozenset({Role.LAWYER}))
    chosen = select_view(VIEWS["open"], actor, office.today())
    before = [row.receipt for row in work_list.read_work(office, actor, chosen, None, 1000).rows]
    assert find_wrong_cases(office, lambda *_: None) == []
    reckon_when_due(office)
    told = order_by_answers(office, chosen)
    rows = work_list.read_work(office, actor, chosen, None, 1000).rows
    assert [row.receipt for row in rows] == told
    assert sorted(before) == sorted(told)
    assert len(told) > 1
    assert find_wrong_cases(office, lambda *_: None) == []


def test_receipts_are_still_genuine(kept: Kept, told: Facts) -> None:
    for text in told["receipts"]:
        assert "这张回执是真的" in inside.run(kept, "verify-receipt", text)


def test_everybody_has_his_duties_and_only_they_come_in(kept: Kept, told: Facts) -> None:
    admin = looking.sign_in(kept, "admin", told["password"])
    assert looking.read_accounts(admin) == told["accounts"]
    browser = looking.reader(kept)
    browser.get("/staff/sign-in")
    typed = {"login": told["shut_out"], "password": told["password"]}
    assert browser.post("/staff/sign-in", typed).status_code == 422


def test_work_goes_on_where_it_was_left(open_anew: Unpack, told: Facts) -> None:
    kept = open_anew()
    invited(kept, told)
    hand_in_whole_forms(kept, told)
    take_up_asked(kept, told)
    file_a_new_case(kept)
    release_what_waits(kept, told)
    length, _ = inside.verify(kept)
    assert length > told["audit"]["length"] + 10


def invited(kept: Kept, told: Facts) -> None:
    """Let the newcomer use the link that he was sent before the upgrade."""
    browser, link = looking.reader(kept), told["invited"]["link"]
    assert told["invited"]["name"] in looking.page(browser, link)
    came_in = browser.post(link, {"new_password": "five other quiet lanterns"})
    assert came_in.status_code == 303


def hand_in_whole_forms(kept: Kept, told: Facts) -> None:
    """Hand in what was filled in before the upgrade: it keeps number, code and photos."""
    staff = {login: looking.sign_in(kept, login, told["password"]) for login in facts.OPENERS}
    photos = 0
    for form in (one for one in told["forms"] if one["whole"]):
        browser = looking.reader(kept)
        looking.look_up(browser, form["number"], form["code"])
        address = form["leads_to"].replace("so-far", "check")
        ticks = looking.boxes_on(browser.get(address))
        handed_in = browser.post(address, dict.fromkeys(ticks, "yes"))
        assert handed_in.headers["Location"].endswith("/receipt"), form["number"]
        status = looking.read_status(browser, form["number"], form["code"])
        assert status["timeline"][0].endswith("您 · 提交")
        photos += len(looking.read_file(staff[reader_of(status["kind"])], form["number"])["photos"])
    assert photos == sum(one["photos"] for one in told["forms"] if one["whole"])


def take_up_asked(kept: Kept, told: Facts) -> None:
    """Let workers give what they were asked for before the upgrade."""
    asked = [case for case in made_by_hand(told) if case["state"] == "请补材料"]
    assert asked
    for case in asked:
        browser = looking.reader(kept)
        looking.look_up(browser, case["number"], case["code"])
        looking.page(browser, "/status/case/give_supplement")
        given = browser.post("/status/case/give_supplement", {"words": "升级以后补的。"})
        assert given.status_code == 303
        newest = looking.read_status(browser, case["number"], case["code"])["timeline"][0]
        assert newest.endswith("您 · 提交了补充材料 · 升级以后补的。")


def file_a_new_case(kept: Kept) -> None:
    """Let somebody hand in a form of today."""
    kind = CaseKind.HARDSHIP
    token = submission.begin_draft(kept.office, ANSWERS[kind], None, "test")
    receipt = submission.submit_case(kept.office, kind, token, declarations(kind), "test")
    assert receipt.code
    status = looking.read_status(looking.reader(kept), receipt.number, receipt.code)
    assert status["state"] == "已提交"


def release_what_waits(kept: Kept, told: Facts) -> None:
    """Let the server publish what it was kept from, and what was planned for a later day."""
    editor = looking.sign_in(kept, "editor", told["password"])
    kept.clock.now += timedelta(minutes=1)
    release.publish_due(kept.room)
    now = {one["path"]: one for one in inside.read_articles(kept, editor)}
    for before in told["articles"]:
        after = FINISHED.get(before["state"], before["state"])
        assert now[before["path"]]["state"] == after


def test_the_facts_speak_of_everything(told: Facts) -> None:
    """A kept instance in which a list is empty would prove nothing of it."""
    empty = [name for name, value in told.items() if not value]
    assert empty == []
    lists: Any = ("cases", "forms", "articles", "dead_codes")
    assert all(len(told[name]) > 1 for name in lists)
