"""The case file, and what the steps of staff have in common."""

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import EXCLUDERS, Permission
from portal.domain.cases.case import Case, TimelineEntry
from portal.domain.cases.code_reissue import WHY_NOT
from portal.domain.cases.step_input import STATEMENT
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.cases.workflow.reopenings import ASK
from portal.domain.documents.document_types import PAPERS, name_papers
from portal.domain.documents.paper_states import ASK_FOR_PAPERS
from portal.domain.forms.fields import FIELDS, Choice
from portal.domain.forms.journeys import lists_open_later
from portal.domain.records.workflow import SAME
from portal.domain.search.likeness import VERDICT_LABELS
from portal.domain.shared.errors import Changed, NotAccepted
from portal.operations.cases import (
    assignment,
    case_file,
    code_reissue,
    exclusion,
    holds,
    reopenings,
)
from portal.operations.cases.case_file import CaseFile
from portal.operations.failures import STORE_FAILURES
from portal.operations.legal_papers import HAS_PAPERS
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.list_address import (
    FILTERS,
    came_from_a_list,
    read_list_address,
)
from portal.staff.counter.filled_form import PRINT_REASONS
from portal.staff.documents.documents import ORIGINAL_REASONS
from portal.staff.rosters.roster import LIST_REASONS
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import TOKEN, guarded
from portal.web.problem_pages import log_failure

REASONS = (
    Choice("identity", "核对身份"),
    Choice("contact", "联系本人"),
    Choice("payment", "核对银行卡"),
    Choice("other", "其他办案需要"),
)

ASKING = "request_supplement"
"""The step that asks the applicant for what is missing, in all workflows that have it."""
_PAPERS_ASKED = "papers_asked"
_ASKED = {STATEMENT}.union(
    *(step.fields for flow in WORKFLOWS.values() for step in flow.steps.values())
)
CONFIRMED = "confirmed"
"""What says that staff have read what cannot be taken back."""
_OURS = {CONFIRMED, "version", "then", "to", "why", "until", "verdict", TOKEN}
OVERTAKEN = "这件事刚刚有人办过（也可能是您点了两次）。请看一看新的经过"
_VERSION = re.compile(r"[0-9]{1,9}")


def blueprint(office: Office) -> Blueprint:
    """Build the routes of the workbench."""
    routes = Blueprint("workbench", __name__)

    @routes.get("/cases/<receipt>")
    @guarded(Permission.OPEN_CASES)
    def case(receipt: str) -> Answer:
        """Show a case, identity masked, or a request to its applicant begun; it is logged."""
        file = case_file.open_file(office, actor(), receipt)
        if request.args.get("write") == "missing" and file.standings.lacking:
            return show_case(office, file, typed=ASK_FOR_PAPERS, wanted=ASKING)
        return show_case(office, file)

    @routes.post("/cases/<receipt>/reveal")
    @guarded(Permission.REVEAL_IDENTITY)
    def reveal(receipt: str) -> Answer:
        """Show the same with the mask lifted, for a reason that is logged."""
        return _reveal(office, receipt)

    return routes


def show_case(
    office: Office, file: CaseFile, problem: str = "", typed: str = "", wanted: str = ""
) -> str:
    """Render a case; with a problem, and what was typed for the step that was wanted."""
    return render_template(
        "case.html",
        file=file,
        case=file.case,
        reasons=REASONS,
        facts=_ask_facts(office, file, begun=bool(typed)),
        original_reasons=ORIGINAL_REASONS,
        list_reasons=LIST_REASONS,
        print_reasons=PRINT_REASONS,
        has_legal_papers=file.case.kind in HAS_PAPERS,
        problem=problem,
        keeps_others_out=bool(EXCLUDERS & actor().roles),
        changes=list_changes(file),
        typed=typed,
        wanted=wanted,
        once=office.new_token(),
        why_not=ask((WHY_NOT,), office.context()),
        colleagues=code_reissue.find_colleagues(office, actor(), file.case),
        open_lists=_open_lists(file.case),
        listed=read_list_address(office) if came_from_a_list() else None,
        on_the_way=on_the_way(),
        done=case_file.read_state(office, actor(), request.args.get("done", "")),
        **_show_desk(office, file.case),
        late=file.case.open and file.case.overdue(office.today()),
        same=SAME,
        verdicts=VERDICT_LABELS,
        asking_to_reopen=ASK,
        reopening=reopenings.look_at_reopening(office, file.case),
        asking=ASKING,
    )


