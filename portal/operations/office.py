"""What every operation works with: the store, the rules of the day, the clock and chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.domain.forms.answers import Context, LocalChoices
from portal.domain.rules.rulebook import Rulebook
from portal.domain.shared.dates import local_date
from portal.domain.shared.rate_limits import RateLimit
from portal.store.store import Store


@dataclass(slots=True)
class RuleShelf:
    """Where the rules in force stand; another calendar can be put there at any time.

    `reckoned` is the day and the rules by which it was last told how all consultations stand.
    """

    rules: Rulebook
    reckoned: tuple[date, Rulebook] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An open instance. `new_token` gives 256 random bits as text, `randbelow` a random number.

    `limits` say how often each thing may be tried, `backlog` how many cases may wait before handing
    in costs work. `public_url` is how the centre is called from outside, without a slash at the
    end; `leave_to` is where 马上离开 leads. `sends_notices`: messages go out by themselves;
    without that, staff ring up. `asks_for_work`: under attack.
    """

    store: Store
    shelf: RuleShelf
    choices: LocalChoices
    clock: Callable[[], datetime]
    new_token: Callable[[], str]
    randbelow: Callable[[int], int]
    limits: Mapping[RateLimit, int]
    backlog: int
    public_url: str
    leave_to: str
    sends_notices: bool = False
    asks_for_work: bool = True

    @property
    def rules(self) -> Rulebook:
        """The rules in force."""
        return self.shelf.rules

    def now(self) -> datetime:
        """Return the present moment, UTC."""
        return self.clock()

    def today(self) -> date:
        """Return the present day in Asia/Shanghai."""
        return local_date(self.clock())

    def context(self) -> Context:
        """Return what judging an answer needs today."""
        return Context(self.today(), self.choices)
