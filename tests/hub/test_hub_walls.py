"""Nobody sees another centre's cases, and a kiosk sees none: every table, every role, every way across."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from kiosk.cases.states import OPEN, State
from kiosk.hub.members import Kind, revoke
from tests.hub.cluster import Cluster
from tests.hub.fixtures import new_hub
from tests.hub.hubs import Hub, emptied
from tests.hub.offers import offer, parcel
from tests.hub.rows import TABLES, fill, of_centres, tables

WHO_IS_WHO = {"hub.centre", "hub.member"}
"""hub.me() looks here to find out who is asking, so the owner of the functions passes; nobody else does."""
OF_NOBODY = {"hub.migration"}
BETWEEN_DESKS = {
    *("neighbours", "hand_over", "take_handover", "refuse_handover", "call_back", "give_back"),
    *("notice_handover", "let_go", "pass_on", "answer_word"),
}
KIOSKS_CALL = {
    *(
        "offer",
        "mail",
        "acknowledge",
        "ask",
        "progress",
        "key",
        "tell",
        "tell_tried",
        "call",
        "newest_edition",
    ),
}
MEMBERS = ["bb_desk_east", "bb_desk_west", "bb_kiosk_east_1", "bb_kiosk_west_1"]
ADDED_TO_ONLY = ("office.event", "office.house_event", "office.head", "office.consent")


@pytest.fixture(scope="module")
def standing(cluster: Cluster, hub_pattern: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Two centres with a kiosk each."""
    with new_hub(cluster, hub_pattern, tmp_path_factory.mktemp("hub")) as made:
        for centre in ("east", "west"):
            made.centre(centre)
            made.kiosk(f"{centre}_1", centre)
        yield made


@pytest.fixture
def two(standing: Hub) -> Iterator[Hub]:
    """The same two for every test here, and nothing that the one before has left."""
    yield standing
    with standing.owner() as owner:
        emptied(owner, MEMBERS)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(InsufficientPrivilege):
        yield


def test_every_table_stands_behind_row_level_security(two: Hub) -> None:
    """Also one that somebody adds in the next step of the schema and forgets about."""
    with two.owner() as owner:
        for schema, name, enabled, forced, whose in owner.execute(TABLES):
            table = f"{schema}.{name}"
            assert whose == "bb_owner", table
            assert enabled or table in OF_NOBODY, table
            assert forced or table in WHO_IS_WHO | OF_NOBODY, table


def test_every_row_belongs_to_a_centre_and_every_key_begins_with_it(two: Hub) -> None:
    first = """
        SELECT i.indexrelid::regclass::text, a.attname FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
         WHERE i.indrelid = %s::regclass AND i.indisunique"""
    with two.owner() as owner:
        for table in of_centres(owner):
            keys = owner.execute(first, (table,)).fetchall()
            assert keys and {column for _index, column in keys} == {"centre"}, (table, keys)


def test_a_desk_sees_its_own_row_in_every_table_and_no_row_of_another_centre(two: Hub) -> None:
    with two.owner() as owner, two.desk("east") as east, two.desk("west") as west:
        for table in of_centres(owner):
            fill(owner, table, "west")
            count = f"SELECT count(*) FROM {table}"
            assert west.execute(count).fetchone() == (1,), table
            assert east.execute(count).fetchone() == (0,), table


def test_a_desk_changes_and_deletes_nothing_of_another_centre(two: Hub) -> None:
    with two.owner() as owner, two.desk("east") as east:
        for table in of_centres(owner):
            fill(owner, table, "west")
            for act in (f"UPDATE {table} SET centre = 'east'", f"DELETE FROM {table}"):
                try:
                    assert east.execute(act).rowcount == 0, act
                except InsufficientPrivilege:
                    continue  # not even its own
            left = owner.execute(f"SELECT count(*) FROM {table} WHERE centre = 'west'").fetchone()
            assert left == (1,), table


def test_a_desk_puts_nothing_into_another_centre(two: Hub) -> None:
    with two.owner() as owner, two.desk("east") as east:
        for table in of_centres(owner):
            with refused():
                fill_as(east, owner, table, "west")
            fill(owner, table, "east")
            with refused():
                # no right to it at all, or the row would leave the centre
                east.execute(f"UPDATE {table} SET centre = 'west'")


