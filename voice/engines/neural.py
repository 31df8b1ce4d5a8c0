"""Voices of sherpa-onnx (vits and matcha networks, piper's among them), where both were installed.

A voice that is not ready in time leaves the sentence to the next engine, and has it the next time.
"""

from __future__ import annotations

import importlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from voice.engines import DEFAULT_RATE, Engine, EngineFault, Rendered, words_a_minute
from voice.engines.marks import even_marks
from voice.engines.samples import SAMPLE_RATE, from_floats, resampled, to_bytes

BUDGET = 0.4
"""Seconds that somebody waits for a sentence of a better voice; then the quick one speaks."""
_MOST_BYTES = 20_000_000
"""Of sentences kept in memory for the rest of the sitting."""
_SAMPLE = {
    "zh": "请把身份证放在读卡器上，读好以后您再拿走。",
    "en": "Please put your card on the reader, and take it away later.",
}
_PACE = {"zh": 2.7 / 150, "en": 1 / 60}
"""Characters (zh) or words (en) a second, by eSpeak's number: the seven steps are as fast with any voice."""
_SLOWEST, _FASTEST = 0.3, 2.0
_HAN = re.compile(r"[一-鿿㐀-䶿\U00020000-\U0003ffff〇]")
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|[0-9]+")


class NeuralVoice:
    """The network of one folder. Loads with its first sentence; renders in its own time."""

    def __init__(self, folder: Path, languages: Iterable[str]) -> None:
        self._version = _version()
        self._folder = folder
        self._languages = frozenset(languages) & set(_SAMPLE)
        self._files = _files(folder)
        self._network: Any = None
        self._known: frozenset[str] = frozenset()
        self._natural: dict[str, float] = {}

    @property
    def name(self) -> str:
        return f"sherpa-onnx {self._version}"

    def languages(self) -> frozenset[str]:
        return self._languages

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        return dict.fromkeys(sorted(self._languages), self._folder.name)

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        if language not in self._languages:
            raise EngineFault(f"no voice for {language}")
        if self._network is None:
            self._load()
        if not self._can_say(text):
            raise EngineFault("a character that the voice does not know would be left out")
        samples = self._generate(text, self._speed(language, rate_step))
        pcm = to_bytes(resampled(from_floats(samples), self._network.sample_rate, SAMPLE_RATE))
        if not pcm:
            raise EngineFault("the voice made no sound")
        return Rendered(pcm, SAMPLE_RATE, even_marks(text, pcm))

    def _load(self) -> None:
        try:
            library = importlib.import_module("sherpa_onnx")
            config = library.OfflineTtsConfig(
                model=_model(library, self._files), rule_fsts=_rules(self._folder)
            )
            if not config.validate():
                raise EngineFault("the voice's folder is not whole")
            self._known = _lexicon(self._files.get("lexicon", ""))
            self._network = library.OfflineTts(config)
        except (ImportError, OSError, ValueError, RuntimeError) as fault:
            raise EngineFault("the voice cannot be loaded") from fault

    def _speed(self, language: str, rate_step: int) -> float:
        """How much faster than by itself; how fast that is, one sentence tells, once."""
        if language not in self._natural:
            sample = _SAMPLE[language]
            count = len(_HAN.findall(sample)) if language == "zh" else len(_WORD.findall(sample))
            seconds = len(self._generate(sample, 1.0)) / self._network.sample_rate
            self._natural[language] = count / seconds if seconds else _PACE[language] * DEFAULT_RATE
        wanted = words_a_minute(language, rate_step) * _PACE[language]
        return min(max(wanted / self._natural[language], _SLOWEST), _FASTEST)

    def _generate(self, text: str, speed: float) -> Sequence[float]:
        try:
            samples: Sequence[float] = self._network.generate(text, speed=speed).samples
            return samples
        except (RuntimeError, ValueError) as fault:
            raise EngineFault("the voice gave up on a text") from fault

    def _can_say(self, text: str) -> bool:
        """The network leaves out what its lexicon lacks, without a word: that could be somebody's name."""
        if not self._known:
            return True
        parts = [*_HAN.findall(text), *(word.lower() for word in _WORD.findall(text))]
        return all(part in self._known for part in parts)


