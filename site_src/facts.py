"""Every statement of law that the site makes, in one page for the lawyer who reviews it."""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rulefiles.dated_values import NATIONAL_FILE, DatedSeries, DatedValue, load_dated_values
from rulefiles.deadlines import DEADLINE_FILE, LegalLimit
from rulefiles.local_values import LOCAL_FILE
from rulefiles.toml_files import RuleFileError, find_row_line, read_toml_text
from site_src.content import Content, Item
from site_src.errors import SiteProblem
from site_src.rules import CERTAINTIES, show_limit, show_restart
from site_src.schemas import COMPARED, Guide, Policy, RightsCard

FACTS_PAGE, FACTS_LAST = "facts.html", "facts.json"
"""The page to print, and what it said: beside it, the next report finds what changed since."""
_DELAYS = {
    "": "",
    "suspended": "有正当理由不能办的，那段时间暂停",
    "excluded": "不是本人原因耽误的，不算在内",
}
_ARTICLE = re.compile(r"（([^（）]*第[^（）]*条[^（）]*)）")
_CODE = re.compile(r'code\s*=\s*"([^"]+)"')
_COLUMNS = ("", "行", "说的是", "依据", "程度", "哪天对的", "核对人、日期、对的哪个文本")
_STYLE = (
    "body{font:14px/1.5 sans-serif;margin:1.5cm}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #777;padding:3px 5px;text-align:left;vertical-align:top}"
    "thead{display:table-header-group}tr{break-inside:avoid}.open{background:#eee}"
    "td:last-child{min-width:4.5cm}"
)


@dataclass(frozen=True)
class Fact:
    """A sentence with the file and line where it stands, what it rests on, and how surely.

    `checked_on` is the day of its file, blank where the file has none.
    """

    shown: str
    line: int
    sentence: str
    basis: str
    certainty: str
    checked_on: str

    @property
    def identity(self) -> str:
        """Its file and a digest of sentence and article: another word is another fact."""
        words = f"{self.sentence}\n{self.basis}".encode()
        return f"{self.shown}#{hashlib.sha256(words).hexdigest()[:16]}"


def collect_facts(content: Content, folder: Path) -> list[Fact]:
    """List the facts of cards, policies, guides and tables of a `content` folder. SiteProblem."""
    found: list[Fact] = []
    for card in content.of(RightsCard):
        found += list_card_facts(card)
    for policy in content.of(Policy):
        found += list_body_facts(policy, policy.record.title)
    for guide in content.of(Guide):
        found += list_body_facts(guide, "、".join(guide.record.basis))
    try:
        return [*found, *list_table_facts(content, folder.parent)]
    except RuleFileError as error:
        raise SiteProblem([str(error)]) from None


def list_card_facts(card: Item[RightsCard]) -> Iterator[Fact]:
    """List the rights, amounts and limits of a card, then the steps of its body."""
    record, shown = card.record, card.document.shown
    for number, right in enumerate(record.rights):
        line = card.document.line_of(("权利", number, "说明"))
        yield Fact(shown, line, right.text, right.basis, right.certainty, record.checked_on)
    for number, limit in enumerate(record.limits):
        line = card.document.line_of(("金额期限", number, "事项"))
        words = f"{limit.matter}：{limit.standard}"
        yield Fact(shown, line, words, limit.basis, limit.certainty, record.checked_on)
    yield from list_body_facts(card, "")


def list_body_facts(item: Item[Any], whole: str) -> Iterator[Fact]:
    """List the lines of a body with the article in their brackets, else what all rest on."""
    record, document = item.record, item.document
    for number, row in enumerate(document.body.split("\n")):
        if words := row.strip():
            articles = "、".join(_ARTICLE.findall(words)) or "没有写"
            basis = f"{whole}{articles}" if whole else articles
            line = document.body_line + number
            yield Fact(document.shown, line, words, basis, record.certainty, record.checked_on)


def list_limit_facts(limits: Iterable[LegalLimit], text: str) -> Iterator[Fact]:
    """List the time limits of the law with the line of their code in the text of their file."""
    rows = text.split("\n")
    lines = {found[1]: number for number, row in enumerate(rows, 1) if (found := _CODE.match(row))}
    for limit in limits:
        line = lines.get(limit.code, 1)
        yield Fact(DEADLINE_FILE, line, say_limit(limit), limit.basis, CERTAINTIES[limit.mark], "")


def say_limit(limit: LegalLimit) -> str:
    """Say all that a row claims of the law, so that whoever confirms it has seen all of it."""
    restart = show_restart(limit)
    said = [
        f"{limit.step}：{show_limit(limit)}，{limit.from_event}",
        f"要过、投诉过能不能重新算：{restart}" if restart else "",
        _DELAYS[limit.delay],
        "" if limit.while_employed else "还在单位上班时不受这个限制",
        "" if limit.day_off == "next" else "最后一天休息也不顺延",
        limit.advice,
    ]
    return "；".join(filter(None, said))


