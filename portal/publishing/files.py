"""Files of build/public-data/, which is all that the site generator ever sees of the cases."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.domain.rules.rulebook import Rulebook
from portal.publishing import indicators, publicity
from portal.store.store import Store
from site_src.centre import Centre


def publish_public_data(
    store: Store, now: datetime, centre: Centre, folder: Path, rules: Rulebook
) -> None:
    """Write every file of the folder; each old one stays until the new one is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / indicators.INDICATORS_FILE, indicators.make_indicators(store, now, centre))
    write_whole(folder / publicity.PUBLICITY_FILE, publicity.make_publicity(now, centre, rules))


def write_whole(target: Path, content: Mapping[str, Any]) -> None:
    """Write to a draft, bring it to disk, and put it in the target's place."""
    draft = target.with_name(f".{target.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
