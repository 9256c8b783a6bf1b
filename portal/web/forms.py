"""Forms made from the field table: WTForms carries them, the domain judges every answer."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask import g, request
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Field as FormField
from wtforms.validators import StopValidation

from portal.domain.forms.answers import Context, find_own_words, parse_on_page, type_back
from portal.domain.forms.drafts import TypedPage
from portal.domain.forms.fields import Field, Kind
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.text_cleaning import clean_text
from portal.web.guards import TOKEN
from portal.web.theme import asks_type_size, note_type_size

TIRED = "这一页放得太久了，为了安全请再点一次下面的按钮。这一页填的还在下面"
_LONG_LIST = 7
_INPUT_MODES = {
    Kind.MOBILE: "tel",
    Kind.PHONE: "tel",
    Kind.BANK_CARD: "numeric",
    Kind.AGE: "numeric",
    Kind.COUNT: "numeric",
    Kind.MONEY: "decimal",
}
TYPED = "m-"
"""What the names of the fields of a manuscript begin with."""
CARRIED = "carried"
"""The field in which a form travels through the sign-in."""
TRAP = "remark_2"
"""The field that no person sees: only a program fills it in."""
TRAPPED = "这一页里多了不是您填的内容，所以没有存。您填的都还在，请再点一次"
AS_TYPED = "as-typed"
"""In the address of a page that nobody has sent yet: what was typed stands there unjudged."""
HELD, SEEN = "held", "seen"
"""What a page carries of the form that it belongs to, see `public.forms.page_identity`."""
PUZZLE, SOLUTION, QUEUE_TICKET = "puzzle", "solution", "turn"
"""What gets a form through under attack, see `operations.forms.admission`."""
CONTACT = "contact"
"""The field in which a form that is keyed in carries the number of the contact it comes of."""
_ONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")
_ALONGSIDE = frozenset(
    {
        TOKEN,
        "button",
        "count",
        "once",
        HELD,
        SEEN,
        CARRIED,
        TRAP,
        PUZZLE,
        SOLUTION,
        QUEUE_TICKET,
        CONTACT,
    }
)


class _Judge:
    """A WTForms validator that asks the domain; the form keeps the value it gave."""

    def __init__(self, field: Field, context: Context) -> None:
        self._field, self._context = field, context

    def __call__(self, form: "QuestionForm", carrier: FormField) -> None:
        typed = {self._field.name: carrier.raw_data or (), **form.waiving(self._field)}
        try:
            form.cleaned[self._field.name] = parse_on_page(self._field, typed, self._context)
        except NotAccepted as problem:
            raise StopValidation(str(problem)) from None


class QuestionForm(Form):
    """A form of field-table questions; `problems` are those that belong to no single field.

    `call_us`: the way out is the phone, so its number is said beside them.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.problems: tuple[str, ...] = ()
        self.call_us = False
        self.cleaned: dict[str, object] = {}

    def waiving(self, field: Field) -> dict[str, list[str]]:
        """Return what was typed into the box, if there is one, that stands in for an answer."""
        name = field.waived_by
        return {name: [str(text) for text in self[name].raw_data or ()]} if name in self else {}

    @property
    def stops_somebody(self) -> bool:
        """Whether a question is wrong that not everybody can answer: then the phone is named."""
        refused: list[Field] = [
            carrier.question  # type: ignore[attr-defined]
            for carrier in self
            if carrier.errors
        ]
        return any(not field.optional and bool(field.way_on) for field in refused)

    def answers(self) -> dict[str, object]:
        """Return what the domain made of each answer it took; of all, if `validate_all` is true."""
        return dict(self.cleaned)

    def own_words(self) -> dict[str, str]:
        """Return the words that a sum or a day was read from; empty where they were plain."""
        return {
            carrier.name: find_own_words(
                carrier.question,  # type: ignore[attr-defined]
                carrier.raw_data or (),
                self.cleaned[carrier.name],
            )
            for carrier in self
            if carrier.name in self.cleaned
        }

    def typed(self) -> dict[str, list[str]]:
        """Return what was typed into each question, as it came."""
        return {carrier.name: [str(text) for text in carrier.raw_data or ()] for carrier in self}

    def is_begun(self) -> bool:
        """Tell whether anything was typed or picked."""
        return any(any(texts) for texts in self.typed().values())

    def validate_all(self) -> bool:
        """Tell whether all can be taken: token, no question that was not asked, every answer.

        Nothing is judged, and nothing taken, where only the size of type was switched.
        """
        problems = [] if g.token_fits else [TIRED]
        if set(request.form) - set(self._fields) - _ALONGSIDE:
            problems.append("收到了这一页没有问的内容。请重新打开这一页，再填一次")
        self.problems = tuple(problems)
        if is_trapped():
            self.refuse_program()
        if asks_type_size() is not None:
            return False
        return self.validate() and not self.problems

    def only_gaps(self) -> bool:
        """Tell whether all that is wrong are questions left empty, so that the rest can be kept."""
        refused = [carrier for carrier in self if carrier.errors]
        typed = (text for carrier in refused for text in carrier.raw_data or ())
        return not self.problems and not any(str(text).strip() for text in typed)

    def add_problem(self, words: str) -> None:
        """Show a problem that was only found when the answers were to be stored."""
        self.problems = (*self.problems, words)

    def refuse_program(self) -> None:
        """Take nothing, because the field was filled in that no person sees."""
        self.add_problem(TRAPPED)
        self.call_us = True

    def add_error(self, name: str, words: str) -> None:
        """Show a problem of one answer that only together with others cannot be."""
        self[name].errors = [*self[name].errors, words]


