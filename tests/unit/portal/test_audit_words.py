"""Every act that is logged has a name that the auditor can read."""

import ast
from pathlib import Path

from portal.staff.cases.audit_labels import ACT_LABELS

PORTAL = Path(__file__).parents[3] / "portal"


def recorded_acts() -> set[str]:
    """The acts that stand as words in calls of audit.record: its fifth argument."""
    found = set()
    for file in PORTAL.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func, [_, _, _, ast.Constant(act), *_]):
                    if ast.unparse(func).endswith("audit.record"):
                        found.add(str(act))
    return found


def test_every_act_that_is_logged_has_a_chinese_name() -> None:
    acts = recorded_acts()
    assert {"search", "take out own data"} <= acts
    assert acts <= ACT_LABELS.keys()
