"""Documents as text: what both databases can hold, and nothing else."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping

from portal.store.engine.layout import Path

NUL_IN_JSON = "\\u0000"


def encode_document(document: Mapping[str, object], indexed: Iterable[Path]) -> str:
    """Return the document as JSON text, once both databases are sure to take it.

    Raises ``TypeError`` for what JSON cannot hold and for an indexed field that is neither
    text nor absent (SQL and Python would compare it differently), and ``ValueError`` naming
    the field for a NUL, half of a surrogate pair, infinity or NaN.
    """
    for path in indexed:
        if not isinstance(_value_at(document, path), str | None):
            raise TypeError(f"{'.'.join(path)} is indexed and must be text")
    try:
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        text.encode()
    except ValueError as error:
        raise _refusal(document) or error from None
    if NUL_IN_JSON in text and (refusal := _refusal(document)):
        raise refusal
    return text


def is_storable(text: str) -> bool:
    """Tell whether both databases can hold ``text``: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= symbol <= "\udfff" for symbol in text)


def _value_at(document: object, path: Path) -> object:
    for part in path:
        document = document.get(part) if isinstance(document, Mapping) else None
    return document


def _refusal(document: Mapping[str, object]) -> ValueError | None:
    place = next(_unstorable(document, ""), None)
    return ValueError(f"{place} cannot be stored") if place is not None else None


def _unstorable(value: object, place: str) -> Iterator[str]:
    """Name the places of what cannot be stored, without repeating it: it may be personal."""
    if isinstance(value, str) and not is_storable(value):
        yield f"{place}: a NUL or half of a character"
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{place}: a number that is not finite"
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if isinstance(key, str) and not is_storable(key):
                yield f"{place or 'the document'}: a field name with a NUL or half of a character"
            yield from _unstorable(part, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _unstorable(part, f"{place}[{number}]")
