"""Two centres of one hub, each with keys that staff hold, a desk and a kiosk."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.cases.materials import Brought, Copy, Kind
from kiosk.cases.states import Actor, Role
from kiosk.cases.submission import IdentityRecord
from kiosk.flow.proof import Basis
from kiosk.hub.store import HubStore
from kiosk.security.centre_keys import Pair, new_pair
from kiosk.services.proof import CardRole, Proof
from tests.hub.centre_with_hub import CentreWithHub, KioskOfCentre
from tests.hub.hubs import Hub
from tests.store.people import MONDAY, WANG, HandClock, application

LIU = Actor("刘芳", Role.STAFF)
"""Works at the other centre."""
PAPER = Copy(Kind.JPEG, b"\xff\xd8 a paper \xff\xd9")
CLAIMED = (IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, MONDAY),)
WEST = {"zh": "河西街道办事处", "en": "Hexi Sub-district Office"}
WEST_STREET = {"zh": "柳林路八号", "en": "8 Liulin Road"}
WEST_PHONE = "000-67890"


@dataclass
class Centre:
    """Its desk, as open as when somebody with a key has signed in."""

    made: CentreWithHub
    pair: Pair = field(default_factory=new_pair)
    desk: HubStore = field(init=False)

    def __post_init__(self) -> None:
        self.desk = self.made.desk()
        self.desk.keep_keys((), (), self.pair)
        self.sign_in()

    def sign_in(self) -> None:
        self.desk.keyring.lend({self.pair.id: self.pair.private})

    def sign_out(self) -> None:
        self.desk.keyring.take_back()

    def kiosk(self) -> KioskOfCentre:
        return self.made.kiosk()


@dataclass
class TwoCentres:
    east: Centre
    west: Centre
    kiosk: KioskOfCentre
    """Of the east."""
    clock: HandClock

    def handed_in(self, papers: int = 0) -> str:
        """At the kiosk of the east, taken in by its desk and taken up by Wang."""
        brought = [Brought("household_book", PAPER) for _ in range(papers)]
        case = self.kiosk.store.submit(replace(application(), identity=CLAIMED), brought).case_id
        self.kiosk.exchange()
        self.east.desk.take_in()
        return case

    def handed_over(self, papers: int = 0) -> str:
        """On its way to the west."""
        case = self.handed_in(papers)
        claim = self.east.desk.claim(case, WANG)
        self.east.desk.hand_over(case, WANG, claim.epoch, "west", "她搬到河西了，当面说好的。")
        return case


def two_centres(hub: Hub, folder: Path, clock: HandClock, closing: ExitStack) -> TwoCentres:
    east, west = (Centre(CentreWithHub(hub, folder, clock, name, closing)) for name in ("east", "west"))
    west.desk.introduce(WEST, WEST_STREET, WEST_PHONE)
    return TwoCentres(east, west, east.kiosk(), clock)
