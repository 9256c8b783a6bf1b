"""The list of work, and its heaps by kind and state."""

from flask import Blueprint, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.cases.workflow import WORKFLOWS, kinds_open_to
from portal.operations.accounts import access, account_requests
from portal.operations.cases import case_file, code_reissue, reopenings, work_list
from portal.operations.office import Office
from portal.operations.rosters import leader_report
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.audit_labels import FIND_REASONS
from portal.staff.cases.list_address import read_list_address, read_place, show_place
from portal.web.edge import Answer
from portal.web.guards import guarded


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
    requests = account_requests.list_account_requests(office, actor())
    if not kinds_open_to(actor().roles):
        return render_template("list.html", tabs=(), requests=requests)
    address = read_list_address(office)
    page = work_list.read_work(office, actor(), address.select(office), read_place("after"))
    query = address.query
    onward = url_for(".show", after=show_place(page.after), **query) if page.after else ""
    return render_template(
        "list.html",
        requests=requests,
        tabs=work_list.list_views(office, actor()),
        page=page,
        address=address,
        onward=onward,
        flows=WORKFLOWS,
        kinds=kinds_open_to(actor().roles),
        towns=office.choices["town"],
        show_place=show_place,
        kept_out=request.args.get("out_of", "") in access.list_hidden(office, actor()),
        find_reasons=FIND_REASONS,
        done=case_file.read_state(office, actor(), request.args.get("done", "")),
        reopenings=reopenings.list_reopenings(office, actor()),
        reissues=code_reissue.list_waiting(office, actor()),
        to_report=leader_report.list_to_report(office, actor()),
    )
