"""The receipt of this browser: as a page, and as a sheet of paper."""

from flask import redirect, render_template

from portal.domain.documents.document_types import PAPERS
from portal.domain.forms.journeys import Journey
from portal.operations.cases import status as case_status
from portal.operations.documents import applicant_documents
from portal.operations.forms import submission
from portal.operations.forms.submission import Receipt
from portal.operations.office import Office
from portal.public.forms.browser_session import (
    forget_token,
    may_show_receipt,
    note_receipt_shown,
    remember_ticket,
    token_of,
)
from portal.public.forms.navigation import say_not_here
from portal.web.edge import Answer
from portal.web.receipts import make_slip, send_slip
from site_src.centre import Centre


def show_receipt(office: Office, journey: Journey, centre: Centre) -> Answer:
    """Show the receipt while it is new; later say where the case is followed."""
    receipt = _new_receipt(office, journey)
    if receipt is None:
        return say_not_here(journey)
    papers, sent = applicant_documents.papers_with_receipt(office, token_of(journey.kind) or "")
    return render_template(
        "receipt.html",
        journey=journey,
        slip=make_slip(office, receipt, centre),
        sent=sent,
        takes_photos=journey.kind in PAPERS,
        papers=papers,
    )


def open_photos(office: Office, journey: Journey) -> Answer:
    """Open the case of this browser at its photos while its receipt is new."""
    new = may_show_receipt(journey.kind, office.now())
    ticket = case_status.ticket_of_sender(office, token_of(journey.kind) or "") if new else None
    if ticket is None:
        return redirect(f"/{journey.address}/receipt", 303)
    remember_ticket(ticket, office.now())
    return redirect("/status/papers", 303)


def print_receipt(office: Office, journey: Journey, centre: Centre) -> Answer:
    """Send the sheet of paper, as a PDF to keep."""
    receipt = _new_receipt(office, journey)
    if receipt is None:
        return say_not_here(journey)
    _, sent = applicant_documents.papers_with_receipt(office, token_of(journey.kind) or "")
    return send_slip(office, receipt, centre, sent)


def _new_receipt(office: Office, journey: Journey) -> Receipt | None:
    """Return the receipt of the form held here. Once it has been shown for a while nothing of it
    stays on the phone, which may be another's: then None."""
    kind, now = journey.kind, office.now()
    token = token_of(kind)
    receipt = submission.find_receipt(office, token) if token else None
    if receipt is not None and not may_show_receipt(kind, now):
        forget_token(kind)
        return None
    if receipt is not None:
        note_receipt_shown(kind, now)
    return receipt
