"""No typed word is lost: done, or shown again with all of it and what to do."""

from collections.abc import Callable

from portal.operations.failures import STORE_FAILURES
from portal.operations.rate_limits import TooMany
from portal.web.edge import Answer, log_failure
from portal.web.forms import QuestionForm

NOT_STORED = (
    "现在存不下来，是我们这边的问题。您填的都还在这一页，请过一会儿再点一次，或者打电话来办"
)


def keep(form: QuestionForm, act: Callable[[], Answer], redisplay: Callable[[], str]) -> Answer:
    """Do what was asked; if the store cannot, show the page again with all that was typed."""
    try:
        return act()
    except TooMany as problem:
        form.add_problem(str(problem).removesuffix("。"))
        form.call_us = True
        return redisplay(), problem.status
    except STORE_FAILURES as error:
        log_failure(error)
        form.add_problem(NOT_STORED)
        form.call_us = True
        return redisplay(), 503
