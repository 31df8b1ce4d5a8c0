"""What is known in a visit of the papers that were laid under the kiosk's camera; never what they show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was taken, waiting to be handed in."""

    n: int
    """Its number in this visit."""
    material: str


@dataclass(frozen=True, slots=True)
class PictureTaken:
    """The camera has done, or could not."""

    n: int
    """The number that this attempt had."""
    material: str
    trouble: str = ""
    """The catalogue key of what to do about it; empty where there is a picture."""


@dataclass(frozen=True, slots=True)
class PapersShown:
    """How far a person is with showing their papers."""

    wanted: bool | None = None
    """They want to; None until asked."""
    taken: tuple[Picture, ...] = ()
    without: frozenset[str] = frozenset()
    """Papers that they do not have with them."""
    back: str = ""
    """Where the application goes on."""
    trouble: str = ""
    """The catalogue key of what went wrong with the last picture."""

    def of(self, material: str) -> int:
        """How many pictures there are of this paper."""
        return sum(one.material == material for one in self.taken)
