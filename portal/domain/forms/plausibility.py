"""Answers that may be right but look like a slip: shown before handing in, never blocking."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.domain.forms.answers import Context, show_answer
from portal.domain.forms.collective_dispute import miss_sender
from portal.domain.forms.drafts import ListedPerson
from portal.domain.forms.fields import FIELDS, label_of
from portal.domain.forms.journeys import has_ticked, is_one_of
from portal.domain.forms.progress import JourneyProgress
from portal.domain.shared.id_checks import bank_card_warning
from portal.domain.shared.money import format_yuan

_HIGH_MONTHLY_INCOME = 50_000_00
_COSTS = ("medical_cost_year", "care_cost_year", "schooling_cost_year")
_MONTHS = 12
_COSTS_OF_EMERGENCY = ("treatment_cost", "loss", "funeral_cost", "income_lost")
_USUAL_AGES = {
    "schooling": (3, 35),
    "working": (16, 100),
    "gig": (16, 100),
    "retired": (40, 120),
    "young": (0, 7),
}
_ONE_OF_BOTH = "哪一处写错了，就改哪一处；都对就不用改。"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence, and the question whose answer should be looked at once more."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Answers that say one thing twice, or bound each other: `names` of the questions, and what
    finds that they do not fit. A check asks, it never refuses."""

    names: tuple[str, ...]
    find: Callable[[Mapping[str, object]], Iterable[Doubt]]


def find_doubts(answers: Mapping[str, object]) -> list[Doubt]:
    """Find what the applicant should look at once more."""
    return [doubt for check in CROSS_CHECKS for doubt in check.find(answers)]


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


def _about_emergency(answers: Mapping[str, object]) -> Iterator[Doubt]:
    needed = answers.get("needed_now")
    costs = [cost for name in _COSTS_OF_EMERGENCY if isinstance(cost := answers.get(name), int)]
    if isinstance(needed, int) and costs and needed > sum(costs):
        yield Doubt(
            "needed_now",
            f"眼下还差的 {format_yuan(needed)} 元，比写的要花的 {format_yuan(sum(costs))} 元还多。"
            "写对了就不用改。",
        )


def _about_health(answers: Mapping[str, object]) -> Iterator[Doubt]:
    if not is_one_of("health", "good")(answers):
        return
    if has_ticked("causes", "own_illness")(answers):
        words = "困难的原因选了“自己生病”，前面身体怎么样选的是“身体好”。"
        yield Doubt("health", words + _ONE_OF_BOTH)
    elif is_one_of("work_state", "sick")(answers):
        words = "工作情况选了“生病或受伤，不能上班”，身体怎么样选的是“身体好”。"
        yield Doubt("health", words + _ONE_OF_BOTH)


def _of_household(
    find: Callable[[Mapping[str, object], list[ListedPerson]], Iterator[Doubt]],
) -> Callable[[Mapping[str, object]], Iterable[Doubt]]:
    """Compare the list of the household with what is asked about it once more.

    What is still missing of somebody who is half written down says nothing.
    """

    def find_there(answers: Mapping[str, object]) -> Iterable[Doubt]:
        members = answers.get("members")
        return find(answers, members) if isinstance(members, list) else ()

    return find_there


def _about_earnings(answers: Mapping[str, object], members: list[ListedPerson]) -> Iterator[Doubt]:
    earned = sum(own for one in members if isinstance(own := one.get("member_income"), int))
    income = answers.get("income_month")
    if isinstance(income, int) and income < earned:
        yield Doubt(
            "income_month",
            f"家人每月的收入加起来有 {format_yuan(earned)} 元，"
            f"全家每月写的是 {format_yuan(income)} 元。全家的要把每个人的、您自己的都加上。",
        )


def _about_pupils(answers: Mapping[str, object], members: list[ListedPerson]) -> Iterator[Doubt]:
    students, listed = answers.get("students"), _count(members, "member_situation", "schooling")
    if isinstance(students, int) and students != listed:
        yield Doubt(
            "students",
            f"几个孩子在上学，写的是 {students} 个；家人里选了“在上学”的有 {listed} 个。"
            + _ONE_OF_BOTH,
        )


