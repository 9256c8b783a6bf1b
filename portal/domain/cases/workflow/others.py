"""The workflows of finding work and of asking about one's own data."""

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
from portal.domain.records.guards import TakenBefore
from portal.domain.records.workflow import Awaiting, State, Statement, Step, states_of, steps_of
from portal.domain.shared.case_kinds import CaseKind

_INTAKE = frozenset({Role.INTAKE})
_KEEPERS = frozenset({Role.INTAKE, Role.APPROVER})
_INTRODUCED = TakenBefore(
    "introduce_job", "没有给他介绍过岗位，不能算我们介绍上岗的。他自己找到了工作，请点“办结”，写明"
)
"""S7 is a part of S6: only who was introduced to a job starts work by us."""

JOBS_WORKFLOW = CaseWorkflow(
    kind=CaseKind.JOBS, label="求职培训登记", receipt_prefix="QZ", who="name", about="jobs_wanted",
    states=states_of(
        State(OPENING, "待联系", "已登记", "我们收到了，会{call}，和您商量。", Awaiting.CENTRE,
              "job_contact"),
        SUPPLEMENT,
        State("introduced", "已介绍，待回访", "已经介绍",
              "岗位或培训写在下面。去了以后，请告诉我们结果，我们也会{call}。",
              Awaiting.CENTRE, "job_follow_up"),
        State("at_work", "已上岗", "已经上岗", "恭喜您上岗了。有什么难处，随时找我们。",
              Awaiting.NOBODY, reopens_to="introduced"),
        State("closed", "已办结", "已办结", "这次登记已经办完。还想找，请重新登记。",
              Awaiting.NOBODY, reopens_to=OPENING),
        WITHDRAWN,
    ),
    steps=steps_of(
        Step("introduce_job", "介绍岗位", "给您介绍了岗位", frozenset({OPENING, "introduced"}),
             "introduced", events.JobIntroduced, _INTAKE,
             Statement(label="什么岗位", hint="单位、岗位、工资、地点、找谁。本人会看到。",
                   public=True)),
        Step("arrange_training", "安排培训", "给您安排了培训",
             frozenset({OPENING, "introduced"}), "introduced", events.TrainingArranged, _INTAKE,
             Statement(label="什么培训", hint="学什么、哪天、在哪里、要不要钱。本人会看到。",
                   public=True)),
        Step("confirm_work", "确认上岗", "上岗了", frozenset({"introduced"}), "at_work",
             events.WorkStarted, _INTAKE,
             Statement(label="在哪里上岗", hint="单位、岗位。怎么核实的。只有工作人员看得到。",
                       public=False),
             fields=("started_on",), on="started_on", guards=(_INTRODUCED,),
             consequence=f"算作实现就业，写进统计。{TOLD_AT_ONCE}"),
        *ask_for_supplement("请补充情况", "请您补充情况", (OPENING,), _INTAKE),
        Step("close", "办结", "办完了", frozenset({OPENING, "introduced"}), "closed",
             events.JobSearchClosed, _INTAKE,
             Statement(label="办结说明", hint="为什么办结。本人会看到。", public=True),
             danger=True, consequence=f"不再替他找工作、安排培训。{TOLD_AT_ONCE}"),
        *messages((OPENING, ASKED, "introduced"), _INTAKE),
        withdrawal("不找了，撤回", (OPENING, ASKED, "introduced")),
        rate(("at_work", "closed")),
    ),
    readers=_INTAKE | {Role.TOWN, Role.DIRECTOR},
)  # fmt: skip

OWN_DATA_WORKFLOW = CaseWorkflow(
    kind=CaseKind.OWN_DATA, label="个人信息要求", receipt_prefix="XX", who="name",
    about="data_wish",
    states=states_of(
        State(OPENING, "待核对", "已提交", "我们收到了，等我们核对是不是您本人。", Awaiting.CENTRE,
              "data_request"),
        SUPPLEMENT,
        State("fulfilled", "已办理", "已办理", "您的要求已经办好，怎么办的写在下面。",
              Awaiting.NOBODY, reopens_to=OPENING),
        State("refused", "不能办理", "没有照办",
              "有的信息法律要我们留着，理由写在下面。您不同意，可以到窗口说，也可以向网信部门投诉。",
              Awaiting.NOBODY, reopens_to=OPENING),
        WITHDRAWN,
    ),
    steps=steps_of(
        Step("fulfil", "已照办", "照您的要求办了", frozenset({OPENING}), "fulfilled",
             events.DataRequestFulfilled, _KEEPERS,
             Statement(label="怎么办的", hint="给了什么、改了什么、删了什么。本人会看到。",
                   public=True), fields=("why_not_corrected",),
             consequence=f"等于告诉本人：他要的已经办好了。{TOLD_AT_ONCE}"),
        Step("refuse", "不能照办", "没有照办", frozenset({OPENING}), "refused",
             events.DataRequestRefused, frozenset({Role.APPROVER}),
             Statement(label="理由", hint="依据哪一条法律。本人会看到。", public=True),
             danger=True, consequence=f"他的要求不照办。{TOLD_AT_ONCE}"),
        *ask_for_supplement("请补充情况", "请您补充情况", (OPENING,), _KEEPERS),
        *messages((OPENING, ASKED), _KEEPERS),
        withdrawal("撤回要求", (OPENING, ASKED)),
        rate(("fulfilled", "refused")),
    ),
    readers=_KEEPERS,
)  # fmt: skip

TABLES = (JOBS_WORKFLOW, OWN_DATA_WORKFLOW)
