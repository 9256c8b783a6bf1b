"""Answers that may be right but look like a slip: shown before handing in, never blocking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.domain.forms.answers import Context, show_answer
from portal.domain.forms.collective_dispute import miss_sender
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.id_checks import bank_card_warning
from portal.domain.shared.money import format_yuan

_HIGH_MONTHLY_INCOME = 50_000_00
_COSTS = ("medical_cost_year", "care_cost_year", "schooling_cost_year")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence, and the question whose answer should be looked at once more."""

    field: str
    words: str


def find_doubts(answers: Mapping[str, object]) -> list[Doubt]:
    """Find what the applicant should look at once more."""
    return [*_about_card(answers), *_about_list(answers), *_about_money(answers)]


def tell_readings(progress: JourneyProgress, context: Context) -> list[Doubt]:
    """Say what we made of sums and days that were written in words, for the applicant's yes."""
    return [
        Doubt(
            name,
            f"“{FIELDS[name].label}”您写的是“{said}”，我们记成 "
            f"{show_answer(FIELDS[name], progress.answers[name], context)}。对就不用改。",
        )
        for name, said in progress.draft.own_words.items()
        if name in progress.asked_answers
    ]


def _about_card(answers: Mapping[str, object]) -> Iterator[Doubt]:
    card = answers.get("bank_card")
    if isinstance(card, str) and (warning := bank_card_warning(card)):
        yield Doubt("bank_card", warning)


def _about_list(answers: Mapping[str, object]) -> Iterator[Doubt]:
    if people := miss_sender(answers):
        words = f"写的是 {people} 个人，名单上 {people - 1} 个。填表的人自己写上了吗？"
        yield Doubt("coworkers", words)


def _about_money(answers: Mapping[str, object]) -> Iterator[Doubt]:
    income = answers.get("income_month")
    if not isinstance(income, int):
        return
    if income > _HIGH_MONTHLY_INCOME:
        words = f"全家每月收入写的是 {format_yuan(income)} 元，是不是多写了零？"
        yield Doubt("income_month", words)
    costs = {name: cost for name in _COSTS if isinstance(cost := answers.get(name), int)}
    total = sum(costs.values())
    if total > income * _MONTHS:
        yield Doubt(
            max(costs, key=lambda name: costs[name]),
            f"一年花的 {format_yuan(total)} 元，比全家一年的收入 "
            f"{format_yuan(income * _MONTHS)} 元还多。写对了就不用改。",
        )
