"""Guides: how one matter is dealt with, and their list."""

import re
from datetime import date

from rulefiles.deadlines import TimeLimits
from site_src.content import Content, Item
from site_src.pages.sources import CitedFact, list_sources, show_checked
from site_src.pages.text import (
    Index,
    Written,
    bullets,
    button,
    escape,
    heading,
    join,
    make_link_group,
    make_link_row,
    table,
    with_heading,
)
from site_src.portal_addresses import CHECKLISTS
from site_src.rules import MARKS, list_promised, show_limit
from site_src.schemas import CERTAINTY_MARKS, Guide

_OWN = re.compile("^本中心(?:自定|规定)[。，]?")
"""How the basis of a limit of one's own begins; the mark beside it says the same."""
_DRAWINGS = {
    "/apply": "help",
    "/medical-aid": "medical",
    "/schooling-aid": "school",
    "/urgent-aid": "urgent",
    "/consult": "law",
    "/find-work": "work",
    "/my-data": "shield",
}
"""What is drawn beside a guide, by its form; names in theme/shared/icons.html."""


def make_guide_index(content: Content, _: date) -> Index:
    """List the guides with their answers."""
    guides = content.of(Guide)
    rows = [
        make_link_row(
            guide.record.title,
            guide.record.answer,
            guide.address,
            icon=_DRAWINGS.get(guide.record.form, "guide"),
        )
        for guide in guides
    ]
    return Index(
        summary="要什么条件，带什么材料，几天办好，一件事一页。都不收钱。",
        groups=[make_link_group(rows)],
        empty="还没有办事指南。有事请打 [12351](tel:12351)。",
        search=True,
    )


def make_guide_page(guide: Item[Guide], content: Content, _: date) -> Written:
    """Write how one matter is dealt with: conditions, papers, steps, time, place."""
    record = guide.record
    start = button("现在就办", record.form) if record.form else "这件事要到窗口办，网上还不能办。"
    papers = [(f"**{escape(paper.name)}**", escape(paper.when)) for paper in record.papers]
    place = f"**{escape(record.place)}** {escape(content.centre.hours)}"
    if record.phone:
        place += f" [{record.phone}](tel:{record.phone})"
    parts = [
        start,
        heading("什么人能办", "conditions"),
        bullets(escape(item) for item in record.conditions),
        heading("要带什么", "papers"),
        table(("材料", "什么情况要"), papers) if papers else "不用带材料。",
        point_to_checklist(record.form),
        heading("怎么办", "steps"),
        "\n".join(f"{number}. {escape(step)}" for number, step in enumerate(record.steps, 1)),
        list_time_limits(record, content.deadlines),
        heading("到哪里办", "places"),
        bullets([place]),
        with_heading(guide.body, "还要知道", "more"),
        list_sources(
            list_guide_sources(record, content.deadlines), record.checked_on, record.certainty
        ),
    ]
    meta = {
        "description": record.answer,
        "kind": "card",  # looks like a rights card
        "tags": [
            "办事指南",
            "网上能办" if record.form else "到窗口办",
            show_checked(record.checked_on, record.certainty),
        ],
    }
    return meta, join(parts)


def point_to_checklist(form: str) -> str:
    """Link to where the portal lists the papers of a form one by one; empty if it does not."""
    if form.strip("/") not in CHECKLISTS:
        return ""
    return f"[一样一样列好的材料单]({form}/papers-needed)，可以打印。没有也能先办。"


def list_time_limits(record: Guide, rules: TimeLimits) -> str:
    """Show the time limits as a table, with their numbers as they stand in the rules."""
    promised = list_promised(record.limits, rules)
    if not promised:
        return ""
    rows = [(escape(item.step), f"**{show_limit(item)}**") for item in promised]
    return join([heading("要等多久", "limits"), table(("哪一步", "多久"), rows)])


def list_guide_sources(record: Guide, rules: TimeLimits) -> list[CitedFact]:
    """List what the matter and each of its time limits rest on."""
    mark = CERTAINTY_MARKS[record.certainty]
    found = [CitedFact("这件事", basis, mark) for basis in record.basis]
    for item in list_promised(record.limits, rules):
        basis = _OWN.sub("", item.basis) if item.mark == "D" else item.basis
        found.append(CitedFact(item.step, basis or "本中心", MARKS[item.mark]))
    return found
