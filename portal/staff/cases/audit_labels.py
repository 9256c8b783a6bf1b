"""What the acts in the audit log were done to, and why, in words for the auditor."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.accounts.account_requests import ACCOUNT_ACTS
from portal.domain.accounts.actor import VISITOR
from portal.domain.accounts.permissions import ROLE_LABELS
from portal.domain.audit.actions import AuditAction
from portal.domain.audit.acts import name_act
from portal.domain.cases.workflow import find_kind
from portal.domain.centre.backup_schedule import read_copy_name
from portal.domain.documents.document_types import label_of_paper
from portal.domain.forms.fields import FIELDS, Choice
from portal.domain.forms.journeys import JOURNEYS, lists_open_later
from portal.domain.search.likeness import VERDICT_LABELS
from portal.domain.search.traces import WHAT_LABELS
from portal.domain.shared.dates import format_time
from portal.operations.cases.search import OWN_WORDS
from portal.operations.cases.work_list import IN_LIST
from portal.staff.counter.filled_form import PRINT_REASONS
from portal.staff.documents.documents import ORIGINAL_REASONS
from portal.staff.legal_papers import PAPER_REASONS
from portal.staff.rosters.roster import LIST_REASONS
from site_src.collections import name_tabs

FIND_REASONS = (
    Choice("asks_us", "本人来问、来电"),
    Choice("goes_on", "接着办手上的件"),
    Choice("doubled", "核对是不是重复申请"),
    Choice("conflict", "看要不要回避"),
    Choice(OWN_WORDS, "别的，写一句"),
)
"""Why somebody searches for a person or an employer."""

DETAIL_LABELS: dict[str, str] = {
    **name_tabs(),
    "mobile": "手机号",
    **{str(what): label for what, label in WHAT_LABELS.items()},
    IN_LIST: "在清单里按单位看",
    "audit": "操作记录",
    "figures": "统计数字",
    "csv": "CSV 文件",
    "xlsx": "Excel 文件",
    "instance": "系统",
    "drafts": "草稿",
    "files": "没有人要的照片",
    "system": "系统",
    "pdf": "PDF 文件",
    "json": "数据文件（JSON）",
    "identity": "核对身份",
    "contact": "联系本人",
    "payment": "核对银行卡",
    "other": "其他办案需要",
    **{
        page.required_collection.name: FIELDS[page.required_collection.name].label
        for kind in JOURNEYS
        for page in lists_open_later(kind)
    },
    **{
        choice.code: choice.label
        for choice in (
            *ORIGINAL_REASONS,
            *LIST_REASONS,
            *PRINT_REASONS,
            *PAPER_REASONS,
            *FIND_REASONS,
        )
    },
}
"""By object or word of the note, where it is not a receipt or a login."""
_WORDS_OF_NOTES = {
    **DETAIL_LABELS,
    **{str(act): label for act, label in ACCOUNT_ACTS.items()},
    **{str(role): label for role, label in ROLE_LABELS.items()},
}
_VERDICTS: dict[str, str] = {str(one): label for one, label in VERDICT_LABELS.items()}
_BY_THE_CENTRE = {VISITOR: "申请人", "system": "系统"}
_MARK = re.compile(r"[0-9a-f]{8,}")
"""A number of a file or a fingerprint: it says nothing to anybody."""
_VERSION, _MONTH = re.compile(r"version ([0-9]+)"), re.compile(r"([0-9]{4})-([0-9]{2})")
_COUNTED: dict[str, str] = {
    AuditAction.ARTICLE_FOUND: "{} 篇",
    AuditAction.FORGET_DRAFTS: "{} 份",
}
_ABOUT_A_FILE = frozenset({
    AuditAction.ADD_PAPER, AuditAction.REMOVE_PAPER, AuditAction.OPEN_PAPER,
    AuditAction.OPEN_ORIGINAL})  # fmt: skip
_NAMES_SOMEBODY = frozenset({
    AuditAction.ASSIGN, AuditAction.EXCLUDE, AuditAction.READMIT,
    AuditAction.JOIN_PERSON})  # fmt: skip
_SEARCHED = frozenset({AuditAction.SEARCH, AuditAction.ASK_WHO_SEARCHED})
_TABLES = {"calendar": "放假安排", "rules": "规则表"}


@dataclass(frozen=True, slots=True)
class LogWords:
    """An entry of the log in words: who did what to what, and what else is known of it.

    `asks` is what the log is asked for to see all that was done to the same.
    """

    who: str
    what: str
    target: str
    more: str
    asks: str


def name_doer(login: str, names: Mapping[str, str]) -> str:
    """Return who acted: the name beside the login."""
    if login in _BY_THE_CENTRE:
        return _BY_THE_CENTRE[login]
    return f"{names[login]}（{login}）" if login in names else login


def put_in_words(
    actor: str,
    act: str,
    target: str,
    note: str,
    names: Mapping[str, str],
    towns: Mapping[str, str],
) -> LogWords:
    """Write an entry of the log in words; `names` are people's by login, `towns` by code."""
    told = "" if act in _SEARCHED else _name_target(target, names)
    words = [towns.get(word) or _name_word(act, target, word, names) for word in note.split()]
    if act in _ABOUT_A_FILE:
        words.insert(0, "一份材料")
    if act == AuditAction.ASSIGN and not note:
        words = ["放回去了，谁都可以领"]
    asked = target if find_kind(target) or target in names else ""
    return LogWords(
        name_doer(actor, names),
        name_act(act, target),
        told or "不显示",
        " ".join(filter(None, words)),
        asked,
    )


def _name_target(target: str, names: Mapping[str, str]) -> str:
    if find_kind(target):
        return target
    if target in names:
        return name_doer(target, names)
    if target in DETAIL_LABELS:
        return DETAIL_LABELS[target]
    if made := read_copy_name(target):
        return f"{format_time(made)}的备份"
    if found := _VERSION.fullmatch(target):
        return f"数据第 {found[1]} 版"
    if found := _MONTH.fullmatch(target):
        return f"{found[1]}年{int(found[2])}月"
    folder, _, name = target.partition("/")
    label = _TABLES.get(folder) or DETAIL_LABELS.get(folder)
    return f"{label}：{name}" if label and name else target


def _name_word(act: str, target: str, word: str, names: Mapping[str, str]) -> str:
    """Return a word of the note as it is read; nothing for what says nothing to anybody."""
    if act in _NAMES_SOMEBODY:
        return name_doer(word, names)
    if act == AuditAction.JUDGE_PAIR and word in _VERDICTS:
        return _VERDICTS[word]
    if word.isdecimal():
        return _COUNTED.get(act, "第 {} 版").format(word)
    if word in _WORDS_OF_NOTES:
        return _WORDS_OF_NOTES[word]
    kind = find_kind(target)
    if kind and act == AuditAction.SAY_PAPER_ABSENT:
        return label_of_paper(kind, word)
    return "" if _MARK.fullmatch(word) else word
