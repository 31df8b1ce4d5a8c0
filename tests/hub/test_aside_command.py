"""`kiosk hub aside`: what a desk could not take in is seen, and taken in once the reason is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cases.materials import Brought, Copy
from kiosk.cases.materials import Kind as Picture
from kiosk.cases.parcels import Kind, Parcel, hash_of
from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.hub.aside import Aside
from kiosk.hub.members import Kind as Member
from kiosk.hub.store import HubStore
from tests.hub.centre_with_hub import CentreWithHub, KioskOfCentre
from tests.hub.hubs import Hub
from tests.hub.offers import offer
from tests.store.people import GUIFANG, NAME, HandClock, application

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'


@pytest.fixture
def centre(hub: Hub, tmp_path: Path) -> Iterator[CentreWithHub]:
    with ExitStack() as closing:
        yield CentreWithHub(hub, tmp_path, HandClock(), "east", closing)


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    return centre.desk()


@pytest.fixture
def kiosk(centre: CentreWithHub, desk: HubStore) -> KioskOfCentre:
    return centre.kiosk()


def told(centre: CentreWithHub, *words: str) -> Result:
    """At the first desk of the centre."""
    hub, path = centre.hub, centre.folder / "desk.toml"
    path.write_text(
        f'{SITE}[hub]\naddress = "postgresql://bb_desk_{centre.name}@{hub.cluster.host}:{hub.cluster.port}/'
        f'{hub.database}"\npassword_file = "{hub.passfile(Member.DESK, centre.name)}"\n'
        f'authority = "{hub.cluster.authority}"\n'
    )
    state = centre.folder / f"{centre.name} desk 1"
    return CliRunner().invoke(main, ["--config", str(path), "--data", str(state), "hub", "aside", *words])


def without_keys(hub: Hub) -> None:
    """The centre has lost what the cases of its kiosks are sealed to."""
    with hub.owner() as owner:
        owner.execute("UPDATE office.centre_key SET id = id || 'x'")


def with_keys(hub: Hub) -> None:
    """They are back."""
    with hub.owner() as owner:
        owner.execute("UPDATE office.centre_key SET id = substr(id, 1, length(id) - 1)")


def test_what_was_set_aside_is_told_with_its_reason_and_nothing_of_it(
    centre: CentreWithHub, kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    assert told(centre, "list", "--lang", "zh").output == "没有放在一边的\n"
    kiosk.store.submit(application())
    kiosk.exchange()
    without_keys(hub)
    desk.take_in()
    said = told(centre, "list")
    assert said.exit_code == 1
    assert "east_1" in said.stdout and "钥匙" in said.stdout
    (one,) = json.loads(told(centre, "list", "--json").stdout)
    assert (one["kiosk"], one["kseq"], one["kind"], one["why"]) == ("east_1", 1, "case", "key")
    assert "keys" in told(centre, "list", "--lang", "en").stdout
    assert NAME not in said.stdout and GUIFANG not in said.stdout


def test_put_back_it_is_taken_in_with_all_that_came_with_it_and_the_book_says_so(
    centre: CentreWithHub, kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    case = kiosk.store.submit(application(), [Brought("id-card", Copy(Picture.JPEG, b"front"))]).case_id
    kiosk.exchange()
    without_keys(hub)
    assert desk.take_in().set_aside == 2
    first, _paper = (one.number for one in desk.parcels_aside())
    still = told(centre, "again", str(first), "--lang", "en")
    assert (still.exit_code, still.stdout.splitlines()[0]) == (1, "0 taken in, 2 still set aside")
    with_keys(hub)
    said = told(centre, "again", str(first), "--lang", "en")
    assert (said.exit_code, said.stdout) == (0, "2 taken in, 0 still set aside\n")
    assert desk.case(case).attachments[0].n == 1
    assert desk.parcels_aside() == ()
    assert [line.kind for line in desk.house_lines() if line.kind == "parcels_again"] == ["parcels_again"] * 2


def test_a_number_that_is_not_set_aside_changes_nothing(
    centre: CentreWithHub, kiosk: KioskOfCentre, desk: HubStore
) -> None:
    """What came too late is settled: its person was told."""
    said = told(centre, "again", "7", "--lang", "zh")
    assert said.exit_code == 1 and "没有放在一边的 7 号" in said.stderr
    assert not [line for line in desk.house_lines() if line.kind == "parcels_again"]


def test_a_strange_parcel_stays_where_it_is(
    centre: CentreWithHub, kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    with hub.at_kiosk("east_1") as db:
        offer(db, [Parcel(900, "strange", Kind.CASE, "strange", hash_of(b"{}"), b"{}")])
    desk.take_in()
    (one,) = desk.parcels_aside()
    said = told(centre, "again", str(one.number), "--lang", "zh")
    assert said.exit_code == 1 and "看不懂" in said.stdout
    assert desk.parcels_aside() == (one,)


def test_what_only_a_later_version_knows_hides_none_of_the_others(
    centre: CentreWithHub, kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    kiosk.store.submit(application())
    kiosk.exchange()
    without_keys(hub)
    with hub.at_kiosk("east_1") as db:
        columns = ([900], ["later"], ["letter \x1b[2J"], ["later"], [hash_of(b"{}")], [b"{}"])
        asked = "hub.offer(%s::bigint[], %s::text[], %s::text[], %s::text[], %b::bytea[], %b::bytea[])"
        db.execute(f"SELECT * FROM {asked}", columns)
    desk.take_in()
    with hub.owner() as owner:
        owner.execute("UPDATE hub.parcel SET set_aside = 'of tomorrow' WHERE id = 'later'")
    said = told(centre, "list", "--lang", "en")
    assert said.exit_code == 1 and "\x1b" not in said.stdout
    first, second = said.stdout.splitlines()
    assert "case 1 of east_1" in first and "unknown 900 of east_1" in second
    assert [one["kind"] for one in json.loads(told(centre, "list", "--json").stdout)] == ["case", None]


def test_a_box_that_is_no_desk_is_told_where_it_belongs(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(SITE)
    said = CliRunner().invoke(main, ["--config", str(path), "--data", str(tmp_path), "hub", "aside", "list"])
    assert said.exit_code == 1 and "at a desk" in said.stderr


def test_every_reason_says_what_to_do() -> None:
    texts = load_catalogue("box")
    named = [*(why for why in Aside if why is not Aside.TOO_LATE), *Kind]
    assert all(set(texts[f"aside.{one}"].shown) == {"zh", "en"} for one in named)
