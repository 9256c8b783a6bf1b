"""What takes its name is on the disk before, and a row comes after the file that it tells of."""

from pathlib import Path

import pytest
from click.testing import Result

from portal.domain.shared.case_kinds import CaseKind
from portal.newsroom import manuscripts
from portal.operations.centre.backup import make_copy
from portal.publishing.content_files import put_page
from portal.publishing.files import publish_public_data, write_whole
from portal.store.centre.instance import Place, create_instance
from portal.store.crypto.private_files import create_private, write_private
from site_src.build import build_site
from site_src.centre import load_centre
from site_src.generations import replace_files, swap_in
from site_src.memory import Memory
from tests.support.centre import START, Centre
from tests.support.copies import SECRET, busy, run, shelf_of
from tests.support.disk_order import watched_disk
from tests.support.newsroom import APPROVER, KEY, Publisher
from tests.support.photographs import photo, send
from tests.support.small_content import lay_out_content, write
from tests.support.walking import went_on


def test_a_private_file_is_whole_on_the_disk_before_it_has_its_name(tmp_path: Path) -> None:
    target = tmp_path / "keys.json"
    with watched_disk() as disk:
        with write_private(target) as file:
            file.write(b"first")
        with write_private(target) as file:
            file.write(b"second")
    assert disk.complaints == []
    assert disk.is_named_for_good(target)


def test_a_new_private_file_is_on_the_disk_with_its_name(tmp_path: Path) -> None:
    with watched_disk() as disk, create_private(tmp_path / "keys.json") as file:
        file.write(b"first")
    assert disk.acts == [("sync", str(tmp_path / "keys.json")), ("sync", str(tmp_path))]


def test_a_page_is_on_the_disk_before_it_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    page = tmp_path / "notices" / "winter.md"
    with watched_disk() as disk:
        put_page(page, "first")
        put_page(page, "second")
    assert disk.complaints == []
    assert disk.is_named_for_good(page)


def test_a_page_that_is_gone_stays_gone(tmp_path: Path) -> None:
    page = tmp_path / "winter.md"
    put_page(page, "first")
    with watched_disk() as disk:
        put_page(page, None)
    assert disk.acts == [("sync", str(tmp_path))]


def test_published_data_are_on_the_disk_before_they_take_the_place_of_the_old_ones(
    centre: Centre, tmp_path: Path
) -> None:
    about = load_centre(centre.root / "content" / "centre.toml")
    with watched_disk() as disk:
        write_whole(tmp_path / "figures.json", {"a": 1})
        publish_public_data(
            centre.instance, centre.office.now(), about, tmp_path, centre.office.rules
        )
    named = [path for act, path in disk.acts if act == "name"]
    assert len(named) == 3
    assert disk.complaints == []


def test_a_site_is_on_the_disk_before_it_goes_live(tmp_path: Path) -> None:
    fresh, site = tmp_path / "generations" / "site-1", tmp_path / "site"
    fresh.mkdir(parents=True)
    (fresh / "index.html").write_text("new", "utf-8")
    with watched_disk() as disk:
        swap_in(fresh, site)
    assert disk.complaints == []
    assert disk.acts[-1] == ("name", str(site))
    assert ("sync", "everything") in disk.acts


def test_each_page_of_a_quick_build_is_on_the_disk_before_it_goes_live(tmp_path: Path) -> None:
    fresh, live = tmp_path / "fresh", tmp_path / "live"
    for folder in (fresh / "notices", live):
        folder.mkdir(parents=True)
    (fresh / "index.html").write_text("new", "utf-8")
    (fresh / "notices" / "index.html").write_text("new", "utf-8")
    with watched_disk() as disk:
        replace_files(fresh, live, [])
    assert len([path for act, path in disk.acts if act == "name"]) == 2
    assert disk.complaints == []


def test_whole_and_quick_builds_name_nothing_that_is_not_on_the_disk(tmp_path: Path) -> None:
    root, memory = lay_out_content(tmp_path), Memory()
    with watched_disk() as disk:
        build_site(root, lambda _: None, memory=memory)
        write(root, "pages/about.md", "---\n标题: 关于我们\n摘要: 改过\n---\n\n有事请来。\n")
        build_site(root, lambda _: None, memory=memory)
    assert str(root / "build" / "site") in {path for act, path in disk.acts if act == "name"}
    assert disk.complaints == []


def test_a_photo_is_on_the_disk_before_its_row(centre: Centre) -> None:
    browser, _ = centre.draft(CaseKind.CONSULTATION)
    with watched_disk() as disk:
        went_on(send(browser, "/consult/papers/other", photo()))
    row = disk.acts.index(("row", "files"))
    named = [place for place, (act, _) in enumerate(disk.acts) if act == "name"]
    assert len(named) == 2  # what was sent, and the picture that is made of it
    assert max(named) < row
    for place in named:
        assert disk.is_named_for_good(Path(disk.acts[place][1]))
        folder = str(Path(disk.acts[place][1]).parent)
        assert disk.acts.index(("sync", folder), place) < row
    assert disk.complaints == []


def test_a_released_page_is_on_the_disk(publisher: Publisher) -> None:
    edition = publisher.submitted().edition
    with watched_disk() as disk:
        manuscripts.release(publisher.room, APPROVER, KEY, edition)
    assert disk.complaints == []
    assert disk.is_named_for_good(publisher.file())


def test_a_copy_is_on_the_disk_before_it_is_told_of(centre: Centre, tmp_path: Path) -> None:
    shelf = shelf_of(busy(centre), tmp_path)
    with watched_disk() as disk:
        made = make_copy(centre.office, shelf, "test")
    assert disk.complaints == []
    assert disk.is_named_for_good(made.file)
    folder = disk.acts.index(("sync", str(made.file.parent)))
    assert folder < disk.acts.index(("row", "audit"))


@pytest.fixture
def restored(centre: Centre, tmp_path: Path) -> tuple[Result, list[str], list[tuple[str, str]]]:
    """A copy restored into an empty folder: how it ended, and what the disk saw."""
    made = make_copy(centre.office, shelf_of(busy(centre), tmp_path), "test")
    instance, key = tmp_path / "instance", tmp_path / "key"
    instance.mkdir()
    keys = centre.instance.files.parent / "keys.json"
    (instance / "keys.json").write_bytes(keys.read_bytes())
    (instance / "keys.json").chmod(0o600)
    key.write_text(SECRET, "utf-8")
    key.chmod(0o600)
    with watched_disk() as disk:
        ended = run(centre.root, instance, "restore", str(made.file), "--key", str(key))
    return ended, disk.complaints, disk.acts


def test_what_is_restored_is_on_the_disk_before_it_is_the_centre(
    restored: tuple[Result, list[str], list[tuple[str, str]]],
) -> None:
    ended, complaints, acts = restored
    assert ended.exit_code == 0, ended.output
    assert complaints == []
    files = next(place for place, (act, path) in enumerate(acts)
                 if act == "name" and path.endswith("/instance/files"))  # fmt: skip
    assert ("sync", "everything") in acts[:files]
    folder = str(Path(acts[files][1]).parent)
    assert ("sync", folder) in acts[files:]


def test_a_new_centre_has_its_keys_on_the_disk_before_its_first_row(tmp_path: Path) -> None:
    place = Place(tmp_path, f"sqlite:///{tmp_path}/portal.db", tmp_path / "keys.json")
    with watched_disk() as disk:
        create_instance(place, START).db.close()
    first_row = next(at for at, (act, _) in enumerate(disk.acts) if act == "row")
    assert ("sync", str(tmp_path)) in disk.acts[:first_row]
    assert disk.complaints == []
