"""What each collection's front matter and each public data file may hold."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from site_src.checks import PORTAL_ADDRESS

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

TOPICS = {
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
    """A file's short name; refuses anything that could leave its folder."""
    if not SLUG.fullmatch(value):
        raise ValueError(
            f"里的「{value}」不对，只能用小写英文字母、数字和连字符，不带斜杠、点和 .md"
        )
    return value


def read_date(value: str) -> str:
    """A date or the known part of one: 2004, 2004-01 or 2004-01-15."""
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
    """As read_date, or left blank."""
    return read_date(value) if value else ""


def read_full_date(value: str) -> str:
    """A whole date, with month and day."""
    if value.count("-") != 2:
        raise ValueError("要写成 2026-11-24 这样的日期")
    return read_date(value)


def read_portal_address(value: str) -> str:
    """Where a form of the portal is, or blank."""
    if value and not PORTAL_ADDRESS.fullmatch(value):
        raise ValueError("要写成 /apply、/consult 这样的办事地址；只能到窗口办就写 ''")
    return value


def widen_comma(value: object) -> object:
    """Clerks type either comma."""
    return value.replace(",", "\uff0c") if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, AfterValidator(read_slug)]
PartDate = Annotated[str, AfterValidator(read_date)]
OptionalDate = Annotated[str, AfterValidator(read_optional_date)]
FullDate = Annotated[str, AfterValidator(read_full_date)]
OptionalFullDate = Annotated[str, AfterValidator(lambda text: read_full_date(text) if text else "")]
PortalAddress = Annotated[str, AfterValidator(read_portal_address)]
Phone = Annotated[str, Field(pattern=r"^([0-9][0-9-]{2,19})?$")]
Certainty = Annotated[
    Literal["已核对原文", "仅见二手来源", "凭经验\uff0c待核实"], BeforeValidator(widen_comma)
]
TopicCode = Literal[
    "unpaid_wages", "work_injury", "dismissal", "social_insurance", "hours_leave", "women", "other"
]
PolicyTopic = Literal[
    "劳动合同", "工资", "工时休假", "社会保险", "工伤职业病", "女职工未成年工", "争议处理",
    "法律援助", "困难帮扶", "社会救助", "就业", "退休", "新就业形态", "工会", "个人信息",
]  # fmt: skip
PolicyLevel = Literal[
    "法律", "行政法规", "司法解释", "部门规章", "规范性文件", "工会文件", "党内法规", "地方规定"
]


class Record(BaseModel):
    """Nothing beyond the named keys, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Policy(Record):
    """A law or document and what it does for a worker."""

    title: Text = Field(alias="标题")
    issuer: Text = Field(alias="发布机关")
    number: str = Field(alias="文号")
    issued_on: PartDate = Field(alias="发布日期")
    in_force_on: OptionalDate = Field(alias="施行日期")
    amended: str = Field(alias="修改")
    status: Literal["现行有效", "已修改", "已废止", "待核实"] = Field(alias="时效")
    level: PolicyLevel = Field(alias="层级")
    topics: tuple[PolicyTopic, ...] = Field(alias="主题", min_length=1)
    summary: Text = Field(alias="摘要")
    cards: tuple[Slug, ...] = Field(alias="维权卡")
    checked_on: FullDate = Field(alias="核对日期")
    certainty: Certainty = Field(alias="核对程度")
    doubt: str = Field(alias="存疑")


class Right(Record):
    """One right with the article it rests on."""

    text: Text = Field(alias="说明")
    basis: Text = Field(alias="依据")
    certainty: Certainty = Field(alias="程度")


class Limit(Record):
    """One amount or time limit with the article it rests on."""

    matter: Text = Field(alias="事项")
    standard: Text = Field(alias="标准")
    basis: Text = Field(alias="依据")
    certainty: Certainty = Field(alias="程度")


class Place(Record):
    """An office to go to or to ring."""

    office: Text = Field(alias="机构")
    purpose: Text = Field(alias="做什么")
    phone: Phone = Field(alias="电话")


class RightsCard(Record):
    """What the paper card's QR code opens."""

    number: int = Field(alias="编号", ge=0)
    title: Text = Field(alias="标题")
    answer: Text = Field(alias="一句话")
    topic: TopicCode = Field(alias="话题")
    rights: tuple[Right, ...] = Field(alias="权利", min_length=1)
    limits: tuple[Limit, ...] = Field(alias="金额期限")
    evidence: tuple[Text, ...] = Field(alias="证据")
    places: tuple[Place, ...] = Field(alias="去哪里", min_length=1)
    checked_on: FullDate = Field(alias="核对日期")
    certainty: Certainty = Field(alias="核对程度")
    doubt: str = Field(alias="存疑")


class Step(Record):
    """One step of the help that was given."""

    when: Text = Field(alias="时间")
    what: Text = Field(alias="内容")


class Story(Record):
    """A person who was helped, without the real name, with written consent."""

    title: Text = Field(alias="标题")
    pseudonym: Text = Field(alias="化名")
    year: Literal[""] | Annotated[int, Field(ge=1950, le=2100)] = Field(alias="年份")
    kind: Text = Field(alias="类型")
    hardship: Text = Field(alias="困难情况")
    steps: tuple[Step, ...] = Field(alias="帮扶过程", min_length=1)
    outcome: Text = Field(alias="结果")
    policies: tuple[Slug, ...] = Field(alias="涉及政策")
    cards: tuple[Slug, ...] = Field(alias="涉及维权卡")
    consent: Text = Field(alias="同意书")
    demonstration: bool = Field(alias="示范数据")


class Paper(Record):
    """One paper to bring and when it is asked for."""

    name: Text = Field(alias="材料")
    when: Text = Field(alias="什么情况要")


class Guide(Record):
    """How one matter is dealt with, from the conditions to the decision."""

    title: Text = Field(alias="标题")
    answer: Text = Field(alias="一句话")
    conditions: tuple[Text, ...] = Field(alias="条件", min_length=1)
    papers: tuple[Paper, ...] = Field(alias="材料")
    steps: tuple[Text, ...] = Field(alias="步骤", min_length=1)
    limits: tuple[Text, ...] = Field(alias="时限")
    basis: tuple[Text, ...] = Field(alias="依据", min_length=1)
    place: Text = Field(alias="地点")
    phone: Phone = Field(alias="电话")
    form: PortalAddress = Field(alias="办理")
    checked_on: FullDate = Field(alias="核对日期")
    certainty: Certainty = Field(alias="核对程度")
    doubt: str = Field(alias="存疑")


class Notice(Record):
    """Something to know for a while; after its last day it stands in the archive."""

    title: Text = Field(alias="标题")
    issued_on: FullDate = Field(alias="日期")
    kind: Literal["办事", "活动", "放假", "其他"] = Field(alias="类别")
    ends_on: OptionalFullDate = Field(alias="到期")
    demonstration: bool = Field(alias="示范数据")

    @model_validator(mode="after")
    def check_order(self) -> "Notice":
        """A notice cannot end before it begins."""
        if self.ends_on and self.ends_on < self.issued_on:
            raise ValueError("「到期」不能比「日期」早，请改正")
        return self

    def is_over(self, today: date) -> bool:
        """True from the day after the last day."""
        return bool(self.ends_on) and self.ends_on < today.isoformat()


class Page(Record):
    """A page of its own: about, privacy, accessibility."""

    title: Text = Field(alias="标题")
    summary: Text = Field(alias="摘要")
