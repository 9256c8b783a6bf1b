"""Keying a form in at the counter: what is typed into the page for all of it, and the slip."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from portal.domain.counter.paper_layout import Block, lay_out_form
from portal.domain.forms.answers import type_back
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.store import cases
from portal.store.cases import StoredCase
from tests.support.browser import Browser, typed_in, words_of
from tests.support.centre import Centre, declarations
from tests.support.samples import ANSWERS
from tests.support.typed import typed_lines

LETTER = {"came_by": "letter", "came_on": "2026-11-20", "consent_by": "paper"}
Form = dict[str, Any]


def keyer_of(kind: CaseKind) -> str:
    """Who keys this kind of case in."""
    return "lawyer" if kind is CaseKind.CONSULTATION else "intake"


def handler_of(kind: CaseKind) -> str:
    """Who opens what came by letter: who keyed it in, unless he may not read it."""
    return "director" if kind is CaseKind.COMPLAINT else keyer_of(kind)


def typed_into(block: Block, given: Mapping[str, object]) -> Form:
    """What is typed into some questions that stand together; what was not answered stays empty."""
    if block.table:
        entries = given.get(block.table.collection_name or "")
        return {
            f"{name}-{row}": type_back(FIELDS[name], value)
            for row, entry in enumerate(entries if isinstance(entries, list) else [], 1)
            for name, value in entry.items()
        }
    if block.bulk:
        lists = ((one.field.name, given.get(one.field.name)) for one in block.questions)
        return {
            name: typed_lines(block.bulk, people if isinstance(people, list) else [])
            for name, people in lists
        }
    fields = (one.field for one in block.questions)
    return {field.name: type_back(field, given.get(field.name)) for field in fields}


def typed_answers(kind: CaseKind, given: Mapping[str, object]) -> Form:
    """What is typed into the page for these answers; what was not answered is sent empty."""
    typed: Form = {}
    for block in lay_out_form(JOURNEYS[kind]):
        typed |= typed_into(block, given)
    return typed


def typed_whole(kind: CaseKind, answers: Mapping[str, object] | None = None, rows: int = 6) -> Form:
    """All that is sent when a letter with these answers is keyed in, everything ticked."""
    given = {**(ANSWERS[kind] if answers is None else answers), **declarations(kind)}
    return {**LETTER, "count": str(rows)} | typed_answers(kind, given)


def open_page(centre: Centre, kind: CaseKind) -> tuple[Browser, str, str]:
    """A member of staff before the empty page, its address, and its once."""
    browser, address = centre.staff(keyer_of(kind)), f"/staff/new/{kind}"
    shown = browser.get(address)
    assert shown.status_code == 200
    return browser, address, typed_in(shown, "once")[0]


def key_in(centre: Centre, kind: CaseKind, **changed: Any) -> TestResponse:
    """Key a whole form in."""
    browser, address, once = open_page(centre, kind)
    return browser.post(address, {**typed_whole(kind), "once": once, **changed})


def stored_of(centre: Centre, shown: TestResponse) -> StoredCase:
    """The case that a slip is about."""
    assert shown.status_code == 200, words_of(shown)
    number = re.search(r"[A-Z]{2}26-\w{4}-\w{4}", words_of(shown))
    assert number
    stored = cases.find_case(centre.office.store, number[0])
    assert stored
    return stored