def list_value_facts(series: Iterable[DatedSeries], text: str, shown: str) -> Iterator[Fact]:
    """List the figures of a table with the line of their value in the text of their file."""
    for one in series:
        for value in one.values:
            said = f"{one.name}：{value.words}，{value.start}起"
            said += f"，到 {value.end}" if value.end else ""
            line = find_value_line(text, one.code, value)
            checked = str(value.checked_on or "")
            yield Fact(shown, line, said, value.source, CERTAINTIES[value.mark], checked)


def find_value_line(text: str, code: str, value: DatedValue) -> int:
    """Find the line of a figure by the day from which it holds; or 1."""
    rows, table = text.split("\n"), f"{code}.values"
    for place in range(1, text.count(f"[[{table}]]") + 1):
        begin = find_row_line(text, table, place, "from")
        if rows[begin - 1].partition("=")[2].split("#")[0].strip() == value.start.isoformat():
            return find_row_line(text, table, place, "value")
    return 1


def list_table_facts(content: Content, root: Path) -> Iterator[Fact]:
    """List the facts of the tables in content/rules: limits of law, figures of place and country.

    RuleFileError if the table of the country has a fault.
    """
    texts = {
        shown: read_toml_text(root / shown, shown) if (root / shown).is_file() else ""
        for shown in (DEADLINE_FILE, LOCAL_FILE, NATIONAL_FILE)
    }
    national = load_dated_values(texts[NATIONAL_FILE], NATIONAL_FILE)
    yield from list_limit_facts(content.deadlines.legal, texts[DEADLINE_FILE])
    yield from list_value_facts(content.local.series.values(), texts[LOCAL_FILE], LOCAL_FILE)
    yield from list_value_facts(national.values(), texts[NATIONAL_FILE], NATIONAL_FILE)


def write_report(
    facts: Sequence[Fact], folder: Path, today: date, checked: Mapping[str, str]
) -> tuple[int, int]:
    """Write the report and what it said into a folder; tell how many are new, how many are gone.

    `checked`: who confirmed a fact, when and with which text, by its identity; nobody else is
    named. What is new or gone is measured against the report that the folder holds. SiteProblem if
    that cannot be read.
    """
    before = read_review(folder / FACTS_LAST)
    now = {fact.identity: fact.sentence for fact in facts}
    new = frozenset(now.keys() - before["facts"].keys()) if before["day"] else frozenset()
    gone = {name: words for name, words in before["facts"].items() if name not in now}
    folder.mkdir(parents=True, exist_ok=True)
    page = make_report(facts, checked, new, gone, before["day"], today)
    (folder / FACTS_PAGE).write_text(page, encoding="utf-8")
    kept = json.dumps({"day": today.isoformat(), "facts": now}, ensure_ascii=False, indent=1)
    (folder / FACTS_LAST).write_text(kept, encoding="utf-8")
    return len(new), len(gone)


def read_review(path: Path) -> dict[str, Any]:
    """Read what the last report said; without one its day is blank."""
    if not path.is_file():
        return {"day": "", "facts": {}}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {"day": str(found["day"]), "facts": dict(found["facts"])}
    except (ValueError, KeyError, TypeError):
        raise SiteProblem([f"{path}：读不出上一次的清单，请把它移到别处再运行"]) from None


def make_report(
    facts: Sequence[Fact],
    checked: Mapping[str, str],
    new: frozenset[str],
    gone: Mapping[str, str],
    last: str,
    today: date,
) -> str:
    """Make the page: a table for each file, the unchecked ones grey, blanks for who checks."""
    compared = sum(fact.certainty in COMPARED for fact in facts)
    told = f"共 {len(facts)} 条，对过条文的 {compared} 条，其余涂灰。最后一栏空着的，律师还没核对。"
    since = f"和 {last} 的清单比：新的、改过的 {len(new)} 条（标“新”），没有了的 {len(gone)} 条。"
    parts = [f"<p>{told}</p>", f"<p>{since if last else '这是第一份清单。'}</p>"]
    for shown in dict.fromkeys(fact.shown for fact in facts):
        parts.append(f"<h2>{html.escape(shown)}</h2>")
        parts.append(make_rows((one for one in facts if one.shown == shown), checked, new))
    if gone:
        rows = "".join(f"<li>{html.escape(words)}</li>" for words in gone.values())
        parts.append(f"<h2>没有了的</h2><ul>{rows}</ul>")
    title = f"网站上的法律事实 {today.isoformat()}"
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1>{''.join(parts)}</html>\n"
    )


def make_rows(facts: Iterable[Fact], checked: Mapping[str, str], new: frozenset[str]) -> str:
    """Make the table of one file."""
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    rows = []
    for fact in facts:
        cells = (
            "新" if fact.identity in new else "",
            str(fact.line),
            fact.sentence,
            fact.basis,
            fact.certainty,
            fact.checked_on,
            checked.get(fact.identity, ""),
        )
        shade = "" if fact.certainty in COMPARED else ' class="open"'
        row = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        rows.append(f"<tr{shade}>{row}</tr>")
    return f"<table><thead><tr>{head}</tr></thead>{''.join(rows)}</table>"
