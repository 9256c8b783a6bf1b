"""What the portal publishes for the site to show: the only data that come out of the cases."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, Field, ValidationError, model_validator

from site_src.checks import PERSONAL
from site_src.messages import describe
from site_src.schemas import FullDate, OptionalFullDate, Phone, Slug, StrictModel, Text

AGAIN = "请重新导出公开数据"
# Rows need no long number; whatever has one is a card, an account or a telephone.
LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6}")
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
PublishedNumber = (
    Annotated[int, Field(ge=0, strict=True)] | Annotated[str, Field(pattern=r"^\d+\.\d\d$")] | None
)
"""A count, an amount of 万元 with two decimals, or nothing: not counted, or small and hidden."""


class PublishedIndicator(StrictModel):
    """One figure: this year's, and since the beginning; a stock has only the first."""

    code: Text
    name: Text
    unit: Text
    group: Text
    definition: Text
    origin: Text
    part_of: str
    stock: bool
    counted: bool
    period: PublishedNumber
    total: PublishedNumber


class PublishedMonth(StrictModel):
    """A month and its values, in the order of the chart's series."""

    month: Month
    values: tuple[PublishedNumber, ...]


class PublishedChart(StrictModel):
    """Figures of one unit, month by month; `series` are their codes."""

    code: Text
    title: Text
    series: tuple[Text, ...] = Field(min_length=1, max_length=2)
    months: tuple[PublishedMonth, ...] = Field(min_length=1)


class PublishedFigures(StrictModel):
    """build/public-data/indicators.json."""

    generated_at: AwareDatetime
    period_from: FullDate
    period_to: FullDate
    since: OptionalFullDate
    source: Text
    demonstration: bool
    smallest_shown: int = Field(ge=1)
    indicators: tuple[PublishedIndicator, ...] = Field(min_length=1)
    charts: tuple[PublishedChart, ...]

    @model_validator(mode="after")
    def check_codes(self) -> "PublishedFigures":
        """Refuse codes used twice or named but unknown, and charts that miss a value."""
        codes = [one.code for one in self.indicators]
        if len(set(codes)) < len(codes):
            raise ValueError("indicators 里有重复的 code")
        named = {one.part_of for one in self.indicators if one.part_of}
        named |= {code for chart in self.charts for code in chart.series}
        if unknown := sorted(named - set(codes)):
            raise ValueError(f"「{unknown[0]}」在 indicators 里找不到")
        for chart in self.charts:
            if any(len(row.values) != len(chart.series) for row in chart.months):
                raise ValueError("charts 里每个月的 values 要和 series 一样多")
        return self

    def find(self, code: str) -> PublishedIndicator:
        """Find the figure with this code, which must be there."""
        return next(one for one in self.indicators if one.code == code)


class PublishedRow(StrictModel):
    """One household on a list: exactly what may stand in public."""

    name: str = Field(pattern=r"^[^*\s\d]{0,2}\*+$")
    town: Text
    household: int = Field(ge=1, le=20)
    category: Text
    cause: Text
    item: Text
    amount: str = Field(pattern=r"^\d{1,3}(,\d{3}){0,2}(\.\d\d)?$")


class PublishedList(StrictModel):
    """One batch; after its last day it comes without rows."""

    starts_on: FullDate
    ends_on: FullDate
    households: int = Field(ge=0)
    rows: tuple[PublishedRow, ...]

    @model_validator(mode="after")
    def check_order(self) -> "PublishedList":
        """Refuse a list that ends before it begins."""
        if self.ends_on < self.starts_on:
            raise ValueError("「ends_on」不能比「starts_on」早")
        return self

    def is_on_show(self, today: date) -> bool:
        """Tell whether today is among its days, first and last included."""
        return self.starts_on <= today.isoformat() <= self.ends_on

    def is_over(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return self.ends_on < today.isoformat()


class PublishedLists(StrictModel):
    """build/public-data/publicity.json."""

    generated_at: AwareDatetime
    source: Text
    demonstration: bool
    phone: Phone
    place: Text
    lists: tuple[PublishedList, ...]


class AskedField(StrictModel):
    """One question of a form, and what becomes of the answer."""

    name: Text
    label: Text
    kind: Literal["sensitive", "personal", "internal"] = Field(alias="class")
    purpose: Text
    seen_by: tuple[Text, ...] = Field(min_length=1)
    kept: Text
    optional: bool


class AskedForm(StrictModel):
    """All that one form may ask, in the order of asking."""

    code: Slug
    title: Text
    fields: tuple[AskedField, ...] = Field(min_length=1)


class Privacy(StrictModel):
    """build/public-data/privacy.json."""

    forms: tuple[AskedForm, ...] = Field(min_length=1)


class ReceiptKey(StrictModel):
    """build/public-data/receipt-key.json: what receipts are checked with."""

    algorithm: Literal["Ed25519"]
    public_key: str = Field(pattern=r"^[A-Za-z0-9_-]{43}$")
    fingerprint: str = Field(pattern=r"^[0-9A-F]{4}( [0-9A-F]{4}){7}$")


@dataclass(frozen=True)
class PublicData:
    """The files of build/public-data/; None for what is not published yet."""

    figures: PublishedFigures | None
    publicity: PublishedLists | None
    privacy: Privacy | None = None
    receipt_key: ReceiptKey | None = None


_Model = TypeVar("_Model", bound=StrictModel)


def read_public_data(folder: Path, problems: list[str]) -> PublicData:
    """Read and check every file of the folder; what is wrong is noted."""
    publicity = read_published(folder / "publicity.json", PublishedLists, problems)
    if publicity:
        problems += find_personal(publicity)
    figures = read_published(folder / "indicators.json", PublishedFigures, problems)
    privacy = read_published(folder / "privacy.json", Privacy, problems)
    key = read_published(folder / "receipt-key.json", ReceiptKey, problems)
    return PublicData(figures, publicity, privacy, key)


def read_published(path: Path, schema: type[_Model], problems: list[str]) -> _Model | None:
    """Read a published file; None if it is not there, or wrong, which is noted."""
    shown = f"build/public-data/{path.name}"
    if not path.is_file():
        return None
    try:
        return schema.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += dict.fromkeys(f"{shown}：{describe(one)[1]}，{AGAIN}" for one in details)
    except ValueError:
        problems.append(f"{shown}：文件读不懂，{AGAIN}")
    return None


def find_personal(publicity: PublishedLists) -> list[str]:
    """Find rows with anything like the number of a person, a telephone or a bank card."""
    found = []
    for place, text in list_texts(publicity):
        remedies = [remedy for pattern, remedy in PERSONAL if pattern.search(text)]
        if not remedies and LONG_NUMBER.search(text):
            remedies = ["这里像是电话或账号，请删掉"]
        found += [f"build/public-data/publicity.json：{place}{remedy}" for remedy in remedies]
    return found


def list_texts(publicity: PublishedLists) -> Iterator[tuple[str, str]]:
    """List every text of every row with the place where it stands."""
    for number, one in enumerate(publicity.lists, start=1):
        for line, row in enumerate(one.rows, start=1):
            values: dict[str, Any] = row.model_dump()
            for key, value in values.items():
                yield f"第 {number} 份名单第 {line} 行的「{key}」", str(value)
