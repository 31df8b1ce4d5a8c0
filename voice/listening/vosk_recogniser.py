"""Vosk 0.3.45, where its model is. Its C++ prints on stderr: whoever has a screen sends that elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice, product
from math import exp
from pathlib import Path
from typing import Any

from voice.listening.grammar_check import checked
from voice.listening.recogniser import (
    BAD_MODEL,
    NO_ENGINE,
    NO_MODEL,
    SAMPLE_RATE,
    GrammarFault,
    Heard,
    ModelFault,
)

_ALTERNATIVES = 5
_NO_WORD = "[unk]"
_WORDS_LOOKED_AT = 200
_SOME_SOUND = b"".join((997 * at * at % 8001 - 4000).to_bytes(2, "little", signed=True) for at in range(4800))
"""Three tenths of a second of noise."""
_FST_BEGINS = (2125659606).to_bytes(4, "little")
"""The first bytes of every graph that OpenFst has written. Without a readable one vosk ends the process."""


class VoskRecogniser:
    """One model, loaded once, and a fresh recogniser for each page of phrases. For free speech one stays:
    what it has found out about its graph saves 0.7 s. What it knows of a voice goes with each answer.
    """

    def __init__(self, folder: Path) -> None:
        graph = _graph(folder)
        self._takes_grammars = graph.name == "HCLr.fst"
        try:
            import vosk  # type: ignore[import-untyped]
        except (ImportError, OSError) as fault:
            raise ModelFault(NO_ENGINE) from fault
        vosk.SetLogLevel(-1)
        self._library = vosk
        try:
            self._model = vosk.Model(str(folder))
        except Exception as fault:  # vosk raises nothing narrower
            raise ModelFault(BAD_MODEL) from fault
        self._grammar: tuple[str, ...] | None = None
        self._at_work: Any = None
        self._for_any_words: Any = None
        self._parts: list[list[tuple[str, float]]] = []
        self.missing: tuple[str, ...] = ()
        self._try_out(graph.parent / "words.txt")

    def _try_out(self, vocabulary: Path) -> None:
        """A graph that is damaged inside ends the process where it is first searched: better while the model
        is loaded, which tells what it was, than at somebody's first answer."""
        word = next(filter(self.known, _plain_words(vocabulary)), "")
        grammar = (json.dumps([word], ensure_ascii=False),) if word and self._takes_grammars else ()
        tried = self._made(*grammar)
        tried.AcceptWaveform(_SOME_SOUND)
        tried.FinalResult()
        if not grammar:
            self._for_any_words = tried

    def known(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def begin(self, phrases: Sequence[str] | None) -> None:
        self._parts = []
        self.missing = ()
        grammar = () if phrases is None else self._grammar_of(phrases)
        if grammar:
            self._at_work = self._made(*grammar)
            return
        self._for_any_words = self._for_any_words or self._made()
        self._at_work = self._for_any_words
        # Ends what was begun: vosk forgets the voice with that, and only with that.
        self._at_work.FinalResult()

    def feed(self, pcm: bytes) -> None:
        # Vosk ends a sentence where it likes (model.conf is the same for every question): they are joined.
        if self._at_work.AcceptWaveform(pcm):
            self._parts.append(_alternatives(self._at_work.Result()))

    def partial(self) -> str:
        now = json.loads(self._at_work.PartialResult()).get("partial", "")
        return self._said(now)

    def settle(self) -> str:
        # Vosk works in steps of up to 0.2 s and is sure of a word later still; this makes it decide.
        self._parts.append(_alternatives(self._at_work.FinalResult()))
        return self._said()

    def end(self) -> Heard:
        self.settle()
        return _joined(self._parts)

    def _said(self, now: str = "") -> str:
        return " ".join(filter(None, [*(part[0][0] for part in self._parts), now]))

    def _made(self, *grammar: str) -> Any:
        made = self._library.KaldiRecognizer(self._model, SAMPLE_RATE, *grammar)
        made.SetMaxAlternatives(_ALTERNATIVES)
        return made

    def _grammar_of(self, phrases: Sequence[str]) -> tuple[str, ...]:
        """For vosk; nothing for a large model, whose graph is of one piece: with it anything can be heard."""
        result = checked(phrases, self.known)
        self.missing = result.missing
        if not result.phrases:
            raise GrammarFault("the model knows none of the phrases")
        if not self._takes_grammars:
            return ()
        # What is none of the phrases may be heard as such only where the model has a word for it.
        other = (_NO_WORD,) if self.known(_NO_WORD) else ()
        return (json.dumps([*result.phrases, *other], ensure_ascii=False),)


def _graph(folder: Path) -> Path:
    """The file of its search graph, in folders of both layouts that vosk knows. Raises ModelFault."""
    if (folder / "am" / "final.mdl").is_file():
        home = folder / "graph"
    elif (folder / "final.mdl").is_file():
        home = folder
    else:
        raise ModelFault(BAD_MODEL if any(folder.rglob("*.fst")) else NO_MODEL)
    graph = home / "HCLG.fst"
    if not graph.is_file():
        graph = home / "HCLr.fst"
    try:
        with graph.open("rb") as file:
            begins = file.read(len(_FST_BEGINS))
    except OSError as fault:
        raise ModelFault(BAD_MODEL) from fault
    if begins != _FST_BEGINS:
        raise ModelFault(BAD_MODEL)
    return graph


def _plain_words(vocabulary: Path) -> Iterable[str]:
    """The first words of a model, without its signs for silence and noise."""
    try:
        with vocabulary.open(encoding="utf-8") as lines:
            words = [line.split()[0] for line in islice(lines, _WORDS_LOOKED_AT) if line.strip()]
    except (OSError, ValueError):
        return []
    return [word for word in words if word[0].isalpha()]


def _alternatives(result: str) -> list[tuple[str, float]]:
    """Texts with their scores (logarithms), best first and none twice."""
    found: dict[str, float] = {}
    for way in json.loads(result).get("alternatives", []):
        found.setdefault(way["text"].strip(), way["confidence"])
    return list(found.items()) or [("", 0.0)]


def _joined(parts: Iterable[list[tuple[str, float]]]) -> Heard:
    """The parts one after the other, in the likeliest combinations."""
    ways: list[tuple[str, float]] = [("", 0.0)]
    for part in parts:
        longer = ((f"{a} {b}".strip(), x + y) for (a, x), (b, y) in product(ways, part))
        ways = sorted(longer, key=lambda way: -way[1])[:_ALTERNATIVES]
    best = ways[0][1]
    share = 1 / sum(exp(score - best) for _, score in ways)
    texts = tuple(dict.fromkeys(text for text, _ in ways if text))
    return Heard(texts, share if ways[0][0] else 0.0)
