"""Fictional people, a clock that only moves when told, and a store in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.store import Store, open_store
from tests.store.people import HandClock, shipped_calendar


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What a module says that has `ON_BOTH_ENGINES` holds for a box alone and for a centre of a hub.

    Not so the tests in its `OF_THE_FILE`. `slow` are those of a hub where they show less than they take.
    """
    module = metafunc.module
    if not getattr(module, "ON_BOTH_ENGINES", False) or "store_place" not in metafunc.fixturenames:
        return
    if metafunc.function.__name__ in getattr(module, "OF_THE_FILE", ()):
        return
    marks = () if getattr(module, "QUICK_ON_BOTH", False) else pytest.mark.slow
    metafunc.parametrize("store_place", ["file", pytest.param("hub", marks=marks)], indirect=True)


@pytest.fixture
def store_place(request: pytest.FixtureRequest) -> str | None:
    """The address of a centre of a hub, new for this test; None: a file of this box."""
    if getattr(request, "param", "file") == "file":
        return None
    centres: Callable[[], str] = request.getfixturevalue("new_desk")
    return centres()


@pytest.fixture
def reopen(tmp_path: Path, clock: HandClock, store_place: str | None) -> Iterator[Callable[[], Store]]:
    """Opens the store in this test's folder once more; all are closed at the end."""
    opened: list[Store] = []

    def again() -> Store:
        folder, calendar = tmp_path / "state", shipped_calendar()
        if store_place is None:
            opened.append(open_store(folder, clock=clock, calendar=calendar))
        else:
            from kiosk.hub.store import open_hub_store

            opened.append(open_hub_store(store_place, folder, clock=clock, calendar=calendar))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def bare_store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """Its file is not encrypted as a whole: what is searched for in it could be found."""
    opened = open_store(tmp_path / "state", clock=clock, calendar=shipped_calendar(), encrypt=False)
    yield opened
    opened.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
