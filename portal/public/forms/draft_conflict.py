"""One form of a kind lies on this phone and another is wanted: none is lost without a word."""

from flask import Blueprint, redirect, render_template, request

from portal.domain.forms.drafts import Draft
from portal.domain.forms.journeys import Journey
from portal.domain.forms.progress import JourneyProgress
from portal.operations.forms import draft_lock, saved_drafts, submission
from portal.operations.office import Office
from portal.public.forms.browser_session import (
    forget_other,
    forget_token,
    keep_open,
    lock_away,
    other_token_of,
    remember_other,
    remember_token,
    token_of,
)
from portal.public.forms.saved_drafts import list_topics, seen_of
from portal.web.edge import Answer
from portal.web.guards import ANYBODY, guarded


def add_conflict_routes(routes: Blueprint, office: Office, journey: Journey) -> None:
    """Add the page that asks what shall become of the form that lies here."""

    @routes.route("/another", methods=["GET", "POST"])
    @guarded(ANYBODY)
    def another() -> Answer:
        """Show what lies on this phone, without its answers; the buttons keep it, drop it, stay."""
        other = other_token_of(journey.kind)
        if other is None or submission.read_draft(office, other) is None:
            return _keep_current(office, journey)
        unsaved = held_here(office, journey)
        if unsaved is None:
            return _switch_to(office, journey, other)
        if request.method == "POST":
            return _choose(office, journey, unsaved, other)
        return _ask(office, journey, unsaved, other)


def held_here(office: Office, journey: Journey) -> Draft | None:
    """Return the form of this kind on this phone, if it would be missed, or None."""
    token = token_of(journey.kind)
    return saved_drafts.find_held(office, token) if token else None


def open_other(office: Office, journey: Journey, token: str) -> Answer:
    """Open this form instead of the one that lies here; ask first if that would be missed.

    One that a number opens stays on this phone, locked, and nothing is asked.
    """
    held = token_of(journey.kind)
    if held not in {None, token} and draft_lock.is_lockable(office, held or ""):
        lock_away(journey.kind, opening=token)
    if token == token_of(journey.kind) or held_here(office, journey) is None:
        return _switch_to(office, journey, token)
    _drop_other(office, journey, token)
    remember_other(journey.kind, token)
    return redirect(f"/{journey.address}/another", 303)


def _switch_to(office: Office, journey: Journey, token: str) -> Answer:
    old = token_of(journey.kind)
    forget_token(journey.kind)
    remember_token(journey.kind, token)
    keep_open(journey.kind, office.now())
    _drop_other(office, journey, token)
    if old is not None and old != token:
        submission.leave_draft(office, old)
    draft = submission.read_draft(office, token)
    path = "so-far" if draft and draft.receipt else journey.pages[0].path
    return redirect(f"/{journey.address}/{path}", 303)


def _keep_current(office: Office, journey: Journey) -> Answer:
    _drop_other(office, journey, None)
    return redirect(f"/{journey.address}/so-far", 303)


def _drop_other(office: Office, journey: Journey, unless: str | None) -> None:
    other = other_token_of(journey.kind)
    forget_other(journey.kind)
    if other is not None and other != unless:
        submission.leave_draft(office, other)


def _choose(office: Office, journey: Journey, unsaved: Draft, other: str) -> Answer:
    match request.form.get("button"):
        case "keep":
            saved_drafts.put_aside(office, journey.kind, token_of(journey.kind) or "")
            return redirect(f"/{journey.address}/kept", 303)
        case "open" if unsaved.receipt:
            return _switch_to(office, journey, other)
        case "drop" if request.form.get("seen") == seen_of(unsaved.changed_at):
            return _switch_to(office, journey, other)
        case "stay":
            return _keep_current(office, journey)
    return redirect(f"/{journey.address}/another", 303)


def _ask(office: Office, journey: Journey, unsaved: Draft, other: str) -> str:
    topics = list_topics(JourneyProgress(journey, unsaved))
    wanted = submission.read_draft(office, other)
    return render_template(
        "another.html",
        journey=journey,
        held=unsaved,
        seen=seen_of(unsaved.changed_at),
        done=sum(topic.done for topic in topics),
        steps=len(topics) + 1,
        aside=saved_drafts.find_put_aside(office, token_of(journey.kind) or ""),
        number=wanted.receipt if wanted else None,
    )
