"""A month that was reported stays as it was; what is recorded for it later is listed."""

from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread
from time import monotonic, sleep

import psycopg
import pytest

from portal.domain.figures.counting import add_up
from portal.domain.figures.indicators import COUNTINGS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.operations.figures import reports
from portal.store import audit, months
from portal.store.records import number_of
from tests.support import patience
from tests.support.centre import Centre
from tests.support.copies import run
from tests.support.keying import key_in, stored_of

OCTOBER, NOVEMBER = "2026-10", "2026-11"


def await_lock(url: str) -> None:
    """Return once somebody waits for a table."""
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'"
    end = monotonic() + patience.STEP
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        while not connection.execute(waiting).fetchone():
            assert monotonic() < end
            sleep(0.01)


def count(centre: Centre, code: str, by: str = "") -> dict[str, dict[str, int]]:
    """What a figure comes to, by month."""
    counted = months.count_months(centre.office.store, centre.office.now())
    return add_up(counted, COUNTINGS, by)[code]


def in_october(centre: Centre, kind: CaseKind, number: int) -> None:
    """So many cases of a kind, filed on the web in October."""
    now, centre.clock.now = centre.clock.now, datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
    for _ in range(number):
        centre.clock.advance(minutes=1)
        centre.case(kind)
    centre.clock.now = now


def test_what_is_recorded_for_a_closed_month_counts_in_the_month_it_is_recorded_in(
    centre: Centre,
) -> None:
    in_october(centre, CaseKind.HARDSHIP, 2)
    centre.clock.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    before = key_in(centre, CaseKind.HARDSHIP, came_on="2026-10-30")
    centre.clock.advance(minutes=1)
    reports.close_month(centre.office, OCTOBER, "director")
    assert count(centre, "S1.1") == {OCTOBER: {"": 1}}
    late = stored_of(centre, key_in(centre, CaseKind.HARDSHIP, came_on="2026-10-31"))
    assert count(centre, "S1.1") == {OCTOBER: {"": 1}, NOVEMBER: {"": 1}}
    assert [number_of(one.record) for one in months.late_entries(centre.office.store)] == [
        late.case.receipt
    ]
    assert stored_of(centre, before).case.receipt != late.case.receipt
    assert reports.find_wrong_months(centre.office) == []


def test_a_letter_counts_in_the_month_in_which_it_came(centre: Centre) -> None:
    centre.clock.now = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
    key_in(centre, CaseKind.HARDSHIP, came_on="2026-11-30")
    assert count(centre, "S1.1") == {NOVEMBER: {"": 1}}


def test_months_are_closed_in_their_order_once_and_when_they_are_over(centre: Centre) -> None:
    centre.clock.now = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
    centre.case(CaseKind.JOBS)
    centre.clock.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    for month, words in (
        (NOVEMBER, "还没有过完"), (OCTOBER, "先结 2026-09"), ("2026-08", "没有要结的账")
    ):  # fmt: skip
        with pytest.raises(NotAccepted, match=words):
            reports.close_month(centre.office, month, "director")
    reports.close_month(centre.office, "2026-09", "director")
    reports.close_month(centre.office, OCTOBER, "director")
    with pytest.raises(NotAccepted, match="没有要结的账"):
        reports.close_month(centre.office, OCTOBER, "director")
    closed = [one for one, _ in audit.entries(centre.instance) if one.action == "close month"]
    assert [(one.actor, one.object) for one in closed] == [
        ("director", "2026-09"), ("director", OCTOBER),
    ]  # fmt: skip


def test_a_month_closes_itself_a_week_after_its_end(centre: Centre) -> None:
    in_october(centre, CaseKind.CONSULTATION, 1)
    centre.clock.now = datetime(2026, 11, 7, 15, 59, tzinfo=UTC)  # the 7th, 23:59
    assert reports.close_due_months(centre.office) == []  # nobody has worked with this clock
    centre.staff("intake")
    assert reports.close_due_months(centre.office) == []
    centre.clock.now = datetime(2026, 11, 7, 16, 0, tzinfo=UTC)
    assert reports.close_due_months(centre.office) == [OCTOBER]
    assert reports.close_due_months(centre.office) == []


def test_who_was_counted_in_a_closed_month_is_not_counted_again(centre: Centre) -> None:
    centre.clock.now = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)
    filed = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", filed, "answer", "好。")
    centre.clock.now = datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, OCTOBER, "director")
    asked = centre.follower(filed).post("/status/case/ask_again", {"words": "还有。"})
    assert asked.status_code == 303
    centre.take("lawyer", filed, "answer", "又好。")
    assert count(centre, "S18") == {OCTOBER: {"": 1}, NOVEMBER: {"": 0}}


def test_figures_split_by_what_the_tally_holds(centre: Centre) -> None:
    in_october(centre, CaseKind.HARDSHIP, 3)
    parts = count(centre, "S1.5", by="migrant")[OCTOBER]
    assert sum(parts.values()) == 3
    assert set(parts) <= {"yes", "no"}
    assert sum(count(centre, "S1.5", by="sex")[OCTOBER].values()) == 3


