"""Photos of papers: the list of what is wanted, one page for each paper, several photos a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.documents.document_types import (
    LARGEST_UPLOAD,
    Paper,
    SentFile,
    papers_for,
    papers_lacking,
    tell_how_many,
)
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.cases.status import CaseStatus
from portal.operations.documents import applicant_documents
from portal.operations.documents.intake import Upload
from portal.operations.office import Office
from portal.public.cases.status import with_case
from portal.public.forms.browser_session import keep_token_longer, ticket_now, token_of
from portal.public.forms.navigation import (
    frame_of,
    go_on,
    may_keep,
    next_address,
    open_form,
    until_handed_in,
)
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, TICKET, guarded
from portal.web.uploads import Taken, send_each, take_files

_NOT_STORED = "照片没有存下来，是我们这边的问题。请过一会儿再选一次、再传，或者把材料带到窗口来"
_CHOOSE = "请先选照片，再点“上传”"
_SENT, _KNOWN = "sent", "known"
"""Parts of an address: that all was said to be sent, how many photos had been there before."""
_NO_PHOTO = "还没有传上来的照片。请先传一张，或者点“现在没有，以后再补”"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShelf:
    """The papers of one form or case: what is wanted, what was sent, what may be done.

    `frame` is what its pages show around them, `lost` where to go if the form is gone meanwhile;
    `may_take_back` whether what was sent may still be removed; `send` tells whether it was new;
    `reread` lists again what was sent.
    """

    address: str
    wanted: list[Paper]
    sent: list[SentFile]
    send: Callable[[Paper, Upload], bool]
    reread: Callable[[], list[SentFile]]
    take_back: Callable[[str], None]
    lost: str
    may_take_back: bool = True
    frame: Mapping[str, object] = field(default_factory=dict)

    @property
    def lacking(self) -> list[Paper]:
        """The papers that are to come."""
        return papers_lacking(self.wanted, self.sent)

    def of(self, paper: Paper) -> list[SentFile]:
        """List what was sent for one paper."""
        return [one for one in self.sent if one.paper == paper.code]


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """Build the routes of each paper; the list itself is an ordinary page of the journey."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.route("/<code>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True, largest=LARGEST_UPLOAD)
    @until_handed_in(office, journey)
    def paper(code: str) -> Answer:
        """Send a photo of one paper."""
        return _with_draft(office, journey, page, lambda shelf: _upload(office, shelf, code))

    @routes.post("/<code>/<file_id>/remove")
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def remove(code: str, file_id: str) -> Answer:
        """Take a photo back."""
        return _with_draft(
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
        shelf = _shelf_of_case(office, case)
        return render_template("case_papers.html", shelf=shelf, **shelf.frame)

    @routes.route("/<code>", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True, largest=LARGEST_UPLOAD)
    @with_case(office)
    def paper(case: CaseStatus, code: str) -> Answer:
        """Send a photo of one paper."""
        return _upload(office, _shelf_of_case(office, case), code)

    @routes.post("/<code>/<file_id>/remove")
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def remove(case: CaseStatus, code: str, file_id: str) -> Answer:
        """Take a photo back."""
        return _take_back(office, _shelf_of_case(office, case), code, file_id)

    return routes


def show_documents(office: Office, progress: JourneyProgress, page: Page) -> Answer:
    """Show the papers wanted; the button says that all are sent, or that more come later."""
    form = ask(page.fields(progress.answers), office.context(), progress.answers)
    shelf = _shelf_of_draft(office, progress, page)

    told = tell_how_many(shelf.wanted, shelf.sent)

    def redisplay() -> str:
        return render_template(
            "papers.html", page=page, form=form, shelf=shelf, told=told, **shelf.frame
        )

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


def tell_sent_with_draft(office: Office, progress: JourneyProgress) -> str:
    """Say how many of the papers that this form asks for were sent, and how many are to come."""
    kind = progress.journey.kind
    sent = applicant_documents.sent_with_draft(office, token_of(kind) or "")
    return tell_how_many(papers_for(kind, progress.answers, sent), sent)


def _shelf_of_draft(office: Office, progress: JourneyProgress, page: Page) -> DocumentShelf:
    journey = progress.journey
    token = token_of(journey.kind) or ""
    sent = applicant_documents.sent_with_draft(office, token)

    def send(paper: Paper, upload: Upload) -> bool:
        new = applicant_documents.send_with_draft(
            office, journey.kind, token, paper, upload, caller_network()
        )
        keep_token_longer()
        return new

    return DocumentShelf(
        address=f"/{journey.address}/{page.path}",
        wanted=papers_for(journey.kind, progress.answers, sent),
        sent=sent,
        send=send,
        reread=lambda: applicant_documents.sent_with_draft(office, token),
        take_back=lambda file_id: applicant_documents.remove_from_draft(office, token, file_id),
        lost=f"/{journey.address}",
        frame={
            "short_side": applicant_documents.side_to_send(journey.kind),
            **frame_of(progress, page),
        },
    )


def _shelf_of_case(office: Office, status: CaseStatus) -> DocumentShelf:
    ticket = ticket_now(office.now())
    if ticket is None or not status.may_send:
        raise NotAllowed(applicant_documents.CASE_ENDED)
    wanted, sent = applicant_documents.papers_of_case(office, ticket)
    return DocumentShelf(
        address="/status/papers",
        wanted=wanted,
        sent=sent,
        send=lambda paper, upload: applicant_documents.send_to_case(
            office, ticket, paper, upload, caller_network()
        ),
        reread=lambda: applicant_documents.papers_of_case(office, ticket)[1],
        take_back=lambda file_id: applicant_documents.remove_own_document(office, ticket, file_id),
        lost="/status/case",
        may_take_back=status.may_take_back,
        frame={
            "layout": "case_papers_base.html",
            "status": status,
            "back": "/status/case",
            "short_side": applicant_documents.side_to_send(status.case.kind),
        },
    )


def _with_draft(
    office: Office, journey: Journey, page: Page, act: Callable[[DocumentShelf], Answer]
) -> Answer:
    """Act only in a form that is being filled in and has come as far as this page."""
    progress = open_form(office, journey)
    if not progress.may_visit(page):
        return redirect(next_address(progress), 303)
    return act(_shelf_of_draft(office, progress, page))


def _show_paper(shelf: DocumentShelf, paper: Paper, form: QuestionForm) -> str:
    frame = {**shelf.frame, "back": shelf.address}
    return render_template(
        "upload.html",
        shelf=shelf,
        paper=paper,
        form=form,
        mine=shelf.of(paper),
        pdf="pdf" in request.args,
        known=request.args.get(_KNOWN, 0, int),
        **frame,
    )


def _find(shelf: DocumentShelf, code: str) -> Paper:
    paper = next((one for one in shelf.wanted if one.code == code), None)
    if paper is None:
        abort(404)
    return paper


def _upload(office: Office, shelf: DocumentShelf, code: str) -> Answer:
    paper, form = _find(shelf, code), ask((), office.context())
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

    return _settle_paper(shelf, paper, form, send_all)


def _address_after(shelf: DocumentShelf, paper: Paper, taken: Taken) -> str:
    address = f"{shelf.address}/{paper.code}"
    return f"{address}?{_KNOWN}={taken.known}" if taken.known else address


def _show_now(shelf: DocumentShelf, paper: Paper, form: QuestionForm) -> str:
    """Show a paper with what has come meanwhile."""
    return _show_paper(replace(shelf, sent=shelf.reread()), paper, form)


def _take_back(office: Office, shelf: DocumentShelf, code: str, file_id: str) -> Answer:
    paper, form = _find(shelf, code), ask((), office.context())
    if not form.validate_all():
        return _show_paper(shelf, paper, form), 422

    def take_back() -> Answer:
        shelf.take_back(file_id)
        return redirect(f"{shelf.address}/{paper.code}", 303)

    return _settle_paper(shelf, paper, form, take_back)


def _settle_paper(
    shelf: DocumentShelf, paper: Paper, form: QuestionForm, act: Callable[[], Answer]
) -> Answer:
    """Act; or say what is wrong, with the photos that are there."""

    def act_and_go() -> Answer:
        try:
            return act()
        except NotFound:  # begun anew in another window
            return redirect(shelf.lost, 303)

    return attempt(form, act_and_go, lambda: _show_now(shelf, paper, form), _NOT_STORED)
