"""Every field of every page, filled in wrongly through HTTP: all that was typed comes back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

import pytest

from portal.domain.forms.fields import FIELDS, Field, Kind
from portal.domain.forms.journeys import JOURNEYS, Journey, Page
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.forms import submission
from tests.support.browser import Browser, Typed, is_refused, typed_in, words_of
from tests.support.centre import Centre
from tests.support.samples import ANSWERS, MEMBER, NO_ID_NUMBER, NO_MOBILE, OTHER_PHONE
from tests.support.typed import CONTROLS, FULL_WIDTH, RIGHT, wrong
from tests.support.walking import typed_for, typed_for_member, went_on

LONG = 1000
PICKED = {Kind.ONE_OF, Kind.SOME_OF, Kind.CONSENT, Kind.TICK}
PAGES = [
    (journey, page)
    for journey in JOURNEYS.values() for page in journey.pages if not page.bulk
]  # fmt: skip
TYPED_INTO = [
    (journey, page) for journey, page in PAGES
    if any(FIELDS[ask.field].kind not in PICKED for ask in page.asks)
]  # fmt: skip


def each_of(pages: Sequence[tuple[Journey, Page]]) -> pytest.MarkDecorator:
    """A test for each of these pages."""
    names = [f"{journey.address}/{page.path}" for journey, page in pages]
    return pytest.mark.parametrize(("journey", "page"), pages, ids=names)


_PASSPORT = {**NO_ID_NUMBER, "id_paper": "passport", "id_paper_number": "E12345678"}
OFF_THE_USUAL_WAY: dict[str, dict[str, object]] = {
    "injury": {"topic": "work_injury", "injured_on": "2026-05-01", "injury_reported": "no"},
    "dismissal": {"topic": "dismissal", "dismissed_on": "2026-05-01"},
    "jobless": {
        "work_state": "unemployed",
        "jobless_since": "2026-05-01",
        "jobless_registered": "no",
    },
    "id-paper": _PASSPORT,
    "id-paper-number": _PASSPORT,
    "reach": {**NO_MOBILE, "reach": "self"},
    "landline": {**NO_MOBILE, "reach": "landline", "landline": "0571-88880000"},
    "other-phone": {**NO_MOBILE, **OTHER_PHONE},
    "find-at": {**NO_MOBILE, "reach": "place", "find_at": "松坪镇示范村村委会"},
    "health-consent": {
        "members": [{**MEMBER, "member_situation": "ill"}],
        "consent_health": True,
    },
}
"""What the sample answers do not lead to."""


def drop_refused(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without what was typed and refused, of the entries of a list too."""
    return {
        name: [drop_refused(one) if isinstance(one, Mapping) else one for one in value]
        if isinstance(value, list) else value
        for name, value in answers.items() if not name.endswith("refused")
    }  # fmt: skip


class Filled:
    """A draft with every answer, open at one page; for the household, at its first member."""

    def __init__(self, centre: Centre, journey: Journey, page: Page) -> None:
        self.centre = centre
        self.answers = dict(ANSWERS[journey.kind])
        self.answers |= OFF_THE_USUAL_WAY.get(page.path, {})
        self.browser, self.token = centre.draft(journey.kind, self.answers)
        self.address = f"/{journey.address}/{page.path}" + ("/1" if page.collection_name else "")
        self.fields = page.fields(self.answers)
        self.typed = self._typed(page)
        self.browser.get(self.address)

    def _typed(self, page: Page) -> Typed:
        if page.collection_name is None:
            return typed_for(page, self.answers)
        members = self.answers[page.collection_name]
        assert isinstance(members, list)
        return typed_for_member(members[0])

    def kept(self) -> Mapping[str, object]:
        """The answers as they are stored now, without what was refused."""
        draft = submission.read_draft(self.centre.office, self.token)
        assert draft
        return drop_refused(draft.answers)


def bad_values(field: Field) -> Iterator[str | list[str]]:
    """All that must not be taken: nothing, too much, the wrong sort, twice."""
    if not field.optional:
        yield from ("", "   ", "\u200b\u202e")
    yield from wrong(field)
    if field.kind is Kind.SOME_OF:
        yield [field.choices[0].code, "no such choice"]
    elif field.kind in RIGHT:
        yield [RIGHT[field.kind]] * 2
    else:
        yield ["qs03", "qs03"]


def rounds_of(fields: Sequence[Field]) -> Iterator[dict[str, str | list[str]]]:
    """Every bad value of every field: first one field alone, then all fields at once.

    What is very long stays alone: two of them are too much for any page.
    """
    short: list[list[tuple[str, str | list[str]]]] = []
    for field in fields:
        first, *others = bad_values(field)
        yield {field.name: first}
        yield from ({field.name: one} for one in others if len(one) > LONG)
        short.append([(field.name, one) for one in others if len(one) <= LONG])
    for together in zip_longest(*short):
        yield dict(one for one in together if one)


