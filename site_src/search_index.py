"""The index of the site's search, `search.sqlite`: what stands on each page, and full text.

Every character is a word to SQLite's FTS5, so parts of Chinese words and of numbers are found as
phrases, without a dictionary. It holds finished pages only, never a case; the portal reads it.
"""

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from site_src.collections import COLLECTIONS, is_list_name
from site_src.portal_addresses import PAPERS_TO_TAKE, SERVICES, TOOLS_FOR_CARDS

SEARCH_FILE = "search.sqlite"
OWN = "本中心"
"""The kind of every other page."""
SERVICE_KINDS = {"services": "网上办", "tools": "算一算", "papers": "文书"}
"""What a reader calls the pages of the portal, by the code of the kind."""
_MORE = {
    "tools": "网上计算器，不用留姓名，也不保存。",
    "papers": "文书模板：下载空白的，或者填好再打印。",
}
DOUBTFUL_NOTES = ("先看这里", "已经过期")
"""The headings of notes on policies and notices that are in doubt or over."""
_ABOVE = 200
_ADDED = 1000
"""The weight of a page that is put before all that merely hold the words."""
_MAIN = re.compile(r"<main\b.*?(?=</main>|\Z)", re.DOTALL)
_SILENT = re.compile(
    r"<!--.*?-->|<(nav|script|style|svg|form)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>.*?</\1>", re.DOTALL
)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_SUMMARY = re.compile(r'<p class="(?:lead|answer)">(.*?)</p>', re.DOTALL)
_TAGS = re.compile(r'<ul class="tags">.*?</ul>', re.DOTALL)
_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
# Inside a sentence; every other tag parts what stands before it from what comes after.
_SMALL_TAG = re.compile(r"</?(?:a|b|em|strong|code|sub|sup)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_NO_LETTERS = re.compile(r"[\W_]+")
# Stands where punctuation was, so that no phrase reaches over it. No letter, yet a word to FTS5.
_GAP = "。"
_TABLES = """
CREATE TABLE pages (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    kind TEXT NOT NULL);
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(page, content='', tokenize='ascii');
CREATE VIRTUAL TABLE titles USING fts5(page, content='', tokenize='ascii');
"""


@dataclass(frozen=True)
class SearchEntry:
    """A page as the search knows it; kind is what a reader calls it, text is without the title.

    A page that says in a sentence what it is for has that as the first line of its text.
    """

    address: str
    title: str
    kind: str
    text: str

    @property
    def summary(self) -> str:
        """What the page itself says that it is for; nothing if it does not."""
        return self.text.partition("\n")[0] if "\n" in self.text else ""

    @property
    def doubtful(self) -> bool:
        """Whether a note above everything else tells that it is over, or to ask first."""
        above = " ".join(self.text[:_ABOVE].split())
        return any(f" {note} " in above for note in DOUBTFUL_NOTES)


@dataclass(frozen=True)
class Matches:
    """The numbers in the index of the pages that hold what was looked for, by kind, and what
    they weigh; a page without weight weighs 0. Plain numbers: a row object for each of thousands
    of pages would call the garbage collector, which takes longer than the search."""

    by_kind: Mapping[str, Sequence[int]]
    weights: Mapping[int, int]

    def __len__(self) -> int:
        return sum(map(len, self.by_kind.values()))


SearchIndex = sqlite3.Connection
Forms = Sequence[str]
"""A word and what else may stand for it."""


def is_list(parts: tuple[str, ...]) -> bool:
    """Tell whether a page only lists others."""
    row = COLLECTIONS.get(parts[0])
    return bool(row and row.index and (len(parts) == 1 or is_list_name(row, parts[1])))


def name_kind(folder: str) -> str:
    """Return what a reader calls the pages below an address."""
    row = COLLECTIONS.get(folder)
    return row.label if row and row.index else OWN


def read_entry(address: str, html: str) -> SearchEntry | None:
    """Read the first h1 and the text of <main>, without menus and forms.

    None for home, pages that only list others, and moved pages. Only <main> needs to be given;
    that it is one of a moved page must then be known before.
    """
    parts = tuple(part for part in address.split("/") if part)
    if not parts or is_list(parts) or '<link rel="canonical"' in html:
        return None
    found = _MAIN.search(html)
    main = _SILENT.sub(" ", found[0]) if found else ""
    title = _plain(" ".join(_HEADING.findall(main)[:1]))
    rest = _HEADING.sub(" ", main, 1)
    tags = " ".join(_TAGS.findall(rest))  # found, but no beginning for what a reader is shown
    text = _plain(f"{_SUMMARY.sub(' ', _TAGS.sub(' ', rest), 1)} {tags}")
    if said := _SUMMARY.search(rest):
        text = f"{_plain(said[1])}\n{text}"
    return SearchEntry(address, title, name_kind(parts[0]), text)


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _SMALL_TAG.sub("", html))).split())


