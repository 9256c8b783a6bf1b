"""The tables of an instance and the fields that are indexed in them."""

SCHEMA: dict[str, list[tuple[str, ...]]] = {
    "cases": [
        ("unique", "receipt"),
        ("unique", "submission"),
        ("kind", "state", "due_on"),
        ("id_index",),
    ],
    "events": [("receipt",), ("type", "at")],
    "drafts": [("unique", "token_index"), ("changed_at",)],
    "staff": [("unique", "login")],
    "sessions": [("unique", "sid_index"), ("login",)],
    "links": [("unique", "token_index")],
    "counters": [("unique", "key"), ("ends_at",)],
    "audit": [("object",), ("at",)],
    "chain": [],
    "canary": [],
}
SCHEMA_VERSION = 1
