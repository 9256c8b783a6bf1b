"""A whole list of people on one page: sent as a table or typed as lines, and corrected by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, Response, redirect, render_template, request

from portal.domain.forms.collective_dispute import miss_sender
from portal.domain.forms.drafts import ListedPerson, RosterInProgress, RosterRow
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.progress import JourneyProgress
from portal.domain.forms.sent_tables import SentTable
from portal.domain.rosters.roster import (
    LARGEST_LIST,
    find_repeats,
    judge_rows,
    merge_newcomers,
    read_lines,
    require_room_for_people,
    sum_up,
    without_repeats,
    write_csv,
)
from portal.domain.rosters.table_reader import is_plain, read_sheets, take_rows
from portal.operations.office import Office
from portal.public.forms.navigation import go_on, next_address, on_own_form, open_form
from portal.public.rosters.roster_view import Listing, attempt_on_list, listing_of_form
from portal.public.rosters.row_correction import (
    ask_again,
    ask_cells,
    mark_of_cells,
    mended_rows,
    rows_to_show,
)
from portal.public.rosters.sent_table import ask_columns, chosen_columns, show_table
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, guarded
from portal.web.typesetting import send_file
from portal.web.uploads import take_file
from portal.web.workbooks import make_workbook

LINES = "lines"
_FILE = "file"
_SHOWN = 10
_CHOOSE = "请先选一个表格文件，再点一次上传"
_TYPE = "请先写上名字，一行一个人，再点“加到名单里”"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Roll:
    """The list as this browser has it: the people who are right, and the rows that are not yet."""

    listing: Listing
    people: Sequence[ListedPerson]
    wrong: Sequence[RosterRow]


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """Build the routes of the files and the buttons; the list itself is an ordinary page."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.get("/<any(empty, filled):which>.<any(csv, xlsx):ending>")
    @guarded(ANYBODY)
    def table(which: str, ending: str) -> Answer:
        """Send the empty table to fill in, or the list as it is so far."""
        answers = open_form(office, journey).answers if which == "filled" else {}
        return _send(page, page.entries_in(answers), ending)

    @routes.post("/<any(file, more, columns, discard, lines, mended, once, out, clear):act>")
    @guarded(ANYBODY, reshows=True, largest=LARGEST_LIST)
    @on_own_form(office, journey)
    def change(act: str) -> Answer:
        """Take in a table, lines or corrected rows, take people off, or begin anew."""
        progress = open_form(office, journey)
        if not progress.may_visit(page):
            return redirect(next_address(progress), 303)
        return act_on_list(listing_of_form(office, progress, page), act)

    return routes


def show_roster(office: Office, progress: JourneyProgress, page: Page) -> Answer:
    """Show who is on the list so far; the button says that it is whole, or more comes later."""
    listing = listing_of_form(office, progress, page)
    if request.method != "POST":
        return show_listing(listing)
    if listing.roster.sent:  # first it must be said what becomes of the table
        return redirect(listing.address, 303)
    form = ask((), office.context())
    if not form.validate_all():
        return show_listing(listing, form), 422
    return attempt(
        form,
        lambda: go_on(office, progress.journey, lambda now: now.close_list(page)),
        lambda: show_listing(listing, form),
    )


def show_listing(listing: Listing, form: QuestionForm | None = None) -> str:
    """Show the page of a list: with the rows to correct, or with a form that could not be taken.

    A table that waits for a yes is shown first.
    """
    if form is None and listing.roster.sent:
        return show_table(listing, listing.roster.sent)
    roll = _read(listing)
    shown = form or ask_again(listing.page, roll.wrong, listing.office.context())
    return _render(roll, shown)


def act_on_list(listing: Listing, act: str) -> Answer:
    """Do what one of the buttons on the page says."""
    return _ACTS[act](_read(listing))


