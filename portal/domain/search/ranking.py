"""Searching the published pages: what was typed, how well a page fits, which part is shown.

Pages are found by site_src/search_index.py; what is pure stands here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from portal.domain.rules.synonyms import Thesaurus
from portal.domain.search.traditional import simplify
from portal.domain.shared.text_cleaning import clean_text, fold_prose

MOST_TYPED: Final = 40
SNIPPET: Final = 90
_BEFORE: Final = 20
_MOST_PAIRS: Final = 12
_IN_TITLE, _IN_TEXT, _MOST_COUNTED = 30, 10, 9
_OF_THE_TITLE, _ITS_NAME, _OF_THE_KIND = 20, 12, 6
PRACTICAL: Final = frozenset({"维权卡", "办事指南", "网上办"})
_BESIDE: Final = frozenset({"算一算", "文书"})
"""Kinds that help who has read the card; their titles are short, and would stand before it."""
_SHARE: Final = 0.7
_ITS_SUBJECT: Final = 0.5
"""A page is named by what makes up so much of its title, or ends it."""
_STATE: Final = "中华人民共和国"
_SENTENCE_END: Final = re.compile(r"[。；！？\s]\s*")
_PIECES: Final = re.compile(r"[^\W_]+(?:(?<=[0-9a-z])\+(?=[0-9])[^\W_]+)*")
_SCRIPTS: Final = re.compile(r"[0-9a-z]+|[^0-9a-z]+")


class SearchedPage(Protocol):
    """A published page."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def kind(self) -> str:
        """The word that readers have for its kind."""

    @property
    def text(self) -> str:
        """The text below the heading."""

    @property
    def doubtful(self) -> bool:
        """Whether it is over, or its readers are told to ask before they go by it."""


