"""States and steps that every kind of case has: supplement, messages, withdrawal, rating."""

from collections.abc import Iterable

from portal.domain.accounts.permissions import Role
from portal.domain.cases import events
from portal.domain.cases.workflow.model import OPENING
from portal.domain.records.guards import Once, deadline_passed
from portal.domain.records.workflow import (
    BACK,
    BY_APPLICANT,
    SAME,
    Awaiting,
    State,
    Statement,
    Step,
)

ASKED = "supplement_requested"
_LAPSED = "过期没有补，已经结束"
TOLD_AT_ONCE = "本人马上会收到消息。您自己改不回来，错了要另一个人同意才能重新办理。"
"""What is true of whatever ends a case."""

SUPPLEMENT = State(
    ASKED, "待补正", "请补材料", "还差一些内容，请看下面写的，补好以后我们接着办。",
    Awaiting.APPLICANT, "supplement",
)  # fmt: skip
WITHDRAWN = State("withdrawn", "已撤回", "已撤回", "这件事已经撤回，不再办理。", Awaiting.NOBODY,
                  reopens_to=OPENING)  # fmt: skip


def ask_for_supplement(
    label: str, public_label: str, sources: Iterable[str], by: Iterable[Role]
) -> tuple[Step, Step, Step]:
    """Make three steps: staff ask for what is missing, the applicant gives it, or time runs out."""
    roles = frozenset(by)
    return (
        Step("request_supplement", label, public_label, frozenset(sources), ASKED,
             events.SupplementRequested, roles,
             Statement(label="要补什么", hint="一次写全所有缺的，用工友看得懂的话。", public=True),
             fields=("papers_asked",)),
        Step("give_supplement", "提交补充材料", "提交了补充材料", frozenset({ASKED}), BACK,
             events.SupplementGiven, BY_APPLICANT,
             Statement(label="您要补充的内容", hint="照着上面的要求写。要看原件的，请带到窗口。",
                   public=True, or_papers=True)),
        Step("lapse", "逾期未补，按撤回办结", _LAPSED, frozenset({ASKED}), WITHDRAWN.code,
             events.SupplementLapsed, roles,
             Statement(label="说明", hint="写明已经通知过、过了期限没有补。", public=True),
             guards=(deadline_passed,), danger=True, alike=True,
             consequence=f"这件事按撤回结束，不再办理。{TOLD_AT_ONCE}"),
    )  # fmt: skip


def withdrawal(label: str, sources: Iterable[str]) -> Step:
    """Make the step by which the applicant takes the case back before it is decided."""
    return Step(
        "withdraw", label, "撤回了", frozenset(sources), WITHDRAWN.code,
        events.CaseWithdrawn, BY_APPLICANT,
        Statement(label="为什么撤回？", hint="可以不写。", public=True, required=False,
                  max_length=300),
        danger=True, signed=True,
        consequence="这件事不再办理。要再办，得重新申请，或者两个人同意重新办理。",
    )  # fmt: skip


def messages(open_states: Iterable[str], by: Iterable[Role]) -> tuple[Step, Step]:
    """Make the steps for a word in between, from either side, while the case is open."""
    sources = frozenset(open_states)
    return (
        Step("reply", "给申请人留言", "给您留言", sources, SAME, events.StaffWrote, frozenset(by),
             Statement(label="留言", hint="申请人会看到。不要写身份证号、银行卡号。", public=True)),
        Step("write", "给我们留言", "您留了言", sources, SAME, events.ApplicantWrote, BY_APPLICANT,
             Statement(label="您想说什么？", hint="比如：电话换了，或者问办到哪里了。",
                       public=True)),
    )  # fmt: skip


def rate(end_states: Iterable[str]) -> Step:
    """Make the step by which the applicant says, once, how he was served."""
    return Step(
        "rate", "给我们打分", "您打了分", frozenset(end_states), SAME, events.ServiceRated,
        BY_APPLICANT,
        Statement(label="还有什么想说的？", hint="哪里好，哪里不好，都可以写。", public=True,
              required=False, max_length=500),
        fields=("rating",), guards=(Once("rate"),),
    )  # fmt: skip
