"""The papers that an applicant may send as photos: which ones, in view of what he answered.

Only what this case needs is asked for （社会救助法第六十二条 by analogy: what the official check
shows is not asked of the applicant). None is ever required: 现在没有，以后再补.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases.case import Case, find_asking
from portal.domain.cases.workflow import OPENING
from portal.domain.cases.workflow.common import ASKED
from portal.domain.counter.channels import Channel
from portal.domain.forms.answers import Context
from portal.domain.forms.collective_dispute import MANY
from portal.domain.forms.fields import Choice
from portal.domain.forms.journeys import (
    JOURNEYS,
    Condition,
    KnownAnswers,
    always,
    any_of,
    has_ticked,
    is_one_of,
)
from portal.domain.records.event import Event
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text

MARGIN = 2
"""How many times the photos that a form asks for a case may hold: blurred ones are sent anew."""
LONGEST_FILE_NAME = 80
NO_NAME = "照片"
LARGEST_UPLOAD = 32 * 1024 * 1024
"""Bytes that may be sent at once to a page which takes photos, and what goes with them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its code is stored, `hint` says what must be in the photo.

    `whose` says in words who brings it; empty if everybody does. `photos` is how many a household
    usually needs for it, if it needs many. Of an `optional` one nobody says that it is missing.
    `in_the_form` is the question whose answer stands for it.
    """

    code: str
    label: str
    hint: str
    when: Condition = always
    whose: str = ""
    photos: int = 1
    optional: bool = False
    in_the_form: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or PDF that was sent in: for which paper, and what the sender calls it.

    `size` and `sha256` (hex) are those of the file as it came, before it was cleaned;
    `has_original` says whether it was kept that way as well. `by` is the login of staff who
    added it at the counter, or `VISITOR`.
    """

    id: str
    paper: str
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    has_original: bool
    by: str = VISITOR

    @property
    def by_applicant(self) -> bool:
        """Whether the applicant sent it himself."""
        return self.by == VISITOR


@dataclass(frozen=True, slots=True)
class WasAsked:
    """The condition that a question was asked that not all get, and its list is not empty."""

    field: str

    def __call__(self, answers: KnownAnswers) -> bool:
        """Tell whether it is so."""
        return answers.get(self.field, []) != []


_ILL = any_of(
    has_ticked("causes", "own_illness", "family_illness"), has_ticked("help_wanted", "medical"),
    is_one_of("health", "ill", "ill_disabled"), is_one_of("event", "illness"),
    WasAsked("medical_cost_year"), WasAsked("treatment_cost"),
)  # fmt: skip
_DISABLED = any_of(
    is_one_of("health", "disabled", "ill_disabled"), has_ticked("causes", "disability")
)
_SCHOOLING = any_of(
    has_ticked("causes", "schooling"), has_ticked("help_wanted", "schooling"),
    WasAsked("students"),
)  # fmt: skip
_ACCIDENT = any_of(
    has_ticked("causes", "accident"), is_one_of("event", "accident", "fire", "death", "other")
)
_CONTRACT = any_of(is_one_of("migrant_worker", "yes"), is_one_of("contract", "dispatch"))

_MOST_AT_HOME = JOURNEYS[CaseKind.HARDSHIP].page_of("members").required_collection.most

_OTHER_ID = "身份证丢了，拍户口本上您那一页；用别的证件，拍有照片和号码的那一页。"
OTHER = Paper("other", "别的材料", "单子上没有的，传在这里。", photos=5, optional=True)

_RELIEF = (
    Paper("identity", "身份证", "正面、反面各拍一张。" + _OTHER_ID, photos=2),
    Paper("family", "家人的身份证或户口本", "户口本拍首页和每位家人那一页。", WasAsked("members"),
          "家里还有别的人", photos=1 + _MOST_AT_HOME),
    Paper("income", "收入证明", "工资条、银行流水、单位开的证明，有哪样传哪样。",
          photos=6),
    Paper("state_aid", "低保证、低保边缘证", "有名字和日期的那一页。",
          is_one_of("state_aid", "receiving", "borderline", "destitute"),
          "领低保，是低保边缘家庭、特困供养人员", 2),
    Paper("diagnosis", "诊断证明、病历", "医院盖章的。", _ILL, "您或家人有病、受了伤", 4),
    Paper("medical_bills", "看病的票据、结算单", "看得清自己付了多少、别处报了赔了多少。", _ILL,
          "您或家人有病、受了伤", 12),
    Paper("disability", "残疾证", "有照片和等级的那一页。", _DISABLED, "有残疾证"),
    Paper("schooling", "在读证明、录取通知书、学费票据", "有学校的章。", _SCHOOLING,
          "孩子在上学", 4),
    Paper("accident", "事故、受灾、去世的证明", "比如交警的认定书、社区的证明。", _ACCIDENT,
          "出了事故、受灾、家里有人去世", 4),
    Paper("jobless", "失业登记或离职证明", "失业登记证，或者解除合同的那张纸。",
          any_of(is_one_of("work_state", "unemployed"), is_one_of("event", "job")), "没有工作"),
    Paper("contract", "劳动合同", "有单位名称、签字、日期的几页。没有合同，传工牌、工资条。",
          _CONTRACT, "农民工，或者是派遣公司派来的", 6),
    Paper("membership", "工会会员证明", "会员证、手机上的会员页，或者单位工会开的证明。",
          is_one_of("union_member", "yes"), "是工会会员"),
    Paper("marriage", "离婚证或去世证明", "有名字和日期的那一页。",
          is_one_of("marriage", "divorced", "widowed"), "离婚了，或者丧偶", 2),
    Paper("bank_card", "银行卡", "有卡号的那一面。", is_one_of("pay_to", "card"),
          "想把钱打到银行卡"),
    OTHER,
)  # fmt: skip

