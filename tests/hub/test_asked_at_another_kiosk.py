"""Handed in at one kiosk, asked for at another: from the screen of the second to the hub and back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.cli._fittings import _open_visit
from kiosk.config import load_settings
from kiosk.flow.moves import Choose, Enter, Move
from kiosk.flow.page import Page
from kiosk.hub.asking import AskingHub
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.members import Kind
from kiosk.hub.store import HubStore
from kiosk.sitting.receipt_room import ReceiptRoom
from kiosk.sitting.visit import Visit
from kiosk.store import open_store
from tests.flow.residents import SHARING
from tests.hub.centre_with_hub import CentreWithHub, KioskOfCentre
from tests.hub.free_port import free_port
from tests.hub.hubs import Hub
from tests.store.people import NAME, WANG, HandClock, application, shipped_calendar

WAITS = 60.0
TRIES = 5
LANGUAGES = ("zh", "en")
TOLD = {
    "queued": ("已经收到，等工作人员办", "received, waiting for staff"),
    "bring": ("要补什么，请带身份证到窗口问", "bring your ID card to the desk and ask what is needed"),
    "granted": ("办好了", "done"),
    "unknown": ("没有找到这个编号", "This number was not found"),
    "away": ("您的事情没有丢", "nothing is lost"),
}


class AtScreen:
    """Somebody at the second kiosk, with the number on the paper from the first."""

    def __init__(self, visit: Visit, language: str) -> None:
        self.visit, self.language = visit, language
        self.news: SimpleQueue[Move] = SimpleQueue()
        visit.listen(self.news.put)
        for move in (Choose(language), Choose("go"), Choose("without"), Choose("query"), Choose("number")):
            visit.do(move)

    def types(self, number: str) -> Page:
        """The page that the answer brings."""
        assert self.visit.do(Enter(number)).id == "query-asking"
        return self.visit.do(self.news.get(timeout=WAITS))

    def reads(self, page: Page) -> str:
        lines = (page.heading, *page.body, *((page.error,) if page.error else ()))
        return "\n".join(line.show(self.language) for line in lines)

    def said(self, what: str) -> str:
        return TOLD[what][LANGUAGES.index(self.language)]


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def centre(hub: Hub, tmp_path: Path, closing: ExitStack) -> CentreWithHub:
    return CentreWithHub(hub, tmp_path, HandClock(), "east", closing)


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    return centre.desk()


@pytest.fixture
def first(centre: CentreWithHub, desk: HubStore) -> KioskOfCentre:
    return centre.kiosk(1)


Come = Callable[[str, str], AtScreen]


@pytest.fixture
def come(centre: CentreWithHub, first: KioskOfCentre, closing: ExitStack) -> Come:
    """To the second kiosk, in a language; at an address where the hub is, or is not."""
    centre.hub.kiosk("east_2", "east")

    def come(language: str, address: str) -> AtScreen:
        asking = AskingHub(lambda: DirectLink(entering(Entry(address), WAITS)))
        state = centre.folder / f"second-{os.urandom(4).hex()}"
        store = open_store(state, clock=centre.clock, calendar=shipped_calendar())
        zone = ZoneInfo("Asia/Shanghai")
        visit = Visit(SHARING, store, b"k" * 32, centre.clock, zone=zone, elsewhere=asking)
        # how long a person is kept waiting is tried elsewhere: here a busy machine may take longer
        visit._receipt_room = ReceiptRoom(asking, timedelta(seconds=WAITS))
        closing.callback(visit.close)
        return AtScreen(visit, language)

    return come


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_far_it_is_is_read_at_another_kiosk(
    hub: Hub, first: KioskOfCentre, desk: HubStore, come: Come, language: str
) -> None:
    receipt = first.store.submit(application())
    first.exchange()
    person = come(language, hub.address(Kind.KIOSK, "east_2"))
    shown = person.types(receipt.number)
    assert shown.id == "query-found"
    assert person.said("queued") in person.reads(shown)
    desk.take_in()
    desk.ask_info(receipt.case_id, WANG, desk.claim(receipt.case_id, WANG).epoch, "请带户口簿")
    for move in (Choose("go"), Choose("number")):
        person.visit.do(move)
    read = person.reads(person.types(receipt.number))
    assert person.said("bring") in read
    assert NAME not in read and "户口簿" not in read


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_nobody_has_can_be_corrected(
    hub: Hub, first: KioskOfCentre, desk: HubStore, come: Come, language: str
) -> None:
    receipt = first.store.submit(application())
    first.exchange()
    desk.take_in()
    desk.complete(receipt.case_id, WANG, desk.claim(receipt.case_id, WANG).epoch, "每月一百元")
    person = come(language, hub.address(Kind.KIOSK, "east_2"))
    missed = person.types("2026-1102-00000000")
    assert missed.id == "query-number" and person.said("unknown") in person.reads(missed)
    read = person.reads(person.types(receipt.number))
    assert person.said("granted") in read and "一百元" not in read


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_hub_cannot_be_reached_nobody_is_told_that_their_number_is_wrong(
    hub: Hub, first: KioskOfCentre, come: Come, language: str
) -> None:
    """And what they typed is kept for another try."""
    receipt = first.store.submit(application())
    person = come(language, f"postgresql://bb_kiosk_east_2@127.0.0.1:{free_port()}/{hub.database}")
    shown = person.types(receipt.number)
    assert shown.id == "query-away" and person.said("away") in person.reads(shown)
    assert "person" in [choice.id for choice in shown.choices]
    assert person.visit.do(Choose("retry")).id == "query-asking"
    assert person.visit.sitting.wrong_numbers == 0


def test_a_kiosk_that_is_set_up_with_a_hub_asks_it(
    hub: Hub, centre: CentreWithHub, first: KioskOfCentre, closing: ExitStack
) -> None:
    """As `kiosk run` opens a visit from kiosk.toml."""
    receipt = first.store.submit(application())
    first.exchange()
    hub.kiosk("east_2", "east")
    config, state = centre.folder / "second.toml", centre.folder / "second"
    config.write_text(
        '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
        "[security]\nrequire_protected = false\n"
        f'[hub]\naddress = "postgresql://bb_kiosk_east_2@{hub.cluster.host}:{hub.cluster.port}/{hub.database}"\n'
        f'password_file = "{hub.passfile(Kind.KIOSK, "east_2")}"\nauthority = "{hub.cluster.authority}"\n'
    )
    said = CliRunner().invoke(main, ["--config", str(config), "--data", str(state), "sync"])
    assert said.exit_code == 0, said.output
    visit = _open_visit(load_settings(config), state, demo=False, card_left=0, clock=centre.clock)
    assert isinstance(visit, Visit)
    closing.callback(visit.close)
    person = AtScreen(visit, "zh")
    shown = person.types(receipt.number)
    for _ in range(TRIES):
        if shown.id == "query-away":  # a busy machine took longer than anybody should have to wait
            person.visit.do(Choose("retry"))
            shown = person.visit.do(person.news.get(timeout=WAITS))
    assert person.said("queued") in person.reads(shown)
