"""The page on which an applicant takes his own data away, as PDF or as JSON."""

import json
from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request

from portal.domain.shared.errors import NotAccepted, NotFound
from portal.domain.subject_access.data_export import OwnData, as_document, as_words
from portal.operations.cases.status import CaseStatus
from portal.operations.office import Office
from portal.operations.subject_access.data_export import take_out
from portal.public.cases.status import CODE, with_case
from portal.public.forms.browser_session import ticket_now
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask
from portal.web.guards import TICKET, guarded
from portal.web.keeping import keep
from portal.web.typesetting import send_file, send_pdf
from site_src.centre import Centre

_JSON, _PDF = "json", "pdf"


def blueprint(office: Office, centre: Centre) -> Blueprint:
    """The page and its two buttons."""
    routes = Blueprint("own_data", __name__)

    @routes.route("/status/my-data", methods=["GET", "POST"])
    @guarded(TICKET, reshows=True)
    @with_case(office)
    def own_data(case: CaseStatus) -> Answer:
        """Everything of the case to take away; asks for the code once more."""
        form = ask((CODE,), office.context())

        def again() -> str:
            return render_template("own_data.html", status=case, form=form)

        if request.method == "GET":
            return again()
        if not form.validate_all():
            return again(), 422
        return keep(form, lambda: _give(office, centre, form, again), again)

    return routes


def _give(office: Office, centre: Centre, form: QuestionForm, again: Callable[[], str]) -> Answer:
    shape = _JSON if request.form.get("button") == _JSON else _PDF
    ticket = ticket_now(office.now())
    typed = str(form.answers()["code"])
    try:
        if ticket is None:
            raise NotFound("ticket")
        own = take_out(office, ticket, typed, shape)
    except NotFound:
        return redirect("/status", 303)
    except NotAccepted as problem:
        form.add_problem(str(problem))
        return again(), 422
    return _send(office, centre, own, shape)


def _send(office: Office, centre: Centre, own: OwnData, shape: str) -> Answer:
    name = f"my-data-{own.case.receipt}.{shape}"
    if shape == _PDF:
        return send_pdf("own_data", centre, as_words(own), name)
    document = as_document(own, office.context(), centre.name)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return send_file(text, "application/json; charset=utf-8", name)
