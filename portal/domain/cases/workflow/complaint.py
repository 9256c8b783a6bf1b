"""The workflow of a complaint about staff （投诉）: few read it, and answer it in words."""

from portal.domain.accounts.permissions import COMPLAINT_HANDLERS, Role
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

_CHECKING, _ANSWERED = "checking", "answered"
_OPEN = (OPENING, ASKED, _CHECKING)

COMPLAINT_WORKFLOW = CaseWorkflow(
    kind=CaseKind.COMPLAINT, label="投诉工作人员", receipt_prefix="TS", who="name",
    about="complaint_topic",
    states=states_of(
        State(OPENING, "待受理", "已提交", "我们收到了，等人受理。您投诉的人看不到。",
              Awaiting.CENTRE, "complaint_start"),
        SUPPLEMENT,
        State(_CHECKING, "核查中", "开始核查了", "已经开始核查您说的情况。您投诉的人不参加。",
              Awaiting.CENTRE, "complaint_reply"),
        State(_ANSWERED, "已答复", "已答复",
              "查过了，结果写在下面。您不同意，可以再提一份，也可以向上一级工会反映。",
              Awaiting.NOBODY, reopens_to=_CHECKING),
        WITHDRAWN,
    ),
    steps=steps_of(
        Step("take_up", "受理，开始核查", "开始核查", frozenset({OPENING}), _CHECKING,
             events.CaseAccepted, COMPLAINT_HANDLERS),
        *ask_for_supplement("请补充情况", "请您补充情况", (OPENING, _CHECKING),
                            COMPLAINT_HANDLERS),
        Step("answer_complaint", "答复", "答复了", frozenset({_CHECKING}), _ANSWERED,
             events.ComplaintAnswered, COMPLAINT_HANDLERS,
             Statement(label="查到了什么，怎么处理", public=True,
                       hint="先说属实不属实，再说怎么处理、怎么改。投诉的人会看到。"),
             danger=True, consequence=f"投诉就办完了。{TOLD_AT_ONCE}"),
        *messages(_OPEN, COMPLAINT_HANDLERS),
        withdrawal("撤回投诉", _OPEN),
        rate((_ANSWERED,)),
    ),
    readers=COMPLAINT_HANDLERS,
    also_keyed_in_by=frozenset({Role.INTAKE, Role.LAWYER}),
)  # fmt: skip

TABLES = (COMPLAINT_WORKFLOW,)
