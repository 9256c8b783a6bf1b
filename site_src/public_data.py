"""What the portal publishes for the site to show: the only data that come out of the cases."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError, model_validator

from site_src.messages import describe
from site_src.schemas import Record, Text

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Figures(Record):
    """build/public-data/cases-by-month.json: counts per month, None where a cell is hidden."""

    title: Text
    generated_at: AwareDatetime
    period_from: str = Field(pattern=MONTH.pattern)
    period_to: str = Field(pattern=MONTH.pattern)
    unit: Text
    source: Text
    small_cells: Text
    kinds: dict[str, Text] = Field(min_length=1)
    months: tuple[dict[str, str | Annotated[int, Field(ge=0)] | None], ...]

    @model_validator(mode="after")
    def check_months(self) -> "Figures":
        """Each row names its month and gives every kind, nothing else."""
        for row in self.months:
            if set(row) != {"month", *self.kinds}:
                raise ValueError("months 里每一行都要有 month 和 kinds 里的各项，不能多也不能少")
            if not MONTH.fullmatch(str(row["month"])):
                raise ValueError("month 要写成 2026-10 这样的月份")
            if any(isinstance(row[kind], str) for kind in self.kinds):
                raise ValueError("months 里的数要写成不带引号的数字，或者 null")
        return self


@dataclass(frozen=True)
class PublicData:
    """The files of build/public-data/; None for what is not published yet."""

    figures: Figures | None


def read_public_data(folder: Path, problems: list[str]) -> PublicData:
    """Read and check every file of the folder; what is wrong is noted."""
    return PublicData(figures=read_figures(folder / "cases-by-month.json", problems))


def read_figures(path: Path, problems: list[str]) -> Figures | None:
    """The published figures; None if none are published yet."""
    shown = f"build/public-data/{path.name}"
    if not path.is_file():
        return None
    try:
        return Figures.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.append(f"{shown}：{describe(detail)[1]}，请重新导出公开数据")
    except ValueError:
        problems.append(f"{shown}：文件读不懂，请重新导出公开数据")
    return None
