"""How much typing a name or a word takes: keys, and where the wanted character stands among the candidates.

    .venv/bin/python -m bench.pinyin [--json]

Names: 500 made from common surnames and given-name characters, always the same. Words: the Chinese that the
sample people of the shipped services wrote. Each is written the way a person would: the keys of one syllable,
then the candidate, page by page of five; and once more with all syllables typed first. No clock is in it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from kiosk.hanzi.candidates import Candidate, Wanted
from kiosk.hanzi.composing import Composing
from kiosk.hanzi.keys import digits_of
from kiosk.paths import data_file
from kiosk.services.load import load_service, service_files
from kiosk.services.model import Service

PAGE = 5
"""Candidates a page."""
NAMES = 500
HAN = re.compile("[一-鿿]+")

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施牛樊葛邢翟岳单解查仇区尉"
)
GIVEN = (
    "秀桂淑兰英珍玉凤芳芬珠莲琴娟素梅菊香翠云霞春秋冬月花红艳丽敏静慧洁玲燕建国军平明志强勇伟刚永福贵祥荣华富德仁义忠良厚善诚信文武成才"
    "学礼宗先大长生根水木林森海波涛江河山峰岩石金银宝银库仓田土旺发兴昌盛隆庆喜安康宁泰和顺利达光辉耀亮晨曦阳东南西北中正直清廉洪浩淼鑫磊"
    "堃喆昇犇梓涵轩宇泽瑞嘉欣怡婷雅琪瑶萱思雨博雯倩莹薇婉柔颖岚"
)
"""Written down apart from the lists that order the candidates."""
READ_AS = {
    "单": "shan",
    "解": "xie",
    "翟": "zhai",
    "查": "zha",
    "仇": "qiu",
    "区": "ou",
    "尉": "wei",
    "曾": "zeng",
    "任": "ren",
    "盛": "sheng",
}
"""Surnames read otherwise than the same character elsewhere."""


@dataclass(frozen=True)
class Row:
    """What it took: on the letters or the nine keys, with syllables typed one at a time or all first."""

    subject: str
    keys: str
    characters: int
    first: float
    page: float
    two_pages: float
    worst: int
    presses: float
    """Keys, page turns and choices for each character."""


@dataclass(frozen=True)
class Wish:
    """A text and its syllables, and whether it is a person's name."""

    text: str
    syllables: tuple[str, ...]
    name: bool = False


def fictional_names() -> list[Wish]:
    """The 500, always the same."""
    chance = random.Random(82)
    weights = [1 / place for place in range(1, len(SURNAMES) + 1)]
    made = []
    for surname in chance.choices(SURNAMES, weights, k=NAMES):
        given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2, 2))))
        sounds = (READ_AS.get(surname, _sound(surname)), *map(_sound, given))
        made.append(Wish(surname + given, sounds, name=True))
    return made


def sample_words() -> list[Wish]:
    """The runs of Chinese in what the shipped services' sample people wrote."""
    found: dict[str, None] = {}
    for path in service_files(data_file("services")):
        service = load_service(path)
        assert isinstance(service, Service), path.name
        for story in service.story:
            for answer in story.answers.values():
                for words in answer if isinstance(answer, list | tuple) else (answer,):
                    found |= dict.fromkeys(HAN.findall(words) if isinstance(words, str) else ())
    return [Wish(words, _sounds(words)) for words in found]


@cache
def _sound(character: str) -> str:
    return _sounds(character)[0]


def _sounds(words: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(words, style=Style.NORMAL, v_to_u=False))


@dataclass
class Writing:
    """One text being written: what was pressed so far, and where each wanted character stood, from 0."""

    composing: Composing
    presses: int = 0

    def press(self, keys: str) -> None:
        """Type."""
        self.presses += len(keys)
        for key in keys:
            self.composing = self.composing.key(key)

    def choose(self, wanted: Iterable[str]) -> tuple[int, Candidate]:
        """Page to the first of these candidates that comes, and take it. The place where it stood, from 0."""
        wished = set(wanted)
        for page in range(2000):
            shown = self.composing.shown(PAGE)
            for place, candidate in enumerate(shown):
                if candidate.text in wished:
                    self.presses += page + 1
                    self.composing = self.composing.take(candidate)
                    return page * PAGE + place, candidate
            self.composing = self.composing.turn(1, PAGE)
        raise LookupError("a character cannot be reached")


def one_at_a_time(wish: Wish, nine: bool) -> tuple[list[int], int]:
    """Each syllable typed whole and its character chosen: their places, and all that was pressed."""
    places, presses = [], 0
    for at, (character, syllable) in enumerate(zip(wish.text, wish.syllables, strict=True)):
        wanted = (Wanted.GIVEN if at else Wanted.SURNAME) if wish.name else Wanted.WORDS
        writing = Writing(Composing(wanted=wanted))
        writing.press(digits_of(syllable) if nine else syllable)
        places.append(writing.choose([character])[0])
        presses += writing.presses
    return places, presses


def all_at_once(wish: Wish, nine: bool) -> tuple[list[int], int]:
    """Up to five syllables typed first; then the longest piece on the page, or else the next character."""
    places, presses, left = [], 0, wish.text
    wanted = Wanted.SURNAME if wish.name else Wanted.WORDS
    while left:
        start = len(wish.text) - len(left)
        chunk = wish.syllables[start : start + 5]
        writing = Writing(Composing(wanted=wanted))
        writing.press("".join(digits_of(one) if nine else one for one in chunk))
        goal = left[: len(chunk)]
        while goal and writing.composing:
            pieces = [goal[:length] for length in range(len(goal), 0, -1)]
            place, taken = writing.choose(_best_shown(writing.composing, pieces))
            places.append(place)
            goal = goal[len(taken.text) :]
            left = left[len(taken.text) :]
        presses += writing.presses
        wanted = writing.composing.wanted
    return places, presses


def _best_shown(composing: Composing, pieces: Sequence[str]) -> list[str]:
    shown = {candidate.text for candidate in composing.shown(PAGE)}
    return [next((piece for piece in pieces if piece in shown), pieces[-1])]


def rows() -> list[Row]:
    """The whole table."""
    made = []
    for subject, wishes in (("names", fictional_names()), ("words", sample_words())):
        for nine in (False, True):
            for way, write in (("each", one_at_a_time), ("all", all_at_once)):
                places, presses = zip(*(write(wish, nine) for wish in wishes), strict=True)
                flat = [place for some in places for place in some]
                characters = sum(len(wish.text) for wish in wishes)
                made.append(
                    Row(
                        f"{subject}, {way}",
                        "nine keys" if nine else "letters",
                        characters,
                        _share(flat, 1),
                        _share(flat, PAGE),
                        _share(flat, 2 * PAGE),
                        max(flat) + 1,
                        sum(presses) / characters,
                    )
                )
    return made


def _share(places: Sequence[int], within: int) -> float:
    return sum(place < within for place in places) / len(places)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", action="store_true", help="one object a line")
    as_json = asked.parse_args().json
    if not as_json:
        print(f"{'':12} {'keys':10} characters   first    in 5   in 10  worst  presses")
    for row in rows():
        if as_json:
            print(json.dumps(asdict(row)))
        else:
            print(
                f"{row.subject:12} {row.keys:10} {row.characters:10} {row.first:7.1%} {row.page:7.1%} "
                f"{row.two_pages:7.1%} {row.worst:6} {row.presses:8.2f}"
            )


if __name__ == "__main__":
    main()
