"""From what was heard to what a key would have done, or to the page that says it back."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.flow.moves import Back, Heard, HeardAmong, Miss, Missed, Move, Overlay
from kiosk.flow.page import SETS, Choice, Role
from kiosk.ports import Hearing, NotUnderstood, Speaker, Understood, Unsure, Wish, Wished
from kiosk.text import Catalogue
from screens.keys import Act
from screens.resident.controls import Controls
from screens.resident.parts import CLEAR, DRAWN, MORE
from screens.resident.stage import Stage

_ACTS = {
    Wish.BACK: Act.BACK,
    Wish.HELP: Act.HELP,
    Wish.PERSON: Act.PERSON,
    Wish.LOUDER: Act.LOUDER,
    Wish.QUIETER: Act.QUIETER,
    Wish.SLOWER: Act.SLOWER,
    Wish.FASTER: Act.FASTER,
}
_OF_THE_SCREEN = {MORE, DRAWN, CLEAR}
"""Choices that the visit does not know."""


class SpokenAnswers:
    """Commands act at once; an answer becomes a move of the visit, which says it back first."""

    def __init__(
        self,
        stage: Stage,
        controls: Controls,
        speaker: Speaker,
        make: Callable[[Move], None],
        touch: Callable[[], None],
        texts: Catalogue,
    ) -> None:
        """`touch`: somebody is there."""
        self._stage, self._controls, self._speaker = stage, controls, speaker
        self._make, self._touch, self._texts = make, touch, texts

    def take(self, hearing: Hearing) -> None:
        """What was said to the page on the screen."""
        if isinstance(hearing, NotUnderstood):
            # A noise in the hall is no person: it keeps no visit alive.
            self._make(Missed(Miss.SILENT if hearing.silent else Miss.UNCLEAR))
            return
        self._touch()
        idle = self._stage.sitting.overlay is Overlay.IDLE
        match hearing:
            case Wished(wish=wish) if not idle or wish is Wish.PERSON:
                self._wished(wish)
            case Wished() | Understood() | Unsure() if idle:
                self._make(Back())
            case Understood(choice=choice, typed=typed, instead=True):
                self._put_right(choice, typed)
            case Understood(typed=typed) if typed:
                self._typed(typed)
            case Understood(choice=choice):
                self._chosen(choice)
            case Unsure(choices=choices):
                self._make(HeardAmong(tuple(name for name in choices if name not in _OF_THE_SCREEN)))

    def _wished(self, wish: Wish) -> None:
        match wish:
            case Wish.STOP:
                self._speaker.stop()
            case Wish.REPEAT:
                self._controls.say_again(whole=True)
            case Wish.NEXT:
                self._go_on()
            case _:
                self._controls.do(_ACTS[wish])

    def _go_on(self) -> None:
        """What "next" means here: the next part, what stands in the field, or the one way on."""
        choices = self._stage.part.choices
        if any(choice.id == MORE for choice in choices):
            self._stage.turn_over(+1)
        elif self._stage.part.entry is not None:
            self._controls.enter()
        elif way := _only_way(choices):
            self._controls.choose(way)
        else:
            self._make(Missed(Miss.UNCLEAR))

    def _chosen(self, name: str) -> None:
        choices = {choice.id: (number, choice) for number, choice in enumerate(self._stage.part.choices, 1)}
        number, choice = choices.get(name, (0, None))
        if choice is None:
            return
        if name in (MORE, "person") or name.startswith(SETS):
            self._controls.choose(choice)
        elif name in _OF_THE_SCREEN:
            # A mark was drawn by hand, so the hand is there to say that it counts.
            self._stage.point_at(choice)
        else:
            self._make(Heard(name, 0 if self._stage.part.entry else number))

    def _put_right(self, name: str, typed: str) -> None:
        """What was said back is wrong, and this was meant: said back in its turn, under its own number."""
        said_to = self._stage.part.said_back
        if said_to is not None:
            ids = [choice.id for choice in said_to.page.choices]
            numbered = name in ids and said_to.page.entry is None
            number = ids.index(name) + 1 if numbered else 0
            self._make(Heard(name, number, typed, instead=True))

    def _typed(self, words: str) -> None:
        """A long text is written by and by, and read over before it is sent off; all else is said back."""
        entry = self._stage.part.entry
        if entry is not None and entry.rows > 1:
            self._stage.write(words)
            self._stage.announce(self._texts["listen.written"])
        elif entry is not None:
            self._make(Heard(typed=words))


def _only_way(choices: tuple[Choice, ...]) -> Choice | None:
    """The one way on of a page that asks for no answer: beside things to change, or to tick."""
    asides = {Role.CHANGE, Role.TOGGLE}
    ways = [choice for choice in choices if choice.id != "person" and choice.role not in asides]
    return ways[0] if len(ways) == 1 and ways[0].role is Role.GO else None
