"""Cases from before anybody could keep out of one, or put one off: nobody did."""

from portal.store.store import Store


def migrate_to_v10(store: Store) -> None:
    """Write into each head that nobody keeps out of it, and that it was never put off."""
    store.db.table("cases").update({"excluded": "", "held_until": "", "holds": "0"})
