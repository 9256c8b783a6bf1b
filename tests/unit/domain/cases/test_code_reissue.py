"""Two persons for a new secret code, on one day, as the history tells it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.accounts.actor import Actor
from portal.domain.cases.code_reissue import (
    Request,
    find_request,
    how_to_check,
    may_ask,
    may_confirm,
    require_confirmed,
    require_request,
)
from portal.domain.cases.events import (
    CaseAccepted,
    CodeReissueAsked,
    CodeReissueConfirmed,
    CodeReissued,
    CodeReissueRefused,
)
from portal.domain.records.event import Event
from portal.domain.shared.errors import NotAllowed

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LI, WANG, ZHAO = Actor("li"), Actor("wang"), Actor("zhao")
ASKED = CodeReissueAsked(at=NOON, actor="li", text="核对过")
AGREED = CodeReissueConfirmed(at=NOON, actor="wang")
ENDED = (CodeReissueRefused(at=NOON, actor="wang"), CodeReissued(at=NOON, actor="li"))
KINDS: list[Callable[..., Event]] = [
    CodeReissueAsked, CodeReissueConfirmed, CodeReissueRefused, CodeReissued, CaseAccepted,
]  # fmt: skip


def standing(*history: Event, today: date = TODAY) -> Request | None:
    return find_request(history, today)


def test_a_request_stands_until_it_is_ended_and_carries_who_confirmed() -> None:
    assert standing() is None
    assert standing(ASKED) == Request(NOON, "li", "核对过")
    assert standing(ASKED, AGREED) == Request(NOON, "li", "核对过", "wang")
    for end in ENDED:
        assert standing(ASKED, AGREED, end) is None
        assert standing(ASKED, AGREED, end, AGREED) is None
        assert standing(ASKED, AGREED, end, ASKED) == Request(NOON, "li", "核对过")


def test_a_request_and_its_confirmation_lapse_with_the_day_in_shanghai() -> None:
    late = CodeReissueAsked(at=datetime(2026, 11, 24, 15, 59, tzinfo=UTC), actor="li")
    early = CodeReissueAsked(at=datetime(2026, 11, 24, 16, 0, tzinfo=UTC), actor="li")
    tomorrow = TODAY + timedelta(days=1)
    assert standing(late)
    assert standing(late, AGREED, today=tomorrow) is None
    assert standing(early) is None
    assert standing(early, today=tomorrow)


def test_nobody_confirms_his_own_request_and_one_confirmation_is_enough() -> None:
    assert may_confirm(standing(ASKED), WANG)
    assert not may_confirm(standing(ASKED, AGREED), WANG)  # a second tap
    for request, actor, words in (
        (standing(ASKED), LI, "换一个人"),
        (standing(ASKED, AGREED), LI, "换一个人"),
        (standing(ASKED, AGREED), ZHAO, "已经有同事确认过了"),
        (None, WANG, "今天没有等着确认的补办"),
    ):
        with pytest.raises(NotAllowed, match=words):
            may_confirm(request, actor)


def test_only_who_asked_takes_the_code_and_only_after_another_agreed() -> None:
    require_confirmed(standing(ASKED, AGREED), LI)
    forged = CodeReissueConfirmed(at=NOON, actor="li")
    for request, actor, words in (
        (None, LI, "再登记一次"),
        (standing(ASKED), LI, "还没有第二个人确认"),
        (standing(ASKED, forged), LI, "还没有第二个人确认"),
        (standing(ASKED, AGREED), WANG, "由他来取"),
    ):
        with pytest.raises(NotAllowed, match=words):
            require_confirmed(request, actor)


def test_one_request_at_a_time_and_a_second_tap_asks_nothing_more() -> None:
    assert may_ask(None, LI)
    assert not may_ask(standing(ASKED), LI)
    with pytest.raises(NotAllowed, match="已经有同事登记过"):
        may_ask(standing(ASKED), ZHAO)
    require_request(standing(ASKED))
    with pytest.raises(NotAllowed, match="没有等着确认的补办"):
        require_request(None)


def test_who_left_neither_card_nor_phone_cannot_be_checked() -> None:
    assert "身份证" in how_to_check({"id_number": "1", "mobile": "2"})
    assert "回拨" in how_to_check({"mobile": "2"})
    assert how_to_check({"mobile": None}) == ""


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["li", "wang", "zhao"]))))
def test_whatever_was_done_before_nobody_gets_a_code_alone(
    acts: list[tuple[Callable[..., Event], str]],
) -> None:
    """Of every history: who may take the code asked for it, and somebody else agreed after."""
    history = [kind(at=NOON, actor=login) for kind, login in acts]
    request = find_request(history, TODAY)
    for actor in (LI, WANG, ZHAO):
        try:
            require_confirmed(request, actor)
        except NotAllowed:
            continue
        asked = max(n for n, one in enumerate(history) if isinstance(one, CodeReissueAsked))
        assert history[asked].actor == actor.login
        assert any(
            isinstance(one, CodeReissueConfirmed) and one.actor != actor.login
            for one in history[asked:]
        )
