"""A manuscript's body as readers will see it: Markdown, raw HTML off, then cleaned."""

import re

import nh3
from markupsafe import Markup

from site_src.checks import IMAGE_ADDRESS
from site_src.markup import make_reader
from site_src.tangles import find_tangles

_TAGS = {
    "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "a", "img", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code", "pre", "div",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"}, "img": {"src", "alt"}, "div": {"class"}, "p": {"class"}, "ul": {"class"},
    "ol": {"start"}, "li": {"value"},
}  # fmt: skip
# No rule for a class of ours: nothing in a preview may look like a button of the workbench.
_KEPT = {
    "href": re.compile(r"/(?!/)[^\\]*|#.*|tel:[0-9-]+", re.DOTALL),
    "src": IMAGE_ADDRESS,
    "class": re.compile(r"admonition(-title| [a-z]+)?|typed|wide"),
    "start": re.compile(r"[0-9]{1,9}"),
    "value": re.compile(r"[0-9]{1,9}"),
    "alt": re.compile(r".*", re.DOTALL),
}


def render_preview(text: str) -> Markup:
    """Make HTML that is safe to show whatever was typed; links stay within the site."""
    if tangles := find_tangles(text):
        return Markup("<p>{}</p>").format(f"正文第 {tangles[0][0] + 1} 行：{tangles[0][1]}。")
    reader = make_reader()
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    cleaned = nh3.clean(
        reader.convert(text),
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"tel"},
        link_rel=None,
        strip_comments=True,
    )
    return Markup(cleaned)  # noqa: S704 (this is what the cleaning is for)


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    kept = _KEPT.get(name)
    return value if kept and kept.fullmatch(value) else None
