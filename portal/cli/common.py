"""What every command of `bangfu` shares: folders, the open instance, one-line answers.

The store and both apps take long to load, and most commands want neither: what loads them is
imported where it is used.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from portal.domain.rules.rulebook import Rulebook
    from portal.operations.office import Office
    from portal.settings.config import Config
    from portal.store.store import Store

# sysexits.h, so that scripts can tell what happened
_DATA, _UNAVAILABLE, _TROUBLE, _IN_USE, _CONFIG = 65, 69, 70, 75, 78


@dataclass(frozen=True, slots=True)
class Where:
    """The folders of a command: the checkout with content and build, and the instance."""

    root: Path
    instance: Path


def exit_codes() -> tuple[tuple[type[Exception], int], ...]:
    """List the problems that an operator can mend, with the codes that scripts see."""
    from portal.domain.shared.errors import NotAccepted, NotFound
    from portal.server.serve import PortTaken
    from portal.settings.config import ConfigProblem
    from portal.store.errors import InstanceProblem, KeyProblem, StoreError
    from site_src.errors import SiteProblem

    return (
        (ConfigProblem, _CONFIG),
        (KeyProblem, _CONFIG),
        (InstanceProblem, _IN_USE),
        (PortTaken, _UNAVAILABLE),
        (SiteProblem, _DATA),
        (NotAccepted, _DATA),
        (NotFound, _DATA),
        (StoreError, _TROUBLE),
    )


def today() -> date:
    """Return the day it is in China."""
    from portal.domain.shared.dates import local_date

    return local_date(datetime.now(UTC))


def remind(rules: "Rulebook") -> None:
    """Say which tables of the centre soon have nothing to say any more."""
    from portal.settings.reminders import list_reminders

    for line in list_reminders(rules, today()):
        click.echo(f"提醒：{line}。", err=True)


def stop(message: str, code: int) -> NoReturn:
    """Say in one line what is wrong and leave with a code that scripts can use."""
    click.echo(message, err=True)
    sys.exit(code)


def answer_for_problems(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the problems that an operator can mend into one line and an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except BrokenPipeError:  # whoever reads our output has enough
            raise
        except Exception as problem:
            code = next((code for kind, code in exit_codes() if isinstance(problem, kind)), 0)
            if code:
                stop(str(problem), code)
            if isinstance(problem, OSError):
                stop(_tell_of_file(problem), _TROUBLE)
            raise

    return run


def _tell_of_file(problem: OSError) -> str:
    place = problem.filename or problem.strerror
    return f"{place}：不能读写（{problem.strerror}）。请检查权限、主人和磁盘。"


@contextmanager
def opened(
    where: Where, config: "Config", *, thorough: bool = False
) -> Iterator[tuple["Store", "Office"]]:
    """Open the instance of a command, and close it at the end."""
    from portal.server.serve import open_office
    from portal.settings.config import instance_place
    from portal.store.centre.instance import is_created, open_instance
    from portal.store.errors import InstanceProblem

    place = instance_place(where.instance, config)
    if not is_created(place):
        raise InstanceProblem(f"{where.instance}：还没有建好。请先运行 bangfu init。")
    store = open_instance(place, thorough=thorough)
    try:
        yield store, open_office(store, where.root / "content", config)
    finally:
        store.db.close()


def operator() -> str:
    """Name who runs the command, as the log of acts does."""
    return f"command line {os.environ.get('USER', '')}".strip()


def tell_at_a_terminal(words: str) -> None:
    """Tell progress on standard error, to people only: a timer job wants to hear of problems."""
    if sys.stderr.isatty():
        click.echo(f"  {words}", err=True)


@contextmanager
def show_progress() -> Iterator[Callable[[int, int], None]]:
    """Show how much is done, of how much, at a terminal."""
    quiet = not sys.stderr.isatty()
    with click.progressbar(
        length=1000, label="正在一件一件打开", file=sys.stderr, hidden=quiet
    ) as bar:
        yield lambda done, of: bar.update(done * 1000 // of - bar.pos)
