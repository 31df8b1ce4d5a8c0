"""`python -m voice.install.trial KIND FOLDER LANGUAGE...`: does it work? Says why not, and ends with 1."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from voice.engines import DEFAULT_RATE, EngineFault
from voice.engines.neural import NeuralVoice
from voice.engines.recorded import read_list, read_wave
from voice.install.shelf import Kind

_SENTENCES = {
    "zh": "您好，请把身份证放在读卡器上。",
    "en": "Good morning, please put your card on the reader.",
}
_SHORTEST, _LONGEST = 0.5, 20.0
"""Seconds that such a sentence takes with any voice that can be understood."""


def speaks(folder: Path, languages: tuple[str, ...]) -> str:
    """Why not; empty if it does."""
    voice = NeuralVoice(folder, languages)
    for language in sorted(voice.languages()):
        if not _SHORTEST < voice.render(_SENTENCES[language], language, DEFAULT_RATE).seconds < _LONGEST:
            return "it speaks, but no sentence is that long"
    return "" if voice.languages() else "it speaks no language that the kiosk has"


def plays(folder: Path) -> str:
    """Why not; empty if every recording does. Those that are not there yet are passed over."""
    for one in read_list(folder):
        if one.path.is_file():
            try:
                read_wave(one.path)
            except EngineFault as fault:
                return f"{one.path.name}: {fault}"
    return ""


def hears(folder: Path, languages: tuple[str, ...]) -> str:
    """Why not; empty if it can be loaded and is of each of these languages."""
    from voice.listening.recogniser import ModelFault, load_recogniser
    from voice.listening.tongue import spoken_instead, tongues

    try:
        recogniser = load_recogniser(folder)
    except ModelFault as fault:
        return f"the listening model cannot be loaded ({fault})"
    for language in languages:
        instead = spoken_instead(language, recogniser.known)
        if instead:
            return f"the listening model is of {tongues()[instead].name.show('en')}, not of {language}"
        if instead is not None:
            return f"the listening model knows no word of {language}; is it one for another language?"
    return ""


def main(kind: Kind, folder: Path, languages: tuple[str, ...]) -> str:
    try:
        if kind is Kind.VOICE:
            return speaks(folder, languages)
        return plays(folder) if kind is Kind.RECORDINGS else hears(folder, languages)
    except EngineFault as fault:
        return str(fault)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    why_not = main(Kind(sys.argv[1]), Path(sys.argv[2]), tuple(sys.argv[3:]))
    answers.write(why_not)
    answers.flush()
    os._exit(1 if why_not else 0)
