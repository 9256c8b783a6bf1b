"""The centre's own facts (content/centre.toml), read by the site and by the portal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rulefiles.local_values import NO_LOCAL_VALUES, load_local_values
from rulefiles.toml_files import RuleFileError, find_key_line, parse_toml, read_toml_text
from site_src.frontmatter import problem_line


@dataclass(frozen=True)
class Town:
    """A town or street office whose trade union receives applications."""

    code: str
    name: str


@dataclass(frozen=True)
class Centre:
    """Name, places and numbers that every page shows.

    `real_words` look like those of the invented centre, but are real here.
    """

    name: str
    short_name: str
    city: str
    demonstration: bool
    hotline: str
    phone: str
    address: str
    hours: str
    bus: str
    postcode: str
    owner: str
    icp: str
    police_filing: str
    towns: tuple[Town, ...]
    real_words: tuple[str, ...] = ()

    @property
    def dialling(self) -> str:
        """How the hotline is dialled, in words; nothing for a number of the centre's own."""
        if self.hotline == UNION_HOTLINE:
            return "用手机打，前面先拨省会城市的区号"
        if self.hotline.endswith(f"-{UNION_HOTLINE}"):
            return "工会热线，手机可以直接拨"
        return ""


TEXT_KEYS = (
    "name", "short_name", "city", "hotline", "phone", "address",
    "hours", "bus", "postcode", "owner", "icp", "police_filing",
)  # fmt: skip
UNION_HOTLINE = "12351"
"""全国工会服务职工热线; from a mobile it needs the area code of local.toml."""

BARE_HOTLINE = re.compile(rf"(?<![0-9-]){UNION_HOTLINE}(?![0-9])")
TOWN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""Figures are split by it, so it is a code as tallies hold them."""
_NAMED = re.compile("「([^」]+)」")
MAY_BE_EMPTY = frozenset({"phone", "bus", "postcode", "icp", "police_filing"})


class CentreProblem(ValueError):  # noqa: N818 — wrong content, not a fault of the program
    """centre.toml cannot be used; each of `.problems` is one line with file, key and remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems: tuple[str, ...] = tuple(problems)


def load_centre(path: Path) -> Centre:
    """Read and check centre.toml; raises CentreProblem (a ValueError) naming every wrong key."""
    shown = f"{path.parent.name}/{path.name}"
    try:
        text = read_toml_text(path, shown)
        raw: Mapping[str, Any] = parse_toml(text, shown)
    except RuleFileError as error:
        raise CentreProblem([str(error)]) from None
    problems = [_tell(shown, text, problem) for problem in find_centre_problems(raw)]
    if problems:
        raise CentreProblem(problems)
    texts = {key: str(raw[key]) for key in TEXT_KEYS}
    if texts["hotline"] == UNION_HOTLINE and (area_code := read_area_code(path.parent)):
        texts["hotline"] = f"{area_code}-{UNION_HOTLINE}"
    towns = tuple(Town(code=town["code"], name=town["name"]) for town in raw["towns"])
    real_words = tuple(raw.get("real_words", ()))
    return Centre(demonstration=raw["demonstration"], towns=towns, real_words=real_words, **texts)


def _tell(shown: str, text: str, problem: str) -> str:
    """Put a problem with the line of the key that it names; the first if the key is missing."""
    named = _NAMED.search(problem)
    return problem_line(shown, find_key_line(text, named[1]) if named else 1, problem)


def read_area_code(content: Path) -> str:
    """Read the area code of 12351; empty if it is not filled in, or the file cannot be read.

    What is wrong with the file is told by who reads its values.
    """
    try:
        text = read_toml_text(content / "rules" / "local.toml", "content/rules/local.toml")
        return load_local_values(text).area_code
    except RuleFileError:
        return NO_LOCAL_VALUES.area_code


def write_hotline(value: Any, hotline: str) -> Any:
    """Write 12351 as it is dialled from a mobile, in a text or in all texts of a structure."""
    match value:
        case str():
            return BARE_HOTLINE.sub(hotline, value)
        case dict():
            return {key: write_hotline(one, hotline) for key, one in value.items()}
        case list() | tuple():
            return type(value)(write_hotline(one, hotline) for one in value)
    return value


def find_centre_problems(raw: Mapping[str, object]) -> list[str]:
    """Find missing, unknown and mistyped keys, as the part of a line after the file name."""
    known = {*TEXT_KEYS, "demonstration", "towns", "real_words"}
    problems = [f"不认识「{key}」，请删掉或改正拼写" for key in raw if key not in known]
    for key in TEXT_KEYS:
        value = raw.get(key)
        if not isinstance(value, str):
            problems.append(f"「{key}」要写成带引号的文字")
        elif not value.strip() and key not in MAY_BE_EMPTY:
            problems.append(f"「{key}」不能空着，请填上")
    if not isinstance(raw.get("demonstration"), bool):
        problems.append("「demonstration」只能填 true 或 false")
    words = raw.get("real_words", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        problems.append('「real_words」要写成列表，例如 ["示范大道"]')
    return problems + find_town_problems(raw.get("towns"))


def find_town_problems(towns: object) -> list[str]:
    """Find what is wrong with the towns: no list, an entry without code and name, a code twice."""
    if not isinstance(towns, list) or not towns:
        return ['「towns」要有至少一个镇街，写法是 {code="qs01", name="…镇"}']
    problems = []
    seen: set[str] = set()
    for number, town in enumerate(towns, start=1):
        if not isinstance(town, dict) or set(town) != {"code", "name"}:
            problems.append(f"「towns」第 {number} 个只能有 code 和 name，两个都要填")
        elif not all(isinstance(value, str) and value.strip() for value in town.values()):
            problems.append(f"「towns」第 {number} 个的 code 和 name 都要写成带引号的文字")
        elif not TOWN_CODE.fullmatch(town["code"]):
            problems.append(
                f"「towns」第 {number} 个的 code「{town['code']}」只能用英文字母、数字、- 和 _，"
                "以字母或数字开头，最多 40 个"
            )
        elif town["code"] in seen:
            problems.append(f"「towns」里「{town['code']}」用了两次，每个镇街的 code 要不同")
        else:
            seen.add(town["code"])
    return problems
