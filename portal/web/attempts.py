"""An attempt at what a form asks for: done, or the form again with all that was typed."""

from collections.abc import Callable

from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed
from portal.operations.failures import STORE_FAILURES
from portal.operations.rate_limits import TooMany
from portal.web.edge import Answer
from portal.web.forms import QuestionForm
from portal.web.problem_pages import log_failure

NOT_STORED = (
    "现在存不下来，是我们这边的问题。您填的都还在这一页，请过一会儿再点一次，或者打电话来办"
)
NOT_STORED_AT_WORK = "现在存不下来，是系统的问题。您写的还在，请过一会儿再点一次，并告诉系统管理员"
_STATUS = {NotAccepted: 422, NotAllowed: 403, Changed: 409}


def attempt(
    form: QuestionForm,
    act: Callable[[], Answer],
    redisplay: Callable[[], str],
    not_stored: str = NOT_STORED,
) -> Answer:
    """Do what the form asks for; if that cannot be, show it again with what is wrong.

    The status is that of the problem, the words are its own. `not_stored` says what to do while
    the store fails. Who may not go on by himself is given the phone number.
    """
    try:
        return act()
    except (NotAccepted, NotAllowed, Changed) as problem:
        words, status = str(problem), _status_of(problem)
    except TooMany as problem:
        words, status, form.call_us = str(problem), problem.status, True
    except STORE_FAILURES as error:
        log_failure(error)
        words, status, form.call_us = not_stored, 503, True
    form.add_problem(words.removesuffix("。"))
    return redisplay(), status


def _status_of(problem: Exception) -> int:
    return next(status for kind, status in _STATUS.items() if isinstance(problem, kind))
