"""What goes with a step of a workflow: its words and the facts that it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from portal.domain.forms.answers import Context, parse_answer, show_answer
from portal.domain.forms.fields import FIELDS, Field, Kind, Sensitivity
from portal.domain.records.event import Event
from portal.domain.records.tally import read_count
from portal.domain.records.workflow import Step

STATEMENT = "words"
NO_CHOICES = Context(date.min, {})
"""Where no answer was picked from what the centre or the kind of case sets."""
_MOST_NAMED = 10
_LIST_CHANGES = {"joined": "加进来的人", "left": "去掉的人"}
"""What a fact says of a list that changed, in words."""


@dataclass(frozen=True, slots=True)
class StepInput:
    """What somebody said with a step: its text, and the answers to its fields by their names."""

    text: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)


def step_questions(step: Step, *, papers_came: bool = False) -> tuple[Field, ...]:
    """Return the questions that go with a step: its fields, and the one for its statement.

    `papers_came`: the applicant has sent papers since he was asked for something.
    """
    return (*(FIELDS[name] for name in step.fields), *_statement_question(step, papers_came))


def _statement_question(step: Step, papers_came: bool) -> tuple[Field, ...]:
    statement = step.statement
    if statement is None:
        return ()
    return (
        Field(
            STATEMENT,
            statement.label,
            Kind.PARAGRAPH,
            Sensitivity.SENSITIVE,
            "办理",
            frozenset(),
            hint=statement.hint,
            optional=not statement.required or (statement.or_papers and papers_came),
            max_length=statement.max_length,
            missing=f"请填“{statement.label}”",
        ),
    )


def read_step_input(
    step: Step,
    typed: Mapping[str, Sequence[str]],
    context: Context,
    *,
    papers_came: bool = False,
) -> StepInput:
    """Read what was typed with a step. Raise NotAccepted, with what to do, if it is wrong."""
    values = {
        question.name: parse_answer(question, typed.get(question.name, ()), context)
        for question in step_questions(step, papers_came=papers_came)
    }
    text = str(values.pop(STATEMENT, "") or "")
    return StepInput(text, {name: value for name, value in values.items() if value is not None})


def make_event(step: Step, said: StepInput, actor: str, at: datetime) -> Event:
    """Make the event of a step. What its fields count for goes into the tally, not the facts."""
    counted = {name: FIELDS[name].tally for name in said.answers if FIELDS[name].tally}
    on = date.fromisoformat(str(said.answers[step.on])) if step.on in said.answers else date.min
    return step.event(
        at=at,
        on=on,
        actor=actor,
        text=said.text,
        facts={name: value for name, value in said.answers.items() if name not in counted},
        tally={tally: read_count(said.answers[name]) for name, tally in counted.items()},
    )


def facts_of(step: Step, event: Event) -> dict[str, object]:
    """Return the answers that went with a step, those that are counted among them."""
    counted = {name: FIELDS[name].tally for name in step.fields}
    back = {name: event.tally[tally] for name, tally in counted.items() if tally in event.tally}
    return {**event.facts, **back}


def show_facts(
    facts: Mapping[str, object], *, masked: bool = True, context: Context = NO_CHOICES
) -> tuple[str, ...]:
    """Show the facts of an event, each as a sentence of label and answer.

    `masked`: of the people in a list the first ten, and only as much as tells them apart.
    """
    return tuple(
        sentence
        for name, value in facts.items()
        if name in FIELDS
        for sentence in _tell_fact(FIELDS[name], value, masked, context)
    )


def _tell_fact(field: Field, value: object, masked: bool, context: Context) -> list[str]:
    if isinstance(value, Mapping) and "now" in value:
        was, now = (show_answer(field, value[when], context, masked) for when in ("was", "now"))
        return [f"{field.label.removesuffix('？')}：{was}，改成：{now}"]
    if isinstance(value, Mapping):
        return [
            f"{words}：{_name_people(value[part], masked)}"
            for part, words in _LIST_CHANGES.items()
            if value.get(part)
        ]
    return [f"{field.label.removesuffix('？')}：{show_answer(field, value, context)}"]


def _name_people(people: Sequence[Mapping[str, object]], masked: bool) -> str:
    shown = people[:_MOST_NAMED] if masked else people
    names = "；".join(_show_person(one, masked) for one in shown)
    rest = len(people) - len(shown)
    return f"{names}；还有 {rest} 人" if rest else names


def _show_person(entry: Mapping[str, object], masked: bool) -> str:
    return "，".join(
        show_answer(FIELDS[name], value, NO_CHOICES, masked)
        for name, value in entry.items()
        if value is not None
    )
