"""A list of people, such as the household: written down one by one, then the list is closed."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.answers import describe_member, name_entry
from portal.domain.fields import FIELDS
from portal.domain.journeys import Ask, Given, Journey, Page, is_whole
from portal.operations.office import Office
from portal.public.walking import (
    answers_so_far,
    back_address,
    go_on,
    may_keep,
    may_visit,
    next_address,
    progress,
    put_aside,
    save,
    until_handed_in,
    wants_later,
)
from portal.web.edge import Answer
from portal.web.forms import Questions, ask
from portal.web.guards import ANYBODY, guarded
from portal.web.keeping import keep

Members = list[Mapping[str, object]]


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """The routes of one member; the list itself is an ordinary page of the journey."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.route("/<int:number>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def member(number: int) -> Answer:
        """Write a member down: a new one if the number is one more than there are."""
        return _fill_member(office, journey, page, number)

    @routes.route("/<int:number>/more", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def more(number: int) -> Answer:
        """What else there is to say about a member."""
        return _fill_more(office, journey, page, number)

    @routes.post("/<int:number>/remove")
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def remove(number: int) -> Answer:
        """Strike a member off the list."""
        form, given = ask((), office.context()), answers_so_far(office, journey)
        members = page.listed_in(given)
        if not form.judge():
            return _render_list(office, journey, page, form, given), 422
        if request.form.get("count") != str(len(members)):  # a second tap on the same button
            return _render_list(office, journey, page, form, given)
        if not 1 <= number <= len(members):
            abort(404)
        left = members[: number - 1] + members[number:]
        return keep(form, lambda: _save(office, journey, page, left),
                    lambda: _render_list(office, journey, page, form, given))  # fmt: skip

    return routes


def show_list(office: Office, journey: Journey, page: Page, given: Given) -> Answer:
    """Who is written down so far; the button says that this is everybody."""
    form = ask((), office.context())

    def again() -> str:
        return _render_list(office, journey, page, form, given)

    if request.method == "GET":
        return again()
    if not form.judge():
        return again(), 422
    members = page.listed_in(given)
    unfinished = [number for number, one in enumerate(members, 1) if not is_whole(page, one)]
    if unfinished and not wants_later():
        form.add_problem(f"{name_entry(page, unfinished[0])}还没写完。请点“修改”写完，或者删掉")
        return again(), 422
    return keep(form, lambda: go_on(office, journey, {page.listed.name: members}), again)


def _render_list(
    office: Office, journey: Journey, page: Page, form: Questions, given: Given
) -> str:
    context = office.context()
    shown = [describe_member(page, one, context) for one in page.listed_in(given)]
    return render_template(
        "household.html", journey=journey, page=page, form=form, members=shown,
        entries=page.listed, back=back_address(journey, page, given), layout="form_base.html",
        address=f"/{journey.address}/{page.path}",
        **progress(journey, page.group),
    )  # fmt: skip


def _fill_member(office: Office, journey: Journey, page: Page, number: int) -> Answer:
    given = answers_so_far(office, journey)
    if request.method == "GET" and not may_visit(journey, page, given):
        return redirect(next_address(journey, given), 303)
    members = page.listed_in(given)
    if request.method == "POST":
        number = min(number, len(members) + 1)  # one before it was struck off in another window
    if not 1 <= number <= min(len(members) + 1, page.listed.most):
        abort(404)
    return _write_down(office, journey, page, number, page.asks, members)


def _fill_more(office: Office, journey: Journey, page: Page, number: int) -> Answer:
    members = page.listed_in(answers_so_far(office, journey))
    if not page.more or not 1 <= number <= len(members):  # struck off in another window
        return redirect(f"/{journey.address}/{page.path}", 303)
    return _write_down(office, journey, page, number, page.more, members)


def _write_down(
    office: Office,
    journey: Journey,
    page: Page,
    number: int,
    asks: tuple[Ask, ...],
    members: Members,
) -> Answer:
    """A page of a member; after the first comes the second, if there is one, then the list."""
    known = members[number - 1] if number <= len(members) else {}
    form = ask((FIELDS[one.field] for one in asks), office.context(), known)
    listed = f"/{journey.address}/{page.path}"
    first = asks == page.asks

    def again() -> str:
        return render_template(
            "member.html", journey=journey, page=page, form=form, first=first,
            called=name_entry(page, number), more=first and page.more,
            back=listed if first else f"{listed}/{number}", layout="form_base.html",
            **progress(journey, page.group),
        )  # fmt: skip

    if request.method == "GET":
        return again()
    if not may_keep(form):
        return again(), 422
    written = [{**known, **form.answers()}] if known or form.answers() else []
    changed = [*members[: number - 1], *written, *members[number:]]
    if wants_later():
        return keep(form, lambda: put_aside(office, journey, {page.listed.name: changed}), again)
    onward = f"{listed}/{number}/more" if first and page.more else listed
    return keep(form, lambda: _save(office, journey, page, changed, onward), again)


def _save(
    office: Office, journey: Journey, page: Page, members: Members, onward: str = ""
) -> Answer:
    save(office, journey, {page.listed.name: members})
    return redirect(onward or f"/{journey.address}/{page.path}", 303)
