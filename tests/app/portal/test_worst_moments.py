"""Of two who act at once, the second when the first has read: nothing is done twice, or by halves.

The one who comes too late is told so; what he saw before is not what counts.
"""

from collections import Counter
from datetime import date, timedelta

import pytest

from portal.domain.cases.call_outcomes import CallOutcome
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAllowed
from portal.operations.cases import (
    assignment,
    code_reissue,
    corrections,
    exclusion,
    holds,
    likeness,
)
from portal.operations.counter import contacts as contact_desk
from portal.operations.figures import reports
from portal.operations.forms import saved_drafts, submission
from portal.operations.notices import notice_queue
from portal.store import cases
from tests.support.centre import Centre, declarations
from tests.support.databases import each_database
from tests.support.interrupting import Act, Meeting
from tests.support.races import Made, Race, nobody_is_refused, one_is_refused, run_race
from tests.support.samples import ANSWERS

TODAY = date(2026, 11, 24)
CALL: dict[str, object] = {
    "came_by": "call", "came_on": TODAY.isoformat(), "contact_topic": "unpaid_wages",
    "contact_outcome": "answered",
}  # fmt: skip
WHY: dict[str, object] = {"why_corrected": "打来电话说写错了", "for_wish": None}


def types_of(centre: Centre, number: str) -> Counter[str]:
    """How often each event is in the history of a case."""
    stored = cases.find_case(centre.instance, number)
    assert stored
    return Counter(type(one).__name__ for one in cases.history(centre.instance, stored))


