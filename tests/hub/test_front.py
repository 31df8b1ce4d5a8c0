"""`kiosk hub serve` as a program: what it says, what it logs, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.hub.https import HttpsLink
from kiosk.hub.link import Fault, LinkTrouble
from kiosk.hub.members import Kind, role_of
from tests.hub.front import SITE, Front, front
from tests.hub.https_hub import HOST, Office, open_office, parcel
from tests.hub.hubs import Hub


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path / "office")


@pytest.mark.slow
def test_it_takes_in_what_kiosks_bring_and_says_nothing_of_it(hub: Hub, office: Office) -> None:
    hub.centre("east")
    hub.kiosk("east_1", "east")
    program = front(hub, office)
    program.start()
    assert program.receipt_key == office.key.public.hex()
    link = HttpsLink(f"https://{HOST}:{program.port}", office.papers(role_of(Kind.KIOSK, "east_1")))
    assert link.offer([parcel(1)])
    hub.cluster.kill()
    with pytest.raises(LinkTrouble) as raised:
        link.offer([parcel(2)])
    assert raised.value.fault is Fault.AWAY
    hub.cluster.start()
    assert link.offer([parcel(2)])
    link.close()
    code, logged = program.end()
    assert code == 0
    assert not any(word in logged for word in ("east", "parcel", "case-", "Traceback")), logged


def test_it_does_not_begin_with_papers_that_do_not_go_together(hub: Hub, office: Office) -> None:
    program = front(hub, office)
    office.write("hub.key", (open_office(office.folder / "other").folder / "hub.key").read_bytes())
    said = _serve(program)
    assert said[0] == 1 and "do not go together" in said[1]


def test_it_needs_the_database_in_its_settings(hub: Hub, office: Office, tmp_path: Path) -> None:
    alone = tmp_path / "alone.toml"
    alone.write_text(SITE, encoding="utf-8")
    said = _serve(Front(office, alone))
    assert said[0] == 1 and "hub.address" in said[1]


def _serve(program: Front) -> tuple[int, str]:
    """Of one that does not begin: its exit code and its words."""
    result = CliRunner().invoke(main, program.words())
    return result.exit_code, result.output