def list_service_entries() -> Iterator[SearchEntry]:
    """List what the portal has besides the pages: forms, status, calculators, papers."""
    for one in SERVICES:
        yield SearchEntry(one.address, one.title, SERVICE_KINDS["services"], f"{one.words}\n")
    for kind, offers in (("tools", TOOLS_FOR_CARDS), ("papers", PAPERS_TO_TAKE)):
        for one in offers:
            text = f"{one.words}\n{_MORE[kind]}"
            yield SearchEntry(one.address, one.title, SERVICE_KINDS[kind], text)


def write_search_index(target: Path, entries: Iterable[SearchEntry]) -> None:
    """Write search.sqlite anew; who calls sees to it that it is on disk."""
    path = target / SEARCH_FILE
    path.unlink(missing_ok=True)
    with _connected(path) as index:
        index.execute("PRAGMA journal_mode = OFF")  # a half-written new file is thrown away
        index.execute("PRAGMA synchronous = OFF")
        index.executescript(_TABLES)
        index.execute("BEGIN")
        _add(index, sorted(entries, key=lambda entry: entry.address))
        index.execute("COMMIT")


def update_search_index(target: Path, gone: Iterable[str], fresh: Iterable[SearchEntry]) -> None:
    """Put fresh entries in place of old ones; those at `gone` addresses leave. One transaction."""
    entries = list(fresh)
    with _connected(target / SEARCH_FILE) as index:
        index.execute("BEGIN IMMEDIATE")
        for address in {*gone, *(entry.address for entry in entries)}:
            _remove(index, address)
        _add(index, entries)
        index.execute("COMMIT")


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    index = sqlite3.connect(path, isolation_level=None)
    try:
        yield index
    finally:
        index.close()  # what is not committed is taken back


def _add(index: sqlite3.Connection, entries: Iterable[SearchEntry]) -> None:
    for entry in entries:
        row = index.execute(
            "INSERT INTO pages (address, title, kind) VALUES (?, ?, ?)",
            (entry.address, entry.title, entry.kind),
        )
        index.execute("INSERT INTO texts VALUES (?, ?)", (row.lastrowid, entry.text))
        for table, words in _words(entry.title, entry.text).items():
            index.execute(
                f"INSERT INTO {table} (rowid, page) VALUES (?, ?)",  # noqa: S608
                (row.lastrowid, words),
            )


def _remove(index: sqlite3.Connection, address: str) -> None:
    known = index.execute(
        "SELECT id, title, text FROM pages JOIN texts USING (id) WHERE address = ?", (address,)
    ).fetchone()
    if known is None:
        return
    number, title, text = known
    # The tables of words keep no copy of the texts: they must be told what they have to forget.
    for table, words in _words(title, text).items():
        index.execute(
            f"INSERT INTO {table} ({table}, rowid, page) VALUES ('delete', ?, ?)",  # noqa: S608
            (number, words),
        )
    index.execute("DELETE FROM texts WHERE id = ?", (number,))
    index.execute("DELETE FROM pages WHERE id = ?", (number,))


def _words(title: str, text: str) -> dict[str, str]:
    """Return what each full-text table holds of a page. The few titles have their own table:
    looking for a word in them only must not cost as much as looking for it everywhere."""
    named = _part(title)
    return {"titles": named, "words": f"{named} {_GAP} {_part(text)}"}


def _part(text: str) -> str:
    """Part into single characters, half-width and small; one mark for all but letters, digits."""
    return " ".join(_NO_LETTERS.sub(_GAP, unicodedata.normalize("NFKC", text).lower()))


@contextmanager
def open_index(folder: Path) -> Iterator[SearchIndex]:
    """Open the index of a generation of the site to read; an empty one if it has none."""
    path = folder / SEARCH_FILE
    if not path.is_file():
        with _connected(Path(":memory:")) as empty:
            empty.executescript(_TABLES)
            yield empty
        return
    with _connected(path) as index:
        index.execute("PRAGMA query_only = ON")
        yield index


