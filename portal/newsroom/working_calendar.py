"""The arrangement of a year（放假安排）: entered by one person, counted once another confirmed it.

The file of the calendar is the truth. What waits stands there, too, and counts for nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import Permission, is_granted
from portal.domain.audit.actions import AuditAction
from portal.domain.content.confirmations import COMPARED_TEXTS
from portal.domain.rules.arrangements import (
    CALENDAR_FILE,
    Arrangement,
    doubt_arrangement,
    drop_arrangement,
    make_arrangement,
    read_arrangements,
    read_notice,
    write_arrangement,
)
from portal.domain.rules.working_days import Calendar, load_calendar
from portal.domain.shared.errors import Changed, NotAccepted, NotAllowed, NotFound
from portal.newsroom.content_folder import Newsroom
from portal.publishing.content_files import put_page
from portal.store import audit
from rulefiles.toml_files import RuleFileError, parse_toml, read_toml_text


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year with its statutory days, its arrangement if there is one, and what is odd in it."""

    year: int
    statutory: tuple[date, ...]
    arrangement: Arrangement | None
    doubts: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """A digest of the arrangement: what is confirmed is what was shown."""
        return sha256(repr(self.arrangement).encode()).hexdigest()[:16]


def list_calendar_years(room: Newsroom, actor: Actor) -> list[CalendarYear]:
    """List the years of the file, the newest first. NotAccepted if the file has faults."""
    _require(actor, Permission.ENTER_CALENDAR)
    return _list_years(_read_text(room))


def enter_arrangement(room: Newsroom, actor: Actor, year: int, notice: str, text: str) -> None:
    """Keep what a notice says, to be confirmed by somebody else; what waited before gives way.

    NotAccepted if the year is confirmed already, or the words cannot be right.
    """
    _require(actor, Permission.ENTER_CALENDAR)
    with _changing(room) as before:
        found = _find_year(before, year)
        if found.arrangement and not found.arrangement.waits:
            raise NotAccepted(f"{year} 年的已经核对过了。要改，请系统管理员改文件")
        days = read_notice(text, year)
        row = make_arrangement(year, notice, days, frozenset(found.statutory), actor.login)
        after = write_arrangement(before, row)
        _put(room, actor, after, AuditAction.ENTER_ARRANGEMENT, year, notice)


def confirm_arrangement(
    room: Newsroom, actor: Actor, year: int, identity: str, compared: str
) -> None:
    """Let an arrangement count from now on; the portal needs no restart.

    NotAllowed to who entered it; Changed if it is no longer what was shown.
    """
    _require(actor, Permission.CONFIRM_FACTS)
    if compared not in COMPARED_TEXTS:
        raise NotAccepted("请选您对的是哪个文本")
    with _changing(room) as before:
        row = _require_waiting(before, year, identity)
        if row.entered_by == actor.login:
            raise NotAllowed("这是您填的，要换一个人来核对")
        text = COMPARED_TEXTS[compared]
        row = replace(row, waits=False, confirmed_by=actor.login, compared=text)
        after, note = write_arrangement(before, row), f"{row.notice} {text}"
        _put(room, actor, after, AuditAction.CONFIRM_ARRANGEMENT, year, note)
        shelf = room.office.shelf
        shelf.rules = replace(shelf.rules, calendar=_load(after))


def withdraw_arrangement(room: Newsroom, actor: Actor, year: int, identity: str) -> None:
    """Remove an arrangement that waits. Changed if it is no longer what was shown."""
    _require(actor, Permission.ENTER_CALENDAR)
    with _changing(room) as before:
        row = _require_waiting(before, year, identity)
        after = drop_arrangement(before, year).rstrip("\n") + "\n"
        _put(room, actor, after, AuditAction.WITHDRAW_ARRANGEMENT, year, row.notice)


@contextmanager
def _changing(room: Newsroom) -> Iterator[str]:
    """Give the text of the file to who changes it, one at a time, in a transaction."""
    with room.builder.turn, room.office.store.transaction():
        yield _read_text(room)


def _put(room: Newsroom, actor: Actor, text: str, act: AuditAction, year: int, note: str) -> None:
    _load(text)
    office = room.office
    audit.record(office.store, office.now(), actor.login, act, f"calendar/{year}", note)
    put_page(room.builder.root / CALENDAR_FILE, text)


def _read_text(room: Newsroom) -> str:
    try:
        return read_toml_text(room.builder.root / CALENDAR_FILE, CALENDAR_FILE)
    except RuleFileError as fault:
        raise NotAccepted(str(fault)) from None


def _load(text: str) -> Calendar:
    try:
        return load_calendar(parse_toml(text, CALENDAR_FILE))
    except RuleFileError as fault:
        raise NotAccepted(str(fault)) from None


def _list_years(text: str) -> list[CalendarYear]:
    statutory = _load(text).statutory_days
    rows = {one.year: one for one in read_arrangements(parse_toml(text, CALENDAR_FILE))}
    years = {day.year for day in statutory} | rows.keys()
    return [
        CalendarYear(
            year,
            tuple(sorted(day for day in statutory if day.year == year)),
            rows.get(year),
            tuple(doubt_arrangement(rows[year], statutory)) if year in rows else (),
        )
        for year in sorted(years, reverse=True)
    ]


def _find_year(text: str, year: int) -> CalendarYear:
    return next((one for one in _list_years(text) if one.year == year), None) or CalendarYear(
        year, (), None
    )


def _require_waiting(text: str, year: int, identity: str) -> Arrangement:
    found = _find_year(text, year)
    if found.arrangement is None:
        raise NotFound(str(year))
    if not found.arrangement.waits or found.identity != identity:
        raise Changed("这一年的安排刚刚有人改过，请再看一遍")
    return found.arrangement


def _require(actor: Actor, permission: Permission) -> None:
    if not is_granted(actor.roles, permission):
        raise NotAllowed("您的岗位不能办这件事")
