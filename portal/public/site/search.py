"""Searching the published pages, on the server, without script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, render_template, request

from portal.domain.rules.rulebook import Rulebook
from portal.domain.rules.signposts import Signposts, count_understood, find_signposts
from portal.domain.rules.synonyms import Thesaurus
from portal.domain.search.ranking import (
    PRACTICAL,
    Query,
    by_known,
    by_pairs,
    cut_snippet,
    fold_query,
    found_synonyms,
    is_asked_by_name,
    mark_summary,
    nearest_addresses,
    rank_pages,
    read_query,
)
from portal.domain.search.sounds import Lexicon, hear, list_pieces, make_lexicon
from portal.web.guards import ANYBODY, guarded
from site_src.collections import name_kinds
from site_src.portal_addresses import Service
from site_src.search_index import (
    OWN,
    SERVICE_KINDS,
    Matches,
    SearchEntry,
    SearchIndex,
    add_pages,
    is_held,
    list_matches,
    list_near_matches,
    list_titles,
    name_kind,
    open_index,
    read_entries,
    read_titles,
)

ON_A_PAGE = 20
_MOST_RANKED = 60
"""So many of the likeliest pages are read to put the best first; the others follow as they are."""
_FEW, _MOST_SYNONYMS = 3, 5
_SENTENCE = 6
_MOST_POINTED, _MOST_NAMED = 3, 2
_PAGE_ENDS = (".html", ".htm")
_CARDS = "rights-cards"
DOORS = (
    Service(f"/{_CARDS}/unpaid-wages/", "工资拿不到", "拖着不给、少给、老板跑了"),
    Service(f"/{_CARDS}/work-injury/", "干活受了伤", "怎么报工伤，能赔多少"),
    Service(f"/{_CARDS}/dismissal/", "被辞退、被裁员", "能要多少补偿"),
    Service("/apply", "家里过不下去", "没了收入、孩子上学难，申请困难帮扶"),
    Service("/medical-aid", "看病花钱多", "生了大病，申请医疗帮扶"),
    Service("/urgent-aid", "出了急事", "火灾、车祸、突然的大事，申请临时救助"),
)
"""The kinds of trouble that who found nothing is asked about, and where each leads."""
_OF_THE_CENTRE = ("/about/", "/privacy/", "/accessibility/", "/verify/")
"""Pages that hold many words, and help only who means them."""
_HEARD_KINDS = (
    *SERVICE_KINDS.values(),
    *(name_kind(folder) for folder in (_CARDS, "guides", "policies")),
    OWN,
)
_MOST_HEARD = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found; `snippet` is text in pieces, every second one to be marked, with or
    without text before and after it."""

    page: SearchEntry
    snippet: tuple[str, ...]
    from_within: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of results. `near` if no page held all that was typed, `also` are the synonyms
    that were met, `kinds` the numbers of pages by kind, `total` that of the chosen kind."""

    query: Query
    near: bool
    also: Sequence[str]
    kinds: Mapping[str, int]
    total: int
    number: int
    last: int
    hits: Sequence[Hit]


def blueprint(site: Path, rules: Rulebook) -> Blueprint:
    """Build the search page; `site` is followed anew at every request."""
    routes = Blueprint("search", __name__)

    @routes.get("/search")
    @guarded(ANYBODY)
    def search() -> str:
        """Show what the published pages say about the words."""
        labels = {**name_kinds(), **SERVICE_KINDS, "centre": OWN}
        typed, kind, exact = (request.args.get(name, "") for name in ("q", "kind", "exact"))
        label, number = labels.get(kind, ""), request.args.get("page", 1, type=int)
        query = read_query(typed, rules.thesaurus)
        with open_index(site.resolve()) as index:
            heard = "" if exact else hear_query(index, query, rules)
            meant = read_query(heard, rules.thesaurus) if heard else query
            found = find_pages(index, meant, rules.signposts, label, number)
            doors = _list_doors(index) if _is_weak(found) and not label else []
        return render_template(
            "search.html",
            found=found,
            typed=query.typed,
            cut=query.cut,
            heard=heard,
            asked={"q": query.typed, "exact": exact or None},
            kind=kind if kind in labels else None,
            labels=labels,
            doors=doors,
        )

    return routes


def _is_weak(found: SearchResults) -> bool:
    """Tell whether a first page of results has no page that was surely meant."""
    return not found.hits or (found.near and found.number == 1)


def _list_doors(index: SearchIndex) -> list[Service]:
    """List the ways in that this site has."""
    cards = {address for address, _ in list_titles(index, name_kind(_CARDS))}
    return [door for door in DOORS if door.address in cards or _CARDS not in door.address]


def hear_query(index: SearchIndex, query: Query, rules: Rulebook) -> str:
    """Return what the query sounds like if that is likelier than what was typed, else nothing."""
    if all(term.known or is_held(index, [[term.text]]) for term in query.terms):
        return ""
    typed = fold_query(query.typed)
    lexicon = _make_lexicon(rules.thesaurus, rules.signposts, tuple(_list_heard_titles(index)))
    heard = hear(typed, lexicon, lambda word: is_held(index, [[word]])) or ""
    if not heard or not _is_likelier(heard, typed, rules.signposts):
        return ""
    if typed.isascii():
        return heard
    changed = [one for one in read_query(heard, rules.thesaurus).terms if one.text not in typed]
    return heard if any(term.known or is_held(index, [[term.text]]) for term in changed) else ""


def _is_likelier(heard: str, typed: str, signposts: Signposts) -> bool:
    """Tell whether more is understood of what was heard; of a sentence half is enough as it is."""
    plain, meant = (count_understood(text, signposts) for text in (typed, heard))
    if len(typed) >= _SENTENCE and 2 * plain >= len(typed) and find_signposts(typed, signposts):
        return False
    return not plain or meant > plain


def find_pages(
    index: SearchIndex, query: Query, signposts: Signposts, kind: str = "", number: int = 1
) -> SearchResults:
    """Return the results on page `number`, of one kind or of all if that is blank."""
    met, near, matches = _match(index, query)
    first = _list_first(index, query, signposts, matches)
    if first:
        matches = add_pages(index, Matches({}, {}) if near else matches, first, _OF_THE_CENTRE)
    chosen = _order_matches(matches, kind)
    last = max(-(-len(chosen) // ON_A_PAGE), 1)
    number = min(max(number, 1), last)
    likely = read_entries(index, chosen[:_MOST_RANKED])
    start = (number - 1) * ON_A_PAGE
    if start < _MOST_RANKED:
        ranked = _put_first(rank_pages(likely, met), first)
        shown = ranked[start : start + ON_A_PAGE]
    else:
        shown = read_entries(index, chosen[start : start + ON_A_PAGE])
    hits = [_show_hit(page, met) for page in shown]
    also = found_synonyms(likely, met)[:_MOST_SYNONYMS]
    kinds = {label: len(numbers) for label, numbers in matches.by_kind.items()}
    return SearchResults(query, near and not first, also, kinds, len(chosen), number, last, hits)


def _list_first(
    index: SearchIndex, query: Query, signposts: Signposts, matches: Matches
) -> list[str]:
    """List what is asked for by its name, then what a clerk would point to.

    Of words that stand apart each must be known, or be on some page.
    """
    titles = read_titles(index, _order_matches(matches)[:_MOST_RANKED])
    named = [address for address, title in titles if is_asked_by_name(title, query)]
    clear = all(
        count_understood(run.text, signposts) or is_held(index, [[run.text]]) for run in query.runs
    )
    found = find_signposts(fold_query(query.typed), signposts) if clear else []
    pointed = [one.address for one in found[:_MOST_POINTED]]
    return list(dict.fromkeys((*named[:_MOST_NAMED], *pointed)))


def _put_first(pages: Iterable[SearchEntry], first: Sequence[str]) -> list[SearchEntry]:
    places = {address: place for place, address in enumerate(first)}
    return sorted(pages, key=lambda page: places.get(page.address, len(places)))


def _list_heard_titles(index: SearchIndex) -> Iterator[str]:
    """List the titles whose words may be meant by ear, those of the likeliest pages first."""
    for kind in _HEARD_KINDS:
        yield from (title for _, title in list_titles(index, kind)[:_MOST_HEARD])


@lru_cache(maxsize=2)
def _make_lexicon(thesaurus: Thesaurus, signposts: Signposts, titles: tuple[str, ...]) -> Lexicon:
    pieces = (piece for title in titles for piece in list_pieces(title))
    return make_lexicon(thesaurus.words, (*thesaurus.phrases, *signposts.words), pieces)


def _order_matches(matches: Matches, kind: str = "") -> list[int]:
    """Return the numbers of the pages of a kind, or of all, the heaviest first."""
    practical_first = sorted(matches.by_kind, key=lambda label: label not in PRACTICAL)
    numbers = [
        number
        for label in practical_first
        if kind in {"", label}
        for number in matches.by_kind[label]
    ]
    return sorted(numbers, key=lambda number: -matches.weights.get(number, 0))


def _show_hit(page: SearchEntry, query: Query) -> Hit:
    """Show what the page says of itself; of one that does not, where it says what was meant."""
    told = page.summary or page.text
    snippet = mark_summary(told, query) if page.summary else cut_snippet(told, query)
    shown = "".join(snippet)
    return Hit(page, snippet, not told.startswith(shown), not told.endswith(shown))


def _match(index: SearchIndex, query: Query) -> tuple[Query, bool, Matches]:
    """Find the pages that hold every known term, or all of a run in which none is known. Of a
    sentence without gaps half of the terms are enough if few pages hold them all; where there is
    none at all, half of its pairs of characters are. The flag is set if no page holds all."""
    wanted = [term.forms for term in query.terms]
    known = by_known(query)
    if known != query and (sure := list_matches(index, [term.forms for term in known.terms])):
        return query, not is_held(index, wanted), sure
    strict = list_matches(index, wanted)
    if len(strict) >= _FEW:
        return query, False, strict
    for looser in (query, by_pairs(query)):
        groups = [[term.forms for term in run.terms] for run in looser.runs]
        if matches := list_near_matches(index, groups):
            return looser, not strict, matches
    return query, False, strict


def register_not_found_search(app: Flask, site: Path) -> None:
    """Let the page for addresses that lead nowhere offer the search and the nearest pages."""

    def near_pages() -> list[tuple[str, str]]:
        if "." in request.path and not request.path.endswith(_PAGE_ENDS):
            return []  # programs that look for weak spots ask for such files all day long
        with open_index(site.resolve()) as index:
            titles = dict(list_titles(index))
        near = nearest_addresses(request.path, titles)
        return [(address, titles[address]) for address in near]

    app.jinja_env.globals["near_pages"] = near_pages
