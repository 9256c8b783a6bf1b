"""What a page says of its sources: one honest sentence, a word at what is unchecked, and the
articles folded away. How the author came by a sentence stays in the workbench."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rulefiles.dated_values import DatedValue
from rulefiles.local_values import LocalValue, LocalValues
from site_src.local_numbers import say_local_number
from site_src.pages.text import bullets, escape, heading, join, note, show_date
from site_src.schemas import CERTAINTY_MARKS, COMPARED

ASK_FIRST = "还没核对，先打电话问"


@dataclass(frozen=True)
class CitedFact:
    """A sentence of a page with what it rests on, and how sure that is."""

    sentence: str
    basis: str
    mark: str


def show_checked(checked_on: str, certainty: str) -> str:
    """Say on top of a page, in a few words, what was compared and when."""
    if certainty not in COMPARED:
        return ASK_FIRST
    return f"{show_date(checked_on)}{CERTAINTY_MARKS[certainty]}"


def warn_unchecked(certainties: Iterable[str]) -> str:
    """Warn above the facts of a page if not one of them was compared."""
    if any(certainty in COMPARED for certainty in certainties):
        return ""
    return note("先打电话问", "这一页的内容还没核对。用它以前，请打 [12351](tel:12351) 问清楚。")


def flag_unchecked(text: str, certainty: str, others: Sequence[str]) -> str:
    """Show a fact, with a word if it is unchecked while others on its page are checked."""
    if certainty in COMPARED or not any(other in COMPARED for other in others):
        return f"**{escape(text)}**"
    return f"**{escape(text)}** （这一条{ASK_FIRST}）"


def list_sources(sources: Sequence[CitedFact], checked_on: str, certainty: str) -> str:
    """Close a page: what was compared and when, whom to ask, and below it each fact's article."""
    told = (
        f"{show_date(checked_on)}{CERTAINTY_MARKS[certainty]}。"
        if certainty in COMPARED
        else f"这一页{ASK_FIRST}。"
    )
    words = f"{told}内容以官方公布的原文为准；拿不准的，请打 [12351](tel:12351) 核实。"
    return join([heading("依据", "sources"), words, fold_sources(sources)])


def fold_sources(sources: Sequence[CitedFact]) -> str:
    """List the articles in a box that opens by a tap; nothing without one."""
    if not sources:
        return ""
    rows = "".join(
        f"<li>{_plain(one.sentence)}：{_plain(one.basis)}，{_plain(one.mark)}</li>"
        for one in sources
    )
    return f"<details><summary>每一条依据哪部法、第几条</summary><ul>{rows}</ul></details>"


def _plain(text: str) -> str:
    return html.escape(" ".join(text.split()))


def list_local_sources(rows: Sequence[LocalValue], local: LocalValues, today: date) -> str:
    """Say below a page where its local numbers come from and who checked them; nothing without."""
    told = list_local_values(rows, local, today)
    return join([heading("本地的数出自哪里", "local"), told]) if told else ""


def list_local_values(rows: Iterable[LocalValue], local: LocalValues, today: date) -> str:
    """List local numbers with unit and days, where they come from, who checked them."""
    return bullets(
        f"**{escape(row.label)}** {escape(say_local_number(row, local, today))}"
        f"{_say_origin(local.on(row.key, today))}"
        for row in rows
    )


def _say_origin(found: DatedValue | None) -> str:
    if found is None:
        return ""
    checked = f"{escape(found.checked_by)}核对过" if found.checked_by else ASK_FIRST
    return f"，{escape(found.source)}。{checked}。"
