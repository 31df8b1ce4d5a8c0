"""What a visit needs of a camera."""

from __future__ import annotations

from typing import Protocol

from kiosk.cases.materials import Copy


class CameraTrouble(Exception):
    """No picture was taken that can be used. `key`: what is said about it (`papers_trouble` of the residents'
    catalogue)."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Camera(Protocol):
    """Takes pictures of papers that a person has laid under it."""

    def take(self, paper: str) -> Copy:
        """A picture, made ready to be kept. Takes seconds, from any thread. Raises CameraTrouble.

        `paper` is what the person was asked to lay.
        """
        ...

    def drop(self) -> None:
        """Nobody waits for it any more: whatever runs is stopped."""
        ...
