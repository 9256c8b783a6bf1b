"""One table of colours, one set of drawings, one menu."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from site_src.collections import list_indexed
from site_src.colours import COLOURS, LEAST_CONTRAST, measure_contrast, write_colours
from site_src.menu import list_menu
from site_src.pages.policies import DRAWINGS
from site_src.pages.troubles import TROUBLES

ROOT = Path(__file__).parents[3]
THEME = ROOT / "site_src/theme"
SHEETS = sorted([*THEME.glob("css/*.css"), *ROOT.glob("portal/web/css/*.css")])
DRAWN = sorted(
    path
    for ending in ("html", "svg", "typ")
    for folder in ("site_src", "portal")
    for path in (ROOT / folder).rglob(f"*.{ending}")
)
VALUES = {colour.name: colour.value for colour in COLOURS}
LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|:\s*(?:black|white|red|green|blue|gr[ae]y)\b",
    re.IGNORECASE,
)
ICON = re.compile(r"""icon\("([a-z]+)"\)""")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_style_sheets_name_colours_of_the_table_and_no_others(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    assert LITERAL.findall(text) == []
    named = set(re.findall(r"var\(--([a-z0-9-]+)\)", text))
    own = set(re.findall(r"--([a-z0-9-]+):", "".join(one.read_text("utf-8") for one in SHEETS)))
    assert named <= own | set(VALUES)


def test_drawings_and_papers_use_the_colours_of_the_table() -> None:
    strange = {
        (path.name, value)
        for path in DRAWN
        for value in re.findall(r"[\"'(]#[0-9a-f]{6}\b", path.read_text("utf-8"))
        if value[1:] not in VALUES.values()
    }
    assert strange == set()


@pytest.mark.parametrize(
    ("text", "ground"), [(one.name, ground) for one in COLOURS for ground in one.read_on]
)
def test_text_can_be_read_on_each_of_its_grounds(text: str, ground: str) -> None:
    assert measure_contrast(VALUES[text], VALUES[ground]) >= LEAST_CONTRAST


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert measure_contrast("#000", "#ffffff") == pytest.approx(21)
    assert measure_contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)
    assert ":root{--red:#8f1418;" in write_colours()


def test_the_menu_leads_to_every_collection_or_the_footer_does() -> None:
    sections = [entry["section"] for group in list_menu() for entry in group["entries"]]
    assert len(set(sections)) == len(sections)
    assert {"home", "tools", "network", "notices", "public-lists", "status"} <= set(sections)
    assert {row.folder for row in list_indexed() if row.menu} <= set(sections)


def test_every_drawing_that_is_asked_for_is_there() -> None:
    templates = Environment(loader=FileSystemLoader(THEME), autoescape=True)
    paths = templates.get_template("shared/icons.html").module.paths  # type: ignore[attr-defined]
    asked = {entry["icon"] for group in list_menu() for entry in group["entries"]}
    asked |= {row.icon for row in list_indexed()}
    asked |= set(DRAWINGS.values())
    asked |= {icon for trouble in TROUBLES for icon in trouble.cards.values()}
    for path in DRAWN:
        asked |= set(ICON.findall(path.read_text("utf-8")))
    assert asked <= set(paths)
    assert all(re.fullmatch(r"[MmLlHhVvAaCcQqSsZz0-9. -]+", path) for path in paths.values())
