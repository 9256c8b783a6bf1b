"""The page of the log: what it is asked for stands in its address, to be kept and sent on."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from portal.domain.accounts.permissions import Permission
from portal.domain.audit.acts import ACT_GROUPS, find_acts, label_act
from portal.domain.audit.log_query import LogQuery
from portal.domain.cases.receipt_numbers import parse_receipt
from portal.domain.shared.text_cleaning import clean_text
from portal.operations import audit
from portal.operations.accounts.staff_accounts import list_accounts
from portal.operations.audit import LogPage
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor
from portal.staff.cases.audit_labels import put_in_words
from portal.web.edge import Answer
from portal.web.guards import guarded

_NUMBER = re.compile(r"[0-9]{1,15}")
_FIRST_YEAR, _LAST_YEAR = 2000, 2200
_ASKED = ("who", "act", "target", "first", "last")


@dataclass(frozen=True, slots=True)
class AskedOfLog:
    """What the address asks of the log, as it was typed, and what is wrong with it."""

    typed: Mapping[str, str]
    chosen: LogQuery
    problem: str


def blueprint(office: Office) -> Blueprint:
    """Build the route of the log."""
    routes = Blueprint("audit_log", __name__)

    @routes.get("/audit")
    @guarded(Permission.READ_AUDIT)
    def log() -> Answer:
        """List who did or read what, the newest first."""
        return _show_log(office)

    return routes


def _show_log(office: Office) -> Answer:
    asked = _read_address()
    number, newer = _read_number("before"), False
    if number is None and (number := _read_number("after")) is not None:
        newer = True
    empty = LogPage((), 0, newer=False, older=False)
    page = (
        empty
        if asked.problem
        else audit.read_log(office, actor(), asked.chosen, number, newer=newer)
    )
    names = {one.login: one.name for one in list_accounts(office)}
    towns = {town.code: town.label for town in office.choices["town"]}
    lines = [
        (one, put_in_words(one.actor, one.action, one.object, one.note, names, towns))
        for one in page.entries
    ]
    shown = render_template(
        "audit.html",
        asked=asked,
        page=page,
        lines=lines,
        people=names,
        groups=ACT_GROUPS.values(),
        acts={
            group.code: sorted((label_act(act), act) for act in group.acts)
            for group in ACT_GROUPS.values()
        },
    )
    return (shown, 422) if asked.problem else shown


def _read_address() -> AskedOfLog:
    typed = {name: clean_text(request.args.get(name, "")) for name in _ASKED}
    typed = {name: word for name, word in typed.items() if word}
    acts = find_acts(typed.get("act", ""))
    first, last = _read_day(typed.get("first", "")), _read_day(typed.get("last", ""))
    wanted = typed.get("target", "")
    chosen = LogQuery(actor=typed.get("who", ""), acts=acts, target=parse_receipt(wanted) or wanted)
    return AskedOfLog(
        typed, audit.narrow_to_days(chosen, first, last), _find_problem(typed, first, last)
    )


def _find_problem(typed: Mapping[str, Any], first: date | None, last: date | None) -> str:
    if "act" in typed and not find_acts(typed["act"]):
        return "没有这一种操作，请从“做了什么”里选一个"
    for name, day in (("first", first), ("last", last)):
        if name in typed and day is None:
            return "请选一天，比如 2026-11-24"
    if first and last and first > last:
        return "“从哪天”比“到哪天”晚，请换一换"
    return ""


def _read_day(typed: str) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(typed)
        return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
    return None


def _read_number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if _NUMBER.fullmatch(typed) else None
