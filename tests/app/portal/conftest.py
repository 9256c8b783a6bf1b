"""The test centre, opened once on each database and emptied before every test."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from portal.domain.shared.rate_limits import RateLimit
from portal.operations.forms import admission
from portal.operations.office import Office
from portal.store.centre.instance import Place, create_instance
from tests.support.attack import SetLimit
from tests.support.centre import LIMITS, Centre, open_centre
from tests.support.letters import make_sending, office_with_letter
from tests.support.newsroom import REPOSITORY, Publisher, open_publisher

SITE_PAGE = (
    '<!doctype html>\n<html lang="zh-CN"><head><title>首页</title></head><body></body></html>'
)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the real content and a small site."""
    folder = tmp_path_factory.mktemp("root")
    (folder / "content").symlink_to(REPOSITORY / "content")
    site = folder / "build" / "site"
    for page in (site, site / "about", site / "rights-cards" / "unpaid-wages"):
        page.mkdir(parents=True)
        (page / "index.html").write_text(SITE_PAGE, "utf-8")
    (site / "csp.json").write_text(json.dumps({"style-src": []}), "utf-8")
    return folder


def _opened(url: str, folder: Path, root: Path) -> Iterator[Centre]:
    place = Place(folder, url, folder / "keys.json")
    instance = create_instance(place, datetime(2026, 11, 24, tzinfo=UTC))
    opened = open_centre(instance, root)
    yield opened
    if opened.emptied:
        opened.emptied.close()
    instance.db.close()


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Centre]:
    """The centre on SQLite."""
    folder = tmp_path_factory.mktemp("sqlite")
    yield from _opened(f"sqlite:///{folder}/portal.db", folder, root)


@pytest.fixture(scope="session")
def on_postgresql(
    postgresql_url: str, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Centre]:
    """The centre on PostgreSQL."""
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE SCHEMA portal_tests")
    url = f"{postgresql_url}&options=-csearch_path%3Dportal_tests"
    yield from _opened(url, tmp_path_factory.mktemp("postgresql"), root)


@pytest.fixture
def centre(request: pytest.FixtureRequest) -> Centre:
    """An empty centre: on SQLite, or on the databases that `each_database` says."""
    opened: Centre = request.getfixturevalue(f"on_{getattr(request, 'param', 'sqlite')}")
    opened.reset()
    return opened


@pytest.fixture(scope="session")
def publishers() -> dict[Path, Publisher]:
    """Every centre that publishes, by the folder of its instance."""
    return {}


@pytest.fixture
def publisher(
    centre: Centre, publishers: dict[Path, Publisher], tmp_path_factory: pytest.TempPathFactory
) -> Publisher:
    """A centre that publishes; opened once on each database, and put back before every test."""
    place = centre.instance.files
    if place not in publishers:
        publishers[place] = open_publisher(centre, tmp_path_factory.mktemp("publisher"))
    publishers[place].renew()
    return publishers[place]


@pytest.fixture
def sending(centre: Centre) -> Centre:
    """A centre whose messages go out by themselves."""
    return make_sending(centre)


@pytest.fixture
def office(centre: Centre) -> Office:
    """An office that sends, with a notice about a consultation in its outbox."""
    return office_with_letter(centre)


@pytest.fixture
def set_limit(monkeypatch: pytest.MonkeyPatch) -> SetLimit:
    """Lower a limit, and make puzzles easy."""
    monkeypatch.setattr(admission, "MOST_TRIES", 50)

    def lower(limit: RateLimit, times: int) -> None:
        monkeypatch.setitem(LIMITS, limit, times)

    return lower