def test_an_event_that_was_removed_or_moved_is_noticed_when_months_are_counted_again(
    centre: Centre,
) -> None:
    in_october(centre, CaseKind.HARDSHIP, 2)
    reports.close_month(centre.office, OCTOBER, "director")
    events = centre.instance.db.table("events")
    (first, *_) = events
    events.update({"on": "2026-09-30"}, doc_ids=[first.doc_id])
    assert reports.find_wrong_months(centre.office) == [OCTOBER]
    events.remove(doc_ids=[first.doc_id])
    assert reports.find_wrong_months(centre.office) == [OCTOBER]


def test_a_letter_that_came_before_anything_was_recorded_opens_the_month_it_came_in(
    centre: Centre,
) -> None:
    centre.clock.now = datetime(2026, 10, 2, 4, 0, tzinfo=UTC)
    key_in(centre, CaseKind.HARDSHIP, came_on="2026-09-30")
    centre.clock.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    assert reports.open_months(centre.office) == ["2026-09", OCTOBER]
    reports.close_month(centre.office, "2026-09", "director")
    reports.close_month(centre.office, OCTOBER, "director")
    assert count(centre, "S1.1") == {"2026-09": {"": 1}, OCTOBER: {}}


def test_what_happened_before_the_first_closed_month_is_late_and_not_lost(centre: Centre) -> None:
    in_october(centre, CaseKind.HARDSHIP, 1)
    centre.clock.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, OCTOBER, "director")
    key_in(centre, CaseKind.HARDSHIP, came_on="2026-09-30")
    counted: dict[str, dict[str, int]] = {OCTOBER: {}, NOVEMBER: {"": 1}}
    assert count(centre, "S1.1") == counted
    assert len(months.late_entries(centre.office.store)) == 1
    centre.clock.now = datetime(2026, 12, 2, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, NOVEMBER, "director")
    assert count(centre, "S1.1") == counted
    assert reports.find_wrong_months(centre.office) == []


def test_what_is_recorded_with_a_clock_that_was_set_back_is_late_and_not_lost(
    centre: Centre,
) -> None:
    in_october(centre, CaseKind.HARDSHIP, 1)
    centre.clock.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, OCTOBER, "director")
    in_october(centre, CaseKind.HARDSHIP, 2)
    counted = {OCTOBER: {"": 1}, NOVEMBER: {"": 2}}
    assert count(centre, "S1.5") == counted
    assert len(months.late_entries(centre.office.store)) == 2
    centre.clock.now = datetime(2026, 12, 2, 4, 0, tzinfo=UTC)
    reports.close_month(centre.office, NOVEMBER, "director")
    assert count(centre, "S1.5") == counted
    assert reports.find_wrong_months(centre.office) == []


@pytest.mark.parametrize("commits", [True, False])
def test_closing_waits_for_whoever_has_recorded_and_not_yet_committed(
    on_postgresql: Centre, postgresql_url: str, commits: bool
) -> None:
    on_postgresql.reset()
    in_october(on_postgresql, CaseKind.HARDSHIP, 1)
    on_postgresql.clock.now = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
    closed: list[str] = []

    def close() -> None:
        reports.close_month(on_postgresql.office, OCTOBER, "director")
        closed.append(OCTOBER)

    closing = Thread(target=close)
    with suppress(NotAccepted), on_postgresql.instance.transaction():
        in_october(on_postgresql, CaseKind.HARDSHIP, 1)
        closing.start()
        await_lock(postgresql_url)
        assert not closed
        if not commits:
            raise NotAccepted("算了")
    closing.join()
    assert count(on_postgresql, "S1.5") == {OCTOBER: {"": 1 + commits}}
    assert reports.find_wrong_months(on_postgresql.office) == []


def test_a_figure_that_is_added_later_is_counted_for_closed_months_and_makes_none_wrong(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_october(centre, CaseKind.HARDSHIP, 2)
    before = {code: how for code, how in COUNTINGS.items() if code != "S1.5"}
    with monkeypatch.context() as patch:
        patch.setattr(months, "COUNTINGS", before)
        reports.close_month(centre.office, OCTOBER, "director")
    assert count(centre, "S1.5") == {OCTOBER: {"": 2}}
    assert reports.find_wrong_months(centre.office) == []


def test_the_command_tells_figures_and_late_entries_in_words(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BANGFU_STORE", raising=False)
    in_october(centre, CaseKind.HARDSHIP, 1)
    reports.close_month(centre.office, OCTOBER, "director")
    late = stored_of(centre, key_in(centre, CaseKind.JOBS, came_on="2026-10-31"))

    def told(*words: str) -> str:
        return run(centre.root, centre.instance.files.parent, "figures", *words).output

    assert f"{late.case.receipt}\t提交\t2026年10月31日\t" in told("late")
    for by, value in (("town", "松坪镇"), ("migrant", "是"), ("sex", "男")):
        assert f"困难帮扶申请\t{value}\t1" in told("show", OCTOBER, "--by", by)
