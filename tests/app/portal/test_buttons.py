"""One word goes on, one hands in, one leaves it until later, on every page of every form."""

import re
from dataclasses import dataclass, field

import pytest

from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.web.buttons import GO_ON_LATER, HAND_IN, NEXT
from tests.support.browser import Shown, Typed
from tests.support.centre import Centre
from tests.support.following import look_up
from tests.support.samples import ANSWERS
from tests.support.walking import Visitor, walk

OWN_ACTS = {"加到名单里", "上传名单"}
"""What a page does before one goes on from it."""
_BUTTON = re.compile(r'<(?:button|a) class="button(?P<plain> plain)?"[^>]*>(?P<words>[^<]+)</')
_FORM = re.compile("<main.*</main>", re.DOTALL)


@dataclass
class Reader:
    """A visitor who notes the buttons of each page that he opens."""

    visitor: Visitor
    main: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)

    def get(self, path: str) -> Shown:
        shown = self.visitor.get(path)
        page = _FORM.findall(shown.text)[0]
        for found in _BUTTON.finditer(page):
            (self.plain if found["plain"] else self.main).add(found["words"])
        return shown

    def post(self, path: str, typed: Typed | None = None) -> Shown:
        return self.visitor.post(path, typed)


@pytest.mark.parametrize("kind", JOURNEYS, ids=str)
def test_every_page_of_a_form_goes_on_with_one_word_and_hands_in_with_one(
    centre: Centre, kind: CaseKind
) -> None:
    journey = JOURNEYS[kind]
    reader = Reader(centre.browser())
    reader.visitor.get(f"/{journey.address}")
    walk(reader, journey, ANSWERS[kind])
    assert journey.button.startswith(HAND_IN)
    assert reader.main - {"开始填"} == {NEXT}
    reader.get(f"/{journey.address}/check")
    assert reader.main - {"开始填"} == {NEXT, journey.button}
    assert GO_ON_LATER in reader.plain
    later = {words for words in reader.plain if words.startswith("先存着")}
    assert later == {GO_ON_LATER}


def test_what_is_handed_in_on_the_status_page_is_handed_in_with_the_same_word(
    centre: Centre,
) -> None:
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "request_supplement", "请补收入证明。")
    reader = Reader(browser := centre.browser())
    look_up(browser, filed.number, filed.code)
    for step in ("give_supplement", "write"):
        reader.main.clear()
        reader.get(f"/status/case/{step}")
        assert len(reader.main) == 1, step
        assert all(words.startswith(HAND_IN) for words in reader.main), step
