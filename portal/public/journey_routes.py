"""The pages of every form, all made from the journey tables."""

import re
from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request

from portal.domain.documents.checklist import has_checklist, make_checklist
from portal.domain.documents.document_types import PAPERS, name_papers
from portal.domain.documents.paper_states import show_what_came
from portal.domain.forms.answer_summary import review
from portal.domain.forms.drafts import Draft, PageAddress
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, Journey, Page
from portal.domain.forms.plausibility import find_doubts, tell_readings
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.errors import NotFound
from portal.operations.forms import admission, submission
from portal.operations.forms.admission import Challenge
from portal.operations.office import Office
from portal.public.documents import upload
from portal.public.forms import draft_conflict, locked_forms, saved_drafts
from portal.public.forms.admission import (
    challenge_before,
    sent_solution,
    take_queue_ticket,
    wants_queue_ticket,
)
from portal.public.forms.browser_session import (
    close_form,
    forget_token,
    token_of,
    was_receipt_shown,
)
from portal.public.forms.navigation import (
    CHECK,
    frame_of,
    go_on,
    may_keep,
    next_address,
    on_own_form,
    open_form,
    save_and_put_aside,
    send_back,
    wants_later,
)
from portal.public.forms.page_identity import find_conflict, mark_answers
from portal.public.forms.receipt import open_photos, print_receipt, show_receipt
from portal.public.rosters import one_by_one, whole_list
from portal.public.site.public_notices import lists_on_show
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import QuestionForm, ask, is_trapped
from portal.web.guards import ANYBODY, guarded
from portal.web.paper_forms import send_form
from site_src.centre import Centre

_CARD = re.compile(r"[a-z0-9-]{1,40}")


def blueprint(office: Office, site: Path, centre: Centre) -> Blueprint:
    """Build the routes of every journey; `site` tells which rights cards there are."""
    routes = Blueprint("filling", __name__)
    for journey in JOURNEYS.values():
        routes.register_blueprint(_journey_blueprint(office, journey, site, centre))
    return routes


def _journey_blueprint(office: Office, journey: Journey, site: Path, centre: Centre) -> Blueprint:
    routes = Blueprint(journey.address, __name__, url_prefix=f"/{journey.address}")

    @routes.route("", methods=["GET", "POST"])
    @guarded(ANYBODY)
    def start() -> Answer:
        """Show what to have ready; the button begins a new form."""
        form = ask((), office.context())
        if request.method != "POST":
            return _show_start(office, journey, site, form)
        if is_trapped():
            form.refuse_program()
            return _show_start(office, journey, site, form), 422
        return attempt(
            form,
            lambda: _begin(office, journey, site),
            lambda: _show_start(office, journey, site, form),
        )

    _add_pages(routes, office, journey)
    _add_sheets(routes, office, journey, centre)
    saved_drafts.add_saved_draft_routes(routes, office, journey)
    draft_conflict.add_conflict_routes(routes, office, journey)
    locked_forms.add_lock_routes(routes, office, journey)
    if journey.kind in PAPERS:
        _add_photos(routes, office, journey)
    if has_checklist(journey):
        _add_checklist(routes, journey)
    pages = [page for edition in journey.editions for page in edition.pages]
    for listed in (page for page in pages if page.collection_name):
        kind_of_list = whole_list if listed.bulk else one_by_one
        routes.register_blueprint(kind_of_list.blueprint(office, journey, listed))
    for sent in (page for page in pages if page.photos):
        routes.register_blueprint(upload.blueprint(office, journey, sent))
    return routes


