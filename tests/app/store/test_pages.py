"""Pages by key: each document once, in order, from either end."""

from collections.abc import Callable, Iterator

import pytest
from tinydb.queries import QueryLike

from portal.store.engine.database import Document, RowDB, RowTable, where
from portal.store.errors import UnindexedQuery

NEW = where("state") == "new"
DATES = ["03", "01", "02", "02", "02", "01", "04"]


@pytest.fixture
def filled(cases: RowTable) -> RowTable:
    cases.insert_multiple({"state": "new", "submitted_at": date} for date in DATES)
    cases.insert_multiple([{"state": "new"}, {"state": "paid", "submitted_at": "02"}])
    return cases


def walk(table: RowTable, query: QueryLike | None, **options: bool) -> Iterator[list[Document]]:
    after = None
    while documents := table.page(query, "submitted_at", 2, after, **options):
        yield documents
        after = (documents[-1]["submitted_at"], documents[-1].doc_id)


def test_pages_hold_every_document_once_in_order(filled: RowTable) -> None:
    pages = list(walk(filled, NEW))
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [document.doc_id for page in pages for document in page] == [2, 6, 3, 4, 5, 1, 7]


def test_pages_can_go_backwards(filled: RowTable) -> None:
    pages = walk(filled, NEW, descending=True)
    assert [document.doc_id for page in pages for document in page] == [7, 1, 5, 4, 3, 6, 2]


def test_a_page_without_a_query_is_of_the_whole_table(filled: RowTable) -> None:
    pages = walk(filled, None)
    assert [document.doc_id for page in pages for document in page] == [2, 6, 3, 4, 5, 9, 1, 7]


def test_documents_without_the_field_are_left_out(filled: RowTable) -> None:
    assert 8 not in {document.doc_id for page in walk(filled, None) for document in page}


def test_a_page_stays_in_place_when_others_insert_before_it(filled: RowTable) -> None:
    first = filled.page(NEW, "submitted_at", 3)
    filled.insert({"state": "new", "submitted_at": "00"})
    after = (first[-1]["submitted_at"], first[-1].doc_id)
    assert filled.page(NEW, "submitted_at", 1, after)[0].doc_id == 4


def test_a_page_needs_a_query_that_sql_decides_and_an_indexed_order(filled: RowTable) -> None:
    with pytest.raises(UnindexedQuery):
        filled.page(NEW & (where("money") == 1), "submitted_at", 2)
    with pytest.raises(UnindexedQuery):
        filled.page(NEW, "money", 2)


def test_a_web_request_pages_only_along_an_index(open_rows: Callable[..., RowDB]) -> None:
    table = open_rows(refuse_scans=True).table("cases")
    assert table.page(NEW, "submitted_at", 2) == []
    assert table.page(None, "form.town", 2) == []
    with pytest.raises(UnindexedQuery):
        table.page(None, "state", 2)  # the index goes on with another field
    with pytest.raises(UnindexedQuery):
        table.page(None, "submitted_at", 2)
    with pytest.raises(UnindexedQuery):
        table.page(where("submitted_at") == "02", "submitted_at", 2)
