"""The papers of a case: opened, added at the counter, an original taken out for a reason."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.documents.document_types import LARGEST_UPLOAD
from portal.domain.documents.paper_states import (
    ABSENCE_QUESTIONS,
    UNDO,
    describe_absence,
    read_saying,
)
from portal.domain.forms.fields import Choice
from portal.operations.documents import file_access, staff_documents
from portal.operations.documents.file_access import FileContent
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import guarded
from portal.web.uploads import send_each, take_files

ORIGINAL_REASONS = (
    Choice("evidence", "当证据交给仲裁、法院"),
    Choice("genuine", "核对照片是不是原样"),
)
_POLICY = (
    "sandbox; default-src 'none'; script-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_ENDINGS: Mapping[str, str] = {"image/jpeg": "jpg", "application/pdf": "pdf"}
_CHOOSE = "请先选一个文件，再点“上传”"
_NOT_STORED = "没有存下来，是系统的问题。请过一会儿再选一次、再传，纸先收好"


def blueprint(office: Office) -> Blueprint:
    """Build the routes of the papers of a case."""
    routes = Blueprint("papers", __name__, url_prefix="/cases/<receipt>/papers")

    @routes.get("/<file_id>")
    @guarded(Permission.REVEAL_IDENTITY)
    def paper(receipt: str, file_id: str) -> Answer:
        """Show the cleaned photo or PDF; that it was opened is logged."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            abort(403)
        return _send(file_access.open_paper(office, actor(), receipt, file_id), receipt)

    @routes.post("/<file_id>/original")
    @guarded(Permission.REVEAL_IDENTITY)
    def original(receipt: str, file_id: str) -> Answer:
        """Send the untouched file as a download, for a reason that is logged."""
        reason = request.form.get("reason", "")
        if reason not in {choice.code for choice in ORIGINAL_REASONS}:
            return redirect(url_for("workbench.case", receipt=receipt), 303)
        opened = file_access.open_original(office, actor(), receipt, file_id, reason)
        name = f"{receipt}-{opened.sent.paper}-{file_id[:8]}.original"
        return _response(opened.body, "application/octet-stream", name, shown=False)

    _add_counter_routes(routes, office)
    return routes


def _add_counter_routes(routes: Blueprint, office: Office) -> None:
    @routes.route("/add/<code>", methods=["GET", "POST"])
    @guarded(Permission.OPEN_CASES, reshows=True, largest=LARGEST_UPLOAD)
    def add(receipt: str, code: str) -> Answer:
        """Add what was handed over at the counter: of one kind of paper."""
        form = ask((), office.context())
        if request.method == "GET":
            return _show_counter(office, receipt, code, form)
        uploads = take_files(form, _CHOOSE)
        if not uploads:
            return _show_counter(office, receipt, code, form), 422

        def act() -> Answer:
            taken = send_each(
                form,
                uploads,
                lambda upload: staff_documents.add_staff_document(
                    office, actor(), receipt, code, upload
                ),
            )
            if form.problems:
                return _show_counter(office, receipt, code, form), taken.status
            return redirect(url_for("papers.add", receipt=receipt, code=code), 303)

        return attempt(form, act, lambda: _show_counter(office, receipt, code, form), _NOT_STORED)

    @routes.post("/add/<code>/absent")
    @guarded(Permission.OPEN_CASES, reshows=True)
    def absent(receipt: str, code: str) -> Answer:
        """Note that the applicant has no such paper, and why; or that it comes after all."""
        return _note_absence(office, receipt, code)

    @routes.post("/add/<code>/<file_id>/remove")
    @guarded(Permission.OPEN_CASES)
    def remove(receipt: str, code: str, file_id: str) -> Answer:
        """Take back what was added at the counter."""
        staff_documents.remove_staff_document(office, actor(), receipt, file_id)
        return redirect(url_for("papers.add", receipt=receipt, code=code), 303)


def _note_absence(office: Office, receipt: str, code: str) -> Answer:
    form = ask(ABSENCE_QUESTIONS, office.context())
    undo = request.form.get("button") == UNDO
    if not form.validate_all() and (form.problems or not undo):
        return _show_counter(office, receipt, code, form, form), 422

    def act() -> Answer:
        said = read_saying(code, form.cleaned, undo=undo)
        staff_documents.say_absent_at_the_counter(office, actor(), receipt, code, said)
        return redirect(url_for("papers.add", receipt=receipt, code=code), 303)

    return attempt(
        form, act, lambda: _show_counter(office, receipt, code, form, form), NOT_STORED_AT_WORK
    )


def _show_counter(
    office: Office,
    receipt: str,
    code: str,
    form: QuestionForm,
    absence_form: QuestionForm | None = None,
) -> str:
    papers = staff_documents.list_counter_papers(office, actor(), receipt)
    paper = next((one for one in papers.offered if one.code == code), None)
    if paper is None:
        abort(404)
    said = papers.absences.get(code)
    known = describe_absence(said) if said else {}
    return render_template(
        "add_papers.html",
        receipt=receipt,
        papers=papers,
        paper=paper,
        form=form,
        end_supplement=f"{staff_documents.GIVE}_at_counter",
        mine=[one for one in papers.sent if one.paper == code],
        absence=said,
        absence_form=absence_form or ask(ABSENCE_QUESTIONS, office.context(), known),
    )


def _send(opened: FileContent, receipt: str) -> Response:
    """Show a photo, as it was made anew; give a PDF only as a download."""
    sent = opened.sent
    name = f"{receipt}-{sent.paper}-{sent.id[:8]}.{_ENDINGS[sent.media_type]}"
    return _response(opened.body, sent.media_type, name, shown=sent.media_type == "image/jpeg")


def _response(body: bytes, media_type: str, name: str, *, shown: bool) -> Response:
    response = Response(body, mimetype=media_type)
    way = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
