"""The workflow of the applications for help: hardship file, schooling, medical, urgent help."""

from dataclasses import replace

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
from portal.domain.records.guards import within_deadline
from portal.domain.records.workflow import (
    BY_APPLICANT,
    Awaiting,
    State,
    Statement,
    Step,
    states_of,
    steps_of,
)
from portal.domain.shared.case_kinds import CaseKind

_DOERS = frozenset({Role.INTAKE, Role.REVIEWER, Role.APPROVER})
_SUBMITTED = State(
    OPENING,
    "已提交",
    "已提交",
    "我们收到了，等工作人员看材料齐不齐。",
    Awaiting.CENTRE,
    "intake_check",
)
_ACCEPTED = State(
    "accepted", "已受理，待核实", "受理了，等核实",
    "我们已经受理，下一步核实情况，可能会上门，或者{call}。", Awaiting.CENTRE, "checking",
)  # fmt: skip
_URGENT_SUBMITTED = replace(
    _SUBMITTED,
    public_sentence="我们收到了，等工作人员看情况、{call}。等不及，请您先打过来。",
    limit="emergency_check",
)
_URGENT_ACCEPTED = replace(_ACCEPTED, limit="emergency_checking")
_AWAITING = State(
    "awaiting_decision",
    "待审批",
    "等审批",
    "情况已经核实，报上去等审批。",
    Awaiting.CENTRE,
    "approval",
)
_URGENT_AWAITING = replace(_AWAITING, limit="emergency_approval")
_APPROVED = State("approved", "已批准", "已批准", "您的申请已经批准。", Awaiting.NOBODY,
                  reopens_to=_AWAITING.code)  # fmt: skip
_REFUSED = State(
    "refused", "不予批准", "没有批准",
    "您的申请没有批准，原因写在下面。您不同意，可以在 {review_request}内在这里或者到窗口申请复核。",
    Awaiting.NOBODY, "review_request", refuses=True, reopens_to=_AWAITING.code,
)  # fmt: skip
_REVIEW = State(
    "under_review", "待复核", "等复核", "我们收到了您的复核申请，会换人重新看。",
    Awaiting.CENTRE, "approval",
)  # fmt: skip
_UPHELD = State("upheld", "复核维持", "复核以后没有改", "我们复核过了，决定没有改，理由写在下面。",
                Awaiting.NOBODY, refuses=True, reopens_to=_REVIEW.code)  # fmt: skip

_DECISION = Statement(label="决定和理由", hint="批准什么、依据什么。申请人会看到。", public=True)
_GRANTS = f"照上面的金额批准。{TOLD_AT_ONCE}"
_REFUSES = f"这件申请不批准。{TOLD_AT_ONCE}"
_REASON = Statement(label="不批准的理由", hint="写清事实和依据。申请人会看到。", public=True)


def _deciding() -> tuple[Step, ...]:
    return (
        Step("accept", "受理", "受理了", frozenset({OPENING}), _ACCEPTED.code,
             events.CaseAccepted, frozenset({Role.INTAKE})),
        *ask_for_supplement("请补材料", "请您补材料", (OPENING, _ACCEPTED.code),
                            (Role.INTAKE, Role.REVIEWER)),
        Step("refer_for_decision", "报审批", "核实好了，报上去审批", frozenset({_ACCEPTED.code}),
             _AWAITING.code, events.ReferredForDecision, frozenset({Role.REVIEWER}),
             Statement(label="核实意见", hint="核实了什么、建议怎么办。只有工作人员能看。",
                   public=False)),
        Step("return_for_checking", "退回核实", "", frozenset({_AWAITING.code}), _ACCEPTED.code,
             events.ReturnedForChecking, frozenset({Role.APPROVER}),
             Statement(label="退回原因", hint="要再核实什么。只有工作人员能看。", public=False),
             resumes=True),
        Step("approve", "批准", "批准了", frozenset({_AWAITING.code}), _APPROVED.code,
             events.ApplicationApproved, frozenset({Role.APPROVER}), _DECISION,
             fields=("granted",), consequence=_GRANTS),
        Step("refuse", "不予批准", "没有批准", frozenset({_AWAITING.code}), _REFUSED.code,
             events.ApplicationRefused, frozenset({Role.APPROVER}), _REASON,
             danger=True, consequence=_REFUSES),
    )  # fmt: skip


def _reviewing() -> tuple[Step, ...]:
    # 社会救助法第四十五条 by analogy: a reason, a way to object, and another person who looks.
    return (
        Step("ask_review", "不同意，申请复核", "申请复核", frozenset({_REFUSED.code}),
             _REVIEW.code, events.ReviewAsked, BY_APPLICANT,
             Statement(label="您为什么不同意？", hint="哪里不对、还有什么情况，都写上。",
                       public=True),
             guards=(within_deadline,), signed=True),
        Step("change_decision", "改为批准", "复核以后批准了", frozenset({_REVIEW.code}),
             _APPROVED.code, events.DecisionChanged, frozenset({Role.APPROVER}), _DECISION,
             fields=("granted",), consequence=_GRANTS),
        Step("uphold_decision", "维持原决定", "复核以后没有改", frozenset({_REVIEW.code}),
             _UPHELD.code, events.DecisionUpheld, frozenset({Role.APPROVER}), _REASON,
             danger=True,
             consequence=f"原来的决定不改，不能再申请复核。{TOLD_AT_ONCE}"),
    )  # fmt: skip


def _relief(
    kind: CaseKind,
    label: str,
    receipt_prefix: str,
    before_decision: tuple[State, State, State] = (_SUBMITTED, _ACCEPTED, _AWAITING),
) -> CaseWorkflow:
    submitted, accepted, awaiting = before_decision
    open_states = (OPENING, ASKED, _ACCEPTED.code, _AWAITING.code, _REVIEW.code)
    return CaseWorkflow(
        kind=kind,
        label=label,
        receipt_prefix=receipt_prefix,
        who="name",
        about="town",
        states=states_of(
            submitted,
            SUPPLEMENT,
            accepted,
            awaiting,
            _REVIEW,
            _APPROVED,
            _REFUSED,
            _UPHELD,
            WITHDRAWN,
        ),
        steps=steps_of(
            *_deciding(),
            *_reviewing(),
            *messages(open_states, _DOERS),
            withdrawal("撤回申请", (OPENING, ASKED, _ACCEPTED.code)),
            rate((_APPROVED.code, _REFUSED.code, _UPHELD.code)),
        ),
        readers=_DOERS | {Role.HOME_VISITOR, Role.TOWN, Role.DIRECTOR},
    )


TABLES = (
    _relief(CaseKind.HARDSHIP, "困难帮扶申请", "JZ"),
    _relief(CaseKind.SCHOOLING, "助学帮扶申请", "ZX"),
    _relief(CaseKind.MEDICAL, "医疗帮扶申请", "YL"),
    _relief(
        CaseKind.TEMPORARY,
        "临时救助申请",
        "LS",
        (_URGENT_SUBMITTED, _URGENT_ACCEPTED, _URGENT_AWAITING),
    ),
)
