"""The privacy notice's list of what each form asks, out of the field table; it needs no case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from portal.domain.accounts.permissions import ALL_HANDLERS, ROLE_LABELS, Role
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.counter.channels import ARRIVAL_QUESTIONS
from portal.domain.forms.fields import FIELDS, Field
from portal.domain.forms.fields.contact import CONTACT_QUESTIONS
from portal.domain.forms.journeys import ABSENCE, JOURNEYS, PAPERS_ABSENT, Journey
from portal.publishing.files import write_whole

PRIVACY_FILE = "privacy.json"


def make_privacy() -> dict[str, Any]:
    """Make the file's content: for each form every field that it may ask.

    In the order of asking, then what staff note when they key it in, and what steps of the case
    ask.

    Source of what must be told: 个人信息保护法第十七条, in the form of a list.
    """
    return {
        "forms": [
            {
                "code": journey.address,
                "title": journey.title,
                "fields": [
                    _describe(field, WORKFLOWS[journey.kind].readers) for field in _asked(journey)
                ],
            }
            for journey in JOURNEYS.values()
        ]
        + [_CONTACTS]
    }


def _asked(journey: Journey) -> Iterator[Field]:
    names: list[str] = []
    for page in journey.pages:
        names += [page.collection_name] if page.collection_name else []
        names += [ask.field for ask in (*page.asks, *page.more)]
        names += [PAPERS_ABSENT, *ABSENCE] if page.photos else []
    names += journey.declarations
    names += [field.name for field in ARRIVAL_QUESTIONS]
    names += [name for step in WORKFLOWS[journey.kind].steps.values() for name in step.fields]
    yield from (FIELDS[name] for name in dict.fromkeys(names))


def _describe(field: Field, openers: frozenset[Role]) -> dict[str, Any]:
    # Of those who may see the field only they see it here who may open this kind of case.
    readers = field.seen_by & openers
    return {
        "name": field.name,
        "label": field.label,
        "class": field.sensitivity.name.lower(),
        "purpose": field.purpose,
        "seen_by": [ROLE_LABELS[role] for role in Role if role in readers],
        "kept": field.retention.value,
        "optional": field.optional,
    }


_CONTACTS: Final[dict[str, Any]] = {
    "code": "contacts",
    "title": "打电话、来访时的登记",
    "fields": [_describe(field, ALL_HANDLERS) for field in CONTACT_QUESTIONS],
}
"""What staff note of a call or visit without a form."""


def publish_privacy(folder: Path) -> None:
    """Write the file for the site to read."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / PRIVACY_FILE, make_privacy())
