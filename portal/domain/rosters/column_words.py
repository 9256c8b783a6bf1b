"""What the head of a column says that stands under it: a table of words, scored, best match first.

Words that exclude count more than any that fit: of 月工资 and 欠薪金额 only one is owed.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.forms.fields import Field, Kind

SURE = 4
"""From this score on a column is taken without asking, if no other has as much."""
_UNIT = re.compile(
    r"[(\[](?:单位[:]?)?(人民币)?[百千万]?(元)?[)\]]|\((可不填|必填|选填)\)|单位[:]?[百千万]?元"
)
_SIGNS = re.compile(r"[\s*:\"'“”。.、,;_?\u200b\ufeff]+")
_OWED = "欠|未发|未付|未支付|未结|未领|没发|没给|没付|没结|没拿"
_OTHERS = (
    "班长|班组长|组长|队长|工长|工头|包工|老板|负责|经办|紧急|应急|家属|家人|亲属|亲友|亲人|亲戚|父|母|配偶|妻"
    "|丈夫|爱人|子女|儿|监护|代理|律师|单位|公司|企业|厂|项目|工地|介绍|带班|推荐|担保|证明人|见证|领导"
    "|主管|经理|填表|填报|制表|审核|法人|法定|代表|房东|甲方|乙方|总包|分包|劳资"
)
_WORKER = (
    "工人|员工|职工|劳动者|农民工|民工|务工人员|务工者|工友|人员|申请人|当事人|成员|同事"
    "|欠薪人|欠薪人员|被欠薪人|被欠薪人员"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of a kind of column: what it is called, the surest first, and what it is not.

    The first of `unless` is not it either, if the second is not said beside it.
    """

    called: tuple[tuple[str, int], ...]
    never: str
    unless: tuple[str, str] = ("", "")


_TABLE: Mapping[Kind, _Words] = {
    Kind.NAME: _Words(
        (
            (rf"^(({_WORKER}|本人|自己|个人|真实)(的)?)?(姓名|名字)$", 10),
            ("^(姓|名)?(姓名|名字)", 7),
            ("姓名|名字", 6),
            (rf"^({_WORKER})名称$", 6),
            (rf"^({_WORKER}|人名|受害人|称呼|叫什么|谁)(名单)?$", 5),
            ("^(xing)?ming(zi)?$|^(full)?name$", 6),
            ("^名$|^名单$|^联系人|^户名$|^人$", 2),
        ),
        f"{_OTHERS}|拼音|曾用|开户|银行|账户|身份证|签[字名]|性别|工种|编号|人数|电话|手机|联系方式"
        "|住址|地址",
    ),
    Kind.PHONE: _Words(
        (
            (rf"^(({_WORKER}|本人|自己|个人)(的)?)(手机|移动电话|电话|联系方式|联系电话)", 11),
            ("^(手机|移动电话)(号(码)?|电话)?$", 10),
            ("手机|移动电话", 8),
            ("联系电话|^电话(号码)?$", 7),
            ("电话|联系方[式法]|联络方式|联系号码|怎么联系|phone|mobile|^tel|dianhua|shouji", 6),
            ("座机|固话", 4),
            ("^联系$|^号码$|^联络$", 2),
        ),
        f"{_OTHERS}|联系人|传真|邮箱|身份证|证件|卡号|银行|账号|备用|办公",
    ),
    Kind.MONEY: _Words(
        (
            (
                rf"({_OWED}).*(合计|总额|总计|共计|总数|一共)|(合计|总额|总计|共计|总共|一共).*({_OWED})",
                12,
            ),
            (_OWED, 10),
            ("^多少(元|钱)$", 10),
            ("差多少|还差|差额|尚差|还剩|剩余|余额|尾款", 8),
            (
                "(赔|补偿|讨|索要|追|主张|请求|申请|诉求|涉及|涉案|应补).*(金|额|元|钱|款|数|资|薪)",
                8,
            ),
            ("金额|钱数|款额|数额|总额|^(qianxin)?jine$|^amount|^qianxin$", 6),
            ("工资|薪|款|元$|报酬|劳务费|工钱|^钱$|数目|合计|总计|共计", 2),
        ),
        "卡|账号|账户|住址|地址|单元|身份证|电话|手机|姓名|月份|月数|几个月|几月|哪月|哪个月|哪些月|月$|时间|日期"
        "|起止|期间|时长|多久|开始|截止|年份|年月|年限|天数|工时|小时数|工日|出勤|人数|名单|单位|公司|企业|项目|原因"
        "|事由|理由|情况|说明|备注|经过|是否|有无|有没有|欠条|编号|凭证|证据|证明|方式|形式|类型|状态|部门"
        "|工种|标准|大写|年龄|工龄|序号|序|面积|性别|欠薪人|欠薪方|欠薪者|老板"
        "|已(发|付|支付|结|领|给|还|补|收)(?!未)",
        (
            "每[年月日周时天]|[年月日周时天]工资|[年月日周时]薪|计件|工价|单价|底薪|基本工资|应发|应得|应付|应领|实发|实付|预支"
            "|借支|扣|罚|生活费|社保|公积金|奖金|补贴|总工资|工资总",
            _OWED,
        ),
    ),
}
_APP_ONLY = re.compile("微信|qq|钉钉|抖音")
_REACHED = re.compile("手机|电话")


def plain_head(text: str) -> str:
    """Return the words of a head alone: without blanks, signs, the unit, 可不填 and the like."""
    narrow = unicodedata.normalize("NFKC", text).lower()
    plain = _SIGNS.sub("", _UNIT.sub("", "".join(narrow.split())))
    return plain or _SIGNS.sub("", narrow).strip("()[]")


def is_of_others(kind: Kind, text: str) -> bool:
    """Tell whether a head speaks of something that this kind of column is not."""
    words, plain = _TABLE.get(kind), plain_head(text)
    if words is None or not plain:
        return False
    other, beside = words.unless
    unlike = bool(other and re.search(other, plain) and not re.search(beside, plain))
    return unlike or bool(re.search(words.never, plain))


def score_head(kind: Kind, text: str) -> int:
    """Return how well a head fits a kind of column; 0 if it does not, or tells of another."""
    plain = plain_head(text)
    words = _TABLE.get(kind)
    if words is None or not plain:
        return 0
    if kind is Kind.PHONE and _APP_ONLY.search(plain) and not _REACHED.search(plain):
        return 0
    if is_of_others(kind, text):
        return 0
    return next((score for pattern, score in words.called if re.search(pattern, plain)), 0)


def offer_columns(columns: Sequence[Field], heads: Sequence[str]) -> dict[str, list[int]]:
    """List for each field the places that fit it, best first; a place stands at its best field."""
    scores = {one.name: [score_head(one.kind, head) for head in heads] for one in columns}
    best = [max(scores[one.name][place] for one in columns) for place in range(len(heads))]
    offers = {}
    for name, row in scores.items():
        places = [place for place, score in enumerate(row) if score and score == best[place]]
        offers[name] = sorted(places, key=row.__getitem__, reverse=True)
    return offers


def pick_columns(columns: Sequence[Field], heads: Sequence[str]) -> dict[str, int]:
    """Choose for each field the one column that surely is meant; a tie, or a guess, is left out."""
    picked = {}
    offers = offer_columns(columns, heads)
    for one in columns:
        ranked = [score_head(one.kind, heads[place]) for place in offers[one.name]]
        if ranked and ranked[0] >= SURE and ranked.count(ranked[0]) == 1:
            picked[one.name] = offers[one.name][0]
    places = list(picked.values())
    return {name: place for name, place in picked.items() if places.count(place) == 1}