def require_refusal(browser: Browser, address: str, typed: Typed, wrong: Collection[str]) -> None:
    """The page comes back with a list of what is wrong, and everything that was typed."""
    shown = browser.post_and_see(address, typed)
    assert is_refused(shown), {name: typed[name] for name in wrong}
    assert "有地方要改一下" in words_of(shown)
    for name in wrong:
        assert f'href="#{name}"' in shown.text, (name, typed[name])
        assert f'id="{name}-error"' in shown.text, (name, typed[name])
    for name, value in typed.items():
        values = [value] if isinstance(value, str) else list(value)
        if name in wrong and FIELDS[name].kind in PICKED:
            continue
        clean = [clean_text(one, multi_line=True) for one in values]
        if name in wrong and len(values) > 1:
            clean = clean[:1]
        assert typed_in(shown, name) == [one for one in clean if one] or clean == [""], name


@each_of(PAGES)
def test_a_wrong_answer_brings_the_page_back_and_stores_nothing(
    centre: Centre, journey: Journey, page: Page
) -> None:
    filled = Filled(centre, journey, page)
    for bad in rounds_of(filled.fields):
        require_refusal(filled.browser, filled.address, {**filled.typed, **bad}, bad)
    assert filled.kept() == filled.answers


@each_of(PAGES)
def test_a_question_left_out_or_never_asked_brings_the_page_back(
    centre: Centre, journey: Journey, page: Page
) -> None:
    filled = Filled(centre, journey, page)
    for field in filled.fields:
        without = {name: value for name, value in filled.typed.items() if name != field.name}
        if not field.optional:
            shown = filled.browser.post_and_see(filled.address, without)
            assert is_refused(shown)
            assert field.missing in words_of(shown)
    for extra in ("is_admin", "state", "version", "members", "answers", "judge"):
        if extra in filled.typed:
            continue
        shown = filled.browser.post(filled.address, {**filled.typed, extra: "1"})
        assert shown.status_code == 422
        assert "收到了这一页没有问的内容" in words_of(shown)
        for name, value in filled.typed.items():
            values = [value] if isinstance(value, str) else list(value)
            came_back = [one for one in typed_in(shown, name) if one]
            assert came_back == [one for one in values if one], name
    assert filled.kept() == filled.answers


@each_of(TYPED_INTO)
def test_full_width_digits_and_hidden_characters_are_taken_as_they_were_meant(
    centre: Centre, journey: Journey, page: Page
) -> None:
    filled = Filled(centre, journey, page)
    for field in filled.fields:
        plain = filled.typed[field.name]
        if field.kind in PICKED or not isinstance(plain, str):
            continue
        for typed in (CONTROLS.format(plain), f"  {plain}\u3000"):
            went_on(filled.browser.post(filled.address, {**filled.typed, field.name: typed}))
            assert filled.kept() == filled.answers, (field.name, typed)
    wide = {
        field.name: FULL_WIDTH[field.kind] for field in filled.fields if field.kind in FULL_WIDTH
    }
    half = {field.name: RIGHT[field.kind] for field in filled.fields if field.kind in FULL_WIDTH}
    went_on(filled.browser.post(filled.address, {**filled.typed, **half}))
    meant = filled.kept()
    went_on(filled.browser.post(filled.address, {**filled.typed, **wide}))
    assert filled.kept() == meant


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda journey: journey.address)
def test_the_last_word_must_be_given(centre: Centre, journey: Journey) -> None:
    browser, token = centre.draft(journey.kind)
    address = f"/{journey.address}/check"
    browser.get(address)
    for name in journey.declarations:
        for value in ("no",) if FIELDS[name].optional else ("", "no"):
            shown = browser.post_and_see(address, {name: value})
            assert is_refused(shown)
            assert FIELDS[name].missing in words_of(shown)
    ticked = dict.fromkeys(journey.declarations, "yes")
    assert browser.post(address, {**ticked, "extra": "1"}).status_code == 422
    assert submission.find_receipt(centre.office, token) is None
    assert centre.contents()["cases"] == {}


def test_the_household_list_takes_nothing_it_did_not_ask_for(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.HARDSHIP)
    for address in ("/apply/household", "/apply/household/1/remove"):
        browser.get("/apply/household")
        assert browser.post(address, {"member_age": "3", "count": "1"}).status_code == 422


def test_markup_that_was_typed_is_shown_as_text(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    browser.get("/consult/account")
    attack = '</textarea><script>alert("1")</script>'
    went_on(browser.post("/consult/account", {"account": attack}))
    for address in ("/consult/account", "/consult/check"):
        shown = browser.get(address)
        assert "<script" not in shown.text
        assert "&lt;script&gt;" in shown.text
    assert typed_in(browser.get("/consult/account"), "account") == [attack]
