"""The table of indicators: every figure the centre publishes, what counts in it, in which unit.

S1 to S22 are the figures by which the centre has always reported; a number behind the dot is
a part of it or stands beside it. Money is fen in the program and 万元 in public.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.domain.cases.events import (
    CaseReopened,
    CaseSubmitted,
    ConsultationAnswered,
    JobIntroduced,
    WorkStarted,
)
from portal.domain.counter.channels import Channel
from portal.domain.counter.contacts import ContactRecorded, ContactStruck
from portal.domain.figures.counting import RECORD, Count, Counting, Distinct
from portal.domain.shared.case_kinds import RELIEF, CaseKind


class Unit(StrEnum):
    """What one of a figure is."""

    HANDLINGS = "件次"
    VISITS = "人次"
    PEOPLE = "人"
    HOUSEHOLDS = "户"
    COPIES = "份"
    MONEY = "万元"
    STAFF = "名"
    PLACES = "个"
    PERCENT = "%"
    EVENTS = "场"
    MEDIA = "家"
    REPORTS = "篇"


class Group(StrEnum):
    """Under which heading a figure is shown; the order is that of the page."""

    RECEPTION = "接待与咨询"
    AID = "生活帮扶"
    WORK = "就业"
    RIGHTS = "维权"
    NETWORK = "网络与队伍"
    OUTREACH = "宣传与资金"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure.

    `definition` says in plain words what counts, `origin` where the records are kept.
    `stock` figures say how things stand now; the others add up over a time.
    `part_of` names the figure of which this is a part; `summed` ones are the sum of their parts.
    `counting` says from which events it is counted; None where no event tells it yet.
    """

    code: str
    name: str
    unit: Unit
    group: Group
    definition: str
    origin: str
    part_of: str = ""
    stock: bool = False
    summed: bool = False
    counting: Counting | None = None

    @property
    def about_people(self) -> bool:
        """Whether a small count could point at somebody."""
        return self.unit in {Unit.HANDLINGS, Unit.VISITS, Unit.PEOPLE, Unit.HOUSEHOLDS}


def _came_online(*kinds: CaseKind) -> Count:
    """Count the forms of these kinds that came by the web."""
    where = {"channel": frozenset({str(Channel.WEB)}), "kind": frozenset(map(str, kinds))}
    return Count(events=(CaseSubmitted,), where=where)


def _came_by(channel: Channel) -> Count:
    """Count contacts and forms that came this way; a contact that became a case counts once."""
    return Count(
        events=(CaseSubmitted, ContactRecorded, ContactStruck),
        lacking=("contact",),
        where={"channel": frozenset({str(channel)})},
    )


_VISITS = "来信、来电、来访登记"
_ONLINE = "网上办件记录"
_AID = "帮扶发放记录"
_WORK = "就业服务记录"
_CASES = "维权办件记录"
_FILES = "困难职工档案"
_LEDGER = "年度预算和筹款台账"

