"""What stands in a column says what it may be, where its head says nothing."""

import re
from collections.abc import Callable, Mapping, Sequence

from portal.domain.forms.fields import Field, Kind
from portal.domain.rosters.column_words import is_of_others, score_head

_LOOKED_AT, _MOST = 30, 0.6
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,8}[·•][\u3400-\u9fff]{2,8}")
_PHONE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_SUM = re.compile(r"[￥¥]?\d[\d,]{0,9}(\.\d{1,2})?(元|)")
_FITS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.NAME: lambda text: bool(_NAME.fullmatch(text)),
    Kind.PHONE: lambda text: bool(_PHONE.fullmatch(re.sub(r"[\s-]", "", text))),
    Kind.MONEY: lambda text: bool(_SUM.fullmatch(text)),
}


def offer_by_content(
    columns: Sequence[Field], heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[str, list[int]]:
    """List for each field the places that hold what fits it, if no head speaks of something else.

    What fits a phone is no sum; numbers that only count the rows are neither.
    """
    offers: dict[str, list[int]] = {one.name: [] for one in columns}
    for place, head in enumerate(heads):
        if any(score_head(one.kind, head) for one in columns):
            continue
        texts = [row[place].strip() for row in rows[:_LOOKED_AT] if place < len(row)]
        filled = [text for text in texts if text]
        if not filled or filled == [str(number) for number in range(1, len(filled) + 1)]:
            continue
        for one in columns:
            fitting = _FITS.get(one.kind)
            if fitting is None or is_of_others(one.kind, head):
                continue
            if sum(map(fitting, filled)) >= _MOST * len(filled):
                offers[one.name].append(place)
                break
    return offers
