"""Looking a case up with number and code, and what the applicant may do with it."""

import re
from collections.abc import Callable
from functools import partial, wraps
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request

from portal.domain.accounts.actor import APPLICANT
from portal.domain.cases.receipt_numbers import find_numbers, find_pair, parse_receipt, tell_mix_up
from portal.domain.cases.step_input import STATEMENT, step_questions
from portal.domain.forms.fields import Field, Kind, Retention, Sensitivity
from portal.domain.forms.journeys import JOURNEYS, lists_open_later
from portal.domain.records.workflow import Step
from portal.domain.shared.errors import Changed, NotAllowed
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.cases import status as case_status
from portal.operations.cases import steps
from portal.operations.cases.status import CaseStatus
from portal.operations.forms.admission import Checkpoint, look_up_checkpoint
from portal.operations.forms.saved_drafts import ResumedDraft
from portal.operations.legal_papers import HAS_PAPERS
from portal.operations.office import Office
from portal.operations.rosters import amendments
from portal.public.forms.admission import (
    challenge_before,
    sent_solution,
    take_queue_ticket,
    wants_queue_ticket,
)
from portal.public.forms.browser_session import (
    forget_ticket,
    remember_sent,
    remember_ticket,
    take_sent,
    ticket_now,
)
from portal.public.forms.draft_conflict import open_other
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, TICKET, guarded

_NUMBER = Field(
    "receipt", "登记编号", Kind.LINE, Sensitivity.INTERNAL, "找到办件", frozenset(),
    Retention.SHORT, "回执上的，比如 JZ26-7K3M-9QF2。", max_length=40, missing="请填登记编号",
)  # fmt: skip
CODE = Field(
    "code", "查询码", Kind.LINE, Sensitivity.SENSITIVE, "确认是本人", frozenset(),
    Retention.SHORT, "16 位数字，空格不要紧。", max_length=40, missing="请填查询码",
)  # fmt: skip

_WAY_ON = "to"
_OWN_PAGE = re.compile(r"/status/[a-z-]+\?[\w%=&.,+-]*", re.ASCII)
_CHANGED = "这件事刚刚有了新进展。请回到进度页看一看，再决定要不要接着办"


