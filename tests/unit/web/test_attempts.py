"""An attempt at what a form asks for: whatever goes wrong, the form is shown with its problem."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from portal.domain.forms.answers import Context
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.operations.rate_limits import NoRoom, TooMany
from portal.store.errors import Damaged, StoreBusy, StoreDown, StoreFull
from portal.web.attempts import NOT_STORED, attempt
from portal.web.edge import Answer
from portal.web.forms import QuestionForm, ask


@pytest.fixture
def form() -> Iterator[QuestionForm]:
    """A form that asks nothing but to be sent."""
    with Flask("attempts", static_folder=None).test_request_context("/form", method="POST"):
        yield ask((), Context(date(2026, 11, 24), {}))


WORDS = "示范甲"


def fail(problem: Exception) -> Answer:
    """An act that cannot be done."""
    raise problem


def test_what_can_be_done_is_done_and_the_form_not_shown(form: QuestionForm) -> None:
    assert attempt(form, lambda: "done", lambda: "the form") == "done"
    assert form.problems == ()


@pytest.mark.parametrize(
    ("problem", "status", "call_us"),
    [(NotAccepted("请改。"), 422, False), (NotAllowed("请改。"), 403, False),
     (Changed("请改。"), 409, False), (TooMany("请改。"), 429, True),
     (NoRoom("请改。"), 503, True)],
)  # fmt: skip
def test_a_problem_is_told_in_its_own_words_with_its_own_status(
    form: QuestionForm, problem: Exception, status: int, call_us: bool
) -> None:
    shown = attempt(form, lambda: fail(problem), lambda: "the form")
    assert shown == ("the form", status)
    assert form.problems == ("请改",)
    assert form.call_us is call_us


@pytest.mark.parametrize("failure", [StoreFull, StoreBusy, StoreDown, Damaged])
def test_while_the_store_fails_the_form_is_shown_and_nothing_of_the_failure(
    form: QuestionForm, failure: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    shown = attempt(form, lambda: fail(failure(WORDS)), lambda: "the form")
    assert shown == ("the form", 503)
    assert form.problems == (NOT_STORED,)
    assert form.call_us
    assert failure.__name__ in caplog.text
    assert WORDS not in caplog.text


def test_what_nobody_thought_of_is_not_hidden(form: QuestionForm) -> None:
    for surprise in (NotFound("x"), ValueError("x")):
        with pytest.raises(type(surprise)):
            attempt(form, lambda surprise=surprise: fail(surprise), lambda: "the form")  # type: ignore[misc]
