"""A new secret code for a lost one: asked for, confirmed by a colleague, handed out."""

from collections.abc import Callable

from flask import Blueprint, render_template, request

from portal.domain.accounts.permissions import Permission
from portal.domain.cases.code_reissue import WHY_NOT
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.errors import NotAccepted
from portal.operations.cases import code_reissue
from portal.operations.forms.submission import Receipt
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.workbench import attempt_on_case, back_to_case
from portal.web.edge import Answer
from portal.web.forms import is_once
from portal.web.guards import guarded
from portal.web.receipts import make_slip, send_slip
from site_src.centre import Centre

_NOT_CHECKED = "请先核对是不是本人，再打勾"
_NOT_WHOLE = "这一页的内容不全。请重新打开这个办件，再点一次"


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the routes of reissuing."""
    routes = Blueprint("reissuing", __name__, url_prefix="/cases/<receipt>/new-code")

    @routes.post("")
    @guarded(Permission.REISSUE_CODE)
    def ask_for(receipt: str) -> Answer:
        """Ask for a new code for somebody at the counter, or rung up, who was checked."""

        def act() -> None:
            if request.form.get("checked") != "yes":
                raise NotAccepted(_NOT_CHECKED)
            code_reissue.ask_for_code(office, actor(), receipt)

        return _act_and_go_back(office, receipt, act)

    @routes.post("/confirm")
    @guarded(Permission.REISSUE_CODE)
    def confirm(receipt: str) -> Answer:
        """Confirm as the second person."""
        return _act_and_go_back(
            office, receipt, lambda: code_reissue.confirm_code(office, actor(), receipt)
        )

    @routes.post("/refuse")
    @guarded(Permission.REISSUE_CODE)
    def refuse(receipt: str) -> Answer:
        """Refuse as the second person, or withdraw as the first."""
        typed = request.form.get(WHY_NOT.name, "")
        return _act_and_go_back(
            office, receipt, lambda: code_reissue.refuse_code(office, actor(), receipt, typed)
        )

    _add_slips(routes, office, centre)
    return routes


def _add_slips(routes: Blueprint, office: Office, centre: Centre) -> None:
    @routes.post("/take")
    @guarded(Permission.REISSUE_CODE)
    def take(receipt: str) -> Answer:
        """Show the new code to who asked for it; a second tap shows the same one."""
        return _hand_out(office, receipt, lambda new: _show_code(office, new, centre))

    @routes.post("/receipt.pdf")
    @guarded(Permission.REISSUE_CODE)
    def sheet(receipt: str) -> Answer:
        """Send the same as a sheet of paper to hand over."""
        return _hand_out(office, receipt, lambda new: send_slip(office, new, centre))


def _act_and_go_back(office: Office, receipt: str, act: Callable[[], None]) -> Answer:
    def act_and_go_back() -> Answer:
        act()
        return back_to_case(receipt)

    return attempt_on_case(office, receipt, act_and_go_back)


def _hand_out(office: Office, receipt: str, show: Callable[[Receipt], Answer]) -> Answer:
    def act() -> Answer:
        once = request.form.get("once", "")
        if not is_once(once):
            raise NotAccepted(_NOT_WHOLE)
        return show(code_reissue.hand_out_code(office, actor(), receipt, once))

    return attempt_on_case(office, receipt, act)


def _show_code(office: Office, receipt: Receipt, centre: Centre) -> Answer:
    return render_template(
        "new_code.html",
        slip=make_slip(office, receipt, centre),
        journey=JOURNEYS[receipt.kind],
        once=request.form["once"],
    )
