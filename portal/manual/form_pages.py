"""Pages made from the field table and the journeys: the data dictionary and the forms."""

from collections.abc import Iterator

from portal.domain.accounts.permissions import Role
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.counter import contacts
from portal.domain.counter.channels import ARRIVAL_QUESTIONS
from portal.domain.forms.fields import FIELDS, Choice, Field, Kind, Retention, Sensitivity
from portal.domain.forms.journeys import ABSENCE, JOURNEYS, PAPERS_ABSENT, Journey, Page, always
from portal.manual.markdown import NONE, code, codes, markdown_page, markdown_table

_WITH_LENGTH = frozenset({Kind.LINE, Kind.PARAGRAPH, Kind.SECRET})


def make_dictionary_page() -> str:
    """List every field: label, class, purpose, who sees it, how long kept, where asked."""
    columns = ("field", "label", "kind", "class", "purpose", "seen by", "kept", "asked at")
    legend = markdown_table(
        ("word in the table", "in the program", "stored"),
        [
            (f"{one.name.lower()}", one.value, "plain" if one is Sensitivity.INTERNAL else "sealed")
            for one in Sensitivity
        ],
    )
    kept = markdown_table(
        ("kept", "meaning"), [(_spaced(one.name), one.value) for one in Retention]
    )
    return markdown_page(
        "Data dictionary",
        "Everything that forms and steps ask, from `portal/domain/forms/fields/`. Nothing else "
        "about an applicant is stored but the words that go with steps, which are sealed as well. "
        "What a field of a step *counts as* is no sealed fact but a tally of the event, plain: "
        "[events](events.md#tallies).",
        markdown_table(columns, (_field_row(field) for field in FIELDS.values())),
        "*?* behind an address: asked only when earlier answers call for it.",
        "## Classes",
        legend,
        "## Keeping",
        kept,
        "Times of keeping are declared here and shown to the applicant; **no command erases closed "
        "cases yet**. Drafts that nobody touched are forgotten ([limits](limits.md)).",
        "## Choices",
        markdown_table(("field", "code", "label", "hint"), _choice_rows()),
        "The choices of `town` stand in `content/centre.toml`.",
    )


def _field_row(field: Field) -> tuple[str, ...]:
    kind = _spaced(field.kind)
    if field.kind in _WITH_LENGTH:
        kind += f", up to {field.max_length}"
    if field.optional:
        kind += "\noptional"
    return (
        code(field.name), field.label, kind, field.sensitivity.name.lower() + _how_kept(field),
        field.purpose, codes(role for role in Role if role in field.seen_by),
        _spaced(field.retention.name),
        code("/staff/new/<kind>") if field in ARRIVAL_QUESTIONS else "\n".join(_asked_at(field)),
    )  # fmt: skip


def _how_kept(field: Field) -> str:
    if field.tally:
        return f"\ncounts as {code(field.tally)}"
    return "\n**sealed**" if field.sealed else ""


def _asked_at(field: Field) -> Iterator[str]:
    for journey in JOURNEYS.values():
        for one in journey.pages:
            yield from _asked_on(one, field, code(_address(journey, one)))
        if field.name in journey.declarations:
            yield code(f"/{journey.address}/check")
    if field.name in {one.name for one in contacts.QUESTIONS}:
        yield code("/staff/contacts")
    for flow in WORKFLOWS.values():
        for step in flow.steps.values():
            if field.name in step.fields:
                yield f"step {code(step.code)} ({flow.kind})"


def _asked_on(page: Page, field: Field, address: str) -> Iterator[str]:
    if page.collection_name == field.name:
        yield f"{address} (the list)"
    for ask in (*page.asks, *page.more):
        if ask.field == field.name:
            sure = ask.when is always and page.when is always
            yield address + ("" if sure else " *?*")
    if page.photos and field.name in {PAPERS_ABSENT, *ABSENCE}:
        yield f"{address} (of a paper that is not there)"


def _choice_rows() -> Iterator[tuple[str, ...]]:
    for field in FIELDS.values():
        for choice in field.choices:
            yield _choice_row(field, choice)


def _choice_row(field: Field, choice: Choice) -> tuple[str, ...]:
    return code(field.name), code(choice.code), choice.label, choice.hint


def make_question_page() -> str:
    """List every form, page by page, in the order in which the applicant meets them."""
    parts = []
    for kind, journey in JOURNEYS.items():
        rows = [_page_row(journey, one) for one in journey.pages]
        rows.append(
            (
                code(f"/{journey.address}/check"),
                "核对",
                journey.button,
                codes(journey.declarations),
                "everybody",
            )
        )
        parts += [
            f"## {journey.title} `{kind}`, version {journey.version}",
            f"About {journey.minutes} minutes. Topics, which the page counts as steps, are the "
            "second column.",
            markdown_table(("address", "topic", "heading", "asks", "who gets it"), rows),
        ]
    lead = (
        "One topic a page; the server keeps the draft after every page. "
        "From `portal/domain/forms/journeys/`; [how to change them](../forms.md)."
    )
    return markdown_page("The forms, page by page", lead, *parts)


def _page_row(journey: Journey, one: Page) -> tuple[str, ...]:
    asks = ", ".join(
        code(ask.field) + ("" if ask.when is always else " *?*") for ask in (*one.asks, *one.more)
    )
    who = "everybody" if one.when is always else "when earlier answers call for it"
    if one.collection_name:
        who += f"\nonce for each entry of `{one.collection_name}`"
    return code(_address(journey, one)), one.group, one.title, asks or NONE, who


def _address(journey: Journey, one: Page) -> str:
    return f"/{journey.address}/{one.path}"


def _spaced(name: str) -> str:
    return name.lower().replace("_", " ")
