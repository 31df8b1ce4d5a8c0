"""The hub's schema changes step by step, while old and new programs run: each step once, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import psycopg
import pytest

from kiosk.hub.steps import SHIPPED, Part, SchemaFault, Step, apply, standing, steps_in
from tests.hub.cluster import Cluster
from tests.hub.hubs import Hub

Connection = psycopg.Connection[Any]
FIRST = Step("01_one.pre.sql", Part.PRE, "CREATE TABLE hub.one (n int)")
LATER = Step("02_two.pre.sql", Part.PRE, "ALTER TABLE hub.one ADD COLUMN m int")
LAST = Step("02_two.post.sql", Part.POST, "ALTER TABLE hub.one DROP COLUMN n")
AFTER = Step("03_three.pre.sql", Part.PRE, "CREATE TABLE hub.three (n int)")
_numbers = count(1)


@pytest.fixture
def open_empty(cluster: Cluster) -> Iterator[Callable[[], Connection]]:
    """Opens a database of this test's own that is no hub yet."""
    name = f"steps_{next(_numbers)}"
    with cluster.as_owner() as owner:
        owner.execute(f"CREATE DATABASE {name}")
    yield lambda: cluster.as_owner(name)
    with cluster.as_owner() as owner:
        owner.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def db(open_empty: Callable[[], Connection]) -> Iterator[Connection]:
    with open_empty() as opened:
        yield opened


def columns(db: Connection) -> list[str]:
    asked = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('hub.one')"
    asked += " AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    return [name for (name,) in db.execute(asked)]


def test_a_new_database_gets_every_step_in_order(db: Connection) -> None:
    assert apply(db, (FIRST, LATER, LAST)) == (FIRST.name, LATER.name, LAST.name)
    assert columns(db) == ["m"]
    assert apply(db, (FIRST, LATER, LAST)) == ()


def test_what_old_programs_could_not_live_with_waits_until_all_are_updated(db: Connection) -> None:
    apply(db, (FIRST,))
    assert apply(db, (FIRST, LATER, LAST)) == (LATER.name,)
    assert columns(db) == ["n", "m"]
    assert standing(db, (FIRST, LATER, LAST)).fits
    assert apply(db, (FIRST, LATER, LAST), all_updated=True) == (LAST.name,)
    assert columns(db) == ["m"]


def test_the_next_update_waits_until_the_one_before_is_done(db: Connection) -> None:
    apply(db, (FIRST,))
    apply(db, (FIRST, LATER, LAST))
    with pytest.raises(SchemaFault, match=r"02_two\.post\.sql was never applied.*--all-updated"):
        apply(db, (FIRST, LATER, LAST, AFTER))
    assert apply(db, (FIRST, LATER, LAST, AFTER), all_updated=True) == (LAST.name, AFTER.name)


def test_a_step_that_fails_leaves_nothing_of_the_others(db: Connection) -> None:
    broken = Step("02_two.pre.sql", Part.PRE, "CREATE TABLE hub.two (n int); SELECT nothing")
    with pytest.raises(psycopg.errors.UndefinedColumn):
        apply(db, (FIRST, broken))
    assert columns(db) == []
    assert apply(db, (FIRST, LATER)) == (FIRST.name, LATER.name)


def test_programs_that_start_together_apply_each_step_once(open_empty: Callable[[], Connection]) -> None:
    def start(_which: int) -> tuple[str, ...]:
        with open_empty() as own:
            return apply(own, (FIRST, LATER))

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(start, range(4)))
    assert sorted(done) == [(), (), (), (FIRST.name, LATER.name)]


def test_a_step_that_was_edited_after_it_was_applied_is_told(db: Connection) -> None:
    apply(db, (FIRST,))
    with pytest.raises(SchemaFault, match=r"01_one\.pre\.sql is not what was applied"):
        standing(db, (Step(FIRST.name, Part.PRE, FIRST.sql + " "),))


def test_an_older_program_runs_beside_a_newer_one_until_all_are_to_be_updated(db: Connection) -> None:
    apply(db, (FIRST,))
    apply(db, (FIRST, LATER, LAST))
    assert standing(db, (FIRST,)).fits
    apply(db, (FIRST, LATER, LAST), all_updated=True)
    assert standing(db, (FIRST,)).too_old
    with pytest.raises(SchemaFault, match="newer than this program"):
        apply(db, (FIRST,))


def test_a_program_is_told_that_the_hub_is_behind_it(db: Connection) -> None:
    apply(db, (FIRST,))
    assert not standing(db, (FIRST, LATER)).fits


def test_a_desk_can_see_whether_the_hub_fits_it(hub: Hub) -> None:
    hub.centre("east")
    with hub.desk("east") as desk:
        assert standing(desk, steps_in()).fits


def test_the_shipped_steps_are_numbered_without_a_gap_and_named_as_they_are_read() -> None:
    names = [step.name for step in steps_in()]
    assert sorted(names) == sorted(path.name for path in SHIPPED.iterdir())
    assert sorted({int(name[:2]) for name in names}) == list(range(1, len({name[:2] for name in names}) + 1))


def test_a_database_in_another_encoding_is_refused_before_anything_is_made(cluster: Cluster) -> None:
    with cluster.as_owner() as owner:
        owner.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    with cluster.as_owner("ascii") as other:
        with pytest.raises(SchemaFault, match="UTF8"):
            apply(other, steps_in())
        assert standing(other, steps_in()).fresh
    with cluster.as_owner() as owner:
        owner.execute("DROP DATABASE ascii")
