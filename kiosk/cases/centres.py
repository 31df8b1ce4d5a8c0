"""Other centres of the same hub, and what may go to them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.cases.moves import MOVES, Act

RECEIVED_FROM = "received_from"
"""A line of history: the case came from another centre, whose name is the note; the words are its reason."""

PASSED_ON = "withdrawal_passed_on"
"""A line of history: its person withdrew it here; the centre that has it, which is the note, is told."""
CAME_BACK = MOVES[Act.TAKE_BACK].event
"""A line of history: it is here again. The actor is who had it back, or the centre that gave it back."""
LINES = frozenset(
    {
        *(MOVES[act].event for act in (Act.HAND_OVER, Act.GIVE_BACK)),
        *(CAME_BACK, RECEIVED_FROM, PASSED_ON),
    }
)
"""Lines whose note is another centre."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another centre that cases can be handed over to."""

    centre: str
    """Its name in the hub."""
    name: Mapping[str, str]
    """What people call it, by language."""
    address: Mapping[str, str]
    """By language; empty where it was not said."""
    phone: str
    bound_to: str
    """What everything that is sealed for it is bound to."""
    key: bytes = field(repr=False)
    """What everything for it is sealed to: an X25519 public key."""
    key_id: bytes = b""

    @property
    def key_words(self) -> str:
        """The short name of its key, to be read over a telephone: 1a2b 3c4d 5e6f 7081."""
        digits = self.key_id.hex()
        return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))

    def whither(self, language: str) -> str:
        """Where to ask from now on, as the resident reads it."""
        name = self.name.get(language) or next(iter(self.name.values()), self.centre)
        return "  ".join(part for part in (name, self.address.get(language, ""), self.phone) if part)


@dataclass(frozen=True, slots=True)
class Untaken:
    """A case that was handed over, and that nobody there has taken in."""

    ticket: str
    whither: Mapping[str, str]
    """What people call the centre it lies before."""
    days: int
    """Whole days since it went, by the hub's clock."""


@dataclass(frozen=True, slots=True)
class Between:
    """How one case stands between the centres."""

    acts: frozenset[Act] = frozenset()
    """Those of `BETWEEN_CENTRES` that there is another centre for."""
    whence: Mapping[str, str] | None = None
    """What people call the centre it came from."""
