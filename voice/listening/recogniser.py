"""What every recogniser can do, and how one is made from a folder that holds a model.

Recognisers turn sound into words of their model. They know no page and no silence: when somebody begins and
ends is for the detector (voice/listening/hearer.py), what it means is for voice/understanding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

SAMPLE_RATE = 16000
BLOCK_SAMPLES = 512
BLOCK_BYTES = BLOCK_SAMPLES * 2
BLOCK_SECONDS = BLOCK_SAMPLES / SAMPLE_RATE
"""Sound goes in by blocks of 32 ms: what the voice detector takes, and what vosk answers soonest."""


class ModelFault(RuntimeError):
    """No listening with this model. `reason`: a key of the catalogue `voice`, group `deaf`, for staff."""

    def __init__(self, reason: str, spoken: str = "") -> None:
        """`spoken`: the language that the model is of, where that is the reason and is known."""
        super().__init__(reason)
        self.reason, self.spoken = reason, spoken


NO_MODEL = "no_model"
"""There is no model in that folder."""
BAD_MODEL = "bad_model"
"""There is one, and it is damaged or of a kind that is not known."""
OTHER_LANGUAGE = "other_language"
"""It is whole, and of another language than its place says."""
NO_ENGINE = "no_engine"
"""The library that this model needs is not installed."""


class GrammarFault(ValueError):
    """Not one phrase can be said in words that the model knows."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, the likeliest text first, in words of the model with blanks between. Empty: no words."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    confidence: float = 0.0
    """0 to 1, as the recogniser sees it. Wrong words come with 1.0 too: never a reason to believe one."""


class Recogniser(Protocol):
    """Turns sound into words. Used by one thread."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Phrases of the last `begin` that cannot be heard, because the model lacks a word of them."""
        ...

    def known(self, word: str) -> bool:
        """True if the model can hear that word."""
        ...

    def begin(self, phrases: Sequence[str] | None) -> None:
        """Forget all that was fed. Only these phrases can be heard from now on; None: any words.

        Raises GrammarFault where the model knows not one of them.
        """
        ...

    def feed(self, pcm: bytes) -> None:
        """The next block: 16 kHz, mono, 16 bit, 512 samples."""
        ...

    def partial(self) -> str:
        """The words so far; the last one may still change."""
        ...

    def settle(self) -> str:
        """The words so far, for certain. For a pause only: a word that goes on is cut in two."""
        ...

    def end(self) -> Heard:
        """What was fed since `begin`, as words. `begin` comes before anything else is fed."""
        ...


def load_recogniser(folder: Path) -> Recogniser:
    """The recogniser for the model in this folder; takes a second or two. Raises ModelFault."""
    if not folder.is_dir():
        raise ModelFault(NO_MODEL)
    folder = _home(folder)
    if (folder / "tokens.txt").is_file():
        from voice.listening.sherpa_recogniser import SherpaRecogniser

        return SherpaRecogniser(folder)
    from voice.listening.vosk_recogniser import VoskRecogniser

    return VoskRecogniser(folder)


def _home(folder: Path) -> Path:
    """Where the model lies: in the folder, or in the one folder in it, as archives of models unpack."""
    inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder
