"""The pages of every form, all made from the journey tables."""

import re
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.answers import summarise
from portal.domain.doubts import find_doubts
from portal.domain.errors import NotFound
from portal.domain.fields import FIELDS
from portal.domain.journeys import JOURNEYS, Journey, Page
from portal.operations import filing
from portal.operations.office import Office
from portal.public import household, papers
from portal.public.receipts import print_receipt, show_receipt
from portal.public.visit import remember_token, token_of
from portal.public.walking import (
    answers_so_far,
    back_address,
    handed_in,
    may_visit,
    next_address,
    progress,
    save,
    show_kept,
)
from portal.web.edge import Answer, caller_network
from portal.web.forms import Questions, ask
from portal.web.guards import ANYBODY, guarded
from portal.web.keeping import keep
from portal.web.paper import send_form
from site_src.centre import Centre

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
        if request.method == "POST":
            return _begin(office, journey, _is_card(site, request.form.get("card", "")))
        return _welcome(office, journey, _is_card(site, request.args.get("card", "")))

    @routes.route("/<path>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def page(path: str) -> Answer:
        """One page of the form."""
        return _fill(office, journey, path)

    @routes.route("/check", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def check() -> Answer:
        """All answers once more; the button hands the form in."""
        return _hand_in(office, journey)

    _add_sheets(routes, office, journey, centre)
    for looped in (page for page in journey.pages if page.loop):
        routes.register_blueprint(household.blueprint(office, journey, looped))
    for sent in (page for page in journey.pages if page.photos):
        routes.register_blueprint(papers.blueprint(office, journey, sent))
    return routes


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


def _is_card(site: Path, slug: str) -> str:
    """The slug, if it is that of a published rights card; empty otherwise."""
    known = _CARD.fullmatch(slug) and (site / "rights-cards" / slug / "index.html").is_file()
    return slug if known else ""


def _welcome(office: Office, journey: Journey, card: str) -> Answer:
    token = token_of(journey.kind)
    done = bool(token and filing.find_receipt(office, token))
    begun = bool(token and not done and filing.read_draft(office, token))
    topic = request.args.get("topic", "")
    return render_template(
        "start.html", journey=journey, begun=begun, done=done,
        others=[one for one in JOURNEYS.values() if one is not journey],
        card=card,
        topic=topic if topic in _topics() else "",
    )  # fmt: skip


def _topics() -> set[str]:
    return {choice.code for choice in FIELDS["topic"].choices}


def _begin(office: Office, journey: Journey, card: str) -> Answer:
    topic = request.form.get("topic", "")
    asked = "topic" in {ask.field for page in journey.pages for ask in page.asks}
    known: dict[str, object] = {"topic": topic} if asked and topic in _topics() else {}
    address = caller_network()
    old = token_of(journey.kind)
    remember_token(journey.kind, filing.begin_draft(office, known, card or None, address))
    if old is not None:
        filing.drop_draft(office, old)
    return redirect(f"/{journey.address}/{journey.pages[0].path}", 303)


def _fill(office: Office, journey: Journey, path: str) -> Answer:
    page = next((page for page in journey.pages if page.path == path), None)
    if page is None:
        abort(404)
    if handed_in(office, journey):
        return redirect(f"/{journey.address}/receipt", 303)
    given = answers_so_far(office, journey)
    # What was typed is taken even if the pages before it were lost with a cookie.
    if request.method == "GET" and not may_visit(journey, page, given):
        return redirect(next_address(journey, given), 303)
    if page.loop:
        return household.show_list(office, journey, page)
    if page.photos:
        return papers.show_list(office, journey, page, given)
    form = ask(page.fields(given), office.context(), given)
    if request.method == "GET":
        return show_page(journey, page, given, form)
    later = request.form.get("button") == "later"
    if not form.judge() and not (later and form.only_gaps()):
        return show_page(journey, page, given, form), 422
    return keep(form, lambda: _keep_and_go_on(office, journey, form, later=later),
                lambda: show_page(journey, page, given, form))  # fmt: skip


def _keep_and_go_on(office: Office, journey: Journey, form: Questions, *, later: bool) -> Answer:
    given = save(office, journey, form.answers())
    if later:
        return show_kept(office, journey)
    return redirect(next_address(journey, given), 303)


def show_page(journey: Journey, page: Page, given: Mapping[str, object], form: Questions) -> str:
    """A question page."""
    return render_template(
        "question_page.html", journey=journey, page=page, form=form,
        back=back_address(journey, page, given), **progress(journey, page.group, given),
    )  # fmt: skip


def _hand_in(office: Office, journey: Journey) -> Answer:
    token = token_of(journey.kind)
    if handed_in(office, journey):
        return redirect(f"/{journey.address}/receipt", 303)
    given = answers_so_far(office, journey)
    if not token or journey.next_unanswered(given):
        return redirect(next_address(journey, given), 303)
    form = ask((FIELDS[name] for name in journey.last_word), office.context())
    if request.method == "GET":
        return _show_check(office, journey, given, form)
    if not form.judge():
        return _show_check(office, journey, given, form), 422

    def submit() -> Answer:
        address = caller_network()
        try:
            filing.submit_case(office, journey.kind, token, form.answers(), address)
        except filing.Incomplete as gap:
            return redirect(f"/{journey.address}/{gap.page.path}", 303)
        except NotFound:  # begun anew in another window
            return redirect(f"/{journey.address}", 303)
        return redirect(f"/{journey.address}/receipt", 303)

    return keep(form, submit, lambda: _show_check(office, journey, given, form))


def _show_check(
    office: Office, journey: Journey, given: Mapping[str, object], form: Questions
) -> str:
    sections = summarise(journey, given, office.context())
    return render_template(
        "check.html", journey=journey, sections=sections, form=form, doubts=find_doubts(given),
        back=back_address(journey, None, given), **progress(journey, "核对", given),
    )  # fmt: skip
