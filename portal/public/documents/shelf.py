"""The papers of a form that is being filled in, or of a case: what all pages about them share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import abort, redirect

from portal.domain.documents.document_types import Paper, SentFile
from portal.domain.documents.paper_states import PaperList, PaperStanding, Saying
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.errors import NotAllowed, NotFound
from portal.operations.cases.status import CaseStatus
from portal.operations.documents import applicant_documents
from portal.operations.documents.intake import Upload
from portal.operations.office import Office
from portal.public.forms.browser_session import keep_token_longer, ticket_now, token_of
from portal.public.forms.navigation import frame_of, next_address, open_form
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShelf:
    """The papers of one form or case: how each stands, what was sent, what may be done.

    `frame` is what its pages show around them, `lost` where to go if the form is gone meanwhile;
    `may_take_back` whether what was sent may still be removed; `send` tells whether it was new;
    `say` keeps what is said of a paper by its code; `reread` lists again what was sent.
    """

    address: str
    papers: PaperList
    sent: list[SentFile]
    send: Callable[[Paper, Upload], bool]
    say: Callable[[str, Saying], None]
    reread: Callable[[], tuple[PaperList, list[SentFile]]]
    take_back: Callable[[str], None]
    lost: str
    may_take_back: bool = True
    frame: Mapping[str, object] = field(default_factory=dict)

    def find(self, code: str) -> PaperStanding:
        """Return how a paper stands; 404 if it is not wanted here."""
        standing = self.papers.find(code)
        if standing is None:
            abort(404)
        return standing

    def act(
        self,
        form: QuestionForm,
        act: Callable[[], Answer],
        redisplay: Callable[[], str],
        not_stored: str,
    ) -> Answer:
        """Act; or say what is wrong. Leads away if the form was begun anew in another window."""

        def act_and_go() -> Answer:
            try:
                return act()
            except NotFound:
                return redirect(self.lost, 303)

        return attempt(form, act_and_go, redisplay, not_stored)


def shelf_of_draft(office: Office, progress: JourneyProgress, page: Page) -> DocumentShelf:
    """Return the papers of the form that this browser fills in."""
    journey = progress.journey
    token = token_of(journey.kind) or ""

    def read() -> tuple[PaperList, list[SentFile]]:
        return applicant_documents.papers_with_draft(office, journey.kind, token, progress.answers)

    def send(paper: Paper, upload: Upload) -> bool:
        new = applicant_documents.send_with_draft(
            office, journey.kind, token, paper, upload, caller_network()
        )
        keep_token_longer()
        return new

    def say(_: str, said: Saying) -> None:
        applicant_documents.say_absent_with_draft(office, token, said)
        keep_token_longer()

    papers, sent = read()
    return DocumentShelf(
        address=f"/{journey.address}/{page.path}",
        papers=papers,
        sent=sent,
        send=send,
        say=say,
        reread=read,
        take_back=lambda file_id: applicant_documents.remove_from_draft(office, token, file_id),
        lost=f"/{journey.address}",
        frame={
            "short_side": applicant_documents.side_to_send(journey.kind),
            **frame_of(progress, page),
        },
    )


def shelf_of_case(office: Office, status: CaseStatus) -> DocumentShelf:
    """Return the papers of the case that this browser follows. NotAllowed when it is over."""
    ticket = ticket_now(office.now())
    if ticket is None or not status.may_send:
        raise NotAllowed(applicant_documents.CASE_ENDED)
    papers, sent = applicant_documents.papers_of_case(office, ticket)
    return DocumentShelf(
        address="/status/papers",
        papers=papers,
        sent=sent,
        send=lambda paper, upload: applicant_documents.send_to_case(
            office, ticket, paper, upload, caller_network()
        ),
        say=lambda code, said: applicant_documents.say_absent_in_case(office, ticket, code, said),
        reread=lambda: applicant_documents.papers_of_case(office, ticket),
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


def with_draft(
    office: Office, journey: Journey, page: Page, act: Callable[[DocumentShelf], Answer]
) -> Answer:
    """Act only in a form that is being filled in and has come as far as this page."""
    progress = open_form(office, journey)
    if not progress.may_visit(page):
        return redirect(next_address(progress), 303)
    return act(shelf_of_draft(office, progress, page))
