"""The failures of the store that an app must answer for."""

from portal.store.errors import Damaged, StoreBusy, StoreDown, StoreFull
from portal.store.files import DISK_FULL

__all__ = ["DISK_FULL", "STORE_FAILURES"]

STORE_FAILURES = (StoreFull, StoreBusy, StoreDown, Damaged)
