"""Going on with a form that was put aside: its number and code, and how far it is filled in."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request

from portal.domain.forms.journeys import Journey
from portal.domain.forms.progress import JourneyProgress
from portal.operations.forms import saved_drafts, submission
from portal.operations.office import Office
from portal.public.forms.browser_session import forget_token, other_token_of, token_of
from portal.public.forms.navigation import next_address, on_own_form, open_form
from portal.web.edge import Answer
from portal.web.guards import ANYBODY, guarded
from portal.web.qr_codes import show_code
from portal.web.receipts import address_of_status

_QR = "接着填的二维码"


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of pages: whether it is filled in, and where to open it; None: too early for it.

    `wrong`: something was refused that was typed there.
    """

    title: str
    done: bool
    address: str | None
    wrong: bool


def add_saved_draft_routes(routes: Blueprint, office: Office, journey: Journey) -> None:
    """Add the two pages that belong to a form and ask nothing."""

    @routes.get("/kept")
    @guarded(ANYBODY)
    @on_own_form(office, journey)
    def kept() -> Answer:
        """Show number and code again, as long as the browser keeps the token."""
        return _show_kept(office, journey)

    @routes.route("/so-far", methods=["GET", "POST"])
    @guarded(ANYBODY)
    @on_own_form(office, journey)
    def so_far() -> Answer:
        """Show how far the form is filled in; the button at the end throws it away."""
        if request.method == "POST":
            return _throw_away(office, journey)
        return _show_so_far(office, journey)


def _show_kept(office: Office, journey: Journey) -> Answer:
    token = token_of(journey.kind)
    aside = saved_drafts.find_put_aside(office, token) if token else None
    if aside is None:
        return redirect(f"/{journey.address}", 303)
    return render_template(
        "kept.html",
        journey=journey,
        aside=aside,
        qr=show_code(address_of_status(office, aside.number, aside.code), _QR),
        kept_for=office.rules.deadline("draft_kept").words,
        waits=other_token_of(journey.kind) is not None,
        topics=list_topics(open_form(office, journey)),
    )


def _show_so_far(office: Office, journey: Journey) -> Answer:
    token = token_of(journey.kind)
    draft = submission.read_draft(office, token) if token else None
    if token is None or draft is None:
        return redirect(f"/{journey.address}", 303)
    progress = JourneyProgress(journey, draft)
    return render_template(
        "so_far.html",
        journey=journey,
        topics=list_topics(progress),
        onward=next_address(progress),
        complete=progress.next_page is None,
        aside=saved_drafts.find_put_aside(office, token),
        seen=seen_of(draft.changed_at),
    )


def list_topics(progress: JourneyProgress) -> list[Topic]:
    """List the groups of pages that the answers lead through, in their order."""
    topics = []
    for group in dict.fromkeys(one.page.group for one in progress.open_pages):
        own = [one for one in progress.open_pages if one.page.group == group]
        wrong = [one for one in own if one.refused]
        reached = [one.page for one in (*wrong, own[0]) if progress.may_visit(one.page)]
        address = f"/{progress.journey.address}/{reached[0].path}" if reached else None
        topics.append(Topic(group, all(one.answered for one in own), address, bool(wrong)))
    return topics


def _throw_away(office: Office, journey: Journey) -> Answer:
    token = token_of(journey.kind)
    draft = submission.read_draft(office, token) if token else None
    if token and draft:
        if request.form.get("seen") != seen_of(draft.changed_at):
            return redirect(f"/{journey.address}/so-far", 303)
        submission.drop_draft(office, token)
    forget_token(journey.kind)
    return redirect(f"/{journey.address}", 303)


def seen_of(changed_at: datetime | None) -> str:
    """Name which form a page is about, as it was then.

    A button on an older page throws away neither another form nor what was typed since.
    """
    return changed_at.isoformat() if changed_at else ""
