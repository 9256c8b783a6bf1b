"""Which other cases may be of the same person or household, and what was judged of them.

Only what the one who looks may open is there: what else matches, nothing tells him.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.accounts.actor import Actor
from portal.domain.audit.actions import AuditAction
from portal.domain.cases.exclusion import may_open
from portal.domain.forms.answers import Answers
from portal.domain.search.likeness import (
    Match,
    PairJudged,
    Verdict,
    counts,
    list_compared,
    name_pair,
    rank,
    say_likeness,
)
from portal.domain.search.traces import What, list_traces
from portal.domain.shared.case_kinds import RELIEF
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.reasons import require_reason
from portal.operations.accounts.access import require_open_case
from portal.operations.cases import work_list
from portal.operations.cases.work_list import WorkRow
from portal.operations.office import Office
from portal.store import audit, cases, pairs, traces
from portal.store.cases import StoredCase
from portal.store.grants import Grant, list_grants
from portal.store.pairs import Judgement

MOST_ALIKE = 20
_MOST_BEARERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeCase:
    """Another case with the same facts: which, what was granted in it, what was judged.

    `asks`: somebody has to look whether help is asked for twice. `judged` is None before anybody
    has said; `since` are the facts that have come to match since then.
    """

    row: WorkRow
    said: str
    matches: tuple[Match, ...]
    grants: tuple[Grant, ...]
    judged: Judgement | None
    since: tuple[Match, ...]
    asks: bool


def list_alike(
    office: Office, actor: Actor, stored: StoredCase, answers: Answers
) -> list[AlikeCase]:
    """List the other cases that the actor may open and that match this one, the strongest first."""
    found = [
        (other, matches)
        for other, matches in _find_matching(office, stored, answers)
        if may_open(other.case, actor)
    ]
    found.sort(key=lambda pair: (rank(pair[1]), -pair[0].case.submitted_at.timestamp()))
    found = found[:MOST_ALIKE]
    if not found:
        return []
    grants = list_grants(office.store, [other.record.name for other, _ in found])
    names = {other.case.receipt: _pair_of(stored, other) for other, _ in found}
    judged = pairs.read_judgements(office.store, names.values())
    return [
        _tell(
            office,
            stored,
            other,
            matches,
            grants.get(other.record.name, ()),
            judged.get(names[other.case.receipt]),
        )
        for other, matches in found
    ]


def _tell(
    office: Office,
    stored: StoredCase,
    other: StoredCase,
    matches: Sequence[Match],
    grants: Sequence[Grant],
    judged: Judgement | None,
) -> AlikeCase:
    since = [match for match in matches if judged is None or match.what not in judged.matched]
    return AlikeCase(
        row=work_list.make_work_row(office, other),
        said=say_likeness(matches),
        matches=tuple(matches),
        grants=tuple(grants),
        judged=judged,
        since=tuple(since) if judged else (),
        asks=bool(since) and {stored.case.kind, other.case.kind} <= RELIEF,
    )


def _find_matching(
    office: Office, stored: StoredCase, answers: Answers
) -> list[tuple[StoredCase, list[Match]]]:
    """Return every other case that bears one of the facts by which this one is compared."""
    keys = office.store.keys
    compared = list_compared(list_traces(stored.case.receipt, answers))
    wanted = {traces.fingerprint_trace(keys, one.what, one.value) for one in compared}
    if not wanted:
        return []
    matches: dict[str, list[Match]] = {}
    for row in traces.list_bearers(office.store, wanted, _MOST_BEARERS):
        match = Match(row.what, row.whose)
        if row.record != stored.record.name and counts(match):
            matches.setdefault(row.record, []).append(match)
    found = cases.read_cases(office.store, matches)
    return [(other, matches[other.record.name]) for other in found]


def count_same_person(office: Office, actor: Actor, receipt: str) -> int:
    """Count the other cases with the same identity number that the actor may open.

    None of a case that he only keyed in, and may not open.
    """
    stored = cases.find_case(office.store, receipt)
    if stored is None or not may_open(stored.case, actor):
        return 0
    alike = _find_matching(office, stored, stored.open_answers())
    return sum(
        any(match.what is What.IDENTITY for match in matches) and may_open(other.case, actor)
        for other, matches in alike
    )


def judge_pair(
    office: Office, actor: Actor, receipt: str, other: str, verdict: str, why: str
) -> None:
    """Keep what somebody judged of two cases that match, with the reason, in one go.

    NotFound or NotAllowed unless he may open both, NotAccepted without verdict or reason, or if
    nothing matches any more.
    """
    with office.store.transaction():
        stored = require_open_case(office, actor, receipt)
        twin = require_open_case(office, actor, other)
        if verdict not in set(Verdict):
            raise NotAccepted("请选是不是同一个人")
        reason = require_reason(why, "请写一句怎么知道的，比如：看过身份证，生日不一样")
        alike = _find_matching(office, stored, stored.open_answers())
        matches = next((found for case, found in alike if case.case.receipt == other), None)
        if matches is None:
            raise NotAccepted("这两件现在没有对上的地方，不用定")
        event = PairJudged(
            at=office.now(),
            actor=actor.login,
            text=reason,
            verdict=verdict,
            matched=tuple(sorted({match.what for match in matches})),
        )
        pairs.judge(office.store, _pair_of(stored, twin), event)
        audit.record(
            office.store,
            event.at,
            actor.login,
            AuditAction.JUDGE_PAIR,
            receipt,
            f"{verdict} {other}",
        )


def _pair_of(one: StoredCase, other: StoredCase) -> str:
    return name_pair(one.case.receipt, other.case.receipt)
