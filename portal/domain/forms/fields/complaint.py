"""What somebody is asked who complains about a member of staff （投诉）."""

from functools import partial

from portal.domain.accounts.permissions import COMPLAINT_HANDLERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import ASK_US, Field, Kind, Retention, Sensitivity

_PERSONAL, _SENSITIVE, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.INTERNAL
_complaint = partial(Field, seen_by=COMPLAINT_HANDLERS, retention=Retention.SHORT)

QUESTIONS = (
    _complaint("complained_of", "您要投诉谁？", Kind.LINE, _PERSONAL, "不让他看到，请他回避",
               hint="写名字。不知道名字，就写哪个窗口、什么岗位、哪天见的。", max_length=100,
               missing="请写要投诉谁", way_on="不知道名字，就写哪个窗口、哪天见的"),
    _complaint("complaint_topic", "是什么事？", Kind.ONE_OF, _INTERNAL, "分类、先办急的",
               choices=choices.COMPLAINTS, missing="请选一样，都不像就选“别的”",
               column="投诉什么"),
    _complaint("consent_complaint", "我看过隐私说明，同意你们用我写的内容核查", Kind.CONSENT,
               _INTERNAL, "依法告知、单独同意",
               hint="只给主任和经审员看。您投诉的人看不到，也不告诉他是谁说的。",
               missing="要打勾同意，我们才能去查", way_on=ASK_US),
    _complaint("complaint_details", "请写下是怎么回事", Kind.PARAGRAPH, _SENSITIVE, "核查",
               hint="哪天、在哪里、他怎么说的、怎么做的。", screen_hint="可以用手机语音输入。",
               max_length=1000, missing="请写一两句，不然没办法查",
               way_on="说不清，就写“请打电话问我”"),
)  # fmt: skip
