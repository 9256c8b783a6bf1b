"""Cases of version 0.2.0: their heads tell whose turn it is, who has them in hand, and the town."""

from collections.abc import Iterable
from typing import Final

from portal.store.store import Store

_ASKED: Final = "supplement_requested"
_ENDED: Final = frozenset({
    "answered", "approved", "at_work", "closed", "fulfilled", "list_changed", "list_kept",
    "refused", "upheld", "withdrawn",
})  # fmt: skip
"""The states of 0.2.0 in which nobody had to act; in all others but `_ASKED` the centre had to."""
_KEEPS_ITS_HOLDER: Final = frozenset({
    "submit", "request_supplement", "give_supplement", "reply", "write", "rate", "report_to_leader",
})  # fmt: skip
_BEGINS_TO_HOLD: Final = frozenset({"introduce_job", "arrange_training", "begin_checking"})
"""The steps of 0.2.0 after which whoever took them goes on; all others leave it to be taken."""


def migrate_to_v8(store: Store) -> None:
    """Write into each head what the list of work finds it by."""
    cases = store.db.table("cases")
    for row in cases:
        fields = {
            "stage": f"{row['kind']}.{row['state']}",
            "turn": _tell_turn(str(row["state"])),
            "holder": _find_holder(row["taken"]),
            "news": "yes" if row.get("unread") else "no",
            "town": str(row.get("tally", {}).get("town", "")),
        }
        cases.update(fields, doc_ids=[row.doc_id])


def _find_holder(taken: Iterable[tuple[str, str]]) -> str:
    holder = ""
    for step, login in taken:
        if step not in _KEEPS_ITS_HOLDER:
            holder = login if step in _BEGINS_TO_HOLD else ""
    return holder


def _tell_turn(state: str) -> str:
    if state in _ENDED:
        return "nobody"
    return "applicant" if state == _ASKED else "centre"
