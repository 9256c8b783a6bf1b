"""The workflow of an objection to a public list （公示异议）: checked again, decided by another."""

from portal.domain.accounts.permissions import Role
from portal.domain.cases import events
from portal.domain.cases.workflow.common import (
    ASKED,
    SUPPLEMENT,
    TOLD_AT_ONCE,
    WITHDRAWN,
    ask_for_supplement,
    messages,
    rate,
    withdrawal,
)
from portal.domain.cases.workflow.model import OPENING, CaseWorkflow
from portal.domain.records.workflow import Awaiting, State, Statement, Step, states_of, steps_of
from portal.domain.shared.case_kinds import CaseKind

_REVIEWER, _APPROVER = frozenset({Role.REVIEWER}), frozenset({Role.APPROVER})
_ASKING = frozenset({Role.INTAKE, Role.REVIEWER})
_DOERS = frozenset({Role.INTAKE, Role.REVIEWER, Role.APPROVER})
_CHECKING, _AWAITING = "checking", "awaiting_decision"
_CHANGED, _KEPT = "list_changed", "list_kept"
_OPEN = (OPENING, ASKED, _CHECKING, _AWAITING)
_NOBODY_NAMED = "不要写名单上那个人的收入、病情、住址。提意见的人会看到。"

OBJECTION_WORKFLOW = CaseWorkflow(
    kind=CaseKind.OBJECTION, label="公示意见", receipt_prefix="YY", who="name",
    about="objection_about",
    states=states_of(
        State(OPENING, "待核查", "已提交", "我们收到了，等人核查。", Awaiting.CENTRE,
              "objection_start"),
        SUPPLEMENT,
        State(_CHECKING, "核查中", "开始核查了", "已经开始重新核查您说的情况。", Awaiting.CENTRE,
              "objection_recheck"),
        State(_AWAITING, "待决定", "等决定", "查完了，等另外一个人定名单要不要改。",
              Awaiting.CENTRE, "objection_decision"),
        State(_CHANGED, "意见成立，名单已改", "名单改了", "您说得对，名单改了。怎么改的写在下面。",
              Awaiting.NOBODY, reopens_to=_AWAITING),
        State(_KEPT, "意见不成立", "名单没有改",
              "我们查过了，名单没有改，理由写在下面。有新的情况，可以再提一份，也可以到窗口说。",
              Awaiting.NOBODY, reopens_to=_AWAITING),
        WITHDRAWN,
    ),
    steps=steps_of(
        Step("begin_checking", "开始核查", "开始重新核查", frozenset({OPENING}), _CHECKING,
             events.CaseAccepted, _REVIEWER),
        *ask_for_supplement("请补充情况", "请您补充情况", (OPENING, _CHECKING), _ASKING),
        Step("refer_for_decision", "报决定", "查完了，报上去定", frozenset({_CHECKING}), _AWAITING,
             events.ReferredForDecision, _REVIEWER,
             Statement(label="核查情况", hint="查了什么、建议怎么办。只有工作人员能看。",
                   public=False)),
        Step("return_for_checking", "退回核查", "", frozenset({_AWAITING}), _CHECKING,
             events.ReturnedForChecking, _APPROVER,
             Statement(label="退回原因", hint="要再查什么。只有工作人员能看。", public=False),
             resumes=True),
        Step("change_list", "意见成立，改名单", "名单改了", frozenset({_AWAITING}), _CHANGED,
             events.ObjectionUpheld, _APPROVER,
             Statement(label="名单怎么改的", hint=_NOBODY_NAMED, public=True),
             consequence=f"认定名单有错。{TOLD_AT_ONCE}"),
        Step("keep_list", "意见不成立，名单不改", "名单没有改", frozenset({_AWAITING}), _KEPT,
             events.ObjectionDismissed, _APPROVER,
             Statement(label="不改的理由", hint=_NOBODY_NAMED, public=True),
             danger=True, consequence=f"名单照旧。{TOLD_AT_ONCE}"),
        *messages(_OPEN, _DOERS),
        withdrawal("撤回意见", (OPENING, ASKED, _CHECKING)),
        rate((_CHANGED, _KEPT)),
    ),
    readers=_DOERS | {Role.DIRECTOR},
)  # fmt: skip

TABLES = (OBJECTION_WORKFLOW,)
