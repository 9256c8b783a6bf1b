"""What each collection's front matter and each public data file may hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from site_src.checks import PORTAL_ADDRESS, judge_portal_link

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

CARD_TOPICS = {
    "unpaid_wages": "拖欠工资",
    "work_injury": "工伤、职业病",
    "dismissal": "被辞退、没签合同",
    "social_insurance": "社保、公积金",
    "hours_leave": "加班、休假",
    "women": "女职工权益",
    "other": "其他",
}


POLICY_TOPIC_SLUGS = {
    "劳动合同": "labour-contract",
    "工资": "wages",
    "工时休假": "hours-and-leave",
    "社会保险": "social-insurance",
    "工伤职业病": "injury-and-disease",
    "女职工未成年工": "women-and-minors",
    "争议处理": "disputes",
    "法律援助": "legal-aid",
    "困难帮扶": "hardship-aid",
    "社会救助": "social-assistance",
    "就业": "employment",
    "退休": "retirement",
    "新就业形态": "new-forms-of-work",
    "工会": "trade-union",
    "个人信息": "personal-information",
}


def read_slug(value: str) -> str:
    """Accept a file's short name; refuse anything that could leave its folder."""
    if not SLUG.fullmatch(value):
        raise ValueError(
            f"里的「{value}」不对，只能用小写英文字母、数字和连字符，不带斜杠、点和 .md"
        )
    return value


def read_date(value: str) -> str:
    """Accept a date or the known part of one: 2004, 2004-01 or 2004-01-15."""
    match = DATE.fullmatch(value)
    if match is None:
        raise ValueError("要写成 2026-11-24 这样的日期")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError(f"「{value}」没有这一天，请改正") from None
    return value


def read_optional_date(value: str) -> str:
    """Accept what read_date does, or a blank."""
    return read_date(value) if value else ""


def read_full_date(value: str) -> str:
    """Accept a whole date, with month and day."""
    if value.count("-") != 2:
        raise ValueError("要写成 2026-11-24 这样的日期")
    return read_date(value)


def read_portal_address(value: str) -> str:
    """Accept where a form of the portal is, or a blank."""
    if value and (not PORTAL_ADDRESS.fullmatch(value) or judge_portal_link(value)):
        raise ValueError("要写成 /apply、/consult 这样的办事地址；只能到窗口办就写 ''")
    return value


def widen_comma(value: object) -> object:
    """Take either comma, since clerks type both."""
    return value.replace(",", "\uff0c") if isinstance(value, str) else value


@dataclass(frozen=True)
class Reference:
    """Marks what must be found elsewhere: `target` is the folder of a collection, or DEADLINES."""

    target: str


@dataclass(frozen=True)
class Multiline:
    """Marks a text that needs a box of several lines when it is typed."""


DEADLINES = "deadlines"
"""The target of references to the codes of content/rules/deadlines.toml."""

# A description is the hint beside the field in the workbench.
Text = Annotated[str, Field(min_length=1)]
LongText = Annotated[Text, Multiline()]
DoubtText = Annotated[str, Multiline(), Field(description="还没核实的地方，没有就空着。")]
Demonstration = Annotated[bool, Field(description="编出来演示用的选“是”，真的选“否”。")]
Slug = Annotated[str, AfterValidator(read_slug)]
CardSlug = Annotated[Slug, Reference("rights-cards")]
PolicySlug = Annotated[Slug, Reference("policies")]
DeadlineCode = Annotated[Text, Reference(DEADLINES)]
PartDate = Annotated[str, AfterValidator(read_date)]
OptionalDate = Annotated[str, AfterValidator(read_optional_date)]
FullDate = Annotated[str, AfterValidator(read_full_date)]
OptionalFullDate = Annotated[str, AfterValidator(lambda text: read_full_date(text) if text else "")]
PortalAddress = Annotated[str, AfterValidator(read_portal_address)]
CheckedDay = Annotated[FullDate, Field(description="哪天对照过原文，写成 2026-11-24。")]
Phone = Annotated[
    str,
    Field(
        pattern=r"^([0-9][0-9-]{2,19})?$",
        description="只写数字和连字符，一个号码。没有就空着。",
    ),
]
Certainty = Annotated[
    Literal["已核对原文", "对过转载本", "仅见二手来源", "凭经验\uff0c待核实"],
    BeforeValidator(widen_comma),
    Field(description="对着官方公布的原文核对过的，才选“已核对原文”。"),
]
CERTAINTY_MARKS = {
    "已核对原文": "对过官方公布的原文",
    "对过转载本": "对过条文（转载本）",
    "仅见二手来源": "还没对过条文",
    "凭经验，待核实": "还没核对",
}
"""How surely something is known, as pages say it."""
COMPARED = frozenset({"已核对原文", "对过转载本"})
"""What was held against a text of the law; all else is unchecked for who reads it."""
UNCHECKED = CERTAINTY_MARKS.keys() - COMPARED
"""What readers are told to ask about first, until whoever edits the file changes the mark."""

