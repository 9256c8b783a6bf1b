"""A whole list of people on one page: sent as a table or typed as lines, and mended by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, redirect, render_template, request

from portal.domain.answers import describe_member
from portal.domain.errors import NotFound
from portal.domain.fields import FIELDS, Field, Kind
from portal.domain.journeys import Given, Journey, Page
from portal.domain.rosters import (
    LARGEST_LIST,
    MOST_PROBLEMS,
    Row,
    find_repeats,
    judge_rows,
    place_of,
    read_lines,
    read_rows,
    require_room,
    sum_up,
    tell_problems,
    without_repeats,
    write_csv,
)
from portal.operations import rosters
from portal.operations.office import Office
from portal.public.visit import token_of
from portal.public.walking import (
    answers_so_far,
    back_address,
    go_on,
    may_visit,
    next_address,
    progress,
    save,
    until_handed_in,
)
from portal.web.edge import Answer, caller_network
from portal.web.forms import Questions, ask
from portal.web.guards import ANYBODY, guarded
from portal.web.keeping import NOT_STORED, keep
from portal.web.sheets import make_workbook
from portal.web.typesetting import send_file
from portal.web.uploading import settle, take_file

People = Sequence[Mapping[str, object]]
LINES = "lines"
_SHOWN, _MENDED_AT_ONCE = 10, 8
_CHOOSE = "请先选一个表格文件，再点“上传名单”"
_TYPE = "请先写上名字，一行一个人，再点“加到名单里”"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The list as this browser has it: the people who are right, and the rows that are not yet."""

    office: Office
    journey: Journey
    page: Page
    given: Given
    people: People
    wrong: Sequence[Row]

    @property
    def address(self) -> str:
        """Where the page of the list is."""
        return f"/{self.journey.address}/{self.page.path}"


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """The routes of the files and the buttons; the list itself is an ordinary page."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.get("/<any(empty, filled):which>.<any(csv, xlsx):ending>")
    @guarded(ANYBODY)
    def table(which: str, ending: str) -> Answer:
        """The empty table to fill in, or the list as it is so far."""
        given = answers_so_far(office, journey) if which == "filled" else {}
        people = page.listed_in(given)
        return _send(page, people, ending)

    @routes.post("/<any(file, lines, mended, once, clear):act>")
    @guarded(ANYBODY, reshows=True, largest=LARGEST_LIST)
    @until_handed_in(office, journey)
    def change(act: str) -> Answer:
        """Take a table, lines or mended rows in, strike out repeats, or begin anew."""
        given = answers_so_far(office, journey)
        if not may_visit(journey, page, given):
            return redirect(next_address(journey, given), 303)
        return _ACTS[act](_read(office, journey, page, given))

    return routes


def show_list(office: Office, journey: Journey, page: Page, given: Given) -> Answer:
    """Who is on the list so far; the button says that it is whole, or that more comes later."""
    draft = _read(office, journey, page, given)
    if request.method == "GET":
        return _render(draft, _ask_again(draft))
    form = ask((), office.context())
    if not form.judge():
        return _render(draft, form), 422
    answers = {page.listed.name: list(draft.people)}
    return keep(form, lambda: go_on(office, journey, answers), lambda: _render(draft, form))


def _read(office: Office, journey: Journey, page: Page, given: Given) -> Draft:
    wrong = given.get(_wrong_name(page))
    kept = wrong if isinstance(wrong, list) else []
    rows = [Row(int(one["number"]), one["typed"]) for one in kept]
    judged = judge_rows(page, rows, office.context()).wrong
    return Draft(office, journey, page, given, page.listed_in(given), judged)


def _wrong_name(page: Page) -> str:
    """Where the rows are kept that are not right yet; no question, so they are never filed."""
    return f"{page.listed.name}_wrong"


def _store(draft: Draft, rows: Sequence[Row], kept: People = ()) -> None:
    """Judge rows and keep them all, right or wrong, behind those that are kept. NotAccepted."""
    roster = judge_rows(draft.page, rows, draft.office.context())
    people = [*kept, *roster.entries]
    wrong = [{"number": row.number, "typed": dict(row.typed)} for row in roster.wrong]
    require_room(draft.page, len(people) + len(wrong))
    answers = {draft.page.listed.name: people, _wrong_name(draft.page): wrong}
    save(draft.office, draft.journey, answers)


def _take_table(draft: Draft) -> Answer:
    form = ask((), draft.office.context())
    upload = take_file(form, _CHOOSE)
    if upload is None:
        return _render(draft, form), 422

    def act() -> None:
        token = token_of(draft.journey.kind) or ""
        grid = rosters.read_list(draft.office, token, upload, caller_network())
        _store(draft, read_rows(draft.page, grid))

    return _settle(draft, form, act)


def _take_lines(draft: Draft) -> Answer:
    form = ask((_lines_of(draft.page),), draft.office.context())
    if not form.judge():
        return _render(draft, form), 422
    # As it was typed: what a spreadsheet put between the cells is no longer in the answer.
    text = request.form.get(LINES, "")
    return _settle(draft, form, lambda: _add_lines(draft, text))


def _add_lines(draft: Draft, text: str) -> None:
    _store(draft, [*draft.wrong, *read_lines(draft.page, text)], draft.people)


def _lines_of(page: Page) -> Field:
    """The box for lines, out of the field that the list is kept under."""
    listed = FIELDS[page.listed.name]
    return replace(listed, name=LINES, label="一行写一个人", optional=False, missing=_TYPE)


def _numbers_asked(draft: Draft) -> str:
    return "-".join(str(row.number) for row in draft.wrong[:_MENDED_AT_ONCE])


def _mend(draft: Draft) -> Answer:
    asked = _numbers_asked(draft)
    if request.args.get("rows", asked) != asked:
        # Sent twice: the rows are mended, and others stand in their places.
        return redirect(draft.address, 303)
    form = _ask_cells(draft)
    if not form.judge():
        return _render(draft, form), 422
    typed = form.answers()
    rows = [
        replace(row, typed={
            one.name: str(typed.get(f"{one.name}-{place}", row.typed.get(one.name, "")) or "")
            for one in draft.page.member_fields()
        })
        for place, row in enumerate(draft.wrong)
    ]  # fmt: skip
    return _settle(draft, form, lambda: _store(draft, rows, draft.people))


def _strike_repeats(draft: Draft) -> Answer:
    return _after_button(draft, lambda: _store(draft, draft.wrong, without_repeats(draft.people)))


def _clear(draft: Draft) -> Answer:
    return _after_button(draft, lambda: _store(draft, ()))


def _after_button(draft: Draft, act: Callable[[], None]) -> Answer:
    form = ask((), draft.office.context())
    if not form.judge():
        return _render(draft, form), 422
    return _settle(draft, form, act)


_ACTS: Mapping[str, Callable[[Draft], Answer]] = {
    "file": _take_table,
    "lines": _take_lines,
    "mended": _mend,
    "once": _strike_repeats,
    "clear": _clear,
}


def _settle(draft: Draft, form: Questions, act: Callable[[], None]) -> Answer:
    try:
        return settle(form, act, draft.address, lambda: _render(draft, form), NOT_STORED)
    except NotFound:  # begun anew in another window
        return redirect(f"/{draft.journey.address}", 303)


def _ask_cells(draft: Draft, known: Mapping[str, str] | None = None) -> Questions:
    """A box for each cell of the first rows that are wrong; whatever is typed in it is taken."""
    cells = [
        (one, replace(one, name=f"{one.name}-{place}", label=place_of(row, one), kind=Kind.LINE,
                      hint="", optional=True))
        for place, row in enumerate(draft.wrong[:_MENDED_AT_ONCE])
        for one in draft.page.member_fields()
    ]  # fmt: skip
    form = ask((cell for _, cell in cells), draft.office.context(), known)
    for column, cell in cells:  # an empty row is struck out, but a name must be told
        asked = replace(cell, optional=column.optional)
        form[cell.name].question = asked  # type: ignore[attr-defined]
    return form


def _ask_again(draft: Draft) -> Questions:
    """The boxes of the rows that are wrong, each with what was typed and what is wrong with it."""
    at_once = draft.wrong[:_MENDED_AT_ONCE]
    known = {f"{name}-{place}": text for place, row in enumerate(at_once)
             for name, text in row.typed.items()}  # fmt: skip
    form = _ask_cells(draft, known)
    told = 0
    for place, row in enumerate(at_once):
        for name, words in row.problems.items():
            form.refuse(f"{name}-{place}", f"{place_of(row, FIELDS[name])}：{words}")
            told += 1
    for words in tell_problems(draft.wrong[_MENDED_AT_ONCE:], max(MOST_PROBLEMS - told, 1)):
        form.add_problem(words)
    return form


def _render(draft: Draft, form: Questions) -> str:
    context, page = draft.office.context(), draft.page
    return render_template(
        "roster.html", journey=draft.journey, page=page, form=form, address=draft.address,
        people=[describe_member(page, one, context) for one in draft.people[:_SHOWN]],
        count=len(draft.people), total=sum_up(draft.people), wrong=len(draft.wrong),
        rows=_numbers_asked(draft), columns=page.member_fields(),
        repeats=find_repeats(draft.people)[:_SHOWN],
        lines=form[LINES] if LINES in form else ask((_lines_of(page),), context)[LINES],
        back=back_address(draft.journey, page, draft.given),
        **progress(draft.journey, page.group),
    )  # fmt: skip


def _send(page: Page, people: People, ending: str) -> Response:
    body = make_workbook(page, people) if ending == "xlsx" else write_csv(page, people)
    return send_file(body, _TYPES[ending], f"{page.path}.{ending}")
