"""What an installing does, as values. Pure. Every path is that of the finished box."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Keep(StrEnum):
    """What becomes of a folder when the rest is taken away."""

    NO = "no"
    DATA = "data"
    """It stays, unless somebody says otherwise: what people handed in lies in it."""
    ALWAYS = "always"
    """It stays."""


@dataclass(frozen=True, slots=True)
class Folder:
    path: str
    mode: int = 0o755
    owner: str = "root"
    keep: Keep = Keep.NO


@dataclass(frozen=True, slots=True)
class File:
    path: str
    content: str
    mode: int = 0o644
    over: bool = False
    """The system's own file of that name gives way; it is kept beside, and comes back."""


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Run:
    """A program, never through a shell."""

    words: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    """What does the same to a box that lies in a folder, `{root}`; empty where only the box itself can."""


Step = Folder | File | Link | Run
