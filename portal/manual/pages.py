"""All pages of the manual: the hand-written ones and those made from the tables."""

import shutil
import tempfile
import tomllib
from pathlib import Path

from flask import Flask

from portal.manual.drawing import draw_layers
from portal.manual.figure_pages import make_indicator_page
from portal.manual.form_pages import make_dictionary_page, make_question_page
from portal.manual.reference_pages import (
    make_command_page,
    make_deadline_page,
    make_limit_page,
    make_route_page,
)
from portal.manual.workflow_pages import make_event_page, make_permission_page, make_state_pages
from portal.public.app import create_public_app
from portal.server.serve import now_utc, open_newsroom, open_office
from portal.settings.config import Config, read_centre, read_rules
from portal.staff.app import create_staff_app
from portal.store.centre.instance import Place, create_instance
from rulefiles.deadlines import DEADLINE_FILE, load_time_limits
from rulefiles.toml_files import read_toml

TABLES_FOLDER = "tables"


def make_apps(root: Path) -> tuple[Flask, Flask]:
    """Make the public and the staff app on an empty instance of no use but to be looked at."""
    content = root / "content"
    centre, config = read_centre(content), Config()
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), f"sqlite:///{folder}/portal.db", Path(folder) / "keys.json")
        instance = create_instance(place, now_utc())
        office = open_office(instance, content, config)
        public = create_public_app(office, centre, root / "build" / "site", frozenset(), b"-")
        room = open_newsroom(office, root, config)
        staff = create_staff_app(room, centre, frozenset(), b"-")
        instance.db.close()
    return public, staff


def make_pages(root: Path) -> dict[str, str]:
    """Make the generated pages and pictures, by their path below the manual."""
    limits = load_time_limits(read_toml(root / DEADLINE_FILE, DEADLINE_FILE))
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    made = {
        **make_state_pages(read_rules(root / "content")),
        "permissions.md": make_permission_page(),
        "events.md": make_event_page(),
        "fields.md": make_dictionary_page(),
        "questions.md": make_question_page(),
        "routes.md": make_route_page(*make_apps(root)),
        "deadlines.md": make_deadline_page(limits),
        "limits.md": make_limit_page(),
        "indicators.md": make_indicator_page(),
        "commands.md": make_command_page(),
        "layers.svg": draw_layers(layers),
    }
    return {f"{TABLES_FOLDER}/{name}": text for name, text in made.items()}


def write_pages(root: Path, target: Path) -> int:
    """Write the folder that mkdocs reads anew; return the number of files in it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root / "portal" / "docs", target)
    for name, text in make_pages(root).items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return sum(path.is_file() for path in target.rglob("*"))
