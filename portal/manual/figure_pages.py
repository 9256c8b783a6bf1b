"""The page made from the table of indicators: what each published figure counts."""

from portal.domain.figures.counting import SMALLEST_SHOWN, Counting, Distinct, Sum
from portal.domain.figures.indicators import (
    COUNTINGS,
    INDICATORS,
    SHOWN_ONCE,
    Group,
    Indicator,
    parts_of,
)
from portal.manual.markdown import NONE, code, codes, markdown_page, markdown_table


def make_indicator_page() -> str:
    """List every figure by group: unit, what counts, where kept, whether events tell it yet."""
    told = COUNTINGS.keys()
    sums = {one.code for one in INDICATORS.values() if one.summed and told >= {*parts_of(one.code)}}
    columns = ("code", "name", "unit", "kind", "part of", "what counts", "kept in", "counted")
    parts = []
    for group in Group:
        rows = [_row(one, told | sums) for one in INDICATORS.values() if one.group is group]
        parts += [f"## {group}", markdown_table(columns, rows)]
    once = "; ".join(f"{code(old)} is {codes(new)}" for old, new in SHOWN_ONCE.items())
    return markdown_page(
        "Published figures",
        "From `portal/domain/figures/indicators.py`. What no event tells yet is published as "
        "not counted; a demonstration centre shows invented figures there "
        "(`portal/publishing/demo_data.py`). "
        f"Counts of people below {SMALLEST_SHOWN} are hidden, and so is what would tell them by "
        "subtracting. Figures that older reports gave twice stand once: " + once + ".",
        *parts,
    )


def _row(one: Indicator, counted: set[str]) -> tuple[str, ...]:
    return (
        code(one.code), one.name, one.unit,
        "as it stands" if one.stock else "this year, and since the beginning",
        code(one.part_of) if one.part_of else NONE, one.definition, one.origin,
        _say_how(one.counting) if one.counting else _say_without(one.code in counted),
    )  # fmt: skip


def _say_without(sums_parts: bool) -> str:
    return "its parts" if sums_parts else "not yet"


def _say_how(counting: Counting) -> str:
    events = codes(kind.__name__ for kind in counting.events)
    match counting:
        case Distinct(by=by):
            what = f"each {code(by)} once, at its first {events}"
        case Sum(of=of):
            what = f"{code(of)} of {events}"
        case _:
            what = events
    where = [f"{code(name)} is {codes(sorted(wanted))}" for name, wanted in counting.where.items()]
    where += [f"with {code(name)}" for name in counting.having]
    return "; ".join([what, *where])
