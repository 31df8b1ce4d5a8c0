"""The plug is pulled at any moment: no case is lost, doubled or half there (K44)."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.cases.moves import MOVES, Act
from kiosk.cases.rating import BAD
from kiosk.cases.states import State
from kiosk.cases.views import CONSENT_WITHDRAWN, CaseView
from kiosk.identity.people import load_people
from kiosk.paths import data_dir
from kiosk.security.keys import person_key, site_key
from kiosk.services.load import load_shelf
from kiosk.store import Store
from tests.journeys import soak
from tests.journeys.conftest import OpenStore, StartKiosk
from tests.journeys.kiosk_terminal import BRISK, KioskTerminal
from tests.journeys.resident import Resident, TimeIsUp, words
from tests.journeys.wanderer import STRANGERS, Wanderer
from tests.store.raw import raw

KILLS = 200
ZHANG, LI_MEI, LI_DEHOU = 1, 2, 3
SERVICES = load_shelf(data_dir() / "services").services
RESUME = {"draft.body": "draft.resume"}


@dataclass
class Fate:
    """A kiosk whose sittings are killed again and again, and what was seen on its screen."""

    terminal: KioskTerminal
    chance: random.Random
    card: int
    """The person who comes with a card to this kiosk, and to no other."""
    receipts: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    rise: list[float] = field(default_factory=list)
    kept: bool | None = False
    """Whether a draft of the card's owner must be there; None where nobody can know."""
    offered: int = 0
    submits: int = 0
    ratings: int = 0
    over: bool = False
    """The other one has failed; there is no need to go on."""
    places: Counter[str] = field(default_factory=Counter)
    """Where somebody wandered about, by the names in `sights`."""

    def live(self, kills: int) -> None:
        """Come, be killed, come again."""
        ways: list[tuple[Callable[[], Resident], int]] = [
            (self._at_the_start, 20),
            (self._without_a_card, 25),
            (self._with_a_card, 30),
            (self._while_submitting, 25),
            (self._somewhere, 40),
            (self._while_rating, 20),
            (self._while_taking_back, 35),
        ]
        self.terminal.shows(words("language.heading")[:12])
        while len(self.rise) < kills and not self.over:
            (way,) = self.chance.choices([way for way, _ in ways], [weight for _, weight in ways])
            self.kinds[way.__name__.strip("_").replace("_", " ")] += 1
            self._die(way())
            if way not in (self._at_the_start, self._without_a_card, self._while_rating):
                self._take_the_card_away()

    def _die(self, resident: Resident) -> None:
        self.rise.append(resident.fall())
        self.receipts += resident.receipts

    def _take_the_card_away(self) -> None:
        """It still lies there after the kill and has been read again: whoever comes next brings their own."""
        self.kinds["card just taken away"] += 1
        resident = Resident(self.terminal)
        resident.lift()
        self._die(resident)

    def _at_the_start(self) -> Resident:
        return self._walk(self.chance.uniform(0.0, 0.4))

    def _without_a_card(self) -> Resident:
        return self._walk(self.chance.uniform(0.2, 4.5))

    def _walk(self, seconds: float) -> Resident:
        resident = Resident(self.terminal, until=time.monotonic() + seconds)
        with suppress(TimeIsUp):
            resident.go_to("goodbye.heading")
        return resident

    def _with_a_card(self) -> Resident:
        """Her draft is offered where she has one; she goes on with it for a while."""
        resident = self.comes_with_her_card()
        self.kept = self.kept or None
        resident.stop_after(self.chance.uniform(0.2, 2.5))
        with suppress(TimeIsUp):
            resident.go_to("consent.heading", "check.heading")
            self.kept = True
            resident.go_to("submit.heading")
        return resident

    def _while_submitting(self) -> Resident:
        """Killed within a blink of the key that hands it in."""
        resident = self.comes_with_her_card()
        resident.go_to("submit.heading")
        self.submits += 1
        resident.hand_in(self.chance.expovariate(1 / 0.04))
        resident.look_for_receipt()
        self.kept = False if resident.receipts else None
        return resident

    def _somewhere(self) -> Resident:
        """Anywhere in any service, without a card or with one of people of whom nothing is counted."""
        resident = Resident(self.terminal)
        resident.go_to("home.heading")
        wanderer = Wanderer(self.terminal, self.chance, cards=STRANGERS)
        wanderer.wander(self.chance.uniform(0.3, 4.0))
        self.places += wanderer.saw
        return resident

    def _while_rating(self) -> Resident:
        resident = Resident(self.terminal)
        resident.go_to("home.heading")
        resident.choose("home.rate")
        resident.press_once(self.chance.choice(("rate.good", "rate.poor")), self.chance.expovariate(1 / 0.04))
        self.ratings += 1
        return resident

    def _while_taking_back(self) -> Resident:
        """The newest of her cases, if she has one."""
        resident = self.comes_with_her_card()
        if self.kept:
            resident.choose("draft.later")
        resident.choose("home.query")
        resident.choose("query.mine")
        none, cases = words("query_cases.none"), words("query_cases.heading")
        self.terminal.shows(none, cases)
        resident.look_for_receipt()
        if none not in self.terminal.text:
            self.terminal.press_for("1", "办件编号")
            if words("query_case.withdraw") in self.terminal.text:
                resident.choose("query_case.withdraw")
                resident.press_once("query_withdraw.yes", self.chance.expovariate(1 / 0.04))
        return resident

    def comes_with_her_card(self) -> Resident:
        resident = Resident(self.terminal, changed=RESUME)
        offered = resident.come_with(self.card)
        assert self.kept is None or offered == self.kept, f"draft offered: {offered}, kept: {self.kept}"
        self.offered += offered
        self.kept = offered
        return resident


