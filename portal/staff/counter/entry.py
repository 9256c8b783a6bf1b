"""Keying in a letter, a call or a visit: the whole form on one page, for the counter."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.counter.channels import (
    ARRIVAL_QUESTIONS,
    arrival_of,
    arrival_problems,
    kinds_to_key_in,
)
from portal.domain.counter.contacts import answers_for_form
from portal.domain.counter.paper_layout import (
    gather_answers,
    lay_out_form,
    questions_that_count,
    roster_problems,
    row_fields,
    rows_of,
    whole_form,
)
from portal.domain.documents.document_types import SentFile
from portal.domain.documents.keyed_absences import (
    absence_fields,
    gather_absences,
    papers_to_key_in,
)
from portal.domain.forms.answer_summary import name_entry
from portal.domain.forms.fields import Field
from portal.domain.forms.journeys import JOURNEYS, PAPERS_ABSENT, Journey
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.operations.cases import case_file, likeness
from portal.operations.counter import entry
from portal.operations.counter.contacts import find_contact_for_form
from portal.operations.documents import applicant_documents
from portal.operations.forms import submission
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import CONTACT, QuestionForm, ask, is_once
from portal.web.guards import guarded
from portal.web.paper_forms import ROWS
from portal.web.receipts import make_slip, send_slip
from site_src.centre import Centre

_NOT_WHOLE = "这一页的内容不全。请重新打开这一页，再录一次"


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the routes of keying in."""
    routes = Blueprint("keying", __name__, url_prefix="/new")

    @routes.get("")
    @guarded(Permission.KEY_IN_CASES)
    def choose() -> Answer:
        """Ask which form it is."""
        journeys = [JOURNEYS[kind] for kind in kinds_to_key_in(actor())]
        return render_template("key_in_choose.html", journeys=journeys)

    @routes.route("/<kind>", methods=["GET", "POST"])
    @guarded(Permission.KEY_IN_CASES, reshows=True)
    def key_in(kind: str) -> Answer:
        """Show the whole form; the button files it and shows number and code once."""
        if kind not in set(CaseKind):
            abort(404)
        if CaseKind(kind) not in kinds_to_key_in(actor()):
            abort(403)
        journey = JOURNEYS[CaseKind(kind)]
        if request.method == "POST":
            return _submit(office, journey, centre)
        return _begin(office, journey)

    @routes.post("/<kind>/receipt.pdf")
    @guarded(Permission.KEY_IN_CASES)
    def receipt_sheet(kind: str) -> Answer:
        """Send the receipt to hand over, for whoever has just keyed the form in."""
        receipt = submission.find_receipt(office, request.form.get("once", ""))
        if receipt is None or receipt.kind != kind or receipt.kind not in kinds_to_key_in(actor()):
            abort(404)
        return send_slip(office, receipt, centre, _list_added(office, request.form["once"]))

    return routes


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page as it is shown: `rows` for the household, `once` for a single filing.

    `contact` is the number of the contact that it comes of.
    """

    journey: Journey
    form: QuestionForm
    rows: int
    once: str
    contact: str = ""


def _begin(office: Office, journey: Journey) -> Answer:
    known: dict[str, object] = {"came_on": office.today().isoformat()}
    number = request.args.get(CONTACT, "")
    if number:
        try:
            known |= answers_for_form(find_contact_for_form(office, actor(), number))
        except NotAccepted:  # it is struck, or was keyed in: the list says so
            return redirect(url_for("contacts.record"), 303)
    fields = (*_beside_the_form(journey), *whole_form(journey, ROWS))
    form = ask(fields, office.context(), known)
    return _show(Sheet(journey, form, ROWS, office.new_token(), number))


def _submit(office: Office, journey: Journey, centre: Centre) -> Answer:
    button = request.form.get("button")
    most = _most_rows(journey)
    wide = button == "more" or request.form.get("count") == str(most)
    rows = most if wide else ROWS
    context, typed = office.context(), dict(request.form.lists())
    counting = questions_that_count(journey, typed, rows, context)
    beside = _beside_the_form(journey)
    counting |= {field.name for field in beside}
    form = ask((*beside, *whole_form(journey, rows)), context, counting=counting)
    sheet = Sheet(journey, form, rows, request.form.get("once", ""), request.form.get(CONTACT, ""))
    if button in {"more", "again"}:
        return _show(sheet)
    if not _judge(office, sheet):
        return _show(sheet), 422
    return attempt(form, lambda: _file(office, sheet, centre), lambda: _show(sheet))


def _beside_the_form(journey: Journey) -> tuple[Field, ...]:
    """Return what is keyed in besides the questions of the form, whatever its answers are."""
    absent = (field for paper in papers_to_key_in(journey) for field in absence_fields(paper))
    return (*ARRIVAL_QUESTIONS, *absent)


def _most_rows(journey: Journey) -> int:
    """Return how many rows the longest list of the form may have that is filled in row by row."""
    lists = [page.collection for page in journey.pages if page.collection and not page.bulk]
    return max([ROWS, *(one.most for one in lists)])


def _judge(office: Office, sheet: Sheet) -> bool:
    form, context, typed = sheet.form, office.context(), dict(request.form.lists())
    fine = form.validate_all()
    together = arrival_problems(form.cleaned, office.today())
    for name, words in (*together, *roster_problems(sheet.journey, form.cleaned, typed, context)):
        form.add_error(name, words)
        fine = False
    if not is_once(sheet.once):
        form.add_problem(_NOT_WHOLE)
        fine = False
    return fine


def _file(office: Office, sheet: Sheet, centre: Centre) -> Answer:
    typed = dict(request.form.lists())
    answers = gather_answers(sheet.journey, sheet.form.cleaned, typed, sheet.rows, office.context())
    if absent := gather_absences(sheet.journey, sheet.form.cleaned):
        answers[PAPERS_ABSENT] = absent
    arrival = arrival_of(sheet.form.cleaned, actor(), sheet.contact)
    receipt = entry.key_in_case(office, sheet.journey.kind, sheet.once, answers, arrival)
    return render_template(
        "slip.html",
        journey=sheet.journey,
        opens=case_file.read_state(office, actor(), receipt.number) is not None,
        same_person=likeness.count_same_person(office, actor(), receipt.number),
        once=sheet.once,
        slip=make_slip(office, receipt, centre, _list_added(office, sheet.once)),
    )


def _list_added(office: Office, once: str) -> list[SentFile]:
    """List what the counter added: how the applicant calls his files is not for this paper."""
    return [
        one
        for one in applicant_documents.papers_with_receipt(office, once)[1]
        if not one.by_applicant
    ]


def _show(sheet: Sheet) -> str:
    return render_template(
        "key_in.html",
        journey=sheet.journey,
        form=sheet.form,
        rows=sheet.rows,
        once=sheet.once,
        contact=sheet.contact,
        blocks=lay_out_form(sheet.journey),
        arrival=ARRIVAL_QUESTIONS,
        wide=sheet.rows > ROWS,
        rows_of=rows_of,
        name_entry=name_entry,
        numbers=_number_questions(sheet),
        papers=[(paper, absence_fields(paper)) for paper in papers_to_key_in(sheet.journey)],
    )


def _number_questions(sheet: Sheet) -> dict[str, str]:
    """Return how the summary of errors calls each question."""
    numbers = {
        field.name: paper.label
        for paper in papers_to_key_in(sheet.journey)
        for field in absence_fields(paper)
    }
    for block in lay_out_form(sheet.journey):
        numbers |= {one.field.name: f"第 {one.number} 题" for one in block.questions}
        if block.table is None:
            continue
        for row in rows_of(block.table, sheet.rows):
            called = f"第 {block.questions[0].number} 题，{name_entry(block.table, row)}"
            numbers |= {field.name: called for field in row_fields(block.table, row)}
    return numbers
