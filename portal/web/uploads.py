"""Taking one file from a form that sends nothing beside it, for visitors and at the counter."""

from collections.abc import Callable

from flask import redirect, request

from portal.domain.shared.errors import NotAccepted
from portal.operations.documents.intake import Upload
from portal.operations.failures import STORE_FAILURES
from portal.operations.rate_limits import TooMany
from portal.web.edge import Answer, log_failure
from portal.web.forms import QuestionForm

_FIELD = "file"
"""The name of the field that carries the file."""


def take_file(form: QuestionForm, choose: str) -> Upload | None:
    """Take the one file that was sent; None with the problem in the form, `choose` if none was."""
    sent = [one for one in request.files.getlist(_FIELD) if one.filename]
    if form.validate_all() and len(sent) != 1:
        form.add_problem(choose)
    if form.problems:
        return None
    return Upload(sent[0].read(), sent[0].filename or "")


def settle(
    form: QuestionForm, act: Callable[[], None], address: str, redisplay: Callable[[], str],
    not_stored: str,
) -> Answer:  # fmt: skip
    """Act and go to the address; or show the page again, saying what is wrong."""
    try:
        act()
        return redirect(address, 303)
    except NotAccepted as refused:
        words, status = str(refused), 422
    except TooMany as refused:
        words, status, form.call_us = str(refused), 429, True
    except STORE_FAILURES as error:
        log_failure(error)
        words, status, form.call_us = not_stored, 503, True
    form.add_problem(words.removesuffix("。"))
    return redisplay(), status
