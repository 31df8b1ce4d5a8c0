"""The morning check of what listens: the microphone, the model of each language, the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.catalogue import load_catalogue
from kiosk.text import LANGUAGES

if TYPE_CHECKING:
    from kiosk.config import Listening
    from kiosk.selftest.finding import Finding
    from kiosk.text import Text
    from voice.listening.trial import Hindrance


def listening_findings(settings: Listening, folder: Path) -> Iterator[Finding]:
    """`folder`: the data folder. Each model is loaded to see that it is whole: a second or two."""
    from kiosk.selftest.finding import State, finding
    from voice.listening.models import models

    if settings.mode == "off":
        yield finding("microphone", State.GOOD, "hears.off")
        return
    yield _microphone(settings.device)
    there = models(settings.models, folder)
    for language in LANGUAGES:
        yield _language(language, there.get(language), settings.accents, alone=not there)


def _microphone(name: str) -> Finding:
    from kiosk.selftest.finding import State, finding
    from voice.listening.microphone import Absent, look_for

    try:
        return finding("microphone", State.GOOD, "hears.microphone", name=look_for(name))
    except Absent as absent:
        return finding("microphone", State.LOOK, "hears.microphone", name=_why(absent.reason))


def _language(language: str, model: Path | None, accents: str, *, alone: bool) -> Finding:
    """`alone`: no language has a model. Where another has one, this one was left out on purpose."""
    from kiosk.selftest.finding import State, finding
    from voice.listening.tongue import tongues

    name = load_catalogue("box")[f"language.{language}"]
    if model is None and not alone:
        return finding("listening", State.GOOD, "hears.by_keys", language=name)
    hindrance = _what_hinders(language, model, accents)
    if hindrance and hindrance.spoken:
        other = tongues()[hindrance.spoken].name
        return finding("listening", State.LOOK, "hears.other", language=name, other=other)
    if hindrance:
        return finding("listening", State.LOOK, "hears.not", language=name, why=_why(hindrance.reason))
    return finding("listening", State.GOOD, "hears.good", language=name)


def _what_hinders(language: str, model: Path | None, accents: str) -> Hindrance | None:
    from voice.listening.recogniser import NO_MODEL
    from voice.listening.trial import Hindrance, what_hinders
    from voice.understanding import PackFault, load_pack

    if model is None:
        return Hindrance(NO_MODEL)
    try:
        load_pack(language, Path(accents) if accents else None)
    except PackFault:
        return Hindrance("no_words")
    return what_hinders(language, model)


def _why(reason: str) -> Text:
    return load_catalogue("voice")[f"deaf.{reason}"]
