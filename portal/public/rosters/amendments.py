"""Changing a list of people of a case that was filed: the pages of the form, on its status page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.forms.answer_summary import name_entry
from portal.domain.forms.drafts import ListedPerson, RosterInProgress
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.rosters.roster import LARGEST_LIST, compare_lists, require_room_for_people
from portal.domain.rosters.sheets import SentSheet
from portal.operations.cases.status import CaseStatus, Ticket
from portal.operations.documents.intake import Upload
from portal.operations.office import Office
from portal.operations.rosters import amendments
from portal.operations.rosters.amendments import ListedPeople, OpenList
from portal.public.cases.status import with_case
from portal.public.forms.browser_session import ticket_now
from portal.public.rosters import whole_list
from portal.public.rosters.roster_view import Listing, attempt_on_list
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm, ask
from portal.web.guards import TICKET, guarded

_STATUS = "/status/case"
_TOLD = 10
"""So many of those who join, and of those who leave, are named above the button."""
View = Callable[[Listing, OpenList, Ticket], Answer]


def blueprint(office: Office) -> Blueprint:
    """Build the routes of the lists that stay open after filing."""
    routes = Blueprint("case_lists", __name__, url_prefix="/status/people/<path>")

    @routes.route("", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def people(case: CaseStatus, path: str) -> Answer:
        """Show who is on the list; the button hands in what was changed."""
        return _open(office, case, path, _show)

    @routes.post(
        "/<any(file, more, columns, discard, lines, mended, once, out, clear, back, undo):act>"
    )
    @guarded(TICKET, reshows=True, largest=LARGEST_LIST)
    @with_case(office)
    def change(case: CaseStatus, path: str, act: str) -> Answer:
        """Add or remove people, correct rows, or leave everything as it was."""
        return _open(office, case, path, partial(_change, act=act))

    @routes.route("/new", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def new(case: CaseStatus, path: str) -> Answer:
        """Add one more person."""
        return _open(office, case, path, lambda listing, *_: _add_person(listing))

    return routes


def _open(office: Office, status: CaseStatus, path: str, view: View) -> Answer:
    ticket = ticket_now(office.now())
    # What was typed when the case was still open is shown again, with the reason.
    over = request.method == "GET" and not amendments.may_type(office, status.case)
    if ticket is None or over:
        return render_template("list_over.html", words=amendments.LIST_CLOSED, back=_STATUS), 403
    opened = amendments.open_listed_people(office, ticket, path)
    return view(_listing_of_case(office, status, ticket, opened), opened, ticket)


def _listing_of_case(
    office: Office, status: CaseStatus, ticket: Ticket, opened: OpenList
) -> Listing:
    path = opened.page.path

    def write(people: Sequence[ListedPerson], roster: RosterInProgress) -> None:
        amendments.keep_typed(office, ticket, opened, people, roster)

    def read(upload: Upload) -> list[SentSheet]:
        return amendments.read_sent_table(office, ticket, path, upload, caller_network())

    listing = Listing(
        office=office,
        page=opened.page,
        address=f"/status/people/{path}",
        draft=opened.draft,
        save=write,
        read_table=read,
        lost=_STATUS,
        of_case=True,
        frame={
            "layout": "case_papers_base.html",
            "back": _STATUS,
            "opened": opened,
            "tables": f"/{JOURNEYS[status.case.kind].address}/{path}",
        },
    )
    named = {
        "joined": [listing.describe(one) for one in opened.joined[:_TOLD]],
        "left": [listing.describe(one) for one in opened.left[:_TOLD]],
    }
    return replace(listing, frame={**listing.frame, **named})


def _show(listing: Listing, _: OpenList, ticket: Ticket) -> Answer:
    if request.method == "GET":
        return _show_list(listing)
    form = ask((), listing.office.context())
    if not form.validate_all():
        return _show_list(listing, form), 422

    if listing.roster.sent:  # first it must be said what becomes of the table
        return redirect(listing.address, 303)

    def act() -> None:
        amendments.hand_in(listing.office, ticket, listing.page.path)

    return attempt_on_list(listing, form, act, _STATUS, lambda: _show_list(listing, form))


def _show_list(listing: Listing, form: QuestionForm | None = None) -> str:
    page = listing.page
    if page.bulk:
        return whole_list.show_listing(listing, form)
    return render_template(
        "household.html",
        page=page,
        form=form or ask((), listing.office.context()),
        members=list(map(listing.describe, listing.people)),
        collection=page.required_collection,
        address=listing.address,
        **listing.frame,
    )


def _change(listing: Listing, opened: OpenList, ticket: Ticket, act: str) -> Answer:
    acts = {
        "undo": lambda: _forget_changes(listing, ticket),
        "back": lambda: _put_back(listing, opened.left),
    }
    if listing.page.bulk and act not in acts:
        return whole_list.act_on_list(listing, act)
    acts["out"] = lambda: _remove_person(listing)
    if act not in acts:
        abort(404)
    form = ask((), listing.office.context())
    if not form.validate_all():
        return _show_list(listing, form), 422
    address = _STATUS if act == "undo" else listing.address
    return attempt_on_list(listing, form, acts[act], address, lambda: _show_list(listing, form))


def _forget_changes(listing: Listing, ticket: Ticket) -> None:
    amendments.forget_typed(listing.office, ticket, listing.page.path)


def _remove_person(listing: Listing) -> None:
    listing.save(whole_list.without_the_one(listing.people), listing.roster)


def _put_back(listing: Listing, left: ListedPeople) -> None:
    """Put a person back who was taken off, and is not handed in yet. NotAccepted if it is full."""
    staying = whole_list.without_the_one(left)
    _, back = compare_lists(left, staying)
    people = [*listing.people, *back]
    require_room_for_people(listing.page, len(people))
    listing.save(people, listing.roster)


def _add_person(listing: Listing) -> Answer:
    """Ask about one more person; then show the list again."""
    page, people = listing.page, listing.people
    form = ask((FIELDS[one.field] for one in page.asks), listing.office.context())

    def redisplay() -> str:
        return render_template(
            "member.html",
            page=page,
            form=form,
            first=True,
            more=False,
            called=name_entry(page, len(people) + 1),
            **{**listing.frame, "back": listing.address},
        )

    tapped_twice = request.method == "POST" and form.validate_all() and form.answers() in people
    if tapped_twice or page.bulk or len(people) >= page.required_collection.most:
        return redirect(listing.address, 303)
    if request.method == "GET":
        return redisplay()
    if not form.validate_all():
        return redisplay(), 422
    written = [*people, form.answers()]
    return attempt_on_list(
        listing, form, lambda: listing.save(written, listing.roster), listing.address, redisplay
    )
