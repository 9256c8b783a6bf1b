"""The pages of every form, all made from the journey tables."""

import re
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.documents.checklist import has_checklist, make_checklist
from portal.domain.forms.answers import keep_asked, summarise
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, Journey, Page
from portal.domain.forms.plausibility import find_doubts
from portal.domain.forms.refused_answers import name_of_refused, refused_in
from portal.domain.shared.errors import NotFound
from portal.operations.forms import admission, submission
from portal.operations.forms.admission import Barrier
from portal.operations.office import Office
from portal.public.documents import upload
from portal.public.forms import draft_conflict, saved_drafts
from portal.public.forms.admission import barrier_before, key_brought, take_turn, wants_turn
from portal.public.forms.browser_session import token_of
from portal.public.forms.navigation import (
    answers_so_far,
    back_address,
    go_on,
    may_keep,
    may_visit,
    next_address,
    progress,
    put_aside,
    send_back,
    until_handed_in,
    wants_later,
)
from portal.public.forms.receipt import print_receipt, show_receipt
from portal.public.rosters import one_by_one, whole_list
from portal.public.site.public_notices import lists_on_show
from portal.web.edge import Answer, caller_network
from portal.web.forms import Questions, ask, is_trapped
from portal.web.guards import ANYBODY, guarded
from portal.web.keeping import keep
from portal.web.paper_forms import send_form
from site_src.centre import Centre

_CHECK = "check"
_CARD = re.compile(r"[a-z0-9-]{1,40}")


def blueprint(office: Office, site: Path, centre: Centre) -> Blueprint:
    """The routes of every journey; `site` tells which rights cards there are."""
    routes = Blueprint("filling", __name__)
    for journey in JOURNEYS.values():
        routes.register_blueprint(_journey(office, journey, site, centre))
    return routes


def _journey(office: Office, journey: Journey, site: Path, centre: Centre) -> Blueprint:
    routes = Blueprint(journey.address, __name__, url_prefix=f"/{journey.address}")

    @routes.route("", methods=["GET", "POST"])
    @guarded(ANYBODY)
    def start() -> Answer:
        """What to have ready; the button begins a new form."""
        form = ask((), office.context())
        if request.method != "POST":
            return _welcome(office, journey, site, form)
        if is_trapped():
            form.refuse_program()
            return _welcome(office, journey, site, form), 422
        return keep(form, lambda: _begin(office, journey, site),
                    lambda: _welcome(office, journey, site, form))  # fmt: skip

    _add_pages(routes, office, journey)
    _add_sheets(routes, office, journey, centre)
    saved_drafts.add_routes(routes, office, journey)
    draft_conflict.add_routes(routes, office, journey)
    if has_checklist(journey):
        _add_checklist(routes, journey)
    for listed in (page for page in journey.pages if page.loop):
        kind_of_list = whole_list if listed.at_once else one_by_one
        routes.register_blueprint(kind_of_list.blueprint(office, journey, listed))
    for sent in (page for page in journey.pages if page.photos):
        routes.register_blueprint(upload.blueprint(office, journey, sent))
    return routes