def live_together(fates: list[Fate], kills: int) -> float:
    """All at once; the seconds that took."""
    begun = time.monotonic()
    with ThreadPoolExecutor(len(fates)) as pool:
        for done in as_completed([pool.submit(fate.live, kills) for fate in fates]):
            if done.exception() is not None:
                for fate in fates:
                    fate.over = True
            done.result()
    return time.monotonic() - begun


def assert_whole(store: Store, receipts: list[str]) -> int:
    """Every receipt is one case, every case is all there; how many cases that are."""
    now = datetime.now(UTC)
    store.check()
    cases = store.all_cases(now)
    numbers = Counter(case.number for case in cases)
    assert [numbers[receipt] for receipt in receipts] == [1] * len(receipts)
    for case in cases:
        assert_case_whole(store.case(case.case_id))
    return len(cases)


def assert_case_whole(case: CaseView) -> None:
    """All that the service asks everybody is there, and the history is that of where the case stands."""
    service, sent = SERVICES[case.summary.service_id], case.submission
    asked_of_all = {q.id for q in service.question if q.ask_if is None and not q.optional}
    assert asked_of_all <= {answer.field for answer in sent.answers}
    assert sent.consents and all(consent.given for consent in sent.consents)
    assert sent.signature is not None or (service.applicant and service.applicant.anonymous_when)
    if service.id == "elderly-allowance":
        assert {consent.id for consent in sent.consents} == {"use", "id-data", "proxy"}
    known = [event.kind for event in case.events if event.kind != CONSENT_WITHDRAWN]
    taken_back = [MOVES[Act.WITHDRAW].event] if case.summary.state is State.WITHDRAWN else []
    assert known == [MOVES[Act.SUBMIT].event, *taken_back]


def assert_ratings_whole(folder: Path, at_most: int) -> None:
    """No rating is there twice, and each bad one has its task."""
    with closing(raw(folder)) as db:
        ((ratings, bad),) = db.execute(
            "SELECT count(*), count(*) FILTER (WHERE level <= ?) FROM rating", (BAD,)
        )
        ((tasks,),) = db.execute("SELECT count(*) FROM rating_task")
    assert ratings <= at_most
    assert tasks == bad


def assert_no_draft_of_a_case(folder: Path) -> None:
    """What was handed in is no draft any more."""
    with closing(raw(folder)) as db:
        assert not db.execute("SELECT id FROM draft WHERE id IN (SELECT id FROM cases)").fetchall()


def kill_sittings(folder: Path, store: OpenStore, kiosk: StartKiosk, kills: int) -> None:
    seed = soak.seed()
    fates = [
        Fate(kiosk("--demo", program=BRISK), random.Random(seed + card), card) for card in (ZHANG, LI_DEHOU)
    ]
    seconds = live_together(fates, kills // len(fates))
    receipts = [number for fate in fates for number in fate.receipts]
    cases = assert_whole(store(), receipts)
    assert_no_draft_of_a_case(folder)
    assert_ratings_whole(folder, sum(fate.ratings + fate.places["rate"] for fate in fates))
    people, key = load_people(), site_key(folder)
    for fate in fates:
        assert len(store().cases_of(person_key(people[fate.card - 1].number, key))) <= fate.submits
    assert_offered_to_its_owner_only(fates)
    rise = sorted(second for fate in fates for second in fate.rise)
    print(f"{kills} kills in {seconds:.0f} s, {dict(fates[0].kinds + fates[1].kinds)}")
    offered = sum(fate.offered for fate in fates)
    print(f"{len(set(receipts))} receipts shown, {cases} cases, {offered} drafts offered again")
    print(f"next first page after {rise[len(rise) // 2]:.2f} s (median), {rise[-1]:.2f} s (longest)")


def assert_offered_to_its_owner_only(fates: list[Fate]) -> None:
    """Each card has a draft; then either kiosk offers it to its owner, and a stranger's card finds none."""
    for fate in fates:
        fate.kept = fate.kept if fate.kept else None
        resident = fate.comes_with_her_card()
        resident.go_to("consent.heading", "check.heading")
        resident.lift()
        resident.fall()
    for fate, other in zip(fates, reversed(fates), strict=True):
        stranger = Resident(fate.terminal)
        assert not stranger.come_with(LI_MEI)
        stranger.lift()
        stranger.fall()
        owner = Resident(fate.terminal)
        assert owner.come_with(other.card)
        owner.lift()
        owner.fall()


@pytest.mark.slow
def test_two_hundred_sittings_killed_at_any_moment_lose_double_and_halve_nothing(
    folder: Path, store: OpenStore, kiosk: StartKiosk
) -> None:
    """K44, on two kiosks that share a store: each start of one sweeps while the other is at work."""
    kill_sittings(folder, store, kiosk, KILLS)


@pytest.mark.soak
def test_a_thousand_kills(folder: Path, store: OpenStore, kiosk: StartKiosk) -> None:
    """K44 in full."""
    kill_sittings(folder, store, kiosk, soak.KILLS)
