"""`cluster` and `hub` for whoever needs a database server: one for all tests (tests/conftest.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hub.cluster import Cluster, new_cluster

if TYPE_CHECKING:
    from tests.hub.hubs import Hub

_PATTERN = "hub_pattern"
_numbers = count(1)
_free: list[str] = []


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for the whole run. A test that kills it starts it again before it ends."""
    made = new_cluster()
    if isinstance(made, str):
        pytest.skip(made)
    yield made
    made.throw_away()


@pytest.fixture(scope="session")
def hub_pattern(cluster: Cluster) -> str:
    """The name of a database with the schema, from which others are copied."""
    from kiosk.hub.steps import apply, steps_in

    with cluster.as_owner() as owner:
        owner.execute(f"CREATE DATABASE {_PATTERN}")
    with cluster.as_owner(_PATTERN) as owner:
        apply(owner, steps_in())
    return _PATTERN


@contextmanager
def new_hub(cluster: Cluster, pattern: str, files: Path) -> Iterator[Hub]:
    """A hub of its own, empty. Afterwards its database is emptied for the next: a new one takes long."""
    from kiosk.hub.steps import apply, steps_in
    from tests.hub.hubs import Hub, emptied

    database = _free.pop() if _free else f"hub_{next(_numbers)}"
    with cluster.as_owner() as owner:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone() is None:
            owner.execute(f"CREATE DATABASE {database} TEMPLATE {pattern}")
    made = Hub(cluster, database, files)
    with made.owner() as owner:
        apply(owner, steps_in())  # who may come in is not copied
    yield made
    if not cluster.runs:
        cluster.start()
    with made.owner() as owner:
        emptied(owner)
    _free.append(database)


@pytest.fixture
def hub(cluster: Cluster, hub_pattern: str, tmp_path: Path) -> Iterator[Hub]:
    """A hub of its own, empty."""
    with new_hub(cluster, hub_pattern, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def shared_hub(cluster: Cluster, hub_pattern: str, tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """One hub for all tests that want no more than a centre of their own in it."""
    from kiosk.hub.steps import apply, steps_in
    from tests.hub.hubs import Hub

    made = Hub(cluster, f"hub_{next(_numbers)}", tmp_path_factory.mktemp("hub"))
    with cluster.as_owner() as owner:
        owner.execute(f"CREATE DATABASE {made.database} TEMPLATE {hub_pattern}")
    with made.owner() as owner:
        apply(owner, steps_in())
    return made


@pytest.fixture
def new_desk(shared_hub: Hub) -> Callable[[], str]:
    """The address of a desk of a new centre, in a hub where other centres have cases already."""
    if not shared_hub.cluster.runs:
        shared_hub.cluster.start()
    return lambda: shared_hub.centre(f"shared_{next(_numbers)}")
