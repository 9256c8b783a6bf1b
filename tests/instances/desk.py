"""What colleagues settle among themselves in the kept instance: no step of a workflow."""

from datetime import timedelta

from portal.domain.accounts.permissions import Duties, Role
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import account_requests, staff_accounts
from portal.operations.cases import bulk_acts, corrections, exclusion, holds, likeness
from portal.operations.counter import contacts
from portal.store import cases
from tests.instances.stories import DAY, Book, Story, answers_of, file_case, step_of, take
from tests.support.centre import Filed


def version_of(book: Book, filed: Filed) -> int:
    """The version in which a case stands."""
    stored = cases.find_case(book.centre.instance, filed.number)
    assert stored
    return stored.case.version


def among_colleagues(book: Book) -> Story:
    """Cases that somebody keeps out of, that are put off, handed over together, written about."""
    office, intake = book.centre.office, book.centre.actor("intake")
    approver, second = book.centre.actor("approver"), book.centre.actor("second-intake")
    own, waiting, often = (file_case(book, CaseKind.HARDSHIP) for _ in range(3))
    yield DAY
    number = own.number
    exclusion.exclude_colleague(
        office, second, number, version_of(book, own), "second-intake", "申请人是我表弟。"
    )
    exclusion.exclude_colleague(
        office, approver, number, version_of(book, own), "reviewer", "住在同一个院子。"
    )
    exclusion.readmit_colleague(
        office, approver, number, version_of(book, own), "reviewer", "只是同名的院子。"
    )
    holds.write_remark(office, approver, number, version_of(book, own), "他说话慢，请慢慢听。")
    day = office.today() + timedelta(days=1)
    for filed, times in ((waiting, 1), (often, 3)):
        for _ in range(times):
            version = version_of(book, filed)
            holds.hold_case(office, intake, filed.number, version, day, "等单位回信。")
    holds.end_hold(office, intake, waiting.number, version_of(book, waiting))
    yield DAY
    chosen = [(one.number, version_of(book, one)) for one in (waiting, often)]
    bulk_acts.assign_together(office, approver, chosen, "second-intake", "今天他值班。")
    take(book, waiting, "second-intake", step_of(CaseKind.HARDSHIP, "accept"))


def changed_accounts(book: Book) -> Story:
    """Accounts that two people change: one done, one refused, one that waits."""
    office, approver = book.centre.office, book.centre.actor("approver")
    admin = book.centre.actor("admin")
    account_requests.ask_to_reset(office, "second-lawyer", "admin")
    (request,) = account_requests.list_account_requests(office, approver)
    account_requests.refuse(office, approver, request.row_id)
    yield DAY
    duties = Duties(frozenset({Role.REVIEWER}))
    account_requests.ask_to_invite(office, "invited", "示范请来的", duties, "admin")
    (request,) = account_requests.list_account_requests(office, approver)
    account_requests.agree(office, approver, request.row_id)
    account_requests.make_agreed_link(office, admin, request.row_id)
    staff_accounts.join_person(office, "promoted", "invited", "admin")
    yield DAY
    account_requests.ask_to_reset(office, "reviewer", "admin")


def mended_ends(book: Book) -> Story:
    """A refusal that is not taken up again, then is; two cases that one person handed in."""
    kind, office = CaseKind.SCHOOLING, book.centre.office
    answers = answers_of(book, kind)
    filed, again = file_case(book, kind, answers), file_case(book, kind, answers)
    yield DAY
    intake = book.centre.actor("intake")
    likeness.judge_pair(office, intake, filed.number, again.number, "same", "看过身份证。")
    take(book, filed, "intake", step_of(kind, "accept"))
    take(book, filed, "reviewer", step_of(kind, "refer_for_decision"))
    take(book, filed, "approver", step_of(kind, "refuse"))
    yield DAY
    for code, login in (
        ("ask_to_reopen", "intake"), ("keep_closed", "second-approver"),
        ("ask_to_reopen", "reviewer"), ("reopen", "second-approver"),
    ):  # fmt: skip
        take(book, filed, login, step_of(kind, code))
        yield DAY


def calls_without_a_form(book: Book) -> Story:
    """Calls and visits that are noted, put right, and struck out."""
    office, intake = book.centre.office, book.centre.actor("intake")
    noted: dict[str, object] = {
        "came_by": "call", "contact_topic": "unpaid_wages", "contact_outcome": "answered",
        "referred_to": None, "town": "qs03", "migrant_worker": "yes",
        "contact_words": "问讨薪找谁（示范）",
    }  # fmt: skip
    for number in range(3):
        told = {**noted, "came_on": office.today().isoformat()}
        contact = contacts.record_contact(office, intake, office.new_token(), told)
        if number == 1:
            visit = {**told, "came_by": "visit"}
            contacts.correct_contact(
                office, intake, contact.number, contact.version, visit, "是来访，不是来电"
            )
        if number == 2:
            contacts.strike_contact(office, intake, contact.number, contact.version, "登重了")
        yield DAY


def mended_answers(book: Book) -> Story:
    """Answers that are put right: a phone by one, for a wish about own data; a card by two."""
    office, intake = book.centre.office, book.centre.actor("intake")
    reviewer, filed = book.centre.actor("reviewer"), file_case(book, CaseKind.HARDSHIP)
    wish = file_case(book, CaseKind.OWN_DATA)
    yield DAY

    def put_right(**answers: object) -> None:
        told = {"why_corrected": "本人来说写错了（示范）", **answers}
        version = version_of(book, filed)
        corrections.correct_answers(office, intake, filed.number, version, told)

    put_right(mobile="19900000077", for_wish=wish.number)
    yield DAY
    put_right(bank_card="6222000000000000016")
    version = version_of(book, filed)
    corrections.refuse_correction(office, reviewer, filed.number, version, "卡不是本人的（示范）")
    yield DAY
    put_right(bank_card="6222000000000000024")
    corrections.confirm_correction(office, reviewer, filed.number, version_of(book, filed))
    yield DAY
