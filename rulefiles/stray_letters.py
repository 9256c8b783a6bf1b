"""Signs that no text of the centre may hold: nobody sees them, and programs stumble over them."""

import re
from collections.abc import Iterator
from typing import Final

_STRAY: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls; tab and line end are none of these
    "\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff"  # unseen: parts words, turns them round
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    "\ufffd\ue000-\uf8ff"  # what was lost in a conversion, bullets of a font that few have
    "]"
)
_BEFORE: Final = 6


def find_stray_letters(text: str) -> Iterator[tuple[int, str]]:
    """Find the line, from 1, and a remedy for the first of each line."""
    for number, row in enumerate(text.split("\n"), 1):
        if found := _STRAY.search(row):
            before = row[max(0, found.start() - _BEFORE) : found.start()].strip()
            place = f"“{before}”后面" if before else "行首"
            yield (
                number,
                f"{place}有一个看不见或者读不出来的字符（U+{ord(found[0]):04X}），"
                "多半是粘贴时带来的。请把它前后的字一起删掉，重新打一遍",
            )


def drop_stray_letters(text: str) -> str:
    """Return the text without them."""
    return _STRAY.sub("", text)
