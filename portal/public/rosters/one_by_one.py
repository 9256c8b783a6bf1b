"""A list of people, such as the household: entered one by one, then the list is closed."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.forms.answer_summary import describe_member, name_entry
from portal.domain.forms.drafts import Draft, PageAddress
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import Journey, Page
from portal.domain.forms.progress import JourneyProgress, look_at_page
from portal.operations.forms.submission import DraftChange
from portal.operations.office import Office
from portal.public.forms.navigation import (
    frame_of,
    go_on,
    may_keep,
    next_address,
    on_own_form,
    open_form,
    save,
    save_and_put_aside,
    send_back,
    wants_later,
)
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import ANYBODY, guarded

_SENT = "sent"
"""In the address of a page that was sent before it was filled in: it says what is missing."""


def blueprint(office: Office, journey: Journey, page: Page) -> Blueprint:
    """Build the routes of one member; the list itself is an ordinary page of the journey."""
    routes = Blueprint(page.path, __name__, url_prefix=f"/{page.path}")

    @routes.route("/<int:number>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @on_own_form(office, journey)
    def member(number: int) -> Answer:
        """Ask about a member: a new one if the number is one more than there are."""
        return _fill_member(office, open_form(office, journey), page, number)

    @routes.route("/<int:number>/more", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @on_own_form(office, journey)
    def more(number: int) -> Answer:
        """Ask what else there is to say about a member."""
        return _fill_more(office, open_form(office, journey), page, number)

    @routes.post("/<int:number>/remove")
    @guarded(ANYBODY, reshows=True)
    @on_own_form(office, journey)
    def remove(number: int) -> Answer:
        """Take a member off the list."""
        return _remove_member(office, open_form(office, journey), page, number)

    return routes


def show_entries(office: Office, progress: JourneyProgress, page: Page) -> Answer:
    """Show who is on the list so far; the button says that this is everybody."""
    form, unfinished = ask((), office.context()), look_at_page(page, progress.draft).unfinished

    def redisplay() -> str:
        return _render_list(office, progress, page, form)

    if request.method != "POST":
        if unfinished and _SENT in request.args:
            called = name_entry(page, unfinished[0])
            form.add_problem(f"{called}还没写完。请点“修改”写完，或者删掉")
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    if unfinished and not wants_later():
        return redirect(f"{request.path}?{_SENT}=1", 303)
    return attempt(
        form, lambda: go_on(office, progress.journey, lambda now: now.close_list(page)), redisplay
    )


def _render_list(office: Office, progress: JourneyProgress, page: Page, form: QuestionForm) -> str:
    context, unfinished = office.context(), look_at_page(page, progress.draft).unfinished
    shown = [
        describe_member(page, one, context, refused=number in unfinished)
        for number, one in enumerate(page.entries_in(progress.answers), 1)
    ]
    return render_template(
        "household.html",
        page=page,
        form=form,
        members=shown,
        collection=page.required_collection,
        address=_address_of(progress, PageAddress(page.path)),
        **frame_of(progress, page),
    )


def _address_of(progress: JourneyProgress, place: PageAddress) -> str:
    return f"/{progress.journey.address}/{place}"


def _remove_member(office: Office, progress: JourneyProgress, page: Page, number: int) -> Answer:
    form, members = ask((), office.context()), page.entries_in(progress.answers)
    to_list = redirect(_address_of(progress, PageAddress(page.path)), 303)

    def redisplay() -> str:
        return _render_list(office, progress, page, form)

    def remove(now: Draft) -> Draft:
        # Two taps at the same moment take only one off.
        unchanged = len(page.entries_in(now.answers)) == len(members)
        return now.remove_entry(page, number) if unchanged else now

    def act() -> Answer:
        save(office, progress.journey, remove)
        return to_list

    if not form.validate_all():
        return redisplay(), 422
    if request.form.get("count") != str(len(members)):  # a second tap on the same button
        return to_list
    if not 1 <= number <= len(members):
        abort(404)
    return attempt(form, act, redisplay)


def _fill_member(office: Office, progress: JourneyProgress, page: Page, number: int) -> Answer:
    if request.method == "GET" and not progress.may_visit(page):
        return redirect(next_address(progress), 303)
    members = page.entries_in(progress.answers)
    if request.method == "POST":
        number = min(number, len(members) + 1)  # one before it was removed in another window
    if not 1 <= number <= min(len(members) + 1, page.required_collection.most):
        abort(404)
    return _fill_page(office, progress, page, PageAddress(page.path, number))


def _fill_more(office: Office, progress: JourneyProgress, page: Page, number: int) -> Answer:
    members = page.entries_in(progress.answers)
    if not page.more or not 1 <= number <= len(members):  # removed in another window
        return redirect(_address_of(progress, PageAddress(page.path)), 303)
    return _fill_page(office, progress, page, PageAddress(page.path, number, more=True))


def _fill_page(office: Office, progress: JourneyProgress, page: Page, place: PageAddress) -> Answer:
    """Ask a page about a member; after the first comes the second, if any, then the list."""
    members, here = page.entries_in(progress.answers), _address_of(progress, place)
    known = members[place.entry - 1] if place.entry <= len(members) else {}
    form = _ask_member(office, progress.draft, page, place, known)
    before = PageAddress(page.path, place.entry) if place.more else PageAddress(page.path)

    def redisplay() -> str:
        return render_template(
            "member.html",
            page=page,
            form=form,
            first=not place.more,
            called=name_entry(page, place.entry),
            more=page.more and not place.more,
            **{**frame_of(progress, page), "back": _address_of(progress, before)},
        )

    if request.method != "POST":
        return redisplay()
    right, typed_any = may_keep(form), bool(known) or form.is_begun()
    change = _change_member(form, page, place, right=right) if typed_any else _change_nothing
    if not right:
        address = here if typed_any else f"{here}?{_SENT}=1"
        return send_back(office, progress.journey, form, change, address, redisplay)

    def act() -> Answer:
        if wants_later():
            return save_and_put_aside(office, progress.journey, change)
        save(office, progress.journey, change)
        to_list = _address_of(progress, PageAddress(page.path))
        return redirect(f"{here}/more" if page.more and not place.more else to_list, 303)

    return attempt(form, act, redisplay)


def _change_member(
    form: QuestionForm, page: Page, place: PageAddress, *, right: bool
) -> DraftChange:
    """Write down what was typed about a member: as answers, and as it is where it is not right."""
    answers, typed = form.answers(), form.typed()

    def change(now: Draft) -> Draft:
        written = now.write_entry(page, place.entry, answers)
        return written.accept(place) if right else written.refuse(place, typed)

    return change


def _change_nothing(now: Draft) -> Draft:
    return now


def _ask_member(
    office: Office, draft: Draft, page: Page, place: PageAddress, known: Mapping[str, object]
) -> QuestionForm:
    """Make the questions about a member; nothing was kept of a new one who was sent empty."""
    refused = draft.refused.get(place)
    if refused is None and _SENT in request.args and not known:
        refused = {}
    fields = (FIELDS[one.field] for one in (page.more if place.more else page.asks))
    return ask(fields, office.context(), known, refused=refused)
