"""Which engines speak on this machine, best first: a human voice, better networks, the built-in voice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from voice.engines import DEFAULT_RATE, Engine, first_working
from voice.engines.cache import Prepared, SpeechCache
from voice.engines.espeak import EspeakEngine
from voice.engines.neural import NeuralVoice, Punctual, Resting
from voice.engines.pinyin import teach_site
from voice.engines.pyttsx import PyttsxEngine
from voice.engines.recorded import RecordedEngine
from voice.fitting import Fitting
from voice.install.shelf import Installed, Kind, Shelf
from voice.lexicon import LexiconFault

_NOTHING = Fitting()


def ready_engines(fitting: Fitting = _NOTHING, *, better: bool = True) -> tuple[Engine, ...]:
    """For speaking: nothing here takes longer than a person waits. Empty where nothing works: captions only.

    Without `better` no network is loaded, only what was prepared of it is said: one that fell once in this
    sitting is not tried again.
    """
    _learn(fitting)
    engines = (*(_punctual(voice, better=better) for voice in networks(fitting)), *built_in())
    if fitting.prepared:
        cache = SpeechCache(Path(fitting.prepared))
        engines = tuple(Prepared(engine, cache) for engine in engines)
    return (*recordings(fitting), *engines)


def patient_engines(fitting: Fitting) -> tuple[Engine, ...]:
    """For preparing: the same, each taking as long as it needs."""
    _learn(fitting)
    return (*recordings(fitting), *networks(fitting), *built_in())


def _learn(fitting: Fitting) -> None:
    """How this site reads its names; a file that cannot be used is for the morning check to tell of."""
    if fitting.lexicon:
        with suppress(LexiconFault):
            teach_site(Path(fitting.lexicon))


def built_in() -> tuple[Engine, ...]:
    """Our own binding, else pyttsx3; never both, which may be two versions of one library."""
    return first_working([EspeakEngine]) or first_working([PyttsxEngine])


def recordings(fitting: Fitting) -> tuple[Engine, ...]:
    """Of people who lent their voice."""
    return first_working([partial(RecordedEngine, one.folder) for one in installed(fitting, Kind.RECORDINGS)])


def networks(fitting: Fitting) -> tuple[Engine, ...]:
    """The installed ones, or the one that was chosen."""
    found = installed(fitting, Kind.VOICE)
    return first_working([partial(NeuralVoice, one.folder, one.languages) for one in found])


def _punctual(voice: Engine, *, better: bool) -> Engine:
    first = ("您好。", "zh") if "zh" in voice.languages() else ("Good morning.", "en")
    return Punctual(voice, first=(*first, DEFAULT_RATE)) if better else Resting(voice)


def installed(fitting: Fitting, kind: Kind) -> Iterator[Installed]:
    """What of this kind is on this box and meant to be used; of networks only the one that was chosen."""
    if fitting.voices:
        for one in Shelf(Path(fitting.voices)).all():
            if one.kind is kind and (kind is not Kind.VOICE or fitting.voice in ("", one.name)):
                yield one
