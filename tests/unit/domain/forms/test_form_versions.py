"""The version on a sheet of paper tells its questions: when they change, it must rise.

Papers lie about for years, and staff key them in by the numbers of the version that they hold.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from portal.domain.counter.paper_layout import Block, lay_out_form
from portal.domain.forms.answers import Context
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.forms.journeys.model import page
from portal.domain.shared.case_kinds import CaseKind
from portal.web.paper_forms import describe_form

FILE = Path(__file__).with_name("printed_versions.toml")
Versions = Mapping[str, str]
"""The digests of a form by its version."""


def digest_questions(journey: Journey) -> str:
    """Of all that a sheet prints of the questions, and of the codes that their answers get."""
    printed = describe_form(journey, Context(date.min, {"town": ()}))["groups"]
    codes = [
        (field.name, *(choice.code for choice in field.choices))
        for block in lay_out_form(journey)
        for field in fields_of(block)
    ]
    text = json.dumps([printed, codes], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def fields_of(block: Block) -> Iterator[Field]:
    """The questions of a block, and the columns of the list that it is."""
    yield from (one.field for one in block.questions)
    if listed := block.table or block.bulk:
        yield from listed.member_fields()


def find_problem(journey: Journey, versions: Versions) -> str:
    """What to do about the version of this form; empty if nothing."""
    name, version, digest = journey.address, journey.version, digest_questions(journey)
    newest = max(map(int, versions), default=0)
    if version < newest:
        return f"version of {name} must not fall: sheets of version {newest} are about"
    if version > newest:
        return f"version of {name} rose: {tell_row(name, version, digest)}"
    if versions[str(version)] != digest:
        return (
            f"version of {name} must rise: its questions are no longer those of version {version}. "
            f"In portal/domain/forms/journeys/ make it {version + 1}; "
            f"{tell_row(name, version + 1, digest)}"
        )
    return ""


def tell_row(name: str, version: int, digest: str) -> str:
    """Which row to add to the file."""
    return f'in {FILE.name}, under [{name}], add the row: {version} = "{digest}"'


def read_versions() -> Mapping[str, Versions]:
    """All that is kept, by the address of the form."""
    return tomllib.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
def test_the_version_of_a_form_rises_with_its_questions(journey: Journey) -> None:
    assert find_problem(journey, read_versions().get(journey.address, {})) == ""


def test_no_row_is_kept_of_a_form_that_is_gone() -> None:
    assert read_versions().keys() == {journey.address for journey in JOURNEYS.values()}


JOBS = JOURNEYS[CaseKind.JOBS]
KEPT = {str(JOBS.version): digest_questions(JOBS)}


def test_one_more_question_needs_a_new_version() -> None:
    more = replace(JOBS, pages=(page("more", "更多", "还有一题", "rating"), *JOBS.pages))
    assert find_problem(more, KEPT).startswith("version of find-work must rise: ")
    raised = replace(more, version=JOBS.version + 1)
    row = f'{raised.version} = "{digest_questions(raised)}"'
    assert find_problem(raised, KEPT).endswith(f"add the row: {row}")
    assert find_problem(more, KEPT).endswith(row)
    assert find_problem(raised, {**KEPT, str(raised.version): digest_questions(raised)}) == ""
    assert "must not fall" in find_problem(JOBS, {**KEPT, str(raised.version): "any"})


def test_another_order_needs_a_new_version() -> None:
    first, second, *others = JOBS.pages
    assert find_problem(replace(JOBS, pages=(second, first, *others)), KEPT)


@pytest.mark.parametrize("changed", ["label", "choice", "code", "hint"])
def test_other_words_or_choices_need_a_new_version(
    monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    field = FIELDS["jobs_wanted"]
    first, *others = field.choices
    monkeypatch.setitem(FIELDS, field.name, {
        "label": replace(field, label="想干什么？"),
        "choice": replace(field, choices=tuple(others)),
        "code": replace(field, choices=(replace(first, code="new"), *others)),
        "hint": replace(field, hint="随便选。"),
    }[changed])  # fmt: skip
    assert find_problem(JOBS, KEPT)


def test_what_stands_on_the_screen_only_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    field = FIELDS["jobs_wanted"]
    monkeypatch.setitem(FIELDS, field.name, replace(field, screen_hint="点一下。", missing="请选"))
    assert find_problem(replace(JOBS, minutes=90, lead="别的话"), KEPT) == ""
