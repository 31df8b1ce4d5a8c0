"""Who comes into the hub, and how it is sent away for good: in one step, with its open connections."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from kiosk.hub.members import Kind, MemberFault, add, add_again, add_centre, password_line, revoke, role_of
from tests.hub.hubs import Hub


def test_a_stolen_kiosk_is_sent_away_at_once_and_never_comes_back(hub: Hub) -> None:
    """Its open connection ends with the one command, and nothing it holds lets it in again."""
    hub.centre("east")
    address = hub.kiosk("east_1", "east")
    stolen = psycopg.connect(address, autocommit=True)
    assert stolen.execute("SELECT * FROM hub.mail(10)").fetchall() == []
    with hub.owner() as owner:
        assert revoke(owner, Kind.KIOSK, "east_1") == 1
    with pytest.raises(psycopg.OperationalError):
        stolen.execute("SELECT * FROM hub.mail(10)")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_a_kiosk_that_kept_its_connection_is_answered_no_more(hub: Hub) -> None:
    """Where the connection could not be ended, the row alone is enough."""
    hub.centre("east")
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as stolen, hub.owner() as owner:
        owner.execute("UPDATE hub.member SET revoked_at = now() WHERE kiosk = 'east_1'")
        with pytest.raises(InsufficientPrivilege, match="no kiosk of this hub"):
            stolen.execute("SELECT * FROM hub.mail(10)")


def test_a_kiosk_that_was_found_again_gets_another_password(hub: Hub) -> None:
    hub.centre("east")
    old = hub.kiosk("east_1", "east")
    with hub.owner() as owner:
        revoke(owner, Kind.KIOSK, "east_1")
        password = add_again(owner, Kind.KIOSK, "east_1")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(old)
    hub.passfile(Kind.KIOSK, "east_1").write_text(password_line("bb_kiosk_east_1", password))
    with hub.at_kiosk("east_1") as found:
        assert found.execute("SELECT * FROM hub.mail(10)").fetchall() == []


def test_the_servers_log_never_sees_a_password(hub: Hub) -> None:
    with hub.owner() as owner:
        owner.execute("SET log_statement = 'all'")
        add_centre(owner, "east")
        password = add(owner, Kind.DESK, "east")
    hub.cluster.wait_until_said("SET statement_timeout")
    said = "\n".join(hub.cluster.said)
    assert "ALTER ROLE bb_desk_east LOGIN" in said and password not in said


@pytest.mark.parametrize("name", ["", "East", "a b", "x" * 33, "a-b", "a;drop", "河东"])
def test_a_name_that_would_not_do_as_a_role_is_refused(name: str) -> None:
    with pytest.raises(MemberFault):
        role_of(Kind.KIOSK, name)


def test_nobody_is_let_in_twice_by_mistake_nor_into_a_centre_that_is_not_there(hub: Hub) -> None:
    hub.centre("east")
    hub.kiosk("east_1", "east")
    with hub.owner() as owner:
        with pytest.raises(MemberFault, match="--again"):
            add(owner, Kind.KIOSK, "east_1", "east")
        with pytest.raises(MemberFault, match="no centre west"):
            add(owner, Kind.KIOSK, "west_1", "west")
        with pytest.raises(MemberFault, match="already"):
            add_centre(owner, "east")
        with pytest.raises(MemberFault, match="never let in"):
            revoke(owner, Kind.KIOSK, "north_1")
        assert owner.execute("SELECT count(*) FROM hub.member").fetchone() == (2,)