def _show_desk(office: Office, case: Case) -> dict[str, Any]:
    """Return what the page needs for acts among colleagues."""
    if not case.open:
        return {}
    return {
        "hands": assignment.list_colleagues(office, case),
        "may_assign": assignment.may_assign(case, actor()),
        "doers": assignment.list_doers_to_come(case),
        "readers": exclusion.list_readers(office, case),
        "last_day": holds.find_last_day(case, office.today()),
        "held": case.held(office.today()),
    }


def list_changes(file: CaseFile) -> tuple[TimelineEntry, ...]:
    """List what happened since the page was made that was just sent, the newest first."""
    seen = request.form.get("version", "")
    if request.method == "GET" or not _VERSION.fullmatch(seen):
        return ()
    return file.entries[: max(file.case.version - int(seen), 0)]


def _ask_facts(office: Office, file: CaseFile, *, begun: bool) -> dict[str, QuestionForm]:
    """Ask what goes with each step; `begun`: what is lacking is ticked already."""
    context = name_papers(office.context(), file.case.kind)
    known = {_PAPERS_ASKED: [one.code for one in file.standings.lacking] if begun else []}
    left_out = set() if file.case.kind in PAPERS else {_PAPERS_ASKED}
    return {
        step.code: ask(
            (FIELDS[name] for name in step.fields if name not in left_out), context, known
        )
        for step in file.steps
    }


def _open_lists(case: Case) -> dict[str, str]:
    """Return the lists to which people may be added: what each is called, by its path."""
    pages = lists_open_later(case.kind) if case.people and case.open else []
    return {page.path: FIELDS[page.required_collection.name].label for page in pages}


def _reveal(office: Office, receipt: str) -> Answer:
    reason = request.form.get("reason", "")
    if reason not in {choice.code for choice in REASONS}:
        file = case_file.open_file(office, actor(), receipt)
        return show_case(office, file, problem="请先选看完整信息的原因"), 422
    return show_case(office, case_file.reveal_identity(office, actor(), receipt, reason))


def on_the_way() -> dict[str, Any]:
    """Return what an address must carry on of the list somebody came from, and the place in it."""
    return {
        name: request.args[name] for name in (*FILTERS, "queue", "place") if name in request.args
    }


def back_to_case(receipt: str) -> Answer:
    """Lead to the page of the case."""
    return redirect(url_for("workbench.case", receipt=receipt, **on_the_way()), 303)


def attempt_on_case(
    office: Office,
    receipt: str,
    act: Callable[[], Answer],
    typed: str = "",
    wanted: str = "",
    show: Callable[[CaseFile, str], str | None] | None = None,
) -> Answer:
    """Act; or show the case as it is now, saying why it cannot be done, with what was typed.

    `show` may make another page of the case and what is wrong. What was typed is shown on a page
    of its own while the store cannot show the case.
    """
    form = ask((), office.context())

    def redisplay() -> str:
        file, problem = case_file.open_file(office, actor(), receipt), "；".join(form.problems)
        page = show(file, problem) if show else None
        return page or show_case(office, file, problem, typed, wanted)

    try:
        return attempt(form, act, redisplay, NOT_STORED_AT_WORK)
    except STORE_FAILURES as error:
        log_failure(error)
        return render_template("not_stored.html", receipt=receipt, typed=typed), 503


def act_on_version(
    office: Office, receipt: str, act: Callable[[int], object], typed: str = "", wanted: str = ""
) -> Answer:
    """Act on the case as it was on the page, and lead back to it; see `attempt_on_case`."""

    def act_and_return() -> Answer:
        version = sent_version()
        try:
            act(version)
        except Changed:
            raise Changed(OVERTAKEN) from None
        return back_to_case(receipt)

    return attempt_on_case(office, receipt, act_and_return, typed, wanted)


def sent_version() -> int:
    """Read which version of the case the form was made for. NotAccepted if it is not ours."""
    version = request.form.get("version", "")
    if not g.token_fits:
        raise NotAccepted("这一页放得太久了，请再点一次按钮。您写的还在")
    if set(request.form) - _ASKED - _OURS or len(request.form.getlist(STATEMENT)) > 1:
        raise NotAccepted("收到了这一页没有的内容。请重新打开这个办件，再办一次")
    if not _VERSION.fullmatch(version):
        raise NotAccepted("这一页的内容不全。请重新打开这个办件，再办一次")
    return int(version)
