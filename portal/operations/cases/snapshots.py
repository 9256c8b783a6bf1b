"""What the workflow table needs to know of a case now: its head, and what its files add."""

from contextlib import suppress

from portal.domain.accounts.actor import VISITOR
from portal.domain.cases.case import Case
from portal.domain.cases.workflow import OPENING
from portal.domain.documents.document_types import has_signed_form
from portal.domain.records.guards import SIGNED_FORM
from portal.domain.records.workflow import Snapshot
from portal.operations.office import Office
from portal.store import cases, files
from portal.store.errors import Damaged


def take_snapshot(office: Office, case: Case) -> Snapshot:
    """Return the case as it is now; of one keyed in, also whether its form is there signed."""
    traits = (SIGNED_FORM,) if _is_keyed_in(case) and _is_signed(office, case.receipt) else ()
    return case.snapshot(office.today(), *traits)


def _is_keyed_in(case: Case) -> bool:
    keyed_in = any(act == "submit" and login != VISITOR for act, login in case.taken)
    return keyed_in and OPENING in {case.state, case.returns_to}


def _is_signed(office: Office, receipt: str) -> bool:
    stored = cases.find_case(office.store, receipt)
    with suppress(Damaged):
        return stored is not None and has_signed_form(files.files_of(office.store, stored.owner))
    return False
