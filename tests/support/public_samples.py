"""Small published files for tests of the site: two figures with a chart, one list on show."""

import copy
from typing import Any


def indicator(code: str, period: int | str | None, **changed: Any) -> dict[str, Any]:
    """One figure as the portal writes it."""
    return {
        "code": code,
        "name": f"示范指标 {code}",
        "unit": "件次",
        "group": "接待与咨询",
        "definition": f"{code} 是这样算的。",
        "origin": "示范记录",
        "part_of": "",
        "stock": False,
        "counted": True,
        "period": period,
        "total": period,
    } | changed


FIGURES: dict[str, Any] = {
    "generated_at": "2026-11-23T17:00:00Z",
    "period_from": "2026-01-01",
    "period_to": "2026-11-24",
    "since": "2025-12-01",
    "source": "办件记录（示范数据）",
    "demonstration": True,
    "smallest_shown": 5,
    "indicators": [
        indicator("S3", "1234.50", unit="万元", group="生活帮扶", name="发放帮扶款"),
        indicator("S1.4", 28, name="网上提交"),
        indicator("S1.5", 21, part_of="S1.4", name="困难帮扶申请"),
        indicator("S1.6", None, part_of="S1.4", name="法律咨询"),
        indicator("S8", None, counted=False, group="维权", name="帮助职工依法维权"),
    ],
    "charts": [
        {
            "code": "received",
            "title": "每个月网上收到多少件",
            "series": ["S1.5", "S1.6"],
            "months": [
                {"month": "2026-09", "values": [None, 7]},
                {"month": "2026-10", "values": [12, 9]},
            ],
        }
    ],
}
ROW = {
    "name": "陈**",
    "town": "青石街道",
    "household": 3,
    "category": "深度困难",
    "cause": "因病因残",
    "item": "医疗帮扶",
    "amount": "5,000",
}
PUBLICITY: dict[str, Any] = {
    "generated_at": "2026-11-23T17:00:00Z",
    "source": "青石市总工会困难职工帮扶中心",
    "demonstration": True,
    "phone": "0000-1234567",
    "place": "示范路 1 号",
    "lists": [
        {"starts_on": "2026-11-23", "ends_on": "2026-11-30", "households": 1, "rows": [ROW]},
        {"starts_on": "2026-11-16", "ends_on": "2026-11-23", "households": 6, "rows": []},
    ],
}


def changed_row(**changed: Any) -> dict[str, Any]:
    """The published lists with something else in their first row."""
    publicity = copy.deepcopy(PUBLICITY)
    publicity["lists"][0]["rows"][0] |= changed
    return publicity
