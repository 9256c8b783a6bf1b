"""What is derived is made again from the histories, and what differs is told."""

from collections.abc import Mapping

import pytest

from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre.recount import find_wrong_cases
from tests.support.centre import Centre


def find_wrong(centre: Centre) -> list[str]:
    return list(find_wrong_cases(centre.office, lambda done, total: None))


def test_nothing_differs_in_a_centre_that_only_steps_have_changed(centre: Centre) -> None:
    filed = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", filed, "answer", "好。")
    centre.case(CaseKind.HARDSHIP)
    assert find_wrong(centre) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"state": "submitted"}, "状态对不上"),
        ({"version": 7}, "版本对不上"),
        ({"taken": [["submit", "visitor"]]}, "办过的步骤对不上"),
        ({"tasks": {}}, "旁边要办的事对不上"),
    ],
)
def test_a_head_that_its_history_does_not_make_is_told(
    centre: Centre, changed: Mapping[str, object], told: str
) -> None:
    centre.case(CaseKind.HARDSHIP)
    filed = centre.case(CaseKind.CONSULTATION)
    centre.take("lawyer", filed, "answer", "好。")
    cases = centre.instance.db.table("cases")
    row = max(cases, key=lambda one: one.doc_id)
    cases.update(changed, doc_ids=[row.doc_id])
    assert find_wrong(centre) == [f"{row['number']}：{told}"]
