"""The tables of an instance and the fields that are indexed in them."""

SCHEMA: dict[str, list[tuple[str, ...]]] = {
    "cases": [
        ("unique", "receipt"),
        ("unique", "submission"),
        ("kind", "state", "due_on"),
        ("to_report", "submitted_at"),
        ("id_index",),
        ("mobile_index",),
        ("card_index",),
    ],
    "events": [("receipt",), ("type", "at")],
    "drafts": [("unique", "token_index"), ("unique", "receipt"), ("changed_at",)],
    "files": [("unique", "file_id"), ("owner",)],
    "staff": [("unique", "login")],
    "sessions": [("unique", "sid_index"), ("login",), ("created_at",)],
    "links": [("unique", "token_index"), ("ends_at",)],
    "counters": [("unique", "key"), ("ends_at",)],
    "articles": [("unique", "key"), ("collection",), ("state",)],
    "article_versions": [("unique", "article", "number")],
    "outbox": [
        ("unique", "key"),
        ("receipt",),
        ("state", "next_try_at"),
        ("state", "kind"),
        ("created_at",),
    ],
    "audit": [("object",), ("place",)],
    "chain": [],
    "canary": [],
}
SCHEMA_VERSION = 4
