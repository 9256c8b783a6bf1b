"""Views of the one list of work（办件清单）: which cases each shows, and in what order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from portal.domain.accounts.actor import Actor
from portal.domain.accounts.permissions import EVERYONE, LEADERS, Role
from portal.domain.cases.claim_limits import Alarm
from portal.domain.cases.holder import list_doers
from portal.domain.cases.workflow import WORKFLOWS, kinds_open_to
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.case_kinds import CaseKind


class Hands(StrEnum):
    """In whose hands a case may be."""

    ANY = "any"
    MINE = "mine"
    NOBODY = "nobody"
    MINE_OR_NOBODY = "mine or nobody"


class Due(StrEnum):
    """When whoever is awaited must act."""

    ANY = "any"
    TODAY = "today"
    PASSED = "passed"


class Hold(StrEnum):
    """Whether a case is put off to a later day （搁置）."""

    ANY = "any"
    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """A row of the table: what it is called, and what it asks of a case.

    `to_do`: only what the one who looks can bring on. `holds`: only what was put off that often.
    `stuck`: only what nobody can bring on. `empty` is said where nothing is shown. `roles` are
    those on whose page it stands.
    """

    code: str
    label: str
    empty: str
    turns: tuple[Awaiting, ...] = (Awaiting.CENTRE,)
    hands: Hands = Hands.ANY
    due: Due = Due.ANY
    hold: Hold = Hold.ANY
    holds: int = 0
    to_do: bool = False
    unread: bool = False
    stuck: bool = False
    roles: frozenset[Role] = EVERYONE


_OFTEN: Final = 3
"""So often put off, a case is for who decides to ask after."""
_OPEN: Final = (Awaiting.CENTRE, Awaiting.APPLICANT)
_ALL: Final = (
    WorkView(code="to_do", label="该我办", empty="该您办的都办完了。", to_do=True,
             hands=Hands.MINE_OR_NOBODY, hold=Hold.NO),
    WorkView(code="mine", label="我手上的", empty="您手上没有办件。", turns=_OPEN,
             hands=Hands.MINE),
    WorkView(code="free", label="没人领的", empty="该您这个岗位办的，都有人领了。", to_do=True,
             hands=Hands.NOBODY, hold=Hold.NO),
    WorkView(code="late", label="过期的", empty="没有过期的。", due=Due.PASSED),
    WorkView(code="today", label="今天到期", empty="今天没有到期的。", due=Due.TODAY),
    WorkView(code="unread", label="有新情况", empty="工友没有新的话。", unread=True, turns=_OPEN),
    WorkView(code="held", label="先放着的", empty="没有先放着的。", hold=Hold.YES),
    WorkView(code="postponed", label="放过三次的", empty="没有放过三次的。", holds=_OFTEN,
             roles=LEADERS),
    WorkView(code="stuck", label="没人能办的", empty="每一件都有人能办。", stuck=True,
             roles=LEADERS),
    WorkView(code="waiting", label="等别人", empty="没有在等申请人的。",
             turns=(Awaiting.APPLICANT,)),
    WorkView(code="open", label="没办完的", empty="都办完了。", turns=_OPEN),
    WorkView(code="ended", label="办完的", empty="还没有办完的。", turns=(Awaiting.NOBODY,)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastDay:
    """A row of the table: how near the last day to claim is, and what that is called."""

    label: str
    alarms: frozenset[Alarm]


CLAIM_DAYS: Final[Mapping[str, LastDay]] = {
    "urgent": LastDay("快到的，先办", frozenset({Alarm.URGENT})),
    "near": LastDay("近的和快到的", frozenset({Alarm.URGENT, Alarm.SOON})),
    "over": LastDay("可能过了的", frozenset({Alarm.OVER})),
}
"""By code, as the address has it."""
VIEWS: Final[Mapping[str, WorkView]] = {view.code: view for view in _ALL}
FIRST_VIEW: Final = VIEWS["to_do"]
_ONE_DAY: Final = timedelta(days=1)
_LEGAL: Final = f"{CaseKind.CONSULTATION}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cases a list shows: `stages` are kind and state, `holders` logins, "" is nobody.

    `due_from` and `due_until` count themselves in; None and an empty town ask nothing. On the
    day `free_on` they are not put off, on `held_on` they are; they were put off at least `holds`
    times. `hidden` are the receipts of those that who looks keeps out of; None of `towns` is all.
    `stuck` asks for what nobody can bring on, `employer` for the same employer, written for
    comparing, `alarms` for how near the end of a claim is; `numbers` are the only ones, if any.
    """

    stages: frozenset[str]
    turns: tuple[Awaiting, ...]
    holders: frozenset[str] | None = None
    due_from: date | None = None
    due_until: date | None = None
    free_on: date | None = None
    held_on: date | None = None
    holds: int = 0
    unread: bool = False
    town: str = ""
    hidden: frozenset[str] = frozenset()
    towns: frozenset[str] | None = None
    stuck: bool = False
    employer: str = ""
    alarms: frozenset[Alarm] = frozenset()
    numbers: frozenset[str] | None = None

    @property
    def by_claim(self) -> bool:
        """Whether it goes by what the worker loses: only open consultations are asked for."""
        legal = all(stage.startswith(_LEGAL) for stage in self.stages)
        return legal and bool(self.stages) and Awaiting.NOBODY not in self.turns