def is_trapped() -> bool:
    """Tell whether a program has filled in what no person sees."""
    return bool(request.form.get(TRAP))


def is_once(text: str) -> bool:
    """Tell whether this is the random text of a page by which a form sent twice counts once."""
    return bool(_ONCE.fullmatch(text))


def ask(
    fields: Iterable[Field],
    context: Context,
    known: Mapping[str, object] | None = None,
    counting: Collection[str] | None = None,
    refused: TypedPage | None = None,
) -> QuestionForm:
    """Make a form with these questions: as posted, else as they were `refused`, with what is wrong
    unless the address says `AS_TYPED`; else filled in with what is known already.

    `counting` names the questions that are judged, by default all; the others only keep what was
    typed.
    """
    questions = tuple(fields)
    carriers = {
        field.name: _make_carrier(field, context, counts=counting is None or field.name in counting)
        for field in questions
    }
    form_class = type("Asked", (QuestionForm,), carriers)
    if request.method == "POST":
        note_type_size(request.form.get("button", ""))
        form: QuestionForm = form_class(request.form)
    else:
        answers = known or {}
        texts = {
            field.name: type_back(field, answers[field.name])
            for field in questions
            if field.name in answers
        }
        if refused is None:
            form = form_class(data=texts)
        else:
            form = form_class(MultiDict({**texts, **refused}))
            if AS_TYPED not in request.args:
                form.validate_all()
    for field in questions:
        form[field.name].question = field  # type: ignore[attr-defined]
    return form


def _make_carrier(field: Field, context: Context, *, counts: bool) -> FormField:
    options: dict[str, Any] = {
        "label": field.label,
        "description": field.hint + field.screen_hint,
        "validators": [_Judge(field, context)] if counts else [],
        "render_kw": _attributes(field),
    }
    carrier: FormField
    choices = {choice.code: choice.label for choice in context.choices_of(field)}
    hints = {choice.code: choice.hint for choice in context.choices_of(field)}
    match field.kind:
        case Kind.ONE_OF if len(choices) > _LONG_LIST:
            listed = {"": "请选择", **choices}
            return SelectField(choices=listed, validate_choice=False, **options)
        case Kind.ONE_OF:
            carrier = RadioField(choices=choices, validate_choice=False, **options)
        case Kind.SOME_OF:
            carrier = SelectMultipleField(choices=choices, validate_choice=False, **options)
        case Kind.CONSENT | Kind.TICK:
            return BooleanField(false_values=(False, "false", ""), **options)
        case Kind.SECRET:
            return PasswordField(**options)
        case Kind.PARAGRAPH:
            return TextAreaField(filters=[_clean_paragraph], **options)
        case _:
            return StringField(filters=[_clean_line], **options)
    options["render_kw"]["hints"] = hints
    return carrier


def _attributes(field: Field) -> dict[str, object]:
    attributes: dict[str, object] = {"autocomplete": field.autocomplete}
    if mode := _INPUT_MODES.get(field.kind):
        attributes["inputmode"] = mode
    if field.kind in {Kind.NAME, Kind.ID_NUMBER, Kind.ID_PAPER}:
        attributes["spellcheck"] = "false"
    return attributes


def _clean_line(value: str | None) -> str | None:
    return clean_text(value) if value else value


def _clean_paragraph(value: str | None) -> str | None:
    return clean_text(value, multi_line=True) if value else value
