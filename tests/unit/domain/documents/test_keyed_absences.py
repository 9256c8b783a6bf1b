"""Of which papers a form on paper may say that there are none."""

import pytest

from portal.domain.documents.checklist import list_papers
from portal.domain.documents.keyed_absences import papers_to_key_in
from portal.domain.forms.journeys import JOURNEYS, Journey


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=lambda one: one.address)
def test_a_row_is_keyed_in_for_each_paper_that_is_missed_and_no_other(journey: Journey) -> None:
    asked = {paper.code: paper.optional for paper in list_papers(journey)}
    keyed = {paper.code for paper in papers_to_key_in(journey)}
    assert keyed == {code for code, optional in asked.items() if not optional}
