"""The tables of an instance and the fields that are indexed in them."""

SCHEMA: dict[str, list[tuple[str, ...]]] = {
    "cases": [
        ("unique", "number"),
        ("unique", "submission"),
        ("stage", "due_on"),
        ("turn", "due_on", "stage", "holder", "news", "town", "held_until"),
        ("turn", "stage", "holder", "news", "held_until"),
        ("holds", "turn", "stage", "due_on"),
        ("excluded", "number"),
        ("turn", "stage", "takers", "excluded"),
    ],
    "contacts": [
        ("unique", "number"),
        ("unique", "submission"),
        ("recorded_by", "recorded_on"),
        ("month", "struck", "channel", "topic"),
    ],
    "events": [("unique", "record", "number"), ("type", "at")],
    "traces": [("unique", "record", "fingerprint"), ("fingerprint",)],
    "pairs": [("unique", "number")],
    "tasks": [("unique", "record", "task"), ("task", "due_on")],
    "persons": [("unique", "id_index")],
    "drafts": [("unique", "token_index"), ("unique", "receipt"), ("changed_at",)],
    "files": [("unique", "file_id"), ("owner",)],
    "staff": [("unique", "login")],
    "sessions": [("unique", "sid_index"), ("login",), ("created_at",)],
    "links": [("unique", "token_index"), ("login",), ("ends_at",)],
    "account_requests": [("state",)],
    "counters": [("unique", "key"), ("ends_at",)],
    "articles": [("unique", "number"), ("collection",), ("state",)],
    "article_versions": [],  # empty since version 5; copies of before bring rows
    "outbox": [
        ("unique", "key"),
        ("receipt",),
        ("state", "next_try_at"),
        ("state", "kind"),
        ("created_at",),
    ],
    "audit": [
        ("object", "at"),
        ("place",),
        ("at",),
        ("action", "at"),
        ("actor", "at"),
    ],
    "chain": [],
    "searches": [("unique", "entry")],
    "months": [("unique", "month")],
    "migrations": [],
    "canary": [],
}
SCHEMA_VERSION = 14
