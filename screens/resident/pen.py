"""Writing by the keys on the screen or by a keyboard: where the focus goes, and what is said meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.text import EMPTY, Text
from screens.key_room import NEXT_BOX
from screens.pad import Pad, called, pad_of
from screens.spelling import Spelling
from screens.ways import ERASE, OFFER, WAY, Way

if TYPE_CHECKING:
    from screens.grid import Grid
    from screens.resident.stage import Stage


class Pen:
    """Strikes keys into the field of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._field = stage, stage.field
        self.by_switch = False
        """One switch has brought the focus where it is: after a key it goes where the way on is shortest."""
        self._along_keys = False
        """The keys on the screen are gone along and pressed one by one."""
        self._going_on = False
        """The person wants to go on, and what is drawn was not looked up yet."""
        self._aloud_at = ""
        """The page of which the person has said that it may be heard."""

    def meant(self) -> int | None:
        """The number of the offer that has the focus."""
        key = self._stage.key
        return int(key.removeprefix(OFFER)) if key.startswith(OFFER) else None

    @property
    def open(self) -> bool:
        """Something is half written."""
        return self._field.writing is not None and self._field.writing.open

    @property
    def unfinished(self) -> bool:
        """Something would be lost if the page were left: half written, or drawn and not looked up yet."""
        return self.open or self._drawn_on

    @property
    def _drawn_on(self) -> bool:
        return self._stage.pad.canvas and self._stage.by_hand.inked

    def lay_down(self) -> None:
        """Nothing of a drawn character stays."""
        if self._stage.pad.canvas:
            self._stage.by_hand.wipe()
            self._field.recognise(())

    def recognised(self, candidates: tuple[str, ...]) -> None:
        """A drawn character was looked up."""
        writing = self._field.writing
        if writing is None or not self._stage.pad.canvas:
            return
        going_on, self._going_on = self._going_on, False
        if going_on and not candidates:
            # Too little to be a character: it must not hold anybody up.
            self._stage.by_hand.wipe()
            self._stage.announce(self._stage.texts["bar.unread"])
        self._field.recognise(candidates)
        self._stage.keys_changed()
        self._stage.to_key(self._best())
        self._tell("")

    def pad(self, grid: Grid) -> Pad:
        """The keys as they are now."""
        stage = self._stage
        return pad_of(stage.entry, grid, stage.language, stage.texts, self._field.writing, self._field.before)

    def speak_out(self) -> None:
        """What is written on this page may be heard in the hall: the person has said so, twice."""
        self._aloud_at = self._stage.part.id

    def touch(self, key: str) -> None:
        """A key on the screen was touched."""
        self.by_switch = self._along_keys = False
        self._strike(key)

    def _strike(self, key: str) -> None:
        writing = self._field.writing
        if writing is None:
            self._field.strike(key)
            return
        pressed = EMPTY if key.startswith(OFFER) else self._spelling().struck(key, writing)
        if key == ERASE and self._drawn_on:
            self._take_back_stroke(pressed)
            return
        put = self._field.strike(key)
        self._stage.by_hand.wipe()
        if key == f"{WAY}{Way.HAND}":
            self._stage.by_hand.warm()
        self._stage.keys_changed()
        self._stage.to_key(self._next(key))
        self._tell(put, pressed)

    def _take_back_stroke(self, pressed: Text) -> None:
        """What is offered goes with it: it was for another drawing."""
        self._stage.by_hand.take_back()
        self._field.recognise(())
        self._stage.keys_changed()
        self._stage.to_key(ERASE if self.by_switch or self._along_keys else "")
        self._tell("", pressed)

    def strike_focused(self) -> None:
        """The key with the focus is pressed; the ear is told, but not which figure of a secret."""
        stage, key = self._stage, self._stage.key
        self._along_keys = self._along_keys or not key.startswith(OFFER)
        self._strike(key)
        if self._field.writing is not None:
            return
        secret = stage.part.entry is not None and stage.part.entry.secret
        taken = secret and key not in (ERASE, NEXT_BOX)
        stage.say_beside(key, stage.texts["bar.key_taken"] if taken else called(key, stage.texts))

    def take_best(self) -> None:
        """What is half written becomes the best that is offered; what is only drawn is looked up first."""
        if not self.open and self._drawn_on:
            self._going_on = True
            self._stage.by_hand.look_up()
            return
        self._stage.by_hand.wipe()
        put = self._field.settle()
        self._stage.keys_changed()
        self._stage.to_key("")
        self._tell(put)

    def written(self, put: str, *, taken: bool) -> None:
        """A key of a keyboard has changed what is half written, or taken what was offered."""
        if not taken:
            self.by_switch = self._along_keys = False
        self._stage.by_hand.wipe()
        self._stage.keys_changed()
        self._stage.to_key(self._next(OFFER) if taken else self._best())
        if self.open or taken or (put and not put.isascii()):
            self._tell(put)

    def name(self, key: str) -> Text:
        """What is said of a key that has the focus."""
        return self._spelling().key(key, self._field.writing)

    def _best(self) -> str:
        writing = self._field.writing
        return f"{OFFER}{writing.at}" if writing is not None and writing.open else ""

    def _next(self, key: str) -> str:
        """The key that has the focus after one was struck; the field, where none is named."""
        along = self._along_keys and not self.by_switch
        if self.open and (key.startswith(OFFER) or not along):
            return self._best()
        if not (self._along_keys or self.by_switch):
            return ""
        pad = self._stage.pad
        if key in pad.names and not key.startswith((OFFER, WAY)):
            return key
        # A whole word is in, or the keys are others.
        return pad.rows[0][0].name

    def _tell(self, put: str, pressed: Text = EMPTY) -> None:
        """The key, what went in, and what is offered first."""
        spelling, writing = self._spelling(), self._field.writing
        went_in = spelling.put(put) if put and (pressed is EMPTY or len(put) > 1) else EMPTY
        best = spelling.offer(writing, writing.at) if writing is not None and writing.open else EMPTY
        said = spelling.row(pressed, went_in, best)
        if said.shown.get("zh"):
            self._stage.say_beside(self._stage.key, said)

    def _spelling(self) -> Spelling:
        page = self._stage.part
        return Spelling(self._stage.texts, page.overheard and self._aloud_at != page.id)
