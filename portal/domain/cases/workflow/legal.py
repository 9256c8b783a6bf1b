"""The workflow of a legal consultation."""

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
from portal.domain.records.guards import COLLECTIVE, Once, only_collective
from portal.domain.records.workflow import (
    BY_APPLICANT,
    SAME,
    Awaiting,
    State,
    Statement,
    Step,
    Task,
    states_of,
    steps_of,
)
from portal.domain.shared.case_kinds import CaseKind

REPORT = "report_to_leader"
"""The task of telling the leader of a collective dispute on the day it comes in."""

_LAWYER = frozenset({Role.LAWYER})

TABLES = (
    CaseWorkflow(
        kind=CaseKind.CONSULTATION, label="法律咨询", receipt_prefix="FL", who="called",
        about="topic",
        states=states_of(
            State(OPENING, "待答复", "已提交", "我们收到了，等律师答复。", Awaiting.CENTRE,
                  "consultation_reply"),
            SUPPLEMENT,
            State("answered", "已答复", "已答复", "律师已经答复，请看下面。不明白的可以接着问。",
                  Awaiting.NOBODY, reopens_to=OPENING),
            State("closed", "已办结", "已办结", "这次咨询已经办完。有新的事请重新咨询。",
                  Awaiting.NOBODY, reopens_to=OPENING),
            WITHDRAWN,
        ),
        steps=steps_of(
            Step("answer", "答复", "律师答复", frozenset({OPENING}), "answered",
                 events.ConsultationAnswered, _LAWYER,
                 Statement(label="答复", hint="先说结论，再说怎么做、去哪里、期限到哪天。",
                           public=True, max_length=4000)),
            Step("amend_answer", "更正、补充答复", "律师更正、补充了答复", frozenset({"answered"}),
                 SAME, events.AnswerAmended, _LAWYER,
                 Statement(label="更正、补充什么", hint="先说前面的答复哪里不对，再说对的。",
                           public=True, max_length=4000)),
            *ask_for_supplement("请补充情况", "请您补充情况", (OPENING,), _LAWYER),
            Step("ask_again", "接着问", "又问了一次", frozenset({"answered"}), OPENING,
                 events.FollowUpAsked, BY_APPLICANT,
                 Statement(label="您还想问什么？", hint="接着上面的答复问。", public=True)),
            Step("close", "办结", "办完了", frozenset({"answered"}), "closed",
                 events.ConsultationClosed, _LAWYER,
                 Statement(label="办结说明", hint="可以不写。", public=True, required=False),
                 danger=True, consequence=f"本人不能再接着问，要重新咨询。{TOLD_AT_ONCE}"),
            Step("report_to_leader", "已经报给领导", "", frozenset({OPENING, ASKED, "answered"}),
                 SAME, events.LeaderInformed, _LAWYER,
                 Statement(label="怎么报的", hint="可以不写。只有工作人员看得到。", public=False,
                       required=False, max_length=300),
                 guards=(only_collective, Once(REPORT)), does=REPORT),
            *messages((OPENING, ASKED), _LAWYER),
            withdrawal("撤回咨询", (OPENING, ASKED)),
            rate(("answered", "closed")),
        ),
        tasks=(Task(code=REPORT, label="报给领导", by=_LAWYER, trait=COLLECTIVE,
                    states=frozenset({OPENING, ASKED, "answered"})),),
        readers=_LAWYER,
        also_keyed_in_by=frozenset({Role.INTAKE}),
    ),
)  # fmt: skip
