"""The plug is pulled at any moment of submit, claim or save: nothing promised is lost, nothing is half."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.power_cut import ACTS, Run, replayed, watched
from tests.store.syncs import strace_refuses

ROUNDS, STATES = 10, 50

pytestmark = pytest.mark.skipif(bool(strace_refuses()), reason=strace_refuses() or "strace works")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What the store wrote and synced, call by call."""
    return watched(tmp_path_factory.mktemp("run"), ROUNDS, durable=True)


@pytest.mark.parametrize("act", ACTS)
def test_what_was_promised_before_the_cut_is_there_and_whole(run: Run, act: str) -> None:
    """K44. A thousand moments of each act are drawn by `bench.power_cut`."""
    found = replayed(run, act, STATES)
    assert (found.states, found.lost, found.half, found.corrupt) == (STATES, 0, 0, 0)
    assert found.promised > STATES


def test_without_the_sync_of_a_commit_the_same_cuts_lose_what_was_promised(tmp_path: Path) -> None:
    """So the cuts above would have found it."""
    found = replayed(watched(tmp_path, ROUNDS, durable=False), "submit", STATES, durable=False)
    assert found.lost > 0
