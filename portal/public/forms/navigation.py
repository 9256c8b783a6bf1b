"""Navigation of a journey: what is filled in so far, where to go on, and saving it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import redirect, request

from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.refused_answers import add_answers, may_be_kept
from portal.domain.shared.errors import NotFound
from portal.operations.forms import saved_drafts, submission
from portal.operations.office import Office
from portal.public.forms.browser_session import keep_token_longer, remember_token, token_of
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm
from portal.web.keeping import keep


def answers_so_far(office: Office, journey: Journey) -> Mapping[str, object]:
    """Return what this browser has filled in; empty if it has begun nothing."""
    token = token_of(journey.kind)
    draft = submission.read_draft(office, token) if token else None
    return draft.answers if draft else {}


def save(office: Office, journey: Journey, answers: Mapping[str, object]) -> Mapping[str, object]:
    """Add answers to this browser's draft, begun now if its cookie was lost on the way."""
    token = token_of(journey.kind)
    try:
        if token is not None:
            kept = submission.save_answers(office, token, answers).answers
            keep_token_longer()
            return kept
    except NotFound:
        pass  # begun anew in another window, or too old
    begun = add_answers({}, answers)
    token = submission.begin_draft(office, begun, None, caller_network())
    remember_token(journey.kind, token)
    return begun


def handed_in(office: Office, journey: Journey) -> bool:
    """Tell whether the form that this browser began has become a case."""
    token = token_of(journey.kind)
    return token is not None and submission.find_receipt(office, token) is not None


def until_handed_in(
    office: Office, journey: Journey
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Lead the pages of a form to the receipt once it has become a case."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def open_view(**arguments: Any) -> Answer:
            if handed_in(office, journey):
                return redirect(f"/{journey.address}/receipt", 303)
            return view(**arguments)

        return open_view

    return decorate


def save_and_put_aside(office: Office, journey: Journey, answers: Mapping[str, object]) -> Answer:
    """Add answers to this browser's draft, and lead to the number and the code to go on with."""
    save(office, journey, answers)
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
    kept: Mapping[str, object],
    address: str,
    redisplay: Callable[[], str],
) -> Answer:
    """Lead back to the page at this address, which is refused; with `kept` it is shown as typed.

    A page that came by POST is not kept by the browser, and Back would stop at it with an error.
    Where nothing can be kept, the page itself is the answer. A form is put aside all the same.
    """
    if form.problems or not may_be_kept(form.typed()):
        return redisplay(), 422
    if wants_later():
        return keep(form, lambda: save_and_put_aside(office, journey, kept), redisplay)

    def lead_back() -> Answer:
        submission.save_answers(office, token_of(journey.kind) or "", kept)
        keep_token_longer()
        return redirect(address, 303)

    try:
        return keep(form, lead_back, redisplay)
    except NotFound:  # its cookie was lost, or it was begun anew in another window
        return redisplay(), 422


def go_on(office: Office, journey: Journey, answers: Mapping[str, object]) -> Answer:
    """Add answers to this browser's draft, and lead on or put it aside, as the button says."""
    if wants_later():
        return save_and_put_aside(office, journey, answers)
    return redirect(next_address(journey, save(office, journey, answers)), 303)


def next_address(journey: Journey, answers: Mapping[str, object]) -> str:
    """Say where these answers lead next: the first page that wants an answer, else the check."""
    page = journey.next_unanswered(answers)
    return f"/{journey.address}/{page.path if page else 'check'}"


def may_visit(journey: Journey, page: Page, answers: Mapping[str, object]) -> bool:
    """Tell whether a page is open: pages that are answered, and of the others only the first."""
    pages = journey.open_pages(answers)
    gap = journey.next_unanswered(answers)
    if page not in pages:
        return False
    return gap is None or pages.index(page) <= pages.index(gap)


def back_address(journey: Journey, page: Page | None, answers: Mapping[str, object]) -> str:
    """Return the page before this one: before the first the start, before the check the last."""
    pages = journey.open_pages(answers)
    last = len(pages) if page is None else (pages.index(page) if page in pages else 0)
    before = pages[:last]
    return f"/{journey.address}/{before[-1].path}" if before else f"/{journey.address}"


def progress(journey: Journey, group: str) -> dict[str, object]:
    """Count which topic this is, of how many: topics, not pages, so that no branch changes it."""
    groups = [*dict.fromkeys(page.group for page in journey.pages), "核对"]
    return {"step": groups.index(group) + 1, "steps": len(groups), "group": group}
