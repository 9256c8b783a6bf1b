"""A case is found by what its answers say, from the moment of filing until it is erased."""

from portal.domain.search.traces import What, fold_name
from portal.domain.shared.case_kinds import CaseKind
from portal.store import cases, traces
from portal.store.cases import StoredCase
from tests.support.centre import Centre, Filed
from tests.support.databases import each_database


def stored(centre: Centre, filed: Filed) -> StoredCase:
    """The case as it is stored."""
    found = cases.find_case(centre.office.store, filed.number)
    assert found
    return found


def found(centre: Centre, what: What, value: str) -> list[str]:
    """The numbers of the cases that bear a fact, the newest first."""
    store = centre.office.store
    wanted = [traces.fingerprint_trace(store.keys, what, value)]
    return [row.record.removeprefix("case ") for row in traces.page_of_traces(store, wanted, 9)]


@each_database
def test_a_case_is_found_the_moment_it_is_filed_the_newest_first(centre: Centre) -> None:
    first = centre.case(CaseKind.HARDSHIP, name="阿卜杜拉·买买提", employer="顺达物流有限公司")
    second = centre.case(CaseKind.CONSULTATION, against="順達物流（集团）有限公司")
    assert found(centre, What.NAME, "阿卜杜拉买买提") == [first.number]
    assert found(centre, What.EMPLOYER, "顺达物流") == [second.number, first.number]
    assert found(centre, What.RECEIPT_END, second.number[-4:]) == [second.number]
    assert found(centre, What.EMPLOYER, "顺达") == []


@each_database
def test_the_store_keeps_no_word_of_it(centre: Centre) -> None:
    centre.case(CaseKind.HARDSHIP, name="阿卜杜拉·买买提", employer="顺达物流有限公司")
    rows = str(centre.contents()["traces"])
    assert "employer" in rows
    assert not [word for word in ("阿卜杜拉", "顺达", "419999197001010014") if word in rows]


@each_database
def test_who_is_corrected_is_found_by_the_new_answer_only(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP, name="李梅")
    with centre.office.store.transaction():
        cases.replace_answer(centre.office.store, stored(centre, filed), "name", "李美")
    assert found(centre, What.NAME, fold_name("李梅")) == []
    assert found(centre, What.NAME, fold_name("李美")) == [filed.number]
    assert cases.traces_are_kept(centre.office.store, stored(centre, filed))


def test_whose_fact_it_is_follows_a_correction(centre: Centre) -> None:
    filed = centre.case(
        CaseKind.CONSULTATION, mobile="13912345678", people=12,
        coworkers=[{"coworker_name": "王强", "coworker_mobile": "13912345678",
                    "coworker_amount": None}],
    )  # fmt: skip
    with centre.office.store.transaction():
        cases.replace_answer(centre.office.store, stored(centre, filed), "mobile", "13912345679")
    rows = centre.contents()["traces"].values()
    assert [row["whose"] for row in rows if row["what"] == "phone"].count("coworkers") == 1
    assert cases.traces_are_kept(centre.office.store, stored(centre, filed))


@each_database
def test_of_an_erased_case_only_its_number_is_left_to_find_it_by(centre: Centre) -> None:
    filed = centre.case(CaseKind.HARDSHIP, name="李梅")
    store, row_id = centre.office.store, stored(centre, filed).record.row_id
    with store.transaction():
        store.db.table("cases").update({"key": None}, doc_ids=[row_id])
        assert not cases.traces_are_kept(store, stored(centre, filed))
        cases.rewrite_traces(store, stored(centre, filed))
    assert [row["what"] for row in centre.contents()["traces"].values()] == ["receipt_end"]
    assert cases.traces_are_kept(store, stored(centre, filed))
