"""The morning check of what speaks: the voices, how they read names, and what they are heard through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli._speech import speech_of

if TYPE_CHECKING:
    from kiosk.config import Voice
    from kiosk.selftest.finding import Finding
    from voice.fitting import Fitting
    from voice.install.shelf import Installed


def speech_findings(voice: Voice, folder: Path) -> Iterator[Finding]:
    """`folder`: the data folder. An installed voice says a sentence, which takes a large one some seconds."""
    from kiosk.selftest.finding import State, finding
    from voice.engines.ready import ready_engines

    fitting = speech_of(voice, folder)
    mute = dict(_mute(fitting))
    names = {name for engine in ready_engines(fitting, better=False) for name in engine.voices().values()}
    speaks = ", ".join(sorted(names - mute.keys()))
    yield (
        finding("voice", State.GOOD, "speaks.good", names=speaks)
        if speaks
        else finding("voice", State.BAD, "speaks.none")
    )
    for name, why in mute.items():
        yield finding("better_voice", State.LOOK, why, name=name)
    yield from _readings(voice)
    yield _sound(voice)


def _mute(fitting: Fitting) -> Iterator[tuple[str, str]]:
    """Voices that were installed, or are named, and are not to be heard; each with a key of the catalogue."""
    from voice.engines.ready import installed
    from voice.install.shelf import Kind

    found = tuple(installed(fitting, Kind.VOICE))
    if fitting.voice and not found:
        yield fitting.voice, "better.absent"
    for one in found:
        hindrance = _what_hinders(one)
        if hindrance:
            yield one.name, hindrance


def _what_hinders(one: Installed) -> str:
    """Empty where it speaks."""
    from voice.engines.neural import library_there
    from voice.install.kinds import NoUse, try_out

    if not library_there():
        return "better.no_library"
    try:
        try_out(one.folder, one.kind, one.languages)
    except NoUse:
        return "better.damaged"
    return ""


def _readings(voice: Voice) -> Iterator[Finding]:
    """Only where this site has some of its own that are not understood."""
    from kiosk.selftest.finding import State, finding
    from voice.lexicon import LexiconFault, read_lexicon

    if voice.lexicon:
        try:
            read_lexicon(Path(voice.lexicon))
        except LexiconFault as fault:
            yield finding("readings", State.LOOK, "readings.bad", why=str(fault))


def _sound(voice: Voice) -> Finding:
    from kiosk.selftest.finding import State, finding
    from voice.outlet import default_output

    device = default_output(voice.device)
    if not voice.sound:
        return finding("sound", State.LOOK, "sound.off")
    if device:
        return finding("sound", State.GOOD, "sound.good", name=device)
    return finding("sound", State.LOOK, "sound.none")
