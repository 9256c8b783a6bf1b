"""The list of work, its heaps by kind and state, and finding a case."""

from flask import Blueprint, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.cases.receipt_numbers import parse_receipt
from portal.domain.cases.workflow import WORKFLOWS, kinds_open_to
from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts import access
from portal.operations.cases import case_file, code_reissue, work_list
from portal.operations.office import Office
from portal.operations.rosters import leader_report
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.list_address import read_list_address, read_place, show_place
from portal.staff.cases.workbench import back_to_case
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import ask
from portal.web.guards import guarded

_WHAT_TO_FIND = "请填登记编号（比如 JZ26-7K3M-9QF2）、身份证号或别的证件号，或者电话号码"


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

    @routes.post("/find")
    @guarded(Permission.OPEN_CASES)
    def find() -> Answer:
        """Go to a case by its receipt number, or find a person's cases by ID number or phone."""
        return _find(office)

    return routes


def _show_list(office: Office) -> Answer:
    if not kinds_open_to(actor().roles):
        return render_template("list.html", tabs=())
    address = read_list_address(office)
    page = work_list.read_work(office, actor(), address.select(office), read_place("after"))
    query = address.query
    onward = url_for(".show", after=show_place(page.after), **query) if page.after else ""
    return render_template(
        "list.html",
        tabs=work_list.list_views(office, actor()),
        page=page,
        address=address,
        onward=onward,
        flows=WORKFLOWS,
        kinds=kinds_open_to(actor().roles),
        towns=office.choices["town"],
        show_place=show_place,
        kept_out=request.args.get("out_of", "") in access.list_hidden(office, actor()),
        done=case_file.read_state(office, actor(), request.args.get("done", "")),
        reissues=code_reissue.list_waiting(office, actor()),
        to_report=leader_report.list_to_report(office, actor()),
    )


def _find(office: Office) -> Answer:
    wanted = request.form.get("wanted", "")
    if receipt := parse_receipt(wanted):
        return back_to_case(receipt)
    form = ask((), office.context())

    def act() -> Answer:
        try:
            rows = work_list.find_person(office, actor(), wanted)
        except NotAccepted:
            raise NotAccepted(_WHAT_TO_FIND) from None
        return render_template("found.html", rows=rows, problem="")

    def redisplay() -> str:
        return render_template("found.html", rows=(), problem="；".join(form.problems))

    return attempt(form, act, redisplay, NOT_STORED_AT_WORK)
