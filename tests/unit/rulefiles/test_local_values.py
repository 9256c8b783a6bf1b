"""Local values: what may stand in content/rules/local.toml, and what is refused with its place."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from rulefiles.local_values import (
    LOCAL_VALUES,
    NO_LOCAL_VALUES,
    OFFICE_KINDS,
    load_local_values,
)
from rulefiles.toml_files import RuleFileError

LOCAL = Path(__file__).parents[3] / "content" / "rules" / "local.toml"
DAY = date(2026, 11, 30)


def series(key: str, value: str, unit: str = "元/月") -> str:
    return (
        f'[{key}]\nname = "{LOCAL_VALUES[key].label}"\nunit = "{unit}"\n'
        f'[[{key}.values]]\nfrom = 2026-01-01\nvalue = {value}\nsource = "示范文件"\n'
    )


def test_the_demonstration_knows_every_value_and_every_kind_of_office() -> None:
    local = load_local_values(LOCAL.read_text("utf-8"))
    assert [key for key in LOCAL_VALUES if local.on(key, DAY) is None] == []
    assert {office.kind for office in local.offices} == set(OFFICE_KINDS)


def test_the_file_calls_each_value_by_its_label() -> None:
    found = load_local_values(LOCAL.read_text("utf-8")).series
    assert {key: one.name for key, one in found.items()} == {
        key: row.label for key, row in LOCAL_VALUES.items()
    }


def test_what_is_not_in_the_file_is_blank() -> None:
    assert load_local_values("").on("minimum_wage_month", DAY) is None
    assert NO_LOCAL_VALUES.on("minimum_wage_month", DAY) is None


@pytest.mark.parametrize(
    ("key", "value", "unit", "words"),
    [
        ("minimum_wage_month", "2260.50", "元/月", "2,260.50 元/月"),
        ("sick_pay_floor", "80", "%最低工资", "最低工资的 80%"),
        ("heat_months", "[6, 7]", "月", "6月、7月"),
        ("paternity_days", '"没有规定"', "天", "本地没有另外规定"),
        (
            "injury_medical_grant",
            "{ 5 = 30, 6 = 25, 7 = 12, 8 = 9, 9 = 6, 10 = 3.5 }",
            "个月本人工资",
            "5级30，6级25，7级12，8级9，9级6，10级3.50（个月本人工资）",
        ),
    ],
)
def test_a_value_is_said_in_words(key: str, value: str, unit: str, words: str) -> None:
    found = load_local_values(series(key, value, unit)).on(key, DAY)
    assert found
    assert found.words == words


def test_a_grade_has_its_own_number() -> None:
    value = "{ 5 = 30, 6 = 25, 7 = 12, 8 = 9, 9 = 6, 10 = 3.5 }"
    found = load_local_values(series("injury_medical_grant", value, "个月本人工资"))
    grant = found.on("injury_medical_grant", DAY)
    assert grant
    assert grant.for_grade(10) == Fraction(7, 2)
    with pytest.raises(ValueError, match="not one number"):
        _ = grant.fen


OFFICE = '[[office]]\nkind = "diagnosis"\nname = ""\naddress = ""\nphone = ""\n'


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (series("minimum_wage_month", "20", "元/小时"), 3, 'unit 只能写 "元/月"'),
        (series("minimum_wage_month", "[6]"), 6, "value 要写成数字"),
        (series("heat_months", "6", "月"), 6, "value 要写成月份"),
        (series("injury_medical_grant", "6", "个月本人工资"), 6, "5级到10级各一个数"),
        ("[minimum_wages]", 1, "没有“minimum_wages”"),
        ("minimum_wage_month = 2190\n", 1, "name 和 unit"),
        ('# 区号\narea_code = "571"\n', 2, "area_code"),
        ("area_code = 10\n", 1, "area_code"),
        (OFFICE.replace("diagnosis", "court"), 2, "kind"),
        (OFFICE.replace('phone = ""', ""), 1, "phone"),
        (OFFICE + OFFICE.replace('phone = ""', 'phone = "12、3"'), 10, "phone"),
        (OFFICE + 'fax = ""', 6, "fax"),
        ("office = 3", 1, "[[office]]"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_in_one_line_with_file_and_place(
    text: str, line: int, says: str
) -> None:
    with pytest.raises(RuleFileError) as problem:
        load_local_values(text)
    words = str(problem.value)
    assert words.startswith(f"content/rules/local.toml 第 {line} 行：")
    assert says in words
    assert "\n" not in words


@pytest.mark.parametrize("key", [row.key for row in LOCAL_VALUES.values() if row.everywhere])
def test_what_every_place_has_is_never_said_to_be_without_a_rule(key: str) -> None:
    unit = LOCAL_VALUES[key].units[0]
    with pytest.raises(RuleFileError, match=rf"第 6 行：“{LOCAL_VALUES[key].label}”哪里都有"):
        load_local_values(series(key, '"没有规定"', unit))
    assert load_local_values(series(key, "800", unit)).fen_on(key, DAY) == 800_00
    assert load_local_values(series(key, '""', unit)).fen_on(key, DAY) is None