# An emergency waits for no proof of income; who still fills in the former form is asked for it.
_EMERGENCY = tuple(
    replace(one, when=WasAsked("other_income_year"), whose="表上问了全年的收入")
    if one.code == "income"
    else one
    for one in _RELIEF
)

_LEGAL = (
    Paper("contract", "劳动合同", "有单位名称、签字、日期的几页。",
          any_of(has_ticked("evidence", "contract"),
                 is_one_of("legal_contract", "written", "dispatch")), "签过劳动合同", 6),
    Paper("payslip", "工资条、银行转账", "看得清日期、金额、谁转的。",
          has_ticked("evidence", "payslip"), "有工资条、银行转账", 12),
    Paper("attendance", "考勤、打卡记录", "看得清日期和名字。",
          has_ticked("evidence", "attendance"), "有考勤、打卡记录", 6),
    Paper("chat", "聊天记录的截图", "截图要带对方的名字和时间。", has_ticked("evidence", "chat"),
          "有聊天记录", 12),
    Paper("witness", "工友写的证明", "要有工友的签字和日期。", has_ticked("evidence", "witness"),
          "工友能作证", 4),
    Paper("injury", "受伤的病历、诊断、照片", "工伤认定书也传在这里。",
          is_one_of("topic", "work_injury"), "受了工伤，得了职业病", 6),
    Paper("dismissal", "辞退通知", "通知书、短信、微信都行。", is_one_of("topic", "dismissal"),
          "被辞退", 2),
    Paper("identity", "身份证", "派律师要核对。正面、反面各拍一张。" + _OTHER_ID,
          is_one_of("wanted", "lawyer"), "想要免费律师", 2),
    Paper("means", "经济困难的证明，或者自己写的承诺",
          "社区、单位开的都行；没有就自己写一张，签上名。农民工要工资、要工伤赔偿的不用。",
          is_one_of("on_file", "no", "unknown"), "想要免费律师，还没有建档"),
    Paper("rulings", "收到的通知书、裁决书、判决书", "有日期、有章的那几页。",
          has_ticked("steps_taken", "inspection", "arbitration", "court"),
          "投诉过、仲裁过、打过官司", 4),
    Paper("roster", "一起办的人的名单", "一行一个人：姓名、手机、多少元。拍照，或者存成 PDF。",
          is_one_of("common_claim", "yes"), f"{MANY} 个人或更多，为同一件事", 5,
          in_the_form="coworkers"),
    OTHER,
)  # fmt: skip

_OBJECTION = (
    Paper(
        "proof",
        "能说明情况的照片",
        "拍清楚哪里不对。不要拍别人的身份证、病历。",
        photos=5,
        optional=True,
    ),
)

PAPERS: Mapping[CaseKind, tuple[Paper, ...]] = {
    CaseKind.HARDSHIP: _RELIEF,
    CaseKind.SCHOOLING: _RELIEF,
    CaseKind.MEDICAL: _RELIEF,
    CaseKind.TEMPORARY: _EMERGENCY,
    CaseKind.CONSULTATION: _LEGAL,
    CaseKind.OBJECTION: _OBJECTION,
}
"""By kind of case; a kind that is not here takes no photos from applicants."""

UNNAMED = is_one_of("leaves_name", "unnamed")
_NOT_BY_WEB = is_one_of("came_by", Channel.LETTER, Channel.CALL, Channel.VISIT)


def _somebody_can_sign(answers: KnownAnswers) -> bool:
    return _NOT_BY_WEB(answers) and not UNNAMED(answers)


SIGNED = Paper("signed", "本人签字的纸质表", "有签名的那几页。", _somebody_can_sign, photos=9)
SIGNED_REQUEST = Paper(
    "signed_request",
    "本人签名的申请（复核、撤回）",
    "看得清要什么、签名和日子。",
    whose="到窗口申请复核、撤回",
    photos=2,
    optional=True,
)
AT_THE_COUNTER = (SIGNED, SIGNED_REQUEST, OTHER)
"""What staff may add to a case of any kind, whether it is wanted or not."""

_NAME_PAPERS = ("papers_asked", "absent_paper")
"""The questions whose answers are papers of the case."""

