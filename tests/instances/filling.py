"""What is made by hand beside the demonstration: an autumn in which everything occurs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Duties, Role
from portal.domain.counter.channels import arrival_of
from portal.domain.documents.document_types import PAPERS, find_paper
from portal.domain.documents.paper_states import read_saying
from portal.domain.forms.drafts import RosterInProgress
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts import sessions, staff_accounts
from portal.operations.audit import read_log
from portal.operations.cases import case_file, code_reissue, search, status
from portal.operations.centre import retention
from portal.operations.counter import entry
from portal.operations.documents import applicant_documents, file_access, staff_documents
from portal.operations.documents.intake import Upload
from portal.operations.figures import reports
from portal.operations.forms import saved_drafts, submission
from portal.operations.notices import delivery, notice_queue
from portal.operations.notices.delivery import NotEver, NoticeSender, OutgoingNotice
from portal.operations.rosters import amendments
from portal.operations.subject_access import data_export
from tests.instances.desk import (
    among_colleagues,
    calls_without_a_form,
    changed_accounts,
    mended_answers,
    mended_ends,
)
from tests.instances.stories import (
    DAY,
    HOUR,
    Book,
    Story,
    answers_of,
    file_case,
    list_lives,
    step_of,
    take,
    ticket_of,
)
from tests.support.centre import Filed, add_answers, declarations
from tests.support.hostile_files import pdf
from tests.support.photographs import photo
from tests.support.samples import PASSWORD, STAFF, TOWNS

AUTUMN = datetime(2026, 8, 25, 1, 0, tzinfo=UTC)
"""When the first of these cases is handed in, the day after the demonstration ends."""
LAST_MORNING = datetime(2026, 11, 28, 23, 0, tzinfo=UTC)
AS_OF = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
"""The moment at which the instance is left, and looked at."""
SENDS_FROM = datetime(2026, 10, 10, 2, 0, tzinfo=UTC)
FIRST_CLOSING = datetime(2026, 9, 8, 2, 0, tzinfo=UTC)
_CENTRE, _HOTLINE, _BROWSER = "青石市帮扶中心", "12351", "示范浏览器"
_ADDRESS = "counter of the kept instance"


def list_stories(book: Book) -> Iterator[tuple[datetime, Story]]:
    """All stories, each with the moment at which it begins."""
    yield from list_lives(book, AUTUMN, 26 * HOUR)
    for days, story in enumerate((
        family_with_papers(book), evidence(book), many_people(book), lost_code(book),
        wrong_request(book), reading_and_searching(book), *letters_and_calls(book),
        many_people(book), among_colleagues(book), changed_accounts(book), mended_ends(book),
        calls_without_a_form(book), mended_answers(book),
    )):  # fmt: skip
        yield AUTUMN + timedelta(days=3 + 5 * days, hours=3), story
    yield AUTUMN + 5 * HOUR, forgotten_form(book)
    yield datetime(2026, 11, 12, 3, tzinfo=UTC), forms_put_aside(book)
    yield AUTUMN + 6 * HOUR, ringing_up(book)
    yield SENDS_FROM, sending_messages(book)
    yield FIRST_CLOSING, closing_months(book)
    yield LAST_MORNING, last_morning(book)


def invite_staff(book: Book) -> None:
    """Let everybody in who works here, with a password, as an administrator does it."""
    office = book.centre.office
    for login, roles in STAFF.items():
        towns = TOWNS.get(login, frozenset())
        token = staff_accounts.invite(office, login, f"示范{login}", roles, "system", towns)
        sessions.sign_in_by_link(office, token, PASSWORD, _BROWSER)
    for login in ("former", "promoted"):
        token = staff_accounts.invite(
            office, login, f"示范{login}", frozenset({Role.INTAKE}), "admin"
        )
        sessions.sign_in_by_link(office, token, PASSWORD, _BROWSER)
    promoted = frozenset({Role.REVIEWER, Role.EDITOR})
    staff_accounts.change_duties(office, "promoted", Duties(promoted), "admin")
    staff_accounts.set_disabled(office, "former", True, "admin")


def send_photo(book: Book, filed: Filed, code: str, body: bytes, name: str) -> None:
    """Let the worker add a photo to his case."""
    paper = find_paper(filed.kind, code)
    assert paper
    book.centre.clock.advance(minutes=1)
    ticket = ticket_of(book, filed)
    upload = Upload(body, name)
    applicant_documents.send_to_case(book.centre.office, ticket, paper, upload, _ADDRESS)


def send_with_form(book: Book, kind: CaseKind, token: str, code: str, body: bytes) -> None:
    """Let the worker add a photo to the form that he is filling in."""
    paper = find_paper(kind, code)
    assert paper
    upload = Upload(body, f"{paper.label}.jpg")
    applicant_documents.send_with_draft(book.centre.office, kind, token, paper, upload, _ADDRESS)


def family_with_papers(book: Book) -> Story:
    """A family with photos, some taken back, some brought to the counter, and a message."""
    office, kind = book.centre.office, CaseKind.HARDSHIP
    token = submission.begin_draft(office, answers_of(book, kind, papers="sent"), None, _ADDRESS)
    send_with_form(book, kind, token, "identity", photo(80))
    receipt = submission.submit_case(office, kind, token, declarations(kind), _ADDRESS)
    filed = book.note(receipt.number, receipt.code, kind)
    yield DAY
    send_photo(book, filed, "income", pdf(2), "工资流水.pdf")
    send_photo(book, filed, "diagnosis", photo(96), "拍错了.jpg")
    ticket = ticket_of(book, filed)
    for undo in (False, True):
        said = read_saying("medical_bills", {"absent_why": "lost", "absent_words": None}, undo=undo)
        applicant_documents.say_absent_in_case(office, ticket, "medical_bills", said)
    wrong = applicant_documents.papers_of_case(office, ticket)[1][-1]
    applicant_documents.remove_own_document(office, ticket, wrong.id)
    yield DAY
    intake = book.centre.actor("intake")
    for side in (100, 104):
        book.centre.clock.advance(minutes=1)
        scan = Upload(photo(side), f"扫描{side}.jpg")
        staff_documents.add_staff_document(office, intake, filed.number, "medical_bills", scan)
    mistaken = staff_documents.list_counter_papers(office, intake, filed.number).sent[-1]
    staff_documents.remove_staff_document(office, intake, filed.number, mistaken.id)
    take(book, filed, "intake", step_of(kind, "request_supplement"), "请拍一张诊断证明。")
    yield 2 * DAY
    send_photo(book, filed, "diagnosis", photo(112), "诊断证明.jpg")
    take(book, filed, "visitor", step_of(kind, "give_supplement"), "诊断证明传上来了。")
    yield DAY
    take(book, filed, "intake", step_of(kind, "accept"))
    take(book, filed, "reviewer", step_of(kind, "reply"), "下周一上午来，请留人。\n带上户口本。")
    yield HOUR
    take(book, filed, "visitor", step_of(kind, "write"), "周一可以，下午更好。")


def evidence(book: Book) -> Story:
    """A question with evidence whose originals are kept, answered, and taken away by its worker."""
    office, kind = book.centre.office, CaseKind.CONSULTATION
    filed = file_case(book, kind, answers_of(book, kind, people=2, common_claim=None))
    for code, body, name in (
        ("payslip", photo(72), "工资条.jpg"), ("witness", pdf(), "工友证明.pdf"),
        ("other", photo(76), "工牌.jpg"),
    ):  # fmt: skip
        send_photo(book, filed, code, body, name)
    yield DAY
    lawyer = book.centre.actor("lawyer")
    sent = applicant_documents.papers_of_case(office, ticket_of(book, filed))[1]
    file_access.open_paper(office, lawyer, filed.number, sent[0].id)
    file_access.open_original(office, lawyer, filed.number, sent[0].id, "evidence")
    take(book, filed, "lawyer", step_of(kind, "answer"), "可以要回来。\n先去劳动监察大队。")
    yield DAY
    data_export.export_own_data(office, ticket_of(book, filed), filed.code, "json")
    take(book, filed, "visitor", step_of(kind, "ask_again"), "没有合同也行吗？")


def many_people(book: Book) -> Story:
    """A collective dispute whose list changes, by its worker and at the counter."""
    office, kind = book.centre.office, CaseKind.CONSULTATION
    filed = file_case(book, kind)
    yield DAY
    change_list(book, filed, leaves=1, joins=("示范新甲", "示范新乙"))
    amendments.hand_in(office, ticket_of(book, filed), "coworkers")
    take(book, filed, "lawyer", step_of(kind, "report_to_leader"), "当面报给示范主席。")
    yield DAY
    lawyer, lines = book.centre.actor("lawyer"), "示范柜台丙，19900010051，800\n示范柜台丁"
    amendments.add_listed_people(office, lawyer, filed.number, "coworkers", lines)
    send_photo(book, filed, "roster", photo(88), "名单.jpg")
    yield DAY
    change_list(book, filed, leaves=0, joins=("示范还没交",))


def change_list(book: Book, filed: Filed, leaves: int, joins: tuple[str, ...]) -> None:
    """Type a change of the list; it is not handed in by that."""
    office, ticket = book.centre.office, ticket_of(book, filed)
    opened = amendments.open_listed_people(office, ticket, "coworkers")
    people = [*opened.before][leaves:] + [
        {"coworker_name": name, "coworker_mobile": None, "coworker_amount": 120_000}
        for name in joins
    ]
    amendments.keep_typed(office, ticket, opened, people, RosterInProgress())


def lost_code(book: Book) -> Story:
    """A code is lost and replaced, after two have looked; the old one is dead."""
    for kind, logins in (
        (CaseKind.HARDSHIP, ("intake", "second-intake")),
        (CaseKind.CONSULTATION, ("lawyer", "second-lawyer")),
    ):
        filed = file_case(book, kind)
        yield DAY
        book.dead.append(filed)
        book.note(filed.number, book.centre.new_code(filed, *logins), kind)
        yield DAY


def wrong_request(book: Book) -> Story:
    """Somebody asks for a code who is not the worker; the second person says no."""
    office, filed = book.centre.office, file_case(book, CaseKind.SCHOOLING)
    yield DAY
    code_reissue.ask_for_code(office, book.centre.actor("intake"), filed.number)
    second = book.centre.actor("second-intake")
    code_reissue.refuse_code(office, second, filed.number, "声音不对，答不出生日。")


def reading_and_searching(book: Book) -> Story:
    """What leaves traces in the log only: a lifted mask, a search, the log itself."""
    office, filed = book.centre.office, file_case(book, CaseKind.MEDICAL)
    yield DAY
    intake = book.centre.actor("intake")
    case_file.reveal_identity(office, intake, filed.number, "contact")
    query = search.understand_query(office, "19900010003")
    search.search_cases(office, intake, query, "asks_us", "")
    search.search_cases(office, intake, query, search.OWN_WORDS, "单位来问是不是报过。")
    read_log(office, book.centre.actor("auditor"))


def letters_and_calls(book: Book) -> Iterator[Story]:
    """Every kind of form, keyed in by the counter as it came."""
    ways = (("letter", "paper"), ("call", "spoken"), ("visit", "paper"))
    kinds = [kind for kind in CaseKind if kind is not CaseKind.OBJECTION]
    for number, kind in enumerate(kinds):
        yield keyed_in(book, kind, *ways[number % len(ways)])


def keyed_in(book: Book, kind: CaseKind, way: str, consent: str) -> Story:
    """A form on paper or by phone, its signed page scanned."""
    office = book.centre.office
    actor = book.centre.actor("lawyer" if kind is CaseKind.CONSULTATION else "second-intake")
    noted = {"came_by": way, "came_on": office.today().isoformat(), "consent_by": consent}
    answers = {**answers_of(book, kind), **declarations(kind)}
    once = office.new_token()
    made = entry.key_in_case(office, kind, once, answers, arrival_of(noted, actor))
    filed = book.note(made.number, made.code, kind)
    yield HOUR
    if way != "call":
        scan = Upload(photo(120), "签字页.jpg")
        staff_documents.add_staff_document(office, actor, filed.number, "signed", scan)


def forgotten_form(book: Book) -> Story:
    """A form that nobody went on with; the centre forgets it with its photo, day by day."""
    kind = CaseKind.HARDSHIP
    token = submission.begin_draft(book.centre.office, {"filled_by": "self"}, None, _ADDRESS)
    send_with_form(book, kind, token, "identity", photo(68))
    saved_drafts.put_aside(book.centre.office, kind, token)
    for _ in range(90):
        yield DAY
        retention.tidy(book.centre.office)


def forms_put_aside(book: Book) -> Story:
    """Forms of every kind that wait for their workers, half or whole, some with photos."""
    office = book.centre.office
    for kind in CaseKind:
        whole = answers_of(book, kind)
        half = dict([*whole.items()][: len(whole) // 2])
        for answers in (whole, half):
            token = submission.begin_draft(office, {}, None, _ADDRESS)
            add_answers(office, token, answers)
            if kind in PAPERS:
                send_with_form(book, kind, token, PAPERS[kind][0].code, photo(124))
            saved_drafts.put_aside(office, kind, token)
            aside = saved_drafts.find_put_aside(office, token)
            assert aside
            book.asides.append((Filed(aside.number, aside.code, kind), answers is whole))
        yield DAY
    begun: dict[str, object] = {"topic": "women", "consent_legal": True}
    token = submission.begin_draft(office, begun, None, _ADDRESS)
    add_answers(office, token, {"account": "不敢让家里人知道，先写到这里。"})
    book.tokens.append(token)


def ringing_up(book: Book) -> Story:
    """Every other week staff ring up some of those who wait for a call."""
    for _ in range(6):
        yield 14 * DAY
        office = book.centre.office
        for login in ("intake", "lawyer"):
            actor = book.centre.actor(login)
            for call in notice_queue.list_calls(office, actor, _CENTRE, _HOTLINE)[:2]:
                notice_queue.mark_told(office, actor, call.row_id)


def sending_messages(book: Book) -> Story:
    """From now on messages go out once a day, but some numbers take none; the last days wait."""
    centre = book.centre
    centre.office = replace(centre.office, sends_notices=True)
    tries = iter(range(10**6))

    def carry(message: OutgoingNotice) -> None:
        assert message.mobile.startswith("1990001")
        if next(tries) % 4 == 0:
            raise NotEver

    sender = NoticeSender(carry, _CENTRE, _HOTLINE)
    while centre.clock.now < LAST_MORNING - 3 * DAY:
        notice_queue.remind_of_last_days(centre.office)
        saved_drafts.remind_of_drafts(centre.office)
        delivery.send_due(centre.office, sender)
        yield DAY


def closing_months(book: Book) -> Story:
    """The figures of every month are closed when it has settled; what comes later is late."""
    for pause in (31 * DAY, 31 * DAY, None):
        assert reports.close_due_months(book.centre.office)
        if pause:
            yield pause


def last_morning(book: Book) -> Story:
    """What stands open when the instance is left: requests for a code, a session, guesses."""
    office = book.centre.office
    asked, agreed = (file_case(book, CaseKind.TEMPORARY) for _ in range(2))
    yield HOUR
    for filed in (asked, agreed):
        code_reissue.ask_for_code(office, book.centre.actor("intake"), filed.number)
    code_reissue.confirm_code(office, book.centre.actor("second-intake"), agreed.number)
    sessions.sign_in(office, "reviewer", PASSWORD, _ADDRESS, _BROWSER)
    for filed in book.dead:
        try:
            status.look_up(office, filed.number, filed.code, _ADDRESS)
        except NotAccepted:
            continue
        raise AssertionError("a code that was replaced still opens the case")


def pending_link(book: Book) -> str:
    """Invite somebody just now; returns the token of the link that is not used yet."""
    book.centre.clock.now = AS_OF - timedelta(minutes=5)
    return staff_accounts.invite(
        book.centre.office, "newcomer", "示范新来的", frozenset({Role.LAWYER}), "admin"
    )


def actor_of(login: str) -> Actor:
    """Name a member of staff as the newsroom knows him."""
    return Actor(login, STAFF[login])
