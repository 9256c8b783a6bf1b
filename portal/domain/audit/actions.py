"""The acts that the audit log tells of, and what each is called for the auditor.

What the log stores is chained for good: a value is never changed, only its label.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.content.articles import ARTICLE_WORKFLOW
from portal.domain.records.workflow import Step


class AuditAction(StrEnum):
    """An act that is no row of another table: what the log stores, and its label."""

    label: str
    _value_: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member that equals its code."""
        action = str.__new__(cls, code)
        action._value_, action.label = code, label
        return action

    CREATE_INSTANCE = "create instance", "建立系统"
    SUBMIT = "submit", "提交"
    KEY_IN = "key in", "录入来信、来电、来访"
    RECORD_CONTACT = "record contact", "接待登记"
    CORRECT_CONTACT = "correct contact", "改接待登记"
    STRIKE_CONTACT = "strike contact", "划掉接待登记"
    OPEN = "open", "打开办件"
    REVEAL = "reveal", "看完整身份信息"
    ASK_FOR_NEW_CODE = "ask for new code", "登记补办查询码"
    CONFIRM_NEW_CODE = "confirm new code", "确认补办查询码"
    REFUSE_NEW_CODE = "refuse new code", "不同意补办查询码"
    REISSUE_CODE = "reissue code", "补办查询码"
    TAKE_OUT_OWN_DATA = "take out own data", "本人下载自己的信息"
    TOLD_BY_PHONE = "told by phone", "打电话告诉了本人"
    TOLD_IN_PERSON = "told in person", "上门或者托人告诉了本人"
    CALL_TRIED = "call tried", "打电话、去找，没有告诉到本人"
    NOTICE_SENT = "notice sent", "发出通知"
    NOTICE_NOT_SENT = "notice not sent", "通知没有发成"
    HOLD_BACK_REMINDER = "hold back reminder", "同一个手机号提醒太多，没有再发"
    LIST_PAPERS = "list papers", "看有哪些材料"
    ADD_PAPER = "add paper", "传材料"
    REMOVE_PAPER = "remove paper", "删材料"
    SAY_PAPER_ABSENT = "say paper absent", "记下哪样材料没有、以后补"
    OPEN_PAPER = "open paper", "看材料"
    TAKE_OUT_LIST = "take out list", "下载名单"
    PRINT_FORM = "print form", "打印填好的表"
    PRINT_LEGAL_PAPER = "print legal paper", "打印填好的文书"
    CHANGE_PEOPLE = "change people", "改一起办的人、代表的名单"
    OPEN_ORIGINAL = "open original", "取材料原件"
    PROPOSE_CORRECTION = "propose correction", "要改证件号、卡号"
    REFUSE_CORRECTION = "refuse correction", "不同意改证件号、卡号"
    CORRECT_ANSWERS = "correct answers", "改正表上填的"
    NOTE_CORRECTION = "note correction", "照个人信息要求改了"
    ASSIGN = "assign", "换承办人"
    EXCLUDE = "exclude", "让人回避"
    READMIT = "readmit", "不用再回避"
    HOLD = "hold", "先放一放"
    END_HOLD = "end hold", "接着办"
    REMARK = "remark", "给同事留言"
    SEARCH = "search", "查找办件"
    JUDGE_PAIR = "judge pair", "定两件是不是同一个人"
    ASK_WHO_SEARCHED = "ask who searched", "问谁查过一个人、一个单位"
    READ_LOG = "read log", "看操作记录"
    ASK_FOR_ACCOUNT = "ask for account", "提出改账号"
    AGREE_TO_ACCOUNT = "agree to account", "同意改账号"
    REFUSE_ACCOUNT = "refuse account", "不同意改账号"
    INVITE = "invite", "加账号"
    JOIN_PERSON = "join person", "记下两个用户名是同一个人"
    CHANGE_ROLES = "change roles", "改岗位"
    DISABLE = "disable", "停用账号"
    ENABLE = "enable", "恢复账号"
    LINK_TO_SET_PASSWORD = "link to set password", "发设密码的链接"
    LINK_TO_SIGN_IN = "link to sign in", "发演示登录链接"
    USE_LINK_TO_SET_PASSWORD = "use link to set password", "用链接设密码"
    USE_LINK_TO_SIGN_IN = "use link to sign in", "用链接登录"
    SIGN_IN = "sign in", "登录"
    END_SESSION = "end session", "退出登录"
    CHANGE_PASSWORD = "change password", "改密码"
    FORGET_DRAFTS = "forget drafts", "清理旧草稿"
    MAKE_COPY = "make copy", "做备份"
    TRY_COPY = "try copy", "演练备份"
    RESTORE_COPY = "restore copy", "从备份放回"
    TAKE_OUT_FIGURES = "take out figures", "下载统计数字"
    CLOSE_MONTH = "close month", "给一个月结账"
    MIGRATE = "migrate", "升级数据"
    ARTICLE_BEGIN = "article begin", "新写文章"
    ARTICLE_FOUND = "article found", "收进文件夹里新有的文章"
    ARTICLE_ON_DISK = "article on disk", "收进文件夹里改的文章"
    ARTICLE_GONE = "article gone", "记下文件夹里删掉的文章"
    ARTICLE_DUE = "article due", "到时间，开始发布文章"
    ARTICLE_GONE_LIVE = "article gone live", "文章换到网站上了"
    ARTICLE_TAKEN_DOWN = "article taken down", "网页撤下来了"
    ARTICLE_CAME_BACK = "article came back", "文章没有发布成"
    FACT_CONFIRMED = "fact confirmed", "核对了网站上的一条法律事实"
    ENTER_ARRANGEMENT = "enter arrangement", "填了一年的放假安排"
    CONFIRM_ARRANGEMENT = "confirm arrangement", "核对了一年的放假安排"
    WITHDRAW_ARRANGEMENT = "withdraw arrangement", "撤掉了没核对的放假安排"


@dataclass(frozen=True, slots=True)
class NewsroomStep:
    """A step of the workflow of articles, whose codes are those of cases too."""

    step: Step


Auditable = AuditAction | Step | NewsroomStep
"""What can be recorded: one of those, a step of a case, a step of the newsroom."""


def stored_code(action: Auditable) -> str:
    """Return what the log stores for an act."""
    match action:
        case Step():
            return action.code
        case NewsroomStep(step=step):
            return f"article {step.code}"
        case _:
            return action.value


ACTION_LABELS: Mapping[str, str] = {
    **{stored_code(action): action.label for action in AuditAction},
    **{
        stored_code(NewsroomStep(step)): f"文章：{step.label}"
        for step in ARTICLE_WORKFLOW.steps.values()
    },
    **{
        stored_code(step): step.label for flow in WORKFLOWS.values() for step in flow.steps.values()
    },
}
"""By act as it is stored; an act without a label is shown as it is."""