def list_matches(index: SearchIndex, wanted: Sequence[Forms]) -> Matches:
    """Find the pages that hold one form of every wanted word, in title or text.

    Weight 2: all are in the title; 1: some are.
    """
    every = " AND ".join(filter(None, map(_any_of, wanted)))
    if not every:
        return Matches({}, {})
    some = " OR ".join(filter(None, map(_any_of, wanted)))
    weights: Counter[int] = Counter()
    for words in (every, some):
        weights.update(_numbers(index, "titles", words))
    return _by_kind(index, _numbers(index, "words", every), weights)


def list_near_matches(index: SearchIndex, groups: Sequence[Sequence[Forms]]) -> Matches:
    """Find the pages with at least half of the words of every group. Weight: how many in all."""
    held: Counter[int] = Counter()
    near: set[int] | None = None
    for words in groups:
        phrases = [phrase for forms in words if (phrase := _any_of(forms))]
        counts: Counter[int] = Counter()
        for phrase in phrases:
            counts.update(_numbers(index, "words", phrase))
        enough = {number for number, count in counts.items() if 2 * count >= len(phrases)}
        near = enough if near is None else near & enough
        held += counts
    return _by_kind(index, sorted(near or ()), held)


def add_pages(
    index: SearchIndex, matches: Matches, addresses: Sequence[str], unwanted: Iterable[str] = ()
) -> Matches:
    """Add the pages at these addresses, as far as they are there, before all others.

    Those at unwanted addresses are left out, unless they are to be added.
    """
    added = dict.fromkeys(_find_numbers(index, addresses), _ADDED)
    numbers = {number for found in matches.by_kind.values() for number in found}
    kept = (numbers - _find_numbers(index, list(unwanted))) | added.keys()
    return _by_kind(index, sorted(kept), {**matches.weights, **added})


def _find_numbers(index: SearchIndex, addresses: Sequence[str]) -> set[int]:
    rows = index.execute(
        "SELECT id FROM pages WHERE address IN (SELECT value FROM json_each(?))",
        (json.dumps(list(addresses)),),
    )
    return {number for (number,) in rows}


def is_held(index: SearchIndex, wanted: Sequence[Forms]) -> bool:
    """Tell whether any page holds one form of every wanted word."""
    every = " AND ".join(filter(None, map(_any_of, wanted)))
    asked = "SELECT EXISTS (SELECT 1 FROM words WHERE words MATCH ?)"
    return bool(every and index.execute(asked, (every,)).fetchone()[0])


def _numbers(index: SearchIndex, table: str, words: str) -> list[int]:
    (found,) = index.execute(
        f"SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH ?",  # noqa: S608
        (words,),
    ).fetchone()
    return list(json.loads(found))


def _by_kind(index: SearchIndex, numbers: Sequence[int], weights: Mapping[int, int]) -> Matches:
    rows = index.execute(
        "SELECT kind, json_group_array(id) FROM pages"
        " WHERE id IN (SELECT value FROM json_each(?)) GROUP BY kind",
        (json.dumps(numbers),),
    )
    return Matches({kind: json.loads(found) for kind, found in rows}, weights)


def _any_of(forms: Forms) -> str:
    """Write it for FTS5. Only letters, digits and the mark stand between the quotes."""
    phrases = [phrase for form in forms if (phrase := _part(form).strip(f"{_GAP} "))]
    return "(" + " OR ".join(f'"{phrase}"' for phrase in phrases) + ")" if phrases else ""


def read_entries(index: SearchIndex, numbers: Sequence[int]) -> list[SearchEntry]:
    """Read the pages with these numbers, in this order."""
    rows = index.execute(
        "SELECT id, address, title, kind, text FROM pages JOIN texts USING (id)"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    entries = {number: SearchEntry(*entry) for number, *entry in rows}
    return [entries[number] for number in numbers if number in entries]


def read_titles(index: SearchIndex, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """Read address and title of the pages with these numbers, in this order."""
    rows = index.execute(
        "SELECT id, address, title FROM pages WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    titles = {number: (address, title) for number, address, title in rows}
    return [titles[number] for number in numbers if number in titles]


def list_titles(index: SearchIndex, kind: str = "") -> list[tuple[str, str]]:
    """List address and title of every page, or of every page of a kind."""
    rows = index.execute(
        "SELECT address, title FROM pages WHERE ? IN ('', kind) ORDER BY address", (kind,)
    )
    return rows.fetchall()
