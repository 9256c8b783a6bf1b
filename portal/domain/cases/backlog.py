"""How many cases may wait until somebody begins to deal with them, before handing in costs work."""

from dataclasses import dataclass

from portal.domain.shared.rate_limits import ONE_MORE_STEP


@dataclass(frozen=True, slots=True)
class Backlog:
    """Once `most` cases wait, whoever hands in is asked for work; `words` tell him why.

    `key` is its own under `[limits]` in config.toml, which may change `most`.
    """

    key: str
    most: int
    words: str


BACKLOG = Backlog("new cases", 2000, f"等着办的事情很多。您填的都在。{ONE_MORE_STEP}")
