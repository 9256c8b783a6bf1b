"""The arrangement of each year（放假安排）in the workbench: paste a notice, have it confirmed."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.calculators.questions import ask_choice
from portal.domain.content.confirmations import COMPARED_TEXTS
from portal.domain.forms.fields import Field, Kind, Sensitivity
from portal.domain.shared.errors import NotAccepted
from portal.newsroom import working_calendar
from portal.newsroom.content_folder import Newsroom
from portal.newsroom.working_calendar import CalendarYear
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import guarded

_WEEKDAYS = "一二三四五六日"
_NOTICE = Field(
    "notice", "通知的文号和日期", Kind.LINE, Sensitivity.INTERNAL, "写进工作日历", frozenset(),
    hint="比如 国办发明电〔2025〕7号，2025年11月4日。", max_length=80,
    missing="请填通知的文号和日期",
)  # fmt: skip
_WORDS = Field(
    "words", "通知里写放假、上班的那几行", Kind.PARAGRAPH, Sensitivity.INTERNAL, "写进工作日历",
    frozenset(), max_length=3000,
    hint="从国务院办公厅的通知里复制，贴在这里。自己写也行：1月1日至3日放假。1月4日上班。",
    missing="请贴上通知里写放假、上班的那几行",
)  # fmt: skip


def blueprint(room: Newsroom) -> Blueprint:
    """Build the routes of the calendar."""
    routes = Blueprint("calendar", __name__, url_prefix="/calendar")

    @routes.route("", methods=["GET", "POST"])
    @guarded(Permission.ENTER_CALENDAR, reshows=True)
    def years() -> Answer:
        """Show the years; keep what a notice says of one, to be confirmed."""
        found, problem = _list_years(room)
        form = _ask(room, found)
        if problem:
            form.add_problem(problem)
        if request.method == "GET":
            return _show(form, found)
        if not form.validate_all():
            return _show(form, found), 422

        def act() -> Answer:
            year, notice = int(str(form.cleaned["year"])), str(form.cleaned["notice"])
            words = str(form.cleaned["words"])
            working_calendar.enter_arrangement(room, actor(), year, notice, words)
            return redirect(url_for("calendar.years", _anchor=f"year-{year}"), 303)

        return attempt(form, act, lambda: _show(form, found), NOT_STORED_AT_WORK)

    _add_settling(routes, room)
    return routes


def _add_settling(routes: Blueprint, room: Newsroom) -> None:
    @routes.post("/<int:year>/confirm")
    @guarded(Permission.CONFIRM_FACTS)
    def confirm(year: int) -> Answer:
        """Let the arrangement of a year count."""
        shown, compared = request.form.get("shown", ""), request.form.get("compared", "")
        return _settle(
            room,
            lambda: working_calendar.confirm_arrangement(room, actor(), year, shown, compared),
        )

    @routes.post("/<int:year>/withdraw")
    @guarded(Permission.ENTER_CALENDAR)
    def withdraw(year: int) -> Answer:
        """Remove what waits for a year."""
        shown = request.form.get("shown", "")
        return _settle(
            room, lambda: working_calendar.withdraw_arrangement(room, actor(), year, shown)
        )


def _settle(room: Newsroom, settle: Callable[[], None]) -> Answer:
    """Do it, or show the page again with what is wrong."""
    found, _ = _list_years(room)
    form = ask((), room.office.context())

    def act() -> Answer:
        settle()
        return redirect(url_for("calendar.years"), 303)

    return attempt(form, act, lambda: _show(form, found), NOT_STORED_AT_WORK)


def _list_years(room: Newsroom) -> tuple[list[CalendarYear], str]:
    try:
        found = working_calendar.list_calendar_years(room, actor())
    except NotAccepted as fault:
        return [], str(fault).removesuffix("。")
    next_year = room.office.today().year + 1
    return [one for one in found if one.year <= next_year or one.arrangement], ""


def _ask(room: Newsroom, found: list[CalendarYear]) -> QuestionForm:
    """Ask for the notice of a year that nobody has confirmed, first of all the next."""
    this_year = room.office.today().year
    open_years = sorted(
        one.year
        for one in found
        if one.year >= this_year and (one.arrangement is None or one.arrangement.waits)
    )
    which = ask_choice("year", "哪一年？", *((str(one), f"{one} 年") for one in open_years)).field
    known = {"year": str(open_years[0])} if open_years else {}
    return ask((which, _NOTICE, _WORDS), room.office.context(), known)


def _show(form: QuestionForm, found: list[CalendarYear]) -> str:
    return render_template(
        "calendar.html", form=form, years=found, texts=COMPARED_TEXTS, say=_say_days
    )


def _say_days(days: tuple[date, ...]) -> str:
    return (
        "、".join(f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）" for day in days)
        or "没有"
    )
