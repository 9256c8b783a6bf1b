"""One letter that goes wrong: it is sent no second time for it, and the others go their way."""

from dataclasses import replace
from datetime import datetime

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.dates import CENTRE_ZONE
from portal.operations.notices.delivery import (
    MOST_CLAIMS,
    NotNow,
    OutgoingNotice,
    leave_all_to_staff,
    send_due,
)
from portal.operations.office import Office
from portal.store import audit, outbox
from portal.store.engine.database import RowDB
from portal.store.errors import StoreFull
from tests.support.centre import Centre
from tests.support.databases import each_database
from tests.support.letters import MOBILE, sender_by, standing


def fail_to_record(*_: object) -> None:
    raise StoreFull(f"the disk is full: {MOBILE}")


@each_database
def test_a_message_that_is_out_is_not_sent_again_because_its_entry_fails(
    centre: Centre, office: Office, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    heard: list[str] = []

    def carry(message: OutgoingNotice) -> None:
        heard.append(message.mobile)

    replace(centre, office=office).case(CaseKind.JOBS)
    with monkeypatch.context() as patched:
        patched.setattr(audit, "record", fail_to_record)
        assert send_due(office, sender_by(carry))
    centre.clock.advance(minutes=11)
    assert send_due(office, sender_by(carry))
    assert heard == [MOBILE, "19900000004"]
    assert standing(centre) == [("sent", 1)]
    rows = [row for row, letter in centre.contents()["outbox"].items() if letter["state"] == "sent"]
    assert caplog.messages == [f"notice stopped: outbox row {row}: StoreFull" for row in rows]
    assert MOBILE not in caplog.text


def test_a_letter_that_is_claimed_again_and_again_is_left_to_staff(
    centre: Centre, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    def carry(message: OutgoingNotice) -> None:
        heard.append(message.message_id)

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "close_message", fail_to_record)
        for _ in range(MOST_CLAIMS + 3):
            assert send_due(office, sender_by(carry))
            centre.clock.advance(minutes=11)
    assert len(heard) == MOST_CLAIMS
    assert len(set(heard)) == 1
    assert standing(centre) == [("call", MOST_CLAIMS + 1)]


@each_database
def test_one_letter_that_raises_stops_no_other(centre: Centre, office: Office) -> None:
    heard: list[str] = []

    def carry(message: OutgoingNotice) -> None:
        if message.mobile == MOBILE:
            raise ValueError(message.text)
        heard.append(message.mobile)

    replace(centre, office=office).case(CaseKind.JOBS)
    assert send_due(office, sender_by(carry))
    assert heard == ["19900000004"]


def test_one_letter_that_cannot_be_given_up_stops_no_other(
    centre: Centre, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = replace(centre, office=office).case(CaseKind.JOBS)
    centre.clock.advance(days=3, seconds=1)
    usual = outbox.leave_to_staff

    def hand_over(db: RowDB, letter: outbox.OutboxMessage) -> None:
        if letter.notice.receipt != filed.number:
            raise ValueError(MOBILE)
        usual(db, letter)

    monkeypatch.setattr(outbox, "leave_to_staff", hand_over)
    leave_all_to_staff(office)
    assert standing(centre) == [("given up", 0)]


def test_a_second_try_waits_for_the_day(centre: Centre, office: Office) -> None:
    def carry(_: OutgoingNotice) -> None:
        raise NotNow

    centre.clock.advance(hours=9, minutes=59, seconds=30)  # half a minute before eight
    assert not send_due(office, sender_by(carry))
    *_, row = centre.contents()["outbox"].values()
    again = datetime.fromisoformat(row["next_try_at"]).astimezone(CENTRE_ZONE)
    assert (again.day - office.today().day, again.hour, again.minute) == (1, 9, 0)
