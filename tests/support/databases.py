"""On which database a test runs: SQLite, and PostgreSQL as well where SQL or locking differs."""

import pytest

each_database = pytest.mark.parametrize("centre", ["sqlite", "postgresql"], indirect=True)
"""For tests of a centre: races, counters, transactions, order, and one journey of each kind."""
