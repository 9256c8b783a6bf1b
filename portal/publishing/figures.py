"""Published figures: how many cases of each kind came in, month by month."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from portal.domain.periods import local_date
from portal.domain.statistics import SMALLEST_SHOWN, count_by_month, hide_small, months_back
from portal.domain.workflow import WORKFLOWS, CaseKind
from portal.store.cases import submissions_between
from portal.store.rows import RowDB

MONTHS = 12
FILE = "cases-by-month.json"
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def cases_by_month(db: RowDB, now: datetime, source: str) -> dict[str, Any]:
    """The figures as they are published. `source` names the centre that counted."""
    months = months_back(local_date(now), MONTHS)
    first = datetime.fromisoformat(f"{months[0]}-01").replace(tzinfo=_SHANGHAI)
    counted = count_by_month(submissions_between(db, first.astimezone(UTC), now), months)
    return {
        "title": "每个月收到多少件",
        "generated_at": now.isoformat(timespec="seconds"),
        "period_from": months[0],
        "period_to": months[-1],
        "unit": "件",
        "source": source,
        "small_cells": f"少于 {SMALLEST_SHOWN} 的数不公布",
        "kinds": {str(kind): WORKFLOWS[kind].label for kind in CaseKind},
        "months": [
            {"month": month} | {str(kind): hide_small(count) for kind, count in counts.items()}
            for month, counts in counted
        ],
    }


def publish_figures(db: RowDB, now: datetime, source: str, folder: Path) -> Path:
    """Write the figures for the site to read; the old file stays until the new one is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    target, draft = folder / FILE, folder / f".{FILE}.new"
    text = json.dumps(cases_by_month(db, now, source), ensure_ascii=False, indent=1)
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
    return target
