"""The workflow tables, one per kind of case: buttons, guards and status page derive from them.

Time limits are the centre's own promises; their numbers stand in content/rules/deadlines.toml.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain import events
from portal.domain.errors import NotAllowed
from portal.domain.events import VISITOR, Event
from portal.domain.roles import Role


class CaseKind(StrEnum):
    """The kinds of case; the value is the name used in addresses and rows."""

    HARDSHIP = "hardship"
    CONSULTATION = "consultation"


class Ball(StrEnum):
    """Whose move it is."""

    CENTRE = "centre"
    WORKER = "worker"
    NOBODY = "nobody"


BACK = "back"
"""As a target: the state that the case was in before the supplement was asked for."""


@dataclass(frozen=True, slots=True)
class State:
    """`limit` names the time that the holder of the ball has, in content/rules/deadlines.toml.

    None means no clock. `{code}` in the public sentence stands for another limit of that table.
    """

    code: str
    staff_label: str
    public_label: str
    public_sentence: str
    ball: Ball
    limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text that goes with a step. `public` texts are shown to the worker."""

    label: str
    hint: str
    public: bool
    required: bool = True
    max_length: int = 2000


BY_WORKER: frozenset[Role] = frozenset()
"""The doers of a step that is the worker's own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move from one of `sources` to `target`.

    `by` are the roles that may take it, or `BY_WORKER`. `public_label` is what the worker reads
    in his timeline; empty if it is none of his business.
    `second_person`: nobody who took one of the named steps on this case may take this one.
    """

    code: str
    label: str
    public_label: str
    sources: frozenset[str]
    target: str
    event: type[Event]
    by: frozenset[Role]
    words: Words | None = None
    second_person: frozenset[str] = frozenset()
    after_deadline: bool = False
    danger: bool = False

    @property
    def by_worker(self) -> bool:
        """Whether it is the worker, not staff, who takes this step."""
        return self.by == BY_WORKER


@dataclass(frozen=True, slots=True)
class Workflow:
    """One kind of case: its states, its steps, and what the public calls it.

    `who` and `about` are the fields that a queue shows of it.
    """

    kind: CaseKind
    label: str
    receipt_prefix: str
    who: str
    about: str
    states: Mapping[str, State]
    steps: Mapping[str, Step]
    readers: frozenset[Role] = field(default_factory=frozenset)


def _states(*states: State) -> dict[str, State]:
    return {state.code: state for state in states}


def _steps(*steps: Step) -> dict[str, Step]:
    return {step.code: step for step in steps}


OPENING = "submitted"
"""The state that every case begins in."""

_SUBMITTED = State(
    OPENING, "已提交", "已提交", "我们收到了，正在看材料齐不齐。", Ball.CENTRE, "intake_check"
)
_SUPPLEMENT = State(
    "supplement_requested", "待补正", "请补材料",
    "还差一些内容，请看下面写的，补好以后我们接着办。", Ball.WORKER, "supplement",
)  # fmt: skip
_WITHDRAWN = State("withdrawn", "已撤回", "已撤回", "这件事已经撤回，不再办理。", Ball.NOBODY)

_GIVE_SUPPLEMENT = Step(
    "give_supplement", "交补充内容", "补充了内容", frozenset({"supplement_requested"}), BACK,
    events.SupplementGiven, BY_WORKER,
    Words(label="您要补充的内容", hint="照着上面的要求写。材料照片可以带到窗口。", public=True),
)  # fmt: skip
_WITHDRAWING = Words(
    label="为什么撤回？", hint="可以不写。", public=True, required=False, max_length=300
)
_LAPSING = Words(label="说明", hint="写明已经通知过、过了期限没有补。", public=True)
_LAPSED = "过期没有补，已经结束"

