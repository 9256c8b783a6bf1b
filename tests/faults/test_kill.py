"""The promise: killed at any moment, every receipt that was shown is there, once.

BANGFU_KILL_ROUNDS says how often, `make soak` very often; `python -m tests.faults.kill_rounds`
prints the figures.
"""

import os
from pathlib import Path

import psycopg
import pytest

from tests.faults.kill_rounds import Figures, run_rounds, seed_drafts
from tests.faults.serving import copy_centre, create_centre
from tests.support import patience

ROUNDS = int(os.environ.get("BANGFU_KILL_ROUNDS", "2"))


def require_promise_kept(figures: Figures, rounds: int) -> None:
    assert figures.rounds == rounds
    assert figures.received >= 20 * rounds, "the kill came before anybody was served"
    assert figures.sent > figures.received, "the kill hit nobody in the middle"
    assert (figures.found, figures.lost, figures.double) == (figures.received, 0, 0)
    assert 0 <= figures.unacknowledged <= figures.sent - figures.received


@pytest.mark.timeout(ROUNDS * patience.WHOLE)
def test_every_receipt_shown_survives_a_killed_server(tmp_path: Path) -> None:
    setting = copy_centre(tmp_path)
    figures = sum(run_rounds(setting, ROUNDS, seed_drafts, seed=1), start=Figures())
    require_promise_kept(figures, ROUNDS)


@pytest.mark.timeout(ROUNDS * patience.WHOLE)
def test_every_receipt_shown_survives_a_killed_server_on_postgresql(
    tmp_path: Path, postgresql_url: str
) -> None:
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE SCHEMA killed")
    setting = create_centre(tmp_path, f"{postgresql_url}&options=-csearch_path%3Dkilled")
    figures = sum(run_rounds(setting, ROUNDS, seed_drafts, seed=2), start=Figures())
    require_promise_kept(figures, ROUNDS)