def _add_pages(routes: Blueprint, office: Office, journey: Journey) -> None:
    asked = {page.path for edition in journey.editions for page in edition.pages}

    @on_own_form(office, journey)
    def fill(path: str) -> Answer:
        return _fill(office, journey, path)

    @routes.route("/<path>", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def page(path: str) -> Answer:
        """Ask one page of the form."""
        return fill(path=path) if path in asked else abort(404)

    @routes.route("/check", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    @on_own_form(office, journey)
    def check() -> Answer:
        """Show all answers once more; the button hands the form in."""
        return _hand_in(office, journey)


def _add_sheets(routes: Blueprint, office: Office, journey: Journey, centre: Centre) -> None:
    @routes.get("/receipt")
    @guarded(ANYBODY)
    def receipt() -> Answer:
        """Show number and code when they are new."""
        return show_receipt(office, journey, centre)

    @routes.get("/receipt.pdf")
    @guarded(ANYBODY)
    def receipt_sheet() -> Answer:
        """Send the same as a sheet of paper."""
        return print_receipt(office, journey, centre)

    @routes.get("/paper.pdf")
    @guarded(ANYBODY)
    def paper() -> Answer:
        """Send the form on paper, to be filled in by hand."""
        return send_form(journey.kind, centre, office.choices)


def _add_photos(routes: Blueprint, office: Office, journey: Journey) -> None:
    @routes.post("/receipt/photos")
    @guarded(ANYBODY)
    def photos() -> Answer:
        """Go on from the receipt to the photos of the case."""
        return open_photos(office, journey)


def _add_checklist(routes: Blueprint, journey: Journey) -> None:
    @routes.get("/papers-needed")
    @guarded(ANYBODY)
    def papers_needed() -> Answer:
        """List what to bring, told before anything is asked."""
        checklist = make_checklist(journey)
        return render_template("papers_needed.html", journey=journey, checklist=checklist)


def _card_or_blank(site: Path, slug: str) -> str:
    """Return the slug, if it is that of a published rights card; empty otherwise."""
    known = _CARD.fullmatch(slug) and (site / "rights-cards" / slug / "index.html").is_file()
    return slug if known else ""


def _show_start(office: Office, journey: Journey, site: Path, form: QuestionForm) -> str:
    done = _leave_form(office, journey)
    locked_at = locked_forms.last_filled_in(office, journey)
    begun = None if done or locked_at else draft_conflict.held_here(office, journey)
    topic = request.args.get("topic", "")
    lists = lists_on_show(site) if _asks_for(journey, "listed_on") else {}
    listed = request.args.get("list", "")
    return render_template(
        "start.html",
        journey=journey,
        promise=journey.promise.format_map(office.rules.words()),
        form=form,
        begun=begun,
        done=done,
        locked_at=locked_at,
        others=[one for one in JOURNEYS.values() if one is not journey],
        card=_card_or_blank(site, request.args.get("card", "")),
        topic=topic if topic in _topics() else "",
        lists=lists,
        listed=listed if listed in lists else "",
        has_checklist=has_checklist(journey),
    )


def _leave_form(office: Office, journey: Journey) -> bool:
    """Lock what lies here, for whoever comes to the start may be somebody else; forget what was
    handed in. Returns whether it was, and its receipt has not come to this browser yet."""
    close_form(journey.kind)
    token = token_of(journey.kind)
    if token is None or submission.find_receipt(office, token) is None:
        return False
    if was_receipt_shown(journey.kind):
        forget_token(journey.kind)
        return False
    return True


def _topics() -> set[str]:
    return {choice.code for choice in FIELDS["topic"].choices}


def _asks_for(journey: Journey, name: str) -> bool:
    return any(ask.field == name for page in journey.pages for ask in page.asks)


def _known_before(journey: Journey, site: Path) -> dict[str, object]:
    """Return what the link that led here has answered: the matter, or the public list."""
    topic, listed = request.form.get("topic", ""), request.form.get("list", "")
    if _asks_for(journey, "topic") and topic in _topics():
        return {"topic": topic}
    if _asks_for(journey, "listed_on") and listed in lists_on_show(site):
        return {"listed_on": listed}
    return {}


def _begin(office: Office, journey: Journey, site: Path) -> Answer:
    known, card = _known_before(journey, site), _card_or_blank(site, request.form.get("card", ""))
    token = submission.begin_draft(office, known, card or None, caller_network())
    return draft_conflict.open_other(office, journey, token)


def _fill(office: Office, journey: Journey, path: str) -> Answer:
    progress = open_form(office, journey)
    page = next((page for page in progress.journey.pages if page.path == path), None)
    if page is None:
        abort(404)
    # What was typed is taken even if the pages before it were lost with a cookie.
    if request.method == "GET" and not progress.may_visit(page):
        return redirect(next_address(progress), 303)
    if page.collection_name:
        if page.bulk:
            return whole_list.show_roster(office, progress, page)
        return one_by_one.show_entries(office, progress, page)
    if page.photos:
        return upload.show_documents(office, progress, page)
    return _fill_questions(office, progress, page)


def _fill_questions(office: Office, progress: JourneyProgress, page: Page) -> Answer:
    draft = progress.draft
    fields, refused = page.fields(draft.answers), draft.refused.get(PageAddress(page.path))
    form = ask(fields, office.context(), draft.answers, refused=refused)

    def redisplay() -> str:
        seen, frame = mark_answers(progress, page), frame_of(progress, page)
        return render_template("question_page.html", page=page, form=form, seen=seen, **frame)

    if request.method != "POST":
        return redisplay()
    keeps = may_keep(form)
    if conflict := find_conflict(progress, page, form):
        form.add_problem(conflict)
        return redisplay(), 409
    return _save_questions(office, progress.journey, page, form, redisplay, keeps=keeps)


def _save_questions(
    office: Office,
    journey: Journey,
    page: Page,
    form: QuestionForm,
    redisplay: Callable[[], str],
    *,
    keeps: bool,
) -> Answer:
    here, typed = PageAddress(page.path), form.typed()

    def accept(now: Draft) -> Draft:
        answered = now.accept(here).with_answers(form.answers())
        return answered.with_own_words(form.own_words())

    if keeps:
        return attempt(form, lambda: go_on(office, journey, accept), redisplay)
    right = form.answers() if wants_later() else {}
    return send_back(
        office,
        journey,
        form,
        lambda now: now.refuse(here, typed).with_answers(right),
        request.path,
        redisplay,
    )


def _hand_in(office: Office, journey: Journey) -> Answer:
    token, progress, here = token_of(journey.kind), open_form(office, journey), PageAddress(CHECK)
    if not token or progress.next_page:
        return redirect(next_address(progress), 303)
    ticks = (FIELDS[name] for name in progress.journey.declarations)
    form = ask(ticks, office.context(), refused=progress.draft.refused.get(here))
    checkpoint = admission.submission_checkpoint(office, token, caller_network())

    def redisplay(queue_ticket: str = "") -> str:
        challenge = challenge_before(office, checkpoint, queue_ticket)
        return _show_check(office, progress, form, challenge)

    if request.method != "POST":
        return redisplay()
    if wants_queue_ticket(office, checkpoint):
        return take_queue_ticket(office, checkpoint, form, redisplay)
    if not may_keep(form):
        typed = form.typed()
        return send_back(
            office, journey, form, lambda now: now.refuse(here, typed), request.path, redisplay
        )
    if wants_later():
        return attempt(
            form, lambda: save_and_put_aside(office, journey, lambda now: now), redisplay
        )
    return attempt(form, lambda: _submit(office, journey, token, form), redisplay)


def _submit(office: Office, journey: Journey, token: str, form: QuestionForm) -> Answer:
    try:
        submission.submit_case(
            office, journey.kind, token, form.answers(), caller_network(), sent_solution()
        )
    except submission.Incomplete as gap:
        return redirect(f"/{journey.address}/{gap.page.path}", 303)
    except NotFound:  # begun anew in another window
        return redirect(f"/{journey.address}", 303)
    return redirect(f"/{journey.address}/receipt", 303)


def _show_check(
    office: Office, progress: JourneyProgress, form: QuestionForm, challenge: Challenge | None
) -> str:
    papers = upload.papers_sent(office, progress)
    context = name_papers(office.context(), progress.journey.kind)
    return render_template(
        "check.html",
        sections=[show_what_came(one, papers) for one in review(progress, context)],
        form=form,
        doubts=[
            *tell_readings(progress, office.context()),
            *find_doubts(progress.asked_answers),
        ],
        challenge=challenge,
        **frame_of(progress, None),
    )
