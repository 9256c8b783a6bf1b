"""The field table: every piece of data the portal ever asks for, once.

Forms, checks, sealing, masking, printing, the privacy notice and the data dictionary
are derived from it. Source of the questions: the union's hardship file （困难职工档案表）
and the intake sheet of union legal aid.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from portal.domain.masking import (
    mask_address,
    mask_bank_card,
    mask_mobile,
    mask_name,
    mask_resident_id,
)
from portal.domain.roles import CASEWORKERS, LEGAL_WORKERS, Role


class Sensitivity(StrEnum):
    """How much harm a leak does; all but INTERNAL values are sealed before they are stored."""

    INTERNAL = "内部"
    PERSONAL = "个人信息"
    SENSITIVE = "敏感个人信息"


class Kind(StrEnum):
    """What shape an answer has; `domain.answers` parses each kind."""

    NAME = "name"
    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    LINE = "line"
    PARAGRAPH = "paragraph"
    MONEY = "money"
    AGE = "age"
    DATE = "date"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    CONSENT = "consent"
    SECRET = "secret"  # noqa: S105 (a kind of input, not a password)


class Retention(StrEnum):
    """How long a field is kept after its case ends (a setting of the centre, not a rule of law)."""

    WITH_CASE = "结案后保存 10 年"
    SHORT = "结案后保存 3 年"


Mask = Callable[[str], str]
"""Hides what tells who somebody is; one of `domain.masking`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to pick: the code is stored, the label is shown."""

    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `label` is what the worker reads; `purpose` is why we may ask.

    `column` is its heading in the tables of staff, where one shows it.
    """

    name: str
    label: str
    kind: Kind
    sensitivity: Sensitivity
    purpose: str
    seen_by: frozenset[Role]
    retention: Retention = Retention.WITH_CASE
    hint: str = ""
    optional: bool = False
    max_length: int = 60
    choices: tuple[Choice, ...] = ()
    autocomplete: str = "off"
    missing: str = ""
    mask: Mask | None = None
    column: str = ""

    @property
    def sealed(self) -> bool:
        """Whether the value is encrypted before it reaches a row."""
        return self.sensitivity is not Sensitivity.INTERNAL


YES_NO_UNKNOWN = (Choice("yes", "是"), Choice("no", "不是"), Choice("unknown", "不清楚"))

HELP = (
    Choice("living", "生活帮扶", "收入低，日子过不下去"),
    Choice("medical", "医疗帮扶", "看病自己花的钱太多"),
    Choice("schooling", "助学帮扶", "孩子上学有困难"),
    Choice("unsure", "不清楚，帮我看看", "不知道选哪个就选这个"),
)
WORK_STATES = (
    Choice("employed", "在单位上班"),
    Choice("gig", "打零工、送外卖、开网约车"),
    Choice("unemployed", "没有工作"),
    Choice("sick", "生病或受伤，不能上班"),
    Choice("retired", "已经退休"),
)
RELATIONS = (
    Choice("spouse", "丈夫或妻子"),
    Choice("child", "儿子或女儿"),
    Choice("parent", "父亲或母亲"),
    Choice("other", "其他家人"),
)
SITUATIONS = (
    Choice("working", "在上班"),
    Choice("schooling", "在上学"),
    Choice("ill", "生病或残疾"),
    Choice("none", "没有工作"),
)
STATE_AID = (
    Choice("receiving", "正在领低保"),
    Choice("borderline", "是低保边缘家庭"),
    Choice("none", "都没有"),
    Choice("unknown", "不清楚"),
)
CAUSES = (
    Choice("own_illness", "自己生病"),
    Choice("family_illness", "家人生病"),
    Choice("disability", "本人或家人残疾"),
    Choice("schooling", "孩子上学"),
    Choice("unemployment", "失业"),
    Choice("accident", "意外或灾害"),
    Choice("other", "其他原因"),
)
TOPICS = (
    Choice("unpaid_wages", "被拖欠工资"),
    Choice("work_injury", "工伤、职业病"),
    Choice("dismissal", "被辞退、没签合同"),
    Choice("social_insurance", "社保、公积金"),
    Choice("hours_leave", "加班、休假"),
    Choice("women", "女职工权益"),
    Choice("other", "其他"),
)
EVIDENCE = (
    Choice("contract", "劳动合同"),
    Choice("payslip", "工资条、银行转账"),
    Choice("attendance", "考勤、打卡记录"),
    Choice("chat", "聊天记录、录音"),
    Choice("witness", "工友能作证"),
    Choice("nothing", "什么都没有", "没有也可以问，我们教您怎么找"),
)
WANTED = (
    Choice("answer", "只想问清楚"),
    Choice("mediation", "帮我和单位调解"),
    Choice("lawyer", "想要免费律师", "以后会请您补身份证和收入材料"),
)
FILLED_BY = (
    Choice("self", "我自己填"),
    Choice("relative", "家人或工友替我填"),
    Choice("counter", "窗口工作人员替我填"),
)
MAY_CONTACT = (
    Choice("yes", "可以"),
    Choice("neutral", "可以，但不要说是什么事", "怕家人、同事看到"),
    Choice("no", "不要，我自己来查进度"),
)
CALL_TIMES = (
    Choice("day", "白天"),
    Choice("noon", "中午休息时"),
    Choice("evening", "下班以后"),
)

