"""Drafts of version 0.1.0: what was typed besides answers gets a place of its own.

Until then it stood among the answers under names that no field has: `income refused` was a page
that was refused, `first refused` and `more refused` in an entry of a list the pages about it;
`coworkers_wrong`, `_way` and `_taken` belonged to a whole list, and `before` was the list of a case
that a change began from. The names here are those of that version, whatever today's forms say.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.store.crypto import sealing
from portal.store.errors import Damaged
from portal.store.store import Store

_REFUSED = " refused"
_PAGES_OF_ENTRIES = {"members": "household", "representatives": "representatives"}
"""Where people were written one by one: the list, and the path of its page."""
_LISTS, _BESIDE, _BEFORE = ("coworkers", "representatives"), ("wrong", "way", "taken"), "before"


def migrate_to_v6(store: Store) -> None:
    """Put what every draft holds into its new places; one that does not open stays as it is."""
    drafts = store.db.table("drafts")
    for row in drafts:
        try:
            seal = sealing.open_seal(store.keys, f"drafts|{row['token_index']}", row["key"])
            content: Any = seal.open("content", row["content"])
        except Damaged:
            continue
        sealed = seal.close("content", convert_draft_content(content))
        drafts.update({"content": sealed}, doc_ids=[row.doc_id])


def convert_draft_content(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the opened content of an old draft in the layout that followed; a new mapping."""
    old = content["answers"]
    beside = {_BEFORE, *(f"{name}_{what}" for name in _LISTS for what in _BESIDE)}
    return {
        "answers": {
            name: _without_refused(value)
            for name, value in old.items()
            if name not in beside and not name.endswith(_REFUSED)
        },
        "card": content.get("card"),
        "refused": [*_refused_pages(old), *_refused_entries(old)],
        "rosters": {
            name: roster for name in _LISTS if any((roster := _roster(old, name)).values())
        },
    }


def _without_refused(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {name: said for name, said in one.items() if not name.endswith(_REFUSED)}
        if isinstance(one, Mapping)
        else one
        for one in value
    ]


def _refused_pages(old: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, typed in old.items():
        if name.endswith(_REFUSED):
            path = name.removesuffix(_REFUSED)
            yield {"path": path, "entry": 0, "more": False, "typed": typed}


def _refused_entries(old: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for listed, path in _PAGES_OF_ENTRIES.items():
        for number, one in enumerate(old.get(listed) or (), 1):
            for part in ("first", "more"):
                if f"{part}{_REFUSED}" in one:
                    typed = one[f"{part}{_REFUSED}"]
                    yield {"path": path, "entry": number, "more": part == "more", "typed": typed}


def _roster(old: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {
        "wrong": old.get(f"{name}_wrong") or [],
        "way": old.get(f"{name}_way") or "",
        "taken": old.get(f"{name}_taken") or 0,
        "before": old.get(_BEFORE) or [] if name in old else [],
    }
