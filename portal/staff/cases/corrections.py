"""Putting right what stands on the form, page by page, with the questions of the form itself."""

from flask import Blueprint, render_template, request

from portal.domain.accounts.permissions import Permission
from portal.domain.shared.errors import Changed
from portal.operations.cases import case_file, corrections
from portal.operations.cases.corrections import CorrectablePage
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.workbench import OVERTAKEN, act_on_version, back_to_case, list_changes
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import guarded


def blueprint(office: Office) -> Blueprint:
    """Build the routes of putting answers right."""
    routes = Blueprint("corrections", __name__, url_prefix="/cases/<receipt>")

    @routes.route("/answers/<path>", methods=["GET", "POST"])
    @guarded(Permission.REVEAL_IDENTITY, reshows=True)
    def correct(receipt: str, path: str) -> Answer:
        """Show a page of the form with what was answered; the button puts it right."""
        opened = corrections.open_correctable_page(office, actor(), receipt, path)
        form = _ask(office, opened)
        if request.method == "GET":
            return _show(office, opened, form)
        return _correct(office, receipt, opened, form)

    @routes.post("/correction/confirm")
    @guarded(Permission.REVEAL_IDENTITY, reshows=True)
    def confirm(receipt: str) -> Answer:
        """Agree to a change as the second person."""

        def act(version: int) -> None:
            corrections.confirm_correction(office, actor(), receipt, version)

        return act_on_version(office, receipt, act)

    @routes.post("/correction/refuse")
    @guarded(Permission.REVEAL_IDENTITY, reshows=True)
    def refuse(receipt: str) -> Answer:
        """Leave it as it was."""
        why = request.form.get("why", "")

        def act(version: int) -> None:
            corrections.refuse_correction(office, actor(), receipt, version, why)

        return act_on_version(office, receipt, act, why, "refuse_correction")

    return routes


def _ask(office: Office, opened: CorrectablePage) -> QuestionForm:
    """Ask what the page asked; a masked answer stands if its box is left empty."""
    stays = {name for name in opened.masked if not request.form.get(name, "").strip()}
    waived = {field.name for field in opened.questions if request.form.get(field.waived_by)}
    counting = {field.name for field in opened.questions} - (stays - waived)
    beside = corrections.ASKED_BESIDE
    counting |= {field.name for field in beside}
    return ask((*opened.questions, *beside), office.context(), opened.known, counting)


def _correct(office: Office, receipt: str, opened: CorrectablePage, form: QuestionForm) -> Answer:
    version = request.form.get("version", "")
    if not (form.validate() and version.isascii() and version.isdigit() and len(version) < 10):
        return _show(office, opened, form), 422

    def act() -> Answer:
        try:
            corrections.correct_answers(office, actor(), receipt, int(version), form.cleaned)
        except Changed:
            raise Changed(OVERTAKEN) from None
        return back_to_case(receipt)

    def redisplay() -> str:
        again = corrections.open_correctable_page(office, actor(), receipt, opened.page.path)
        return _show(office, again, form)

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)


def _show(office: Office, opened: CorrectablePage, form: QuestionForm) -> str:
    file = case_file.open_file(office, actor(), opened.case.receipt)
    return render_template(
        "correction.html",
        case=opened.case,
        page=opened.page,
        form=form,
        masked=opened.masked,
        changes=list_changes(file),
    )