AnyPage = TypeVar("AnyPage", bound=SearchedPage)


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for, folded, and the words that say the same; whether it is a known one."""

    text: str
    synonyms: tuple[str, ...] = ()
    known: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The word and its synonyms."""
        return (self.text, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Run:
    """What was typed without a gap, folded, and the terms that it is made of."""

    text: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, at most MOST_TYPED characters; `cut` if there were more."""

    typed: str
    cut: bool
    runs: tuple[Run, ...]

    @property
    def terms(self) -> list[Term]:
        """Every term, in the order typed."""
        return [term for run in self.runs for term in run.terms]


def read_query(typed: str, thesaurus: Thesaurus) -> Query:
    """Read the words of a query; spaces and punctuation part them."""
    whole = clean_text(typed)
    kept = whole[:MOST_TYPED].strip()
    texts = dict.fromkeys(_split_typed(fold_query(kept), thesaurus))
    runs = (Run(text, _split_run(text, thesaurus)) for text in texts)
    return Query(kept, len(whole) > MOST_TYPED, tuple(runs))


def fold_query(typed: str) -> str:
    """Write what was typed for comparing: half-width, small, simplified."""
    return fold_prose(simplify(typed))


def _split_typed(text: str, thesaurus: Thesaurus) -> list[str]:
    # Words such as n+1 are known as they are; otherwise punctuation parts.
    return [
        piece
        for part in text.split()
        for piece in ([part] if part in thesaurus.others else _PIECES.findall(part))
    ]


def _split_run(text: str, thesaurus: Thesaurus) -> tuple[Term, ...]:
    """Split off known words, and what is left between them and fillers, but no lone character."""
    terms: dict[str, Term] = {}
    start = 0
    for found in (*thesaurus.splitter.finditer(text), None):
        for piece in _SCRIPTS.findall(text[start : found.start() if found else len(text)]):
            if len(piece) > 1:
                terms[piece] = Term(piece)
        if found:
            start = found.end()
            if (others := thesaurus.list_others(found[0])) is not None:
                terms[found[0]] = Term(found[0], others, known=True)
    return tuple(terms.values()) or (Term(text),)


def by_known(query: Query) -> Query:
    """Keep the known words of each run that has some."""
    return replace(query, runs=tuple(_keep_known(run) for run in query.runs))


def _keep_known(run: Run) -> Run:
    return replace(run, terms=tuple(term for term in run.terms if term.known) or run.terms)


def by_pairs(query: Query) -> Query:
    """Split the query into pairs of characters, for when its words are found nowhere."""
    return replace(query, runs=tuple(Run(run.text, _pairs(run.text)) for run in query.runs))


def _pairs(text: str) -> tuple[Term, ...]:
    pairs = list(dict.fromkeys(text[at : at + 2] for at in range(max(len(text) - 1, 1))))
    step = -(-len(pairs) // _MOST_PAIRS)
    return tuple(Term(pair) for pair in pairs[::step])


def rank_pages(pages: Iterable[AnyPage], query: Query) -> list[AnyPage]:
    """Sort the pages, the best first; equals stay in their order."""
    return sorted(pages, key=lambda page: -score_page(page, query))


def score_page(page: SearchedPage, query: Query) -> float:
    """Score how well a page fits the query.

    The title counts more than the text, the whole run more than its terms, a term as typed
    twice as much as a synonym, what helps at once more than a law."""
    title, text = fold_prose(page.title), fold_prose(page.text)
    score = 0.0
    for run in query.runs:
        if len(run.terms) > 1 or run.terms[0].text != run.text:
            score += _IN_TITLE * (run.text in title) + _IN_TEXT * (run.text in text)
        for term in run.terms:
            meant = max((_score_form(form, title, text) for form in term.synonyms), default=0)
            score += max(_score_form(term.text, title, text), meant / 2)
    if page.kind in PRACTICAL:
        return score + _OF_THE_KIND
    named = any(_is_named(term, title) for term in query.terms)
    if page.kind in _BESIDE or not named:
        score *= _SHARE
    return score if named or not page.doubtful else score * _SHARE


def is_asked_by_name(title: str, query: Query) -> bool:
    """Tell whether what was typed is the end of a title, or holds all of it."""
    title, text = fold_prose(title).removeprefix(_STATE), fold_query(query.typed)
    return len(text) > 1 and (title in text or title.endswith(text))


def _is_named(term: Term, title: str) -> bool:
    return any(
        title.endswith(form) or (form in title and len(form) >= _ITS_SUBJECT * len(title))
        for form in term.forms
    )


def _score_form(form: str, title: str, text: str) -> float:
    count = text.count(form)
    score = float(_IN_TEXT + min(count, _MOST_COUNTED) if count else 0)
    if form in title:
        score += _IN_TITLE + _OF_THE_TITLE * len(form) / len(title)
        score += _ITS_NAME if title.endswith(form) else 0
    return score


def found_synonyms(pages: Iterable[SearchedPage], query: Query) -> list[str]:
    """Return the synonyms that stand on these pages, the commonest first.

    None that holds what was typed anyway."""
    texts = [f"{page.title}\n{page.text}" for page in pages]
    met = {
        form: sum(form in text for text in texts)
        for term in query.terms
        for form in term.synonyms
        if term.text not in form
    }
    return sorted((form for form in met if met[form]), key=lambda form: -met[form])


def cut_snippet(text: str, query: Query) -> tuple[str, ...]:
    """Cut at most SNIPPET characters round the first hit; every second piece is a hit.

    Joined, the pieces are a part of the text. What was typed comes before its synonyms.
    """
    folded = fold_prose(text)
    typed, meant = _list_forms(query)
    first = _first_hit(folded, typed) if _holds(folded, typed) else _first_hit(folded, meant)
    start = _start_of_sentence(text, first)
    return _split_hits(text[start : start + SNIPPET], [*typed, *meant])


def mark_summary(summary: str, query: Query) -> tuple[str, ...]:
    """Part what a page says of itself, at most SNIPPET characters; every second piece is a hit."""
    typed, meant = _list_forms(query)
    return _split_hits(summary[:SNIPPET], [*typed, *meant])


def _list_forms(query: Query) -> tuple[list[str], list[str]]:
    """List what was typed, whole and in parts, and the synonyms."""
    typed = [form for run in query.runs for form in (run.text, *(term.text for term in run.terms))]
    return typed, [form for term in query.terms for form in term.synonyms]


def _start_of_sentence(text: str, first: int) -> int:
    """Find where to begin so that `first` is in sight: at the top of the page if that is near."""
    if first <= SNIPPET - _BEFORE:
        return 0
    ends = list(_SENTENCE_END.finditer(text, first - 2 * _BEFORE, first))
    return ends[-1].end() if ends else first - _BEFORE


def _holds(folded: str, forms: Sequence[str]) -> bool:
    return any(form in folded for form in forms)


def _first_hit(folded: str, forms: Sequence[str]) -> int:
    return min((at for form in forms if (at := folded.find(form)) >= 0), default=0)


def _split_hits(shown: str, forms: Iterable[str]) -> tuple[str, ...]:
    longest_first = sorted({form for form in forms if form}, key=len, reverse=True)
    if not longest_first:
        return (shown,)
    pieces, start = [], 0
    for hit in re.finditer("|".join(map(re.escape, longest_first)), fold_prose(shown)):
        pieces += [shown[start : hit.start()], shown[hit.start() : hit.end()]]
        start = hit.end()
    return (*pieces, shown[start:])


def nearest_addresses(asked: str, addresses: Iterable[str], count: int = 3) -> list[str]:
    """Return the addresses whose last part is most like that of `asked`, the most alike first."""
    wanted = _address_pairs(asked)
    likeness = {address: _likeness(wanted, _address_pairs(address)) for address in addresses}
    alike = [address for address in likeness if likeness[address] >= 0.5]
    return sorted(alike, key=lambda address: -likeness[address])[:count]


def _address_pairs(address: str) -> frozenset[str]:
    name = address.strip("/").rpartition("/")[2].lower()
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
