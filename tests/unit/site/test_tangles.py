"""Text that would tie up the building of the site is refused, ordinary text is not."""

import pytest

from site_src.markup import render_markdown
from site_src.tangles import MOST_BRACKETS, find_tangles


@pytest.mark.parametrize(
    ("body", "row"),
    [
        ("[" * 60_000, 0),
        ("好\n" + "![" * 400, 1),
        ("1. " * 500, 0),
        ("> " * 500, 0),
        (">" * 500, 0),
        ("好\n\n" + " " * 400 + "- x", 2),
    ],
)
def test_knots_are_found_with_their_row(body: str, row: int) -> None:
    assert find_tangles(body)[0][0] == row


@pytest.mark.parametrize(
    "body",
    [
        "----------------\n\n* * *\n\n| a | b |\n|---|---|",
        "\n\n".join(["[甲](/a)" * 50] * 20),
        "\n".join(" " * 4 * depth + "- 甲" for depth in range(4)),
        "> 1. 甲",
    ],
)
def test_what_people_write_is_let_through_and_can_be_set(body: str) -> None:
    assert find_tangles(body) == []
    render_markdown(body)


def test_brackets_are_counted_for_each_paragraph_anew() -> None:
    assert find_tangles(("[" * MOST_BRACKETS + "\n\n") * 3) == []
    assert len(find_tangles(("[" * MOST_BRACKETS + "\n") * 3)) == 1
