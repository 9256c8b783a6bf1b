"""Reads content/network.toml: the stations near people's homes, and the lawyers' duty roster."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from rulefiles.toml_files import (
    RuleFileError,
    find_key_line,
    find_row_line,
    parse_toml,
    read_toml_text,
)
from site_src.centre import Centre
from site_src.frontmatter import KeyPath, problem_line
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
        text = read_toml_text(path, _SHOWN)
        network = Network.model_validate(parse_toml(text, _SHOWN))
    except RuleFileError as error:
        problems.append(str(error))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.append(_tell(text, *describe(detail)))
    else:
        towns = {town.code for town in centre.towns} if centre else set()
        problems += [_tell(text, *found) for found in find_network_problems(network, towns)]
        return network
    return None


def _tell(text: str, place: KeyPath, sentence: str) -> str:
    """Put a problem with its line; `place` is a key, or a table, a number from 0 and a key."""
    match place:
        case (str() as table, int() as number, *keys):
            line = find_row_line(text, table, number + 1, str(keys[0]) if keys else "")
        case (str() as table, str() as key):
            line = find_row_line(text, table, 1, key)
        case (key, *_):
            line = find_key_line(text, str(key))
        case _:
            line = 1
    return problem_line(_SHOWN, line, sentence)


def find_network_problems(network: Network, towns: set[str]) -> Iterator[tuple[KeyPath, str]]:
    """Find what no entry shows alone: codes used twice, towns not in centre.toml, counts."""
    seen: set[str] = set()
    for number, station in enumerate(network.stations, start=1):
        place = f"「station」第 {number} 条"
        if station.code in seen:
            sentence = f"{place}的「code」里「{station.code}」用了两次，请换一个"
            yield ("station", number - 1, "code"), sentence
        seen.add(station.code)
        if towns and station.town not in towns:
            sentence = (
                f"{place}的「town」里「{station.town}」在 content/centre.toml 的 towns 里找不到"
            )
            yield ("station", number - 1, "town"), sentence
    large = network.large_units
    if large and large.total < network.count("企业"):
        yield ("large_units", "total"), "「large_units」的「total」比 kind 是 企业 的站还少，请改正"
