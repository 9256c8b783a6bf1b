"""What to bring is told before the first question, and is what the answers would ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.documents.checklist import Checklist, has_checklist, list_papers, make_checklist
from portal.domain.documents.document_types import OTHER, PAPERS, papers_for
from portal.domain.forms.journeys import JOURNEYS, Journey, always
from portal.domain.shared.case_kinds import CaseKind
from site_src.portal_addresses import CHECKLISTS
from tests.support.samples import ANSWERS

WITH_PAPERS = [journey for kind, journey in JOURNEYS.items() if kind in PAPERS]
each_journey = pytest.mark.parametrize("journey", WITH_PAPERS, ids=lambda one: str(one.kind))


def codes_of(checklist: Checklist) -> tuple[set[str], set[str]]:
    """What everybody brings, and what only some do."""
    some = {paper.code for papers in checklist.some.values() for paper in papers}
    return {paper.code for paper in checklist.everybody}, some


def test_every_paper_that_not_all_bring_says_in_words_who_does() -> None:
    for papers in PAPERS.values():
        for paper in papers:
            assert bool(paper.whose) is (paper.when is not always), paper.code


@each_journey
def test_what_a_whole_form_asks_for_stands_on_the_list(journey: Journey) -> None:
    everybody, some = codes_of(make_checklist(journey))
    wanted = {paper.code for paper in papers_for(journey.kind, ANSWERS[journey.kind])}
    assert everybody <= wanted <= everybody | some | {OTHER.code}
    assert not everybody & some


@each_journey
@given(st.data())
def test_no_other_answers_ask_for_anything_else(journey: Journey, data: st.DataObject) -> None:
    everybody, some = codes_of(make_checklist(journey))
    answers = ANSWERS[journey.kind]
    dropped = data.draw(st.sets(st.sampled_from(sorted(answers))))
    kept = {name: value for name, value in answers.items() if name not in dropped}
    wanted = {paper.code for paper in papers_for(journey.kind, kept)}
    assert wanted <= everybody | some | {OTHER.code}


def test_a_form_for_schooling_wants_school_papers_of_all_and_nothing_of_illness() -> None:
    everybody, some = codes_of(make_checklist(JOURNEYS[CaseKind.SCHOOLING]))
    assert everybody == {"identity", "income", "schooling"}
    assert not some & {"diagnosis", "disability", "jobless", "marriage"}


def test_a_sheet_names_the_papers_that_its_own_questions_can_ask_for_and_leaves_room() -> None:
    codes = [paper.code for paper in list_papers(JOURNEYS[CaseKind.TEMPORARY])]
    assert codes == ["identity", "state_aid", "diagnosis", "medical_bills", "accident", "jobless",
                     "other"]  # fmt: skip


def test_papers_for_the_same_people_stand_together() -> None:
    some = make_checklist(JOURNEYS[CaseKind.HARDSHIP]).some
    assert [paper.code for paper in some["您或家人有病、受了伤"]] == ["diagnosis", "medical_bills"]


def test_the_site_links_to_every_list_there_is() -> None:
    assert set(CHECKLISTS) == {one.address for one in JOURNEYS.values() if has_checklist(one)}
