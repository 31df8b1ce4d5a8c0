"""`kiosk sync` and the morning check: in words for staff, whether the hub is there, away, or not the hub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.hub.members import Kind, revoke
from kiosk.hub.store import open_hub_store
from kiosk.security.centre_keys import new_pair
from kiosk.store import Store, open_store
from tests.hub.free_port import free_port
from tests.hub.https_hub import HOST, open_office
from tests.hub.hubs import Hub
from tests.hub.offers import offer, parcel
from tests.store.people import WallClock, application, shipped_calendar

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
Kiosk = Callable[..., Result]


@pytest.fixture
def address(hub: Hub) -> str:
    hub.centre("east")
    return hub.kiosk("east_1", "east")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "box", clock=WallClock(), calendar=shipped_calendar())
    opened.send_to_hub()
    yield opened
    opened.close()


@pytest.fixture
def kiosk(tmp_path: Path, address: str) -> Kiosk:
    config = tmp_path / "my.toml"
    config.write_text(f'{SITE}[hub]\naddress = "{address}"\n', encoding="utf-8")

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["--config", str(config), "--data", str(tmp_path / "box"), *words])

    return run


def told(result: Result, part: str = "hub") -> list[tuple[str, str]]:
    found = [one for one in json.loads(result.output)["findings"] if one["part"] == part]
    return [(one["state"], one["en"]) for one in found]


def test_what_waits_goes_and_is_counted(kiosk: Kiosk, store: Store) -> None:
    store.submit(application())
    done = kiosk("sync", "--lang", "en")
    assert (done.exit_code, done.output) == (0, "1 sent, 0 pieces of news fetched\n")
    plain = json.loads(kiosk("sync", "--json").output)
    nothing = {"sent": 0, "set_aside": 0, "news": 0, "unread": 0, "waiting": 0, "fault": None}
    assert plain == nothing | {"published": []}


def test_after_the_hub_was_put_back_a_day_is_offered_again(kiosk: Kiosk, store: Store, hub: Hub) -> None:
    store.submit(application())
    kiosk("sync")
    with hub.owner() as owner:
        owner.execute("DELETE FROM hub.parcel")
    yesterday = (WallClock().now() - timedelta(days=1)).date().isoformat()
    assert json.loads(kiosk("sync", "--again", yesterday, "--json").output)["sent"] == 1
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM hub.parcel").fetchone() == (1,)


def test_a_hub_that_is_away_is_no_reason_to_stop_work(kiosk: Kiosk, store: Store, hub: Hub) -> None:
    store.submit(application())
    hub.cluster.stop()
    done = kiosk("sync", "--lang", "en")
    assert done.exit_code == 1
    assert "Work goes on; the 1 that wait" in done.output
    ((state, words),) = told(kiosk("check", "--json"))
    assert state == "look" and "does not answer now" in words
    hub.cluster.start()


def test_a_kiosk_that_was_sent_away_is_told_whom_to_call(kiosk: Kiosk, store: Store, hub: Hub) -> None:
    with hub.owner() as owner:
        revoke(owner, Kind.KIOSK, "east_1")
    ((state, words),) = told(kiosk("check", "--json"))
    assert state == "bad" and "call whoever looks after the hub" in words
    assert "does not let this box in" in kiosk("sync", "--lang", "en").output


def test_before_the_desk_has_keys_nothing_is_taken_in_and_the_check_says_what_to_do(
    kiosk: Kiosk, hub: Hub, tmp_path: Path
) -> None:
    ((state, words),) = told(kiosk("check", "--json"))
    assert state == "bad" and "kiosk keys make" in words
    address = hub.address(Kind.DESK, "east")
    desk = open_hub_store(address, tmp_path / "desk", clock=WallClock(), calendar=shipped_calendar())
    desk.keep_keys((), (), new_pair())
    desk.close()
    ((state, words),) = told(kiosk("check", "--json"))
    assert (state, words) == ("good", "it answers; 0 wait to be sent")


def test_a_desk_is_told_what_is_set_aside_and_that_people_can_hand_in_while_its_hub_is_away(
    hub: Hub, tmp_path: Path
) -> None:
    config = tmp_path / "desk.toml"
    config.write_text(f'{SITE}[hub]\naddress = "{hub.centre("east")}"\n', encoding="utf-8")
    given = ["--config", str(config), "--data", str(tmp_path / "desk")]
    ((state, words),) = told(CliRunner().invoke(main, [*given, "check", "--json"]))
    assert (state, words) == ("good", "it answers; the cases of this desk are there")
    hub.kiosk("east_9", "east")
    with hub.at_kiosk("east_9") as kiosk:
        offer(kiosk, [parcel(1)])
    store = open_hub_store(
        hub.address(Kind.DESK, "east"), tmp_path / "desk", clock=WallClock(), calendar=shipped_calendar()
    )
    assert store.take_in().set_aside == 1
    store.close()
    _good, (state, words) = told(CliRunner().invoke(main, [*given, "check", "--json"]))
    assert state == "look" and words.startswith("1 from the kiosks could not be taken in")
    hub.cluster.stop()
    ((state, words),) = told(CliRunner().invoke(main, [*given, "check", "--json"]))
    assert state == "bad" and "People can hand in" in words
    assert "is a desk" in CliRunner().invoke(main, [*given, "sync"]).output
    hub.cluster.start()


def test_who_holds_the_keys_of_a_centre_is_told_at_its_desk_and_asked_of_no_kiosk(
    hub: Hub, kiosk: Kiosk, tmp_path: Path
) -> None:
    config = tmp_path / "desk.toml"
    config.write_text(f'{SITE}[hub]\naddress = "{hub.address(Kind.DESK, "east")}"\n', encoding="utf-8")
    given = ["--config", str(config), "--data", str(tmp_path / "desk"), "check", "--json"]
    (lying,) = told(CliRunner().invoke(main, given), "keys")
    assert lying[0] == "look" and "kiosk keys make" in lying[1]
    desk = open_hub_store(
        hub.address(Kind.DESK, "east"), tmp_path / "desk", clock=WallClock(), calendar=shipped_calendar()
    )
    desk.keep_keys((), (), new_pair())
    desk.close()
    ((_, words),) = told(CliRunner().invoke(main, given), "keys")
    assert "recovery sheet" in words
    assert not (tmp_path / "desk" / "store.sqlite3").exists()
    assert told(kiosk("check", "--json"), "keys") == []


@pytest.mark.parametrize(("days", "is_told"), [(20, True), (60, False)])
def test_a_certificate_that_ends_soon_is_told_in_time(tmp_path: Path, days: int, is_told: bool) -> None:
    office = open_office(tmp_path / "office")
    papers = office.papers("bb_kiosk_east_1", days=days)
    config = tmp_path / "my.toml"
    config.write_text(
        f'{SITE}[hub]\naddress = "https://{HOST}:{free_port()}"\ncertificate = "{papers.certificate}"\n'
        f'key = "{papers.key}"\nauthority = "{papers.authority}"\nreceipt_key = "{papers.hub_key.hex()}"\n',
        encoding="utf-8",
    )
    given = ["--config", str(config), "--data", str(tmp_path / "box"), "check", "--json"]
    words = [words for _, words in told(CliRunner().invoke(main, given))]
    assert "does not answer now" in words[0]
    assert any("good until" in one for one in words) is is_told


def test_a_box_that_stands_alone_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(tmp_path / "box"), "sync"])
    assert done.exit_code == 1 and "stands alone" in done.output
    checked = CliRunner().invoke(main, ["--data", str(tmp_path / "box"), "check", "--json"])
    assert told(checked) == []
