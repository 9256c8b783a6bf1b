"""What was typed into a page that was refused: kept as it was typed until the page is sent right.

It stands beside the answers of a form, or of one entry of a list, under a name that no field has:
it answers nothing and is never filed.
"""

from collections.abc import Mapping

TypedPage = Mapping[str, list[str]]
"""What was typed into each question of a page."""

MOST_KEPT = 6_000
"""Characters that are kept of one page; the longest answer has 2,000."""
_SUFFIX = " refused"


def name_of_refused(path: str) -> str:
    """Return the name under which is kept what was typed into the page with this path."""
    return f"{path}{_SUFFIX}"


def refused_in(answers: Mapping[str, object], path: str) -> TypedPage | None:
    """Return what was typed into the page with this path; None if it was not refused."""
    typed = answers.get(name_of_refused(path))
    return typed if isinstance(typed, Mapping) else None


def has_refused(answers: Mapping[str, object]) -> bool:
    """Tell whether any page was refused."""
    return any(name.endswith(_SUFFIX) for name in answers)


def may_be_kept(typed: TypedPage) -> bool:
    """Tell whether it is no more than a person types."""
    return sum(len(text) + 1 for texts in typed.values() for text in texts) <= MOST_KEPT


def add_answers(answers: Mapping[str, object], added: Mapping[str, object]) -> dict[str, object]:
    """Add the answers of a page; None for what was refused of it forgets that."""
    answers = {**answers, **added}
    return {
        name: value
        for name, value in answers.items()
        if value is not None or not name.endswith(_SUFFIX)
    }
