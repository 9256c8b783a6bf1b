"""The kinds of case, and the names that addresses and rows know them by."""

from enum import StrEnum


class CaseKind(StrEnum):
    """The kinds of case; the value is the name used in addresses and rows."""

    HARDSHIP = "hardship"
    SCHOOLING = "schooling"
    MEDICAL = "medical"
    TEMPORARY = "temporary"
    CONSULTATION = "consultation"
    JOBS = "jobs"
    OWN_DATA = "own_data"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


RELIEF = frozenset({CaseKind.HARDSHIP, CaseKind.SCHOOLING, CaseKind.MEDICAL, CaseKind.TEMPORARY})
"""The applications for help, in which the hardship test is made."""
