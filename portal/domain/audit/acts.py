"""Groups of acts（操作的种类）, by which the auditor looks through the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.audit.actions import ACTION_LABELS, AuditAction, NewsroomStep, stored_code
from portal.domain.cases.workflow import WORKFLOWS, find_kind
from portal.domain.content.articles import ARTICLE_WORKFLOW

_STEPS: Final = frozenset(code for flow in WORKFLOWS.values() for code in flow.steps)
_NEWSROOM: Final = frozenset(
    stored_code(NewsroomStep(step)) for step in ARTICLE_WORKFLOW.steps.values()
)


@dataclass(frozen=True, slots=True)
class ActGroup:
    """A row of the table: what the group is called, and which stored acts are in it."""

    code: str
    label: str
    acts: frozenset[str]


_Act = AuditAction
_ROWS: Final = (
    ActGroup("identity", "看完整身份、带走资料", frozenset({
        _Act.REVEAL, _Act.TAKE_OUT_LIST, _Act.PRINT_FORM, _Act.PRINT_LEGAL_PAPER,
        _Act.OPEN_ORIGINAL, _Act.TAKE_OUT_FIGURES})),
    ActGroup("searches", "查人、查单位、看是不是同一个人", frozenset({
        _Act.SEARCH, _Act.ASK_WHO_SEARCHED, _Act.JUDGE_PAIR})),
    ActGroup("accounts", "账号", frozenset({
        _Act.ASK_FOR_ACCOUNT, _Act.AGREE_TO_ACCOUNT, _Act.REFUSE_ACCOUNT, _Act.INVITE,
        _Act.CHANGE_ROLES, _Act.JOIN_PERSON, _Act.DISABLE, _Act.ENABLE,
        _Act.LINK_TO_SET_PASSWORD, _Act.LINK_TO_SIGN_IN,
        _Act.USE_LINK_TO_SET_PASSWORD, _Act.USE_LINK_TO_SIGN_IN,
        _Act.CHANGE_PASSWORD})),
    ActGroup("exclusions", "回避", frozenset({_Act.EXCLUDE, _Act.READMIT})),
    ActGroup("codes", "补办查询码", frozenset({
        _Act.ASK_FOR_NEW_CODE, _Act.CONFIRM_NEW_CODE, _Act.REFUSE_NEW_CODE, _Act.REISSUE_CODE})),
    ActGroup("opened", "打开办件、看材料", frozenset({
        _Act.OPEN, _Act.LIST_PAPERS, _Act.OPEN_PAPER})),
    ActGroup("steps", "办理步骤", _STEPS),
    ActGroup("hands", "承办人、放一放、同事留言", frozenset({
        _Act.ASSIGN, _Act.HOLD, _Act.END_HOLD, _Act.REMARK})),
    ActGroup("told", "告诉申请人", frozenset({
        _Act.TOLD_BY_PHONE, _Act.TOLD_IN_PERSON, _Act.NOTICE_SENT, _Act.NOTICE_NOT_SENT,
        _Act.HOLD_BACK_REMINDER})),
    ActGroup("content", "网站", _NEWSROOM | frozenset({
        _Act.ARTICLE_BEGIN, _Act.ARTICLE_FOUND, _Act.ARTICLE_ON_DISK, _Act.ARTICLE_GONE,
        _Act.ARTICLE_DUE, _Act.ARTICLE_GONE_LIVE, _Act.ARTICLE_TAKEN_DOWN,
        _Act.ARTICLE_CAME_BACK, _Act.FACT_CONFIRMED, _Act.ENTER_ARRANGEMENT,
        _Act.CONFIRM_ARRANGEMENT, _Act.WITHDRAW_ARRANGEMENT})),
    ActGroup("sessions", "登录、退出", frozenset({_Act.SIGN_IN, _Act.END_SESSION})),
    ActGroup("system", "备份、结账、系统", frozenset({
        _Act.CREATE_INSTANCE, _Act.FORGET_DRAFTS, _Act.MAKE_COPY, _Act.TRY_COPY,
        _Act.RESTORE_COPY, _Act.CLOSE_MONTH, _Act.MIGRATE})),
    ActGroup("log", "看操作记录", frozenset({_Act.READ_LOG})),
)  # fmt: skip
_REST: Final = ActGroup(
    "others", "收到的、别的", frozenset(ACTION_LABELS) - frozenset().union(*(g.acts for g in _ROWS))
)
ACT_GROUPS: Final[Mapping[str, ActGroup]] = {group.code: group for group in (*_ROWS, _REST)}
"""By code; an act that no row names is in the last one, so that none is left out."""


def find_acts(code: str) -> frozenset[str]:
    """Return the stored acts that a group or one act stands for; none for another word."""
    group = ACT_GROUPS.get(code)
    if group:
        return group.acts
    return frozenset({code} & ACTION_LABELS.keys())


def name_act(stored: str, target: str) -> str:
    """Return what an act is called: a step as the workflow of that kind of case calls it."""
    kind = find_kind(target)
    step = WORKFLOWS[kind].steps.get(stored) if kind else None
    return step.label if step else ACTION_LABELS.get(stored, stored)


def label_act(stored: str) -> str:
    """Return all that an act is called, whatever the kind of case."""
    names = [flow.steps[stored].label for flow in WORKFLOWS.values() if stored in flow.steps]
    return "、".join(dict.fromkeys(names)) or ACTION_LABELS[stored]
