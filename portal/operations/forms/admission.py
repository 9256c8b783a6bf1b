"""Who gets through while somebody floods or guesses: whoever pays with work, or waits his turn.

Over some limits (`Over`) nobody is refused, but each try costs: a number that the browser has to
find by trying (some seconds), or, without script, a queue ticket (a minute). Both are signed,
hold for one checkpoint and one person, for a short time and once; nothing is kept of them until
they are used.
The server checks a number with one hash. For people there is never a riddle to solve.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from portal.domain.cases.backlog import BACKLOG
from portal.domain.cases.workflow import OPENING
from portal.domain.shared.rate_limits import Over, RateLimit
from portal.operations import rate_limits
from portal.operations.office import Office
from portal.operations.rate_limits import TooMany
from portal.store import cases, counters, drafts
from portal.store.crypto.sealing import blind_index

MOST_TRIES = 800_000
"""The number to find is below this; half of it on average, about 3 s on a cheap phone."""
PUZZLE_LIFE, QUEUE_TICKET_WAIT = timedelta(minutes=20), timedelta(minutes=1)
"""How long a puzzle counts, and how long after it was given a queue ticket begins to."""
QUEUE_TICKET_LIFE = timedelta(minutes=15)
"""When a queue ticket ends, from when it was given."""
_NONCE = 16


class NeedsWork(TooMany):
    """The checkpoint is closed, and no solution was brought that opens it; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What may be closed: by `limits`, with whom they count, and by the backlog if it adds to it.

    A challenge is made for the first of `bound_to` and its solution opens for any of them: phones
    change their network on the way. `once`: it is used up, because it could try again.
    """

    name: str
    bound_to: tuple[str, ...]
    limits: Mapping[RateLimit, tuple[str, ...]]
    once: bool
    adds_to_backlog: bool = False


@dataclass(frozen=True, slots=True)
class Solution:
    """What a form brings along: a puzzle with its solution, or a queue ticket; empty if neither."""

    puzzle: str = ""
    solution: str = ""
    turn: str = ""


NO_SOLUTION = Solution()


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a closed checkpoint shows: why, a puzzle, a queue ticket if one was given, its wait."""

    words: str
    puzzle: str
    turn: str
    wait: int
    most_tries: int = MOST_TRIES


def look_up_checkpoint(receipt: str, address: str) -> Checkpoint:
    """Return the checkpoint before a look-up; `receipt` is empty while it is not known."""
    limits: dict[RateLimit, tuple[str, ...]] = {}
    if receipt:
        limits[RateLimit.WRONG_CODE_BY_RECEIPT_AND_ADDRESS] = (receipt, address)
        limits[RateLimit.WRONG_CODE_BY_RECEIPT] = (receipt,)
    limits[RateLimit.WRONG_CODE_BY_ADDRESS] = (address,)
    limits[RateLimit.WRONG_CODE] = ()
    bound_to = (receipt, address) if receipt else (address,)
    return Checkpoint("look up", bound_to, limits, once=True)


def count_guesses(office: Office, receipt: str) -> int:
    """Count the wrong codes tried for a number today; 0 below the limit that asks for work."""
    wrong = rate_limits.how_often(office, RateLimit.WRONG_CODE_BY_RECEIPT, receipt)
    return wrong if wrong >= office.limits[RateLimit.WRONG_CODE_BY_RECEIPT] else 0


def submission_checkpoint(office: Office, token: str, address: str) -> Checkpoint:
    """Return the checkpoint before a form is handed in.

    A draft becomes one case, so its solution needs no count.
    """
    return Checkpoint(
        "hand in",
        (drafts.token_index(office.store.keys, token),),
        {
            RateLimit.SUBMIT_BY_ADDRESS: (address,),
            RateLimit.SUBMIT: (),
            RateLimit.HIDDEN_FIELD_BY_ADDRESS: (address,),
        },
        once=False,
        adds_to_backlog=True,
    )


def why_closed(office: Office, checkpoint: Checkpoint) -> str:
    """Return the words of what closes this checkpoint first; empty if it is open."""
    if not office.asks_for_work:
        return ""
    for limit, about in checkpoint.limits.items():
        if rate_limits.is_reached(office, limit, *about):
            return limit.words
    return BACKLOG.words if checkpoint.adds_to_backlog and _is_backlog_full(office) else ""


def _is_backlog_full(office: Office) -> bool:
    waiting = cases.count_cases(office.store, OPENING)
    return waiting >= office.backlog


