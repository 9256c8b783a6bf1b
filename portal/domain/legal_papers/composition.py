"""What stands on a legal paper: its rows with the answers that are known, and blanks for the rest.

The result is plain data for the template that prints it. A line is a list of pieces: words, or
the width of a blank in millimetres.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Any, Final

from portal.domain.calculators.claim_kinds import Claim, Way, total_of
from portal.domain.forms.fields import Kind
from portal.domain.legal_papers.entries import ENTRIES, SHOWN_BY_EVIDENCE
from portal.domain.legal_papers.model import (
    Boxes,
    Claims,
    Entry,
    LegalPaper,
    Part,
    PartyTable,
    Prose,
    RuledTable,
    Sentence,
    Ticks,
)
from portal.domain.shared.money import LARGEST_FEN, format_yuan, spell_yuan
from portal.domain.shared.spoken_dates import format_day, names_day

Writing = dict[str, object]
Composed = dict[str, Any]
_DATE_PARTS: Final = (("年", 18), ("月", 11), ("日", 11))
"""What stands behind each part of a day, and how wide a blank it gets."""
_SPELT: Final = 52
_SUM: Final = Entry(label="要多少", kind=Kind.MONEY, room=28, spelt=True)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known: `answers` by the names of their questions, in the shape that they are stored
    in, and the topics that it is `about`. `claims` are what somebody worked out; None while
    nobody did, so that what the answers tell counts."""

    answers: Mapping[str, object] = field(default_factory=dict)
    about: frozenset[str] = frozenset()
    claims: Way | None = None


NOTHING_KNOWN: Final = Known()


def compose(paper: LegalPaper, known: Known = NOTHING_KNOWN) -> Composed:
    """Return all that is printed of a paper, filled in as far as something is known.

    The worker's own account goes only on papers for his topic: an account of unpaid wages is no
    account of an accident.
    """
    if not known.about & paper.topics:
        mine = {name: said for name, said in known.answers.items() if name not in _narratives()}
        known = replace(known, answers=mine)
    known = _settle_claims(known, paper)
    return {
        "title": paper.title,
        "opening": _lines(paper.opening, known),
        "parts": [_compose_part(part, known) for part in paper.parts],
        "addressee": _pieces(paper.addressee, known),
        "signers": list(paper.signers),
        "attached": [_pieces(one, known) for one in paper.attached],
    }


def list_claims(known: Known, paper: LegalPaper) -> Way:
    """Return the claims that may stand on a paper: those worked out, else those that were told."""
    told = known.claims
    if told is None:
        owed = known.answers.get("owed")
        wages = Claim("wages", owed if isinstance(owed, int) else None)
        told = (wages,) if "unpaid_wages" in known.about else ()
    return tuple(claim for claim in told if paper.code in claim.row.papers)


def _settle_claims(known: Known, paper: LegalPaper) -> Known:
    """Let all of a paper speak of the same claims; what is owed is what is claimed of it."""
    claims = list_claims(known, paper)
    sums = {claim.kind: claim.fen for claim in claims}
    owed = {"owed": sums["wages"]} if "wages" in sums else {}
    return Known({**known.answers, **owed}, known.about | sums.keys(), claims)


def _narratives() -> set[str]:
    entries = (entry for entry in ENTRIES.values() if entry.kind is Kind.PARAGRAPH)
    return {source for entry in entries for source in entry.sources}


def value_of(entry: Entry, known: Known) -> object:
    """Return the first answer of the entry's sources; None if none was given."""
    answered = (known.answers.get(source) for source in entry.sources)
    return next((value for value in answered if value not in (None, "", [])), None)


def say_entry(entry: Entry, known: Known) -> str:
    """Write what is known of an entry as it stands on paper; nothing if it is left blank."""
    value = value_of(entry, known)
    if value is None:
        return ""
    if entry.reads:
        return entry.reads(str(value))
    if entry.kind is Kind.MONEY:
        return say_money(int(str(value)), spelt=entry.spelt)
    return str(value)


def say_money(fen: int, *, spelt: bool = True) -> str:
    """Write an amount in fen as it stands on paper, in capital numerals too if it is `spelt`."""
    in_words = f"（大写：人民币{spell_yuan(fen)}）" if spelt and fen <= LARGEST_FEN else ""
    return f"{format_yuan(fen)} 元{in_words}"


def _words(words: str) -> Writing:
    return {"words": words, "blank": 0}


def _blank(width: int) -> Writing:
    return {"words": "", "blank": width}


