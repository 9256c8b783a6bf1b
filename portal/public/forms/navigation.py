"""Navigation of a journey: what is filled in so far, where to go on, and saving it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, render_template, request

from portal.domain.forms.draft_lock import endings_of
from portal.domain.forms.drafts import Draft, may_be_kept
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.page_count import find_place
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.errors import NotFound
from portal.operations.forms import saved_drafts, submission
from portal.operations.forms.submission import DraftChange
from portal.operations.office import Office
from portal.public.forms.browser_session import (
    is_open,
    keep_open,
    keep_token_longer,
    locked_tokens_of,
    remember_token,
    token_of,
    was_receipt_shown,
)
from portal.public.forms.page_identity import find_again
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import AS_TYPED, QuestionForm
from portal.web.theme import asks_type_size

CHECK = "check"
"""The path of the page that shows all answers once more; no page of a journey has it."""


def open_form(office: Office, journey: Journey) -> JourneyProgress:
    """Return what this browser has filled in; nothing if it has begun nothing."""
    token = token_of(journey.kind)
    draft = submission.read_draft(office, token) if token else None
    return JourneyProgress(journey, draft or Draft())


def save(office: Office, journey: Journey, change: DraftChange) -> JourneyProgress:
    """Change this browser's draft, begun now if its cookie was lost on the way."""
    token = token_of(journey.kind)
    try:
        if token is not None:
            return _change(office, journey, token, change)
    except NotFound:
        pass  # begun anew in another window, or too old
    token = submission.begin_draft(office, {}, None, caller_network())
    remember_token(journey.kind, token)
    keep_open(journey.kind, office.now())
    return _change(office, journey, token, change)


def _change(office: Office, journey: Journey, token: str, change: DraftChange) -> JourneyProgress:
    changed = submission.change_draft(office, token, change)
    keep_token_longer()
    return JourneyProgress(journey, changed)


def on_own_form(
    office: Office, journey: Journey
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Show the pages of a form only to whoever fills it in; say what is true to everybody else.

    A form that is sent is always taken: its page was open. What comes after is shown no more.
    """

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def open_view(**arguments: Any) -> Answer:
            if request.method == "POST":
                find_again(office, journey)
            return _lead_elsewhere(office, journey) or view(**arguments)

        return open_view

    return decorate


def _lead_elsewhere(office: Office, journey: Journey) -> Answer | None:
    """Answer in place of a page of a form that is handed in, locked or not here; None: it is."""
    kind, sent, now = journey.kind, request.method == "POST", office.now()
    token = token_of(kind)
    if token is not None and submission.find_receipt(office, token):
        if was_receipt_shown(kind) and not sent:
            return say_not_here(journey)
        return redirect(f"/{journey.address}/receipt", 303)
    if is_open(kind, now):
        keep_open(kind, now)
    if sent:
        return None
    draft = submission.read_draft(office, token) if token else None
    locked = bool(endings_of(draft)) and not is_open(kind, now) if draft else locked_tokens_of(kind)
    if locked:
        return redirect(f"/{journey.address}/unlock", 303)
    return None if draft else say_not_here(journey)


def say_not_here(journey: Journey) -> tuple[str, int]:
    """Say that this phone has nothing of the form that it may show, and where to go on."""
    return render_template("not_here.html", journey=journey), 404


def save_and_put_aside(office: Office, journey: Journey, change: DraftChange) -> Answer:
    """Change this browser's draft, and lead to the number and the code to go on with."""
    save(office, journey, change)
    saved_drafts.put_aside(office, journey.kind, token_of(journey.kind) or "")
    return redirect(f"/{journey.address}/kept", 303)


def wants_later() -> bool:
    """Tell whether the button that was pressed puts the form aside."""
    return request.form.get("button") == "later"


def may_keep(form: QuestionForm) -> bool:
    """Tell whether what was typed can be kept: all of it is right, or it is put aside with gaps."""
    return form.validate_all() or (wants_later() and form.only_gaps())


def send_back(
    office: Office,
    journey: Journey,
    form: QuestionForm,
    change: DraftChange,
    address: str,
    redisplay: Callable[[], str],
) -> Answer:
    """Lead back to the page at this address, which is refused; the change keeps what was typed.

    A page that came by POST is not kept by the browser, and Back would stop at it with an error.
    Where nothing can be kept, the page itself is the answer. A form is put aside all the same.
    """
    if form.problems or not may_be_kept(form.typed()):
        return redisplay(), 422

    def lead_back() -> Answer:
        if wants_later():
            return save_and_put_aside(office, journey, change)
        try:
            _change(office, journey, token_of(journey.kind) or "", change)
        except NotFound:  # its cookie was lost, or it was begun anew in another window
            return redisplay(), 422
        if asks_type_size() is not None:
            return redirect(f"{request.path}?{AS_TYPED}=1", 303)
        return redirect(address, 303)

    return attempt(form, lead_back, redisplay)


def go_on(office: Office, journey: Journey, change: DraftChange) -> Answer:
    """Change this browser's draft, and lead on or put it aside, as the button says."""
    if wants_later():
        return save_and_put_aside(office, journey, change)
    return redirect(next_address(save(office, journey, change)), 303)


def next_address(progress: JourneyProgress) -> str:
    """Say where the answers lead next: the first page that wants an answer, else the check."""
    page = progress.next_page
    return f"/{progress.journey.address}/{page.path if page else CHECK}"


def back_address(progress: JourneyProgress, page: Page | None) -> str:
    """Return the page before this one: before the first the start, before the check the last."""
    before, start = progress.page_before(page), f"/{progress.journey.address}"
    return f"{start}/{before.path}" if before else start


def frame_of(progress: JourneyProgress, page: Page | None) -> dict[str, object]:
    """Return what stands around a page of a form; None is the check page."""
    journey = progress.journey
    return {
        "journey": journey,
        "layout": "form_base.html",
        "back": back_address(progress, page),
        "place": find_place(progress, page),
        "held_token": token_of(journey.kind),
    }
