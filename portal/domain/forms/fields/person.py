"""Who somebody is, and how he is reached: also without an identity card, and without a phone."""

from functools import partial

from portal.domain.accounts.permissions import ALL_HANDLERS, CASEWORKERS, LEGAL_WORKERS
from portal.domain.forms.fields import choices
from portal.domain.forms.fields.model import Field, Kind, Retention, Sensitivity
from portal.domain.shared.masking import mask_address, mask_name, mask_phone, mask_resident_id

_PERSONAL, _SENSITIVE, _INTERNAL = Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.INTERNAL
_person = partial(Field, seen_by=CASEWORKERS | LEGAL_WORKERS)
_reached = partial(Field, seen_by=ALL_HANDLERS)

_IDENTITY = (
    _reached("name", "姓名", Kind.NAME, _PERSONAL, "确认本人", hint="和证件上一样。",
            autocomplete="name", missing="请填姓名", mask=mask_name,
            way_on="打不出来的字，先用拼音代替"),
    _person("id_number", "身份证号", Kind.ID_NUMBER, _SENSITIVE, "确认本人，防止重复建档",
            hint="18 位，最后一位可能是 X。身份证不在手边，户口本上也有。",
            missing="请填身份证号", mask=mask_resident_id, waived_by="no_id_number",
            way_on="没有这个号码、用别的证件，就勾“我没有 18 位的身份证号”"),
    _person("no_id_number", "我没有 18 位的身份证号", Kind.TICK, _PERSONAL, "换一种办法确认本人",
            hint="用护照、通行证、军官证，或者现在说不出号码，就勾这里。", optional=True),
    _person("id_paper", "您有哪种证件？", Kind.ONE_OF, _PERSONAL, "换一种办法确认本人",
            choices=choices.ID_PAPERS, missing="请选一种，手边没有就选最后一个"),
    _person("id_paper_number", "证件上的号码", Kind.ID_PAPER, _SENSITIVE, "确认本人，防止重复建档",
            hint="照证件上的写，字母也写上。", missing="请填证件上的号码", mask=mask_resident_id,
            way_on="看不清、不在手边，就回到上一页选“现在手边没有证件，以后再补”"),
)  # fmt: skip

_REACH = (
    _reached("mobile", "手机号", Kind.MOBILE, _PERSONAL, "通知进度、回复", hint="11 位。",
            autocomplete="tel", missing="请填手机号", mask=mask_phone, waived_by="no_mobile",
            way_on="没有手机，就勾“我没有手机”"),
    _reached("no_mobile", "我没有手机", Kind.TICK, _INTERNAL, "换一种办法找到您",
            hint="用座机、别人的电话，或者没有电话，就勾这里。", optional=True),
    _reached("reach", "没有手机，怎么找到您？", Kind.ONE_OF, _INTERNAL, "换一种办法找到您",
            choices=choices.REACH, missing="请选一个"),
    _reached("landline", "座机号", Kind.PHONE, _PERSONAL, "通知进度、回复",
            hint="前面写上区号。有分机，后面写“转”和分机号。", autocomplete="tel",
            missing="请填座机号", mask=mask_phone,
            way_on="想不起来，就回到上一页选别的办法"),
    _reached("other_phone", "那个人的电话", Kind.PHONE, _PERSONAL, "请他叫您来接",
            hint="手机、座机都行。", missing="请填那个人的电话", mask=mask_phone,
            way_on="想不起来，就回到上一页选别的办法"),
    _reached("other_phone_of", "他是您的什么人？", Kind.ONE_OF, _PERSONAL, "打电话时知道是谁",
            choices=choices.OTHER_PHONE_OF, missing="请选他是您的什么人"),
    _reached("other_phone_name", "怎么称呼他？", Kind.LINE, _PERSONAL, "打电话时知道是谁",
            hint="可以只写姓，比如：张婶。", max_length=30, missing="请填怎么称呼他",
            mask=mask_name, way_on="说不出名字，就写“邻居”“儿子”"),
    _reached("other_phone_agreed", "他同意我们打给他吗？", Kind.ONE_OF, _PERSONAL,
            "别人的电话，要他同意才能打", hint="我们只请他叫您来接，不说是什么事。",
            choices=choices.AGREED, missing="请选一个"),
    _reached("find_at", "到哪里找您？", Kind.PARAGRAPH, _PERSONAL, "没有电话，上门或者托人找您",
            hint="住的村、小区、门牌号。不想让人上门，写哪个村、社区能找到您。", max_length=120,
            missing="请写到哪里找您", mask=mask_address,
            way_on="没有固定的地方，就回到上一页选“我自己到窗口来问”"),
    _reached("leaves_name", "留不留名字？", Kind.ONE_OF, _INTERNAL, "知道能不能告诉您结果",
             hint="留不留名，都一样查。", choices=choices.LEAVES_NAME, missing="请选一个",
             retention=Retention.SHORT),
)  # fmt: skip

QUESTIONS = (*_IDENTITY, *_REACH)
