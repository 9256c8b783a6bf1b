"""Two texts side by side: which lines went, which came."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Fate(StrEnum):
    """What became of a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of the comparison; of SKIPPED, the text is the number of unchanged lines."""

    fate: Fate
    text: str


_AROUND = 2  # unchanged lines shown on either side of a change


def compare_texts(old: str, new: str) -> tuple[DiffLine, ...]:
    """Return the changes from one text to the other, with a little of what stands around them.

    Empty if the texts are equal.
    """
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    lines: list[DiffLine] = []
    seen = 0
    for group in matcher.get_grouped_opcodes(_AROUND):
        first = group[0][1]
        if first > seen:
            lines.append(DiffLine(Fate.SKIPPED, str(first - seen)))
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                lines += [DiffLine(Fate.SAME, text) for text in before[start:end]]
                continue
            lines += [DiffLine(Fate.GONE, text) for text in before[start:end]]
            lines += [DiffLine(Fate.NEW, text) for text in after[new_start:new_end]]
        seen = group[-1][2]
    if lines and seen < len(before):
        lines.append(DiffLine(Fate.SKIPPED, str(len(before) - seen)))
    return tuple(lines)
