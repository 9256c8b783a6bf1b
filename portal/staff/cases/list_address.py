"""Which list somebody came from, as the addresses of the workbench carry it along."""

import re
from dataclasses import dataclass
from typing import Any

from flask import request

from portal.domain.cases.work_views import (
    CLAIM_DAYS,
    FIRST_VIEW,
    VIEWS,
    Selection,
    WorkView,
    narrow_selection,
    select_stage,
    select_view,
)
from portal.domain.cases.workflow import WORKFLOWS, kinds_open_to
from portal.domain.search.traces import fold_employer
from portal.domain.shared.case_kinds import CaseKind
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.cases.work_list import ListPlace
from portal.operations.office import Office
from portal.staff.accounts.sign_in import actor

FILTERS = ("view", "kind", "town", "employer", "limit")
_LONGEST_EMPLOYER = 60
_DAYS, _ROW = re.compile(r"[0-9-]{4,10}(_[0-9-]{4,10})?"), re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class ListAddress:
    """Which list somebody came from: what stands behind the question mark of its address."""

    view: WorkView
    kind: CaseKind | None = None
    town: str = ""
    employer: str = ""
    """As it was typed."""
    last_day: str = ""
    state: str = ""
    """With it, all cases of the kind that are in this state."""

    @property
    def query(self) -> dict[str, Any]:
        """What leads back to the list."""
        if self.state:
            return {"queue": f"{self.kind}.{self.state}"}
        asked = {
            "view": self.view.code,
            "kind": str(self.kind or ""),
            "town": self.town,
            "employer": self.employer,
            "limit": self.last_day,
        }
        return {name: value for name, value in asked.items() if value}

    def select(self, office: Office) -> Selection:
        """Return the cases of the list, for who is signed in."""
        if self.kind and self.state:
            return select_stage(self.kind, self.state)
        return narrow_selection(
            select_view(self.view, actor(), office.today()),
            self.kind,
            self.town,
            self.folded_employer,
            self.last_day,
        )

    @property
    def folded_employer(self) -> str:
        """The employer as it is compared; empty if none was asked for."""
        return fold_employer(self.employer) if self.employer else ""


def read_list_address(office: Office) -> ListAddress:
    """Read which list the address names; what it cannot name is the first one."""
    kinds = {str(kind): kind for kind in kinds_open_to(actor().roles)}
    kind, _, state = request.args.get("queue", "").partition(".")
    if kind in kinds and state in WORKFLOWS[kinds[kind]].states:
        return ListAddress(FIRST_VIEW, kinds[kind], state=state)
    town = request.args.get("town", "")
    towns = {choice.code for choice in office.choices["town"]}
    last_day = request.args.get("limit", "")
    reads_legal = CaseKind.CONSULTATION in kinds.values()
    return ListAddress(
        VIEWS.get(request.args.get("view", ""), FIRST_VIEW),
        kinds.get(request.args.get("kind", "")),
        town if town in towns else "",
        clean_text(request.args.get("employer", ""))[:_LONGEST_EMPLOYER],
        last_day if reads_legal and last_day in CLAIM_DAYS else "",
    )


def came_from_a_list() -> bool:
    """Tell whether the address of a case says from which list somebody came."""
    return bool({"view", "queue"} & request.args.keys())


def read_place(name: str) -> ListPlace | None:
    """Read a place in a list from the address; None if there is none."""
    days, _, row = request.args.get(name, "").partition(".")
    return (days, int(row)) if _DAYS.fullmatch(days) and _ROW.fullmatch(row) else None


def show_place(place: ListPlace) -> str:
    """Write a place as `read_place` reads it."""
    return f"{place[0]}.{place[1]}"
