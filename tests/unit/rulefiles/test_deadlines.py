"""The time limits of a file: read right, or refused in one line that names row and key."""

import pytest

from rulefiles.deadlines import DEADLINE_FILE, Deadline, load_time_limits
from rulefiles.toml_files import RuleFileError

OWN = {"code": "visit", "step": "入户", "limit": 5, "unit": "days", "basis": "自定", "mark": "D"}
LAW = {
    "code": "x", "step": "裁决。过期可以起诉", "limit": 45, "unit": "days", "basis": "法",
    "mark": "V", "from_event": "受理那天", "extension": 15,
}  # fmt: skip


def file_of(
    own: dict[str, object] | None = None, law: dict[str, object] | None = None
) -> dict[str, object]:
    """A file with a right row of each kind, then one with these changes."""
    others = OWN | {"code": "other"}, LAW | {"code": "other"}
    return {
        "deadline": [others[0], OWN | (own or {})],
        "legal_deadline": [others[1], LAW | (law or {})],
    }


def test_both_parts_of_the_file_are_read_in_their_order() -> None:
    limits = load_time_limits(file_of(law={"restarted_by": ["demand"], "beside": ["other"]}))
    assert limits.own[1] == Deadline("visit", 5, "days", "入户", "自定")
    law = limits.legal[1]
    assert (law.task, law.words, law.restarted_by) == ("裁决", "45 天", ("demand",))
    assert law.while_employed
    assert law.day_off == "next"


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ({"limit": 0}, "limit 要写大于 0 的整数"),
        ({"limit": "5"}, "limit"),
        ({"limit": True}, "limit"),
        ({"unit": "months"}, "unit 只能写 working_days、days"),
        ({"unit": ["days"]}, "unit"),
        ({"code": 1}, "code"),
        ({"step": " "}, "step"),
        ({"mark": "X"}, "mark 只能写 V、S、K、D"),
        ({"awaited": "yes"}, "awaited 要写 true 或者 false"),
        ({"until": 3}, "没有“until”这一项"),
        ({"code": "other"}, "“other”前面已经写过"),
    ],
)
def test_a_wrong_row_of_the_centre_is_named_with_its_key(own: dict[str, object], says: str) -> None:
    with pytest.raises(RuleFileError, match=rf"{DEADLINE_FILE}：第 2 个.*{says}") as problem:
        load_time_limits(file_of(own=own))
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("law", "says"),
    [
        ({"unit": "weeks"}, "unit 只能写 days、working_days、months、years"),
        ({"mark": "D"}, "mark 只能写 V、S、K 中的一个"),
        ({"extension": -1}, "extension 要写 0 或者更大的整数"),
        ({"restarted_by": "demand"}, "restarted_by 要写成一排"),
        ({"restarted_by": ["prayer"]}, "restarted_by"),
        ({"restarted_by": [["demand"]]}, "restarted_by"),
        ({"delay": "perhaps"}, 'delay 只能写 ""、suspended、excluded'),
        ({"day_off": "before"}, "day_off 只能写 next、none"),
        ({"while_employed": 0}, "while_employed"),
        ({"beside": "other"}, "beside 要写成一排"),
        ({"advice": 1}, "advice"),
    ],
)
def test_a_wrong_row_of_the_law_is_named_with_its_key(law: dict[str, object], says: str) -> None:
    with pytest.raises(RuleFileError, match=rf"第 2 个 \[\[legal_deadline\]\].*{says}"):
        load_time_limits(file_of(law=law))


@pytest.mark.parametrize("name", sorted(LAW))
def test_a_row_that_lacks_a_key_is_told_which(name: str) -> None:
    row = {key: value for key, value in LAW.items() if key != name}
    with pytest.raises(RuleFileError, match=f"第 1 个.*缺少 {name}"):
        load_time_limits({"deadline": [OWN], "legal_deadline": [row]})


def test_a_file_without_one_of_its_parts_is_refused() -> None:
    for parts in (
        {},
        {"deadline": [OWN]},
        {"legal_deadline": [LAW]},
        file_of() | {"deadline": [3]},
    ):
        with pytest.raises(RuleFileError, match="deadline"):
            load_time_limits(parts)