def name_stage(kind: CaseKind, state: str) -> str:
    """Return what a kind and a state of it are called together."""
    return f"{kind}.{state}"


@cache
def _list_stages(view: WorkView, roles: frozenset[Role]) -> frozenset[str]:
    """List the stages that a view shows to who has these roles."""
    return frozenset(
        name_stage(kind, state.code)
        for kind in kinds_open_to(roles)
        for state in WORKFLOWS[kind].states.values()
        if state.awaiting in view.turns
        and (not view.to_do or list_doers(WORKFLOWS[kind], state.code) & roles)
    )


def select_view(view: WorkView, actor: Actor, today: date) -> Selection:
    """Return what the view shows to somebody: nothing of a kind that he may not open."""
    holders = {
        Hands.ANY: None,
        Hands.MINE: frozenset({actor.login}),
        Hands.NOBODY: frozenset({""}),
        Hands.MINE_OR_NOBODY: frozenset({actor.login, ""}),
    }[view.hands]
    due_from = today if view.due is Due.TODAY else None
    due_until = {Due.ANY: None, Due.TODAY: today, Due.PASSED: today - _ONE_DAY}[view.due]
    return Selection(
        stages=_list_stages(view, actor.roles),
        turns=view.turns,
        holders=holders,
        due_from=due_from,
        due_until=due_until,
        free_on=today if view.hold is Hold.NO else None,
        held_on=today if view.hold is Hold.YES else None,
        holds=view.holds,
        unread=view.unread,
        towns=actor.only_towns,
        stuck=view.stuck,
    )


def narrow_selection(
    chosen: Selection, kind: CaseKind | None, town: str, employer: str = "", last_day: str = ""
) -> Selection:
    """Return the part of a selection that is of this kind, town, employer, and last day to claim.

    None and "" ask nothing. Only consultations have a last day: `CLAIM_DAYS` names how near it is.
    """
    if last_day:
        kind = CaseKind.CONSULTATION
        chosen = replace(chosen, alarms=CLAIM_DAYS[last_day].alarms)
    if kind is not None:
        ours = frozenset(name_stage(kind, state) for state in WORKFLOWS[kind].states)
        chosen = replace(chosen, stages=chosen.stages & ours)
    return replace(chosen, town=town or chosen.town, employer=employer)


def select_stage(kind: CaseKind, state: str) -> Selection:
    """Return the selection of all cases of a kind that are in a state."""
    turn = WORKFLOWS[kind].states[state].awaiting
    return Selection(stages=frozenset({name_stage(kind, state)}), turns=(turn,))
