"""The failures of the store that an app must answer for."""

from portal.store.errors import Damaged, StoreBusy, StoreDown, StoreFull

STORE_FAILURES = (StoreFull, StoreBusy, StoreDown, Damaged)