_ALL: Final = (
    Indicator("S1", "接待来信、来电、来访", Unit.HANDLINGS, Group.RECEPTION,
              "职工写信、打电话、上门来问、来办的事，由工作人员登记。登记一回、录入一份表算一件次，"
              "登记以后又录成表的只算一次。按来的那天算；那个月已经报出去的，算在登记的那个月。"
              "登错了划掉的，从登错的那个月减去，报出去了的从划掉的那个月减。"
              "网上提交的不算在这里，另外列出。", _VISITS, summed=True),
    Indicator("S1.1", "来信", Unit.HANDLINGS, Group.RECEPTION,
              "收到并登记、录入的信，托人带来的也算。", _VISITS, "S1",
              counting=_came_by(Channel.LETTER)),
    Indicator("S1.2", "来电", Unit.HANDLINGS, Group.RECEPTION,
              "接到并登记、录入的电话。", _VISITS, "S1",
              counting=_came_by(Channel.CALL)),
    Indicator("S1.3", "来访", Unit.HANDLINGS, Group.RECEPTION,
              "到窗口来并登记、录入的。", _VISITS, "S1",
              counting=_came_by(Channel.VISIT)),
    Indicator("S1.4", "网上提交", Unit.HANDLINGS, Group.RECEPTION,
              "在本网站提交的申请、咨询和登记，每提交一份算一件次，按提交那天算。后来撤回的也算。",
              _ONLINE, summed=True),
    Indicator("S1.5", "困难帮扶申请", Unit.HANDLINGS, Group.RECEPTION,
              "在本网站提交的困难、助学、医疗帮扶和临时救助申请。提交了就算，不管后来批没批准。",
              _ONLINE, "S1.4",
              counting=_came_online(*sorted(RELIEF))),
    Indicator("S1.6", "法律咨询", Unit.HANDLINGS, Group.RECEPTION,
              "在本网站提交的法律咨询。提交了就算，不管有没有答复。", _ONLINE, "S1.4",
              counting=_came_online(CaseKind.CONSULTATION)),
    Indicator("S1.7", "求职登记、公示意见、投诉、个人信息要求", Unit.HANDLINGS, Group.RECEPTION,
              "在本网站提交的找工作、学手艺登记，对公示的意见，对工作人员的投诉，"
              "和看、改、删自己信息的要求。",
              _ONLINE, "S1.4",
              counting=_came_online(CaseKind.JOBS, CaseKind.OWN_DATA,
                                CaseKind.OBJECTION, CaseKind.COMPLAINT)),
    Indicator("S18", "答复法律咨询", Unit.VISITS, Group.RECEPTION,
              "律师已经答复的法律咨询。一份咨询算一人次，按第一次答复那天算，接着再问再答不重复算。",
              _ONLINE,
              counting=Distinct(by=RECORD, events=(ConsultationAnswered,))),
    Indicator("S18.1", "看了维权卡来问的", Unit.VISITS, Group.RECEPTION,
              "扫维权卡上的二维码，或从维权卡网页点进来咨询，律师已经答复的。", _ONLINE, "S18",
              counting=Distinct(by=RECORD, events=(ConsultationAnswered,), having=("card",))),
    Indicator("S2", "帮扶困难职工", Unit.PEOPLE, Group.AID,
              "至少得到一项帮扶的困难职工：领到帮扶款、参加培训、找到工作、办完法律援助或结了对子。"
              "一个人得到几项也只算一个人。", _AID),
    Indicator("S3", "发放帮扶款", Unit.MONEY, Group.AID,
              "真正打到本人卡上的钱，按到账那天算。退回来的不算。", _AID),
    Indicator("S22.1", "慰问金", Unit.MONEY, Group.AID,
              "走访慰问时发的钱，已经打到本人卡上的。", _AID, "S3"),
    Indicator("S4", "解决应保未保困难职工", Unit.PEOPLE, Group.AID,
              "本来该领低保、一直没领上，由我们转到民政部门、后来领上了的。全家每个人都算。",
              "转介记录"),
    Indicator("S5", "落实结对帮扶", Unit.PEOPLE, Group.AID,
              "和干部或单位签了结对书、这段时间里一直有人帮的困难职工。一个人只算一次。",
              "结对登记"),
    Indicator("S22.2", "每年承诺资助的学费", Unit.MONEY, Group.AID,
              "答应资助到毕业的学生，一年的学费加在一起。", _AID, stock=True),
    Indicator("S6", "介绍就业、再就业", Unit.VISITS, Group.WORK,
              "介绍一次工作算一人次。同一个人介绍几次，就算几人次。", _WORK,
              counting=Count(events=(JobIntroduced,))),
    Indicator("S7", "实现就业、再就业", Unit.PEOPLE, Group.WORK,
              "经我们介绍、核实已经上班的人。一个人只算一次。", _WORK, "S6",
              counting=Count(events=(WorkStarted,))),
    Indicator("S16", "“造血”帮扶困难职工", Unit.PEOPLE, Group.WORK,
              "建了档的困难职工里，经过培训、介绍工作或扶持创业，有了稳定收入的人。", _WORK),
    Indicator("S8", "帮助职工依法维权", Unit.HANDLINGS, Group.RIGHTS,
              "为职工代写文书、协商、调解、代理仲裁或打官司，已经动手办的，一件算一件次。"
              "所有职工都算。只回答了问题的，算在法律咨询里，不算在这里。", _CASES),
    Indicator("S19", "困难职工", Unit.HANDLINGS, Group.RIGHTS,
              "上面的维权件次里，当事人是建了档的困难职工的。", _CASES, "S8"),
    Indicator("S9", "追回拖欠的工资", Unit.MONEY, Group.RIGHTS,
              "我们帮着要、职工真正拿到手的工资，按拿到那天算。判了还没拿到的不算。"
              "别处说到的“追回工资”也是这个数，只登一次。", _CASES),
    Indicator("S10", "农民工工资", Unit.MONEY, Group.RIGHTS,
              "上面这笔钱里，农民工拿到的。一起要钱的，一个人一个人分开算。", _CASES, "S9"),
    Indicator("S11.1", "全市职工", Unit.PEOPLE, Group.NETWORK,
              "全市在职职工人数，每年按统计部门和工会的数更新一次。", "工会年报", stock=True),
    Indicator("S11.2", "困难职工", Unit.PEOPLE, Group.NETWORK,
              "现在建了档、还没有脱困的困难职工，含困难农民工。", _FILES, "S11.1", stock=True),
    Indicator("S11.3", "困难农民工", Unit.PEOPLE, Group.NETWORK,
              "上面的困难职工里，户口在农村的。", _FILES, "S11.2", stock=True),
    Indicator("S12.1", "在档困难职工家庭", Unit.HOUSEHOLDS, Group.NETWORK,
              "现在有档案的困难职工家庭，不含困难农民工家庭。一家只建一份档案。", _FILES,
              stock=True),
    Indicator("S12.2", "在档困难农民工家庭", Unit.HOUSEHOLDS, Group.NETWORK,
              "现在有档案的困难农民工家庭，和上面的不重复。一家只建一份档案。", _FILES, stock=True),
    Indicator("S13.1", "单位帮扶站", Unit.PLACES, Group.NETWORK,
              "建了帮扶站、有人管事的单位。", "基层站点登记", stock=True),
    Indicator("S13.2", "应建单位建站比例", Unit.PERCENT, Group.NETWORK,
              "职工人数够得上、应该建站的单位里，已经建了的占多少。", "基层站点登记", stock=True),
    Indicator("S13.3", "镇（街道）帮扶站", Unit.PLACES, Group.NETWORK,
              "建了帮扶站、有人管事的镇和街道。", "基层站点登记", stock=True),
    Indicator("S14.1", "工作人员", Unit.STAFF, Group.NETWORK,
              "中心现在有的事业编制工作人员。", "人员名册", stock=True),
    Indicator("S14.2", "聘请的律师", Unit.STAFF, Group.NETWORK,
              "现在聘着、给职工办事不收钱的律师。", "人员名册", stock=True),
    Indicator("S15.1", "今年财政预算", Unit.MONEY, Group.OUTREACH,
              "市财政今年安排给困难职工帮扶的钱。", _LEDGER, stock=True),
    Indicator("S15.2", "今年工会经费预算", Unit.MONEY, Group.OUTREACH,
              "市总工会今年从工会经费里安排的帮扶资金。", _LEDGER, stock=True),
    Indicator("S15.3", "筹款活动", Unit.EVENTS, Group.OUTREACH,
              "有公开募捐资格的组织办的、款项用于困难职工的筹款活动，几年办一场。", _LEDGER),
    Indicator("S15.4", "筹到的钱", Unit.MONEY, Group.OUTREACH,
              "筹款活动里真正到账的钱。本网站不收捐款。", _LEDGER),
    Indicator("S17", "派发维权卡和宣传资料", Unit.COPIES, Group.OUTREACH,
              "发出去的纸质维权卡和宣传资料，按发放登记的份数算。网上看的不算。", "发放登记"),
    Indicator("S21.1", "报道过我们的媒体", Unit.MEDIA, Group.OUTREACH,
              "报道过本中心的媒体。一家报道几回也只算一家。", "媒体报道登记"),
    Indicator("S21.2", "媒体报道", Unit.REPORTS, Group.OUTREACH,
              "报刊、电台、电视台、新闻网站报道本中心的篇数。转载不重复算。", "媒体报道登记"),
)  # fmt: skip

