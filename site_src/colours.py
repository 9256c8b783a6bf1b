"""The colours of site, forms and workbench: four families, each with one meaning, in one table.

Style sheets name them as variables; a test refuses any other colour, and too little contrast.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: its variable, its value, its family, what it stands for, and the grounds on which
    text of this colour is read, by their names; none for grounds and lines."""

    name: str
    value: str
    family: str
    meaning: str
    read_on: tuple[str, ...] = ()


LEAST_CONTRAST = 4.5
_GROUNDS = ("paper", "card", "sand", "sand-wash", "red-wash", "go-wash", "white")

COLOURS: tuple[Colour, ...] = (
    Colour("red", "#8f1418", "red", "the union itself: band, seal, marks of headings, where one is;"
           " errors and what cannot be taken back", _GROUNDS),
    Colour("red-deep", "#6f0d12", "red", "red that is pointed at", _GROUNDS),
    Colour("red-wash", "#fbeeea", "red", "ground of an error, and of what has to be done now"),
    Colour("go", "#0b5238", "green", "whatever is pressed: buttons, links, telephone numbers;"
           " what has been done", _GROUNDS),
    Colour("go-deep", "#073d29", "green", "green that is pointed at", _GROUNDS),
    Colour("go-wash", "#e9f3ec", "green", "ground of what has been done or chosen"),
    Colour("paper", "#fbf7ef", "sand", "ground of every page", ("red", "red-deep", "stone")),
    Colour("card", "#fffdf9", "sand", "ground of what lies on the page"),
    Colour("sand", "#f1e9da", "sand", "ground of titles, of heads of tables, of what is pointed at",
           ("stone",)),
    Colour("sand-wash", "#fcf0d3", "sand", "ground of a notice, and of the words that were found"),
    Colour("sand-deep", "#c3913a", "sand", "edge of a notice; ornament"),
    Colour("line", "#d9ccb6", "sand", "lines that part"),
    Colour("line-strong", "#85765f", "sand", "edges of what can be filled in or chosen"),
    Colour("ink", "#211b17", "ink", "text", _GROUNDS),
    Colour("ink-soft", "#4d433b", "ink", "text of second rank", _GROUNDS),
    Colour("stone", "#38312b", "ink", "ground of the footer, the bridge"),
    Colour("stone-line", "#7d746b", "ink", "lines on stone"),
    Colour("white", "#fff", "ink", "fields to write in; text on red and green",
           ("red", "red-deep", "go", "go-deep", "stone")),
    Colour("black", "#000", "ink", "print; the inner ring of the focus", ("white",)),
    Colour("focus", "#ffdd00", "focus", "the outer ring around what the keyboard is at;"
           " nothing else"),
)  # fmt: skip


def write_colours() -> str:
    """Write the variables that every style sheet begins with."""
    return ":root{" + ";".join(f"--{one.name}:{one.value}" for one in COLOURS) + "}"


def measure_contrast(one: str, other: str) -> float:
    """Measure the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(value: str) -> float:
    digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
