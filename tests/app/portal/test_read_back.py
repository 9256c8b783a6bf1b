"""Every answer of every form can be read back: on the check page, in print, as data, by staff."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from portal.domain.accounts.permissions import Role
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.answer_summary import describe_member, name_entry
from portal.domain.forms.answers import Context, is_said, show_answer
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.subject_access.data_export import as_words
from portal.operations.cases import status
from portal.operations.cases.status import Ticket
from portal.operations.subject_access.data_export import export_own_data
from portal.store import cases
from tests.support import own_data
from tests.support.answering import Answers, filled_forms
from tests.support.browser import Browser, parsed, words_of
from tests.support.centre import Centre, Filed, declarations
from tests.support.keying import open_page, stored_of, typed_whole
from tests.support.printed import text_of_all
from tests.support.samples import ANSWERS, STAFF
from tests.support.searching import examples
from tests.support.walking import numbers_on, walk, went_on

Lines = list[tuple[str, str]]
NASTY = "#let *x* _y_ $z$ @w \\ {a} [b] <c> & \"d\" 'e' `f` ~ // /* */ == - + 100%"
"""What a typesetter, a page or a database might take for a command."""

each_kind = pytest.mark.parametrize("kind", JOURNEYS, ids=str)
some = examples(
    3,
    phases=(Phase.explicit, Phase.generate),  # a smaller example would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def lines_of(
    journey: Journey, answers: Answers, context: Context, roles: frozenset[Role] | None = None
) -> Lines:
    """Question and answer as they must be shown, to the worker or to staff with these roles."""
    lines = []
    for page in journey.open_pages(answers):
        asked = [FIELDS[page.collection_name]] if page.collection_name else page.fields(answers)
        for field in (one for one in asked if roles is None or one.seen_by & roles):
            if not is_said(field, answers):
                continue
            value = answers[field.name]
            if not page.collection_name:
                lines.append((field.label, show_answer(field, value, context)))
            elif isinstance(value, list) and value:
                lines += [(name_entry(page, number), describe_member(page, one, context))
                          for number, one in enumerate(value, 1)]  # fmt: skip
            else:
                lines.append((page.title, page.collection.none if page.collection else ""))
    return lines


def lines_on(response: TestResponse) -> Lines:
    """Question, without its number, and answer as a page shows them."""
    assert response.status_code == 200, words_of(response)
    found = []
    for block in parsed(response.text).iter("dl"):
        if block.get("class") == "answers":
            texts = ["".join(one.itertext()) for one in block.iter() if one.tag in {"dt", "dd"}]
            labels = [re.sub(r"^\d+[a-z]?、", "", label) for label in texts[::2]]
            found += list(zip(labels, texts[1::2], strict=True))
    return found


def hand_in(browser: Browser, journey: Journey) -> Filed:
    """Send the form that this browser has filled in."""
    ticks = dict.fromkeys(journey.declarations, "yes")
    address = f"/{journey.address}"
    assert went_on(browser.post(f"{address}/check", ticks)) == f"{address}/receipt"
    number, code = numbers_on(browser.get(f"{address}/receipt"))
    return Filed(number, code.replace(" ", ""), journey.kind)


def stored_answers(centre: Centre, number: str) -> Answers:
    """What the store holds."""
    stored = cases.find_case(centre.office.store, number)
    assert stored
    return dict(stored.open_answers())


def values_in(document: Any) -> Answers:
    """The answers of the JSON file, by their names."""
    return {
        one["name"]: [values_in({"answers": entry}) for entry in one["entries"]]
        if "entries" in one
        else one["value"]
        for one in document["answers"]
    }


def reader_of(kind: CaseKind) -> str:
    """Whoever of the staff may see most of such a case."""
    return max(STAFF, key=lambda login: len(STAFF[login] & WORKFLOWS[kind].readers))


def revealed(centre: Centre, receipt: Filed) -> Lines:
    """The case file with its mask lifted."""
    browser, address = centre.staff(reader_of(receipt.kind)), f"/staff/cases/{receipt.number}"
    browser.get(address)
    return lines_on(browser.post(f"{address}/reveal", {"reason": "identity"}))


def without_photos(lines: Lines) -> Lines:
    """All but the line of the photos: there one reads what came, not what the worker said."""
    return [(label, shown) for label, shown in lines if label != FIELDS["papers"].label]


def printed(centre: Centre, receipt: Filed) -> Lines:
    """What goes to the typesetter when the worker takes his data away on paper."""
    ticket = status.look_up(centre.office, receipt.number, receipt.code, "test")
    assert isinstance(ticket, Ticket)
    words = as_words(export_own_data(centre.office, ticket, receipt.code, "pdf"))
    return [(label, shown) for section in words["sections"] for label, shown in section["lines"]]


def require_read_back(centre: Centre, kind: CaseKind, answers: Answers) -> None:
    """Fill in a form with these answers, and read them wherever they are shown."""
    centre.reset()
    journey, context = JOURNEYS[kind], centre.office.context()
    browser, expected = centre.browser(), lines_of(journey, answers, context)
    walk(browser, journey, answers)
    shown = lines_on(browser.get(f"/{journey.address}/check"))
    assert without_photos(shown) == without_photos(expected)
    receipt = hand_in(browser, journey)
    assert stored_answers(centre, receipt.number) == answers | declarations(kind)
    document = own_data.document_of(centre.follower(receipt), receipt)
    assert values_in(document) == answers | declarations(kind)
    assert printed(centre, receipt) == expected
    roles = STAFF[reader_of(kind)]
    told, asked = revealed(centre, receipt), lines_of(journey, answers, context, roles)
    # Staff read it in the order of the decision, who it is last.
    assert sorted(without_photos(told)) == sorted(without_photos(asked))


def require_keyed_in(centre: Centre, kind: CaseKind, answers: Answers) -> None:
    """Key in a form with these answers; the case must hold them."""
    centre.reset()
    browser, address, once = open_page(centre, kind)
    slip = browser.post(address, {**typed_whole(kind, answers), "once": once})
    assert stored_of(centre, slip).open_answers() == answers | declarations(kind)


@each_kind
@some
@given(data=st.data())
def test_whatever_is_filled_in_becomes_a_case_and_is_read_back_everywhere(
    centre: Centre, kind: CaseKind, data: st.DataObject
) -> None:
    require_read_back(
        centre, kind, data.draw(filled_forms(JOURNEYS[kind], centre.office.context()))
    )


def test_a_list_without_anybody_is_read_back_as_such(centre: Centre) -> None:
    answers = {**ANSWERS[CaseKind.CONSULTATION], "coworkers": [], "representatives": []}
    require_read_back(centre, CaseKind.CONSULTATION, answers)
    require_keyed_in(centre, CaseKind.CONSULTATION, answers)


@each_kind
@some
@given(data=st.data())
def test_the_same_answers_keyed_in_are_the_same_case(
    centre: Centre, kind: CaseKind, data: st.DataObject
) -> None:
    require_keyed_in(centre, kind, data.draw(filled_forms(JOURNEYS[kind], centre.office.context())))


@each_kind
def test_the_pdf_shows_every_answer_of_every_kind(centre: Centre, kind: CaseKind) -> None:
    journey, office = JOURNEYS[kind], centre.office
    written = {
        name for name in ANSWERS[kind]
        if FIELDS[name].kind in {Kind.LINE, Kind.PARAGRAPH}
        and FIELDS[name].max_length >= len(NASTY) and isinstance(ANSWERS[kind][name], str)
    }  # fmt: skip
    answers = ANSWERS[kind] | dict.fromkeys(written, NASTY)
    receipt = centre.case(kind, **answers)
    browser = centre.follower(receipt)
    sent = own_data.take_out(browser, receipt.code, "pdf")
    assert sent.mimetype == "application/pdf"
    words = text_of_all(sent.data)
    kept = {name: answers[name] for name in stored_answers(centre, receipt.number)
            if name in answers}  # fmt: skip
    for label, shown in lines_of(journey, kept, office.context()):
        assert "".join(label.split()) in words
        assert "".join(shown.split()) in words, label
