"""Fixed masks: what is left of a personal value where it need not be seen whole.

A value that does not have the expected shape is hidden altogether.
"""

import re

_HIDDEN = "***"
_MOBILE = re.compile("1[0-9]{10}")
_OTHER_PHONE = re.compile(
    r"(?:(?:[0-9]{3,4}-)?[2-8][0-9]{2,3}|\+[0-9]{3,11})(?P<last>[0-9]{4})(?:转[0-9]+)?"
)
_COMPOUND_SURNAME = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|"
    "澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|"
    "司空|令狐|百里|呼延|东郭|南门|西门|左丘|梁丘|第五|公西|漆雕|轩辕|拓跋|完颜|"
    "纳兰|子车|颛孙|哥舒|东门|南荣|北宫|段干|谷梁|拓拔|亓官|司寇|巫马|壤驷|乐正|"
    "宰父|夹谷"
)
# A road, estate or house before the last character shown would be shown too: none may stand there.
_PLACE = "(?:(?![路巷弄号村栋幢室组])[\u3400-\u9fff])"
_REGION = re.compile(
    f"(?:{_PLACE}{{2,10}}?(?:省|自治区))?(?:{_PLACE}{{1,12}}?(?:市(?!场)|自治州|地区|盟))?"
)
_TOWN = re.compile(f"{_PLACE}{{1,14}}?(?:街道|镇|乡|苏木)")


def mask_name(name: str) -> str:
    """Keep the surname: 张*, 张**, 欧阳*; of a name with "·" or in letters the first sign."""
    compound = len(name) > 2 and _COMPOUND_SURNAME.match(name) and "·" not in name
    shown = min(2 if compound else 1, max(len(name) - 1, 0))
    return name[:shown] + "*" * (len(name) - shown)


def mask_resident_id(number: str) -> str:
    """Keep the first and last four of 18 symbols; hide any other paper's number."""
    if len(number) != 18:
        return "*" * len(number)
    return f"{number[:4]}**********{number[-4:]}"


def mask_phone(number: str) -> str:
    """Keep the first three and last four digits of a mobile, the last four of any other number."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    other = _OTHER_PHONE.fullmatch(number)
    return f"****{other['last']}" if other else "*" * len(number)


def mask_bank_card(number: str) -> str:
    """Keep the last four digits: **** **** **** 1234."""
    return f"**** **** **** {number[-4:]}" if len(number) >= 16 else "*" * len(number)


def mask_address(address: str) -> str:
    """Cut an address after its town or street office; without one, after its city."""
    region = _REGION.match(address)
    end = region.end() if region else 0
    town = _TOWN.match(address, end)
    return address[: town.end() if town else end] or _HIDDEN
