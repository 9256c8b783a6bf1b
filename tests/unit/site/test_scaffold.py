"""A started file has every key, invents nothing, and passes once it is filled in."""

import re
from datetime import date
from pathlib import Path
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from site_src.collections import ContentCollection, list_starters
from site_src.errors import SiteProblem
from site_src.frontmatter import Document, Value, read_document
from site_src.messages import describe_problems
from site_src.scaffold import STARTERS, start_file

TODAY = date(2026, 11, 24)
# What a person would type; every other blank gets a sentence.
TYPED = {
    "发布日期": "2004-01", "时效": "现行有效", "层级": "法律", "主题": "工资", "话题": "other",
    "核对程度": "凭经验，待核实", "程度": "凭经验，待核实", "类别": "活动", "示范数据": "true",
}  # fmt: skip
MAY_STAY_BLANK = {"文号", "施行日期", "修改", "存疑", "电话", "年份", "到期", "办理"}
ROWS = list_starters()
each_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


def started(root: Path, row: ContentCollection, slug: str = "fresh") -> Document:
    """A new file, as the site reads it."""
    path = start_file(root, row, slug, TODAY)
    document, problems = read_document(path, path.name)
    assert problems == []
    assert document
    return document


def keys_of(schema: type[BaseModel]) -> list[str]:
    """The keys of a record in the order of its schema."""
    return [str(field.alias) for field in schema.model_fields.values()]


def record_in(annotation: object) -> type[BaseModel] | None:
    """The record that a list holds, if it holds records."""
    first = next(iter(get_args(annotation)), None) if get_origin(annotation) is tuple else None
    return first if isinstance(first, type) and issubclass(first, BaseModel) else None


def fill(text: str) -> str:
    """Type something into every blank that may not stay one."""

    def type_one(match: re.Match[str]) -> str:
        key = match[2]
        return match[0] if key in MAY_STAY_BLANK else f"{match[1]}{key}: {TYPED.get(key, '文字')}"

    text = re.sub(r"^([ -]*)([^\W\d_]+): ''$", type_one, text, flags=re.MULTILINE)
    topic = TYPED["主题"]
    return re.sub(r"^  - ''$", f"  - {topic}", text, flags=re.MULTILINE)


@each_row
def test_started_file_has_every_key_in_the_order_of_its_schema(
    tmp_path: Path, row: ContentCollection
) -> None:
    meta = started(tmp_path, row).meta
    assert list(meta) == keys_of(row.schema)
    for field in row.schema.model_fields.values():
        inner, entries = record_in(field.annotation), meta[str(field.alias)]
        if inner and isinstance(entries, list) and entries:
            assert isinstance(entries[0], dict)
            assert list(entries[0]) == keys_of(inner)


@each_row
def test_optional_lists_of_records_are_shown_with_every_key(row: ContentCollection) -> None:
    text = (STARTERS / f"{row.starter}.md").read_text("utf-8")
    for field in row.schema.model_fields.values():
        if inner := record_in(field.annotation):
            assert all(re.search(rf"^#?[ -]*{key}:", text, re.M) for key in keys_of(inner))


@each_row
def test_words_to_choose_from_stand_in_the_started_file(row: ContentCollection) -> None:
    text = (STARTERS / f"{row.starter}.md").read_text("utf-8")
    for field in row.schema.model_fields.values():
        listed = field.annotation
        inner = get_args(listed)[0] if get_origin(listed) is tuple else listed
        choices = [word for word in get_args(inner) if isinstance(word, str) and word]
        assert [word for word in choices if word not in text] == []


@each_row
def test_check_names_exactly_what_is_still_blank(tmp_path: Path, row: ContentCollection) -> None:
    document = started(tmp_path, row)
    with pytest.raises(ValidationError) as caught:
        row.schema.model_validate(document.meta)
    named = {
        re.findall("「([^」]+)」", line.partition("：")[2])[-1]
        for line in describe_problems(caught.value, document)
    }
    assert named == set(wanted(document.meta, ""))


def wanted(value: Value, key: str) -> list[str]:
    """The keys whose blanks must be filled; a list's own name for its plain entries."""
    if isinstance(value, dict):
        return [name for one, inner in value.items() for name in wanted(inner, one)]
    if isinstance(value, list):
        return [name for inner in value for name in wanted(inner, key)]
    return [key] if value == "" and key not in MAY_STAY_BLANK else []


@each_row
def test_filled_in_it_passes(tmp_path: Path, row: ContentCollection) -> None:
    path = start_file(tmp_path, row, "fresh", TODAY)
    path.write_text(fill(path.read_text("utf-8")), encoding="utf-8")
    document, problems = read_document(path, path.name)
    assert problems == []
    assert document
    row.schema.model_validate(document.meta)


def test_every_starter_belongs_to_a_collection() -> None:
    assert {path.stem for path in STARTERS.iterdir()} == ROWS.keys()


def test_new_card_gets_the_number_after_the_highest(tmp_path: Path) -> None:
    assert started(tmp_path, ROWS["card"], "first").meta["编号"] == "1"
    (tmp_path / "content/rights-cards/other.md").write_text("编号: '40'\n什么也不是", "utf-8")
    assert started(tmp_path, ROWS["card"], "second").meta["编号"] == "41"


def test_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = start_file(tmp_path, ROWS["notice"], "hours", TODAY)
    path.write_text("写好了的", encoding="utf-8")
    with pytest.raises(SiteProblem, match=r"^content/notices/hours\.md：已经有这个文件"):
        start_file(tmp_path, ROWS["notice"], "hours", TODAY)
    assert path.read_text("utf-8") == "写好了的"


@pytest.mark.parametrize("slug", ["", "Hours", "../hours", "hours.md", "放假", "a--b", "by-year"])
def test_name_that_will_not_do_is_refused_in_one_line(tmp_path: Path, slug: str) -> None:
    with pytest.raises(SiteProblem) as caught:
        start_file(tmp_path, ROWS["policy"], slug, TODAY)
    assert len(str(caught.value).splitlines()) == 1
    assert not list(tmp_path.rglob("*.md"))
