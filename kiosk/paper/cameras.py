"""Where a picture of a paper comes from: the program of a scanner or camera, or, in a demo, a drawn paper."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.cases.materials import Copy
from kiosk.paper.copies import Unfit, UnfitCopy, picture_of
from kiosk.paper.taking import LONGEST, NotTaken, end, taken
from kiosk.sitting.camera import CameraTrouble

SHORT = 30.0
"""Seconds that the kiosk's camera may take: a person stands there and waits."""
_SAID = {Unfit.DARK: "dark", Unfit.BLANK: "blank"}


class PictureSource(Protocol):
    """Takes one picture. May be called from any thread; takes seconds."""

    def take(self, paper: str) -> bytes:
        """The picture, as it came: a JPEG, a PNG or a PDF, unless the device brought something else.

        `paper` is what lies there; nothing but a drawn paper says it. Raises NotTaken.
        """
        ...

    def drop(self) -> None:
        """Nobody waits for it any more: what runs is stopped, with all that it has started."""
        ...


class ProgramSource:
    """A scanner or camera behind its program."""

    def __init__(self, command: Sequence[str], longest: float = LONGEST) -> None:
        """After `longest` seconds it is stopped."""
        self._command, self._longest = command, longest
        self._running: subprocess.Popen[bytes] | None = None
        self._dropped = False

    def take(self, paper: str) -> bytes:
        """Of whatever lies there. Raises NotTaken."""
        self._dropped = False
        return taken(self._command, self._longest, self._begun)

    def drop(self) -> None:
        """Stop it, where it runs; where it is just being started, as soon as it does."""
        self._dropped = True
        if self._running is not None and self._running.poll() is None:
            end(self._running)

    def _begun(self, running: subprocess.Popen[bytes]) -> None:
        self._running = running
        if self._dropped:
            end(running)


@dataclass(frozen=True, slots=True)
class DrawnPapers:
    """In a demo, where nobody should lay a real paper."""

    title: str
    """What stands on each: that it is a sample."""

    def take(self, paper: str) -> bytes:
        """Always a page of that name."""
        from kiosk.paper.sample import sample_paper

        return sample_paper(self.title, paper)

    def drop(self) -> None:
        """It is drawn at once."""


def picture_source(
    command: Sequence[str], sample: str, *, demo: bool, longest: float = LONGEST
) -> PictureSource | None:
    """What takes pictures here; None where nothing does. `sample` stands on the papers of a demo."""
    if demo:
        return DrawnPapers(sample)
    return ProgramSource(command, longest) if command else None


@dataclass(frozen=True, slots=True)
class PaperCamera:
    """The kiosk's camera: its pictures are copies that can be kept, or a person is told what to do."""

    source: PictureSource
    most_mib: int
    """Of one copy."""

    def take(self, paper: str) -> Copy:
        """A picture of what lies there. Raises CameraTrouble."""
        try:
            return picture_of(self.source.take(paper), self.most_mib)
        except NotTaken:
            raise CameraTrouble("failed") from None
        except UnfitCopy as unfit:
            raise CameraTrouble(_SAID.get(unfit.why, "failed")) from None

    def drop(self) -> None:
        """Nobody waits for it any more."""
        self.source.drop()