def _read(listing: Listing) -> Roll:
    judged = judge_rows(listing.page, listing.roster.wrong, listing.office.context())
    return Roll(listing, listing.people, judged.wrong)


def _store(
    roll: Roll, rows: Sequence[RosterRow], kept: Sequence[ListedPerson] = (), way: str = ""
) -> None:
    """Judge rows and keep them all, right or wrong, behind those that are kept. NotAccepted.

    `way` is how they came: that part of the page stays open. Who comes so may take his own place;
    of corrected rows nobody does, for a table may tell of one person in two rows.
    """
    listing, page = roll.listing, roll.listing.page
    judged = judge_rows(page, rows, listing.office.context())
    people = merge_newcomers(kept, judged.entries) if way else [*kept, *judged.entries]
    require_room_for_people(page, len(people) + len(judged.wrong))
    roster = RosterInProgress(
        wrong=judged.wrong, way=way or listing.roster.way, taken=len(judged.entries)
    )
    listing.save(people, roster)


def _take_table(roll: Roll, *, adds: bool = False) -> Answer:
    listing = roll.listing
    form = ask((), listing.office.context())
    upload = take_file(form, _CHOOSE)
    if upload is None:
        return _render(roll, form, _FILE), 422

    def act() -> None:
        sent = read_sheets(listing.page, listing.read_table(upload), adds=adds)
        if is_plain(listing.page, sent):
            _store_table(roll, sent, [part.picked for part in sent.parts])
        else:
            listing.save(roll.people, replace(listing.roster, sent=sent))

    return _settle(roll, form, act, _FILE)


def _store_table(roll: Roll, sent: SentTable, chosen: Sequence[Mapping[str, int | None]]) -> None:
    rows = take_rows(roll.listing.page, sent, chosen)
    if sent.adds:
        _store(roll, [*roll.wrong, *rows], roll.people, _FILE)
    else:
        _store(roll, rows, way=_FILE)


def _agree_to_columns(roll: Roll) -> Answer:
    """Take in the table as it was shown, with the columns that were chosen."""
    listing, page, sent = roll.listing, roll.listing.page, roll.listing.roster.sent
    if sent is None:  # sent twice
        return redirect(listing.address, 303)
    form = ask_columns(page, sent, listing)
    if not form.validate_all():
        return show_table(listing, sent, form), 422

    def act() -> None:
        _store_table(roll, sent, chosen_columns(page, sent, form))

    return attempt_on_list(
        listing, form, act, listing.address, lambda: show_table(listing, sent, form)
    )


def _discard_table(roll: Roll) -> Answer:
    """Forget the table; what is chosen on its page does not count."""
    listing, sent = roll.listing, roll.listing.roster.sent
    form = ask_columns(listing.page, sent, listing) if sent else ask((), listing.office.context())
    if not (form.validate_all() or not form.problems):
        return show_listing(listing), 422
    left = replace(listing.roster, sent=None, way=_FILE)
    return _settle(roll, form, lambda: listing.save(roll.people, left), _FILE)


def _take_lines(roll: Roll) -> Answer:
    page = roll.listing.page
    form = ask((_lines_of(page),), roll.listing.office.context())
    if not form.validate_all():
        return _render(roll, form, LINES), 422
    # As it was typed: what a spreadsheet put between the cells is no longer in the answer.
    text = request.form.get(LINES, "")

    def act() -> None:
        _store(roll, [*roll.wrong, *read_lines(page, text)], roll.people, LINES)

    return _settle(roll, form, act, LINES)


def _lines_of(page: Page) -> Field:
    """Make the box for lines, out of the field that the list is kept under."""
    listed = FIELDS[page.required_collection.name]
    return replace(listed, name=LINES, label="一行写一个人", optional=False, missing=_TYPE)


