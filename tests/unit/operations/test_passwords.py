"""Which passwords staff may choose."""

import pytest

from portal.domain.shared.errors import NotAccepted
from portal.operations.accounts.passwords import LONGEST, SHORTEST, check_new_password

LONG = "梨花-月亮-铁匠-河滩-风车" * 10


@pytest.mark.parametrize("length", [SHORTEST, 72, 73, LONGEST])
def test_any_length_within_the_bounds_is_taken(length: int) -> None:
    assert check_new_password(LONG[:length], ("wangfang", "王芳")) == LONG[:length]


@pytest.mark.parametrize(
    "password", ["短", LONG[: LONGEST + 1], "a" * 20, "wangfang1234", "bangfuzhongxin"]
)
def test_short_endless_and_easy_ones_are_refused(password: str) -> None:
    with pytest.raises(NotAccepted):
        check_new_password(password, ("wangfang", "王芳"))
