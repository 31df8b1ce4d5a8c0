"""data/hanzi/readings.txt: every character and phrase of pypinyin's dictionaries, a line each.

Sorted by code point, so that a search can halve the file. A phrase whose characters are all read as they are
alone stands without syllables.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.hanzi.tones import numbered


def made() -> bytes:
    """`银行 yin2 hang2`, `行 xing2`, `人行道 ren2 xing2 dao4`."""
    return "".join(f"{line}\n" for line in sorted(_lines())).encode()


def _lines() -> Iterator[str]:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    alone = {chr(code): numbered(said.split(",")[0]) for code, said in PINYIN_DICT.items()}
    for character, syllable in alone.items():
        yield f"{character} {syllable}"
    for phrase, readings in PHRASES_DICT.items():
        said = [numbered(usual[0]) for usual in readings]
        yield phrase if said == [alone[sign] for sign in phrase] else " ".join([phrase, *said])
