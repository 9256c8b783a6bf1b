"""Published figures equal what was counted, no small cell gets out, and lists hold no person."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portal.demo.cases import seed_demonstration
from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case
from portal.domain.cases.events import ConsultationAnswered
from portal.domain.cases.workflow import OPENING
from portal.domain.figures.indicators import INDICATORS, parts_of
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.cases import code_reissue
from portal.publishing.demo_data import invent_people
from portal.publishing.files import publish_public_data
from portal.publishing.indicators import make_indicators
from portal.publishing.publicity import make_publicity
from portal.settings.config import read_centre
from portal.store import records
from site_src.public_data import PublishedFigures, PublishedLists
from tests.support.centre import START, Centre
from tests.support.databases import each_database

INVENTED = read_centre(Path(__file__).parents[3] / "content")
REAL = replace(INVENTED, demonstration=False)


def file_at(centre: Centre, moment: datetime, counts: dict[CaseKind, int]) -> None:
    """So many cases of each kind, handed in one after another from that moment."""
    centre.clock.now = moment
    for kind, count in counts.items():
        for _ in range(count):
            centre.clock.advance(seconds=1)
            centre.case(kind)
    centre.clock.now = START


def figures_of(centre: Centre) -> dict[str, Any]:
    """The file of a real centre."""
    return make_indicators(centre.instance, centre.office.now(), REAL)


def values_of(centre: Centre, code: str) -> tuple[object, object]:
    """This year's value and the one since the beginning."""
    one = next(one for one in figures_of(centre)["indicators"] if one["code"] == code)
    return one["period"], one["total"]


def months_of(centre: Centre) -> dict[str, list[int | None]]:
    """The published applications and consultations by month."""
    chart = next(one for one in figures_of(centre)["charts"] if one["code"] == "received")
    return {row["month"]: row["values"] for row in chart["months"]}


@each_database
def test_the_figures_are_the_counted_ones_and_hide_small_cells(centre: Centre) -> None:
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC),
            {CaseKind.HARDSHIP: 6, CaseKind.CONSULTATION: 4})  # fmt: skip
    file_at(centre, datetime(2026, 10, 31, 15, 59, 50, tzinfo=UTC), {CaseKind.HARDSHIP: 5})
    file_at(centre, datetime(2026, 10, 31, 16, 0, tzinfo=UTC), {CaseKind.CONSULTATION: 7})
    rows = months_of(centre)
    assert rows["2026-09"] == [6, None]
    assert rows["2026-10"] == [5, 0]
    assert rows["2026-11"] == [0, None]  # with 7 and the sum of 11 the 4 could be found
    assert len(rows) == 12
    assert {tuple(row) for month, row in rows.items() if month < "2026-09"} == {(0, 0)}
    assert values_of(centre, "S1.4") == (22, 22)
    assert values_of(centre, "S1.5") == (11, 11)


def test_only_this_year_counts_as_this_year_and_nothing_after_now(centre: Centre) -> None:
    new_year = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)  # 1 January 2026 in Shanghai
    file_at(centre, new_year - timedelta(seconds=10), {CaseKind.HARDSHIP: 6})
    file_at(centre, new_year, {CaseKind.HARDSHIP: 5})
    file_at(centre, datetime(2026, 11, 24, 3, 0, tzinfo=UTC), {CaseKind.HARDSHIP: 9})
    assert values_of(centre, "S1.5") == (5, 11)
    assert months_of(centre)["2025-12"] == [6, 0]
    assert figures_of(centre)["since"] == "2025-12-31"


def test_an_answered_consultation_counts_once_and_the_past_stays(centre: Centre) -> None:
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC), {CaseKind.CONSULTATION: 6})
    before = months_of(centre)["2026-09"]
    for row in list(centre.contents()["cases"].values()):
        centre.take("lawyer", row["number"], "answer", "好。")
    centre.clock.advance(seconds=1)
    assert months_of(centre)["2026-09"] == before
    assert values_of(centre, "S18") == (6, 6)


def test_introductions_count_each_time_and_a_start_of_work_once(centre: Centre) -> None:
    for _ in range(5):
        filed = centre.case(CaseKind.JOBS)
        for words in ("示范服装厂。", "示范物流站。"):
            centre.take("intake", filed, "introduce_job", words)
        centre.take("intake", filed, "confirm_work", "已上班。", started_on="2026-11-20")
    centre.clock.advance(seconds=1)
    assert values_of(centre, "S6") == (10, 10)
    assert values_of(centre, "S7") == (5, 5)


def test_a_part_that_lets_the_rest_be_counted_is_hidden(centre: Centre) -> None:
    for number in range(7):
        filed = centre.case(CaseKind.JOBS)
        centre.take("intake", filed, "introduce_job", "示范服装厂。")
        if number < 5:
            centre.take("intake", filed, "confirm_work", "已上班。", started_on="2026-11-20")
    centre.clock.advance(seconds=1)
    assert values_of(centre, "S6") == (7, 7)
    assert values_of(centre, "S7") == (None, None)


