"""Somebody old at the kiosk: sure of what they want, and of little else. All of it drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass

from textual.geometry import Offset
from textual.pilot import OutOfBounds, Pilot

from kiosk.devices.faults import Fault
from tests.robots.habit import BACK, Press, Purpose
from tests.robots.how_it_went import Sitting
from tests.robots.mind import Deed, Lay, Lift, Mind, Perceived, Stuck, Wait
from tests.robots.persona import Persona
from tests.robots.senses import Eye, spots
from tests.robots.visitor import KEYPAD, MOST_STEPS, Visitor
from tests.screens.sitting_room import PEOPLE, STOPWATCH, Hand, Room

SCATTER = 3.4
"""Millimetres: how far fingers fall from where they aim, one standard deviation each way."""
LONG_PAUSE = 20.0
HELD = 8
"""Times that a key is seen which is held down."""


class Elder(Visitor):
    """Reads the screen; touches it with an unsteady finger, or presses keys."""

    def __init__(
        self,
        hand: Hand,
        pilot: Pilot[None],
        room: Room,
        persona: Persona,
        purposes: dict[str, Purpose],
        card: str,
    ) -> None:
        self._mine = Mind(purposes[persona.language], returns=True)
        super().__init__(hand, Eye(persona.language), self._mine, _OwnCard(room, card))
        self._pilot, self._room, self._persona, self._purposes = pilot, room, persona, purposes
        self._language = persona.language
        self._chance = persona.chance
        self.sitting = Sitting(persona)
        self._service = self._place = ""
        self._answers: dict[str, str] = {}

    async def sit(self) -> None:
        """Till it is over, or they have had enough."""
        while self._hand.app._exit is False:
            seen = await self._sense.perceive(self._hand)
            try:
                deed = self._mine.decide(seen)
            except Stuck:
                deed = self._mine.back(seen)
            if self._mine.at_a_loss and self._chance.random() < 0.8:
                deed, self._mine.lost = self._mine.back(seen), True
            self.way.append((seen, deed))
            self._note()
            if self._mine.steps > MOST_STEPS:
                self.sitting.gave_up = True
                self.sitting.stuck_at = self._hand.place.partition("/")[0]
                return
            if isinstance(deed, Lift) and self._persona.forgets_the_card:
                break
            with self._perhaps_the_last():
                try:
                    await self._try(deed, seen)
                except Stuck:
                    # What they had seen is there no more: they go back.
                    await self._press(BACK)
        await self._hand.ends()

    async def _try(self, deed: Deed, seen: Perceived) -> None:
        """To do what was meant."""
        if await self._mishap(deed):
            return
        if isinstance(deed, Press) and deed.key.isdigit() and deed.key != BACK and self._persona.touches:
            await self._touch(deed.key)
        elif isinstance(deed, Wait) and not self._something_under_way(seen.words):
            await self._do(self._mine.back(seen))
        elif isinstance(deed, Lay):
            # No card may be read where the reader has failed: one goes on by what the page says then.
            self._reader.lay()
            await self._wait()
        else:
            await self._do(deed)

    def _something_under_way(self, words: str) -> bool:
        return any(
            habit.waits for known, habit in self._purposes[self._language].habits.items() if known in words
        )

    def _note(self) -> None:
        place = self._hand.place
        self._nothing_is_lost(place)
        self.sitting.steps = self._mine.steps
        self.sitting.pages[place.partition("/")[0]] += 1
        self.sitting.handed_in = self.sitting.handed_in or place == "receipt"
        if self.sitting.handed_in:
            self._mine.content()

    def _nothing_is_lost(self, place: str) -> None:
        """K09: what was answered stays, but for the page one was on: there one may have taken it back."""
        assert self._hand.app.stage is not None
        now = self._hand.app.stage.sitting
        answers = {key: answer.value for key, answer in now.given.answers.items()}
        if now.service == self._service and now.newcomer is None and not self.sitting.handed_in:
            asked = self._place.partition("/")[0].rstrip(":").partition(":")[2]
            kept = {key for key in self._answers if not asked or asked not in key}
            assert kept <= answers.keys(), f"lost after {self._place}: {kept - answers.keys()}"
        self._service, self._place, self._answers = now.service, place, answers

    async def _mishap(self, deed: Deed) -> bool:
        """Whether something else came of it than was meant."""
        if self._chance.random() > self._persona.clumsiness:
            return False
        name = self._chance.choice(sorted(_MISHAPS))
        self.sitting.mishaps[name] += 1
        return await _MISHAPS[name](self, deed)

    async def _touch(self, number: str) -> None:
        """At the words of the choice; the finger comes down somewhere near."""
        spot = next((one for one in spots(self._hand.lines) if one.number == int(number)), None)
        if spot is None:
            await self._press(number)
            return
        cell = self._persona.box[1].pitch
        x = spot.column + 1 + self._chance.gauss(0, SCATTER) / cell.width
        y = spot.row + 0.5 + self._chance.gauss(0, SCATTER) / cell.height
        self._hand._waits(1.0)
        try:
            await self._pilot.click(offset=Offset(int(x), int(y)))
        except OutOfBounds:
            self.sitting.mishaps["beside the screen"] += 1
        await self._hand.settle()

    # what goes wrong

    async def _pause(self, deed: Deed) -> bool:
        STOPWATCH.skipped += LONG_PAUSE
        return False

    async def _double(self, deed: Deed) -> bool:
        if isinstance(deed, Press):
            for _ in range(2):
                self._hand.strikes(KEYPAD[deed.key], apart=0.08)
            await self._hand.settle()
            return True
        return False

    async def _held(self, deed: Deed) -> bool:
        self._hand.strikes("enter", apart=1.0)
        for _ in range(HELD):
            self._hand.strikes("enter", apart=0.03)
        await self._hand.settle()
        return True

    async def _wrong_turn(self, deed: Deed) -> bool:
        await self._press(self._chance.choice("01234"))
        return True

    async def _again(self, deed: Deed) -> bool:
        await self._hand.presses("f2", apart=1.0)
        return False

    async def _help(self, deed: Deed) -> bool:
        await self._hand.presses("f1", apart=1.0)
        return True

    async def _calls(self, deed: Deed) -> bool:
        await self._hand.presses("f9", apart=1.0)
        return True

    async def _other_language(self, deed: Deed) -> bool:
        """Pressed by mistake or meant; read on in it by somebody who reads both."""
        if (
            self._hand.place in ("", "language")
            or self._hand.app.stage is None
            or self._hand.app.stage.in_field
        ):
            return False
        await self._hand.presses("l", apart=1.0)
        self._language = self._hand.app.stage.language
        self._sense = Eye(self._language)
        self._mine.reads(self._purposes[self._language])
        return True

    async def _reader_fails(self, deed: Deed) -> bool:
        self._room.reader.fail(self._chance.choice(list(Fault)), self._chance.randint(1, 4))
        return False

    async def _card_moves(self, deed: Deed) -> bool:
        if self._persona.brings_a_card:
            self._room.reader.lift()
            await self._hand.settle()
        return False


_MISHAPS = {
    "pause": Elder._pause,
    "double press": Elder._double,
    "held key": Elder._held,
    "wrong turn": Elder._wrong_turn,
    "repeat": Elder._again,
    "help": Elder._help,
    "call": Elder._calls,
    "language": Elder._other_language,
    "bad reader": Elder._reader_fails,
    "card taken": Elder._card_moves,
}


@dataclass
class _OwnCard:
    room: Room
    card: str

    def lay(self) -> None:
        self.room.lay(PEOPLE[self.card])

    def lift(self) -> None:
        self.room.reader.lift()