def fill_as(desk: psycopg.Connection[Any], owner: psycopg.Connection[Any], table: str, centre: str) -> None:
    """What `fill` does, by a desk: the row is worked out as the superuser and put there as the desk."""
    with owner.transaction(force_rollback=True):
        fill(owner, table, centre)
        columns = owner.execute(f"SELECT * FROM {table}").description or []
        row = owner.execute(f"SELECT * FROM {table}").fetchone()
    assert row is not None
    names, marks = ", ".join(one.name for one in columns), ", ".join(["%s"] * len(columns))
    desk.execute(f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE VALUES ({marks})", row)


def test_a_kiosk_has_no_right_to_any_table(two: Hub) -> None:
    rights = ("SELECT", "INSERT", "UPDATE", "REFERENCES")
    with two.owner() as owner:
        for table in tables(owner):
            for right in rights:
                asked = "SELECT has_any_column_privilege('bb_kiosk_east_1', %s, %s)"
                assert owner.execute(asked, (table, right)).fetchone() == (False,), (table, right)
            for right in ("DELETE", "TRUNCATE", "TRIGGER"):
                asked = "SELECT has_table_privilege('bb_kiosk_east_1', %s, %s)"
                assert owner.execute(asked, (table, right)).fetchone() == (False,), (table, right)
    with two.at_kiosk("east_1") as kiosk, refused():
        kiosk.execute("SELECT * FROM office.cases")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("bb_kiosks", KIOSKS_CALL),
        ("bb_desks", {"me", "my_centre", "newest_edition"} | BETWEEN_DESKS),
        ("bb_districts", {"counts", "published", "publish"}),
        ("bb_admin", {"me", "my_centre", "published", "publish"}),
        ("pg_monitor", set()),
    ],
)
def test_each_kind_of_member_may_call_just_its_functions(role: str, may: set[str], two: Hub) -> None:
    asked = """
        SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('hub', 'office', 'public') AND has_function_privilege(%s, p.oid, 'EXECUTE')"""
    with two.owner() as owner:
        assert {name for (name,) in owner.execute(asked, (role,))} == may


def test_what_runs_with_the_owners_rights_looks_nowhere_else_for_names(two: Hub) -> None:
    """Nobody can slip a table or a function of their own under them."""
    asked = """
        SELECT p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosecdef"""
    with two.owner() as owner:
        for name, settings in owner.execute(asked).fetchall():
            assert "search_path=pg_catalog, pg_temp" in (settings or []), name


@pytest.mark.parametrize("kind", [Kind.KIOSK, Kind.DESK, Kind.SERVER, Kind.DISTRICT])
def test_no_member_makes_anything_of_its_own_in_the_database(kind: Kind, two: Hub) -> None:
    names = {Kind.KIOSK: "east_1", Kind.DESK: "east", Kind.SERVER: "front", Kind.DISTRICT: "city"}
    if kind in {Kind.SERVER, Kind.DISTRICT}:
        two.member(kind, names[kind])
    with two.connect(kind, names[kind]) as member:
        for act in (
            "CREATE SCHEMA mine", "CREATE TABLE public.mine (n int)", "CREATE TABLE hub.mine (n int)",
            "CREATE TABLE office.mine (n int)", "CREATE TEMP TABLE mine (n int)", "CREATE ROLE mine",
            "SET ROLE bb_owner", "SET ROLE bb_admin", "SET ROLE bb_desk_west",
            "SET SESSION AUTHORIZATION bb_desk_west", "TRUNCATE office.cases",
            "ALTER TABLE office.cases DISABLE ROW LEVEL SECURITY", "DROP POLICY own_centre ON office.cases",
        ):  # fmt: skip
            with refused():
                member.execute(act)


def test_a_stolen_kiosk_can_neither_hold_up_its_centre_nor_fill_the_disk(two: Hub) -> None:
    """A centre's desks write one after another, under a lock that no kiosk can take."""
    with two.at_kiosk("east_1") as kiosk, two.desk("east") as desk:
        for act in (
            "SELECT pg_advisory_lock(1)", "SELECT pg_advisory_xact_lock(1, 1)",
            "SELECT pg_try_advisory_lock(1)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'much')",
        ):  # fmt: skip
            with refused():
                kiosk.execute(act)
        desk.execute("SELECT pg_advisory_xact_lock(1, 1)")
        with refused():
            desk.execute("SELECT lo_creat(-1)")


def test_a_desk_that_switches_the_walls_off_is_refused_not_served(two: Hub) -> None:
    with two.desk("east") as east:
        east.execute("SET row_security = off")
        with refused():
            east.execute("SELECT * FROM office.cases")


