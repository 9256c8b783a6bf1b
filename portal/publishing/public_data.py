"""The one list of what the site is told, whoever builds it: the command or the server."""

from datetime import datetime
from pathlib import Path

from portal.domain.rules.rulebook import Rulebook
from portal.publishing.files import publish_public_data
from portal.publishing.privacy import publish_privacy
from portal.publishing.receipt_key import publish_receipt_key
from portal.store.store import Store
from site_src.centre import Centre


def publish_everything(
    store: Store, now: datetime, centre: Centre, folder: Path, rules: Rulebook
) -> None:
    """Write all files of build/public-data/ of a running centre."""
    publish_privacy(folder)
    publish_public_data(store, now, centre, folder, rules)
    publish_receipt_key(store.keys, folder)
