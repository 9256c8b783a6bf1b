"""Migrations of documents, by number, in the order in which programs brought them.

Tables and indexes follow the schema by themselves; a migration rewrites what lies in them. It is
one transaction with the mark that it was done: killed at any moment, it has happened or it has
not, and the next one to open the instance does it. It knows rows, never today's classes, which
go on changing.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from tinydb.table import Document

from portal.domain.audit.actions import AuditAction
from portal.store import audit
from portal.store.migrations import (
    v5_records,
    v6_drafts,
    v7_months,
    v8_desk,
    v9_traces,
    v10_hands,
    v14_takers,
    v15_lists,
)
from portal.store.store import Store

Migration = Callable[[Store], None]

MIGRATIONS: Final[dict[int, Migration]] = {
    5: v5_records.migrate_to_v5,
    6: v6_drafts.migrate_to_v6,
    7: v7_months.migrate_to_v7,
    8: v8_desk.migrate_to_v8,
    9: v9_traces.migrate_to_v9,
    10: v10_hands.migrate_to_v10,
    14: v14_takers.migrate_to_v14,
    15: v15_lists.migrate_to_v15,
}
"""By the version of the schema that brought them."""

_log = logging.getLogger("portal")


def pending(store: Store) -> list[int]:
    """List the migrations that this instance still needs, in their order."""
    done = {row.doc_id for row in store.db.table("migrations")}
    return [number for number in sorted(MIGRATIONS) if number not in done]


def migrate(store: Store, at: datetime) -> None:
    """Do what is pending, each as a whole or not at all."""
    for number in pending(store):
        _log.warning("数据正在升级到第 %d 版，请不要关机。", number)
        with store.transaction():
            MIGRATIONS[number](store)
            _mark(store, number, at)
            audit.record(store, at, "system", AuditAction.MIGRATE, f"version {number}")
        _log.warning("数据已经升级到第 %d 版。", number)


def mark_all(store: Store, at: datetime) -> None:
    """Mark a new instance as needing none."""
    for number in MIGRATIONS:
        _mark(store, number, at)


def _mark(store: Store, number: int, at: datetime) -> None:
    store.db.table("migrations").insert(Document({"at": at.isoformat()}, number))
