"""A centre to test: a real store, both apps as they are served, a clock that the test turns."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from portal.domain.accounts.actor import APPLICANT, Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.step_input import STATEMENT
from portal.domain.forms.answers import Answers
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.accounts import sessions
from portal.operations.accounts.passwords import hash_password
from portal.operations.cases import case_file, code_reissue, steps
from portal.operations.forms import submission
from portal.operations.office import Office
from portal.server.serve import App, make_app, open_newsroom, open_office
from portal.settings.config import Config, limits_of
from portal.store import accounts, audit
from portal.store.accounts import Account
from portal.store.engine.database import RowTable
from portal.store.errors import StoreFull
from portal.store.store import Store
from tests.support.browser import Browser
from tests.support.following import look_up
from tests.support.samples import ANSWERS, PASSWORD, STAFF, TOWNS

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ADDRESSES = count(1)
LIMITS = limits_of(Config())
"""Those of all test centres; a test may change them for its time."""
_hash: list[str] = []


class Filed(NamedTuple):
    """A case that was handed in, with the code that its worker holds."""

    number: str
    code: str
    kind: CaseKind


def declarations(kind: CaseKind) -> Answers:
    """Everything ticked that is asked on the check page."""
    return dict.fromkeys(JOURNEYS[kind].declarations, True)


def add_answers(office: Office, token: str, answers: Answers) -> None:
    """Fill something in, as the pages of the form do."""
    submission.change_draft(office, token, lambda draft: draft.with_answers(answers))


@dataclass
class Clock:
    """A clock that stands still until a test turns it."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Chance:
    """Random numbers and tokens from a seed; `tokens` holds what was given out."""

    source: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    tokens: list[str] = field(default_factory=list)

    def below(self, limit: int) -> int:
        return self.source.randrange(limit)

    def token(self) -> str:
        self.tokens.append(f"{self.source.getrandbits(256):064x}")
        return self.tokens[-1]


@dataclass
class Centre:
    """Everything that a test may want to look at."""

    instance: Store
    office: Office
    app: App
    root: Path
    clock: Clock
    chance: Chance
    emptied: sqlite3.Connection | None = None
    """A database file as it is after `reset`: to copy it is quicker than to empty tables."""

    def browser(self, **headers: str) -> Browser:
        """A new browser behind an address of its own."""
        number = next(ADDRESSES)
        return Browser(self.app, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
                       headers)  # fmt: skip

    def staff(self, login: str) -> Browser:
        """A browser that is signed in to the workbench, by a one-time link: no slow password."""
        token = sessions.make_link(self.office, login, sessions.DEMONSTRATION, "test")
        browser = self.browser()
        browser.get(f"/staff/link/{token}")
        assert browser.post(f"/staff/link/{token}").status_code == 303
        return browser

    def draft(self, kind: CaseKind, answers: Answers | None = None) -> tuple[Browser, str]:
        """A browser that has filled in a form, by default all of it; and the draft's token."""
        browser = self.browser()
        address = f"/{JOURNEYS[kind].address}"
        browser.get(address)
        assert browser.post(address).status_code == 303
        token = self.chance.tokens[-1]
        add_answers(self.office, token, ANSWERS[kind] if answers is None else answers)
        return browser, token

    def case(self, kind: CaseKind, **changed: object) -> Filed:
        """A case that was handed in just now."""
        token = submission.begin_draft(self.office, {**ANSWERS[kind], **changed}, None, "test")
        receipt = submission.submit_case(self.office, kind, token, declarations(kind), "test")
        assert receipt.code
        return Filed(receipt.number, receipt.code, kind)

    def actor(self, login: str) -> Actor:
        """A member of staff as the operations know him."""
        return Actor(login, STAFF[login], towns=TOWNS.get(login, frozenset()))

    def take(
        self, login: str, receipt: Filed | str, step: str, words: str = "", **facts: str
    ) -> None:
        """Let a member of staff take a step on a case."""
        number = receipt if isinstance(receipt, str) else receipt.number
        version = case_file.open_file(self.office, self.actor(login), number).case.version
        self.take_seen(login, number, version, step, words, **facts)

    def take_seen(
        self, login: str, number: str, version: int, step: str, words: str = "", **facts: str
    ) -> None:
        """Let somebody take a step on a case as he saw it; without a login, the worker."""
        actor = self.actor(login) if login else APPLICANT
        typed = {STATEMENT: [words]} | {name: [value] for name, value in facts.items()}
        steps.take_step(self.office, actor, number, version, step, typed)

    def new_code(self, receipt: Filed | str, *logins: str) -> str:
        """A new secret code, given out by the first login after the second has agreed."""
        number = receipt if isinstance(receipt, str) else receipt.number
        first, second = map(self.actor, logins or ("intake", "second-intake"))
        code_reissue.ask_for_code(self.office, first, number)
        code_reissue.confirm_code(self.office, second, number)
        return str(code_reissue.hand_out_code(self.office, first, number, self.chance.token()).code)

    def follower(self, receipt: Filed) -> Browser:
        """A browser with the status page of a case open."""
        browser = self.browser()
        assert look_up(browser, receipt.number, receipt.code).status_code == 303
        return browser

    def contents(self) -> dict[str, dict[str, Any]]:
        """Every row of every table."""
        return dict(self.instance.db.storage.read())

    def reset(self) -> None:
        """Empty the tables, set clock and chance back, invite the staff."""
        self.clock.now = START
        self.chance.source.seed(1)
        self.chance.tokens.clear()
        shutil.rmtree(self.instance.files, ignore_errors=True)
        if not self.instance.db.storage.embedded:
            self._empty()
            return
        with closing(sqlite3.connect(self.instance.db.storage.place)) as file:
            if self.emptied is None:
                self._empty()
                self.emptied = sqlite3.connect(":memory:", check_same_thread=False)
                file.backup(self.emptied)
            self.emptied.backup(file)

    def _empty(self) -> None:
        store = self.instance
        with store.transaction():
            for name in sorted(store.db.tables() - {"canary", "migrations"}):
                store.db.drop_table(name)
            audit.start_chain(store)
            audit.record(store, START, "system", AuditAction.CREATE_INSTANCE, "instance")
            for login, roles in STAFF.items():
                towns = TOWNS.get(login, frozenset())
                account = Account(login, f"示范{login}", roles, password_hash(), towns=towns)
                accounts.add_account(store, account)


def password_hash() -> str:
    """The hash of everybody's password, made once: it takes long on purpose."""
    if not _hash:
        _hash.append(hash_password(PASSWORD))
    return _hash[0]


def open_centre(instance: Store, root: Path) -> Centre:
    """Both apps on an instance; `root` has the content and a site."""
    clock, chance = Clock(), Chance()
    office = replace(
        open_office(instance, root / "content", Config(), clock),
        new_token=chance.token, randbelow=chance.below, limits=LIMITS,
    )  # fmt: skip
    return Centre(instance, office, make_apps(office, root), root, clock, chance)


def make_apps(office: Office, root: Path) -> App:
    """Both apps of an office as they are served."""
    return make_app(open_newsroom(office, root, Config()), root, Config())


@contextmanager
def full_disk() -> Iterator[None]:
    """As long as this lasts, every write finds the disk full."""

    def refuse(*_: object, **__: object) -> list[int]:
        raise StoreFull("the disk is full")

    with patch.object(RowTable, "insert_multiple", refuse), patch.object(
        RowTable, "update", refuse
    ):  # fmt: skip
        yield
