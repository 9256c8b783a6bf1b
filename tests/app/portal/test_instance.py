"""Creating and opening an instance: never over another one, never with the wrong keys."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.centre import retention
from portal.operations.forms import submission
from portal.store.centre.instance import Place, create_instance, hold_instance, open_instance
from portal.store.crypto.keys import create_keyring
from portal.store.errors import InstanceProblem, KeyProblem
from tests.support.centre import START, Centre, add_answers
from tests.support.databases import each_database
from tests.support.samples import LAST_TICKS


@pytest.fixture
def place(tmp_path: Path, store_url: str) -> Place:
    """Where a new instance may be laid down."""
    return Place(tmp_path / "instance", store_url, tmp_path / "instance" / "keys.json")


def lay_down(place: Place) -> None:
    """Create an instance and close it again."""
    create_instance(place, START).db.close()


def one_line(problem: pytest.ExceptionInfo[Exception]) -> str:
    """What the operator is told."""
    assert "\n" not in str(problem.value)
    return str(problem.value)


def test_a_new_instance_opens_with_its_keys(place: Place) -> None:
    lay_down(place)
    instance = open_instance(place)
    assert instance.db.table("audit").all()[0]["action"] == "create instance"
    assert "ring" not in repr(instance)
    instance.db.close()
    assert place.folder.stat().st_mode & 0o777 == 0o700


def test_an_instance_is_never_laid_over_another(place: Place) -> None:
    lay_down(place)
    before = place.key_file.read_bytes()
    with pytest.raises(InstanceProblem) as problem:
        create_instance(place, START)
    assert "keys.json" in one_line(problem)
    assert place.key_file.read_bytes() == before
    place.key_file.rename(place.folder / "elsewhere.json")
    with pytest.raises(InstanceProblem) as problem:
        create_instance(place, START)
    assert "没有密钥文件" in one_line(problem)
    assert not place.key_file.exists()


def test_the_keys_of_another_instance_open_nothing(place: Place) -> None:
    lay_down(place)
    other = place.folder / "other.json"
    create_keyring(other)
    with pytest.raises(KeyProblem) as problem:
        open_instance(replace(place, key_file=other))
    assert "other.json" in one_line(problem)


def test_a_lost_database_file_is_not_made_anew(tmp_path: Path) -> None:
    place = Place(tmp_path, f"sqlite:///{tmp_path}/portal.db", tmp_path / "keys.json")
    lay_down(place)
    database = tmp_path / "portal.db"
    database.unlink()
    with pytest.raises(InstanceProblem) as problem:
        open_instance(place)
    assert str(database) in one_line(problem)
    assert not database.exists()


def test_only_one_server_may_hold_an_instance(tmp_path: Path) -> None:
    with hold_instance(tmp_path):
        with pytest.raises(InstanceProblem) as problem, hold_instance(tmp_path):
            pass
        assert str(tmp_path) in one_line(problem)
    with hold_instance(tmp_path):
        pass


@each_database
def test_old_drafts_and_ended_counters_are_forgotten(centre: Centre) -> None:
    _, old = centre.draft(CaseKind.CONSULTATION)
    centre.clock.advance(days=29)
    _, young = centre.draft(CaseKind.CONSULTATION)
    centre.clock.advance(days=1, seconds=1)
    centre.staff("intake")  # somebody has worked with this clock
    assert retention.tidy(centre.office) == retention.Tidied(
        drafts=1, files=0, counters=2, sign_ins=0
    )
    assert submission.read_draft(centre.office, old) is None
    assert submission.read_draft(centre.office, young)
    assert retention.tidy(centre.office) == retention.Tidied(
        drafts=0, files=0, counters=0, sign_ins=0
    )


@each_database
def test_a_draft_that_is_touched_lives_on(centre: Centre) -> None:
    _, token = centre.draft(CaseKind.CONSULTATION)
    centre.clock.advance(days=29)
    add_answers(centre.office, token, {"topic": "women"})
    centre.clock.advance(days=29)
    centre.staff("intake")  # somebody has worked with this clock
    assert retention.tidy(centre.office).counters
    assert submission.read_draft(centre.office, token)


@each_database
def test_limits_count_in_their_window_only(centre: Centre) -> None:
    limit = RateLimit.KEY_IN
    office = replace(centre.office, limits={**centre.office.limits, limit: 2})
    rate_limits.spend(office, limit)
    rate_limits.spend(office, limit)
    with pytest.raises(rate_limits.TooMany, match=limit.words):
        rate_limits.spend(office, limit)
    with pytest.raises(rate_limits.TooMany):
        rate_limits.require_below_limit(office, limit)
    centre.clock.advance(hours=1)
    rate_limits.require_below_limit(office, limit)
    rate_limits.spend(office, limit)


@each_database
def test_counters_hold_no_address(centre: Centre) -> None:
    rate_limits.spend(centre.office, RateLimit.SUBMIT_BY_ADDRESS, "203.0.113.77")
    assert "203.0.113.77" not in str(centre.contents())


@each_database
def test_too_many_applications_from_one_network_keep_what_was_typed(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    browser.get("/apply/check")
    for _ in range(60):
        rate_limits.spend(centre.office, RateLimit.SUBMIT_BY_ADDRESS, browser.address)
    shown = browser.post("/apply/check", LAST_TICKS)
    assert shown.status_code == 429
    assert "您填的都在" in shown.text
    assert centre.contents()["cases"] == {}
    centre.clock.advance(hours=1)
    assert browser.post("/apply/check", LAST_TICKS).status_code == 303