def library_there() -> bool:
    """Is there what such voices run in?"""
    try:
        _version()
    except EngineFault:
        return False
    return True


def _version() -> str:
    """Of the library, without loading it. Raises EngineFault."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("sherpa-onnx")
    except PackageNotFoundError:
        raise EngineFault("sherpa-onnx is not installed") from None


def _files(folder: Path) -> dict[str, str]:
    """The parts of the network by what sherpa-onnx calls them. Raises EngineFault."""
    networks = sorted(folder.glob("*.onnx"), key=lambda file: ("int8" not in file.name, file.name))
    vocoder = next((file for file in networks if re.match(r"voco|hifigan", file.name)), None)
    acoustic = next((file for file in networks if file is not vocoder), None)
    if acoustic is None or not (folder / "tokens.txt").is_file():
        raise EngineFault("no voice in this folder")
    found = {"tokens": str(folder / "tokens.txt")}
    if vocoder:
        found |= {"acoustic_model": str(acoustic), "vocoder": str(vocoder)}
    else:
        found |= {"model": str(acoustic)}
    if (folder / "espeak-ng-data").is_dir():
        found["data_dir"] = str(folder / "espeak-ng-data")
    lexicons = [str(file) for file in sorted(folder.glob("lexicon*.txt"))]
    return found | ({"lexicon": ",".join(lexicons)} if lexicons else {})


def _model(library: Any, files: dict[str, str]) -> Any:
    # One thread: the other core draws the screen and listens.
    if "vocoder" in files:
        matcha = library.OfflineTtsMatchaModelConfig(**files)
        return library.OfflineTtsModelConfig(matcha=matcha, num_threads=1)
    return library.OfflineTtsModelConfig(vits=library.OfflineTtsVitsModelConfig(**files), num_threads=1)


def _rules(folder: Path) -> str:
    return ",".join(str(file) for file in sorted(folder.glob("*.fst")))


def _lexicon(files: str) -> frozenset[str]:
    """The words the network can say; empty where it says anything."""
    lines = (
        line
        for file in files.split(",")
        if file
        for line in Path(file).read_text(encoding="utf-8").splitlines()
    )
    return frozenset(line.split(maxsplit=1)[0].lower() for line in lines if line.strip())


_Wish = tuple[str, str, int]


class Punctual:
    """An engine that answers within its budget or not at all. What comes late is kept in memory, for as long
    as this process lives: nothing of it is written."""

    def __init__(self, engine: Engine, budget: float = BUDGET, first: _Wish | None = None) -> None:
        """`first` is rendered at once, so that the network is loaded before somebody waits for it."""
        self._engine, self._budget = engine, budget
        self._done: OrderedDict[_Wish, Rendered | None] = OrderedDict()
        """None: it cannot say this."""
        self._wanted = first
        """The newest wish only: an older one is not waited for any more."""
        self._changed = threading.Condition()
        threading.Thread(target=self._work, name="neural", daemon=True).start()

    @property
    def name(self) -> str:
        return self._engine.name

    def languages(self) -> frozenset[str]:
        return self._engine.languages()

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        return self._engine.voices()

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        wish = (text, language, rate_step)
        with self._changed:
            if wish not in self._done:
                self._wanted = wish
                self._changed.notify_all()
                self._changed.wait_for(lambda: wish in self._done, self._budget)
            sound = self._done.get(wish)
            if sound is None:
                raise EngineFault("not ready in time")
            self._done.move_to_end(wish)
            return sound

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None)
                wish, self._wanted = self._wanted, None
            assert wish
            if wish in self._done:
                continue
            try:
                sound: Rendered | None = self._engine.render(*wish)
            except EngineFault:
                sound = None
            with self._changed:
                self._done[wish] = sound
                self._forget_the_oldest()
                self._changed.notify_all()

    def _forget_the_oldest(self) -> None:
        while sum(len(sound.pcm) for sound in self._done.values() if sound) > _MOST_BYTES:
            self._done.popitem(last=False)


class Resting:
    """An engine that is not to be tried: only what was prepared of it is said."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        return self._engine.name

    def languages(self) -> frozenset[str]:
        return self._engine.languages()

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        return self._engine.voices()

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        raise EngineFault("it fell in this sitting")
