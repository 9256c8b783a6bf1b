"""What a demonstration centre shows where its cases tell nothing yet: invented, and fixed.

Nothing here is used by a centre whose centre.toml says demonstration = false.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portal.domain.eligibility.means_test import Category
from portal.domain.figures.public_notice import Person

FOUNDED: Final = date(2009, 7, 1)
_SEASON: Final = (190, 120, 80, 80, 85, 90, 90, 130, 110, 70, 75, 80)
"""Percent of a usual month, January first: aid is given before the Spring Festival."""


@dataclass(frozen=True, slots=True)
class Flow:
    """So much in a usual month, and so much in all the years before this one."""

    monthly: int
    before: int


_WAN: Final = 1_000_000
FLOWS: Final[Mapping[str, Flow]] = {
    "S1.1": Flow(6, 1_180), "S1.2": Flow(85, 14_200), "S1.3": Flow(120, 23_650),
    "S1.5": Flow(0, 380), "S1.6": Flow(0, 1_050), "S1.7": Flow(0, 190),
    "S18": Flow(0, 6_420), "S18.1": Flow(0, 210),
    "S2": Flow(42, 5_860), "S3": Flow(18 * _WAN, 2_680 * _WAN),
    "S22.1": Flow(3 * _WAN, 415 * _WAN), "S4": Flow(2, 316), "S5": Flow(8, 640),
    "S6": Flow(0, 9_840), "S7": Flow(0, 5_120), "S16": Flow(6, 385),
    "S8": Flow(24, 3_910), "S19": Flow(5, 742),
    "S9": Flow(22 * _WAN, 3_150 * _WAN), "S10": Flow(17 * _WAN, 2_475 * _WAN),
    "S15.3": Flow(0, 6), "S15.4": Flow(0, 486 * _WAN), "S17": Flow(1_500, 214_000),
    "S21.1": Flow(1, 18), "S21.2": Flow(3, 126),
}  # fmt: skip
STOCKS: Final[Mapping[str, int]] = {
    "S22.2": 9_600_000, "S11.1": 86_400, "S11.2": 404, "S11.3": 88, "S12.1": 316, "S12.2": 88,
    "S13.1": 3, "S13.2": 19, "S13.3": 8, "S14.1": 8, "S14.2": 5,
    "S15.1": 120 * _WAN, "S15.2": 60 * _WAN,
}  # fmt: skip
_DEEP, _RELATIVE, _ACCIDENT = Category.DEEP, Category.RELATIVE, Category.ACCIDENT
_PEOPLE: Final = (
    (Person("陈示范", "", 3, _DEEP, "family_illness", "medical", 500_000), 0),
    (Person("李示范", "", 4, _RELATIVE, "schooling", "schooling", 300_000), 2),
    (Person("欧阳示范", "", 2, _ACCIDENT, "accident", "living", 200_000), 4),
    (Person("王示范", "", 5, _DEEP, "own_illness", "medical", 800_000), 3),
    (Person("赵示", "", 3, _RELATIVE, "unemployment", "living", 150_000), 1),
    (Person("周示范", "", 4, _RELATIVE, "schooling", "schooling", 300_000), 5),
    (Person("吴示范", "", 1, _DEEP, "disability", "living", 360_000), 6),
    (Person("徐示范", "", 3, _RELATIVE, "unemployment", "living", 150_000), 7),
    (Person("孙示", "", 4, _DEEP, "family_illness", "medical", 650_000), 8),
    (Person("马示范", "", 2, _RELATIVE, "other", "living", 120_000), 9),
    (Person("朱示范", "", 5, _RELATIVE, "schooling", "schooling", 250_000), 2),
    (Person("胡示范", "", 3, _ACCIDENT, "accident", "living", 260_000), 0),
)
"""Invented people, and the place of each one's town in the centre's list."""


def invent_people(towns: Sequence[str]) -> list[Person]:
    """Invent people, spread over the centre's own towns."""
    return [replace(person, town=towns[place % len(towns)]) for person, place in _PEOPLE]


def invent_month(code: str, month: str) -> int:
    """Invent the flow of a month written as 2026-11."""
    return FLOWS[code].monthly * _SEASON[int(month[5:]) - 1] // 100
