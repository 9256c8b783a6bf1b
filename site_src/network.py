"""Reads content/network.toml: the stations near people's homes, and the lawyers' duty roster."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from rulefiles.toml_files import RuleFileError, read_toml
from site_src.centre import Centre
from site_src.messages import describe
from site_src.schemas import FullDate, Phone, Slug, StrictModel, Text, read_full_date

_SHOWN = "content/network.toml"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def read_day(value: str) -> str:
    """Accept a day of the week, or a date."""
    if value in WEEKDAYS:
        return value
    try:
        return read_full_date(value)
    except ValueError:
        raise ValueError("要写成 周一 到 周日，或者 2026-12-12 这样的日期") from None


class Station(StrictModel):
    """A place of the union; `town` is a code of centre.toml."""

    code: Slug
    town: Text
    name: Text
    kind: Literal["镇街", "企业", "园区"]
    address: Text
    phone: Phone
    hours: Text
    tasks: Text


class Duty(StrictModel):
    """When and where a lawyer can be met: every week, or on one day."""

    day: Annotated[str, AfterValidator(read_day)]
    time: Text
    lawyer: Text
    place: Text
    phone: Phone

    def is_over(self, today: date) -> bool:
        """Tell whether the day has passed; a day of the week comes again."""
        return self.day not in WEEKDAYS and self.day < today.isoformat()


class LargeUnits(StrictModel):
    """How many employers have at least `workers` workers, and so should have a station."""

    workers: int = Field(ge=1)
    total: int = Field(ge=1)


class Network(StrictModel):
    """All of the file, in its order."""

    demonstration: bool
    checked_on: FullDate
    large_units: LargeUnits | None = None
    stations: tuple[Station, ...] = Field(default=(), alias="station")
    duties: tuple[Duty, ...] = Field(default=(), alias="duty")

    def count(self, kind: str) -> int:
        """Count the stations of a kind."""
        return sum(station.kind == kind for station in self.stations)


def read_network(path: Path, centre: Centre | None, problems: list[str]) -> Network | None:
    """Read and check the file; None if there is none. Problems are noted as lines."""
    if not path.is_file():
        return None
    try:
        network = Network.model_validate(read_toml(path, _SHOWN))
    except RuleFileError as error:
        problems.append(str(error))
    except ValidationError as error:
        found = (describe(detail)[1] for detail in error.errors(include_url=False))
        problems += [f"{_SHOWN}：{sentence}" for sentence in found]
    else:
        towns = {town.code for town in centre.towns} if centre else set()
        problems += [f"{_SHOWN}：{problem}" for problem in find_network_problems(network, towns)]
        return network
    return None


def find_network_problems(network: Network, towns: set[str]) -> Iterator[str]:
    """Find what no entry shows alone: codes used twice, towns not in centre.toml, counts."""
    seen: set[str] = set()
    for number, station in enumerate(network.stations, start=1):
        place = f"「station」第 {number} 条"
        if station.code in seen:
            yield f"{place}的「code」里「{station.code}」用了两次，请换一个"
        seen.add(station.code)
        if towns and station.town not in towns:
            yield f"{place}的「town」里「{station.town}」在 content/centre.toml 的 towns 里找不到"
    large = network.large_units
    if large and large.total < network.count("企业"):
        yield "「large_units」的「total」比 kind 是 企业 的站还少，请改正"