HARDSHIP = Workflow(
    CaseKind.HARDSHIP, "困难帮扶申请", "JZ", "name", "town",
    _states(
        _SUBMITTED,
        _SUPPLEMENT,
        State("accepted", "已受理，核实中", "正在核实",
              "我们已经受理，正在核实情况，可能会给您打电话或上门。", Ball.CENTRE, "checking"),
        State("awaiting_decision", "待审批", "等审批", "情况已经核实，正在等审批。",
              Ball.CENTRE, "approval"),
        State("approved", "已批准", "已批准", "您的申请已经批准。", Ball.NOBODY),
        State("refused", "不予批准", "没有批准",
              "您的申请没有批准，原因写在下面。"
              "您不同意，可以在收到决定后 {review_request}内到窗口申请复核。",
              Ball.NOBODY),
        _WITHDRAWN,
    ),
    _steps(
        Step("accept", "受理", "受理了", frozenset({"submitted"}), "accepted",
             events.CaseAccepted, frozenset({Role.INTAKE}), second_person=frozenset({"submit"})),
        Step("request_supplement", "请补材料", "请您补材料",
             frozenset({"submitted", "accepted"}), "supplement_requested",
             events.SupplementRequested, frozenset({Role.INTAKE, Role.REVIEWER}),
             Words(label="要补什么", hint="一次写全所有缺的，用工友看得懂的话。", public=True)),
        _GIVE_SUPPLEMENT,
        Step("lapse", "逾期未补，按撤回办结", _LAPSED, frozenset({"supplement_requested"}),
             "withdrawn", events.SupplementLapsed, frozenset({Role.INTAKE, Role.REVIEWER}),
             _LAPSING, after_deadline=True, danger=True),
        Step("refer_for_decision", "报审批", "核实好了，报上去审批", frozenset({"accepted"}),
             "awaiting_decision", events.ReferredForDecision, frozenset({Role.REVIEWER}),
             Words(label="核实意见", hint="核实了什么、建议怎么办。只有工作人员能看。",
                   public=False),
             second_person=frozenset({"submit", "accept"})),
        Step("return_for_checking", "退回核实", "", frozenset({"awaiting_decision"}), "accepted",
             events.ReturnedForChecking, frozenset({Role.APPROVER}),
             Words(label="退回原因", hint="要再核实什么。只有工作人员能看。", public=False)),
        Step("approve", "批准", "批准了", frozenset({"awaiting_decision"}), "approved",
             events.ApplicationApproved, frozenset({Role.APPROVER}),
             Words(label="决定和理由", hint="批准什么、依据什么。申请人会看到。", public=True),
             second_person=frozenset({"submit", "accept", "refer_for_decision"})),
        Step("refuse", "不予批准", "没有批准", frozenset({"awaiting_decision"}), "refused",
             events.ApplicationRefused, frozenset({Role.APPROVER}),
             Words(label="不批准的理由", hint="写清事实和依据。申请人会看到。", public=True),
             second_person=frozenset({"submit", "accept", "refer_for_decision"}), danger=True),
        Step("withdraw", "撤回申请", "撤回了",
             frozenset({"submitted", "supplement_requested", "accepted"}), "withdrawn",
             events.CaseWithdrawn, BY_WORKER, _WITHDRAWING, danger=True),
    ),
    readers=frozenset({Role.INTAKE, Role.REVIEWER, Role.APPROVER}),
)  # fmt: skip

