"""How much may be granted: the ceilings of the place, and sums that look like a slip."""

from datetime import date
from pathlib import Path

import pytest

from portal.domain.eligibility.grant_limits import (
    Ceiling,
    doubt_grant,
    find_ceiling,
    require_plausible_grant,
)
from portal.domain.shared.case_kinds import RELIEF, CaseKind
from portal.domain.shared.errors import NotAccepted
from rulefiles.local_values import LOCAL_FILE, load_local_values

TEXT = """
[living_aid_ceiling]
name = "生活救助一年最多"
unit = "元/户·年"
[[living_aid_ceiling.values]]
from = 2025-01-01
to = 2025-12-31
value = 5000
source = "示范"
checked_by = ""
on = ""
[[living_aid_ceiling.values]]
from = 2026-01-01
value = 6000
source = "示范办法"
checked_by = ""
on = ""
[schooling_aid_ceiling]
name = "助学救助一年最多"
unit = "元/人·年"
[[schooling_aid_ceiling.values]]
from = 2026-01-01
value = 5000
source = "示范"
checked_by = ""
on = ""
[medical_aid_ceiling]
name = "医疗救助一年最多"
unit = "元/户·年"
[[medical_aid_ceiling.values]]
from = 2026-01-01
value = "没有规定"
source = "示范"
checked_by = ""
on = ""
"""
LOCAL = load_local_values(TEXT)
TODAY = date(2026, 11, 30)


def ceiling(fen: int = 600_000) -> Ceiling:
    return Ceiling(fen, "“生活救助一年最多”6,000 元/户·年")


@pytest.mark.parametrize(
    ("kind", "day", "people", "fen"),
    [(CaseKind.SCHOOLING, TODAY, 1, 500_000), (CaseKind.SCHOOLING, TODAY, 3, 1_500_000),
     (CaseKind.HARDSHIP, TODAY, 1, 600_000), (CaseKind.HARDSHIP, date(2025, 6, 1), 1, 500_000),
     (CaseKind.TEMPORARY, TODAY, 1, 600_000), (CaseKind.MEDICAL, TODAY, 1, None),
     (CaseKind.HARDSHIP, date(2024, 6, 1), 1, None), (CaseKind.JOBS, TODAY, 1, None)],
)  # fmt: skip
def test_the_ceiling_is_that_of_kind_day_and_people(
    kind: CaseKind, day: date, people: int, fen: int | None
) -> None:
    found = find_ceiling(kind, LOCAL, day, people)
    assert (found.fen if found else None) == fen


def test_the_words_name_figure_day_and_source() -> None:
    found = find_ceiling(CaseKind.HARDSHIP, LOCAL, TODAY)
    assert found
    for part in ("生活救助一年最多", "6,000 元/户·年", "2026年1月1日", "示范办法"):
        assert part in found.words


@pytest.mark.parametrize("kind", sorted(RELIEF))
def test_every_kind_of_aid_has_a_ceiling_in_the_demonstration(kind: CaseKind) -> None:
    text = (Path(__file__).parents[4] / LOCAL_FILE).read_text("utf-8")
    assert find_ceiling(kind, load_local_values(text), TODAY)


@pytest.mark.parametrize("fen", [0, 1, 600_000])
def test_up_to_the_ceiling_may_be_granted(fen: int) -> None:
    require_plausible_grant(fen, ceiling())


@pytest.mark.parametrize("fen", [600_001, 9_999_999_900])
def test_beyond_the_ceiling_is_refused_with_the_figure_and_what_to_do(fen: int) -> None:
    with pytest.raises(NotAccepted, match=r"超过了“生活救助一年最多”6,000 元/户·年.*多打了数字"):
        require_plausible_grant(fen, ceiling())


def test_without_a_ceiling_only_the_absurd_is_refused() -> None:
    require_plausible_grant(500_000_00, None)
    with pytest.raises(NotAccepted, match=r"批准 500,000\.01 元，太大了"):
        require_plausible_grant(500_000_01, None)


@pytest.mark.parametrize(
    ("fen", "said"), [(300_000, ""), (300_001, "一半"), (9_999, "少打"), (10_000, ""), (0, "")]
)
def test_a_sum_that_looks_like_a_slip_is_asked_about_again(fen: int, said: str) -> None:
    doubt = doubt_grant(fen, ceiling())
    assert said in doubt
    assert bool(doubt) is bool(said)