def two_take_a_case(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number

    def by(login: str) -> Act:
        return lambda: assignment.assign_case(
            centre.office, centre.actor(login), number, 0, login, ""
        )

    return by("intake"), by("second-intake"), one_is_refused


def two_accept_a_case(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number

    def by(login: str) -> Act:
        return lambda: centre.take_seen(login, number, 0, "accept")

    def accepted_once(meeting: Meeting) -> None:
        one_is_refused(meeting)
        assert types_of(centre, number)["CaseAccepted"] == 1

    return by("intake"), by("second-intake"), accepted_once


def who_keeps_out_decides(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number

    def accept() -> None:
        centre.take_seen("intake", number, 0, "accept")

    def exclude() -> None:
        exclusion.exclude_colleague(
            centre.office, centre.actor("approver"), number, 0, "intake", "申请人是他表弟"
        )

    return accept, exclude, one_is_refused


def worker_withdraws_what_is_accepted(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number

    def accept() -> None:
        centre.take_seen("intake", number, 0, "accept")

    def withdraw() -> None:
        centre.take_seen("", number, 0, "withdraw")

    return accept, withdraw, one_is_refused


def case_is_put_off_while_accepted(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number

    def hold() -> None:
        until = TODAY + timedelta(days=1)
        holds.hold_case(centre.office, centre.actor("second-intake"), number, 0, until, "等回信")

    return hold, lambda: centre.take_seen("intake", number, 0, "accept"), one_is_refused


def two_put_an_answer_right(centre: Centre) -> Made:
    number = centre.case(CaseKind.JOBS).number

    def by(login: str, mobile: str) -> Act:
        corrected = {**WHY, "mobile": mobile}
        return lambda: corrections.correct_answers(
            centre.office, centre.actor(login), number, 0, corrected
        )

    return by("intake", "19900000101"), by("second-intake", "19900000102"), one_is_refused


def proposed_change_is_agreed_to_and_refused(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number
    card = {**WHY, "bank_card": "6222000000000000016"}
    corrections.correct_answers(centre.office, centre.actor("intake"), number, 0, card)

    def agree() -> None:
        corrections.confirm_correction(centre.office, centre.actor("second-intake"), number, 1)

    def refuse() -> None:
        corrections.refuse_correction(
            centre.office, centre.actor("reviewer"), number, 1, "卡号没错"
        )

    return agree, refuse, one_is_refused


def new_code_is_agreed_to_and_refused(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number
    code_reissue.ask_for_code(centre.office, centre.actor("intake"), number)

    def agree() -> None:
        code_reissue.confirm_code(centre.office, centre.actor("second-intake"), number)

    def refuse() -> None:
        code_reissue.refuse_code(centre.office, centre.actor("everything"), number, "不是他")

    def is_settled(meeting: Meeting) -> None:
        told = types_of(centre, number)
        assert told["CodeReissueRefused"] + (meeting.second.refused is not None) == 1
        assert told["CodeReissueConfirmed"] <= 1
        if meeting.first.refused is None and meeting.second.refused is None:
            with pytest.raises(NotAllowed):
                code_reissue.hand_out_code(
                    centre.office, centre.actor("intake"), number, centre.chance.token()
                )

    return agree, refuse, is_settled


def two_judge_a_pair(centre: Centre) -> Made:
    one, other = (centre.case(CaseKind.HARDSHIP).number for _ in range(2))

    def by(login: str, verdict: str) -> Act:
        return lambda: likeness.judge_pair(
            centre.office, centre.actor(login), one, other, verdict, "看过身份证"
        )

    return by("intake", "same"), by("second-intake", "other"), nobody_is_refused


def two_ring_him_up(centre: Centre) -> Made:
    number = centre.case(CaseKind.HARDSHIP).number
    centre.take("intake", number, "request_supplement", "请补一张证明。")
    row_id = max(int(row) for row in centre.contents()["outbox"])

    def by(login: str) -> Act:
        return lambda: notice_queue.note_call(
            centre.office, centre.actor(login), row_id, CallOutcome.TOLD
        )

    def told_once(meeting: Meeting) -> None:
        nobody_is_refused(meeting)
        assert types_of(centre, number)["CallTried"] == 1

    return by("intake"), by("second-intake"), told_once


def contact_is_put_right_and_struck(centre: Centre) -> Made:
    clerk, once = centre.actor("intake"), centre.chance.token()
    contact = contact_desk.record_contact(centre.office, clerk, once, CALL)

    def correct() -> None:
        contact_desk.correct_contact(
            centre.office, clerk, contact.number, contact.version, CALL, "选错了"
        )

    def strike() -> None:
        contact_desk.strike_contact(centre.office, clerk, contact.number, contact.version, "记重了")

    return correct, strike, one_is_refused


def contact_is_noted_by_two_taps(centre: Centre) -> Made:
    clerk, once = centre.actor("intake"), centre.chance.token()

    def record() -> object:
        return contact_desk.record_contact(centre.office, clerk, once, CALL)

    def is_one(meeting: Meeting) -> None:
        nobody_is_refused(meeting)
        assert meeting.first.done == meeting.second.done

    return record, record, is_one


def form_is_handed_in_by_two_taps(centre: Centre) -> Made:
    kind = CaseKind.HARDSHIP
    token = submission.begin_draft(centre.office, ANSWERS[kind], None, "test")

    def hand_in() -> object:
        return submission.submit_case(centre.office, kind, token, declarations(kind), "test")

    def is_one(meeting: Meeting) -> None:
        nobody_is_refused(meeting)
        assert meeting.first.done == meeting.second.done

    return hand_in, hand_in, is_one


def form_is_handed_in_and_dropped(centre: Centre) -> Made:
    kind = CaseKind.HARDSHIP
    token = submission.begin_draft(centre.office, ANSWERS[kind], None, "test")

    def hand_in() -> object:
        return submission.submit_case(centre.office, kind, token, declarations(kind), "test")

    def drop() -> None:
        submission.drop_draft(centre.office, token)

    def is_there_or_told(meeting: Meeting) -> None:
        handed_in = submission.find_receipt(centre.office, token)
        assert (handed_in is None) is (meeting.first.refused is not None)

    return hand_in, drop, is_there_or_told


def form_is_put_aside_by_two_taps(centre: Centre) -> Made:
    kind = CaseKind.HARDSHIP
    token = submission.begin_draft(centre.office, ANSWERS[kind], None, "test")

    def put_aside() -> object:
        saved_drafts.put_aside(centre.office, kind, token)
        return saved_drafts.find_put_aside(centre.office, token)

    def is_one(meeting: Meeting) -> None:
        nobody_is_refused(meeting)
        found = saved_drafts.find_put_aside(centre.office, token)
        assert found == meeting.first.done == meeting.second.done

    return put_aside, put_aside, is_one


def month_is_closed_by_two(centre: Centre) -> Made:
    centre.case(CaseKind.HARDSHIP)
    centre.clock.advance(days=31)
    (month,) = reports.open_months(centre.office)

    def close() -> None:
        reports.close_month(centre.office, month, "director")

    def is_closed(_: Meeting) -> None:
        assert month not in reports.open_months(centre.office)

    return close, close, is_closed


RACES = (
    two_take_a_case,
    two_accept_a_case,
    who_keeps_out_decides,
    worker_withdraws_what_is_accepted,
    case_is_put_off_while_accepted,
    two_put_an_answer_right,
    proposed_change_is_agreed_to_and_refused,
    new_code_is_agreed_to_and_refused,
    two_judge_a_pair,
    two_ring_him_up,
    contact_is_put_right_and_struck,
    contact_is_noted_by_two_taps,
    form_is_handed_in_by_two_taps,
    form_is_handed_in_and_dropped,
    form_is_put_aside_by_two_taps,
    month_is_closed_by_two,
)


@each_database
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_nothing_is_done_twice_or_by_halves_at_the_worst_moment(centre: Centre, race: Race) -> None:
    run_race(centre, race)