_PERSONAL, _SENSITIVE, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.INTERNAL


_hardship = partial(Field, seen_by=CASEWORKERS)
_legal = partial(Field, seen_by=LEGAL_WORKERS)
_shared = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS)

_ALL = (
    # -- hardship application: who files, and what he agrees to
    _hardship("filled_by", "这份申请谁来填？", Kind.ONE_OF, _INTERNAL, "弄清是本人办还是代办",
              choices=FILLED_BY, missing="请选一下谁来填"),
    _hardship("consent_notice", "我看过隐私说明，知道你们怎么用我的信息", Kind.CONSENT, _INTERNAL,
              "依法告知", missing="请看隐私说明，再打勾"),
    _hardship("consent_health", "我同意你们看我和家人的生病、残疾情况", Kind.CONSENT, _INTERNAL,
              "健康信息要单独同意", hint="只用来算能不能帮、帮多少。办案的人才能看。",
              missing="要打勾同意，我们才能看生病、残疾的情况"),
    _hardship("consent_money", "我同意你们看我家的收入和银行卡号", Kind.CONSENT, _INTERNAL,
              "收入和账户要单独同意", hint="只用来核对收入、打款。办案的人才能看。",
              missing="要打勾同意，我们才能看收入和银行卡号"),
    _hardship("helper_name", "替填的人叫什么？", Kind.NAME, _PERSONAL, "联系代办人",
              missing="请填替填的人的姓名", mask=mask_name),
    _hardship("helper_relation", "和申请人是什么关系？", Kind.LINE, _PERSONAL, "弄清代办关系",
              max_length=20, missing="请填关系，比如：儿子、工友"),
    _hardship("helper_mobile", "替填的人的手机号", Kind.MOBILE, _PERSONAL, "联系代办人",
              autocomplete="tel", missing="请填替填的人的手机号", mask=mask_mobile),
    # -- what is asked for, and who asks
    _hardship("help_wanted", "您想申请哪种帮扶？", Kind.SOME_OF, _INTERNAL, "决定后面问什么",
              hint="可以选几个。", choices=HELP, missing="请至少选一种帮扶"),
    _hardship("name", "姓名", Kind.NAME, _PERSONAL, "确认申请人", hint="和身份证上一样。",
              autocomplete="name", missing="请填姓名", mask=mask_name),
    _hardship("id_number", "身份证号", Kind.ID_NUMBER, _SENSITIVE, "确认申请人，防止重复建档",
              hint="18 位，最后一位可能是 X。", missing="请填身份证号", mask=mask_resident_id),
    _shared("mobile", "手机号", Kind.MOBILE, _PERSONAL, "通知进度、回复", hint="11 位。",
            autocomplete="tel", missing="请填手机号", mask=mask_mobile),
    _hardship("town", "您住在哪个镇（街道）？", Kind.ONE_OF, _INTERNAL, "分给镇街工会办、分类统计",
              missing="请选一个镇（街道），不清楚就选最后一个", column="镇（街道）"),
    _hardship("address", "详细地址", Kind.PARAGRAPH, _PERSONAL, "上门核实",
              hint="村、小区、门牌号。", max_length=120, autocomplete="street-address",
              missing="请填详细地址", mask=mask_address),
    # -- work
    _hardship("work_state", "您现在的工作情况是？", Kind.ONE_OF, _PERSONAL, "判断困难类别",
              choices=WORK_STATES, missing="请选一种工作情况"),
    _hardship("employer", "单位或平台的名字", Kind.LINE, _PERSONAL, "请单位工会核实",
              hint="没有单位就空着。", optional=True, max_length=60),
    _hardship("union_member", "您是工会会员吗？", Kind.ONE_OF, _PERSONAL, "确认是否符合条件",
              choices=YES_NO_UNKNOWN, missing="请选一个，不清楚就选“不清楚”"),
    _shared("migrant_worker", "您是农民工吗？", Kind.ONE_OF, _INTERNAL, "分类统计",
            hint="户口在农村、在城镇打工的职工。", choices=YES_NO_UNKNOWN,
            missing="请选一个，不清楚就选“不清楚”"),
    # -- household
    _hardship("members", "一起生活的家人", Kind.LINE, _SENSITIVE, "算家庭人均收入"),
    _hardship("member_name", "家人的姓名", Kind.NAME, _PERSONAL, "弄清家庭成员",
              missing="请填家人的姓名", mask=mask_name),
    _hardship("member_relation", "是您的什么人？", Kind.ONE_OF, _PERSONAL, "弄清家庭成员",
              choices=RELATIONS, missing="请选是您的什么人"),
    _hardship("member_age", "今年多大？", Kind.AGE, _PERSONAL, "判断是否要监护人同意",
              hint="填数字，比如 12。", missing="请填年龄，不满 1 岁填 0"),
    _hardship("member_income", "每月收入大概多少元？", Kind.MONEY, _SENSITIVE, "算家庭人均收入",
              hint="没有收入填 0。", missing="请填每月收入，没有就填 0"),
    _hardship("member_situation", "现在的情况", Kind.ONE_OF, _SENSITIVE, "判断困难类别",
              choices=SITUATIONS, missing="请选现在的情况"),
    _hardship("guardian_consent", "我是孩子的父母或监护人，同意你们使用孩子的信息", Kind.CONSENT,
              _INTERNAL, "不满 14 岁要监护人同意",
              hint="家里有不满 14 岁的孩子，法律要求监护人同意。",
              missing="要监护人打勾同意，我们才能用孩子的信息"),
    # -- money and cause
    _hardship("income_month", "全家每月大概收入多少元？", Kind.MONEY, _SENSITIVE, "算家庭人均收入",
              hint="把家里每个人的收入加起来。说不清就空着。", optional=True),
    _hardship("state_aid", "有没有领低保？", Kind.ONE_OF, _SENSITIVE, "判断困难类别、发现应保未保",
              choices=STATE_AID, missing="请选一个，不清楚就选“不清楚”"),
    _hardship("causes", "家里为什么困难？", Kind.SOME_OF, _SENSITIVE, "判断困难类别",
              hint="可以选几个。", choices=CAUSES, missing="请至少选一个原因"),
    _hardship("medical_cost_year", "今年看病自己花了大概多少元？", Kind.MONEY, _SENSITIVE,
              "算刚性支出", hint="医保、保险报销以后，自己掏的钱。说不清就空着。", optional=True),
    _hardship("schooling_cost_year", "今年孩子上学花了大概多少元？", Kind.MONEY, _SENSITIVE,
              "算刚性支出", hint="学费、住宿费、书本费。说不清就空着。", optional=True),
    _hardship("loss", "意外或灾害损失了大概多少元？", Kind.MONEY, _SENSITIVE, "算意外损失",
              hint="扣掉赔给您的钱。说不清就空着。", optional=True),
    _hardship("story", "说说家里的情况", Kind.PARAGRAPH, _SENSITIVE, "了解困难",
              hint="想到什么写什么，可以用手机语音输入。", optional=True, max_length=1000),
    _hardship("pay_to", "帮扶款打到哪里？", Kind.ONE_OF, _INTERNAL, "打款",
              choices=(Choice("card", "打到我自己的银行卡"), Choice("later", "以后再填")),
              missing="请选一个"),
    _hardship("bank_card", "银行卡号", Kind.BANK_CARD, _SENSITIVE, "打款",
              hint="必须是申请人自己的卡。空格不要紧。", missing="请填银行卡号",
              mask=mask_bank_card),
    _hardship("bank_name", "是哪家银行？", Kind.LINE, _PERSONAL, "打款",
              hint="比如：农业银行某某支行。", max_length=40, missing="请填是哪家银行"),
    _hardship("truth_pledge", "我填的都是真的。如果不是，愿意退回帮扶款", Kind.CONSENT, _INTERNAL,
              "承诺属实", missing="请打勾，再提交申请"),
    # -- legal consultation
    _legal("topic", "遇到了什么事？", Kind.ONE_OF, _INTERNAL, "分给合适的律师、分类统计",
           choices=TOPICS, missing="请选一种，不知道就选“其他”", column="什么事"),
    _legal("against", "单位或老板的名字", Kind.LINE, _SENSITIVE, "弄清和谁的纠纷、律师回避",
           hint="不想写可以空着。", optional=True),
    _legal("owed", "欠了大概多少元？", Kind.MONEY, _SENSITIVE, "估计金额、选办法",
           hint="说不清就空着。", optional=True),
    _legal("owed_since", "从哪天开始欠的？", Kind.DATE, _PERSONAL, "算期限",
           hint="大概的日子也行，比如 2026-03-01。说不清就空着。", optional=True),
    _legal("injured_on", "哪天受的伤？", Kind.DATE, _SENSITIVE, "算工伤期限",
           hint="比如 2026-03-01。说不清就空着。", optional=True),
    _legal("account", "说说经过", Kind.PARAGRAPH, _SENSITIVE, "了解案情",
           hint="什么时候、什么地方、出了什么事。可以用手机语音输入。", max_length=2000,
           missing="请说说经过，一两句话也行"),
    _legal("evidence", "手里有哪些证据？", Kind.SOME_OF, _PERSONAL, "判断怎么帮",
           hint="可以选几个。", choices=EVIDENCE, missing="请选一下，没有就选“什么都没有”"),
    _legal("wanted", "您想要什么帮助？", Kind.ONE_OF, _PERSONAL, "分派办理",
           choices=WANTED, missing="请选一种帮助"),
    _legal("called", "怎么称呼您？", Kind.LINE, _PERSONAL, "回复时称呼",
           hint="可以只写姓，比如：王师傅。", max_length=30, autocomplete="name",
           missing="请填怎么称呼您", mask=mask_name),
    _legal("call_times", "什么时候方便接电话？", Kind.SOME_OF, _PERSONAL, "回复",
           hint="可以选几个，也可以不选。", choices=CALL_TIMES, optional=True),
    _legal("may_contact", "能给您打电话、发短信吗？", Kind.ONE_OF, _PERSONAL, "不让单位知道",
           choices=MAY_CONTACT, missing="请选一个"),
    _legal("consent_legal", "我看过隐私说明，同意本中心的律师看我写的内容", Kind.CONSENT, _INTERNAL,
           "依法告知、单独同意", hint="只有本中心的律师能看，不会告诉您的单位。",
           missing="要打勾同意，律师才能看"),
)  # fmt: skip

FIELDS: dict[str, Field] = {field.name: field for field in _ALL}
if len(FIELDS) != len(_ALL):
    raise RuntimeError("a field name stands twice in the field table")


def label_of(field: Field, code: str) -> str:
    """The words shown for a stored choice; the code itself if the choice is no longer offered."""
    return next((choice.label for choice in field.choices if choice.code == code), code)
