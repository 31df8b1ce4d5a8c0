"""Answers to questions beside the time they may take, with ten guides and with a thousand.

    .venv/bin/python -m bench.ask [--json]

The guides are the shipped services and variations of them: some of their characters are exchanged, the same
ones for others each time, so that words get rarer as they would with other services. Asked are the everyday
questions of the tests, in every way they are asked there.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.ask.asker import GuideAsker
from kiosk.ask.lexicon import load_lexicon
from kiosk.paths import data_file
from kiosk.services.guide import Faq
from kiosk.services.load import load_shelf
from kiosk.services.model import Service
from kiosk.services.wording import Wording

LIMIT_MS = 50.0
GUIDES = (10, 30, 100, 300, 1000)
EXCHANGED = 0.5
"""The share of characters that a variation exchanges."""
QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "ask" / "everyday_questions.toml"
_SEARCHED = ("who", "get", "fee")
_HAN = re.compile("[一-鿿]")
_COMMON = (
    "天地日月山水木火土金石田禾竹米虫鱼鸟马牛羊犬手口耳目足心身头面衣食住行车船门窗床灯"
    "春夏秋冬风云雨雪东西南北前后左右上下大小多少高低长短方圆红黄蓝白黑快慢新旧冷热干湿"
)


@dataclass(frozen=True)
class Measured:
    """Milliseconds with that many guides."""

    guides: int
    first_ms: float
    """Making the index, and the first answer."""
    median_ms: float
    slowest_of_100_ms: float
    """99 of 100 answers are quicker."""

    @property
    def share_of_limit(self) -> float:
        return self.slowest_of_100_ms / LIMIT_MS


def guides(count: int) -> Iterator[Service]:
    """The shipped ones, then variations of them until there are enough."""
    shipped = list(load_shelf(data_file("services")).services.values())
    for number in range(count):
        service = shipped[number % len(shipped)]
        yield service if number < len(shipped) else varied(service, number)


def varied(service: Service, number: int) -> Service:
    """Another service of the same size."""
    chance = random.Random(number)
    exchange: dict[str, str] = {}

    def other(character: str) -> str:
        if character not in exchange:
            exchange[character] = chance.choice(_COMMON) if chance.random() < EXCHANGED else character
        return exchange[character]

    def changed(words: Wording) -> Wording:
        return words.model_copy(update={"zh": _HAN.sub(lambda found: other(found.group()), words.zh)})

    guide = service.guide
    new = {
        "id": f"{service.id}-{number}",
        "title": changed(service.title),
        "also_called": tuple("".join(map(other, called)) for called in service.also_called),
        "guide": guide.model_copy(update={name: changed(getattr(guide, name)) for name in _SEARCHED}),
        "faq": tuple(Faq(ask=changed(faq.ask), answer=changed(faq.answer)) for faq in service.faq),
    }
    return service.model_copy(update=new)


def questions() -> list[tuple[str, str]]:
    """Words and language of each."""
    listed = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    kinds = {"plain": "zh", "heard": "zh", "spelt": "zh", "en": "en"}
    return [
        (words, language)
        for entry in listed
        for kind, language in kinds.items()
        for words in entry.get(kind, [])
    ]


def measure(count: int, rounds: int) -> Measured:
    asker = GuideAsker(guides(count))
    start = time.perf_counter()
    asker.ask("高龄津贴怎么领", "zh")
    first = time.perf_counter() - start
    times = []
    for words, language in questions() * rounds:
        start = time.perf_counter()
        asker.ask(words, language)
        times.append((time.perf_counter() - start) * 1000)
    return Measured(count, first * 1000, statistics.median(times), statistics.quantiles(times, n=100)[-1])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each is asked (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    load_lexicon()
    lines = [measure(count, options.rounds) for count in GUIDES]
    if options.json:
        for line in lines:
            print(json.dumps(asdict(line) | {"share_of_limit": line.share_of_limit}))
    else:
        print("guides   first ms   median ms   99 of 100 ms   of the limit of 50 ms")
        for line in lines:
            print(
                f"{line.guides:6}   {line.first_ms:8.1f}   {line.median_ms:9.2f}   "
                f"{line.slowest_of_100_ms:12.2f}   {line.share_of_limit:.2f}"
            )
        grown = lines[-1].median_ms / lines[0].median_ms
        print(f"{GUIDES[-1] // GUIDES[0]} times the guides: {grown:.1f} times the time")
    return 0 if lines[-1].share_of_limit <= 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
