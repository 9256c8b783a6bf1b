"""What somebody is asked who has something to say about a public list （公示异议）."""

from functools import partial

from portal.domain.accounts.permissions import CASEWORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import ASK_US, Field, Kind, Retention, Sensitivity
from portal.domain.shared.masking import mask_name

_PERSONAL, _SENSITIVE, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.INTERNAL
_objection = partial(Field, seen_by=CASEWORKERS, retention=Retention.SHORT)

QUESTIONS = (
    _objection("listed_on", "名单是哪天开始公示的？", Kind.DATE, _PERSONAL, "找到那份名单",
               hint="名单上面写着公示时间，填第一天，比如 2026-11-23。说不清就空着。",
               optional=True),
    _objection("consent_objection", "我看过隐私说明，同意你们用我写的内容重新核查", Kind.CONSENT,
               _INTERNAL, "依法告知、单独同意", hint="不告诉名单上的人是谁提的，也不告诉单位。",
               missing="要打勾同意，我们才能去查", way_on=ASK_US),
    _objection("objection_about", "您觉得哪里不对？", Kind.ONE_OF, _INTERNAL, "分给合适的人核查",
               choices=choices.OBJECTIONS, missing="请选一样，都不像就选“别的”",
               column="哪里不对"),
    _objection("listed_name", "名单上写的是谁？", Kind.LINE, _PERSONAL, "找到名单上的那一户",
               hint="照名单上的写，比如：陈**，松坪镇。说不清就空着。", optional=True,
               mask=mask_name),
    _objection("objection_details", "您了解的情况", Kind.PARAGRAPH, _SENSITIVE, "重新核查",
               hint="哪里不对，您怎么知道的。亲眼看到的、听别人说的，请分开写。",
               screen_hint="可以用手机语音输入。", max_length=1000,
               missing="请写一两句，不然没办法查", way_on="说不清，就写“请去看一看”"),
)  # fmt: skip