KEEPS_ORIGINALS = frozenset({CaseKind.CONSULTATION})
"""Where a photo may become evidence: the untouched file is kept, too."""


def papers_for(
    kind: CaseKind,
    answers: KnownAnswers,
    sent: Iterable[SentFile] = (),
    asked: Collection[str] = (),
) -> list[Paper]:
    """Return the papers that these answers ask for, those that staff `asked` for by their codes,
    and those of which something was sent."""
    own, used = PAPERS.get(kind, ()), {one.paper for one in sent}
    return [
        one
        for one in _papers_of(kind)
        if one.code in asked or (one in own and (one.when(answers) or one.code in used))
    ]


def papers_at_the_counter(
    kind: CaseKind,
    answers: KnownAnswers,
    sent: Iterable[SentFile] = (),
    asked: Collection[str] = (),
) -> list[Paper]:
    """Return the papers that staff may add: those of the counter, and those the case asks for."""
    wanted = papers_for(kind, answers, sent, asked)
    return [one for one in _papers_of(kind) if one in AT_THE_COUNTER or one in wanted]


def _papers_of(kind: CaseKind) -> tuple[Paper, ...]:
    own = PAPERS.get(kind, ())
    return (*(one for one in AT_THE_COUNTER if one not in own), *own)


def lacks_signature(case: Case, answers: KnownAnswers, sent: Iterable[SentFile]) -> bool:
    """Tell whether the page that the applicant signed by hand is wanted and not there yet."""
    wanted = SIGNED.when({**answers, "came_by": case.channel})
    return wanted and not has_signed_form(sent)


def has_signed_form(sent: Iterable[SentFile]) -> bool:
    """Tell whether the page of a form on paper is there that the applicant signed by hand."""
    return any(one.paper == SIGNED.code for one in sent)


def name_papers(context: Context, kind: CaseKind) -> Context:
    """Return the context with the papers of a kind of case as what may be picked of them."""
    choices = tuple(Choice(one.code, one.label) for one in _papers_of(kind))
    return replace(context, choices={**context.choices, **dict.fromkeys(_NAME_PAPERS, choices)})


def find_paper(kind: CaseKind, code: str) -> Paper | None:
    """Return the kind of paper with this code; None if no table has it."""
    return next((one for one in _papers_of(kind) if one.code == code), None)


def label_of_paper(kind: CaseKind, code: str) -> str:
    """Return what a paper is called; the code itself if it is no longer in the table."""
    paper = find_paper(kind, code)
    return paper.label if paper else code


def name_to_show(sent_name: str) -> str:
    """Cut what the sender calls a file to 80 characters, without folders and hidden signs."""
    name = clean_text(sent_name.replace("\\", "/").rpartition("/")[2])
    ending = PurePosixPath(name).suffix[:6]
    room = LONGEST_FILE_NAME - len(ending)
    short = name if len(name) <= LONGEST_FILE_NAME else f"{name[:room].strip()}{ending}"
    return short.strip() or NO_NAME


def may_send(case: Case) -> bool:
    """Tell whether the applicant may still send papers of a case that was handed in."""
    return case.open and case.kind in PAPERS


def may_take_back(case: Case) -> bool:
    """Tell whether who has sent a paper, applicant or staff, may still remove it.

    Only before staff have built on it, and while they ask the applicant to put his papers right.
    """
    return case.open and case.state in {OPENING, ASKED}


def came_since_asked(
    case: Case, history: Iterable[Event], sent: Iterable[SentFile]
) -> list[SentFile]:
    """Return what came since the applicant was asked, from him or over the counter; empty while he
    is not asked."""
    asking = find_asking(case, history) if case.state_row.awaiting is Awaiting.APPLICANT else None
    return [one for one in sent if asking and one.at >= asking.at]


def has_signed_request(sent: Iterable[SentFile], since: datetime) -> bool:
    """Tell whether a page came since a moment on which the applicant asks by his own hand."""
    return any(one.paper == SIGNED_REQUEST.code and one.at >= since for one in sent)


def lay_out_digest(sha256: str) -> tuple[str, str]:
    """Lay out 64 hexadecimal digits in groups of four, on two lines that can be read aloud."""
    groups = [sha256[start : start + 4] for start in range(0, len(sha256), 4)]
    return " ".join(groups[:8]), " ".join(groups[8:])


def show_size(size: int) -> str:
    """Write a number of bytes as people read it: 350 KB, 2.4 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def most_files(kind: CaseKind) -> int:
    """Return how many files a case of a kind may hold: so many times what its papers need."""
    return MARGIN * sum(paper.photos for paper in _papers_of(kind))


def require_room_for_file(kind: CaseKind, sent: Collection[SentFile]) -> None:
    """Raise NotAccepted, with what to do, if a case of this kind holds all that it may."""
    if len(sent) >= (most := most_files(kind)):
        raise NotAccepted(f"已经传了 {most} 张，不能再多了。请先删掉不要的，或者把材料带到窗口来")
