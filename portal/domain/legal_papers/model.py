"""What a legal paper is made of: rows that say what stands on it and where that comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.domain.calculators.results import Basis
from portal.domain.forms.fields import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that is written on papers, called `label` in tables.

    `sources` are the questions of forms and calculators that tell it, the first that was answered
    counts; without any it is always written by hand. `room` is the blank in millimetres, `offers`
    what stands there to be ticked instead. `reads` makes words of the answer; `spelt` adds an
    amount in capital numerals.
    """

    label: str
    sources: tuple[str, ...] = ()
    kind: Kind = Kind.LINE
    room: int = 40
    offers: tuple[str, ...] = ()
    reads: Callable[[str], str] | None = None
    spelt: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with entries in braces. Where `about` is not empty, only of such matters: topics of a
    consultation, or claims; never of those in `not_about`. Left out if the question `unless[0]`
    says `unless[1]`."""

    words: str
    about: frozenset[str] = frozenset()
    unless: tuple[str, str] = ("", "")
    not_about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyTable:
    """Who somebody is, as a table of entries; those in `wide` take a whole row."""

    heading: str
    entries: tuple[str, ...]
    wide: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Paragraphs; then a long answer as it was written, or so many `lines` to write on."""

    heading: str = ""
    sentences: tuple[Sentence, ...] = ()
    free: str = ""
    lines: int = 0
    after: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What is demanded, one claim a line, numbered, then the total; each begins with `opening`.

    Some numbers are left blank, at `least` so many in all. `usual` is the claim that a paper about
    which nothing is known has.
    """

    heading: str = ""
    opening: str
    usual: str = ""
    least: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """Reasons or powers to be ticked; one is ticked if the matter is in its `about`."""

    heading: str = ""
    choices: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledTable:
    """A table with so many rows; those of `evidence` are filled with what there is."""

    heading: str = ""
    columns: tuple[str, ...] = ()
    rows: int = 8
    evidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """A printed form: tables of entries, and boxes of their own below them.

    A box is (label, entry or "", lines of room, what stands at its foot). What does not fit into
    it goes on a continuation sheet.
    """

    entries: tuple[str, ...]
    wide: frozenset[str] = frozenset()
    boxes: tuple[tuple[str, str, int, str], ...] = ()


Part = PartyTable | Prose | Claims | Ticks | RuledTable | Boxes


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalPaper:
    """One paper. `code` stands in addresses; what the public reads is one plain sentence each.

    `office` is the kind of local office it goes to, by the code in `content/rules/local.toml`.
    `topics` are those of a consultation for which it is offered first; `site_src.portal_addresses`
    has the rights cards that offer it. `opening` stands before the parts, `addressee` is behind
    此致, `signers` sign with a date, `attached` is the list at the end. `warning` says what must be
    true before it leaves the house.
    """

    code: str
    title: str
    purpose: str
    signs: str
    copies: str
    hand_in: str
    warning: str
    office: str = ""
    bases: tuple[Basis, ...]
    topics: frozenset[str] = frozenset()
    opening: tuple[Sentence, ...] = ()
    parts: tuple[Part, ...]
    addressee: str = ""
    signers: tuple[str, ...]
    attached: tuple[str, ...] = field(default=())