TopicCode = Literal[
    "unpaid_wages", "work_injury", "dismissal", "social_insurance", "hours_leave", "women", "other"
]
PolicyTopic = Literal[
    "劳动合同",
    "工资",
    "工时休假",
    "社会保险",
    "工伤职业病",
    "女职工未成年工",
    "争议处理",
    "法律援助",
    "困难帮扶",
    "社会救助",
    "就业",
    "退休",
    "新就业形态",
    "工会",
    "个人信息",
]
PolicyLevel = Literal[
    "法律", "行政法规", "司法解释", "部门规章", "规范性文件", "工会文件", "党内法规", "地方规定"
]


class StrictModel(BaseModel):
    """Nothing beyond the named keys, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def find_reference(kind: Any) -> Reference | None:
    """Return the mark on the entries of a list, given the annotation of one entry."""
    marks = getattr(kind, "__metadata__", ())
    return next((mark for mark in marks if isinstance(mark, Reference)), None)


def list_references(schema: type[StrictModel]) -> Iterator[tuple[str, str, str]]:
    """List name, key and target of every field whose entries must be found elsewhere."""
    for name, field in schema.model_fields.items():
        for kind in get_args(field.annotation)[:1]:
            if reference := find_reference(kind):
                yield name, str(field.alias), reference.target


class Policy(StrictModel):
    """A law or document and what it does for a worker."""

    title: Text = Field(alias="标题")
    issuer: Text = Field(alias="发布机关")
    number: str = Field(alias="文号", description="没有就空着。")
    issued_on: PartDate = Field(
        alias="发布日期", description="写成 2026-11-24。只知道年月的，写 2026-11。"
    )
    in_force_on: OptionalDate = Field(
        alias="施行日期", description="写成 2026-11-24。不知道就空着。"
    )
    amended: Annotated[str, Multiline()] = Field(alias="修改", description="哪年改过，没有就空着。")
    status: Literal["现行有效", "已修改", "已废止", "待核实"] = Field(alias="时效")
    level: PolicyLevel = Field(alias="层级")
    topics: tuple[PolicyTopic, ...] = Field(alias="主题", min_length=1)
    summary: LongText = Field(alias="摘要")
    cards: tuple[CardSlug, ...] = Field(alias="维权卡")
    checked_on: CheckedDay = Field(alias="核对日期")
    certainty: Certainty = Field(alias="核对程度")
    doubt: DoubtText = Field(alias="存疑")


class Right(StrictModel):
    """One right with the article it rests on."""

    text: Text = Field(alias="说明")
    basis: Text = Field(alias="依据")
    certainty: Certainty = Field(alias="程度")


class CardLimit(StrictModel):
    """One amount or time limit with the article it rests on."""

    matter: Text = Field(alias="事项")
    standard: Text = Field(alias="标准")
    basis: Text = Field(alias="依据")
    certainty: Certainty = Field(alias="程度")


class CardPlace(StrictModel):
    """An office to go to or to ring."""

    office: Text = Field(alias="机构")
    purpose: Text = Field(alias="做什么")
    phone: Phone = Field(alias="电话")


class RightsCard(StrictModel):
    """What the paper card's QR code opens."""

    number: int = Field(alias="编号", description="印在卡上的号，不能和别的卡一样。", ge=0)
    title: Text = Field(alias="标题")
    answer: LongText = Field(alias="一句话")
    topic: TopicCode = Field(alias="话题")
    rights: tuple[Right, ...] = Field(alias="权利", min_length=1)
    limits: tuple[CardLimit, ...] = Field(alias="金额期限")
    evidence: tuple[Text, ...] = Field(alias="证据")
    places: tuple[CardPlace, ...] = Field(alias="去哪里", min_length=1)
    checked_on: CheckedDay = Field(alias="核对日期")
    certainty: Certainty = Field(alias="核对程度")
    doubt: DoubtText = Field(alias="存疑")