def test_a_desk_is_of_its_centre_whatever_it_says(two: Hub) -> None:
    """Neither a setting nor a name of its own makes it another."""
    with two.owner() as owner, two.desk("east") as east:
        fill(owner, "office.cases", "west")
        for trick in (
            "SET bangban.kiosk = 'bb_kiosk_west_1'",
            "SET search_path = pg_temp, office",
            "SET application_name = 'bb_desk_west'",
        ):
            east.execute(trick)
            assert east.execute("SELECT count(*) FROM office.cases").fetchone() == (0,), trick


def test_the_desk_of_a_centre_that_was_sent_away_sees_nothing_more(two: Hub) -> None:
    with two.owner() as owner, two.desk("east") as east:
        fill(owner, "office.cases", "east")
        assert east.execute("SELECT count(*) FROM office.cases").fetchone() == (1,)
        owner.execute("UPDATE hub.member SET revoked_at = now() WHERE role = 'bb_desk_east'")
        assert east.execute("SELECT count(*) FROM office.cases").fetchone() == (0,)


@pytest.mark.parametrize("table", ADDED_TO_ONLY)
def test_history_is_only_added_to(table: str, two: Hub) -> None:
    with two.owner() as owner, two.desk("east") as east:
        fill(owner, table, "east")
        with refused():
            east.execute(f"DELETE FROM {table}")
        with refused():
            east.execute(f"UPDATE {table} SET at = 'never'")


def test_words_in_a_history_can_be_erased(two: Hub) -> None:
    with two.owner() as owner, two.desk("east") as east:
        fill(owner, "office.event", "east")
        erased = east.execute("UPDATE office.event SET words = NULL, body = NULL, sealed = NULL, salt = NULL")
        assert erased.rowcount == 1


def test_a_kiosk_hears_only_of_its_own_cases(two: Hub) -> None:
    two.kiosk("east_2", "east")
    with two.owner() as owner, two.at_kiosk("east_1") as first:
        for centre, kiosk in (("east", "east_1"), ("east", "east_2"), ("west", "west_1")):
            owner.execute(
                "INSERT INTO hub.mailbox (centre, kiosk, case_id, seq, kind, at, body)"
                " VALUES (%s, %s, %s, 1, 'claimed', '', '{}')",
                (centre, kiosk, f"of {kiosk}"),
            )
        assert [row[1] for row in first.execute("SELECT * FROM hub.mail(9)")] == ["of east_1"]
        everything = [number for (number,) in owner.execute("SELECT id FROM hub.mailbox")]
        first.execute("SELECT hub.acknowledge(%s)", (everything,))
        left = owner.execute("SELECT kiosk FROM hub.mailbox ORDER BY kiosk").fetchall()
        assert left == [("east_2",), ("west_1",)]


def test_a_kiosk_tells_the_standing_of_cases_of_its_centre_only(two: Hub) -> None:
    with two.owner() as owner, two.at_kiosk("east_1") as east, two.at_kiosk("west_1") as west:
        fill(owner, "office.cases", "west")
        owner.execute("UPDATE office.cases SET number = 'A001'")
        assert asked(west, "A001") == [("A001",)]
        assert asked(east, "A001") == []


def test_a_number_that_two_cases_have_tells_of_neither(two: Hub) -> None:
    with two.owner() as owner, two.at_kiosk("east_1") as kiosk:
        fill(owner, "office.cases", "east")
        owner.execute("UPDATE office.cases SET number = 'A001', id = 'one'")
        fill(owner, "office.cases", "east")
        owner.execute("UPDATE office.cases SET number = 'A001'")
        assert asked(kiosk, "A001") == []


def asked(kiosk: psycopg.Connection[Any], number: str) -> list[tuple[Any, ...]]:
    """Which number the hub tells something of."""
    assert kiosk.execute("SELECT hub.ask(%s)", (number,)).fetchone() == (True,)
    return kiosk.execute("SELECT number FROM hub.progress(%s)", (number,)).fetchall()


def test_a_district_counts_and_reads_no_case(two: Hub) -> None:
    two.member(Kind.DISTRICT, "city")
    with two.owner() as owner, two.connect(Kind.DISTRICT, "city") as district:
        for centre in ("east", "west"):
            fill(owner, "office.cases", centre)
            fill(owner, "office.event", centre)
        owner.execute("UPDATE office.cases SET state = 'queued', due = '2026-03-09'")
        counted = district.execute("SELECT * FROM hub.counts('2026-03-10')").fetchall()
        assert counted == [("east", "queued", 1, 1), ("west", "queued", 1, 1)]
        for state in State:
            for pauses in ("", str(state)):
                owner.execute("UPDATE office.cases SET state = %s, pauses = %s", (state, pauses))
                runs = state in OPEN and not (pauses and state in (State.NEEDS_INFO, State.ON_HOLD))
                counted = district.execute("SELECT * FROM hub.counts('2026-03-10')").fetchall()
                assert counted == [(centre, state, 1, int(runs)) for centre in ("east", "west")]
        for table in tables(owner):
            with refused():
                district.execute(f"SELECT * FROM {table}")
        with refused():
            district.execute("SELECT * FROM hub.mail(1)")
        revoke(owner, Kind.DISTRICT, "city")


