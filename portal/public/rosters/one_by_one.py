"""A list of people, such as the household: entered one by one, then the list is closed."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.forms.answer_summary import describe_member, name_entry
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import Ask, Journey, KnownAnswers, Page, is_whole
from portal.domain.forms.refused_answers import TypedPage, add_answers, name_of_refused, refused_in
from portal.operations.office import Office
from portal.public.forms.navigation import (
    answers_so_far,
    back_address,
    go_on,
    may_keep,
    may_visit,
    next_address,
    progress,
    save,
    save_and_put_aside,
    send_back,
    until_handed_in,
    wants_later,
)
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, guarded
from portal.web.keeping import keep

Members = list[Mapping[str, object]]
_SENT = "sent"
"""In the address of a page that was sent before it was filled in: it says what is missing."""


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """Build the routes of one member; the list itself is an ordinary page of the journey."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.route("/<int:number>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def member(number: int) -> Answer:
        """Ask about a member: a new one if the number is one more than there are."""
        return _fill_member(office, journey, page, number)

    @routes.route("/<int:number>/more", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def more(number: int) -> Answer:
        """Ask what else there is to say about a member."""
        return _fill_more(office, journey, page, number)

    @routes.post("/<int:number>/remove")
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def remove(number: int) -> Answer:
        """Take a member off the list."""
        form, answers = ask((), office.context()), answers_so_far(office, journey)
        members, list_address = page.entries_in(answers), f"/{journey.address}/{page.path}"
        if not form.validate_all():
            return _render_list(office, journey, page, form, answers), 422
        if request.form.get("count") != str(len(members)):  # a second tap on the same button
            return redirect(list_address, 303)
        if not 1 <= number <= len(members):
            abort(404)
        left = members[: number - 1] + members[number:]
        changed = {page.required_collection.name: left}
        return keep(form, lambda: _save(office, journey, changed, list_address),
                    lambda: _render_list(office, journey, page, form, answers))  # fmt: skip

    return routes


def show_entries(office: Office, journey: Journey, page: Page, answers: KnownAnswers) -> Answer:
    """Show who is on the list so far; the button says that this is everybody."""
    form = ask((), office.context())

    def redisplay() -> str:
        return _render_list(office, journey, page, form, answers)

    members = page.entries_in(answers)
    unfinished = [number for number, one in enumerate(members, 1) if not is_whole(page, one)]
    if request.method != "POST":
        if unfinished and _SENT in request.args:
            called = name_entry(page, unfinished[0])
            form.add_problem(f"{called}还没写完。请点“修改”写完，或者删掉")
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    if unfinished and not wants_later():
        return redirect(f"{request.path}?{_SENT}=1", 303)
    return keep(
        form, lambda: go_on(office, journey, {page.required_collection.name: members}), redisplay
    )


def _render_list(
    office: Office, journey: Journey, page: Page, form: QuestionForm, answers: KnownAnswers
) -> str:
    context = office.context()
    shown = [describe_member(page, one, context) for one in page.entries_in(answers)]
    return render_template(
        "household.html", journey=journey, page=page, form=form, members=shown,
        collection=page.required_collection, back=back_address(journey, page, answers),
        layout="form_base.html",
        address=f"/{journey.address}/{page.path}",
        **progress(journey, page.group),
    )  # fmt: skip


def _fill_member(office: Office, journey: Journey, page: Page, number: int) -> Answer:
    answers = answers_so_far(office, journey)
    if request.method == "GET" and not may_visit(journey, page, answers):
        return redirect(next_address(journey, answers), 303)
    members = page.entries_in(answers)
    if request.method == "POST":
        number = min(number, len(members) + 1)  # one before it was removed in another window
    if not 1 <= number <= min(len(members) + 1, page.required_collection.most):
        abort(404)
    return _fill_page(office, journey, page, number, page.asks, members)


def _fill_more(office: Office, journey: Journey, page: Page, number: int) -> Answer:
    members = page.entries_in(answers_so_far(office, journey))
    if not page.more or not 1 <= number <= len(members):  # removed in another window
        return redirect(f"/{journey.address}/{page.path}", 303)
    return _fill_page(office, journey, page, number, page.more, members)


def _fill_page(
    office: Office,
    journey: Journey,
    page: Page,
    number: int,
    asks: tuple[Ask, ...],
    members: Members,
) -> Answer:
    """Ask a page about a member; after the first comes the second, if any, then the list."""
    known = members[number - 1] if number <= len(members) else {}
    list_address, first = f"/{journey.address}/{page.path}", asks == page.asks
    here = f"{list_address}/{number}" if first else f"{list_address}/{number}/more"
    part = "first" if first else "more"
    form = _ask_member(office, asks, known, part)

    def redisplay() -> str:
        return render_template(
            "member.html", journey=journey, page=page, form=form, first=first,
            called=name_entry(page, number), more=first and page.more,
            back=list_address if first else f"{list_address}/{number}", layout="form_base.html",
            **progress(journey, page.group),
        )  # fmt: skip

    if request.method != "POST":
        return redisplay()
    right = may_keep(form)
    refused = None if right else form.typed()
    entry = add_answers(known, {**form.answers(), name_of_refused(part): refused})
    written = [entry] if known or form.is_begun() else []
    changed = {page.required_collection.name: [*members[: number - 1], *written, *members[number:]]}
    if not right:
        address = here if written else f"{here}?{_SENT}=1"
        return send_back(office, journey, form, changed if written else {}, address, redisplay)
    if wants_later():
        return keep(
            form, lambda: save_and_put_aside(office, journey, changed if written else {}), redisplay
        )
    onward = f"{here}/more" if first and page.more else list_address
    return keep(form, lambda: _save(office, journey, changed, onward), redisplay)


def _ask_member(
    office: Office, asks: tuple[Ask, ...], known: Mapping[str, object], path: str
) -> QuestionForm:
    """Make the questions about a member; nothing was kept of a new one who was sent empty."""
    empty: TypedPage | None = {} if _SENT in request.args and not known else None
    refused = refused_in(known, path) or empty
    return ask((FIELDS[one.field] for one in asks), office.context(), known, refused=refused)


def _save(office: Office, journey: Journey, changed: KnownAnswers, onward: str) -> Answer:
    save(office, journey, changed)
    return redirect(onward, 303)
