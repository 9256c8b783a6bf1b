"""The privacy notice: the centre's own text, and below it all that the forms ask, item by item."""

from collections.abc import Iterator

from site_src.content import Item
from site_src.pages.text import Written, bullets, escape, heading, join
from site_src.public_data import AskedField, AskedForm, Privacy
from site_src.schemas import OwnPage

Telling = tuple[str, tuple[str, ...], str]
"""The name of a field, who sees it, how long it is kept."""
CLASSES = {
    "sensitive": ("敏感个人信息", "泄露出去伤害大。要您打勾同意才用，加密存放。"),
    "personal": ("一般个人信息", "加密存放。"),
    "internal": ("分类、同意和承诺", "用来分类统计，或者记下您同意了什么。"),
}


def make_privacy_page(page: Item[OwnPage], privacy: Privacy | None) -> Written:
    """Write the page /privacy/; without the published list only the text."""
    forms = privacy.forms if privacy else ()
    meta = {
        "description": page.record.summary,
        "kind": "page",
        "jumps": [
            {"title": f"{form.title}：每一项", "address": f"#form-{form.code}"} for form in forms
        ],
        "jumps_label": "跳到",
    }
    lists: list[str] = []
    known: set[Telling] = set()
    for form in forms:
        lists += list_form(form, known)
        known |= {tell(field) for field in form.fields}
    return meta, join([page.body, *lists])


def tell(field: AskedField) -> Telling:
    """Return all that a reader is told of a field."""
    return field.name, field.seen_by, field.kept


def list_form(form: AskedForm, known: set[Telling]) -> Iterator[str]:
    """List the fields of a form class by class, the sensitive ones first.

    What an earlier form has told in full is only named again.
    """
    yield heading(f"{escape(form.title)}：每一项要什么", f"form-{form.code}")
    again = [field for field in form.fields if tell(field) in known]
    if len(again) < len(form.fields):
        yield "粗字是表上问您的话，后面是为什么问。"
    for code, (words, care) in CLASSES.items():
        fields = [field for field in form.fields if field.kind == code and field not in again]
        if fields:
            yield f"### {words}（{len(fields)} 项） {{: #form-{form.code}-{code} }}"
            for group in group_fields(fields):
                yield care + describe_keeping(group[0])
                yield bullets(describe_field(field) for field in group)
    if again:
        yield f"### 和前面的表一样的（{len(again)} 项） {{: #form-{form.code}-again }}"
        yield bullets(name_again(again))


def name_again(again: list[AskedField]) -> Iterator[str]:
    """Name the fields of each class in one line."""
    for code, (words, _) in CLASSES.items():
        labels = [escape(field.label.rstrip("？")) for field in again if field.kind == code]
        if labels:
            yield f"**{words}：**{'；'.join(labels)}。"


def group_fields(fields: list[AskedField]) -> list[list[AskedField]]:
    """Group fields that the same people see and that are kept for the same time."""
    groups: dict[tuple[object, ...], list[AskedField]] = {}
    for field in fields:
        groups.setdefault((field.seen_by, field.kept), []).append(field)
    return list(groups.values())


def describe_keeping(field: AskedField) -> str:
    """Say who sees a field and how long it is kept."""
    return f"能看的人：{escape('、'.join(field.seen_by))}。{escape(field.kept)}。"


def describe_field(field: AskedField) -> str:
    """Show the question as the form asks it, and its purpose."""
    purpose = escape(field.purpose) + ("（可不填）" if field.optional else "")
    return f"**{escape(field.label)}** {purpose}"