def require_admission(office: Office, checkpoint: Checkpoint, solution: Solution) -> None:
    """Raise NeedsWork if the checkpoint is closed and the solution, used up by this, fails.

    Where work is switched off, TooMany over those limits that then refuse.
    """
    if not office.asks_for_work:
        for limit, about in checkpoint.limits.items():
            if limit.over is Over.WORK_OR_REFUSED:
                rate_limits.require_below_limit(office, limit, *about)
    elif (words := why_closed(office, checkpoint)) and not _opens(office, checkpoint, solution):
        raise NeedsWork(words)


def make_challenge(office: Office, checkpoint: Checkpoint, turn: str = "") -> Challenge | None:
    """Make what the page must show before the checkpoint can be passed; None while it is open."""
    words = why_closed(office, checkpoint)
    if not words:
        return None
    begins = (
        0
        if checkpoint.once and _is_used(office, turn)
        else _turn_begins_at(office, checkpoint, turn)
    )
    wait = max(0, begins - _second(office)) if begins else 0
    return Challenge(words, _make_puzzle(office, checkpoint), turn if begins else "", wait)


def give_queue_ticket(office: Office, checkpoint: Checkpoint, address: str) -> str:
    """Make a queue ticket for this checkpoint. TooMany if too many were given in this minute."""
    rate_limits.spend(office, RateLimit.TURN_BY_ADDRESS, address)
    rate_limits.spend(office, RateLimit.TURN)
    body = f"{_second(office, QUEUE_TICKET_WAIT)}.{office.new_token()[:_NONCE]}"
    return f"{body}.{_sign(office, 'turn', checkpoint.name, checkpoint.bound_to[0], body)}"


def _make_puzzle(office: Office, checkpoint: Checkpoint) -> str:
    salt = f"{_second(office, PUZZLE_LIFE)}.{office.new_token()[:_NONCE]}"
    body = f"{salt}.{_hash_of_puzzle(salt, str(office.randbelow(MOST_TRIES)))}"
    return f"{body}.{_sign(office, 'puzzle', checkpoint.name, checkpoint.bound_to[0], body)}"


def _opens(office: Office, checkpoint: Checkpoint, solution: Solution) -> bool:
    if _is_solved(office, checkpoint, solution):
        used = solution.puzzle
    elif 0 < _turn_begins_at(office, checkpoint, solution.turn) <= _second(office):
        used = solution.turn
    else:
        return False
    return not checkpoint.once or _is_first_use(office, used)


def _is_solved(office: Office, checkpoint: Checkpoint, solution: Solution) -> bool:
    """Tell whether the solution fits a puzzle of ours for this checkpoint that still counts."""
    body = _signed_part(office, "puzzle", checkpoint, solution.puzzle)
    salt, _, wanted = body.rpartition(".")
    solved = hmac.compare_digest(_hash_of_puzzle(salt, solution.solution), wanted)
    return solved and _second(office) < _first_number(body)


def _turn_begins_at(office: Office, checkpoint: Checkpoint, turn: str) -> int:
    """Return when a queue ticket of ours for this checkpoint begins; 0 if it is none, or over."""
    begins = _first_number(_signed_part(office, "turn", checkpoint, turn))
    return begins if begins > _second(office, QUEUE_TICKET_WAIT - QUEUE_TICKET_LIFE) else 0


def _signed_part(office: Office, what: str, checkpoint: Checkpoint, text: str) -> str:
    """Return what stands before the signature, if it is ours; else empty."""
    body, _, signature = text.rpartition(".")
    signed = (_sign(office, what, checkpoint.name, about, body) for about in checkpoint.bound_to)
    sound = [hmac.compare_digest(one.encode(), signature.encode()) for one in signed]
    return body if any(sound) else ""


def _first_number(body: str) -> int:
    return int(body.partition(".")[0]) if body else 0


def _is_first_use(office: Office, used: str) -> bool:
    index, now = _index(office, used), office.now()
    return counters.count_up(office.store, index, now, PUZZLE_LIFE) == 1


def _is_used(office: Office, used: str) -> bool:
    return counters.count_now(office.store, _index(office, used), office.now()) > 0


def _index(office: Office, used: str) -> str:
    return blind_index(office.store.keys, "used key", used)


def _sign(office: Office, what: str, checkpoint: str, about: str, body: str) -> str:
    return blind_index(office.store.keys, f"{what} {checkpoint}", f"{about}\0{body}")


def _hash_of_puzzle(salt: str, number: str) -> str:
    return sha256(f"{salt}.{number}".encode()).hexdigest()


def _second(office: Office, later: timedelta = timedelta(0)) -> int:
    return int((office.now() + later).timestamp())
