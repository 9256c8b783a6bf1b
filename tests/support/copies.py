"""Making copies in tests, and getting at what is in them."""

from pathlib import Path

from click.testing import CliRunner, Result

from portal.cli.main import main
from portal.domain.shared.case_kinds import CaseKind
from portal.operations.centre.backup import BackupStore, make_copy
from portal.store.centre.backup import Manifest, unpack_copy
from portal.store.centre.instance import Place
from portal.store.crypto.age_format import make_key_pair
from tests.support.centre import Centre
from tests.support.photographs import case_with_photo

SECRET, PUBLIC = make_key_pair()


def shelf_of(centre: Centre, folder: Path) -> BackupStore:
    """A place for copies that the key of this test opens."""
    config = centre.instance.files.parent / "config.toml"
    return BackupStore(
        folder / "copies", (PUBLIC, make_key_pair()[1]), centre.root / "content", config
    )


def busy(centre: Centre) -> Centre:
    """The centre with a case of each half of the house, with words, facts and photos."""
    case_with_photo(centre, CaseKind.CONSULTATION, "other")
    filed = centre.case(CaseKind.HARDSHIP)
    centre.take("intake", filed, "accept")
    centre.draft(CaseKind.MEDICAL)
    return centre


def unpacked(centre: Centre, tmp_path: Path) -> tuple[Path, Manifest]:
    """A copy of the centre, made and unpacked: the folder, and what it holds."""
    made = make_copy(centre.office, shelf_of(centre, tmp_path), "test")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return folder, unpack_copy(made.file, SECRET, folder)


def place_for(centre: Centre, folder: Path) -> Place:
    """A new database for a copy of the centre, with its keys."""
    keys = centre.instance.files.parent / "keys.json"
    return Place(folder, f"sqlite:///{folder / 'restored.db'}", keys)


def run(root: Path, instance: Path, *words: str) -> Result:
    """A command of an operator."""
    return CliRunner().invoke(main, ["--root", str(root), "--instance", str(instance), *words])
