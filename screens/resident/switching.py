"""What a keypad or a switch means where it is not what it means everywhere: practice, trials, one switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow.moves import Overlay
from screens.keys import Act

if TYPE_CHECKING:
    from kiosk.config import Keys
    from screens.resident.practice import Practice
    from screens.resident.scan import Scan
    from screens.resident.stage import Stage
    from screens.resident.trial import SwitchTrial

_SWITCHES = {Act.NEXT: 1, Act.CHOOSE: 2}


class Switching:
    """Keeps practice, trial and scan to the page that is on the screen."""

    def __init__(self, stage: Stage, keys: Keys, practice: Practice, trial: SwitchTrial, scan: Scan) -> None:
        self._stage, self._keys = stage, keys
        self._practice, self._trial, self.scan = practice, trial, scan
        self._told = False
        """Whoever uses switches has heard how they go, once in the visit."""
        if stage.ready:
            self.follow()

    @property
    def _one(self) -> bool:
        """Is one switch used? As the person has said, else as the site has it."""
        mine = self._stage.sitting.switches
        return (mine.count if mine is not None else self._keys.switches) == 1

    @property
    def _seconds(self) -> float:
        mine = self._stage.sitting.switches
        return mine.seconds if mine is not None and mine.seconds else self._keys.stay / 1000

    def follow(self) -> None:
        """Another page, or the same one anew."""
        overlay = self._stage.sitting.overlay
        for one, where in ((self._practice, Overlay.PRACTICE), (self._trial, Overlay.SWITCH)):
            if overlay is where:
                one.begin()
            else:
                one.end()
        self.scan.follow(self._seconds if self._one else 0.0)

    def end(self) -> None:
        """Nothing more comes by itself."""
        self._practice.end()
        self._trial.end()
        self.scan.end()

    def takes(self, act: Act | None, number: int | None, at: float) -> bool:
        """A key that means something of its own here; False for one that means what it always does."""
        match self._stage.sitting.overlay:
            case Overlay.PRACTICE:
                self._practice.strike(act, number)
                return True
            case Overlay.SWITCH if act in _SWITCHES:
                self._trial.strike(_SWITCHES[act], at)
                return True
        if self._one and self.scan.waits and act in _SWITCHES:
            self._tell()
            self.scan.set_off()
            return True
        self.scan.touched()
        return False

    def tell_of(self, act: Act | None) -> None:
        """The switch that moves on was pressed: how it goes is said first. Nobody else hears of switches."""
        if act is Act.NEXT:
            self._tell()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._stage.announce(self._stage.texts["bar.switch_one" if self._one else "bar.switch_two"])

    def touched(self, act: Act | None, at: float) -> bool:
        """A finger on the key of the screen that means `act`, or elsewhere; as with `takes`."""
        if act is not None:
            return self.takes(act, None, at)
        self.scan.touched()
        return False

    def meant(self, act: Act | None) -> Act | None:
        """Of two keys that a switch may send, one switch chooses with either."""
        return Act.CHOOSE if act is Act.NEXT and self._one else act
