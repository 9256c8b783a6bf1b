"""Which answers can be put right, what takes two, and what waits."""

import pytest

from portal.domain.accounts.actor import Actor
from portal.domain.cases.case import Case, timeline
from portal.domain.cases.corrections import (
    AnswerChange,
    find_change,
    find_proposal,
    list_correctable_pages,
    list_questions,
    needs_two_persons,
    require_second_person,
    require_undecided,
)
from portal.domain.cases.events import AnswersCorrected, CorrectionProposed, CorrectionRefused
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.forms.fields import FIELDS, Kind
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.records.workflow import Awaiting
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted, NotAllowed
from tests.support.house import MONDAY, new_case
from tests.support.samples import ANSWERS

CARD: AnswerChange = {"bank_card": {"was": "6222000000000000008", "now": "6222000000000000016"}}
PHONE: AnswerChange = {"mobile": {"was": "19900000002", "now": "13912345678"}}


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_every_answer_but_lists_papers_consents_and_head_counts_can_be_put_right(
    kind: CaseKind,
) -> None:
    answers = ANSWERS[kind]
    offered = {
        field.name
        for page in list_correctable_pages(kind, answers)
        for field in list_questions(page, answers)
    }
    on_photos = {name for page in JOURNEYS[kind].pages if page.photos for name in page.names}
    for name, value in answers.items():
        field = FIELDS[name]
        left_out = field.kind is Kind.CONSENT or (isinstance(value, list) and any(
            isinstance(one, dict) for one in value
        ))  # fmt: skip
        if (
            value is not None
            and not left_out
            and name not in {"people", "common_claim", *on_photos}
        ):
            assert name in offered, name


def test_identity_and_money_take_two_and_nothing_else_does() -> None:
    assert needs_two_persons(CARD)
    assert needs_two_persons({"id_number": {"was": "x", "now": None}})
    assert needs_two_persons({"id_paper_number": {"was": "x", "now": "y"}})
    assert not needs_two_persons(PHONE)


def test_only_what_differs_is_a_change() -> None:
    answers: dict[str, object] = {"mobile": "1", "bank_name": None, "insured": ["a"]}
    corrected: dict[str, object] = {"mobile": "2", "bank_name": "", "insured": ["a"]}
    assert find_change(answers, corrected) == {"mobile": {"was": "1", "now": "2"}}
    with pytest.raises(NotAccepted):
        find_change(answers, {"mobile": "1"})


@pytest.mark.parametrize("kind", CaseKind, ids=str)
def test_money_and_identity_stay_where_a_decision_waits_or_was_taken(kind: CaseKind) -> None:
    for state in WORKFLOWS[kind].states.values():
        case = Case("X", kind, state.code, MONDAY, MONDAY)
        require_undecided(case, PHONE)
        decided = state.awaiting is Awaiting.NOBODY
        if decided or state.code in {"awaiting_decision", "under_review"}:
            with pytest.raises(NotAllowed):
                require_undecided(case, CARD)
        else:
            require_undecided(case, CARD)


def test_a_proposal_waits_until_it_is_settled_and_for_another_person() -> None:
    proposed = CorrectionProposed(at=MONDAY, actor="li", facts=CARD, text="核对过")
    assert find_proposal([]) is None
    proposal = find_proposal([proposed])
    assert proposal
    with pytest.raises(NotAllowed, match="换一个人"):
        require_second_person(proposal, Actor("li"))
    with pytest.raises(NotAllowed, match="换一个人"):
        require_second_person(proposal, Actor("wang", others=frozenset({"li"})))
    assert require_second_person(proposal, Actor("wang")) is proposal
    phone = AnswersCorrected(at=MONDAY, actor="wang", facts=PHONE)
    assert find_proposal([proposed, phone])
    for settled in (
        AnswersCorrected(at=MONDAY, actor="wang", facts=CARD),
        CorrectionRefused(at=MONDAY, actor="wang"),
    ):
        assert find_proposal([proposed, settled]) is None
    with pytest.raises(NotAllowed):
        require_second_person(None, Actor("wang"))


def test_the_applicant_reads_what_was_put_right_masked_and_nothing_of_proposals() -> None:
    history = [
        CorrectionProposed(at=MONDAY, actor="li", facts=CARD, text="给同事"),
        AnswersCorrected(at=MONDAY, actor="li", facts=PHONE, text="本人来说"),
    ]
    (entry,) = timeline(new_case(CaseKind.HARDSHIP), history, public=True)
    assert entry.facts == ("手机号：199****0002，改成：139****5678",)
    assert entry.text == "本人来说"
    shown = timeline(new_case(CaseKind.HARDSHIP), history, public=False, masked=False)
    assert "13912345678" in shown[0].facts[0]
