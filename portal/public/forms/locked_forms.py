"""Forms that lie on this phone and are shown to nobody but who filled them in."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request

from portal.domain.forms.fields import Field, Kind, Retention, Sensitivity
from portal.domain.forms.journeys import Journey
from portal.operations.forms import draft_lock, saved_drafts
from portal.operations.office import Office
from portal.public.forms.browser_session import (
    keep_open,
    lock_away,
    locked_tokens_of,
    remember_token,
    token_of,
)
from portal.public.forms.navigation import say_not_here
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, guarded

_ENDING = Field(
    "ending", "身份证号或者电话号码的最后四位", Kind.LINE, Sensitivity.INTERNAL, "确认是本人",
    frozenset(), Retention.SHORT, "您写在表里的。别的证件的号码也行。最后是字母的，字母也要填。",
    max_length=40, missing="请填最后四位",
)  # fmt: skip


def add_lock_routes(routes: Blueprint, office: Office, journey: Journey) -> None:
    """Add the page that asks who opens a form."""

    @routes.route("/unlock", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def unlock() -> Answer:
        """Ask for the end of a number that only the writer typed; the button opens his form."""
        if not lists_locked(office, journey):
            return say_not_here(journey)
        form = ask((_ENDING,), office.context())
        answer = _show if request.method == "GET" else _open
        return answer(office, journey, form)


def lists_locked(office: Office, journey: Journey) -> list[str]:
    """List the tokens of forms on this phone that a number opens, the one held here first."""
    held = token_of(journey.kind)
    tokens = [*([held] if held else []), *locked_tokens_of(journey.kind)]
    return [one for one in tokens if draft_lock.is_lockable(office, one)]


def last_filled_in(office: Office, journey: Journey) -> datetime | None:
    """Return when one of them was last changed, None if there is none."""
    drafts = (saved_drafts.find_held(office, one) for one in lists_locked(office, journey))
    return max((one.changed_at for one in drafts if one and one.changed_at), default=None)


def _show(office: Office, journey: Journey, form: QuestionForm) -> str:
    return render_template(
        "unlock.html", journey=journey, form=form, filled_at=last_filled_in(office, journey)
    )


def _open(office: Office, journey: Journey, form: QuestionForm) -> Answer:
    def open_form() -> Answer:
        typed, kind = str(form.cleaned["ending"]), journey.kind
        token = draft_lock.find_by_ending(office, lists_locked(office, journey), typed)
        if token != token_of(kind):
            lock_away(kind, opening=token)
            remember_token(kind, token)
        keep_open(kind, office.now())
        return redirect(f"/{journey.address}/so-far", 303)

    if not form.validate_all():
        return _show(office, journey, form), 422
    return attempt(form, open_form, lambda: _show(office, journey, form))
