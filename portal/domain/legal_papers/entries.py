"""What is written on legal papers, once for all of them, and what each piece of evidence shows."""

from typing import Final

from portal.domain.forms.fields import Kind
from portal.domain.legal_papers.model import Entry
from portal.domain.shared.dates import format_date
from portal.domain.shared.id_checks import SEX_LABELS, birth_date, has_resident_shape, sex

_ID_NUMBERS: Final = ("id_number", "id_paper_number")


def _read_sex(id_number: str) -> str:
    return SEX_LABELS[sex(id_number)] if has_resident_shape(id_number) else ""


def _read_birthday(id_number: str) -> str:
    return format_date(birth_date(id_number)) if has_resident_shape(id_number) else ""


def _read_contract(code: str) -> str:
    return {"written": "签订了", "dispatch": "和派遣公司签订了", "none": "没有签订"}.get(code, "")


_PERSON: Final = {
    "name": Entry(label="姓名", sources=("name",)),
    "sex": Entry(label="性别", sources=_ID_NUMBERS, room=15, reads=_read_sex,
                 offers=("男", "女")),
    "born": Entry(label="出生日期", sources=_ID_NUMBERS, kind=Kind.DATE, reads=_read_birthday),
    "id_number": Entry(label="身份证号", sources=_ID_NUMBERS, room=60),
    "home": Entry(label="住所", sources=("address",), room=100),
    "mail_address": Entry(label="通讯地址", room=100),
    "mobile": Entry(label="联系电话", sources=("mobile", "landline", "other_phone"), room=45),
    "postcode": Entry(label="邮政编码", room=25),
    "agent_name": Entry(label="姓名"),
    "agent_sex": Entry(label="性别", room=15, offers=("男", "女")),
    "agent_id_number": Entry(label="身份证号", room=60),
    "agent_mobile": Entry(label="联系电话", room=45),
    "agent_relation": Entry(label="单位，或者和委托人的关系", room=60),
    "witness": Entry(label="证人姓名"),
    "witness_home": Entry(label="证人住所", room=70),
}  # fmt: skip
_EMPLOYER: Final = {
    "employer": Entry(label="单位名称", sources=("against", "employer"), room=90),
    "employer_home": Entry(label="单位住所", room=100),
    "employer_mail": Entry(label="单位通讯地址", room=100),
    "employer_phone": Entry(label="单位电话", room=45),
    "employer_head": Entry(label="法定代表人（主要负责人）"),
    "head_post": Entry(label="职务", room=25),
    "employer_postcode": Entry(label="单位邮政编码", room=25),
}  # fmt: skip
_JOB: Final = {
    "hired_on": Entry(label="参加工作时间", sources=("hired_on", "started_on"), kind=Kind.DATE),
    "left_on": Entry(label="离开的日子", sources=("left_on", "dismissed_on", "ended_on"),
                     kind=Kind.DATE),
    "post": Entry(label="职业、工种或者工作岗位", room=35),
    "wage": Entry(label="每月工资", sources=("wage_month", "month_wage"), kind=Kind.MONEY,
                  room=28),
    "contract": Entry(label="书面劳动合同", sources=("legal_contract",), reads=_read_contract,
                      offers=("签订了", "没有签订")),
    "owed": Entry(label="欠的钱", sources=("owed",), kind=Kind.MONEY, room=28, spelt=True),
    "owed_since": Entry(label="从哪天起欠", sources=("owed_since",), kind=Kind.DATE),
    "owed_until": Entry(label="欠到哪天", kind=Kind.DATE),
    "pay_by": Entry(label="哪天以前付清", kind=Kind.DATE),
    "days_to_pay": Entry(label="几天里付清", room=12),
    "account": Entry(label="经过", sources=("account",), kind=Kind.PARAGRAPH),
}  # fmt: skip
_INJURY: Final = {
    "injured_on": Entry(label="事故时间", sources=("injured_on", "accident_on"), kind=Kind.DATE),
    "accident": Entry(label="事故地点及主要原因", room=90),
    "diagnosed_on": Entry(label="诊断时间", kind=Kind.DATE),
    "hurt_part": Entry(label="受伤害部位"),
    "disease": Entry(label="职业病名称"),
    "exposed_post": Entry(label="接触职业病危害岗位"),
    "exposed_for": Entry(label="接触职业病危害时间"),
    "deceased": Entry(label="死者姓名"),
    "kinship": Entry(label="和死者的关系"),
    "relation": Entry(label="申请人与受伤害职工关系", offers=("本人", "近亲属", "工会")),
}  # fmt: skip
_MATTER: Final = {
    "opponent": Entry(label="对方", sources=("against", "employer"), room=70),
    "cause": Entry(label="为什么事", room=70),
    "commission": Entry(label="仲裁委", room=45),
    "court": Entry(label="法院", room=45),
    "inspectorate": Entry(label="劳动保障监察机构", room=45),
    "copies": Entry(label="份数", room=12),
}  # fmt: skip

ENTRIES: Final[dict[str, Entry]] = {**_PERSON, **_EMPLOYER, **_JOB, **_INJURY, **_MATTER}
"""By the name that stands in braces in the words of a paper."""

SHOWN_BY_EVIDENCE: Final = {
    "contract": ("劳动合同", "劳动关系、岗位、工资标准"),
    "payslip": ("工资条、银行转账记录", "发了多少工资、欠了多少"),
    "attendance": ("考勤、打卡记录", "在哪些日子上了班、加了班"),
    "chat": ("聊天记录、录音", "单位怎么安排工作、怎么答复"),
    "witness": ("证人证言", "一起工作的经过"),
}
"""What stands for an answer to the question about evidence: its name, and what it shows."""
