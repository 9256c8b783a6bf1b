"""Pictures of the manual: plain SVG, no script, readable without colours."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from portal.domain.accounts.permissions import ROLE_LABELS
from portal.domain.cases.workflow import CaseWorkflow
from portal.domain.records.workflow import BACK, REOPENED, SAME, Awaiting, Step

_COLUMN, _LEFT, _HEAD, _LINE = 150, 250, 84, 26
_FILL = {Awaiting.CENTRE: "#f6d9d5", Awaiting.APPLICANT: "#fbe7b8", Awaiting.NOBODY: "#e6e6e6"}
_HOLDER = {
    Awaiting.CENTRE: "the centre must act",
    Awaiting.APPLICANT: "the applicant must act",
    Awaiting.NOBODY: "nobody must act",
}
_STAFF, _APPLICANT = "#8f1d1d", "#1f5f8b"
_TYPE = 'font-family="system-ui, sans-serif"'


def draw_workflow(flow: CaseWorkflow, limits: Mapping[str, str]) -> str:
    """Draw states as columns, steps as rows: an arrow for each state that a step starts from.

    `limits` are the time limits in words, by code. A dashed arrow is the applicant's own step; its
    twin at the counter goes the same way.
    """
    places = {name: _LEFT + _COLUMN * (i + 0.5) for i, name in enumerate(flow.states)}
    drawn = [step for step in flow.steps.values() if not step.twin_of]
    rows = [(step, list(_arrows(flow, step))) for step in drawn]
    bottom = _HEAD + 26 + sum(len(arrows) * _LINE + 14 for _, arrows in rows)
    width = _LEFT + _COLUMN * len(places) + 10
    shapes = [_column(flow, name, x, bottom, limits) for name, x in places.items()]
    y = _HEAD + 26.0
    for step, arrows in rows:
        shapes.append(_step_words(step, y))
        for source, target in arrows:
            shapes.append(_arrow(places[source], places[target], y, by_applicant=step.by_applicant))
            y += _LINE
        y += 14
    return _svg(width, bottom + 34, f"{flow.label}: states and steps", [*shapes, _legend(bottom)])


def _arrows(flow: CaseWorkflow, step: Step) -> Iterable[tuple[str, str]]:
    for source in (name for name in flow.states if name in step.sources):
        yield from ((source, target) for target in _targets(flow, step, source))


def _targets(flow: CaseWorkflow, step: Step, source: str) -> list[str]:
    if step.target == SAME:
        return [source]
    if step.target == REOPENED:
        return [flow.states[source].reopens_to]
    return _came_from(flow, source) if step.target == BACK else [step.target]


def _came_from(flow: CaseWorkflow, state: str) -> list[str]:
    leading = [step.sources for step in flow.steps.values() if step.target == state]
    return [name for name in flow.states if any(name in sources for sources in leading)]


def _column(
    flow: CaseWorkflow, name: str, x: float, bottom: float, limits: Mapping[str, str]
) -> str:
    state = flow.states[name]
    limit = limits[state.limit] if state.limit else ""
    box = f'<rect x="{x - 70}" y="8" width="140" height="{_HEAD - 16}" rx="6"'
    return "\n".join([
        f'<line x1="{x}" y1="{_HEAD - 8}" x2="{x}" y2="{bottom}" stroke="#c8c8c8"/>',
        f'{box} fill="{_FILL[state.awaiting]}" stroke="#777"/>',
        _text(x, 30, state.staff_label, size=14, middle=True),
        _text(x, 48, name, size=11, middle=True),
        _text(x, 65, limit, size=11, middle=True),
    ])  # fmt: skip


def _step_words(step: Step, y: float) -> str:
    who = "、".join(ROLE_LABELS[role] for role in ROLE_LABELS if role in step.by) or "工友本人"
    return _text(8, y + 2, f"{step.label} · {who}", size=13) + _text(8, y + 17, step.code, size=11)


def _arrow(start: float, end: float, y: float, *, by_applicant: bool) -> str:
    colour = _APPLICANT if by_applicant else _STAFF
    dashes = ' stroke-dasharray="6 4"' if by_applicant else ""
    if start == end:
        return (
            f'<circle cx="{start}" cy="{y}" r="4" fill="{colour}"/>'
            f'<polygon points="{start + 8},{y} {start + 18},{y - 5} {start + 18},{y + 5}" '
            f'fill="{colour}"/>'
        )
    way = 1 if end > start else -1
    tip = f"{end - 2 * way},{y} {end - 12 * way},{y - 5} {end - 12 * way},{y + 5}"
    return (
        f'<circle cx="{start}" cy="{y}" r="4" fill="{colour}"/>'
        f'<line x1="{start}" y1="{y}" x2="{end - 10 * way}" y2="{y}" '
        f'stroke="{colour}" stroke-width="2"{dashes}/>'
        f'<polygon points="{tip}" fill="{colour}"/>'
    )


def _legend(bottom: float) -> str:
    y = bottom + 22
    parts = [_text(8, y, "solid: staff · dashed: applicant or counter · box:", size=11)]
    for i, (awaited, words) in enumerate(_HOLDER.items()):
        x = _LEFT + i * 170
        parts.append(
            f'<rect x="{x}" y="{y - 11}" width="14" height="14" fill="{_FILL[awaited]}" '
            'stroke="#777"/>'
        )
        parts.append(_text(x + 20, y, words, size=11))
    return "\n".join(parts)


def draw_layers(layers: Sequence[str]) -> str:
    """Draw the layers of the program, as import-linter keeps them: what may import what."""
    height, width = 58, 640
    shapes = []
    for row, layer in enumerate(layers):
        names = [name for name in re.split(r"[ |:()]+", layer) if name]
        size = (width - 20) / len(names)
        for place, name in enumerate(names):
            x, y = 10 + place * size, 10 + row * height
            shapes.append(
                f'<rect x="{x + 3}" y="{y}" width="{size - 6}" height="40" rx="6" '
                f'fill="{_FILL[Awaiting.CENTRE]}" stroke="#777"/>'
            )
            shapes.append(_text(x + size / 2, y + 25, name, size=15, middle=True))
        if row:
            shapes.append(_text(width / 2, 10 + row * height - 4, "▼", size=13, middle=True))
    return _svg(width, 10 + height * len(layers), "A layer imports only from below", shapes)


def _text(x: float, y: float, words: str, *, size: int, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    return f'<text x="{x}" y="{y}" font-size="{size}"{anchor}>{escape(words)}</text>'


def _svg(width: float, height: float, title: str, shapes: Iterable[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" {_TYPE} fill="#1c1c1c">'
    )
    back = f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", back, *shapes, "</svg>"]) + "\n"