def test_earlier_years_cannot_be_told_from_the_total(centre: Centre) -> None:
    early = datetime(2025, 12, 10, tzinfo=UTC)
    file_at(centre, early, {CaseKind.CONSULTATION: 3})
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC), {CaseKind.CONSULTATION: 9})
    for row in list(centre.contents()["cases"].values()):
        at = datetime.fromisoformat(row["submitted_at"])
        centre.clock.now = at + timedelta(days=1)
        centre.take("lawyer", row["number"], "answer", "好。")
    centre.clock.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    assert values_of(centre, "S18") == (9, None)


def test_what_no_event_tells_is_not_counted_at_a_real_centre(centre: Centre) -> None:
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC), {CaseKind.HARDSHIP: 6})
    counted = {one["code"] for one in figures_of(centre)["indicators"] if one["counted"]}
    channels = {"S1", "S1.1", "S1.2", "S1.3", "S1.4", "S1.5", "S1.6", "S1.7"}
    assert counted == channels | {"S18", "S18.1", "S6", "S7"}
    assert {values_of(centre, code) for code in ("S3", "S8", "S19")} == {(None, None)}
    assert values_of(centre, "S1") == (0, 0)


def test_a_real_centre_publishes_no_invented_person(centre: Centre) -> None:
    published = make_publicity(centre.office.now(), REAL, centre.office.rules)
    assert published["lists"] == []
    assert published["demonstration"] is False


def test_the_demonstration_fills_every_figure_and_says_so(centre: Centre) -> None:
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC), {CaseKind.HARDSHIP: 6})
    published = make_indicators(centre.instance, centre.office.now(), INVENTED)
    by_code = {one["code"]: one for one in published["indicators"]}
    assert published["demonstration"] is True
    assert by_code.keys() == INDICATORS.keys()
    assert all(one["counted"] for one in by_code.values())
    assert by_code["S8"]["period"] != by_code["S19"]["period"]
    for code in ("S1", "S1.4"):
        for time in ("period", "total"):
            parts = [by_code[part][time] for part in parts_of(code)]
            assert by_code[code][time] == sum(parts), (code, time)
    paid = next(one for one in published["charts"] if one["code"] == "paid")
    year = [row["values"][0] for row in paid["months"] if row["month"] >= "2026-01"]
    assert sum(Decimal(value) for value in year) == Decimal(by_code["S3"]["period"])


@pytest.mark.parametrize("day", [START + timedelta(days=days) for days in range(0, 45, 3)])
def test_some_list_is_on_show_on_every_day_and_no_full_name_is_in_it(
    centre: Centre, day: datetime
) -> None:
    rules = centre.office.rules
    published = PublishedLists.model_validate(make_publicity(day, INVENTED, rules))
    assert any(one.is_on_show(day.date()) and one.rows for one in published.lists)
    assert not any(one.rows for one in published.lists if one.is_over(day.date()))
    text = json.dumps([one.model_dump() for one in published.lists], ensure_ascii=False)
    names = {person.name for person in invent_people(["青石街道"])}
    assert not [name for name in names if name in text]
    assert not re.search(r"\d{7}", text)


def test_the_files_are_what_the_site_reads_and_hold_nothing_of_a_case(
    centre: Centre, tmp_path: Path
) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    now, rules = centre.office.now(), centre.office.rules
    folder = tmp_path / "data"
    for source in (INVENTED, replace(REAL, name="改名")):
        publish_public_data(centre.instance, now, source, folder, rules)
        assert sorted(one.name for one in folder.iterdir()) == ["indicators.json", "publicity.json"]
        texts = [one.read_text("utf-8") for one in sorted(folder.iterdir())]
        figures = PublishedFigures.model_validate_json(texts[0])
        assert figures.source == PublishedLists.model_validate_json(texts[1]).source == source.name
        assert figures.period_to == date(2026, 11, 24).isoformat()
        assert not [text for text in texts if receipt.number in text or receipt.code in text]


def test_events_are_read_without_the_words_that_went_with_them(centre: Centre) -> None:
    receipt = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", receipt.number, "answer", "秘密的答复。")
    read = [*records.events_since(centre.instance, ConsultationAnswered, None)]
    assert [one.record for one in read] == [f"case {receipt.number}"]
    assert "秘密" not in str(read)


def test_the_demonstration_fills_a_year_and_most_states(centre: Centre) -> None:
    done: list[tuple[int, int]] = []
    seed_demonstration(centre.office, lambda now, of: done.append((now, of)))
    assert done[-1][0] == done[-1][1] == len(centre.contents()["cases"])
    rows = months_of(centre)
    assert sum(any(row) for row in rows.values()) > 6
    states = {row["state"] for row in centre.contents()["cases"].values()
              if isinstance(row, dict)}  # fmt: skip
    assert {"submitted", "accepted", "approved", "answered"} <= states
    nobody = Actor("nobody")
    for kind in set(CaseKind) - {CaseKind.COMPLAINT}:  # a new code takes two; of that, none is
        case = Case("", kind, OPENING, centre.office.now(), centre.office.now())
        assert len(code_reissue.find_colleagues(centre.office, nobody, case).names) > 1
