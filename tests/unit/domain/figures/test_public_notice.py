"""Public lists: nothing leaves but masked names and words from fixed lists, and not for long."""

import re
from dataclasses import asdict, fields, replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.domain.eligibility.means_test import Category
from portal.domain.figures.public_notice import (
    CAUSE_GROUPS,
    ITEMS,
    Person,
    PublicRow,
    make_row,
    publish_list,
)
from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.working_days import Calendar
from rulefiles.deadlines import Deadline

PERSON = Person("陈示范", "青石街道", 3, Category.DEEP, "family_illness", "medical", 500_000)
ROW = make_row(PERSON)
CHINESE = st.text(alphabet="陈李欧阳诸葛示范例王小明", min_size=1, max_size=6)
PRIVATE = st.sampled_from(
    ("41999919800101123X", "13800138000", "6222021234567890123", "0571-85123456", "示范路 1 号")
)


@given(
    CHINESE,
    st.integers(1, 20),
    st.sampled_from([one for one in Category if one is not Category.NOT]),
    st.sampled_from([*CAUSE_GROUPS]),
    st.sampled_from([*ITEMS]),
    st.integers(0, 10**9),
)
def test_a_row_never_holds_the_whole_name_nor_a_long_number(
    name: str, household: int, category: Category, cause: str, item: str, fen: int
) -> None:
    row = make_row(Person(name, "松坪镇", household, category, cause, item, fen))
    assert name not in row.name
    assert len(row.name) == len(name)
    assert row.name.strip("*") in name
    assert not re.search(r"\d{6}", "".join(str(value) for value in asdict(row).values()))


def test_a_row_has_exactly_the_fields_that_may_be_shown() -> None:
    names = [field.name for field in fields(PublicRow)]
    assert names == ["name", "town", "household", "category", "cause", "item", "amount"]


@given(PRIVATE, st.sampled_from(("name", "town", "category", "cause", "item", "amount")))
def test_a_number_or_address_in_any_field_is_refused(private: str, field: str) -> None:
    values: dict[str, object] = {**asdict(ROW), field: private}
    with pytest.raises(ValueError, match="may not be shown"):
        PublicRow(**values)  # type: ignore[arg-type]


@given(CHINESE)
def test_a_name_that_is_not_masked_is_refused(name: str) -> None:
    assume("*" not in name)
    with pytest.raises(ValueError, match="may not be shown"):
        replace(ROW, name=name)


@pytest.mark.parametrize("household", [0, 21])
def test_an_impossible_household_is_refused(household: int) -> None:
    with pytest.raises(ValueError, match="may not be shown"):
        replace(ROW, household=household)


def test_an_illness_is_only_named_by_its_group() -> None:
    assert {CAUSE_GROUPS[code] for code in ("own_illness", "disability")} == {"因病因残"}


def test_a_list_is_over_on_the_day_after_its_last_working_day() -> None:
    rules = Rulebook(
        Calendar(frozenset({date(2026, 1, 1), date(2026, 11, 25)}), frozenset()),
        {"publicity": Deadline("publicity", 5, "working_days")},
        (),
    )
    one = publish_list(date(2026, 11, 23), (ROW,), rules)
    assert one.ends_on == date(2026, 12, 1)  # the 25th is a day off here
    assert not one.is_over(date(2026, 12, 1))
    assert one.is_over(date(2026, 12, 2))
