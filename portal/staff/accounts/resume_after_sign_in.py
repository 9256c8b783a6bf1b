"""Carrying a form that was keyed in through the sign-in, if the session ran out meanwhile."""

import json
from dataclasses import dataclass

from flask import request

from portal.domain.accounts.actor import Actor
from portal.domain.counter.channels import kinds_to_key_in
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.text_cleaning import clean_text
from portal.web.forms import CARRIED
from portal.web.guards import TOKEN

_LEFT_BEHIND = frozenset({TOKEN, "button"})


@dataclass(frozen=True, slots=True)
class Carried:
    """A form of a kind of case as it was typed: name and text of each field."""

    kind: CaseKind
    fields: list[tuple[str, str]]


def carry_form() -> str:
    """Pack the form that is being posted, for one hidden field; empty if it is of another page."""
    kind = (request.view_args or {}).get("kind")
    if request.endpoint != "keying.key_in" or kind not in set(CaseKind):
        return ""
    fields = [
        (name, clean_text(text, multi_line=True))
        for name, text in request.form.items(multi=True)
        if name not in _LEFT_BEHIND and text
    ]
    return json.dumps({"kind": kind, "fields": fields}, ensure_ascii=False)


def read_carried(actor: Actor) -> Carried | None:
    """Read the form that came with the sign-in; None without one that the actor may key in."""
    try:
        content = json.loads(request.form.get(CARRIED, ""))
        kind, pairs = CaseKind(content["kind"]), content["fields"]
        fields = [(str(name), clean_text(str(text), multi_line=True)) for name, text in pairs]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Carried(kind, fields) if kind in kinds_to_key_in(actor) else None
