"""sherpa-onnx with a streaming transducer model, where both were installed: newer models than vosk's.

It has no closed grammar. The phrases make their words likelier, and what was said besides comes as it is:
voice/understanding judges it all the same.
"""

from __future__ import annotations

import importlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voice.listening.grammar_check import checked
from voice.listening.recogniser import (
    BAD_MODEL,
    NO_ENGINE,
    SAMPLE_RATE,
    GrammarFault,
    Heard,
    ModelFault,
)

_FULL_SCALE = 32768.0
_TAIL = 0.3
"""Seconds of silence after the last sound, so that the network gives its last word."""


class SherpaRecogniser:
    """The model of one folder: tokens.txt, encoder*.onnx, decoder*.onnx, joiner*.onnx, the small (int8) ones
    first."""

    def __init__(self, folder: Path) -> None:
        try:
            library = importlib.import_module("sherpa_onnx")
        except (ImportError, OSError) as fault:
            raise ModelFault(NO_ENGINE) from fault
        parts = {part: _network(folder, part) for part in ("encoder", "decoder", "joiner")}
        try:
            self._tokens = _tokens(folder / "tokens.txt")
            self._engine = library.OnlineRecognizer.from_transducer(
                tokens=str(folder / "tokens.txt"),
                num_threads=1,
                decoding_method="modified_beam_search",
                modeling_unit="cjkchar",
                **parts,
            )
        except (OSError, ValueError, RuntimeError) as fault:
            raise ModelFault(BAD_MODEL) from fault
        self._stream: Any = None
        self.missing: tuple[str, ...] = ()

    def known(self, word: str) -> bool:
        return bool(word) and all(character in self._tokens for character in word)

    def begin(self, phrases: Sequence[str] | None) -> None:
        self.missing = ()
        if phrases is None:
            self._stream = self._engine.create_stream()
            return
        result = checked(phrases, self.known)
        self.missing = result.missing
        if not result.phrases:
            raise GrammarFault("the model knows none of the phrases")
        self._stream = self._engine.create_stream(hotwords="/".join(result.phrases))

    def feed(self, pcm: bytes) -> None:
        self._stream.accept_waveform(SAMPLE_RATE, [sample / _FULL_SCALE for sample in array("h", pcm)])
        self._decode()

    def partial(self) -> str:
        return str(self._engine.get_result(self._stream)).strip()

    def settle(self) -> str:
        return self.partial()

    def end(self) -> Heard:
        self._stream.accept_waveform(SAMPLE_RATE, [0.0] * round(SAMPLE_RATE * _TAIL))
        self._stream.input_finished()
        self._decode()
        text = self.partial()
        return Heard((text,), 1.0) if text else Heard()

    def _decode(self) -> None:
        while self._engine.is_ready(self._stream):
            self._engine.decode_stream(self._stream)


def _network(folder: Path, part: str) -> str:
    """The file of one part of the network. Raises ModelFault."""
    files = sorted(folder.glob(f"{part}*.onnx"), key=lambda file: ("int8" not in file.name, file.name))
    if not files:
        raise ModelFault(BAD_MODEL)
    return str(files[0])


def _tokens(file: Path) -> frozenset[str]:
    """The characters and word pieces that the model writes."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line.rpartition(" ")[0] for line in lines)
