"""The page /local/: what the place has set for itself, and the offices that a worker goes to."""

from datetime import date

from rulefiles.local_values import LOCAL_VALUES, OFFICE_KINDS
from site_src.content import Content
from site_src.pages.cards import describe_office
from site_src.pages.sources import list_local_values
from site_src.pages.text import MadePage, bullets, heading, join


def make_local_page(content: Content, today: date) -> MadePage:
    """List every local value with its source, then the offices; what is blank says whom to ask."""
    local = content.local
    offices = [
        f"**{label}** {' '.join(describe_office(one) for one in local.offices if one.kind == kind)}"
        for kind, label in OFFICE_KINDS.items()
        if any(one.kind == kind for one in local.offices)
    ]
    parts = [
        "政策里说“本省定”“当地标准”的，就是下面这些数。每年会变，看清从哪天起。",
        heading("数目和天数", "values"),
        list_local_values(LOCAL_VALUES.values(), local, today),
        heading("到哪里办", "places") if offices else "",
        bullets(offices),
    ]
    meta = {
        "title": "本地的标准和办事地方",
        "description": "最低工资、低保、高温津贴、产假多少天，劳动仲裁、监察、工伤、社保到哪里办。",
        "kind": "page",
        "section": "local",
    }
    return MadePage("local.md", meta, join(parts))