def test_only_a_district_counts_over_all_centres(two: Hub) -> None:
    for kind, name in ((Kind.KIOSK, "east_1"), (Kind.DESK, "east")):
        with two.connect(kind, name) as member, refused():
            member.execute("SELECT * FROM hub.counts('2026-03-10')")


def test_a_server_speaks_for_the_kiosk_it_names_and_for_nobody_else(two: Hub) -> None:
    two.member(Kind.SERVER, "front")
    with two.owner() as owner, two.connect(Kind.SERVER, "front") as server:
        with refused():
            server.execute("SELECT * FROM hub.mail(1)")
        speak_for(server, "bb_kiosk_west_1")
        assert [row[4] for row in offer(server, [parcel(1)])] == [False]
        assert owner.execute("SELECT centre, kiosk FROM hub.parcel").fetchall() == [("west", "west_1")]
        for nobody in ("bb_desk_west", "bb_server_front", "bb_kiosk_north_1", "postgres", ""):
            speak_for(server, nobody)
            with refused():
                server.execute("SELECT * FROM hub.mail(1)")
        owner.execute("UPDATE hub.member SET revoked_at = now() WHERE kiosk = 'west_1'")
        speak_for(server, "bb_kiosk_west_1")
        with refused():
            server.execute("SELECT * FROM hub.mail(1)")


def test_a_server_of_one_centre_speaks_for_no_kiosk_of_another(two: Hub) -> None:
    two.member(Kind.SERVER, "front", "east")
    with two.connect(Kind.SERVER, "front") as server:
        speak_for(server, "bb_kiosk_east_1")
        assert server.execute("SELECT * FROM hub.mail(1)").fetchall() == []
        speak_for(server, "bb_kiosk_west_1")
        with refused():
            server.execute("SELECT * FROM hub.mail(1)")


def speak_for(server: psycopg.Connection[Any], role: str) -> None:
    server.execute("SELECT set_config('bangban.kiosk', %s, false)", (role,))


def test_a_kiosk_that_names_another_is_still_itself(two: Hub) -> None:
    with two.owner() as owner, two.at_kiosk("east_1") as kiosk:
        speak_for(kiosk, "bb_kiosk_west_1")
        offer(kiosk, [parcel(1)])
        assert owner.execute("SELECT centre, kiosk FROM hub.parcel").fetchall() == [("east", "east_1")]


def test_whoever_looks_after_the_database_without_being_its_master_sees_no_case(hub: Hub) -> None:
    """Lets in and sends away, sees what is behind; nothing of what was sent, no case, no news."""
    with hub.owner() as owner:
        owner.execute("CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'of the test'")
        try:
            owner.execute("GRANT bb_admin TO keeper")
            keeps(hub, owner)
        finally:
            owner.execute("DROP ROLE keeper")


def keeps(hub: Hub, owner: psycopg.Connection[Any]) -> None:
    from kiosk.hub.members import add, add_centre
    from kiosk.hub.standing import kiosks

    address = hub.cluster.address(hub.database, "keeper")
    with psycopg.connect(address, password="of the test", autocommit=True) as keeper:
        add_centre(keeper, "north")
        add(keeper, Kind.DESK, "north")
        add(keeper, Kind.KIOSK, "north_1", "north")
        fill(owner, "office.cases", "north")
        fill(owner, "hub.mailbox", "north")
        fill(owner, "hub.parcel", "north")
        assert [one.kiosk for one in kiosks(keeper)] == ["north_1"]
        for column in ("hub.parcel", "hub.mailbox", "hub.quarantine"):
            with refused():
                keeper.execute(f"SELECT body FROM {column}")
        with refused():
            keeper.execute("SELECT * FROM office.cases")
        revoke_by(keeper)


def revoke_by(keeper: psycopg.Connection[Any]) -> None:
    revoke(keeper, Kind.KIOSK, "north_1")
    gone = keeper.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'bb_kiosk_north_1'").fetchone()
    assert gone == (False,)
