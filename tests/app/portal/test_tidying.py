"""Tidying with a clock that is wrong: nothing is forgotten, and one line says what to do."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.audit.actions import AuditAction
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre import retention
from portal.operations.centre.retention import Tidied
from portal.store import audit, files
from tests.support.centre import START, Centre
from tests.support.databases import each_database
from tests.support.photographs import on_disk

NOTHING = Tidied(0, 0, 0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        START + timedelta(days=15, seconds=1),
        START + timedelta(days=400),
        START - timedelta(hours=2),
        datetime(1999, 1, 1, tzinfo=UTC),
    ],
    ids=str,
)
@each_database
def test_with_a_wrong_clock_nothing_is_forgotten(
    centre: Centre, wrong: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    centre.draft(CaseKind.CONSULTATION)
    centre.case(CaseKind.HARDSHIP)
    files.write_blobs(centre.instance.files, b"left behind", b"original")
    before, blobs = centre.contents(), on_disk(centre)
    centre.clock.now = wrong
    assert retention.tidy(centre.office) == NOTHING
    assert centre.contents() == before
    assert on_disk(centre) == blobs
    (line,) = caplog.messages
    assert line.startswith("系统时间不对？服务器现在是 ")
    assert "最后一次有人办事是 2026年11月24日 10:00。" in line
    assert "请校准服务器的时间" in line


def test_two_quiet_weeks_stop_no_tidying(centre: Centre, caplog: pytest.LogCaptureFixture) -> None:
    centre.case(CaseKind.HARDSHIP)
    centre.clock.advance(days=15)
    assert retention.tidy(centre.office).counters
    assert caplog.messages == []


@each_database
def test_tidying_goes_on_when_somebody_has_worked(centre: Centre) -> None:
    centre.draft(CaseKind.CONSULTATION)
    centre.clock.advance(days=31)
    assert retention.tidy(centre.office) == NOTHING
    centre.case(CaseKind.JOBS)
    assert retention.tidy(centre.office).drafts == 1


def test_what_the_server_did_by_itself_is_no_sign_of_a_right_clock(centre: Centre) -> None:
    centre.draft(CaseKind.CONSULTATION)
    centre.case(CaseKind.JOBS)
    centre.clock.advance(days=400)
    office = centre.office
    audit.record(office.store, office.now(), "system", AuditAction.NOTICE_NOT_SENT, "x")
    assert retention.tidy(office) == NOTHING


def test_work_done_with_a_wrong_clock_does_not_stop_tidying_for_ever(centre: Centre) -> None:
    centre.clock.advance(days=400)
    centre.case(CaseKind.JOBS)
    centre.clock.now = START
    assert retention.tidy(centre.office) == NOTHING
    centre.draft(CaseKind.CONSULTATION)
    centre.clock.advance(days=31)
    centre.case(CaseKind.JOBS)
    assert retention.tidy(centre.office).drafts == 1
