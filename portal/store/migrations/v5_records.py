"""From 0.1.0: cases and articles become records, events are numbered within them and counted.

* A case is found by `number`, not `receipt`; what its events count for is its tally.
* An event belongs to a record by name, has the day it happened, and its own tally: what was
  granted moves there from the sealed facts. Each counts by the day on which it was recorded, as
  0.1.0 counted it, so that no figure of a past month changes.
* The versions of an article become events of it; its manuscript is sealed.
* Names: code_mark → code_hmac, manner → disclosure, overtaken → superseded, WorkerWrote →
  ApplicantWrote, mark of an article → fingerprint.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from portal.store.crypto import sealing
from portal.store.crypto.sealing import Seal
from portal.store.errors import Damaged
from portal.store.persons import person_of
from portal.store.store import Store

_ZONE: Final = ZoneInfo("Asia/Shanghai")
_TASK: Final = "report_to_leader"
_RENAMED: Final = {"WorkerWrote": "ApplicantWrote"}
_COUNTED: Final = {
    "town": "town",
    "topic": "topic",
    "migrant_worker": "migrant",
    "card": "card",
    "channel": "channel",
}
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_CHANGES: Final = {"released": "ArticlePublished", "withdrawn": "ArticleWithdrawn",
                   "on disk": "FileChanged", "gone": "FileRemoved",
                   "set aside": "DraftSetAside"}  # fmt: skip


def migrate_to_v5(store: Store) -> None:
    """Rewrite all rows of version 4."""
    cases = {row["receipt"]: _migrate_case(store, row) for row in store.db.table("cases")}
    for row in store.db.table("events"):
        seal, tally = cases.get(row["receipt"], (None, {}))  # its case may have been damaged away
        _rewrite(store, "events", row.doc_id, _event(row, seal, tally))
    versions: dict[str, list[Any]] = {}
    for row in store.db.table("article_versions"):
        versions.setdefault(row["article"], []).append(row)
    for row in store.db.table("articles"):
        _migrate_article(store, row, versions.get(row["key"], []))
    store.db.table("article_versions").truncate()
    _rename_columns(store)


def _migrate_case(store: Store, old: Any) -> tuple[Seal | None, dict[str, str]]:
    """Rewrite a case; return its open key, None after erasure, and what its events count for."""
    receipt = old["receipt"]
    seal = _open(store, receipt, old["key"])
    tally = _tally_of_case(store, old, seal)
    new = {
        name: value
        for name, value in old.items()
        if name not in {"receipt", "code_mark", "to_report", *_COUNTED}
    }
    tasks = {}
    if old.get("to_report"):
        day = _day(old["submitted_at"])
        tasks[_TASK] = day
        task = {"record": f"case {receipt}", "task": _TASK, "due_on": day}
        store.db.table("tasks").insert(task)
    new |= {"number": receipt, "code_hmac": old["code_mark"], "tally": tally, "tasks": tasks}
    new.setdefault("people", 0)
    _rewrite(store, "cases", old.doc_id, new)
    return seal, tally


def _tally_of_case(store: Store, old: Any, seal: Seal | None) -> dict[str, str]:
    tally = {"kind": old["kind"], "channel": old.get("channel") or "web"}
    answers = old["answers"]
    tally |= {to: str(old[name]) for name, to in _COUNTED.items() if old.get(name)}
    if answers.get("migrant_worker"):
        tally["migrant"] = str(answers["migrant_worker"])
    id_number = ""
    if "id_number" in old["sealed"]:
        id_number = str(_read(seal, "id_number", old["sealed"]["id_number"]) or "")
    if id_number:
        tally["sex"] = "m" if int(id_number[16]) % 2 else "f"
    tally["person"] = person_of(store, id_number) if id_number else old["receipt"]
    return _only_codes(tally)


def _only_codes(tally: Mapping[str, str]) -> dict[str, str]:
    """Leave out what a tally cannot hold: 0.1.0 took any text for the code of a town."""
    return {name: value for name, value in tally.items() if _CODE.fullmatch(value)}


def _event(old: Any, seal: Seal | None, of_case: Mapping[str, str]) -> dict[str, Any]:
    kept = {"actor", "text", "at", "facts", "sealed_facts", "listed", "before", "after"}
    new = {name: value for name, value in old.items() if name in kept}
    number = int(old["number"])
    tally: dict[str, Any] = {**of_case}
    tally |= _only_codes({to: str(old[name]) for name, to in _COUNTED.items() if old.get(name)})
    if seal and "sealed_facts" in old:
        _move_granted(new, seal, number, tally)
    return new | {
        "record": f"case {old['receipt']}",
        "number": f"{number:06}",
        "type": _RENAMED.get(old["type"], old["type"]),
        "on": _day(old["at"]),
        "tally": tally,
    }


def _move_granted(row: dict[str, Any], seal: Seal, number: int, tally: dict[str, Any]) -> None:
    facts = _read(seal, f"facts {number}", row["sealed_facts"]) or {}
    granted = facts.pop("granted", None)
    if granted is None:
        return
    tally["amount_fen"] = granted
    del row["sealed_facts"]
    if facts:
        row["sealed_facts"] = seal.close(f"facts {number}", facts)


def _migrate_article(store: Store, old: Any, versions: list[Any]) -> None:
    key = old["key"]
    seal, wrapped = sealing.new_seal(store.keys, f"articles|{key}")
    versions.sort(key=lambda row: str(row["number"]))
    for number, version in enumerate(versions, 1):
        store.db.table("events").insert(_version(version, key, number, seal))
    new = {
        name: value for name, value in old.items() if name not in {"key", "text", "mark", "edition"}
    }
    new |= {
        "number": key,
        "fingerprint": old["mark"],
        "authors": old.get("authors", [old["author"]]),
        "version": max(old["edition"], len(versions)),
        "key": wrapped,
        "sealed": {"text": seal.close("text", old["text"])},
    }
    _rewrite(store, "articles", old.doc_id, new)


def _version(old: Any, key: str, number: int, seal: Seal) -> dict[str, Any]:
    alone = [old["author"]] if old["change"] == "set aside" else []
    facts = {
        "version": int(old["number"]),
        "author": old["author"],
        "releaser": old["releaser"],
        "authors": old.get("authors", alone),
    }
    row = {
        "record": f"article {key}",
        "number": f"{number:06}",
        "type": _CHANGES[old["change"]],
        "at": old["at"],
        "on": _day(old["at"]),
        "actor": old["author"],
        "facts": facts,
        "sealed_facts": seal.close(f"facts {number}", {"reason": old.get("reason", "")}),
    }
    if old["text"]:
        row["text"] = seal.close(f"event {number}", old["text"])
    return row


def _rename_columns(store: Store) -> None:
    def disclose(row: MutableMapping[str, Any]) -> None:
        row["disclosure"] = row.pop("manner", "neutral")
        row["state"] = {"overtaken": "superseded"}.get(row["state"], row["state"])

    def name_hmac(row: MutableMapping[str, Any]) -> None:
        if "code_mark" in row:
            row["code_hmac"] = row.pop("code_mark")

    _change_all(store, "outbox", disclose)
    _change_all(store, "drafts", name_hmac)


def _change_all(
    store: Store, table: str, change: Callable[[MutableMapping[str, Any]], None]
) -> None:
    for row in store.db.table(table):
        store.db.table(table).update(change, doc_ids=[row.doc_id])


def _open(store: Store, receipt: str, wrapped: str | None) -> Seal | None:
    """Return the open key of a case; None where it was dropped or is damaged."""
    try:
        return sealing.open_seal(store.keys, f"cases|{receipt}", wrapped) if wrapped else None
    except Damaged:
        return None


def _read(seal: Seal | None, name: str, sealed: str) -> Any:
    """Return a sealed value; None where it does not open: one bad value stops no centre."""
    try:
        return seal.open(name, sealed) if seal else None
    except Damaged:
        return None


def _day(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(_ZONE).date().isoformat()


def _rewrite(store: Store, table: str, row_id: int, new: Mapping[str, Any]) -> None:
    def replace_all(row: MutableMapping[str, Any]) -> None:
        row.clear()
        row.update(new)

    store.db.table(table).update(replace_all, doc_ids=[row_id])
