"""Photos of papers: the list of what is wanted, one page for each paper, several photos a time."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request

from portal.domain.documents.document_types import (
    LARGEST_UPLOAD,
    Paper,
)
from portal.domain.documents.paper_states import PaperList
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.operations.cases.status import CaseStatus
from portal.operations.documents import applicant_documents
from portal.operations.office import Office
from portal.public.cases.status import with_case
from portal.public.documents.absence import say_absent
from portal.public.documents.shelf import (
    DocumentShelf,
    shelf_of_case,
    shelf_of_draft,
    with_draft,
)
from portal.public.forms.browser_session import token_of
from portal.public.forms.navigation import (
    go_on,
    may_keep,
    on_own_form,
)
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, TICKET, guarded
from portal.web.uploads import Taken, send_each, take_files

_NOT_STORED = "照片没有存下来，是我们这边的问题。请过一会儿再选一次、再传，或者把材料带到窗口来"
_CHOOSE = "请先选照片，再点“上传”"
_SENT, _KNOWN = "sent", "known"
"""Parts of an address: that all was said to be sent, how many photos had been there before."""
_NO_PHOTO = "还没有传上来的照片。请先传一张，或者点最下面的按钮"


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """Build the routes of each paper; the list itself is an ordinary page of the journey."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.route("/<code>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True, largest=LARGEST_UPLOAD)
    @on_own_form(office, journey)
    def paper(code: str) -> Answer:
        """Send a photo of one paper."""
        return with_draft(office, journey, page, lambda shelf: _upload(office, shelf, code))

    @routes.route("/<code>/absent", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @on_own_form(office, journey)
    def absent(code: str) -> Answer:
        """Say that there is no such paper, and why."""
        return with_draft(office, journey, page, lambda shelf: say_absent(office, shelf, code))

    @routes.post("/<code>/<file_id>/remove")
    @guarded(ANYBODY, reshows=True)
    @on_own_form(office, journey)
    def remove(code: str, file_id: str) -> Answer:
        """Take a photo back."""
        return with_draft(
            office, journey, page, lambda shelf: _take_back(office, shelf, code, file_id)
        )

    return routes


def case_blueprint(office: Office) -> Blueprint:
    """Build the same routes for a case that was handed in and is still open."""
    routes = Blueprint("case_papers", __name__, url_prefix="/status/papers")

    @routes.get("")
    @guarded(TICKET)
    @with_case(office)
    def listed(case: CaseStatus) -> Answer:
        """List what may be sent, and what was."""
        shelf = shelf_of_case(office, case)
        return render_template("case_papers.html", shelf=shelf, **shelf.frame)

    @routes.route("/<code>", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True, largest=LARGEST_UPLOAD)
    @with_case(office)
    def paper(case: CaseStatus, code: str) -> Answer:
        """Send a photo of one paper."""
        return _upload(office, shelf_of_case(office, case), code)

    @routes.route("/<code>/absent", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def absent(case: CaseStatus, code: str) -> Answer:
        """Say that there is no such paper, and why."""
        return say_absent(office, shelf_of_case(office, case), code)

    @routes.post("/<code>/<file_id>/remove")
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def remove(case: CaseStatus, code: str, file_id: str) -> Answer:
        """Take a photo back."""
        return _take_back(office, shelf_of_case(office, case), code, file_id)

    return routes


def show_documents(office: Office, progress: JourneyProgress, page: Page) -> Answer:
    """Show the papers wanted; the button says that all are sent, or that more come later."""
    form = ask(page.fields(progress.answers), office.context(), progress.answers)
    shelf = shelf_of_draft(office, progress, page)

    def redisplay() -> str:
        return render_template("papers.html", page=page, form=form, shelf=shelf, **shelf.frame)

    if request.method != "POST":
        if _SENT in request.args and not shelf.sent:
            form.add_problem(_NO_PHOTO)
        return redisplay()
    if not may_keep(form):
        return redisplay(), 422
    if form.answers().get("papers") == "sent" and not shelf.sent:
        return redirect(f"{request.path}?{_SENT}=1", 303)  # Back must not stop at what was sent

    return attempt(
        form,
        lambda: go_on(office, progress.journey, lambda now: now.with_answers(form.answers())),
        redisplay,
    )


def papers_sent(office: Office, progress: JourneyProgress) -> PaperList:
    """Return the papers that this form asks for, each with how it stands."""
    kind = progress.journey.kind
    token = token_of(kind) or ""
    return applicant_documents.papers_with_draft(office, kind, token, progress.answers)[0]


def _show_paper(shelf: DocumentShelf, paper: Paper, form: QuestionForm) -> str:
    frame = {**shelf.frame, "back": shelf.address}
    return render_template(
        "upload.html",
        shelf=shelf,
        standing=shelf.find(paper.code),
        paper=paper,
        form=form,
        pdf="pdf" in request.args,
        known=request.args.get(_KNOWN, 0, int),
        **frame,
    )


def _upload(office: Office, shelf: DocumentShelf, code: str) -> Answer:
    paper, form = shelf.find(code).paper, ask((), office.context())
    if request.method == "GET":
        return _show_paper(shelf, paper, form)
    uploads = take_files(form, _CHOOSE)
    if not uploads:
        return _show_paper(shelf, paper, form), 422

    def send_all() -> Answer:
        taken = send_each(form, uploads, lambda upload: shelf.send(paper, upload))
        if form.problems:
            return _show_now(shelf, paper, form), taken.status
        return redirect(_address_after(shelf, paper, taken), 303)

    return shelf.act(form, send_all, lambda: _show_now(shelf, paper, form), _NOT_STORED)


def _address_after(shelf: DocumentShelf, paper: Paper, taken: Taken) -> str:
    address = f"{shelf.address}/{paper.code}"
    return f"{address}?{_KNOWN}={taken.known}" if taken.known else address


def _show_now(shelf: DocumentShelf, paper: Paper, form: QuestionForm) -> str:
    """Show a paper with what has come meanwhile."""
    papers, sent = shelf.reread()
    return _show_paper(replace(shelf, papers=papers, sent=sent), paper, form)


def _take_back(office: Office, shelf: DocumentShelf, code: str, file_id: str) -> Answer:
    paper, form = shelf.find(code).paper, ask((), office.context())
    if not form.validate_all():
        return _show_paper(shelf, paper, form), 422

    def take_back() -> Answer:
        shelf.take_back(file_id)
        return redirect(f"{shelf.address}/{paper.code}", 303)

    return shelf.act(form, take_back, lambda: _show_now(shelf, paper, form), _NOT_STORED)
