"""How papers stand: given, said to be absent, promised, or still to come; asked for and ticked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases.case import Case
from portal.domain.cases.events import PaperExpected, PaperSaidAbsent, SupplementRequested
from portal.domain.cases.workflow.common import ASKED
from portal.domain.documents.document_types import PAPERS, SIGNED, SentFile, name_papers
from portal.domain.documents.paper_states import (
    Absence,
    PaperState,
    add_absence,
    drop_absence,
    look_at_papers,
    look_at_papers_of_case,
    look_at_requested,
    may_hand_in,
    read_absences,
)
from portal.domain.forms.answers import Context
from portal.domain.forms.journeys import PAPERS_ABSENT
from portal.domain.records.event import Event
from portal.domain.shared.case_kinds import CaseKind

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FILE = SentFile("0" * 32, "identity", "a.jpg", "image/jpeg", 1000, "0" * 64, NOW,
                has_original=False)  # fmt: skip
INCOME = replace(FILE, paper="income")
NO_INCOME = Absence("income", "never", "打零工，没有工资条")
CASE = Case("JZ26-7K3M-9QF2", CaseKind.HARDSHIP, ASKED, NOW, NOW)


def said(*absences: Absence) -> dict[str, object]:
    """Answers in which these were said, one after the other."""
    answers: dict[str, object] = {}
    for one in absences:
        answers = {PAPERS_ABSENT: add_absence(answers, one)}
    return answers


@pytest.mark.parametrize(
    ("answers", "sent", "told"),
    [({}, (), "还没有传，还差 2 种"), ({}, (FILE, FILE), "传了 1 种，还差 1 种"),
     ({}, (FILE, INCOME), "传了 2 种"),
     (said(NO_INCOME), (), "还没有传，说了没有的 1 种，还差 1 种"),
     (said(NO_INCOME), (FILE,), "传了 1 种，说了没有的 1 种"),
     (said(NO_INCOME), (FILE, INCOME), "传了 2 种"),
     (said(Absence("income", "counter")), (FILE,), "传了 1 种，还差 1 种")],
)  # fmt: skip
def test_only_what_is_needed_and_was_not_said_to_be_absent_is_counted_as_missing(
    answers: dict[str, object], sent: tuple[SentFile, ...], told: str
) -> None:
    assert look_at_papers(CaseKind.HARDSHIP, answers, sent).told == told


@pytest.mark.parametrize("kind", PAPERS)
def test_an_optional_paper_is_never_missed(kind: CaseKind) -> None:
    lacking = look_at_papers(kind, {}, ()).lacking
    assert not any(paper.optional for paper in lacking)
    assert "other" not in {paper.code for paper in lacking}


def test_an_objection_lacks_nothing_without_a_photo() -> None:
    papers = look_at_papers(CaseKind.OBJECTION, {}, ())
    assert papers.settled
    assert papers.told == "没有传"


def test_what_came_counts_more_than_what_was_said() -> None:
    standing = look_at_papers(CaseKind.HARDSHIP, said(NO_INCOME), (INCOME,)).find("income")
    assert standing
    assert standing.state is PaperState.GIVEN
    promised = look_at_papers(CaseKind.HARDSHIP, said(Absence("income", "counter")), ()).find(
        "income"
    )
    assert promised
    assert (promised.state, promised.lacking) == (PaperState.PROMISED, True)


def test_what_was_said_last_counts_and_can_be_taken_back() -> None:
    answers = said(NO_INCOME, Absence("identity", "lost"), Absence("income", "refused"))
    assert read_absences(answers)["income"] == Absence("income", "refused")
    assert len(read_absences(answers)) == 2
    kept = {PAPERS_ABSENT: drop_absence(answers, "income")}
    assert set(read_absences(kept)) == {"identity"}
    assert NO_INCOME.told == "没有办过，没有这样材料（打零工，没有工资条）"


def test_a_list_in_the_form_stands_for_its_paper() -> None:
    many = {"common_claim": "yes"}
    assert look_at_papers(CaseKind.CONSULTATION, many, ()).lacks("roster")
    listed = {**many, "coworkers": [{"listed_name": "示范甲"}]}
    assert not look_at_papers(CaseKind.CONSULTATION, listed, ()).lacks("roster")


def test_staff_miss_the_signed_page_first() -> None:
    keyed_in = replace(CASE, tally={"channel": "letter"})
    assert look_at_papers_of_case(keyed_in, {}, ()).lacking[0] == SIGNED
    signed = replace(FILE, paper="signed", by="li")
    papers = look_at_papers_of_case(keyed_in, {}, (signed,))
    assert papers.told == "传了 1 种，还差 2 种"
    assert papers.told_by_name.endswith("：身份证、收入证明")


def requested(*codes: str) -> SupplementRequested:
    """The request for these papers."""
    facts = {"papers_asked": list(codes)}
    return SupplementRequested(at=NOW, actor="li", text="还差材料。", facts=facts)


def tick(
    history: list[Event], answers: dict[str, object], *sent: SentFile
) -> dict[str, PaperState]:
    """How the papers stand that were asked for."""
    listed = look_at_requested(CASE, history, answers, sent)
    return {one.paper.code: one.state for one in listed.standings}


def test_a_request_is_ticked_off_by_what_came_and_was_said_since() -> None:
    asked, before, later = requested("identity", "income"), NOW - timedelta(1), NOW + timedelta(1)
    lacking, given = PaperState.LACKING, PaperState.GIVEN
    assert tick([asked], {}, replace(FILE, at=before)) == {"identity": lacking, "income": lacking}
    came = replace(FILE, at=later)
    assert tick([asked], {}, came) == {"identity": given, "income": lacking}
    at_the_counter = replace(came, by="li")
    assert tick([asked], {}, at_the_counter)["identity"] is given
    told = PaperSaidAbsent(at=later, actor=VISITOR, facts={"absent_paper": "income"})
    assert tick([asked], said(NO_INCOME), came)["income"] is lacking  # that was said before
    assert tick([asked, told], said(NO_INCOME), came)["income"] is PaperState.ABSENT
    undone = PaperExpected(at=later, actor=VISITOR, facts={"absent_paper": "income"})
    assert tick([asked, told, undone], {}, came)["income"] is lacking


def test_only_the_newest_request_is_ticked_off_and_one_in_words_has_no_list() -> None:
    assert tick([requested("identity"), requested("income")], {}).keys() == {"income"}
    in_words = SupplementRequested(at=NOW, actor="li", text="请写明住院的日期。")
    assert tick([requested("identity"), in_words], {}) == {}
    assert tick([], {}) == {}


def test_papers_that_there_are_not_are_handed_in_without_words_and_a_promise_is_not() -> None:
    told = PaperSaidAbsent(at=NOW, actor=VISITOR, facts={"absent_paper": "income"})
    history = [requested("income"), told]
    for absence, enough in ((NO_INCOME, True), (Absence("income", "counter"), False)):
        listed = look_at_requested(CASE, history, said(absence), ())
        assert may_hand_in((), listed) == enough
    assert not may_hand_in((), look_at_requested(CASE, [], {}, ()))
    assert may_hand_in((FILE,), look_at_requested(CASE, [], {}, ()))


def test_a_paper_that_staff_ask_for_can_be_sent_whatever_the_answers_say() -> None:
    assert look_at_papers(CaseKind.HARDSHIP, {}, (), ["accident"]).lacks("accident")
    assert look_at_papers(CaseKind.HARDSHIP, {}, ()).find("accident") is None


def test_one_code_means_one_paper_in_every_kind_of_case() -> None:
    labels: dict[str, set[str]] = {}
    for kind in PAPERS:
        for choice in name_papers(Context(NOW.date(), {}), kind).choices["papers_asked"]:
            labels.setdefault(choice.code, set()).add(choice.label)
    assert all(len(called) == 1 for called in labels.values())
