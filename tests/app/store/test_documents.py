"""What a document may hold."""

import pytest

from portal.store.engine.encoding import encode_document, is_storable


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"name": "a\0b"}, "^name: "),
        ({"form": {"people": [{"name": "ok"}, {"name": "\ud800"}]}}, r"^form\.people\[1\]\.name: "),
        ({"form": {"pair": ("\udfff",)}}, r"^form\.pair\[0\]: "),
        ({"income": float("nan")}, "^income: "),
        ({"incomes": [1.0, float("inf")]}, r"^incomes\[1\]: "),
        ({"form": {"a\0": 1}}, "^form: a field name"),
        ({"\ud800": 1}, "^the document: a field name"),
    ],
)
def test_what_no_database_takes_is_refused_by_name(document: dict[str, object], place: str) -> None:
    with pytest.raises(ValueError, match=place) as refusal:
        encode_document(document, [])
    assert "cannot be stored" in str(refusal.value)


def test_text_that_only_looks_like_nul_is_taken() -> None:
    assert encode_document({"path": "\\u0000"}, []) == r'{"path":"\\u0000"}'


def test_indexed_fields_may_be_absent_at_any_depth() -> None:
    for value in (None, {}, {"b": None}, {"b": "text"}, "text", [1]):
        assert encode_document({"a": value}, [("a", "b")])
    assert encode_document({}, [("a", "b")]) == "{}"


def test_storable_text() -> None:
    assert is_storable("工会 😀 \x01\uffff")
    assert not is_storable("\0")
    assert not is_storable("a\ud83d")
