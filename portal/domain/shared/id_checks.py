"""Checks of the numbers and names on people's papers.

A function `check_…` returns the normalised value or raises NotAccepted with the Chinese
sentence of what to do. Where real papers are known to break a rule, a function `…_warning`
returns a sentence that does not block.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text, fold_digits, fold_width

_RESIDENT_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_ID_CHECKS = "10X98765432"
_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]")
# The six-digit area code is not checked against today's table: abolished codes stay on cards.
_PROVINCE_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_PHONE_COUNTRY_CODE = re.compile(r"(?:\+86|0086)-?0?(?=[1-9])")
_MOBILE_COUNTRY_CODE = re.compile(r"(?:\+86|0086|86)(?=1[0-9]{10}\Z)")
_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_LANDLINE = re.compile(
    "(?:(?P<area>010|02[0-9]|0[3-9][0-9]{2})-?)?(?P<first>[2-8][0-9]{2,3})-?(?P<last>[0-9]{4})"
    "(?:(?:转|分机|X|EXT|#|-)(?P<extension>[0-9]{1,6}))?"
)
_FOREIGN_PHONE = re.compile(r"(?:\+|00)(?P<number>(?!86)[1-9][0-9]{6,14})")
_BESIDE_DIGITS = re.compile(r"[._/,·、，。()\[\]]")
_ID_PAPER = re.compile(rf"(?=.*[0-9])[A-Z0-9{_HAN[1:-1]}]{{5,24}}")
_MIDDLE_DOTS = re.compile("[\u0387\u16eb\u2022\u2027\u2219\u22c5\u2e31\u2e33\u30fb\uff65\u25cf]")
_DOT_BETWEEN_HAN = re.compile(rf"(?<={_HAN})[.．。](?={_HAN})")
_SPACE_BESIDE_HAN = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})|\s*(?=·)|(?<=·)\s*")


def resident_id_check_symbol(first_17: str) -> str:
    """Return the last symbol of a resident ID, from the 17 digits before it（GB 11643）."""
    weighted = zip(first_17, _RESIDENT_ID_WEIGHTS, strict=True)
    return _RESIDENT_ID_CHECKS[sum(int(digit) * weight for digit, weight in weighted) % 11]


_OTHER_NUMBERS: Mapping[str, re.Pattern[str]] = {
    "港澳居民来往内地通行证（回乡证）的号码": re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    "台湾居民来往大陆通行证（台胞证）的号码": re.compile(r"(?!19|20)[0-9]{8}|[0-9]{10}\(?[A-Z]\)?"),
    "外国人永久居留身份证的号码": re.compile(r"[A-Z]{3}[0-9]{12}|9[0-9]{16}[0-9X]"),
    "护照的号码": re.compile(r"[A-Z]{1,2}[0-9]{6,9}|[A-Z][0-9]{2}[A-Z]{2}[0-9]{4}"),
    "军官证、士兵证的号码": re.compile(rf"{_HAN}{{1,4}}[0-9]{{5,10}}[号]?"),
    "手机号": _MOBILE,
    "银行卡号": re.compile(r"62[0-9]{14}(?:[0-9]{3})?"),
}
"""What else is typed where an ID number is asked for, and how it looks."""
_LETTERS_FOR_DIGITS = str.maketrans("OILZSB", "011258")


def has_resident_shape(number: str) -> bool:
    """Tell whether this is an 18-digit ID number whose check symbol is right."""
    return bool(_RESIDENT_ID.fullmatch(number)) and (
        resident_id_check_symbol(number[:17]) == number[17]
    )


def _refuse_letters(number: str) -> None:
    digits = number.translate(_LETTERS_FOR_DIGITS)
    if digits != number and has_resident_shape(digits):
        raise NotAccepted(
            "身份证号里只有数字，最后一位可以是 X。是不是把 0 打成了 O、把 1 打成了 I？"
        )


def _refuse_wrong_shape(number: str) -> None:
    if not number:
        raise NotAccepted("请填写身份证号。")
    if re.fullmatch(r"[0-9]{15}", number):
        raise NotAccepted("这是 15 位的旧号码。现在的身份证、户口本上是 18 位，请照着填。")
    for called, shape in _OTHER_NUMBERS.items():
        if shape.fullmatch(number):
            raise NotAccepted(f"这像是{called}，不是身份证号。")
    _refuse_letters(number)
    if not re.fullmatch(r"[0-9X]+", number):
        raise NotAccepted("身份证号只有数字，最后一位可以是 X。请对照身份证再填一次。")
    if len(number) != 18:
        raise NotAccepted(f"身份证号是 18 位，您填了 {len(number)} 位。请对照身份证再填一次。")
    if not _RESIDENT_ID.fullmatch(number):
        raise NotAccepted("身份证号只有最后一位可以是 X。请对照身份证再填一次。")
    if not any(low <= int(number[:2]) <= high for low, high in _PROVINCE_RANGES):
        raise NotAccepted("身份证号开头两位不对。请对照身份证再填一次。")


def check_resident_id(value: str, today: date) -> str:
    """Return a resident ID number as 18 symbols with a capital X, or raise NotAccepted.

    GB 11643: area, date of birth, sequence, check symbol. The cards of residents from Hong
    Kong, Macao and Taiwan (81, 82, 83) follow the same rule.
    """
    number = fold_digits(value)
    _refuse_wrong_shape(number)
    try:
        born = birth_date(number)
    except ValueError:
        raise NotAccepted(
            "身份证号第 7 到 14 位是出生日期，您填的日期不存在。请对照身份证再填一次。"
        ) from None
    if born > today:
        raise NotAccepted("身份证号第 7 到 14 位是出生日期，不能晚于今天。请对照身份证再填一次。")
    if resident_id_check_symbol(number[:17]) != number[17]:
        raise NotAccepted("身份证号有一位或几位填错了。请对照身份证，一位一位再填一次。")
    return number


def birth_date(resident_id: str) -> date:
    """Return the date of birth held in a checked resident ID number."""
    return date(int(resident_id[6:10]), int(resident_id[10:12]), int(resident_id[12:14]))


SEX_LABELS: Mapping[str, str] = {"f": "女", "m": "男"}


def sex(resident_id: str) -> str:
    """Return m or f from a checked resident ID number (its 17th digit is odd for men)."""
    return "m" if int(resident_id[16]) % 2 else "f"


def age_on(born: date, day: date) -> int:
    """Return full years of age on a day; a birthday counts from its own day on."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_mobile(value: str) -> str:
    """Return a mainland mobile number as 11 digits, or raise NotAccepted.

    Number segments are not listed: people keep their numbers when they change carrier.
    """
    number = _MOBILE_COUNTRY_CODE.sub("", fold_digits(value))
    if not number:
        raise NotAccepted("请填写手机号。")
    if _LANDLINE.fullmatch(number):
        raise NotAccepted("这像是座机号，不是手机号。")
    if not re.fullmatch(r"[0-9]+", number):
        raise NotAccepted("手机号只有数字。请再填一次。")
    if len(number) != 11:
        raise NotAccepted(f"手机号是 11 位，您填了 {len(number)} 位。请再填一次。")
    if not _MOBILE.fullmatch(number):
        raise NotAccepted("手机号应以 13 到 19 开头。请再填一次。")
    return number


