"""The journeys: the ordered pages of each form, one topic a page.

Routes, guards, step text, check page and print are derived from these tables. A journey is a
pure function of the answers; a case keeps the version of the form that it was filed with.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.domain.fields import FIELDS, Field
from portal.domain.workflow import CaseKind

Given = Mapping[str, object]
Condition = Callable[[Given], bool]


def always(_: Given) -> bool:
    """A page or question that everybody gets."""
    return True


def _is(name: str, *codes: str) -> Condition:
    return lambda given: given.get(name) in codes


def _has(name: str, *codes: str) -> Condition:
    def holds(given: Given) -> bool:
        ticked = given.get(name)
        return isinstance(ticked, Sequence) and any(code in ticked for code in codes)

    return holds


def _any(*conditions: Condition) -> Condition:
    return lambda given: any(holds(given) for holds in conditions)


def _not(condition: Condition) -> Condition:
    return lambda given: not condition(given)


def has_young_member(given: Given) -> bool:
    """Whether a household member is under 14 （个人信息保护法第三十一条）."""
    members = given.get("members")
    if not isinstance(members, Sequence):
        return False
    return any(isinstance(one, Mapping) and int(one["member_age"]) < 14 for one in members)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question on a page, and when it is asked."""

    field: str
    when: Condition = always


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `title` is its h1, `group` the heading on the check page.

    `loop` marks a page that is filled once for each household member; its answers are a list
    under the name of the loop.
    """

    path: str
    group: str
    title: str
    asks: tuple[Ask, ...]
    when: Condition = always
    lead: str = ""
    loop: str | None = None

    def fields(self, given: Given) -> tuple[Field, ...]:
        """The questions that this page asks, in view of what was answered before."""
        return tuple(FIELDS[ask.field] for ask in self.asks if ask.when(given))


@dataclass(frozen=True, slots=True)
class Journey:
    """A whole form. `address` is the first part of its addresses, `version` counts its changes."""

    kind: CaseKind
    address: str
    version: int
    title: str
    button: str
    minutes: int
    pages: tuple[Page, ...]

    def open_pages(self, given: Given) -> tuple[Page, ...]:
        """The pages that these answers lead through."""
        return tuple(page for page in self.pages if page.when(given))

    def next_unanswered(self, given: Given) -> Page | None:
        """The first page that still wants an answer; None when the form is complete."""
        return next((page for page in self.open_pages(given) if not is_answered(page, given)), None)


def is_answered(page: Page, given: Given) -> bool:
    """Whether the page has been saved: every question it must ask has an answer."""
    if page.loop:
        return isinstance(given.get(page.loop), Sequence)
    return all(field.name in given for field in page.fields(given))


def _page(path: str, group: str, title: str, *asks: Ask | str, when: Condition = always,
          lead: str = "", loop: str | None = None) -> Page:  # fmt: skip
    asked = tuple(ask if isinstance(ask, Ask) else Ask(ask) for ask in asks)
    return Page(path, group, title, asked, when, lead, loop)


_ILL = _has("causes", "own_illness", "family_illness", "disability")
_SCHOOLING = _any(_has("causes", "schooling"), _has("help_wanted", "schooling"))
_ACCIDENT = _has("causes", "accident")

HARDSHIP_JOURNEY = Journey(
    CaseKind.HARDSHIP, "apply", 1, "申请困难帮扶", "提交申请", 10,
    (
        _page("who", "谁来填", "谁来填，先说清楚", "filled_by", "consent_notice",
              "consent_health", "consent_money"),
        _page("helper", "谁来填", "替填的人是谁", "helper_name", "helper_relation",
              "helper_mobile", when=_not(_is("filled_by", "self"))),
        _page("help", "申请什么", "您想申请哪种帮扶？", "help_wanted"),
        _page("identity", "申请人", "您是谁", "name", "id_number", "mobile",
              lead="填申请人本人的。"),
        _page("home", "申请人", "您住在哪", "town", "address"),
        _page("work", "工作", "您的工作", "work_state", "employer"),
        _page("membership", "工作", "工会和户口", "union_member", "migrant_worker"),
        _page("household", "家人", "家里还有哪些人", "member_name", "member_relation",
              "member_age", "member_income", "member_situation", loop="members",
              lead="只写和您一起生活的家人，一次写一个人。您自己不用写。"),
        _page("guardian", "家人", "家里有不满 14 岁的孩子", "guardian_consent",
              when=has_young_member),
        _page("income", "收入和困难", "全家收入和低保", "income_month", "state_aid"),
        _page("cause", "收入和困难", "家里为什么困难？", "causes"),
        _page("costs", "收入和困难", "花了多少钱",
              Ask("medical_cost_year", _ILL), Ask("schooling_cost_year", _SCHOOLING),
              Ask("loss", _ACCIDENT), when=_any(_ILL, _SCHOOLING, _ACCIDENT)),
        _page("story", "收入和困难", "说说家里的情况", "story"),
        _page("bank", "领钱的卡", "钱打到哪张卡？", "pay_to"),
        _page("card", "领钱的卡", "您的银行卡", "bank_card", "bank_name",
              when=_is("pay_to", "card"), lead="户名必须是申请人本人。"),
    ),
)  # fmt: skip

CONSULTATION_JOURNEY = Journey(
    CaseKind.CONSULTATION, "consult", 1, "法律咨询", "提交咨询", 5,
    (
        _page("topic", "什么事", "遇到了什么事？", "topic", "consent_legal"),
        _page("wages", "经过", "欠工资的情况", "against", "owed", "owed_since",
              when=_is("topic", "unpaid_wages")),
        _page("injury", "经过", "受伤的情况", "against", "injured_on",
              when=_is("topic", "work_injury")),
        _page("account", "经过", "说说经过", "account"),
        _page("evidence", "证据", "手里有哪些证据？", "evidence"),
        _page("wanted", "想要的帮助", "您想要什么帮助？", "wanted"),
        _page("contact", "联系方式", "怎么联系您", "called", "mobile", "call_times"),
        _page("about-you", "联系方式", "最后两个问题", "may_contact", "migrant_worker"),
    ),
)  # fmt: skip

JOURNEYS: dict[CaseKind, Journey] = {
    journey.kind: journey for journey in (HARDSHIP_JOURNEY, CONSULTATION_JOURNEY)
}
LAST_WORD: dict[CaseKind, tuple[str, ...]] = {
    CaseKind.HARDSHIP: ("truth_pledge",),
    CaseKind.CONSULTATION: (),
}
"""What is still to be ticked on the check page."""
