"""What a guide tells beforehand is what its form then asks: ways, choices, papers, time limits."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.documents.checklist import list_papers, make_checklist
from portal.domain.documents.document_types import OTHER, PAPERS, SIGNED
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.journeys import JOURNEYS, Journey
from portal.domain.shared.case_kinds import CaseKind
from site_src.build import check_content
from site_src.content import Item
from site_src.schemas import Guide

CONTENT = check_content(Path(__file__).parents[3])
GUIDES = {guide.slug: guide for guide in CONTENT.of(Guide)}
FORMS = {f"/{journey.address}": journey for journey in JOURNEYS.values()}
WITH_FORM = [guide for guide in GUIDES.values() if guide.record.form]
CHOICE = re.compile("在“([^”]+)”里选“([^”]+)”|选“([^”]+)”")
NAMES = {
    "identity": "身份证", "family": "户口本", "income": "收入证明", "state_aid": "低保证",
    "diagnosis": "诊断证明", "medical_bills": "结算单|自费单据|票据", "disability": "残疾证",
    "schooling": "录取通知书|学籍证明|学费", "accident": "事故认定书|受灾证明",
    "jobless": "失业登记|离职证明|解除劳动合同", "contract": "(?<!解除)劳动合同",
    "marriage": "离婚证|去世证明|死亡证明", "bank_card": "银行卡", "membership": "会员证明",
    "payslip": "工资单|工资条", "attendance": "考勤", "chat": "聊天记录", "witness": "工友写的证明",
    "injury": "受伤的病历|工伤认定书|诊断证明", "dismissal": "辞退通知", "rulings": "裁决书",
    "means": "经济困难的证明", "roster": "名单", "signed": "申请表",
}  # fmt: skip
"""How guides call the papers of the table of papers."""
NOT_AS_PHOTO = re.compile("网上填的不用|上门|窗口|见面|申请时不用|“别的材料”")
"""How a guide says of a paper that the form does not wait for it."""


def form_of(guide: Item[Guide]) -> Journey:
    """The form that its button opens."""
    return FORMS[guide.record.form]


def asked_by(journey: Journey) -> dict[str, Field]:
    """The questions of a form by their words."""
    asked = [FIELDS[ask.field] for page in journey.pages for ask in page.asks]
    return {field.label.rstrip("？"): field for field in asked}


def choices_named(guide: Item[Guide]) -> Iterator[tuple[str, str]]:
    """Question, if it is said, and choice that the guide tells to pick."""
    words = "\n".join([guide.record.answer, *guide.record.steps])
    for question, choice, alone in CHOICE.findall(words):
        yield question, choice or alone


def wanted_of_all(guide: Item[Guide]) -> set[str]:
    """The papers that the form asks of everybody who picks what the guide tells him to pick."""
    journey = form_of(guide)
    answers: dict[str, str] = {
        field.name: one.code
        for _, choice in choices_named(guide)
        for field in asked_by(journey).values()
        for one in field.choices
        if one.label == choice
    }
    picked = [paper for paper in PAPERS.get(journey.kind, ()) if answers and paper.when(answers)]
    return {paper.code for paper in (*make_checklist(journey).everybody, *picked)} - {"other"}


def read_with(guide: Item[Guide]) -> list[Item[Guide]]:
    """A guide, and those that it says to read about further papers: 看《…》."""
    titles = {one.record.title: one for one in GUIDES.values()}
    named = re.findall("看《([^》]+)》", "\n".join(paper.when for paper in guide.record.papers))
    return [guide, *(titles[title] for title in named)]


def is_called(code: str, words: str) -> bool:
    """Whether a guide means this paper."""
    return bool(re.search(NAMES[code], words))


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES.keys())
def test_its_ways_are_those_of_its_tag(guide: Item[Guide]) -> None:
    words = "\n".join([guide.record.answer, *guide.record.steps, guide.body])
    if not guide.record.form:
        assert "网上" not in words
        return
    online = re.compile("网上|现在就办")
    (first, *_) = (step for step in guide.record.steps if re.search("网|窗口|电话", step))
    assert online.search(first), "the first way in must name the form"
    for sentence in re.split("[。\n]", words):
        only = re.search("只能.*窗口|到窗口申请$|到窗口办$", sentence)
        assert not only or online.search(sentence), sentence


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_the_choices_that_it_names_are_there(guide: Item[Guide]) -> None:
    asked = asked_by(form_of(guide))
    labels = {choice.label for field in asked.values() for choice in field.choices}
    for question, choice in choices_named(guide):
        assert not question or question in asked, question
        assert choice in labels


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_what_it_wants_of_all_the_form_wants_of_all(guide: Item[Guide]) -> None:
    # Who asks for a child or has several at home always has a household to write down.
    wanted = wanted_of_all(guide) | {"family"}
    for paper in guide.record.papers:
        if paper.when.startswith("都要") and not NOT_AS_PHOTO.search(paper.when):
            assert any(is_called(code, paper.name) for code in wanted), paper.name


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_what_the_form_wants_of_all_stands_in_it(guide: Item[Guide]) -> None:
    names = "；".join(paper.name for paper in guide.record.papers)
    lacking = [code for code in wanted_of_all(guide) if not is_called(code, names)]
    assert lacking == []


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_every_paper_that_it_names_is_one_of_the_table(guide: Item[Guide]) -> None:
    journey = form_of(guide)
    codes = {paper.code for paper in (*PAPERS.get(journey.kind, ()), SIGNED)} - {"other"}
    for paper in guide.record.papers:
        takes_none = journey.kind not in PAPERS and re.search("窗口|写上", paper.when)
        elsewhere = "看《" in paper.when or takes_none
        assert elsewhere or any(is_called(code, paper.name) for code in codes), paper.name


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_every_paper_that_the_form_may_want_stands_in_it(guide: Item[Guide]) -> None:
    names = "；".join(paper.name for one in read_with(guide) for paper in one.record.papers)
    wanted = {paper.code for paper in list_papers(form_of(guide))} - {"other"}
    assert [code for code in sorted(wanted) if not is_called(code, names)] == []


def test_every_paper_of_the_table_has_a_name_by_which_guides_call_it() -> None:
    codes = {paper.code for papers in PAPERS.values() for paper in papers} - {"other", "proof"}
    assert codes | {SIGNED.code} == NAMES.keys()


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_a_paper_that_the_form_never_wants_is_not_asked_as_if_it_did(guide: Item[Guide]) -> None:
    journey = form_of(guide)
    checklist = make_checklist(journey)
    wanted = {paper for papers in checklist.some.values() for paper in papers}
    unwanted = {*PAPERS.get(journey.kind, ())} - wanted - {*checklist.everybody, OTHER}
    for paper in guide.record.papers:
        if any(is_called(one.code, paper.name) for one in unwanted):
            assert NOT_AS_PHOTO.search(paper.when), paper.name


@pytest.mark.parametrize("guide", WITH_FORM, ids=lambda one: one.slug)
def test_its_time_limits_are_those_of_the_cases_that_its_form_makes(guide: Item[Guide]) -> None:
    kind = form_of(guide).kind
    limits = {
        one: {state.limit for state in WORKFLOWS[one].states.values() if state.limit}
        for one in CaseKind
    }
    others = {limit for one in CaseKind for limit in limits[one]} - limits[kind]
    assert set(guide.record.limits) & others == set()
