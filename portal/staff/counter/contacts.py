"""Noting a call, a visit or a letter without a form, in one page （接待登记）."""

import re
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.counter.channels import CHANNEL_LABELS, Channel
from portal.domain.counter.contacts import (
    LONGEST_REASON,
    QUESTIONS,
    Contact,
    contact_problems,
)
from portal.domain.figures.counting import month_of_day
from portal.domain.forms.answers import show_answer
from portal.domain.forms.fields import FIELDS, Field, Kind, Sensitivity
from portal.domain.shared.dates import add_months, local_date
from portal.domain.shared.errors import Changed
from portal.operations.counter import contacts
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import SEEN, QuestionForm, ask, is_once
from portal.web.guards import guarded

_VERSION, _MONTH = re.compile(r"[0-9]{1,6}"), re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_NOT_WHOLE = "这一页的内容不全。请重新打开这一页，再登记一次"
_OVERTAKEN = "这一条刚刚改过（也可能是您点了两次）。请重新打开再改"
_USUAL = {"contact_outcome": "answered", "migrant_worker": "unknown"}
_WHY = Field(
    "why", "为什么改？", Kind.LINE, Sensitivity.INTERNAL, "记下为什么改", frozenset(),
    hint="比如：选错了、登记了两回。", max_length=LONGEST_REASON,
    missing="请写一句为什么改，比如：选错了",
)  # fmt: skip
_NOTED_CHANNELS = (Channel.VISIT, Channel.CALL, Channel.LETTER)
_ONE_DAY = timedelta(days=1)


def blueprint(office: Office) -> Blueprint:
    """Build the routes of contacts."""
    routes = Blueprint("contacts", __name__, url_prefix="/contacts")

    @routes.route("", methods=["GET", "POST"])
    @guarded(Permission.RECORD_CONTACTS, reshows=True)
    def record() -> Answer:
        """Ask in one page, and list what was noted that day; the button keeps it."""
        if request.method == "POST":
            return _record(office)
        known = {**_USUAL, "came_on": office.today().isoformat()}
        return _show(office, ask(QUESTIONS, office.context(), known), office.new_token())

    @routes.route("/<number>", methods=["GET", "POST"])
    @guarded(Permission.RECORD_CONTACTS, reshows=True)
    def correct(number: str) -> Answer:
        """Show how something was noted; one button notes it anew, the other strikes it out."""
        contact = contacts.find_own_contact(office, actor(), number)
        if request.method == "POST":
            return _correct(office, contact)
        form = ask((*QUESTIONS, _WHY), office.context(), contact.answers)
        return _show_one(contact, form)

    @routes.get("/counts")
    @guarded(Permission.COUNT_CONTACTS)
    def counts() -> Answer:
        """Show how many there were in a month, by what they were about and how they came."""
        return _show_counts(office)

    return routes


def _record(office: Office) -> Answer:
    form, once = ask(QUESTIONS, office.context()), request.form.get("once", "")

    def show() -> str:
        return _show(office, form, once)

    def act() -> Answer:
        contact = contacts.record_contact(office, actor(), once, form.cleaned)
        if contact.awaits_form:
            return redirect(_address_of_form(contact), 303)
        return redirect(url_for(".record", done=contact.number), 303)

    fine = _judge(office, form)
    if not is_once(once):
        form.add_problem(_NOT_WHOLE)
        fine = False
    if not fine:
        return show(), 422
    return attempt(form, act, show, NOT_STORED_AT_WORK)


def _judge(office: Office, form: QuestionForm) -> bool:
    fine = form.validate_all()
    for name, words in contact_problems(form.cleaned, office.today()):
        form.add_error(name, words)
        fine = False
    return fine


def _correct(office: Office, contact: Contact) -> Answer:
    """Strike out what was noted; by the other button, note what the form says in its place."""
    strike = request.form.get("button") == "strike"
    counting = {_WHY.name} if strike else None
    form = ask((*QUESTIONS, _WHY), office.context(), counting=counting)

    def show() -> str:
        return _show_one(contact, form)

    def act() -> Answer:
        number, version, why = contact.number, int(seen), str(form.cleaned.pop(_WHY.name))
        try:
            if strike:
                contacts.strike_contact(office, actor(), number, version, why)
            else:
                contacts.correct_contact(office, actor(), number, version, form.cleaned, why)
        except Changed:
            raise Changed(_OVERTAKEN) from None
        return redirect(url_for(".record", on=_day_of(contact), done=number), 303)

    fine, seen = _judge(office, form), request.form.get(SEEN, "")
    if not _VERSION.fullmatch(seen):
        form.add_problem(_NOT_WHOLE)
        fine = False
    if not fine:
        return show(), 422
    return attempt(form, act, show, NOT_STORED_AT_WORK)


def _address_of_form(contact: Contact) -> str:
    return url_for("keying.key_in", kind=contact.kind, contact=contact.number)


def _day_of(contact: Contact) -> date:
    return local_date(contact.recorded_at)


def _show(office: Office, form: QuestionForm, once: str) -> str:
    day = _read_day(office)
    noted = contacts.list_noted(office, actor(), day)
    return render_template(
        "contacts.html",
        form=form,
        questions=QUESTIONS,
        once=once,
        noted=noted,
        day=day,
        day_before=day - _ONE_DAY,
        today=office.today(),
        say=partial(_say, office),
        open_cases=contacts.find_open_cases(office, actor(), noted),
        address_of_form=_address_of_form,
        done=next((one for one in noted if one.number == request.args.get("done")), None),
    )


def _show_one(contact: Contact, form: QuestionForm) -> str:
    return render_template(
        "contact.html", contact=contact, form=form, questions=(*QUESTIONS, _WHY), seen=SEEN
    )


def _read_day(office: Office) -> date:
    with suppress(ValueError):
        return min(date.fromisoformat(request.args.get("on", "")), office.today())
    return office.today()


def _say(office: Office, contact: Contact, name: str) -> str:
    """Say an answer in words; nothing where none was given."""
    value = contact.answers.get(name)
    return show_answer(FIELDS[name], value, office.context()) if value else ""


def _show_counts(office: Office) -> str:
    typed, today = request.args.get("month", ""), office.today()
    month = date.fromisoformat(f"{typed}-01") if _MONTH.fullmatch(typed) else today.replace(day=1)
    counted = contacts.count_contacts(office, actor(), month)
    topics = [
        one for one in FIELDS["contact_topic"].choices if any(t == one.code for _, t in counted)
    ]
    return render_template(
        "contact_counts.html",
        month=month,
        before=month_of_day(add_months(month, -1)),
        after=month_of_day(add_months(month, 1)) if month < today.replace(day=1) else "",
        counted=counted,
        topics=topics,
        channels={code: CHANNEL_LABELS[code] for code in _NOTED_CHANNELS},
    )
