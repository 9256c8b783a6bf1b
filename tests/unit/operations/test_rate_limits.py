"""Who counts as one caller."""

import pytest

from portal.operations.rate_limits import network_of


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_caller_is_an_ipv4_address_or_an_ipv6_network(address: str, counted_as: str) -> None:
    assert network_of(address) == counted_as