def _add_pages(routes: Blueprint, office: Office, journey: Journey) -> None:
    @routes.route("/<path>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def page(path: str) -> Answer:
        """One page of the form."""
        return _fill(office, journey, path)

    @routes.route("/check", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @until_handed_in(office, journey)
    def check() -> Answer:
        """All answers once more; the button hands the form in."""
        return _hand_in(office, journey)


def _add_sheets(routes: Blueprint, office: Office, journey: Journey, centre: Centre) -> None:
    @routes.get("/receipt")
    @guarded(ANYBODY)
    def receipt() -> Answer:
        """Number and code, shown again as long as the browser keeps the token."""
        return show_receipt(office, journey, centre)

    @routes.get("/receipt.pdf")
    @guarded(ANYBODY)
    def receipt_sheet() -> Answer:
        """The same as a sheet of paper."""
        return print_receipt(office, journey, centre)

    @routes.get("/paper.pdf")
    @guarded(ANYBODY)
    def paper() -> Answer:
        """The form on paper, to be filled in by hand."""
        return send_form(journey.kind, centre, office.choices)


def _add_checklist(routes: Blueprint, journey: Journey) -> None:
    @routes.get("/papers-needed")
    @guarded(ANYBODY)
    def papers_needed() -> Answer:
        """What to bring, told before anything is asked."""
        checklist = make_checklist(journey)
        return render_template("papers_needed.html", journey=journey, checklist=checklist)


def _is_card(site: Path, slug: str) -> str:
    """The slug, if it is that of a published rights card; empty otherwise."""
    known = _CARD.fullmatch(slug) and (site / "rights-cards" / slug / "index.html").is_file()
    return slug if known else ""


def _welcome(office: Office, journey: Journey, site: Path, form: Questions) -> str:
    token = token_of(journey.kind)
    done = bool(token and submission.find_receipt(office, token))
    begun = None if done else draft_conflict.held_here(office, journey)
    topic = request.args.get("topic", "")
    return render_template(
        "start.html", journey=journey, form=form, begun=begun, done=done,
        others=[one for one in JOURNEYS.values() if one is not journey],
        card=_is_card(site, request.args.get("card", "")),
        topic=topic if topic in _topics() else "",
        lists=lists_on_show(site) if _asks(journey, "listed_on") else {},
        listed=request.args.get("list", ""),
        has_checklist=has_checklist(journey),
    )  # fmt: skip


def _topics() -> set[str]:
    return {choice.code for choice in FIELDS["topic"].choices}


def _asks(journey: Journey, name: str) -> bool:
    return any(ask.field == name for page in journey.pages for ask in page.asks)


def _known_before(journey: Journey, site: Path) -> dict[str, object]:
    """What the link that led here has answered: the matter, or the public list."""
    topic, listed = request.form.get("topic", ""), request.form.get("list", "")
    if _asks(journey, "topic") and topic in _topics():
        return {"topic": topic}
    if _asks(journey, "listed_on") and listed in lists_on_show(site):
        return {"listed_on": listed}
    return {}


def _begin(office: Office, journey: Journey, site: Path) -> Answer:
    known, card = _known_before(journey, site), _is_card(site, request.form.get("card", ""))
    token = submission.begin_draft(office, known, card or None, caller_network())
    return draft_conflict.open_other(office, journey, token)


def _fill(office: Office, journey: Journey, path: str) -> Answer:
    page = next((page for page in journey.pages if page.path == path), None)
    if page is None:
        abort(404)
    given = answers_so_far(office, journey)
    # What was typed is taken even if the pages before it were lost with a cookie.
    if request.method == "GET" and not may_visit(journey, page, given):
        return redirect(next_address(journey, given), 303)
    if page.loop:
        if page.at_once:
            return whole_list.show_list(office, journey, page, given)
        return one_by_one.show_list(office, journey, page, given)
    if page.photos:
        return upload.show_list(office, journey, page, given)
    return _fill_questions(office, journey, page, given)


def _fill_questions(
    office: Office, journey: Journey, page: Page, given: Mapping[str, object]
) -> Answer:
    refused = refused_in(given, page.path)
    form = ask(page.fields(given), office.context(), given, refused=refused)

    def again() -> str:
        return show_page(journey, page, given, form)

    if request.method != "POST":
        return again()
    name = name_of_refused(page.path)
    if may_keep(form):
        return keep(form, lambda: go_on(office, journey, {**form.answers(), name: None}), again)
    kept = {**(form.answers() if wants_later() else {}), name: form.typed()}
    return send_back(office, journey, form, kept, request.path, again)


def show_page(journey: Journey, page: Page, given: Mapping[str, object], form: Questions) -> str:
    """A question page."""
    return render_template(
        "question_page.html", journey=journey, page=page, form=form,
        back=back_address(journey, page, given), **progress(journey, page.group),
    )  # fmt: skip


def _hand_in(office: Office, journey: Journey) -> Answer:
    token = token_of(journey.kind)
    given = answers_so_far(office, journey)
    if not token or journey.next_unanswered(given):
        return redirect(next_address(journey, given), 303)
    refused = refused_in(given, _CHECK)
    ticks = (FIELDS[name] for name in journey.last_word)
    form = ask(ticks, office.context(), refused=refused)
    door = admission.hand_in_door(office, token, caller_network())

    def again(turn: str = "") -> str:
        return _show_check(office, journey, given, form, barrier_before(office, door, turn))

    if request.method != "POST":
        return again()
    if wants_turn(office, door):
        return take_turn(office, door, form, again)
    if not may_keep(form):
        kept = {name_of_refused(_CHECK): form.typed()}
        return send_back(office, journey, form, kept, request.path, again)
    if wants_later():
        return keep(form, lambda: put_aside(office, journey, {}), again)
    return keep(form, lambda: _submit(office, journey, token, form), again)


def _submit(office: Office, journey: Journey, token: str, form: Questions) -> Answer:
    try:
        submission.submit_case(
            office, journey.kind, token, form.answers(), caller_network(), key_brought()
        )
    except submission.Incomplete as gap:
        return redirect(f"/{journey.address}/{gap.page.path}", 303)
    except NotFound:  # begun anew in another window
        return redirect(f"/{journey.address}", 303)
    return redirect(f"/{journey.address}/receipt", 303)


def _show_check(
    office: Office,
    journey: Journey,
    given: Mapping[str, object],
    form: Questions,
    barrier: Barrier | None,
) -> str:
    sections = summarise(journey, given, office.context())
    return render_template(
        "check.html", journey=journey, sections=sections, form=form,
        doubts=find_doubts(keep_asked(journey, given)),
        told_papers=upload.tell_sent_with_draft(office, journey, given),
        barrier=barrier,
        back=back_address(journey, None, given), **progress(journey, "核对"),
    )  # fmt: skip
