"""What a legal consultation asks （工会法律援助接待登记）."""

from functools import partial

from portal.domain.accounts.permissions import LEGAL_WORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.choices import YES_NO_UNKNOWN
from portal.domain.forms.fields.model import ASK_US, Field, Kind, Sensitivity
from portal.domain.shared.masking import mask_name, mask_phone

_PERSONAL, _SENSITIVE, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.INTERNAL
_legal = partial(Field, seen_by=LEGAL_WORKERS)
_UNSURE = "请选一个，不清楚就选“不清楚”"

_CONSULTATION = (
    _legal("topic", "遇到了什么事？", Kind.ONE_OF, _INTERNAL, "分给合适的律师、分类统计",
           choices=choices.TOPICS, missing="请选一种，不知道就选“其他”", column="什么事"),
    _legal("consent_legal", "我看过隐私说明，同意本中心的律师看我写的内容", Kind.CONSENT, _INTERNAL,
           "依法告知、单独同意", hint="只有本中心的律师能看，不会告诉您的单位。",
           missing="要打勾同意，律师才能看", way_on=ASK_US),
    _legal("against", "单位或老板的名字", Kind.LINE, _SENSITIVE, "弄清和谁的纠纷、律师回避",
           hint="不想写可以空着。", optional=True),
    _legal("building_site", "是在建筑工地上干活吗？", Kind.ONE_OF, _PERSONAL,
           "工地欠薪另有总承包单位清偿的办法", choices=YES_NO_UNKNOWN, missing=_UNSURE),
    _legal("still_there", "现在还在那里上班吗？", Kind.ONE_OF, _PERSONAL, "算仲裁期限",
           choices=choices.STILL_THERE, missing="请选一个"),
    _legal("left_on", "哪天离开的？", Kind.DATE, _PERSONAL, "算仲裁期限",
           hint="大概的日子也行，比如 2026年3月。说不清就空着。", optional=True, approximate=True),
    _legal("hired_on", "从哪天开始在那里干？", Kind.DATE, _PERSONAL, "算工龄、补偿",
           hint="大概的日子也行。说不清就空着。", optional=True, approximate=True),
    _legal("wage_month", "每月工资大概多少元？", Kind.MONEY, _SENSITIVE, "估计金额",
           hint="说不清就空着。", optional=True, approximate=True),
    _legal("legal_contract", "签过劳动合同吗？", Kind.ONE_OF, _PERSONAL, "判断劳动关系、双倍工资",
           choices=choices.CONTRACTS, missing=_UNSURE),
    _legal("owed", "欠了大概多少元？", Kind.MONEY, _SENSITIVE, "估计金额、选办法",
           hint="说不清就空着。", optional=True, approximate=True),
    _legal("owed_since", "从哪天开始欠的？", Kind.DATE, _PERSONAL, "算期限",
           hint="大概的日子也行，比如 2026年3月。说不清就空着。", optional=True, approximate=True),
    _legal("injured_on", "哪天受的伤？", Kind.DATE, _SENSITIVE, "算工伤期限",
           hint="大概的日子也行，比如 2026年3月。说不清就空着。", optional=True, approximate=True),
    _legal("injury_reported", "单位报工伤了吗？", Kind.ONE_OF, _SENSITIVE, "算工伤期限",
           choices=choices.REPORTED, missing=_UNSURE),
    _legal("dismissed_on", "哪天被辞退的？", Kind.DATE, _PERSONAL, "算仲裁期限、补偿",
           hint="大概的日子也行。还没有定就空着。", optional=True, approximate=True),
    _legal("account", "说说经过", Kind.PARAGRAPH, _SENSITIVE, "了解案情",
           hint="什么时候、什么地方、出了什么事。", screen_hint="可以用手机语音输入。",
           max_length=2000, missing="请说说经过，一两句话也行",
           way_on="写不清楚，就写“请打电话问我”"),
    _legal("people", "一起遇到这件事的有几个人？", Kind.COUNT, _INTERNAL,
           "十人以上可以一起办、推选代表", hint="连您自己一起算。只有您一个人就填 1。",
           missing="请填人数，只有您自己就填 1", way_on="数不清，就填大概的数"),
    _legal("steps_taken", "您已经做过什么？", Kind.SOME_OF, _PERSONAL, "接着往下办",
           hint="可以选几个。", choices=choices.STEPS_TAKEN, missing="请选一下，没有就选“都没有”"),
    _legal("next_deadline", "有没有哪天以前必须办的事？", Kind.DATE_AHEAD, _PERSONAL, "怕误了期限",
           hint="比如开庭、交材料的最后一天。没有就空着。", optional=True),
    _legal("evidence", "手里有哪些证据？", Kind.SOME_OF, _PERSONAL, "判断怎么帮",
           hint="可以选几个。", choices=choices.EVIDENCE,
           missing="请选一下，没有就选“什么都没有”"),
    _legal("wanted", "您想要什么帮助？", Kind.ONE_OF, _PERSONAL, "分派办理",
           choices=choices.WANTED, missing="请选一种帮助"),
    _legal("on_file", "您家是不是已经建档的困难职工？", Kind.ONE_OF, _SENSITIVE,
           "困难职工不用再查收入", choices=YES_NO_UNKNOWN, missing=_UNSURE),
    _legal("reply_by", "想怎么听到答复？", Kind.ONE_OF, _PERSONAL, "回复",
           choices=choices.REPLY_BY, missing="请选一个"),
    _legal("called", "怎么称呼您？", Kind.LINE, _PERSONAL, "回复时称呼",
           hint="可以只写姓，比如：王师傅。", max_length=30, autocomplete="name",
           missing="请填怎么称呼您", mask=mask_name, way_on="不想说姓，就写“工友”"),
)  # fmt: skip

_TOGETHER = (
    _legal("common_claim", "这些人是不是为同一件事？", Kind.ONE_OF, _INTERNAL,
           "满十人、为同一件事的，合在一起办，当天报给领导", choices=choices.COMMON_CLAIM,
           missing="请选一个，说不清就选“说不清”"),
    _legal("representatives", "推选的代表", Kind.LINE, _PERSONAL, "和代表联系", optional=True),
    _legal("representative_name", "代表的姓名", Kind.NAME, _PERSONAL, "和代表联系",
           missing="请填代表的姓名", mask=mask_name, way_on="打不出来的字，先用拼音代替"),
    _legal("representative_mobile", "代表的电话", Kind.PHONE, _PERSONAL, "和代表联系",
           hint="手机、座机都行。没有就空着。", optional=True, mask=mask_phone),
    _legal("coworkers", "一起办的人的名单", Kind.PARAGRAPH, _SENSITIVE, "弄清都有谁",
           hint="一行写一个人，用逗号分开：姓名，手机，多少元。手机、多少元说不清就不写。",
           optional=True, max_length=20_000),
    _legal("coworker_name", "姓名", Kind.NAME, _PERSONAL, "弄清都有谁", column="姓名",
           missing="请填姓名", mask=mask_name, way_on="打不出来的字，先用拼音代替"),
    _legal("coworker_mobile", "手机", Kind.PHONE, _PERSONAL, "律师核实的时候打", optional=True,
           column="手机", mask=mask_phone),
    _legal("coworker_amount", "欠他、该赔他多少元", Kind.MONEY, _SENSITIVE, "估计一共多少钱",
           hint="欠他的、该赔他的，大概就行。", optional=True, approximate=True, column="多少元"),
)  # fmt: skip

QUESTIONS = (*_CONSULTATION, *_TOGETHER)
