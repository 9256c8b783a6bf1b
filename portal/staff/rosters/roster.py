"""The lists of people of a case: taken out for a reason that is logged, added to at the counter."""

from flask import Blueprint, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.forms.fields import Choice, Field, Kind, Sensitivity
from portal.domain.rosters.roster import write_csv
from portal.operations.office import Office
from portal.operations.rosters import amendments, roster_export
from portal.operations.rosters.amendments import OpenList
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import ask
from portal.web.guards import guarded
from portal.web.typesetting import send_file

LIST_REASONS = (
    Choice("arbitration", "调解、仲裁要用"),
    Choice("contact", "联系本人"),
    Choice("other", "其他办案需要"),
)
_LINES = "lines"
_NOT_STORED = "没有存下来，是系统的问题。您写的还在，请过一会儿再点一次"


def blueprint(office: Office) -> Blueprint:
    """Build the routes of the list."""
    routes = Blueprint("rosters", __name__, url_prefix="/cases/<receipt>")

    @routes.post("/list.csv")
    @guarded(Permission.REVEAL_IDENTITY)
    def take_out(receipt: str) -> Answer:
        """Send the list in clear as a download."""
        reason = request.form.get("reason", "")
        if reason not in {choice.code for choice in LIST_REASONS}:
            return redirect(url_for("workbench.case", receipt=receipt), 303)
        page, people = roster_export.export_roster(office, actor(), receipt, reason)
        name = f"{receipt}-{page.path}.csv"
        return send_file(write_csv(page, people), "text/csv; charset=utf-8", name)

    @routes.route("/people/<path>", methods=["GET", "POST"])
    @guarded(Permission.OPEN_CASES, reshows=True)
    def add(receipt: str, path: str) -> Answer:
        """Add people who came on paper, one a line."""
        return _add(office, receipt, path)

    return routes


def _add(office: Office, receipt: str, path: str) -> Answer:
    opened = amendments.look_at_list(office, actor(), receipt, path)
    form = ask((_lines_of(opened),), office.context())

    def redisplay() -> str:
        return render_template(
            "add_people.html", receipt=receipt, path=path, opened=opened, form=form
        )

    def act() -> Answer:
        lines = request.form.get(_LINES, "")
        amendments.add_listed_people(office, actor(), receipt, path, lines)
        return redirect(url_for("workbench.case", receipt=receipt), 303)

    if request.method == "GET":
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    return attempt(form, act, redisplay, _NOT_STORED)


def _lines_of(opened: OpenList) -> Field:
    columns = "，".join(one.label for one in opened.page.member_fields())
    return Field(
        _LINES, f"{opened.called}：加谁", Kind.PARAGRAPH, Sensitivity.SENSITIVE, "加到名单里",
        frozenset(), hint=f"一行写一个人，用逗号分开：{columns}。", max_length=20_000,
        missing="请先写上名字，一行一个人",
    )  # fmt: skip
