"""What a form page does while its door is closed, see `operations.admission`."""

from collections.abc import Callable

from flask import g, request

from portal.operations import rate_limits
from portal.operations.failures import STORE_FAILURES
from portal.operations.forms import admission
from portal.operations.forms.admission import Barrier, Door, Key
from portal.operations.office import Office
from portal.web.edge import Answer, caller_network, log_failure
from portal.web.forms import PUZZLE, SOLUTION, TURN, Questions, is_trapped
from portal.web.keeping import keep


def key_brought() -> Key:
    """What the form that was sent brings along to open the door."""
    brought = request.form.get
    return Key(brought(PUZZLE, ""), brought(SOLUTION, ""), brought(TURN, ""))


def wants_turn(office: Office, door: Door) -> bool:
    """Whether the button that was pressed asks for a turn at a door that is closed."""
    asked = request.form.get("button") == "turn" and g.token_fits
    return asked and bool(admission.why_closed(office, door))


def take_turn(office: Office, door: Door, form: Questions, show: Callable[[str], str]) -> Answer:
    """Give a turn and show the page with it; or say that too many are waiting."""
    address = caller_network()
    return keep(form, lambda: show(admission.give_turn(office, door, address)), lambda: show(""))


def barrier_before(office: Office, door: Door, turn: str = "") -> Barrier | None:
    """What the page shows before its button, with the turn that was given now or before.

    None too while the store cannot be read: the page must be shown all the same, and the door
    itself lets nobody in.
    """
    try:
        return admission.set_up_barrier(office, door, turn or key_brought().turn)
    except STORE_FAILURES as error:
        log_failure(error)
        return None


def count_trapped(office: Office) -> None:
    """Count a form in which the field was filled in that no person sees."""
    if request.method == "POST" and is_trapped():
        try:
            rate_limits.spend(office, "hidden field by address", caller_network())
        except STORE_FAILURES as error:
            log_failure(error)