def _correct_rows(roll: Roll) -> Answer:
    page, asked = roll.listing.page, mark_of_cells(roll.listing.page, roll.wrong)
    if request.args.get("rows", asked) != asked:
        # Sent twice: the rows are corrected, and others stand in their places.
        return redirect(roll.listing.address, 303)
    form = ask_cells(page, roll.wrong, roll.listing.office.context())
    if not form.validate_all():
        return _render(roll, form), 422
    rows = mended_rows(page, roll.wrong, form)
    return _settle(roll, form, lambda: _store(roll, rows, roll.people))


def _remove_repeats(roll: Roll) -> Answer:
    return _after_button(roll, lambda: _store(roll, roll.wrong, without_repeats(roll.people)))


def _remove_person(roll: Roll) -> Answer:
    left = without_the_one(roll.people)
    return _after_button(roll, lambda: _store(roll, roll.wrong, left))


def without_the_one(people: Sequence[ListedPerson]) -> Sequence[ListedPerson]:
    """Return the list without the person whose button was pressed.

    The page tells how many there were: a second tap on the same button takes out nobody else.
    """
    number = request.form.get("button", "")
    if request.form.get("count") != str(len(people)) or not number.isdecimal():
        return people
    return [one for place, one in enumerate(people, 1) if place != int(number)]


def _clear(roll: Roll) -> Answer:
    return _after_button(roll, lambda: _store(roll, ()))


def _after_button(roll: Roll, act: Callable[[], None]) -> Answer:
    form = ask((), roll.listing.office.context())
    if not form.validate_all():
        return _render(roll, form), 422
    return _settle(roll, form, act)


_ACTS: Mapping[str, Callable[[Roll], Answer]] = {
    _FILE: _take_table,
    "more": partial(_take_table, adds=True),
    "columns": _agree_to_columns,
    "discard": _discard_table,
    LINES: _take_lines,
    "mended": _correct_rows,
    "once": _remove_repeats,
    "out": _remove_person,
    "clear": _clear,
}


def _settle(roll: Roll, form: QuestionForm, act: Callable[[], None], way: str = "") -> Answer:
    listing = roll.listing
    return attempt_on_list(listing, form, act, listing.address, lambda: _render(roll, form, way))


def _first_shown(count: int) -> int:
    """Return the number of the first person on the page; those before stand on earlier pages."""
    asked = request.args.get("from", "")
    first = int(asked) if asked.isdecimal() and len(asked) < len(str(count)) + 1 else 1
    return first if 1 <= first <= count else 1


def _way_in_use(roll: Roll) -> str:
    """Say by which way the people came; none while there are rows to correct."""
    if roll.wrong:
        return ""
    return roll.listing.roster.way or ("" if roll.people else LINES)


def _render(roll: Roll, form: QuestionForm, way: str = "") -> str:
    listing, page, count = roll.listing, roll.listing.page, len(roll.people)
    context, first = listing.office.context(), _first_shown(count)
    people = roll.people[first - 1 : first - 1 + _SHOWN]
    return render_template(
        "roster.html",
        page=page,
        form=form,
        address=listing.address,
        people=[(number, listing.describe(one)) for number, one in enumerate(people, first)],
        first=first,
        last=first + len(people) - 1,
        shown=_SHOWN,
        count=count,
        total=sum_up(roll.people),
        wrong=len(roll.wrong),
        taken=listing.roster.taken,
        missing=0 if roll.wrong else miss_sender(listing.draft.answers),
        rows=rows_to_show(page, roll.wrong, form),
        asked=mark_of_cells(page, roll.wrong),
        columns=page.member_fields(),
        repeats=find_repeats(roll.people)[:_SHOWN],
        lines=form[LINES] if LINES in form else ask((_lines_of(page),), context)[LINES],
        way=way or _way_in_use(roll),
        **listing.frame,
    )


def _send(page: Page, people: Sequence[ListedPerson], ending: str) -> Response:
    body = make_workbook(page, people) if ending == "xlsx" else write_csv(page, people)
    return send_file(body, _TYPES[ending], f"{page.path}.{ending}")
