"""What no page of an instance shows, or not all at once: rows, the chain, figures, manuscripts.

The one place of these tests that knows the program from inside; what moves there is told here.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from portal.cli.main import main
from portal.domain.content.articles import CHANGE_LABELS
from portal.domain.figures.counting import add_up
from portal.domain.figures.indicators import COUNTINGS
from portal.newsroom import overview
from portal.operations.forms import submission
from portal.publishing.files import publish_public_data
from portal.settings.config import read_centre
from portal.store import audit, months
from site_src.collections import COLLECTIONS
from tests.instances.filling import actor_of
from tests.instances.kept import Kept
from tests.instances.looking import Facts, Reader, digest, page, read_rows, read_versions
from tests.instances.writing import COLLECTION

_TABLES = {
    "cases": "cases", "events": "events", "forms begun": "drafts", "photos": "files",
    "accounts": "staff", "sessions": "sessions", "one-time links": "links",
    "counters": "counters", "articles": "articles", "versions of articles": "article_versions",
    "messages": "outbox", "audit entries": "audit",
}  # fmt: skip
"""What is counted, in words, and the table that holds it today."""


def count_rows(kept: Kept) -> dict[str, int]:
    """How many there are of everything; before anybody looks, for looking leaves traces."""
    return {told: _count(kept, table) for told, table in _TABLES.items()}


def _count(kept: Kept, table: str) -> int:
    """The rows of a table; events of articles were versions in a table of their own."""
    tables = kept.instance.db
    if table in {"events", "article_versions"}:
        owner = "case " if table == "events" else "article "
        return sum(row["record"].startswith(owner) for row in tables.table("events"))
    return len(tables.table(table))


def run(kept: Kept, *command: str) -> str:
    """What a command of the operator prints."""
    where = ["--root", str(kept.root), "--instance", str(kept.place.folder)]
    store = {"BANGFU_STORE": kept.place.store_url}
    result = CliRunner().invoke(main, [*where, *command], env=store)
    assert result.exit_code == 0, result.output
    return result.output


def verify(kept: Kept) -> tuple[int, str]:
    """Length and head of the audit chain, as `bangfu verify` prints them."""
    words = run(kept, "verify").splitlines()[0].split()
    return int(words[1]), words[-1].rpartition("：")[2]


def head_at(kept: Kept, number: int) -> str:
    """What the head of the chain was when it had so many entries."""
    return next(mark for entry, mark in audit.entries(kept.instance) if entry.number == number)


def read_figures(kept: Kept, folder: Path) -> Facts:
    """What the centre publishes of itself, were it a real one: this year, in all, by month."""
    centre = replace(read_centre(kept.root / "content"), demonstration=False)
    publish_public_data(kept.instance, kept.clock.now, centre, folder, kept.office.rules)
    made: Any = json.loads((folder / "indicators.json").read_text("utf-8"))
    return {
        "since": made["since"],
        "figures": {one["code"]: [one["period"], one["total"]] for one in made["indicators"]
                    if one["counted"]},
        "charts": {chart["code"]: {row["month"]: row["values"] for row in chart["months"]}
                   for chart in made["charts"]},
    }  # fmt: skip


def count_months(kept: Kept) -> dict[str, dict[str, int]]:
    """What is counted before small counts are hidden, by figure and month."""
    counted = add_up(months.count_months(kept.instance, kept.clock.now), COUNTINGS)
    return {
        code: {month: values[""] for month, values in by_month.items() if values.get("")}
        for code, by_month in counted.items()
    }


def read_articles(kept: Kept, editor: Reader) -> list[Facts]:
    """All articles as the shelf shows them, with what is in the folder; more of our own ones."""
    found = []
    for collection in COLLECTIONS:
        html = page(editor, f"/staff/content?of={collection}")
        for name, row in zip(_names_on(html, collection), read_rows(html), strict=True):
            title, state, on_site, author, _ = row
            path = kept.root / "content" / collection / f"{name}.md"
            fact = {"path": f"{collection}/{name}", "title": title, "state": state,
                    "on_site": on_site, "author": author,
                    "file": digest(path.read_bytes()) if path.exists() else None}  # fmt: skip
            own = collection == COLLECTION
            found.append(fact | (_read_history(kept, editor, collection, name) if own else {}))
    return sorted(found, key=lambda one: str(one["path"]))


def _names_on(html: str, collection: str) -> list[str]:
    cells = html.split(f'<td><a href="/staff/content/{collection}/')[1:]
    return [cell.partition('"')[0] for cell in cells]


def _read_history(kept: Kept, editor: Reader, collection: str, name: str) -> Facts:
    actor = actor_of("editor")
    versions = overview.list_versions(kept.office, actor, collection, name)
    opened = overview.open_article(kept.room, actor, collection, name)
    return {
        "history": read_versions(page(editor, f"/staff/content/{collection}/{name}/history")),
        "manuscript": digest(opened.article.text),
        "versions": [f"{one.number} {CHANGE_LABELS[one.change]} {digest(one.text)}"
                     for one in versions],
    }  # fmt: skip


def read_unsaved(kept: Kept, token: str) -> list[str]:
    """What was written in whole words into a form that only its browser can open."""
    draft = submission.read_draft(kept.office, token)
    assert draft
    return sorted(value for value in draft.answers.values()
                  if isinstance(value, str) and not value.isascii())  # fmt: skip