INDICATORS: Final[Mapping[str, Indicator]] = {one.code: one for one in _ALL}
COUNTINGS: Final[Mapping[str, Counting]] = {
    one.code: one.counting for one in _ALL if one.counting is not None
}
"""How those figures are counted that events tell, by code."""
COUNTED_EVENTS: Final = tuple(
    dict.fromkeys(
        (*(event for counting in COUNTINGS.values() for event in counting.events), CaseReopened)
    )
)
"""The events that any figure is counted from, and the one that corrects them."""
SHOWN_ONCE: Final[Mapping[str, tuple[str, ...]]] = {"S20": ("S9", "S10")}
"""Figures that older reports give twice, and those that they are."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of one unit that are drawn month by month, side by side."""

    code: str
    title: str
    series: tuple[str, ...]


CHARTS: Final = (
    Chart("received", "每个月网上收到多少件", ("S1.5", "S1.6")),
    Chart("paid", "每个月发放多少帮扶款", ("S3",)),
)


def parts_of(code: str) -> tuple[str, ...]:
    """Return the figures that are directly a part of this one, in the order of the table."""
    return tuple(one.code for one in _ALL if one.part_of == code)


def show_wan(fen: int) -> str:
    """Write fen as 万元 with exactly two decimals, rounded half up: 12345678 → 12.35."""
    if fen < 0:
        raise ValueError("a published amount cannot be negative")
    hundredths = (fen + 5_000) // 10_000
    return f"{hundredths // 100}.{hundredths % 100:02d}"
