"""`kiosk hub`: one person makes the hub, lets centres and kiosks in, and sees how it stands."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.hub.members import Kind, role_of
from tests.hub.cluster import Cluster
from tests.hub.hubs import Hub
from tests.hub.offers import offer, parcel

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'


def told(*words: str) -> Result:
    return CliRunner().invoke(main, ["hub", *words])


def at(hub: Hub, *words: str) -> Result:
    return told(*words, "--database", hub.owner_address())


@pytest.fixture
def empty(cluster: Cluster) -> str:
    """The address of a database that is no hub yet."""
    with cluster.as_owner() as owner:
        owner.execute("DROP DATABASE IF EXISTS bare")
        owner.execute("CREATE DATABASE bare")
    return cluster.owner_address("bare")


def test_the_hub_is_made_by_one_command_that_may_be_repeated(empty: str) -> None:
    made = told("init", "--database", empty)
    assert made.exit_code == 0 and "applied 01_cases.pre.sql" in made.stdout
    again = told("init", "--database", empty)
    assert (again.exit_code, again.stdout) == (0, "The hub is up to date.\n")


def test_a_database_that_is_no_hub_yet_is_told(empty: str) -> None:
    said = told("kiosk", "revoke", "east_1", "--database", empty)
    assert said.exit_code == 1 and "no hub yet: kiosk hub init" in said.stderr


def test_a_kiosk_is_let_in_with_a_password_that_only_its_file_holds(hub: Hub, tmp_path: Path) -> None:
    file = tmp_path / "east_1.pass"
    at(hub, "centre", "add", "east", "--title", "河东", "--password-file", str(tmp_path / "east.pass"))
    said = at(hub, "kiosk", "add", "east_1", "--centre", "east", "--password-file", str(file))
    assert said.exit_code == 0, said.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip().rpartition(":")[2]
    assert len(password) > 40 and password not in said.output
    address = hub.cluster.address(hub.database, "bb_kiosk_east_1")
    with psycopg.connect(f"{address}&passfile={file}") as db:
        assert db.execute("SELECT * FROM hub.mail(1)").fetchall() == []


def test_a_file_that_is_there_is_never_written_over_and_nobody_is_let_in(hub: Hub, tmp_path: Path) -> None:
    hub.centre("east")
    file = tmp_path / "kept"
    file.write_text("mine")
    said = at(hub, "kiosk", "add", "east_1", "--centre", "east", "--password-file", str(file))
    assert said.exit_code == 1 and file.read_text() == "mine"
    with hub.owner() as owner:
        assert owner.execute("SELECT 1 FROM hub.member WHERE kiosk = 'east_1'").fetchone() is None


def test_where_nobody_is_let_in_no_file_is_left_behind(hub: Hub, tmp_path: Path) -> None:
    file = tmp_path / "east_1.pass"
    said = at(hub, "kiosk", "add", "east_1", "--centre", "east", "--password-file", str(file))
    assert said.exit_code == 1 and "There is no centre east" in said.stderr
    assert not file.exists()


def test_a_kiosk_with_a_certificate_cannot_come_to_the_database_itself(hub: Hub) -> None:
    hub.centre("east")
    said = at(hub, "kiosk", "add", "east_2", "--centre", "east", "--over-https")
    assert said.exit_code == 0 and "certificate for bb_kiosk_east_2" in said.stdout
    with hub.owner() as owner:
        asked = "SELECT rolcanlogin FROM pg_roles WHERE rolname = %s"
        assert owner.execute(asked, (role_of(Kind.KIOSK, "east_2"),)).fetchone() == (False,)
    assert at(hub, "kiosk", "revoke", "east_2").exit_code == 0


def test_a_stolen_kiosk_is_revoked_in_one_command(hub: Hub) -> None:
    hub.centre("east")
    address = hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1"):
        said = at(hub, "kiosk", "revoke", "east_1")
    assert said.stdout == "east_1 is let in no more; connections ended: 1.\n"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_no_password_stands_on_a_command_line(hub: Hub) -> None:
    said = told("init", "--database", "postgresql://postgres:secret@127.0.0.1/x")
    assert said.exit_code == 2 and "secret" not in said.output


def test_a_hub_that_cannot_be_reached_is_said_in_a_line() -> None:
    said = told("init", "--database", "postgresql:///x?host=/nowhere")
    assert said.exit_code == 1 and "cannot be reached" in said.stderr and "Traceback" not in said.output


def test_the_status_names_the_silent_and_what_waits(hub: Hub) -> None:
    hub.centre("east")
    for kiosk in ("east_1", "east_2", "east_3"):
        hub.kiosk(kiosk, "east")
    with hub.at_kiosk("east_1") as one:
        offer(one, [parcel(1)])
        one.execute("SELECT * FROM hub.mail(1)")
    with hub.at_kiosk("east_2") as two:
        two.execute("SELECT * FROM hub.mail(1)")
    with hub.owner() as owner:
        owner.execute("UPDATE hub.seen SET at = at - interval '1 hour' WHERE kiosk = 'east_2'")
    said = at(hub, "status")
    assert said.exit_code == 1
    lines = {line.split()[1]: line for line in said.stdout.splitlines()}
    assert lines["east_1"].endswith("waiting 1  news 0  well")
    assert lines["east_2"].endswith("silent")
    assert lines["east_3"].endswith("never heard of")


def test_alarms_are_shown_until_somebody_has_looked(hub: Hub) -> None:
    hub.centre("east")
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as one:
        offer(one, [parcel(1), parcel(3)])
    said = at(hub, "status", "--looked-at")
    assert said.exit_code == 1 and "number 3  numbers before it are missing" in said.stdout
    assert at(hub, "status").exit_code == 0


def test_a_desk_sees_how_its_own_kiosks_stand_and_no_others(hub: Hub, tmp_path: Path) -> None:
    for centre in ("east", "west"):
        hub.centre(centre)
        hub.kiosk(f"{centre}_1", centre)
    said = CliRunner().invoke(
        main, ["--config", str(settings(hub, "east", tmp_path)), "hub", "status", "--json"]
    )
    assert [one["kiosk"] for one in json.loads(said.stdout)["kiosks"]] == ["east_1"]


def settings(hub: Hub, centre: str, folder: Path) -> Path:
    """The kiosk.toml of a desk of this centre."""
    path = folder / "desk.toml"
    passfile = hub.passfile(Kind.DESK, centre)
    path.write_text(
        f'{SITE}[hub]\naddress = "postgresql://bb_desk_{centre}@{hub.cluster.host}:{hub.cluster.port}/'
        f'{hub.database}"\npassword_file = "{passfile}"\nauthority = "{hub.cluster.authority}"\n'
    )
    return path


def test_metrics_are_openmetrics_text_with_names_and_numbers_only(hub: Hub) -> None:
    hub.centre("east")
    hub.kiosk("east_1", "east")
    with hub.at_kiosk("east_1") as one:
        offer(one, [parcel(1), parcel(2)])
    said = at(hub, "status", "--metrics").stdout
    assert 'bangban_hub_parcels_waiting{centre="east",kiosk="east_1"} 2\n' in said
    assert said.endswith("\nbangban_hub_schema_pending 0\n# EOF\n")
    families = [line.split()[2] for line in said.splitlines() if line.startswith("# TYPE")]
    assert len(families) == len(set(families)) == 21
    for line in said.splitlines():
        if not line.startswith("#"):
            name, _, number = line.partition(" ")
            assert name.partition("{")[0] in families and float(number) >= 0