def check_phone(value: str) -> str:
    """Return a mobile as 11 digits, a landline as 0571-88880000转8, a number abroad as +852…; else
    raise NotAccepted.

    The area code may be left out: then it is a number of the place.
    """
    digits = fold_digits(value)
    if _MOBILE.fullmatch(mobile := _MOBILE_COUNTRY_CODE.sub("", digits)):
        return mobile
    if foreign := _FOREIGN_PHONE.fullmatch(digits):
        return f"+{foreign['number']}"
    number = _BESIDE_DIGITS.sub("", fold_width(value))
    landline = _LANDLINE.fullmatch(_PHONE_COUNTRY_CODE.sub("0", number))
    if not landline:
        raise NotAccepted(
            "电话号码不对。手机是 11 位，座机前面写区号，比如 0571-88880000。请再填一次。"
        )
    area = f"{landline['area']}-" if landline["area"] else ""
    extension = f"转{landline['extension']}" if landline["extension"] else ""
    return f"{area}{landline['first']}{landline['last']}{extension}"


def check_id_paper(value: str) -> str:
    """Return the number of any paper but an identity card, or raise NotAccepted.

    One with 18 digits, as in a household book, is judged by `check_resident_id`; the others
    follow the rules of whoever gave them out, and only what cannot be a number is refused.
    """
    number = fold_digits(value)
    if not _ID_PAPER.fullmatch(number):
        raise NotAccepted("证件号码是 5 到 24 个字母、数字。请对照证件再填一次。")
    return number


def check_bank_card(value: str) -> str:
    """Return a bank card number as 16 to 19 digits, or raise NotAccepted."""
    number = fold_digits(value)
    if not number:
        raise NotAccepted("请填写银行卡号。")
    if not re.fullmatch(r"[0-9]+", number):
        raise NotAccepted("银行卡号只有数字。请对照银行卡再填一次。")
    if not 16 <= len(number) <= 19:
        raise NotAccepted(
            f"银行卡号是 16 到 19 位，您填了 {len(number)} 位。请对照银行卡再填一次。"
        )
    return number


def bank_card_warning(number: str) -> str | None:
    """Return a sentence if a checked card number fails Luhn; some old passbooks do."""
    digits = [int(digit) for digit in reversed(number)]
    total = sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    if total % 10 == 0:
        return None
    return "这个银行卡号可能填错了一位。请再对照一遍；如果没有填错，可以继续。"


def _may_be_in_name(character: str) -> bool:
    # Co and Cn: rare characters from older code pages and from newer Unicode.
    return (
        character in "·〇 '’-."
        or unicodedata.category(character)[0] in "LM"
        or (unicodedata.category(character) in {"Co", "Cn"})
    )


def check_person_name(value: str) -> str:
    """Return a person's name of 2 to 30 characters, or raise NotAccepted.

    Every look-alike of the middle dot becomes "·"; spaces beside Chinese characters go.
    """
    dotted = _MIDDLE_DOTS.sub("·", clean_text(value))
    narrow = unicodedata.normalize("NFKC", _DOT_BETWEEN_HAN.sub("·", dotted))
    name = re.sub(r"\s+", " ", _SPACE_BESIDE_HAN.sub("", narrow)).strip()
    if not name:
        raise NotAccepted("请填写姓名。")
    strange = next((character for character in name if not _may_be_in_name(character)), None)
    if strange:
        raise NotAccepted(f"姓名里不能有“{strange}”。打不出来的字，可以先用拼音代替。")
    if not 2 <= len(name) <= 30:
        raise NotAccepted("姓名是 2 到 30 个字。请填写身份证上的姓名。")
    return name
