"""The page on which an applicant takes his own data away, as PDF or as JSON."""

import json

from flask import Blueprint, redirect, render_template, request

from portal.domain.shared.errors import NotFound
from portal.domain.subject_access.data_export import OwnData, as_document, as_words
from portal.operations.cases.status import CaseStatus
from portal.operations.office import Office
from portal.operations.subject_access.data_export import export_own_data
from portal.public.cases.status import CODE, with_case
from portal.public.forms.browser_session import ticket_now
from portal.web.attempts import attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import TICKET, guarded
from portal.web.typesetting import send_file, send_pdf
from site_src.centre import Centre

_JSON, _PDF = "json", "pdf"


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """Build the page and its two buttons."""
    routes = Blueprint("own_data", __name__)

    @routes.route("/status/my-data", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def own_data(case: CaseStatus) -> Answer:
        """Give everything of the case to take away; ask for the code once more."""
        form = ask((CODE,), office.context())

        def redisplay() -> str:
            return render_template("own_data.html", status=case, form=form)

        if request.method == "GET":
            return redisplay()
        if not form.validate_all():
            return redisplay(), 422
        return attempt(form, lambda: _export(office, centre, form), redisplay)

    return routes


def _export(office: Office, centre: Centre, form: QuestionForm) -> Answer:
    file_format = _JSON if request.form.get("button") == _JSON else _PDF
    ticket = ticket_now(office.now())
    typed = str(form.answers()["code"])
    try:
        if ticket is None:
            raise NotFound("ticket")
        own = export_own_data(office, ticket, typed, file_format)
    except NotFound:
        return redirect("/status", 303)
    return _send(office, centre, own, file_format)


def _send(office: Office, centre: Centre, own: OwnData, file_format: str) -> Answer:
    name = f"my-data-{own.case.receipt}.{file_format}"
    if file_format == _PDF:
        return send_pdf("own_data", centre, as_words(own), name)
    document = as_document(own, office.context(), centre.name)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return send_file(text, "application/json; charset=utf-8", name)
