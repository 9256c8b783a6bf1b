"""What a centre is reminded of before a table has nothing to say any more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.settings.config import read_rules
from portal.settings.reminders import list_reminders
from rulefiles.local_values import load_local_values

CONTENT = Path(__file__).parents[3] / "content"
VALUE = """\
[minimum_wage_month]
name = "月最低工资"
unit = "元/月"

[[minimum_wage_month.values]]
from = 2026-01-01
to = 2026-12-31
value = 2100
source = "某省公告"
"""


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2027, 6, 1), True),
    ],
)
def test_a_local_figure_is_asked_for_a_month_before_it_ends(day: date, told: bool) -> None:
    rules = replace(read_rules(CONTENT), local=load_local_values(VALUE))
    line = "content/rules/local.toml 里，“月最低工资”只到2026年12月31日，请补上新的"
    assert (line in list_reminders(rules, day)) == told


def test_the_figure_of_the_country_for_last_year_is_asked_for() -> None:
    rules = read_rules(CONTENT)
    asked = [line for line in list_reminders(rules, date(2027, 1, 20)) if "national.toml" in line]
    assert asked == [
        "content/rules/national.toml 里，“全国城镇居民人均可支配收入”没有去年的数，公布了请补上"
    ]
    assert not any("national" in line for line in list_reminders(rules, date(2026, 11, 30)))


def test_a_year_without_its_days_off_is_told() -> None:
    told = list_reminders(read_rules(CONTENT), date(2098, 12, 31))
    assert "content/rules/working_days.toml 里，没有 2099 年的节假日，期限会只按周末算" in told
