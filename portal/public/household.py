"""The household page: members are written down one at a time, then the list is closed."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.answers import describe_member
from portal.domain.fields import FIELDS
from portal.domain.journeys import Journey, Page
from portal.operations.filing import MOST_MEMBERS
from portal.operations.office import Office
from portal.public.walking import (
    answers_so_far,
    back_address,
    handed_in,
    keep,
    may_visit,
    next_address,
    progress,
    save,
    show_kept,
)
from portal.web.edge import Answer
from portal.web.forms import Questions, ask
from portal.web.guards import ANYBODY, guarded

Members = list[Mapping[str, object]]


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """The routes of one member; the list itself is an ordinary page of the journey."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.route("/<int:number>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def member(number: int) -> Answer:
        """Write a member down: a new one if the number is one more than there are."""
        return _fill_member(office, journey, page, number)

    @routes.post("/<int:number>/remove")
    @guarded(ANYBODY, reshows=True)
    def remove(number: int) -> Answer:
        """Strike a member off the list."""
        if handed_in(office, journey):
            return redirect(f"/{journey.address}/receipt", 303)
        form, members = ask((), office.context()), _members(page, answers_so_far(office, journey))
        if not form.judge():
            return _render_list(office, journey, page, form), 422
        if request.form.get("count") != str(len(members)):
            return _render_list(office, journey, page, form)  # a second tap on the same button
        if not 1 <= number <= len(members):
            abort(404)
        left = members[: number - 1] + members[number:]
        return keep(form, lambda: _save(office, journey, page, left),
                    lambda: _render_list(office, journey, page, form))  # fmt: skip

    return routes


def show_list(office: Office, journey: Journey, page: Page) -> Answer:
    """Who is written down so far; the button says that this is everybody."""
    form = ask((), office.context())
    if request.method == "GET":
        return _render_list(office, journey, page, form)
    if not form.judge():
        return _render_list(office, journey, page, form), 422

    def close() -> Answer:
        members = _members(page, answers_so_far(office, journey))
        given = save(office, journey, {_loop(page): members})
        if request.form.get("button") == "later":
            return show_kept(office, journey)
        return redirect(next_address(journey, given), 303)

    return keep(form, close, lambda: _render_list(office, journey, page, form))


def _loop(page: Page) -> str:
    if page.loop is None:
        raise ValueError(f"{page.path} is not filled once for each member")
    return page.loop


def _members(page: Page, given: Mapping[str, object]) -> Members:
    members = given.get(_loop(page))
    return list(members) if isinstance(members, list) else []


def _render_list(office: Office, journey: Journey, page: Page, form: Questions) -> str:
    given = answers_so_far(office, journey)
    context = office.context()
    shown = [describe_member(page, one, context) for one in _members(page, given)]
    return render_template(
        "household.html", journey=journey, page=page, form=form, members=shown,
        room=len(shown) < MOST_MEMBERS, back=back_address(journey, page, given),
        **progress(journey, page.group, given),
    )  # fmt: skip


def _fill_member(office: Office, journey: Journey, page: Page, number: int) -> Answer:
    given = answers_so_far(office, journey)
    if handed_in(office, journey):
        return redirect(f"/{journey.address}/receipt", 303)
    if request.method == "GET" and not may_visit(journey, page, given):
        return redirect(next_address(journey, given), 303)
    members = _members(page, given)
    if request.method == "POST":
        number = min(number, len(members) + 1)  # one before it was struck off in another window
    if not 1 <= number <= min(len(members) + 1, MOST_MEMBERS):
        abort(404)
    known = members[number - 1] if number <= len(members) else None
    form = ask((FIELDS[one.field] for one in page.asks), office.context(), known)

    def again() -> str:
        return render_template(
            "member.html", journey=journey, page=page, form=form, number=number,
            back=f"/{journey.address}/{page.path}", **progress(journey, page.group, given),
        )  # fmt: skip

    if request.method == "GET":
        return again()
    if not form.judge():
        return again(), 422
    changed = [*members[: number - 1], form.answers(), *members[number:]]
    return keep(form, lambda: _save(office, journey, page, changed), again)


def _save(office: Office, journey: Journey, page: Page, members: Members) -> Answer:
    save(office, journey, {_loop(page): members})
    return redirect(f"/{journey.address}/{page.path}", 303)
