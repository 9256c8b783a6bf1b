"""Which papers are wanted, what files are called, how many there may be."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.cases.case import Case
from portal.domain.cases.workflow import OPENING, WORKFLOWS
from portal.domain.cases.workflow.common import ASKED
from portal.domain.counter.channels import Channel
from portal.domain.documents.document_types import (
    AT_THE_COUNTER,
    LONGEST_FILE_NAME,
    PAPERS,
    SentFile,
    find_paper,
    label_of_paper,
    lacks_signature,
    lay_out_digest,
    may_send,
    may_take_back,
    name_to_show,
    papers_at_the_counter,
    papers_for,
    require_room_for_file,
    show_size,
)
from portal.domain.forms.journeys import JOURNEYS
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.rate_limits import RateLimit
from portal.domain.shared.text_cleaning import clean_text

FILE = SentFile("0" * 32, "identity", "a.jpg", "image/jpeg", 1000, "0" * 64,
                datetime(2026, 11, 24, tzinfo=UTC), has_original=False)  # fmt: skip
BARE = {"identity", "income", "other"}


def wanted(kind: CaseKind = CaseKind.HARDSHIP, /, **answers: object) -> set[str]:
    return {paper.code for paper in papers_for(kind, answers)}


def test_everybody_is_asked_for_little() -> None:
    assert wanted() == BARE
    assert wanted(CaseKind.CONSULTATION) == {"other"}
    assert wanted(CaseKind.JOBS) == set()


@pytest.mark.parametrize(
    ("answers", "paper"),
    [({"members": [{}]}, "family"), ({"state_aid": "receiving"}, "state_aid"),
     ({"causes": ["own_illness"]}, "diagnosis"), ({"causes": ["family_illness"]}, "medical_bills"),
     ({"medical_cost_year": None}, "medical_bills"), ({"health": "disabled"}, "disability"),
     ({"health": "ill_disabled"}, "disability"), ({"health": "ill_disabled"}, "diagnosis"),
     ({"state_aid": "destitute"}, "state_aid"),
     ({"students": 1}, "schooling"), ({"help_wanted": ["schooling"]}, "schooling"),
     ({"causes": ["accident"]}, "accident"), ({"event": "fire"}, "accident"),
     ({"work_state": "unemployed"}, "jobless"), ({"migrant_worker": "yes"}, "contract"),
     ({"marriage": "divorced"}, "marriage"), ({"pay_to": "card"}, "bank_card")],
    ids=str,
)  # fmt: skip
def test_a_paper_is_wanted_when_the_answers_ask_for_it(
    answers: dict[str, object], paper: str
) -> None:
    assert paper in wanted(**answers)
    assert paper not in BARE


def test_a_lawyer_is_shown_the_evidence_that_was_ticked() -> None:
    assert wanted(CaseKind.CONSULTATION, evidence=["chat", "witness"], wanted="lawyer") == {
        "chat", "witness", "identity", "other"
    }  # fmt: skip
    assert "injury" in wanted(CaseKind.CONSULTATION, topic="work_injury")


def test_what_was_sent_stays_on_the_list_when_the_answers_change() -> None:
    codes = [
        paper.code for paper in papers_for(CaseKind.HARDSHIP, {}, [replace(FILE, paper="jobless")])
    ]
    assert "jobless" in codes


def test_every_kind_with_papers_has_a_page_for_them_and_no_code_twice() -> None:
    for kind, journey in JOURNEYS.items():
        # An emergency is handed in first: its photos come from the receipt on.
        assert any(page.photos for page in journey.pages) == (
            kind in PAPERS and kind is not CaseKind.TEMPORARY
        )
    for papers in PAPERS.values():
        codes = [paper.code for paper in papers]
        assert len(codes) == len(set(codes))
        assert all(code.isidentifier() for code in codes)


@pytest.mark.parametrize(
    ("told", "shown"),
    [("病历.pdf", "病历.pdf"), ("C:\\Users\\王芳\\身份证.jpg", "身份证.jpg"),
     ("../../etc/passwd", "passwd"), ("a\u202egpj.exe", "agpj.exe"), ("", "照片"),
     ("\u200b", "照片"), ("x" * 200 + ".jpeg", "x" * 75 + ".jpeg"), ("a\r\nb.jpg", "a b.jpg")],
)  # fmt: skip
def test_a_name_is_shown_without_folders_and_hidden_signs(told: str, shown: str) -> None:
    assert name_to_show(told) == shown


@given(st.text(max_size=300))
def test_a_name_is_never_long_nor_empty(told: str) -> None:
    name = name_to_show(told)
    assert 0 < len(name) <= LONGEST_FILE_NAME
    assert clean_text(name) == name


@pytest.mark.parametrize("kind", CaseKind)
def test_a_case_holds_twice_the_photos_that_its_form_asks_for(kind: CaseKind) -> None:
    papers = {paper.code: paper for paper in (*AT_THE_COUNTER, *PAPERS.get(kind, ()))}
    most = 2 * sum(paper.photos for paper in papers.values())
    require_room_for_file(kind, [FILE] * (most - 1))
    with pytest.raises(NotAccepted, match=f"已经传了 {most} 张"):
        require_room_for_file(kind, [FILE] * most)


@pytest.mark.parametrize("kind", CaseKind)
def test_all_that_a_form_asks_for_may_be_sent_on_one_day(kind: CaseKind) -> None:
    usual_megabytes = 5
    asked = sum(paper.photos for paper in PAPERS.get(kind, ()))
    assert asked * usual_megabytes <= RateLimit.UPLOAD_MEGABYTES.most
    assert asked * 20 <= RateLimit.UPLOAD_BY_ADDRESS.most  # twenty who queue in one hall


def test_a_household_may_send_a_page_for_everybody_in_it() -> None:
    (family,) = (one for one in PAPERS[CaseKind.HARDSHIP] if one.code == "family")
    members = JOURNEYS[CaseKind.HARDSHIP].page_of("members").required_collection
    assert family.photos > members.most


@pytest.mark.parametrize("kind", CaseKind)
def test_papers_are_taken_back_only_at_the_start_and_while_more_is_asked_for(
    kind: CaseKind,
) -> None:
    for state in WORKFLOWS[kind].states:
        case = Case("JZ26-7K3M-9QF2", kind, state, FILE.at, FILE.at)
        assert may_take_back(case) == (state in {OPENING, ASKED})
        assert may_send(case) == (kind in PAPERS and case.open)


@pytest.mark.parametrize("kind", CaseKind)
def test_staff_may_add_the_signed_form_and_anything_else_to_every_kind(kind: CaseKind) -> None:
    offered = papers_at_the_counter(kind, {})
    codes = [paper.code for paper in offered]
    assert codes[0] == "signed"
    assert "other" in codes
    assert len(codes) == len(set(codes))
    asked = {one.code for one in papers_for(kind, {})}
    assert set(codes) == asked | {"signed", "signed_request", "other"}
    assert "signed" not in {one.code for one in papers_for(kind, {"came_by": "letter"})}
    assert all(find_paper(kind, code) for code in codes)


@pytest.mark.parametrize("channel", Channel)
def test_the_signed_page_is_wanted_of_whatever_did_not_come_by_the_web(channel: Channel) -> None:
    case = Case(
        "JZ26-7K3M-9QF2", CaseKind.JOBS, OPENING, FILE.at, FILE.at, tally={"channel": channel}
    )
    signed = replace(FILE, paper="signed", by="li")
    assert lacks_signature(case, {}, [FILE]) == (channel is not Channel.WEB)
    assert not lacks_signature(case, {}, [FILE, signed])
    assert (FILE.by_applicant, signed.by_applicant) == (True, False)


@pytest.mark.parametrize("channel", Channel)
def test_nobody_can_sign_what_came_without_a_name(channel: Channel) -> None:
    case = Case(
        "YY26-7K3M-9QF2", CaseKind.OBJECTION, OPENING, FILE.at, FILE.at, tally={"channel": channel}
    )
    assert not lacks_signature(case, {"leaves_name": "unnamed"}, [FILE])
    assert lacks_signature(case, {"leaves_name": "named"}, [FILE]) == (channel is not Channel.WEB)


def test_a_digest_is_laid_out_in_two_lines_of_groups_of_four() -> None:
    first, second = lay_out_digest("0123" * 8 + "abcd" * 8)
    assert first == " ".join(["0123"] * 8)
    assert second == " ".join(["abcd"] * 8)


def test_sizes_and_labels_are_shown_in_words() -> None:
    assert [show_size(size) for size in (1, 999_499, 1_000_000, 9_960_000)] == [
        "1 KB", "999 KB", "1.0 MB", "10.0 MB"
    ]  # fmt: skip
    assert label_of_paper(CaseKind.HARDSHIP, "identity") == "身份证"
    assert label_of_paper(CaseKind.HARDSHIP, "gone") == "gone"
