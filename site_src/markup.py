"""The one reader of Markdown: what is checked and previewed is what is published."""

from typing import Any, Final

import markdown
from pymdownx.slugs import slugify

from site_src.office_text import OfficeText

EXTENSIONS: Final = ("admonition", "attr_list", "fenced_code", "tables", "toc")
"""Those of mkdocs.yml, besides our own; a test keeps them alike."""
_CONFIGS: Final[dict[str, dict[str, Any]]] = {
    "toc": {"marker": "", "slugify": slugify(case="lower")}
}


def make_reader() -> markdown.Markdown:
    """Set up Python-Markdown as all of the site is read; `reset` it between two texts."""
    return markdown.Markdown(extensions=[*EXTENSIONS, OfficeText()], extension_configs=_CONFIGS)


def render_markdown(text: str) -> str:
    """Render Markdown as it will be published, with the names of its headings."""
    return make_reader().convert(text)