def blueprint(office: Office) -> Blueprint:
    """Build the look-up, the status page, and the steps that are the applicant's."""
    routes = Blueprint("following", __name__)

    @routes.route("/status", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def look_up() -> Answer:
        """Open the status page by number and code; neither ever stands in an address."""
        form = ask((_NUMBER, CODE), office.context())
        return _show_look_up(office, form) if request.method == "GET" else _answer(office, form)

    @routes.get("/status/case")
    @guarded(TICKET)
    @with_case(office)
    def status(case: CaseStatus) -> Answer:
        """Show where the case stands, what is needed, what happened."""
        return _show_status(office, case)

    @routes.post("/status/close")
    @guarded(ANYBODY)
    def close() -> Answer:
        """Close the case in this browser."""
        forget_ticket()
        return redirect("/status", 303)

    @routes.route("/status/case/<code>", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def step(case: CaseStatus, code: str) -> Answer:
        """Take one of the applicant's own steps."""
        return _take(office, case, code)

    return routes


def _show_status(office: Office, case: CaseStatus) -> str:
    ticket = ticket_now(office.now())
    return render_template(
        "status.html",
        status=case,
        lists=amendments.lists_of_case(office, case, ticket) if ticket else [],
        sent_just_now=_find_sent(case),
        has_legal_papers=HAS_PAPERS,
    )


def _answer(office: Office, form: QuestionForm) -> Answer:
    redisplay, checkpoint = partial(_show_look_up, office, form), _checkpoint_for(form)
    if wants_queue_ticket(office, checkpoint):
        return take_queue_ticket(office, checkpoint, form, redisplay)
    # Numbers that were pasted with their labels, or into one box, are found all the same.
    boxes = form["receipt"].data or "", form["code"].data or ""
    pair = find_pair(*boxes)
    whole = form.validate_all()
    if not pair and (words := tell_mix_up(*boxes)):
        form.add_problem(words)
    if form.problems or not (whole or pair):
        return redisplay(), 422
    typed = pair or ((find_numbers(boxes[0]) or boxes)[0], boxes[1])
    return attempt(form, lambda: _look_up(office, typed), redisplay)


def _checkpoint_for(form: QuestionForm) -> Checkpoint:
    typed = form["receipt"].data or "", form["code"].data or ""
    pair = find_pair(*typed)
    return look_up_checkpoint(pair[0] if pair else parse_receipt(typed[0]) or "", caller_network())


def _show_look_up(
    office: Office, form: QuestionForm, queue_ticket: str = "", kept: str = ""
) -> str:
    """Show the page; empty it fills itself in from the QR code of a receipt, where scripts run."""
    return render_template(
        "look_up.html",
        form=form,
        kept=clean_text(kept, multi_line=True),
        way_on=_read_way_on(),
        filling=request.method == "GET",
        challenge=challenge_before(office, _checkpoint_for(form), queue_ticket),
    )


def _look_up(office: Office, typed: tuple[str, str]) -> Answer:
    found = case_status.look_up(office, *typed, caller_network(), sent_solution())
    if isinstance(found, ResumedDraft):
        return open_other(office, JOURNEYS[found.kind], found.token)
    remember_ticket(found, office.now())
    return redirect(_read_way_on() or "/status/case", 303)


def _address_of_look_up() -> str:
    """Return the look-up, which leads on to what the address of this page carries: sums."""
    if not request.args:
        return "/status"
    return f"/status?{urlencode({_WAY_ON: request.full_path})}"


def _read_way_on() -> str:
    """Return the page of the case that was asked for before number and code; else nothing."""
    asked = request.args.get(_WAY_ON, "")
    return asked if _OWN_PAGE.fullmatch(asked) else ""


def with_case(
    office: Office,
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Admit only the holder of a ticket; ask everybody else for number and code."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def guarded_view(**arguments: str) -> Answer:
            ticket = ticket_now(office.now())
            case = case_status.follow_case(office, ticket) if ticket else None
            if case is None:
                forget_ticket()
                if request.method == "POST":
                    kept = request.form.get("words", "") or request.form.get("lines", "")
                    empty = ask((_NUMBER, CODE), office.context())
                    return _show_look_up(office, empty, kept=kept), 401
                return redirect(_address_of_look_up(), 303)
            return view(case, **arguments)

        return guarded_view

    return decorate


def _find_sent(status: CaseStatus) -> Step | None:
    """Return the step that was just taken, where the newest entry proves it."""
    step = status.case.workflow.steps.get(take_sent())
    newest = status.entries[0]
    return step if step and newest.by_applicant and newest.title == step.public_label else None


def _was_just_taken(status: CaseStatus, step: Step) -> bool:
    """Tell whether the newest entry is this step in these words: a second tap on the button."""
    newest, words = status.entries[0], clean_text(request.form.get(STATEMENT, ""), multi_line=True)
    return newest.by_applicant and (newest.title, newest.text) == (step.public_label, words)


def _take(office: Office, status: CaseStatus, code: str) -> Answer:
    step = status.case.workflow.steps.get(code)
    if step is None or not step.by_applicant:
        return redirect("/status/case", 303)
    may_act = step in status.steps
    if not may_act and (request.method == "GET" or _was_just_taken(status, step)):
        return redirect("/status/case", 303)
    form = ask(step_questions(step, papers_came=status.answered), office.context())
    lists = [page for page in lists_open_later(status.case.kind) if page.bulk]

    def redisplay() -> str:
        return render_template("step.html", status=status, step=step, form=form, lists=lists)

    if request.method == "GET":
        return redisplay()
    if may_act and not form.validate_all():
        return redisplay(), 422

    def act() -> Answer:
        if not may_act:
            raise Changed(_CHANGED)
        _take_step(office, status, step)
        remember_sent(step.code)
        return redirect("/status/case", 303)

    return attempt(form, act, redisplay)


def _take_step(office: Office, status: CaseStatus, step: Step) -> None:
    """Take the step; it is taken, too, if a second tap comes after the first. Changed."""
    case, typed = status.case, dict(request.form.lists())
    try:
        steps.take_step(office, APPLICANT, case.receipt, case.version, step.code, typed)
    except (Changed, NotAllowed):
        ticket = ticket_now(office.now())
        now = case_status.follow_case(office, ticket) if ticket else None
        if now is None or not _was_just_taken(now, step):
            raise Changed(_CHANGED) from None
