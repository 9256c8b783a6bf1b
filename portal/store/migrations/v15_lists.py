"""Cases from before open work was counted by one text, and a list went by the claim lost first."""

from typing import Any

from portal.store.store import Store

_ENDED = "nobody"
_GROUPED = ("turn", "stage", "holder", "news", "held_until", "due_on")


def migrate_to_v15(store: Store) -> None:
    """Write into each head what lists count it by; of a consultation, that no claim is on top.

    What its answers say is reckoned by the rules, when the server starts.
    """
    cases = store.db.table("cases")
    for row in cases:
        ended = row["turn"] == _ENDED
        fields: dict[str, Any] = {"work": None if ended else " ".join(row[one] for one in _GROUPED)}
        if row["kind"] == "consultation":
            fields |= {
                "claim_by": "9999",
                "claim_order": f"9999_{row['due_on']}",
                "alarm": "",
                "reckoned_on": "",
            }
        cases.update(fields, doc_ids=[row.doc_id])
