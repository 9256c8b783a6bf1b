"""Who gets through while somebody floods or guesses: whoever pays with work, or waits his turn.

Over some limits (`Over`) nobody is refused, but each try costs: a number that the browser has to
find by trying (some seconds), or, without script, a queue ticket (a minute). Both are signed,
hold for one checkpoint and one person, for a short time and once; nothing is kept of them until
they are used.
The server checks a number with one hash. For people there is never a riddle to solve.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadSignature, TimestampSigner

from portal.domain.cases.backlog import BACKLOG
from portal.domain.cases.workflow import OPENING
from portal.domain.shared.rate_limits import Over, RateLimit
from portal.operations import rate_limits
from portal.operations.office import Office
from portal.operations.rate_limits import TooMany
from portal.store import cases, counters, drafts
from portal.store.counters import Counted
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
    if limit := rate_limits.find_reached(office, checkpoint.limits):
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
    nonce, wait = _read_ticket(office, checkpoint, turn)
    if not nonce or (checkpoint.once and _is_used(office, nonce)):
        turn, wait = "", 0
    return Challenge(words, _make_puzzle(office, checkpoint), turn, wait)


def give_queue_ticket(office: Office, checkpoint: Checkpoint, address: str) -> str:
    """Make a queue ticket for this checkpoint. TooMany if too many were given in this minute."""
    rate_limits.spend_all(office, {RateLimit.TURN_BY_ADDRESS: (address,), RateLimit.TURN: ()})
    return _Signer(office, "turn", checkpoint).sign(office.new_token()[:_NONCE]).decode()


def _make_puzzle(office: Office, checkpoint: Checkpoint) -> str:
    nonce, number = office.new_token()[:_NONCE], office.randbelow(MOST_TRIES)
    puzzle = f"{nonce}.{_hash_of_puzzle(nonce, str(number))}"
    return _Signer(office, "puzzle", checkpoint).sign(puzzle).decode()


def _opens(office: Office, checkpoint: Checkpoint, solution: Solution) -> bool:
    used = _read_solved(office, checkpoint, solution) or _read_due(office, checkpoint, solution)
    return bool(used) and (not checkpoint.once or _is_first_use(office, used))


def _read_solved(office: Office, checkpoint: Checkpoint, solution: Solution) -> str:
    """Return the puzzle if it is ours, for this checkpoint, not too old, and solved; else empty."""
    puzzle, _ = _Signer(office, "puzzle", checkpoint).read(solution.puzzle, PUZZLE_LIFE)
    nonce, _, wanted = puzzle.partition(".")
    return puzzle if wanted == _hash_of_puzzle(nonce, solution.solution) else ""


def _read_due(office: Office, checkpoint: Checkpoint, solution: Solution) -> str:
    """Return the nonce of the queue ticket if its turn has come; else empty."""
    nonce, wait = _read_ticket(office, checkpoint, solution.turn)
    return nonce if not wait else ""


def _read_ticket(office: Office, checkpoint: Checkpoint, turn: str) -> tuple[str, int]:
    """Return the nonce of a queue ticket of ours, empty if it is none, and the seconds to wait."""
    nonce, age = _Signer(office, "turn", checkpoint).read(turn, QUEUE_TICKET_LIFE)
    return nonce, max(0, int(QUEUE_TICKET_WAIT.total_seconds()) - age)


class _Signer(TimestampSigner):
    """Signs what opens one checkpoint, by the clock of the office.

    Whoever the checkpoint is bound to is a key: the last of the keys signs, any of them opens.
    """

    def __init__(self, office: Office, what: str, checkpoint: Checkpoint) -> None:
        keys, name = office.store.keys, f"{what} {checkpoint.name}"
        bound_to = [blind_index(keys, name, about) for about in reversed(checkpoint.bound_to)]
        super().__init__(bound_to, key_derivation="hmac", digest_method=sha256)
        self._second = int(office.now().timestamp())

    def get_timestamp(self) -> int:
        """Return the second that it is at the office."""
        return self._second

    def read(self, text: str, life: timedelta) -> tuple[str, int]:
        """Return what was signed, empty if it was not or is over, and its age in seconds.

        Many texts have the same signature, since base64 is read with patience: what is to be used
        once is known by what was signed, never by the text.
        """
        longest = int(life.total_seconds()) - 1
        try:
            signed, at = self.unsign(text, max_age=longest, return_timestamp=True)
        except BadSignature:
            return "", 0
        return signed.decode(), self._second - int(at.timestamp())


def _is_first_use(office: Office, used: str) -> bool:
    index, now = _index(office, used), office.now()
    return counters.count_up(office.store, {index: Counted(PUZZLE_LIFE, most=1)}, now) is None


def _is_used(office: Office, used: str) -> bool:
    return bool(counters.count_now(office.store, [_index(office, used)], office.now()))


def _index(office: Office, used: str) -> str:
    return blind_index(office.store.keys, "used key", used)


def _hash_of_puzzle(nonce: str, number: str) -> str:
    return sha256(f"{nonce}.{number}".encode()).hexdigest()
