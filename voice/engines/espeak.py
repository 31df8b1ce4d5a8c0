"""libespeak-ng 1.52 through ctypes: the first engine on Linux."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
from collections.abc import Iterator
from typing import Any

from voice.engines import EngineFault, Mark, Rendered, words_a_minute
from voice.engines.pinyin import to_pinyin

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_BY_CHARACTER = 1
_RATE, _RANGE = 1, 4
_WORD_EVENT = 1
_TONGUES = {"zh": "cmn-latn-pinyin", "en": "en-us"}
"""A Mandarin voice fed with pinyin, never `cmn` with characters: before 1.52 that one speaks English."""
_VARIANTS = {"zh": "Annie", "en": "f3"}
"""Who says a sentence of that language, also what in it belongs to the other one."""
_RANGES = {"zh": 70, "en": 50}
"""How far the pitch goes up and down, of 100: Mandarin tones are clearer with more than the usual 50."""
_SELF_TEST = {"zh": "您好", "en": "Good morning"}
_LATIN = re.compile(r"[A-Za-z][A-Za-z'\-]*(?:[ .][A-Za-z'\-]+)*")
_HAN = re.compile(r"[一-鿿〇][一-鿿〇，。！？、；： ]*")


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_int64),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def _library() -> tuple[Any, str | None]:
    """The library of the espeakng-loader package with its data, else the system's."""
    try:
        import espeakng_loader  # type: ignore[import-untyped]

        return ctypes.CDLL(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
    except (ImportError, OSError):
        found = ctypes.util.find_library("espeak-ng")
        if not found:
            raise EngineFault("libespeak-ng is not here") from None
        return ctypes.CDLL(found), None


class EspeakEngine:
    """Mandarin from pinyin words, and English, with the variants that bench.voice_judge heard best."""

    def __init__(self) -> None:
        self._library, data = _library()
        self._declare()
        rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data.encode() if data else None, _DO_NOT_EXIT)
        if rate <= 0:
            raise EngineFault("libespeak-ng does not start")
        self.rate: int = rate
        self._samples = bytearray()
        self._words: list[tuple[int, int]] = []
        # ctypes keeps no reference of its own: without this one the callback is collected.
        self._callback = _CALLBACK(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)
        self.version: str = self._library.espeak_Info(None).decode().split()[0]
        self._languages = frozenset(language for language in _TONGUES if self._understandable(language))
        if not self._languages:
            raise EngineFault("libespeak-ng has no voice that passes its self-test")

    @property
    def name(self) -> str:
        return f"eSpeak NG {self.version}"

    def languages(self) -> frozenset[str]:
        return self._languages

    def voices(self) -> dict[str, str]:
        """The voice used for each language."""
        return {code: f"{_TONGUES[code]}+{_VARIANTS[code]}" for code in sorted(self._languages)}

    def phonemes(self, text: str, language: str) -> str:
        """What will be pronounced; `(en)` in it means that the voice switched to English."""
        self._choose(language, _VARIANTS[language])
        line = ctypes.c_char_p((to_pinyin(text).line if language == "zh" else text).encode())
        clauses: list[str] = []
        while line.value:
            clause = self._library.espeak_TextToPhonemes(ctypes.byref(line), _UTF8, 0)
            clauses.append(clause.decode() if clause else "")
        return " ".join(clauses)

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        if language not in self._languages:
            raise EngineFault(f"no voice for {language}")
        pcm = bytearray()
        marks: list[Mark] = []
        parts = list(_runs(text, language))
        for at, (start, piece, tongue) in enumerate(parts):
            self._choose(tongue, _VARIANTS[language])
            sound, words = self._speak(piece, tongue, rate_step)
            offset = len(pcm) // 2
            marks.extend(Mark(offset + mark.sample, start + mark.start, mark.length) for mark in words)
            pcm += sound if at == len(parts) - 1 else _without_tail(sound)
        return Rendered(bytes(pcm), self.rate, tuple(marks))

    def _speak(self, text: str, language: str, rate_step: int) -> tuple[bytes, list[Mark]]:
        self._library.espeak_SetParameter(_RANGE, _RANGES[language], 0)
        self._library.espeak_SetParameter(_RATE, words_a_minute(language, rate_step), 0)
        line = to_pinyin(text) if language == "zh" else None
        spoken = (line.line if line else text).encode(errors="replace") + b"\0"
        self._samples, self._words = bytearray(), []
        failed = self._library.espeak_Synth(spoken, len(spoken), 0, _BY_CHARACTER, 0, _UTF8, None, None)
        if failed:
            raise EngineFault("libespeak-ng gave up on a text")
        marks = [
            Mark(sample, *(line.original(position) if line else (position, _word_length(text, position))))
            for sample, position in self._words
        ]
        return bytes(self._samples), marks

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, count * 2)
        at = 0
        while events[at].type:
            if events[at].type == _WORD_EVENT:
                self._words.append((events[at].sample, events[at].text_position - 1))
            at += 1
        return 0

    def _choose(self, language: str, variant: str) -> None:
        if self._library.espeak_SetVoiceByName(f"{_TONGUES[language]}+{variant}".encode()):
            raise EngineFault(f"no voice for {language}")

    def _understandable(self, language: str) -> bool:
        try:
            phonemes = self.phonemes(_SELF_TEST[language], language)
        except EngineFault:
            return False
        return bool(phonemes) and (language == "en" or "(en)" not in phonemes)

    def _declare(self) -> None:
        lib, text = self._library, ctypes.c_char_p
        lib.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, text, ctypes.c_int]
        lib.espeak_SetVoiceByName.argtypes = [text]
        lib.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
        lib.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(text), ctypes.c_int, ctypes.c_int]
        lib.espeak_TextToPhonemes.restype = text
        lib.espeak_Info.argtypes = [ctypes.c_void_p]
        lib.espeak_Info.restype = text
        lib.espeak_Synth.argtypes = [
            text, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip


def _runs(text: str, language: str) -> Iterator[tuple[int, str, str]]:
    """(start, piece, language): Latin words inside Chinese go to the English voice, and the reverse."""
    foreign, other = (_LATIN, "en") if language == "zh" else (_HAN, "zh")
    at = 0
    for match in foreign.finditer(text):
        if _has_words(text[at : match.start()]):
            yield at, text[at : match.start()], language
        yield match.start(), match[0], other
        at = match.end()
    if _has_words(text[at:]):
        yield at, text[at:], language


def _has_words(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


def _word_length(text: str, position: int) -> int:
    match = re.compile(r"\S+").match(text, position)
    return len(match[0]) if match else 0


def _without_tail(pcm: bytes, keep: int = 1100) -> bytes:
    """Without the long silence that the engine puts after every text; about 50 ms of it stays."""
    end = len(pcm.rstrip(b"\0")) // 2 + keep
    return pcm[: end * 2]
