"""What each centre has to know of its own place: a row for each value of content/rules/local.toml.

Who wants a new local number adds a row here; reading, the list of blanks and the tables on the
site follow from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final

from rulefiles.dated_values import DatedAmount, DatedSeries, DatedValue, read_series
from rulefiles.toml_files import RuleFileError, find_key_line, find_row_line, parse_toml

LOCAL_FILE: Final = "content/rules/local.toml"


class ValueShape(StrEnum):
    """How a value is written in the file."""

    NUMBER = "数字"
    GRADES = "5级到10级各一个数"
    MONTHS = "月份"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalValue:
    """One local value: what it is called, in which of these units it is given, who announces it.

    Money is written in yuan, with the unit 元…. `everywhere`: every place has one, so that it can
    not be said to be 没有规定.
    """

    key: str
    label: str
    units: tuple[str, ...]
    announced_by: str
    shape: ValueShape = ValueShape.NUMBER
    everywhere: bool = False


OF_MINIMUM_WAGE: Final = "%最低工资"
"""The unit of what is given as a share of the local minimum wage of the month."""
OF_OWN_WAGE: Final = "个月本人工资"
OF_LOCAL_AVERAGE: Final = "个月当地平均工资"
"""Units of what is given in months of a wage."""

LOCAL_VALUES: Final = {
    row.key: row
    for row in (
        LocalValue(key="low_income_urban", label="城市低保标准", units=("元/人·月",),
                   announced_by="市民政局", everywhere=True),
        LocalValue(key="low_income_rural", label="农村低保标准", units=("元/人·月",),
                   announced_by="市民政局", everywhere=True),
        LocalValue(key="minimum_wage_month", label="月最低工资", units=("元/月",),
                   announced_by="省人社厅", everywhere=True),
        LocalValue(key="minimum_wage_hour", label="小时最低工资", units=("元/小时",),
                   announced_by="省人社厅", everywhere=True),
        LocalValue(key="average_wage_month", label="当地上年度职工月平均工资", units=("元/月",),
                   announced_by="市统计局、市人社局"),
        LocalValue(key="heat_allowance", label="高温津贴", units=("元/天", "元/月"),
                   announced_by="省人社厅"),
        LocalValue(key="heat_months", label="发高温津贴的月份", units=("月",),
                   announced_by="省人社厅", shape=ValueShape.MONTHS),
        LocalValue(key="maternity_days", label="产假（国家的98天和本省加的合在一起）",
                   units=("天",),
                   announced_by="省卫生健康委（省人口与计划生育条例）"),
        LocalValue(key="paternity_days", label="男方护理假（陪产假）", units=("天",),
                   announced_by="省卫生健康委（省人口与计划生育条例）"),
        LocalValue(key="injury_medical_grant", label="一次性工伤医疗补助金",
                   units=(OF_OWN_WAGE, OF_LOCAL_AVERAGE, "元"),
                   announced_by="省政府（工伤保险条例的实施办法）", shape=ValueShape.GRADES),
        LocalValue(key="injury_employment_grant", label="一次性伤残就业补助金",
                   units=(OF_OWN_WAGE, OF_LOCAL_AVERAGE, "元"),
                   announced_by="省政府（工伤保险条例的实施办法）", shape=ValueShape.GRADES),
        LocalValue(key="unemployment_benefit", label="失业保险金", units=("元/月", OF_MINIMUM_WAGE),
                   announced_by="省人社厅"),
        LocalValue(key="sick_pay_floor", label="病假工资最低标准",
                   units=(OF_MINIMUM_WAGE, "元/月"), announced_by="省人社厅（工资支付规定）"),
        LocalValue(key="stoppage_allowance", label="停工停产的生活费",
                   units=(OF_MINIMUM_WAGE, "元/月"), announced_by="省人社厅（工资支付规定）"),
        LocalValue(key="legal_aid_line", label="法律援助经济困难标准", units=("元/人·月",),
                   announced_by="省司法厅"),
        LocalValue(key="refusal_one", label="拒不支付劳动报酬罪：欠一个人多少起",
                   units=("元",), announced_by="省高级人民法院"),
        LocalValue(key="refusal_many", label="拒不支付劳动报酬罪：欠十个人以上合计多少起",
                   units=("元",), announced_by="省高级人民法院"),
        LocalValue(key="living_aid_ceiling", label="生活救助一年最多", units=("元/户·年",),
                   announced_by="上级工会、本中心的救助办法"),
        LocalValue(key="medical_aid_ceiling", label="医疗救助一年最多", units=("元/户·年",),
                   announced_by="上级工会、本中心的救助办法"),
        LocalValue(key="schooling_aid_ceiling", label="助学救助一年最多", units=("元/人·年",),
                   announced_by="上级工会、本中心的救助办法"),
    )
}  # fmt: skip

OFFICE_KINDS: Final = {
    "arbitration": "劳动人事争议仲裁委员会",
    "inspection": "劳动保障监察大队",
    "work_injury": "工伤认定窗口",
    "social_insurance": "社会保险经办机构",
    "legal_aid": "法律援助中心",
    "diagnosis": "职业病诊断医院",
}
"""The offices whose address and telephone a worker needs, by the code in the file."""

_OFFICE_KEYS: Final = ("kind", "name", "address", "phone")
_AREA_CODE: Final = re.compile(r"0[0-9]{2,3}")
_PHONE: Final = re.compile(r"[0-9-]*")


@dataclass(frozen=True, slots=True)
class LocalOffice:
    """Where a worker goes: an office with address and telephone."""

    kind: str
    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class LocalValues:
    """All of the file: series by key, offices, the area code of 12351 (empty if not filled in)."""

    series: Mapping[str, DatedSeries] = field(default_factory=dict)
    offices: tuple[LocalOffice, ...] = ()
    area_code: str = ""

    def on(self, key: str, day: date) -> DatedValue | None:
        """Return what holds on a day; None where nothing is filled in for it."""
        found = self.series.get(key)
        return found.value_on(day) if found else None

    def fen_on(self, key: str, day: date) -> int | None:
        """Return an amount in fen on a day, a share of the minimum wage worked out.

        None where it is blank, or the place has none.
        """
        found = self.on(key, day)
        if found is None or not isinstance(found.amount, Fraction):
            return None
        if found.unit != OF_MINIMUM_WAGE:
            return found.fen
        wage = self.fen_on("minimum_wage_month", day)
        return None if wage is None else floor(wage * found.number / 100 + Fraction(1, 2))


NO_LOCAL_VALUES: Final = LocalValues()


def load_local_values(text: str) -> LocalValues:
    """Read the text of the file; a value that is not in it is blank.

    Raise RuleFileError, one line naming file and place.
    """
    parsed = parse_toml(text, LOCAL_FILE)
    offices, area_code = parsed.get("office", []), parsed.get("area_code", "")
    series = {}
    for code, table in parsed.items():
        if code in {"office", "area_code"}:
            continue
        if code not in LOCAL_VALUES:
            raise _wrong(
                find_row_line(text, code, 1), f"没有“{code}”这一项。请删掉，或对照说明书改名"
            )
        series[code] = read_series(text, code, table, LOCAL_FILE)
        _require_fit(text, LOCAL_VALUES[code], series[code])
    if not isinstance(area_code, str) or (area_code and not _AREA_CODE.fullmatch(area_code)):
        remedy = 'area_code 要写成带引号的区号，例如 "0571"；还没有就写 ""'
        raise _wrong(find_key_line(text, "area_code"), remedy)
    return LocalValues(series, _read_offices(text, offices), area_code)


def _wrong(line: int, words: str) -> RuleFileError:
    return RuleFileError(f"{LOCAL_FILE} 第 {line} 行：{words}。")


def _require_fit(text: str, row: LocalValue, series: DatedSeries) -> None:
    units = {series.unit, *(value.unit for value in series.values)}
    if not units <= set(row.units):
        choices = "或者 ".join(f'"{one}" ' for one in row.units).strip()
        raise _wrong(
            find_row_line(text, row.key, 1, "unit"), f"“{row.label}”的 unit 只能写 {choices}"
        )
    for place, value in enumerate(series.values, 1):
        line = find_row_line(text, f"{row.key}.values", place, "value")
        if value.amount is None and row.everywhere:
            remedy = '哪里都有，要写成数字。城乡一样的，两处写同一个数；还不知道就写 ""'
            raise _wrong(line, f"“{row.label}”{remedy}")
        if value.amount is not None and _shape_of(value.amount) is not row.shape:
            raise _wrong(line, f"“{row.label}”的 value 要写成{row.shape}")


def _shape_of(amount: DatedAmount) -> ValueShape:
    if isinstance(amount, Fraction):
        return ValueShape.NUMBER
    return ValueShape.GRADES if isinstance(amount, Mapping) else ValueShape.MONTHS


def _read_offices(text: str, rows: object) -> tuple[LocalOffice, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong(find_key_line(text, "office"), "每一处要写成一段，以 [[office]] 开头")
    return tuple(_read_office(text, place, row) for place, row in enumerate(rows, 1))


def _read_office(text: str, place: int, values: Mapping[str, object]) -> LocalOffice:
    def wrong(key: str, words: str) -> RuleFileError:
        return _wrong(find_row_line(text, "office", place, key), words)

    for key in values:
        if key not in _OFFICE_KEYS:
            raise wrong(key, f"不认识“{key}”。请删掉或改正拼写")
    texts = {}
    for key in _OFFICE_KEYS:
        value = values.get(key)
        if not isinstance(value, str):
            raise wrong(key, f'{key} 要写成带引号的文字；还没有就写 {key} = ""')
        texts[key] = value.strip()
    if texts["kind"] not in OFFICE_KINDS:
        raise wrong("kind", f"kind 只能写 {'、'.join(OFFICE_KINDS)} 中的一个")
    if not _PHONE.fullmatch(texts["phone"]):
        raise wrong("phone", "phone 只能填数字和连字符，一处写一个号码")
    return LocalOffice(**texts)
