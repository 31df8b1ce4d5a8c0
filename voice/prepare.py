"""The sentences that can be said the same to everybody, rendered before anybody is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.flow.page import Choice, Page, Role
from kiosk.text import EMPTY, Privacy, Text
from voice.engines import Engine, EngineFault, Rendered
from voice.engines.cache import SpeechCache, key_of
from voice.engines.recorded import RecordedEngine
from voice.engines.samples import SAMPLE_RATE, from_bytes, resampled, to_bytes
from voice.script import Reading, Sentence, choice_script, script, text_script
from voice.spoken_forms import spoken

MOST_BYTES = 2_000_000_000
"""What all of it may take on the disk."""
AT_ONCE = 4
"""A page with more choices comes in parts, and each part counts from one again."""
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SMALL_NUMBER = r"[0-9]{1,2}"


class Wordings:
    """Texts as they stand in a catalogue or a service. What is made of them alone has no answer in it."""

    def __init__(self, texts: Iterable[Text], words: Iterable[str], language: str) -> None:
        """`words` are those that a placeholder may stand for: the centre's name, a service's title."""
        self._language = language
        said = {text.say(language) for text in texts}
        self._whole = {words for words in said if not _PLACEHOLDER.search(words)}
        fillings = "|".join([_SMALL_NUMBER, *map(re.escape, sorted(set(words), key=len, reverse=True))])
        open_ones = (re.split(_PLACEHOLDER, words) for words in said - self._whole)
        self._filled = [
            re.compile(f"(?:{fillings})".join(map(re.escape, parts))) for parts in open_ones if any(parts)
        ]

    def fixed(self, text: Text) -> bool:
        """Is it said so to everybody?"""
        said = text.say(self._language)
        if text.privacy is not Privacy.OPEN or not said:
            return False
        return said in self._whole or any(pattern.fullmatch(said) for pattern in self._filled)

    def whole(self) -> frozenset[str]:
        """Those without a placeholder."""
        return frozenset(self._whole)


def fixed_sentences(
    pages: Iterable[Page], spoken_alone: Iterable[Text], wordings: Wordings, reading: Reading
) -> tuple[str, ...]:
    """What is given to an engine for them, each once, in the order of the pages.

    `spoken_alone` are notices and other texts that may be said on any page.
    """
    said: dict[str, None] = {}
    for sentence in _sentences(pages, spoken_alone, wordings, reading):
        words = spoken(sentence.text, reading.language)
        if any(character.isalnum() for character in words):
            said.setdefault(words)
    return tuple(said)


def _sentences(
    pages: Iterable[Page], spoken_alone: Iterable[Text], wordings: Wordings, reading: Reading
) -> Iterator[Sentence]:
    for page in pages:
        yield from script(_without_answers(page, wordings), reading)
        for at, choice in enumerate(page.choices, 1):
            if wordings.fixed(choice.label):
                numbers = range(1, AT_ONCE + 1) if len(page.choices) > AT_ONCE else (at,)
                yield from _numbered(choice, (0,) if page.entry else numbers, wordings, reading)
        for text in filter(wordings.fixed, page.help):
            yield from text_script(text, "help", reading)
    for text in filter(wordings.fixed, spoken_alone):
        yield from text_script(text, "notice", reading)


def _numbered(
    choice: Choice, numbers: Iterable[int], wordings: Wordings, reading: Reading
) -> Iterator[Sentence]:
    """As it is, and where it can be ticked, ticked."""
    plain = replace(choice, detail=_kept(choice.detail, wordings), chosen=False)
    for number in numbers:
        yield from choice_script(plain, number, reading)
        if choice.role is Role.TOGGLE:
            yield from choice_script(replace(plain, chosen=True), number, reading)


def _without_answers(page: Page, wordings: Wordings) -> Page:
    return replace(
        page,
        heading=_kept(page.heading, wordings),
        body=tuple(text for text in page.body if wordings.fixed(text)),
        big=_kept(page.big, wordings),
        banner=_kept(page.banner, wordings),
        progress=_kept(page.progress, wordings),
        error=page.error if page.error and wordings.fixed(page.error) else None,
        entry=replace(page.entry, value="") if page.entry else None,
        choices=(),
        part=1,
        parts=1,
    )


def _kept(text: Text, wordings: Wordings) -> Text:
    return text if wordings.fixed(text) else EMPTY


@dataclass(slots=True)
class Tally:
    """What came of it."""

    made: int = 0
    there: int = 0
    """Rendered on an earlier run."""
    unsaid: int = 0
    """No engine could say it: then it is said, or shown, when the time comes."""
    recorded: int = 0
    """A person lent their voice for it, so nothing has to be made."""
    seconds: float = 0.0
    size: int = 0
    swept: int = 0
    full: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One sentence to have ready."""

    text: str
    language: str
    rate: int


def prepare(
    tasks: Sequence[Task],
    engines: Sequence[Engine],
    cache: SpeechCache,
    on_progress: Callable[[Tally], None],
    most: int = MOST_BYTES,
) -> Tally:
    """Render what is not there yet, by the first engine that can; what nothing asks for any more goes first.

    Cut off at any time, it goes on where it was. Raises OSError where the disk does not take it.
    """
    tally = Tally()
    keys = {task: _keys(task, engines) for task in tasks}
    tally.swept = cache.sweep(frozenset(key for found in keys.values() for key in found.values()))
    tally.size = cache.size()
    for task, found in keys.items():
        _prepare_one(task, found, engines, cache, tally, most)
        on_progress(tally)
    return tally


def _keys(task: Task, engines: Sequence[Engine]) -> Mapping[Engine, str]:
    speaking = [engine for engine in engines if task.language in engine.languages()]
    return {
        engine: key_of(engine, task.text, task.language, task.rate)
        for engine in speaking
        if not isinstance(engine, RecordedEngine)
    }


def _prepare_one(
    task: Task,
    keys: Mapping[Engine, str],
    engines: Sequence[Engine],
    cache: SpeechCache,
    tally: Tally,
    most: int,
) -> None:
    for engine in engines:
        if engine in keys and (found := cache.find(keys[engine])):
            tally.there += 1
            tally.seconds += found.seconds
            return
        sound = _rendered(engine, task)
        if sound is None:
            continue
        if engine not in keys:
            tally.recorded += 1
            return
        if tally.size + len(sound.pcm) > most:
            tally.full = True
            return
        tally.size += cache.keep(keys[engine], sound)
        tally.made += 1
        tally.seconds += sound.seconds
        return
    tally.unsaid += 1


def _rendered(engine: Engine, task: Task) -> Rendered | None:
    """As it is played; None where this engine cannot say it."""
    if task.language not in engine.languages():
        return None
    try:
        sound = engine.render(task.text, task.language, task.rate)
    except EngineFault:
        return None
    if not sound.pcm or sound.rate == SAMPLE_RATE:
        return sound if sound.pcm else None
    scale = SAMPLE_RATE / sound.rate
    samples = resampled(from_bytes(sound.pcm), sound.rate, SAMPLE_RATE)
    marks = tuple(replace(mark, sample=int(mark.sample * scale)) for mark in sound.marks)
    return Rendered(to_bytes(samples), SAMPLE_RATE, marks)