def _about_ill_member(
    answers: Mapping[str, object], members: list[ListedPerson]
) -> Iterator[Doubt]:
    if _count(members, "member_situation", "ill"):
        return
    if has_ticked("causes", "family_illness")(answers):
        words = "困难的原因选了“家人生病”，家人里没有谁选“生病或残疾”。"
        yield Doubt("members", words + _ONE_OF_BOTH)
    if has_ticked("causes", "disability")(answers) and is_one_of("health", "good", "ill")(answers):
        words = (
            "困难的原因选了“本人或家人残疾”，您自己没有选“有残疾证”，家人里也没有谁选“生病或残疾”。"
        )
        yield Doubt("health", words + _ONE_OF_BOTH)


def _about_spouse(answers: Mapping[str, object], members: list[ListedPerson]) -> Iterator[Doubt]:
    spouses = _count(members, "member_relation", "spouse")
    if is_one_of("marriage", "married")(answers) and not spouses:
        words = "婚姻选了“已婚”，家人里没有写丈夫或妻子。不在一起生活的，不用写。"
        yield Doubt("members", words)
    elif is_one_of("marriage", "single", "divorced", "widowed")(answers) and spouses:
        yield Doubt("marriage", f"家人里写了丈夫或妻子，婚姻选的不是“已婚”。{_ONE_OF_BOTH}")


def _count(members: list[ListedPerson], name: str, code: str) -> int:
    return sum(one.get(name) == code for one in members)


def _about_aid(answers: Mapping[str, object]) -> Iterator[Doubt]:
    aid, income = answers.get("aid_month"), answers.get("income_month")
    if isinstance(aid, int) and isinstance(income, int) and aid > income:
        yield Doubt(
            "income_month",
            f"低保金每月 {format_yuan(aid)} 元，全家每月收入写的是 {format_yuan(income)} 元。"
            "低保金也算收入，请加上。",
        )


def _about_ages(_: Mapping[str, object], members: list[ListedPerson]) -> Iterator[Doubt]:
    for one in members:
        age, situation = one.get("member_age"), str(one.get("member_situation"))
        if not isinstance(age, int) or not (limits := _USUAL_AGES.get(situation)):
            continue
        if not limits[0] <= age <= limits[1]:
            told = label_of(FIELDS["member_situation"], situation)
            yield Doubt("members", f"家人里有一位 {age} 岁，选的是“{told}”。写对了就不用改。")


def _in_order(first: str, then: str) -> CrossCheck:
    """Compare two days of which the first cannot come after the other; of half-known days only
    what is known of both."""

    def find(answers: Mapping[str, object]) -> Iterator[Doubt]:
        one, other = answers.get(first), answers.get(then)
        if not isinstance(one, str) or not isinstance(other, str):
            return
        known = min(len(one), len(other))
        if one[:known] > other[:known]:
            words = f"“{FIELDS[first].label}”写的日子，在“{FIELDS[then].label}”写的日子后面。"
            yield Doubt(then, words + _ONE_OF_BOTH)

    return CrossCheck((first, then), find)


CROSS_CHECKS: tuple[CrossCheck, ...] = (
    CrossCheck(("bank_card",), _about_card),
    CrossCheck(("people", "coworkers"), _about_list),
    CrossCheck(("income_month", *_COSTS), _about_money),
    CrossCheck(("needed_now", *_COSTS_OF_EMERGENCY), _about_emergency),
    CrossCheck(("health", "causes", "work_state"), _about_health),
    CrossCheck(("students", "members"), _of_household(_about_pupils)),
    CrossCheck(("causes", "health", "members"), _of_household(_about_ill_member)),
    CrossCheck(("marriage", "members"), _of_household(_about_spouse)),
    CrossCheck(("income_month", "members"), _of_household(_about_earnings)),
    CrossCheck(("members",), _of_household(_about_ages)),
    CrossCheck(("aid_month", "income_month"), _about_aid),
    _in_order("hired_on", "left_on"),
    _in_order("hired_on", "dismissed_on"),
    _in_order("hired_on", "injured_on"),
    _in_order("hired_on", "owed_since"),
    _in_order("owed_since", "left_on"),
    _in_order("dismissed_on", "left_on"),
)
"""All that is compared before a form is handed in, and shown to staff beside the case."""