class StoryStep(StrictModel):
    """One step of the help that was given."""

    when: Text = Field(alias="时间")
    what: Text = Field(alias="内容")


class Story(StrictModel):
    """A person who was helped, without the real name, with written consent."""

    title: Text = Field(alias="标题")
    pseudonym: Text = Field(alias="化名", description="不能写真名。")
    year: Literal[""] | Annotated[int, Field(ge=1950, le=2100)] = Field(
        alias="年份", description="写成 2025。不知道就空着。"
    )
    kind: Text = Field(alias="类型")
    hardship: LongText = Field(alias="困难情况")
    steps: tuple[StoryStep, ...] = Field(alias="帮扶过程", min_length=1)
    outcome: LongText = Field(alias="结果")
    policies: tuple[PolicySlug, ...] = Field(alias="涉及政策")
    cards: tuple[CardSlug, ...] = Field(alias="涉及维权卡")
    consent: Text = Field(alias="同意书", description="书面同意的编号。")
    demonstration: Demonstration = Field(alias="示范数据")


class GuidePaper(StrictModel):
    """One paper to bring and when it is asked for."""

    name: Text = Field(alias="材料")
    when: Text = Field(alias="什么情况要")


class Guide(StrictModel):
    """How one matter is dealt with, from the conditions to the decision."""

    title: Text = Field(alias="标题")
    answer: LongText = Field(alias="一句话")
    conditions: tuple[Text, ...] = Field(alias="条件", min_length=1)
    papers: tuple[GuidePaper, ...] = Field(alias="材料")
    steps: tuple[Text, ...] = Field(alias="步骤", min_length=1)
    limits: tuple[DeadlineCode, ...] = Field(alias="时限")
    basis: tuple[Text, ...] = Field(alias="依据", min_length=1)
    place: Text = Field(alias="地点")
    phone: Phone = Field(alias="电话")
    form: PortalAddress = Field(
        alias="办理", description="网上能办的写 /apply 或 /consult。只能到窗口办就空着。"
    )
    checked_on: CheckedDay = Field(alias="核对日期")
    certainty: Certainty = Field(alias="核对程度")
    doubt: DoubtText = Field(alias="存疑")


class SiteNotice(StrictModel):
    """Something to know for a while; after its last day it stands in the archive."""

    title: Text = Field(alias="标题")
    issued_on: FullDate = Field(alias="日期", description="写成 2026-11-24。")
    kind: Literal["办事", "活动", "放假", "其他"] = Field(alias="类别")
    ends_on: OptionalFullDate = Field(
        alias="到期",
        description="最后一天，写成 2026-12-31。过了这天自动放到旧通知里。一直有效就空着。",
    )
    demonstration: Demonstration = Field(alias="示范数据")

    @model_validator(mode="after")
    def check_order(self) -> "SiteNotice":
        """Refuse a notice that ends before it begins."""
        if self.ends_on and self.ends_on < self.issued_on:
            raise ValueError("「到期」不能比「日期」早，请改正")
        return self

    def is_over(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return bool(self.ends_on) and self.ends_on < today.isoformat()


class OwnPage(StrictModel):
    """A page of its own: about, privacy, accessibility."""

    title: Text = Field(alias="标题")
    summary: LongText = Field(alias="摘要")
