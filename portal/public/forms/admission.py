"""What a form page does while its checkpoint is closed, see `operations.forms.admission`."""

from collections.abc import Callable

from flask import g, request

from portal.domain.shared.rate_limits import RateLimit
from portal.operations import rate_limits
from portal.operations.failures import STORE_FAILURES
from portal.operations.forms import admission
from portal.operations.forms.admission import Challenge, Checkpoint, Solution
from portal.operations.office import Office
from portal.web.attempts import attempt
from portal.web.edge import Answer, caller_network
from portal.web.forms import PUZZLE, QUEUE_TICKET, SOLUTION, QuestionForm, is_trapped
from portal.web.problem_pages import log_failure


def sent_solution() -> Solution:
    """Read what the form that was sent brings along to pass the checkpoint."""
    brought = request.form.get
    return Solution(brought(PUZZLE, ""), brought(SOLUTION, ""), brought(QUEUE_TICKET, ""))


def wants_queue_ticket(office: Office, checkpoint: Checkpoint) -> bool:
    """Tell whether the button that was pressed asks for a queue ticket at a closed checkpoint."""
    asked = request.form.get("button") == "turn" and g.token_fits
    return asked and bool(admission.why_closed(office, checkpoint))


def take_queue_ticket(
    office: Office, checkpoint: Checkpoint, form: QuestionForm, show: Callable[[str], str]
) -> Answer:
    """Give a queue ticket and show the page with it; or say that too many are waiting."""
    address = caller_network()
    return attempt(
        form,
        lambda: show(admission.give_queue_ticket(office, checkpoint, address)),
        lambda: show(""),
    )


def challenge_before(
    office: Office, checkpoint: Checkpoint, queue_ticket: str = ""
) -> Challenge | None:
    """Return what the page shows before its button, with the ticket given now or before.

    None too while the store cannot be read: the page must be shown all the same, and the checkpoint
    itself lets nobody pass.
    """
    try:
        return admission.make_challenge(office, checkpoint, queue_ticket or sent_solution().turn)
    except STORE_FAILURES as error:
        log_failure(error)
        return None


def count_trapped(office: Office) -> None:
    """Count a form in which the field was filled in that no person sees."""
    if request.method == "POST" and is_trapped():
        try:
            rate_limits.spend(office, RateLimit.HIDDEN_FIELD_BY_ADDRESS, caller_network())
        except STORE_FAILURES as error:
            log_failure(error)
