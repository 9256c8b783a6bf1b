"""The steps of a case: taken from its page, or from a page of their own."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.cases.step_input import STATEMENT, step_questions
from portal.domain.cases.workflow.counter import ASKED_BY, ASKED_ON
from portal.domain.documents.document_types import SIGNED_REQUEST, name_papers
from portal.domain.records.workflow import Step
from portal.domain.shared.errors import Changed
from portal.domain.shared.money import spell_yuan
from portal.operations.cases import case_file, steps, work_list
from portal.operations.cases.case_file import CaseFile
from portal.operations.cases.steps import PreparedStep
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.list_address import (
    came_from_a_list,
    read_list_address,
    read_place,
    show_place,
)
from portal.staff.cases.workbench import (
    CONFIRMED,
    OVERTAKEN,
    attempt_on_case,
    back_to_case,
    list_changes,
    on_the_way,
    sent_version,
)
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import guarded

_YES = "yes"
_NEXT = "next"
"""What the button says that goes on with the next case of the list."""


def blueprint(office: Office) -> Blueprint:
    """Build the routes of the steps."""
    routes = Blueprint("steps", __name__)

    @routes.route("/cases/<receipt>/<code>", methods=["GET", "POST"])
    @guarded(Permission.OPEN_CASES, reshows=True)
    def take(receipt: str, code: str) -> Answer:
        """Take a step of the workflow table; one in the applicant's name has a page of its own."""
        if request.method == "POST":
            return _take_step(office, receipt, code)
        file = case_file.open_file(office, actor(), receipt)
        return _show_step(office, file, code) or back_to_case(receipt)

    return routes


def _take_step(office: Office, receipt: str, code: str) -> Answer:
    def act() -> Answer:
        version, typed = sent_version(), dict(request.form.lists())
        try:
            prepared = steps.prepare_step(office, actor(), receipt, version, code, typed)
            if prepared.step.consequence and request.form.get(CONFIRMED) != _YES:
                return _ask_to_confirm(office, prepared)
            steps.take_step(office, actor(), receipt, version, code, typed)
        except Changed:
            raise Changed(OVERTAKEN) from None
        if request.form.get("then") == _NEXT and came_from_a_list():
            return _go_on(office, receipt)
        return back_to_case(receipt)

    def show(file: CaseFile, problem: str) -> str | None:
        return _show_step(office, file, code, problem)

    typed = request.form.get(STATEMENT, "")
    return attempt_on_case(office, receipt, act, typed, code, show)


def _show_step(office: Office, file: CaseFile, code: str, problem: str = "") -> str | None:
    """Render the page of a step in the applicant's name, or of one that is being confirmed; None if
    it is not open, or has no page."""
    confirming = request.form.get(CONFIRMED) == _YES
    own = file.steps if confirming else ()
    step = next((one for one in (*file.requests.steps, *own) if one.code == code), None)
    return _render(office, file, step, problem) if step else None


def _ask_to_confirm(office: Office, prepared: PreparedStep) -> str:
    """Render what cannot be taken back, with all that was typed."""
    file = case_file.open_file(office, actor(), prepared.stored.case.receipt)
    return _render(office, file, prepared.step, confirming=prepared)


def _render(
    office: Office,
    file: CaseFile,
    step: Step,
    problem: str = "",
    confirming: PreparedStep | None = None,
) -> str:
    granted = confirming.event.tally.get("amount_fen") if confirming else None
    return render_template(
        "case_step.html",
        file=file,
        case=file.case,
        step=step,
        form=_ask(office, file, step, problem),
        changes=list_changes(file),
        confirming=confirming,
        spelt=spell_yuan(granted) if isinstance(granted, int) else "",
        confirmed=confirming or step.twin_of or request.form.get(CONFIRMED) == _YES,
        signed_request=SIGNED_REQUEST,
        on_the_way=on_the_way(),
        then=request.form.get("then", ""),
    )


def _ask(office: Office, file: CaseFile, step: Step, problem: str) -> QuestionForm:
    """Ask what goes with the step; who stands at the counter asks today."""
    known: Mapping[str, Any] = {ASKED_BY: "visit", ASKED_ON: office.today().isoformat()}
    questions = step_questions(step, papers_came=file.requests.handed_in)
    form = ask(questions, name_papers(office.context(), file.case.kind), known)
    if problem and form.validate():
        form.add_problem(problem)
    return form


def _go_on(office: Office, receipt: str) -> Answer:
    """Lead to the next case of the list, or back to the list after its last one."""
    address, place = read_list_address(office), read_place("place")
    row = work_list.find_next(office, actor(), address.select(office), place, receipt)
    if row is None:
        return redirect(url_for("work.show", **address.query, done=receipt), 303)
    there: dict[str, Any] = {**address.query, "place": show_place(row.place), "done": receipt}
    return redirect(url_for("workbench.case", receipt=row.receipt, **there), 303)
