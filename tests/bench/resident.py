"""Quick builds in a process that has built before: python -m tests.bench.resident FOLDER

Prints JSON: for each kind of change the seconds of processor and on the wall, medians of rounds.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import astuple
from datetime import date
from pathlib import Path

from site_src.build import build_site
from site_src.memory import Memory
from tests.bench.measuring import clock, middle

DAY = date(2026, 11, 24)
ROUNDS = 5


def main() -> None:
    """Build once, then again after each change."""
    root = Path(sys.argv[1])
    memory = Memory()
    page = sorted((root / "content" / "policies").iterdir())[7]
    text = page.read_text(encoding="utf-8")

    def build() -> None:
        build_site(root, lambda _: None, "https://bench.example", DAY, memory)

    def change_body(number: int) -> None:
        page.write_text(f"{text}\n第 {number} 次改动。\n", encoding="utf-8")

    def change_title(number: int) -> None:
        page.write_text(text.replace("示范数据：", f"示范数据 {number}：", 1), encoding="utf-8")

    changes: dict[str, Callable[[int], object]] = {
        "nothing": lambda _: None,
        "body": change_body,
        "title": change_title,
    }
    build()
    found = {}
    for name, change in changes.items():
        costs = []
        for number in range(ROUNDS):
            change(number)
            costs.append(clock(build))
        found[name] = astuple(middle(costs))
    page.write_text(text, encoding="utf-8")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
