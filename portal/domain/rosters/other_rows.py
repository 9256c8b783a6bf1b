"""Rows of a table that are nobody: sums, groups, signatures, notes, the head once more."""

import re
from collections.abc import Sequence

_SUM = re.compile(
    "^(本页|本班(组)?|本组|本表|全部|全体|以上|上述|各班|金额|工资|欠薪|人数)?"
    "(合计|小计|总计|共计|累计|总和|合共|汇总|总额|总数|总人数|总共|一共|总合计)"
    "|^[以上一总全合]*共(有|计)?[0-9一二三四五六七八九十百]+(人|名|位|元)"
    "|^.{1,8}(合计|小计|总计|共计|总和)([:(].*)?$"
    "|^总(金额|工资|人数)|^(人民币|金额|合计|)([(]|)大写|^(total|sum|subtotal)"
)
_GROUP = re.compile(
    "^(第)?([0-9]{1,3}|[一二三四五六七八九十甲乙丙丁abcd]{1,3})"
    "(号)?(班组|班|组|队|大队|小组|车间|工段|标段|工区|栋|号楼|楼)$"
    "|^.{1,8}(班组|车间|施工队|工程队|项目部|工地|公司)$"
    "|^(木工|钢筋(工)?|瓦工|泥工|泥瓦|水电(工)?|油漆(工)?|架子(工)?|焊工|杂工|抹灰(工)?|电工|外架|混凝土).{0,2}[班组队]$"
)
_SIGNED = re.compile(
    "^(姓名|名字)([(:].*)?$"
    "|^(制表|填表|审核|审批|复核|复查|经办|负责人|班组长|项目经理|法人|法定代表|单位|公司|劳资"
    "|日期|时间|填报|备注|说明|附注|附件|以上|本表|此表|情况属实|特此|承诺|声明|注[:1-9]|联系人[:])"
    "|(签字|签名|签章|盖章|公章|手印|签收|签写)([():_].*)?$"
    "|^[0-9]{4}年[0-9]{1,2}月|^年月日$"
)
_NARROW = str.maketrans("：（）０１２３４５６７８９", ":()0123456789")


def is_no_name(text: str) -> bool:
    """Tell whether what stands for a name is a sum, or belongs to the foot of a table."""
    plain = "".join(text.lower().split()).translate(_NARROW)
    return bool(_SUM.search(plain) or _SIGNED.search(plain))


def is_nobody(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether a row is no person: by its first words, or by what stands for a name in it."""
    first = next((cell for cell in cells if cell.strip()), "")
    told = [text for text in (first, *names) if text.strip()]
    named = any(text.strip() for text in names)
    groups = [text for text in (names if named else (first,)) if text.strip()]
    return any(map(is_no_name, told)) or any(map(_is_group, groups))


def _is_group(text: str) -> bool:
    return bool(_GROUP.search("".join(text.lower().split()).translate(_NARROW)))
