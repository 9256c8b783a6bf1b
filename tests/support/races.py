"""Races of two, run at every worst moment, with what must hold after each of them."""

from collections.abc import Callable
from itertools import count

from portal.operations.centre.recount import find_wrong_cases, find_wrong_contacts
from portal.store import audit
from tests.support.centre import Centre
from tests.support.interrupting import Act, Meeting, ways_to_meet

Made = tuple[Act, Act, Callable[[Meeting], object]]
"""What the first does, what the second does, and what must hold afterwards."""
Race = Callable[[Centre], Made]


def one_is_refused(meeting: Meeting) -> None:
    """Exactly one got through."""
    assert meeting.refusals == 1, meeting


def nobody_is_refused(meeting: Meeting) -> None:
    """Both got through."""
    assert meeting.refusals == 0, meeting


def run_race(centre: Centre, race: Race) -> None:
    """Run a race at each moment anew; afterwards everything in the centre is as its events say."""
    for meet in ways_to_meet(centre.instance):
        for number in count(1):
            first, second, require = race(centre)
            meeting = meet(first, second, number)
            if not meeting.met:
                assert number > 1, "the first begins no transaction at all"
                break
            require(meeting)
    assert find_wrong_cases(centre.office, lambda *_: None) == []
    assert find_wrong_contacts(centre.office) == []
    audit.verify_chain(centre.instance)
