"""The list of work, and its heaps by kind and state."""

import re

from flask import Blueprint, render_template, request

from portal.domain.accounts.permissions import Permission, Role
from portal.domain.cases.work_views import CLAIM_DAYS
from portal.domain.cases.workflow import WORKFLOWS, kinds_open_to
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import account_requests
from portal.operations.cases import case_file, code_reissue, reopenings, work_list
from portal.operations.cases.work_list import WorkPage
from portal.operations.office import Office
from portal.operations.rosters import leader_report
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.audit_labels import FIND_REASONS
from portal.staff.cases.first_page import list_parts
from portal.staff.cases.list_address import read_list_address, read_place, show_place
from portal.web.edge import Answer
from portal.web.guards import guarded

_RANK = re.compile(r"[0-9]{1,7}")

_BRIEFED = frozenset({Role.DIRECTOR, Role.AUDITOR})
"""Whose first page tells what is to be asked after; the list of work is behind it."""


def blueprint(office: Office) -> Blueprint:
    """Build the routes of the list."""
    routes = Blueprint("work", __name__)

    @routes.get("/")
    @guarded(Permission.SIGNED_IN)
    def show() -> Answer:
        """Show the list of work in one of its views."""
        return _show_list(office)

    @routes.get("/stages")
    @guarded(Permission.OPEN_CASES)
    def stages() -> Answer:
        """Show how many cases there are of each kind and state."""
        heaps = work_list.list_stages(office, actor())
        return render_template("stages.html", heaps=heaps, flows=WORKFLOWS)

    return routes


def _show_list(office: Office) -> Answer:
    if not kinds_open_to(actor().roles) or (_BRIEFED & actor().roles and not request.args):
        return _show_first_page(office)
    address = read_list_address(office)
    if address.folded_employer:
        work_list.note_employer(office, actor(), address.folded_employer)
    work = work_list.look_at_work(office, actor())
    page = work_list.read_work(
        office,
        actor(),
        address.select(office),
        read_place("after"),
        before=read_place("before"),
        work=work,
    )
    first = _read_rank(page)
    return render_template(
        "list.html",
        requests=account_requests.list_account_requests(office, actor()),
        tabs=work_list.list_views(office, actor(), work),
        page=page,
        address=address,
        reads_legal=CaseKind.CONSULTATION in kinds_open_to(actor().roles),
        first=first,
        page_length=work_list.PAGE,
        last_days=CLAIM_DAYS,
        flows=WORKFLOWS,
        kinds=kinds_open_to(actor().roles),
        towns=office.choices["town"],
        show_place=show_place,
        kept_out=request.args.get("out_of", "") in work.hidden,
        find_reasons=FIND_REASONS,
        done=case_file.read_state(office, actor(), request.args.get("done", "")),
        reopenings=reopenings.list_reopenings(office, actor()),
        reissues=code_reissue.list_waiting(office, actor()),
        to_report=leader_report.list_to_report(office, actor()),
    )


def _show_first_page(office: Office) -> Answer:
    return render_template(
        "first_page.html",
        parts=list_parts(office, actor()),
        requests=account_requests.list_account_requests(office, actor()),
        reopenings=reopenings.list_reopenings(office, actor()),
        to_report=leader_report.list_to_report(office, actor()),
        tabs=work_list.list_views(office, actor()),
        find_reasons=FIND_REASONS,
    )


def _read_rank(page: WorkPage) -> int:
    """Return the rank of the first row, as the page before told it; it may be one or two off."""
    typed = request.args.get("rank", "")
    rank = int(typed) if _RANK.fullmatch(typed) and page.before else 1
    return max(min(rank, page.total - len(page.rows) + 1), 1)