def write_entry(entry: Entry, known: Known) -> list[Writing]:
    """Return what is known of an entry, or the blank to write it on."""
    if entry.kind is Kind.DATE and not entry.reads:
        return _write_day(str(value_of(entry, known) or ""))
    if said := say_entry(entry, known):
        return [_words(said)]
    if entry.offers:
        return [_words("　".join(f"□{one}" for one in entry.offers))]
    if entry.kind is Kind.DATE:
        return _write_day("")
    if entry.kind is Kind.MONEY and entry.spelt:
        spelt = [_words("元（大写：人民币"), _blank(_SPELT), _words("）")]
        return [_blank(entry.room), *spelt]
    if entry.kind is Kind.MONEY:
        return [_blank(entry.room), _words("元")]
    return [_blank(entry.room)]


def _write_day(stored: str) -> list[Writing]:
    """Write a day, month or year; what of it is not known is left to be written in by hand."""
    if names_day(stored):
        return [_words(format_day(stored))]
    told, pieces = stored.split("-") if stored else [], list[Writing]()
    for place, (unit, width) in enumerate(_DATE_PARTS):
        number = [_words(f"{int(told[place])}")] if place < len(told) else [_blank(width)]
        pieces += [*number, _words(unit)]
    return pieces


def _pieces(words: str, known: Known) -> list[Writing]:
    pieces: list[Writing] = []
    for literal, name, _, _ in Formatter().parse(words):
        if literal:
            pieces.append(_words(literal))
        if name is not None:
            pieces += write_entry(ENTRIES[name], known)
    return pieces


def _applies(sentence: Sentence, known: Known) -> bool:
    question, answer = sentence.unless
    if question and known.answers.get(question) == answer:
        return False
    if sentence.not_about & known.about:
        return False
    return not sentence.about or bool(sentence.about & known.about)


def _lines(sentences: Iterable[Sentence], known: Known) -> list[list[Writing]]:
    return [_pieces(one.words, known) for one in sentences if _applies(one, known)]


def _cells(names: Iterable[str], wide: frozenset[str], known: Known) -> list[Composed]:
    return [
        {
            "label": ENTRIES[name].label,
            "pieces": write_entry(ENTRIES[name], known),
            "wide": name in wide,
        }
        for name in names
    ]


def _compose_part(part: Part, known: Known) -> Composed:
    match part:
        case PartyTable():
            cells = _cells(part.entries, part.wide, known)
            return {"shape": "party", "heading": part.heading, "cells": cells}
        case Claims():
            return _compose_claims(part, known)
        case Prose():
            return _compose_prose(part, known)
        case Ticks():
            ticks = [
                {"words": one.words, "ticked": bool(one.about & known.about)}
                for one in part.choices
            ]
            return {"shape": "ticks", "heading": part.heading, "ticks": ticks}
        case RuledTable():
            return _compose_listing(part, known)
        case Boxes():
            return _compose_boxes(part, known)


def _compose_claims(part: Claims, known: Known) -> Composed:
    claims = known.claims or ((Claim(part.usual, None),) if part.usual else ())
    total = total_of(claims)
    return {
        "shape": "claims",
        "heading": part.heading,
        "demands": [_write_claim(part, claim, known) for claim in claims],
        "total": f"以上 {len(claims)} 项合计 {say_money(total)}。" if total and claims[1:] else "",
        "empty": max(part.least - len(claims), 1),
    }


def _write_claim(part: Claims, claim: Claim, known: Known) -> list[Writing]:
    amount = [_words(say_money(claim.fen))] if claim.fen else write_entry(_SUM, NOTHING_KNOWN)
    words = [_words(part.opening)] if part.opening else []
    basis = _words(f"（依据：{claim.row.articles}）。")
    return [*words, *_pieces(claim.row.words, known), _words("，共计"), *amount, basis]


def _compose_prose(part: Prose, known: Known) -> Composed:
    told = say_entry(ENTRIES[part.free], known) if part.free else ""
    return {
        "shape": "prose",
        "heading": part.heading,
        "lines": _lines(part.sentences, known),
        "told": told.splitlines(),
        "ruled": 0 if told else part.lines,
        "after": _lines(part.after, known),
    }


def _compose_listing(part: RuledTable, known: Known) -> Composed:
    codes = known.answers.get("evidence") if part.evidence else None
    told = codes if isinstance(codes, list) else []
    there = [SHOWN_BY_EVIDENCE[code] for code in told if code in SHOWN_BY_EVIDENCE]
    return {
        "shape": "listing",
        "heading": part.heading,
        "columns": list(part.columns),
        "filled": [list(one) for one in there],
        "rows": part.rows,
    }


def _compose_boxes(part: Boxes, known: Known) -> Composed:
    boxes = [
        {
            "label": label,
            "told": say_entry(ENTRIES[name], known).splitlines() if name else [],
            "room": room,
            "foot": foot,
        }
        for label, name, room, foot in part.boxes
    ]
    return {
        "shape": "boxes",
        "cells": _cells(part.entries, part.wide, known),
        "boxes": boxes,
    }
