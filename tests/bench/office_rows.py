"""A centre with as many cases as a bench wants, written through the real encoder and sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from portal.domain.cases.case import Case, open_case
from portal.domain.cases.case_tally import tally_of
from portal.domain.cases.events import CaseSubmitted
from portal.domain.cases.receipt_numbers import new_receipt
from portal.domain.cases.workflow import OPENING, WORKFLOWS
from portal.domain.forms.answers import Answers
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.id_checks import resident_id_check_symbol
from portal.store import cases
from portal.store.centre.instance import Place, create_instance
from tests.support.centre import Centre, open_centre
from tests.support.samples import ANSWERS

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
KINDS = (CaseKind.HARDSHIP,) * 6 + (CaseKind.CONSULTATION,) * 3 + (CaseKind.JOBS,)
ENDED = {CaseKind.HARDSHIP: "approved", CaseKind.CONSULTATION: "closed", CaseKind.JOBS: "closed"}
NAMES = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋", "建国秀兰桂英志明海燕春梅玉华"
TWINS = 6
"""So many applications of one person are filed first."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class FiledCase:
    """A case as it is written: plain for a peer, sealed for us."""

    case: Case
    answers: Answers


def fill_centre(folder: Path, root: Path, size: int, most_open: int) -> Centre:
    """A centre with `size` cases, of which at most `most_open` are open."""
    folder.mkdir(mode=0o700)
    place = Place(folder, f"sqlite:///{folder}/portal.db", folder / "keys.json")
    centre = open_centre(create_instance(place, NOW), root)
    centre.reset()
    for _ in range(TWINS):
        centre.case(CaseKind.HARDSHIP)
    waiting = make_cases(centre, size, most_open)
    while some := [*islice(waiting, _AT_ONCE)]:
        with centre.instance.transaction():
            for one in some:
                first = CaseSubmitted(
                    at=one.case.submitted_at, actor="visitor", tally=one.case.tally,
                    due_on=one.case.due_on,
                )  # fmt: skip
                cases.add_case(
                    centre.instance, one.case, one.answers, first,
                    code_hmac="", submission=one.case.receipt,
                )  # fmt: skip
    return centre


def make_cases(centre: Centre, size: int, most_open: int) -> Iterator[FiledCase]:
    """Cases of a year, the open ones of the last weeks at the end; the same for every store."""
    chance, taken = Random(11), set[str]()  # noqa: S311
    for number in range(size):
        is_open = number >= size - most_open
        kind = KINDS[number % len(KINDS)]
        days = chance.uniform(0, 30) if is_open else chance.uniform(40, 365)
        at = NOW - timedelta(days=days)
        receipt = new_receipt(WORKFLOWS[kind].receipt_prefix, at.year, chance.randrange)
        while receipt in taken:
            receipt = new_receipt(WORKFLOWS[kind].receipt_prefix, at.year, chance.randrange)
        taken.add(receipt)
        answers = _answers(kind, number, chance)
        tally = tally_of(
            kind, answers, channel="web", card=None, contact="", person=f"{number:016}"
        )
        case = Case(receipt, kind, OPENING, at, at, taken=(("submit", "visitor"),), tally=tally)
        case = open_case(case, centre.office.rules)
        if not is_open:
            case = replace(case, state=ENDED[kind], due_on=None, tasks={})
        yield FiledCase(case, answers)


def _answers(kind: CaseKind, number: int, chance: Random) -> Answers:
    first_17 = f"4199991970{1 + number % 12:02}{1 + number // 12 % 28:02}{number // 336 % 1000:03}"
    told: dict[str, object] = {
        "name": "".join(map(chance.choice, NAMES)),
        "id_number": first_17 + resident_id_check_symbol(first_17),
        "mobile": f"139{number:08}",
        "bank_card": f"6222{number:015}",
        "employer": f"{number // 20}号示范厂",
        "against": f"{number // 20}号示范厂有限公司",
        "town": f"qs0{1 + number % 9}",
    }
    if kind is CaseKind.CONSULTATION:
        left = NOW - timedelta(days=chance.uniform(0, 500))
        told |= {"left_on": left.date().isoformat(), "next_deadline": None}
    sample: dict[str, Any] = {**ANSWERS[kind]}
    if "members" in sample:  # no two households are one
        told["members"] = [{**one, "member_name": f"家人{number}"} for one in sample["members"]]
    return {**sample, **{name: value for name, value in told.items() if name in sample}}
