"""Published figures equal what was counted, and no small cell gets out."""

import json
from datetime import UTC, datetime
from pathlib import Path

from portal.demonstration import seed_demonstration
from portal.domain.workflow import CaseKind
from portal.publishing.figures import FILE, cases_by_month, publish_figures
from tests.app.portal.centre import START, Centre


def file_at(centre: Centre, moment: datetime, counts: dict[CaseKind, int]) -> None:
    """So many cases of each kind, handed in one after another from that moment."""
    centre.clock.now = moment
    for kind, count in counts.items():
        for _ in range(count):
            centre.clock.advance(seconds=1)
            centre.case(kind)
    centre.clock.now = START


def months_of(centre: Centre) -> dict[str, dict[str, int | None]]:
    """The published rows by month."""
    figures = cases_by_month(centre.instance.db, centre.office.now(), "示范中心")
    return {row.pop("month"): row for row in figures["months"]}


def test_the_figures_are_the_counted_ones_and_hide_small_cells(centre: Centre) -> None:
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC),
            {CaseKind.HARDSHIP: 6, CaseKind.CONSULTATION: 4})  # fmt: skip
    file_at(centre, datetime(2026, 10, 31, 15, 59, 50, tzinfo=UTC), {CaseKind.HARDSHIP: 5})
    file_at(centre, datetime(2026, 10, 31, 16, 0, tzinfo=UTC), {CaseKind.CONSULTATION: 7})
    rows = months_of(centre)
    assert rows["2026-09"] == {"hardship": 6, "consultation": None}
    assert rows["2026-10"] == {"hardship": 5, "consultation": 0}
    assert rows["2026-11"] == {"hardship": 0, "consultation": 7}
    assert len(rows) == 12
    assert {tuple(row.values()) for month, row in rows.items() if month < "2026-09"} == {(0, 0)}


def test_what_lies_before_the_first_month_or_after_now_is_left_out(centre: Centre) -> None:
    first = datetime(2025, 11, 30, 16, 0, tzinfo=UTC)  # 1 December 2025 in Shanghai
    file_at(centre, datetime(2025, 11, 30, 15, 59, 50, tzinfo=UTC), {CaseKind.HARDSHIP: 5})
    file_at(centre, first, {CaseKind.HARDSHIP: 5})
    file_at(centre, datetime(2026, 11, 24, 3, 0, tzinfo=UTC), {CaseKind.HARDSHIP: 9})
    rows = months_of(centre)
    assert next(iter(rows)) == "2025-12"
    assert rows["2025-12"]["hardship"] == 5
    assert rows["2026-11"]["hardship"] == 0


def test_a_past_month_counts_the_same_whatever_happened_since(centre: Centre) -> None:
    file_at(centre, datetime(2026, 9, 10, tzinfo=UTC), {CaseKind.CONSULTATION: 6})
    before = months_of(centre)["2026-09"]
    for row in list(centre.contents()["cases"].values()):
        centre.take("lawyer", row["receipt"], "answer", "好。")
    assert months_of(centre)["2026-09"] == before


def test_the_file_holds_counts_and_nothing_of_a_case(centre: Centre, tmp_path: Path) -> None:
    receipt = centre.case(CaseKind.HARDSHIP)
    file = publish_figures(centre.instance.db, centre.office.now(), "示范中心", tmp_path / "data")
    text = file.read_text("utf-8")
    published = json.loads(text)
    assert published == cases_by_month(centre.instance.db, centre.office.now(), "示范中心")
    assert receipt.number not in text
    assert published["source"] == "示范中心"
    assert published["unit"] == "件"
    assert [one.name for one in (tmp_path / "data").iterdir()] == [FILE]
    again = publish_figures(centre.instance.db, centre.office.now(), "改名", tmp_path / "data")
    assert json.loads(again.read_text("utf-8"))["source"] == "改名"


def test_the_demonstration_fills_a_year_and_most_states(small_centre: Centre) -> None:
    done: list[tuple[int, int]] = []
    seed_demonstration(small_centre.office, lambda now, of: done.append((now, of)))
    assert done[-1][0] == done[-1][1] == len(small_centre.contents()["cases"])
    rows = months_of(small_centre)
    assert all(isinstance(count, int | None) for row in rows.values() for count in row.values())
    states = {row["state"] for row in small_centre.contents()["cases"].values()
              if isinstance(row, dict)}  # fmt: skip
    assert {"submitted", "accepted", "approved", "answered"} <= states
