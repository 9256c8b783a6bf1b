"""What goes with a step of a workflow: its words and the facts that it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.domain.answers import Context, parse_answer, show_answer
from portal.domain.fields import FIELDS, Field, Kind, Sensitivity
from portal.domain.workflow import Step

WORDS = "words"
_NO_TOWNS = Context(date.min, {})


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said with a step: text, and facts by field name."""

    text: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def step_questions(step: Step) -> tuple[Field, ...]:
    """The questions that go with a step: its fields, and the one for its words."""
    return (*(FIELDS[name] for name in step.asks), *_words_question(step))


def _words_question(step: Step) -> tuple[Field, ...]:
    words = step.words
    if words is None:
        return ()
    return (
        Field(
            WORDS,
            words.label,
            Kind.PARAGRAPH,
            Sensitivity.SENSITIVE,
            "办理",
            frozenset(),
            hint=words.hint,
            optional=not words.required,
            max_length=words.max_length,
            missing=f"请填“{words.label}”",
        ),
    )


def read_said(step: Step, typed: Mapping[str, Sequence[str]], context: Context) -> Said:
    """What was typed with a step. NotAccepted, with what to do, if it cannot be taken."""
    values = {
        question.name: parse_answer(question, typed.get(question.name, ()), context)
        for question in step_questions(step)
    }
    text = str(values.pop(WORDS, "") or "")
    return Said(text, {name: value for name, value in values.items() if value is not None})


def show_facts(facts: Mapping[str, object]) -> tuple[str, ...]:
    """The facts of an event, each as a sentence of label and answer."""
    return tuple(
        f"{FIELDS[name].label.removesuffix('？')}：{show_answer(FIELDS[name], value, _NO_TOWNS)}"
        for name, value in facts.items()
        if name in FIELDS
    )
