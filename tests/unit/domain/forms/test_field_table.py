"""The field table: every question says why it is asked, who sees the answer, how long it stays."""

from portal.domain.accounts.permissions import Role
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.counter.channels import ARRIVAL_QUESTIONS
from portal.domain.counter.contacts import QUESTIONS as CONTACT_QUESTIONS
from portal.domain.forms.fields import FIELDS, Field, Kind, Retention, label_of
from portal.domain.forms.journeys import ABSENCE, JOURNEYS, PAPERS_ABSENT
from portal.domain.shared.case_kinds import CaseKind
from tests.support.typed import each_of

CHOSEN = {Kind.ONE_OF, Kind.SOME_OF}
IDENTIFYING = {Kind.NAME, Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_CARD}
FREE = {Kind.LINE, Kind.PARAGRAPH, Kind.MONEY, Kind.DATE, Kind.AGE}
PERSONAL = [field for field in FIELDS.values() if field.kind in IDENTIFYING | FREE]
# The members are a list of answers, closed by a button.
REQUIRED = [one for one in FIELDS.values() if not one.optional and one.name != "members"]

# By the centre, or by the kind of case.
SET_ELSEWHERE = {"town", "papers_asked", "absent_paper"}

each_field = each_of(FIELDS.values())


@each_field
def test_a_field_says_what_it_is_for_and_who_sees_it(field: Field) -> None:
    assert field.purpose
    assert field.label
    assert field.seen_by
    assert field.seen_by <= set(Role)
    assert isinstance(field.retention, Retention)


@each_field
def test_nobody_who_runs_the_system_sees_a_field_and_the_auditor_only_complaints(
    field: Field,
) -> None:
    assert not field.seen_by & {Role.ADMIN, Role.EDITOR}
    asked = {ask.field for page in JOURNEYS[CaseKind.COMPLAINT].pages for ask in page.asks}
    assert (Role.AUDITOR in field.seen_by) == (field.name in asked)


@each_of(PERSONAL)
def test_what_identifies_a_person_or_is_free_text_is_never_internal(field: Field) -> None:
    assert field.sealed


@each_of(REQUIRED)
def test_a_field_that_must_be_filled_says_what_to_do_when_it_is_not(field: Field) -> None:
    assert field.missing


@each_field
def test_choices_have_different_codes_and_labels(field: Field) -> None:
    codes = [choice.code for choice in field.choices]
    labels = [choice.label for choice in field.choices]
    assert len(set(codes)) == len(codes)
    assert len(set(labels)) == len(labels)
    assert bool(codes) == (field.kind in CHOSEN) or field.name in SET_ELSEWHERE


def test_every_question_of_the_table_is_asked_somewhere() -> None:
    asked = {ask.field for journey in JOURNEYS.values() for page in journey.pages
             for ask in (*page.asks, *page.more)}  # fmt: skip
    asked |= {
        page.collection_name
        for journey in JOURNEYS.values()
        for page in journey.pages
        if page.collection_name
    }
    asked |= {name for journey in JOURNEYS.values() for name in journey.declarations}
    asked |= {name for flow in WORKFLOWS.values() for step in flow.steps.values()
              for name in step.fields}  # fmt: skip
    asked |= {field.name for field in ARRIVAL_QUESTIONS}
    asked |= {field.name for field in CONTACT_QUESTIONS}
    asked |= {PAPERS_ABSENT, *ABSENCE}  # on the page of a paper
    assert asked == set(FIELDS)


def test_who_handles_a_kind_of_case_may_see_what_it_asks() -> None:
    for kind, journey in JOURNEYS.items():
        for page in journey.pages:
            for ask in page.asks:
                assert FIELDS[ask.field].seen_by & WORKFLOWS[kind].readers, ask.field


def test_a_choice_that_is_no_longer_offered_shows_its_code() -> None:
    assert label_of(FIELDS["pay_to"], "later") == "以后再填"
    assert label_of(FIELDS["pay_to"], "cheque") == "cheque"
