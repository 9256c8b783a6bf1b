"""The numbers of the questions: the same on paper, where staff key paper in, and before sending.

What everybody is asked counts 1, 2, 3; what only some are asked hangs on the number before it,
as 4a, 4b. The household is one question, its table one row for each member.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from portal.domain.forms.fields import FIELDS, Field, Kind, label_of
from portal.domain.forms.journeys import (
    AllOf,
    AnswerIs,
    AnyOf,
    Ask,
    Condition,
    DescribedCondition,
    Journey,
    Page,
    always,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question with its number; `page` is None for what is ticked last, beside the button."""

    number: str
    field: Field
    page: Page | None
    when: Condition = always


def number_questions(journey: Journey) -> tuple[Numbered, ...]:
    """Give all questions their numbers, in their order.

    Of the household only the list itself has one. Photos cannot be answered on paper and have
    none; so the numbers do not depend on them.
    """
    numbered: list[Numbered] = []
    main = branch = 0
    for page, ask in _asked(journey):
        when = ask.when if page is None or page.when is always else page.when
        if when is always or not main:
            main, branch = main + 1, 0
            number = str(main)
        else:
            number = f"{main}{ascii_lowercase[branch]}"
            branch += 1
        numbered.append(Numbered(number, FIELDS[ask.field], page, when))
    return tuple(numbered)


def _asked(journey: Journey) -> Iterator[tuple[Page | None, Ask]]:
    for page in journey.pages:
        if page.collection_name:
            yield page, Ask(page.collection_name)
        elif not page.photos:
            yield from ((page, ask) for ask in page.asks)
    yield from ((None, Ask(name)) for name in journey.declarations)


def numbers_of(journey: Journey) -> Mapping[str, str]:
    """Return the number of each question by the name of its field."""
    return {one.field.name: one.number for one in number_questions(journey)}


def say_condition(condition: Condition, numbers: Mapping[str, str]) -> str:
    """Say when a question is to be answered, as 第 1 题选了“…”; empty if always.

    Raise ValueError for a condition that has no words.
    """
    match condition:
        case AnswerIs(field=name) if FIELDS[name].kind is Kind.TICK:
            return f"第 {numbers[name]} 题打了勾"
        case AnswerIs(field=name, codes=codes):
            picked = "或".join(f"“{label_of(FIELDS[name], str(code))}”" for code in codes)
            return f"第 {numbers[name]} 题选了{picked}"
        case AllOf(conditions=(*_, last)):
            return say_condition(last, numbers)
        case AnyOf(conditions=several):
            return "，或者".join(say_condition(one, numbers) for one in several)
        case DescribedCondition(words=words):
            return words
    if condition is always:
        return ""
    raise ValueError("this condition cannot be said on paper: use Picked, AnyOf or Told")
