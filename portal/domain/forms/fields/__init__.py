"""The field table: every piece of data the portal ever asks for, once.

Forms, checks, sealing, masking, printing, the privacy notice and the data dictionary
are derived from it. Source of the questions: the union's hardship file （困难职工档案表）
and the intake sheet of union legal aid.
"""

from portal.domain.forms.fields import (
    arrival,
    complaint,
    contact,
    hardship,
    legal,
    objection,
    others,
    person,
    shared,
    steps,
)
from portal.domain.forms.fields.model import (
    Choice,
    Field,
    Kind,
    Mask,
    Retention,
    Sensitivity,
    find_way_on,
    label_of,
    narrow_choices,
)

__all__ = [
    "FIELDS",
    "Choice",
    "Field",
    "Kind",
    "Mask",
    "Retention",
    "Sensitivity",
    "find_way_on",
    "label_of",
    "narrow_choices",
]

_ALL = (
    *person.QUESTIONS,
    *shared.QUESTIONS,
    *hardship.QUESTIONS,
    *legal.QUESTIONS,
    *others.QUESTIONS,
    *objection.QUESTIONS,
    *complaint.QUESTIONS,
    *steps.QUESTIONS,
    *arrival.QUESTIONS,
    *contact.QUESTIONS,
)

FIELDS: dict[str, Field] = {field.name: field for field in _ALL}
if len(FIELDS) != len(_ALL):
    raise RuntimeError("a field name stands twice in the field table")
