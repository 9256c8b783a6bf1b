"""Whatever is put into a calculator, it answers in whole sentences or says what to do."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calculators.questions import CalculatorQuestion
from portal.domain.calculators.results import CalculatorResult
from portal.domain.forms.fields import Kind
from portal.domain.shared.errors import NotAccepted
from portal.public.site.calculators import FACTS, TOOLS, Tool
from tests.support.house import rulebook

RULES = rulebook()
TODAYS: Final = st.sampled_from([date(2026, 11, 30), date(2027, 2, 7), date(2028, 2, 29)])
each_tool = pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)


def _figures_for(ask: CalculatorQuestion, today: date) -> st.SearchStrategy[Any]:
    """Anything that the question lets through."""
    figures: st.SearchStrategy[Any]
    if ask.span and ask.span.whole:
        figures = st.integers(ask.span.least, ask.span.most)
    elif ask.span:
        least, most = ask.span.least * 100, ask.span.most * 100
        figures = st.integers(least, most).map(lambda hundredths: Fraction(hundredths, 100))
    elif ask.field.choices:
        figures = st.sampled_from([choice.code for choice in ask.field.choices])
    elif ask.field.kind is Kind.DATE:
        figures = st.dates(date(1900, 1, 1), today)
    else:
        figures = st.integers(0, 10_000_000_000)
    return st.none() | figures if ask.field.optional else figures


@st.composite
def _answers(draw: Callable[..., Any], tool: Tool) -> dict[str, Any]:
    today = draw(TODAYS)
    known = {"today": today, "rules": RULES, "lines": RULES.lines}
    assert known.keys() == FACTS.keys()
    answers = {ask.field.name: draw(_figures_for(ask, today)) for ask in tool.asks}
    return answers | {name: known[name] for name in tool.wants}


def _calculate(tool: Tool, answers: dict[str, Any]) -> CalculatorResult | None:
    try:
        return tool.calculate(**answers)
    except NotAccepted:
        return None


@each_tool
@given(st.data())
def test_no_figures_make_a_calculator_stumble(tool: Tool, data: st.DataObject) -> None:
    result = _calculate(tool, data.draw(_answers(tool)))
    if result is None:
        return
    said = (result.title, *result.sentences, *result.assumptions)
    assert result.bases
    assert all(said)
    for words in said:
        assert not {"None", "False", "True", "nan"} & set(words.split())
        # Only a household may have less than nothing: costs beyond its income.
        assert "-" not in words or tool.slug == "self-test"
        assert "。。" not in words
    assert all(one.endswith(("。", "”")) for one in (*result.sentences, *result.assumptions))
    for way in result.ways:
        assert all(claim.fen is None or claim.fen > 0 for claim in way)
        assert {claim.kind for claim in way} <= set(tool.claims)
