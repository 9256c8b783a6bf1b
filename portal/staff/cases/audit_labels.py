"""What the acts in the audit log were done to, and why, in words for the auditor."""

from portal.domain.forms.fields import FIELDS, Choice
from portal.domain.forms.journeys import JOURNEYS, lists_open_later
from portal.domain.search.traces import WHAT_LABELS
from portal.operations.cases.search import OWN_WORDS
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
    "audit": "操作记录",
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
