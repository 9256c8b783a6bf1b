"""The pages of the calculators: list, form and result, made from the table of calculators."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask import Blueprint, abort, render_template, request
from wtforms import Field as FormField
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.validators import StopValidation

from portal.domain.calculators.claim_kinds import require_together
from portal.domain.calculators.questions import (
    CalculatorQuestion,
    Figure,
    read_figure,
    show_figure,
)
from portal.domain.calculators.results import CalculatorResult
from portal.domain.forms.fields import Kind
from portal.domain.legal_papers.model import LegalPaper
from portal.domain.shared.dates import format_date
from portal.domain.shared.errors import NotAccepted
from portal.domain.shared.money import format_yuan, parse_yuan
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.office import Office
from portal.public.site.calculators import SHEET, TOOLS, Tool
from portal.public.site.gathered_sums import GatheredSums, Onward, carry_on, read_gathered
from portal.public.site.offers import find_matter, group_tools, papers_taking, tools_for
from portal.web.guards import ANYBODY, guarded

Response = str | tuple[str, int]
_LONG_LIST = 7


class CalculatorForm(Form):
    """A form of a calculator; `cleaned` is what the domain made of each answer."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.problems: tuple[str, ...] = ()
        self.cleaned: dict[str, Figure] = {}


def _make_form(
    tool: Tool, typed: Any, office: Office, known: Mapping[str, str] = MappingProxyType({})
) -> CalculatorForm:
    carriers = {
        ask.field.name: _make_carrier(ask, office, known.get(ask.field.name, ""))
        for ask in tool.asks
    }
    form: CalculatorForm = type("Asked", (CalculatorForm,), carriers)(typed)
    for ask in tool.asks:
        form[ask.field.name].question = ask.field  # type: ignore[attr-defined]
    return form


def _say_origin(ask: CalculatorQuestion, office: Office) -> tuple[str, str]:
    """Return the local amount to be filled in beforehand, and where it comes from."""
    if not ask.local:
        return "", ""
    today, local = office.today(), office.rules.local
    found, fen = local.on(ask.local, today), local.fen_on(ask.local, today)
    if found and isinstance(found.amount, Mapping):
        return "", f"本中心填的是：{found.words}，{format_date(found.start)}起（{found.source}）。"
    if found is None or fen is None:
        return "", "本中心还没有填这个数，请您自己填。"
    return format_yuan(fen), (
        f"本中心填的是 {format_yuan(fen)} 元，{format_date(found.start)}起"
        f"（{found.source}）。可以改。"
    )


def _make_carrier(ask: CalculatorQuestion, office: Office, known: str) -> FormField:
    field, today = ask.field, office.today()
    prefilled, origin = _say_origin(ask, office)

    def judge(form: CalculatorForm, carrier: FormField) -> None:
        try:
            form.cleaned[field.name] = read_figure(ask, carrier.raw_data or (), today)
        except NotAccepted as problem:
            raise StopValidation(str(problem)) from None

    attributes: dict[str, object] = {"autocomplete": "off"}
    options: dict[str, Any] = {
        "label": field.label,
        "description": field.hint + origin,
        "validators": [judge],
        "render_kw": attributes,
    }
    choices = {choice.code: choice.label for choice in field.choices}
    if len(choices) > _LONG_LIST:
        return SelectField(choices={"": "请选择", **choices}, validate_choice=False, **options)
    if choices:
        attributes["hints"] = dict.fromkeys(choices, "")
        return RadioField(choices=choices, validate_choice=False, **options)
    if field.kind is not Kind.DATE:
        whole = ask.span is not None and ask.span.whole
        attributes["inputmode"] = "numeric" if whole else "decimal"
    options["default"] = known or prefilled
    return StringField(filters=[lambda value: clean_text(value) if value else value], **options)


def _calculate(
    tool: Tool, form: CalculatorForm, facts: Mapping[str, object]
) -> CalculatorResult | None:
    if not form.validate():
        return None
    try:
        return tool.calculate(**form.cleaned, **facts)
    except NotAccepted as problem:
        form.problems = (str(problem),)
        return None


def _list_inputs(tool: Tool, form: CalculatorForm, office: Office) -> list[tuple[str, str, str]]:
    """List what was put in: question, answer, and where the figure comes from."""
    rows = []
    for ask in tool.asks:
        figure = form.cleaned.get(ask.field.name)
        prefilled, origin = _say_origin(ask, office)
        same = prefilled and figure == parse_yuan(prefilled)
        from_table = same or (ask.span is not None and figure is None)
        typed = "您填的" if figure is not None else ""
        shown = show_figure(ask, figure) or "没有填"
        rows.append((ask.field.label, shown, origin if from_table else typed))
    return rows


def answer_tool(
    office: Office, tool: Tool, typed: Any
) -> tuple[CalculatorForm, CalculatorResult | None]:
    """Judge what was typed into a calculator, and work out the result if all of it is right."""
    form = _make_form(tool, typed, office)
    result = _calculate(tool, form, tool.facts(office))
    if result:
        result = replace(result, deadline=tool.say_until(office, form.cleaned))
    return form, result


def blueprint(office: Office) -> Blueprint:
    """Build the list of calculators and their pages; none of them writes anything."""
    routes = Blueprint("tools", __name__)

    @routes.get("/tools/")
    @guarded(ANYBODY)
    def index() -> str:
        """List all calculators."""
        return render_template("tools.html", groups=group_tools())

    @routes.get("/tools/<slug>")
    @guarded(ANYBODY)
    def tool(slug: str) -> Response:
        """Ask one calculator's questions, and show what the figures in the address come to."""
        found = TOOLS.get(slug)
        if found is None:
            abort(404)
        carried = read_gathered(request.args, office.today())
        asked = any(ask.field.name in request.args for ask in found.asks)
        if asked:
            form, result = answer_tool(office, found, request.args)
        else:
            form, result = _make_form(found, None, office, carried.typed_facts()), None
        page = render_template(
            "tool.html",
            tool=found,
            form=form,
            result=result,
            inputs=_list_inputs(found, form, office) if result and found.slug != SHEET else [],
            today=format_date(office.today()),
            **_lead_on(found, form, result, carried),
        )
        return page if result or not asked else (page, 422)

    return routes


def _lead_on(
    tool: Tool, form: CalculatorForm, result: CalculatorResult | None, carried: GatheredSums
) -> Mapping[str, object]:
    """Gather what a calculator leads on to: papers, and other calculators with the same sheet."""
    gathers = tool.slug == SHEET
    ways = carry_on(tool.slug, carried, form.cleaned, result.ways) if result else []
    fits = {paper.code for way in ways for paper in papers_taking(way.carried.claims)}
    matter = find_matter(tool, form.cleaned if result else {})
    facts = GatheredSums((), ways[0].carried.facts if ways else carried.facts)
    return {
        "gathers": gathers,
        "ways": [(way, _list_papers(way)) for way in ways],
        "matter": matter,
        "papers": [paper for paper in matter.papers if paper.code not in fits],
        "facts": facts,
        "before": () if gathers else carried.claims,
        "carried": (facts if gathers else carried).pairs(),
        "further": tools_for(carried.claims) if gathers else [],
        "gathered": carried,
    }


def _list_papers(way: Onward) -> list[LegalPaper]:
    """List the papers for a way; none while what is gathered cannot stand on one paper."""
    try:
        require_together(way.carried.claims)
    except NotAccepted:
        return []
    return papers_taking(way.claims)