CONSULTATION = Workflow(
    CaseKind.CONSULTATION, "法律咨询", "FL", "called", "topic",
    _states(
        State(OPENING, "待答复", "已提交", "我们收到了，律师正在看。", Ball.CENTRE,
              "consultation_reply"),
        _SUPPLEMENT,
        State("answered", "已答复", "已答复", "律师已经答复，请看下面。不明白的可以接着问。",
              Ball.NOBODY),
        State("closed", "已办结", "已办结", "这次咨询已经办完。有新的事请重新咨询。", Ball.NOBODY),
        _WITHDRAWN,
    ),
    _steps(
        Step("answer", "答复", "律师答复", frozenset({"submitted"}), "answered",
             events.ConsultationAnswered, frozenset({Role.LAWYER}),
             Words(label="答复", hint="先说结论，再说怎么做、去哪里、期限到哪天。", public=True,
                   max_length=4000)),
        Step("request_supplement", "请补充情况", "请您补充情况", frozenset({"submitted"}),
             "supplement_requested", events.SupplementRequested, frozenset({Role.LAWYER}),
             Words(label="要补充什么", hint="一次写全所有要问的，用工友看得懂的话。",
                   public=True)),
        _GIVE_SUPPLEMENT,
        Step("lapse", "逾期未补，按撤回办结", _LAPSED, frozenset({"supplement_requested"}),
             "withdrawn", events.SupplementLapsed, frozenset({Role.LAWYER}), _LAPSING,
             after_deadline=True, danger=True),
        Step("ask_again", "接着问", "又问了一次", frozenset({"answered"}), "submitted",
             events.FollowUpAsked, BY_WORKER,
             Words(label="您还想问什么？", hint="接着上面的答复问。", public=True)),
        Step("close", "办结", "办完了", frozenset({"answered"}), "closed",
             events.ConsultationClosed, frozenset({Role.LAWYER}),
             Words(label="办结说明", hint="可以不写。", public=True, required=False),
             danger=True),
        Step("withdraw", "撤回咨询", "撤回了", frozenset({"submitted", "supplement_requested"}),
             "withdrawn", events.CaseWithdrawn, BY_WORKER, _WITHDRAWING, danger=True),
    ),
    readers=frozenset({Role.LAWYER}),
)  # fmt: skip

WORKFLOWS: dict[CaseKind, Workflow] = {flow.kind: flow for flow in (HARDSHIP, CONSULTATION)}


def kinds_open_to(roles: frozenset[Role]) -> tuple[CaseKind, ...]:
    """The kinds of case whose files a person with these roles may open."""
    return tuple(kind for kind, flow in WORKFLOWS.items() if flow.readers & roles)


class Party(StrEnum):
    """On whose side somebody acts."""

    WORKER = "worker"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wants to take a step: a staff login with its roles, or the worker (`WORKER`)."""

    login: str
    roles: frozenset[Role] = frozenset()
    party: Party = Party.STAFF


WORKER = Actor(VISITOR, party=Party.WORKER)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, as far as the table needs to know: `taken` is (step, login) pairs."""

    kind: CaseKind
    state: str
    taken: Collection[tuple[str, str]]
    overdue: bool


def why_not(standing: Standing, step: Step, actor: Actor) -> str | None:
    """Why the actor may not take the step now, in Chinese; None if he may."""
    worker_acts = actor.party is Party.WORKER
    if step.by_worker != worker_acts or not (step.by_worker or step.by & actor.roles):
        return "您的岗位不能办这一步"
    if standing.state not in step.sources:
        return "这件事的状态已经变了，现在不能办这一步"
    if step.after_deadline and not standing.overdue:
        return "还没到期限，现在不能办这一步"
    if any(done in step.second_person and who == actor.login for done, who in standing.taken):
        return "前面的步骤是您办的，这一步要换一个人办"
    return None


def require_step(standing: Standing, code: str, actor: Actor) -> Step:
    """The step, if the actor may take it now. NotAllowed with the reason otherwise."""
    step = WORKFLOWS[standing.kind].steps.get(code)
    reason = "没有这一步" if step is None else why_not(standing, step, actor)
    if step is None or reason:
        raise NotAllowed(reason or "")
    return step


def steps_open_to(standing: Standing, actor: Actor) -> tuple[Step, ...]:
    """The steps that the actor may take now, in the order of the table: his buttons."""
    steps = WORKFLOWS[standing.kind].steps.values()
    return tuple(step for step in steps if why_not(standing, step, actor) is None)
