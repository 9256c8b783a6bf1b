"""Figures in the workbench: by month, each with the list behind it, and as a file to keep."""

from typing import Final

from flask import Blueprint, render_template, request

from portal.domain.accounts.permissions import Permission
from portal.domain.figures.indicators import COUNTINGS, INDICATORS
from portal.domain.figures.period import Period, read_period, this_year, usual_periods
from portal.domain.shared.errors import NotAccepted, NotFound
from portal.operations.figures import desk_figures
from portal.operations.figures.desk_figures import DeskFigure
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.edge import Answer
from portal.web.guards import guarded
from portal.web.typesetting import send_file
from portal.web.workbooks import write_sheet, write_table

_SHAPES: Final = {
    "csv": ("text/csv; charset=utf-8", write_table),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_sheet,
    ),
}
_SHOWN = 200


def blueprint(office: Office) -> Blueprint:
    """Build the routes of figures."""
    routes = Blueprint("figures", __name__, url_prefix="/figures")

    @routes.get("/")
    @guarded(Permission.READ_FIGURES)
    def table() -> Answer:
        """Show the figures of some months."""
        return _show_table(office)

    @routes.get("/<code>")
    @guarded(Permission.READ_FIGURES)
    def listed(code: str) -> Answer:
        """List what a figure counts."""
        return _show_list(office, code)

    @routes.post("/download")
    @guarded(Permission.READ_FIGURES)
    def download() -> Answer:
        """Send the figures with their definitions as a file; it is logged."""
        return _send(office)

    return routes


def _read_period(office: Office) -> tuple[Period, str]:
    """Read the months from the address; this year, and why, where they cannot be."""
    first, last = request.values.get("first", ""), request.values.get("last", "")
    try:
        return read_period(first, last, office.today()), ""
    except NotAccepted as problem:
        return this_year(office.today()), str(problem)


def _show_table(office: Office) -> Answer:
    period, problem = _read_period(office)
    shown = render_template(
        "figures.html",
        period=period,
        problem=problem,
        figures=desk_figures.read_figures(office, actor(), period),
        usual=usual_periods(office.today()),
        silent=[one for one in INDICATORS.values() if one.code not in COUNTINGS and not one.summed],
    )
    return (shown, 422) if problem else shown


def _show_list(office: Office, code: str) -> Answer:
    period, problem = _read_period(office)
    found = desk_figures.list_counted(office, actor(), code, period)
    return render_template(
        "figure_list.html",
        period=period,
        problem=problem,
        one=INDICATORS[code],
        total=sum(counted.amount for counted in found),
        found=found[:_SHOWN],
        more=len(found) - _SHOWN,
        summaries=desk_figures.summarise_counted(office, actor(), found[:_SHOWN]),
    )


def _send(office: Office) -> Answer:
    shape = request.form.get("shape", "")
    if shape not in _SHAPES:
        raise NotFound(shape)
    period, problem = _read_period(office)
    if problem:
        return _show_table(office)
    figures = desk_figures.take_out_figures(office, actor(), period, shape)
    media_type, write = _SHAPES[shape]
    name = f"figures-{period.first}-{period.last}.{shape}"
    return send_file(write(_lay_out(figures, period)), media_type, name)


def _lay_out(figures: list[DeskFigure], period: Period) -> list[list[str | int]]:
    head: list[str | int] = ["代码", "指标", "单位", *period.months, "合计", "怎么算的"]
    return [head, *(_row_of(one) for one in figures)]


def _row_of(figure: DeskFigure) -> list[str | int]:
    one = figure.indicator
    note = "（只算您能看的办件）" if figure.partial else ""
    counts = [*figure.by_month.values(), figure.total]
    told: list[str | int] = ["—"] * len(counts) if figure.unseen else [*counts]
    return [one.code, one.name, str(one.unit), *told, one.definition + note]
