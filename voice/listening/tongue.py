"""Which language a listening model is of, by the everyday words that it knows.

A model in the place of another one loads as well as the right one, and then understands nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from kiosk.paths import data_file
from kiosk.text import Text


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that there are models of."""

    name: Text
    words: tuple[str, ...]


@cache
def tongues() -> Mapping[str, Tongue]:
    """By their codes, as the shipped table has them."""
    document = tomllib.loads(data_file("listening/languages.toml").read_text(encoding="utf-8"))
    return {code: Tongue(Text(entry["name"]), tuple(entry["words"])) for code, entry in document.items()}


def spoken_instead(language: str, known: Callable[[str], bool]) -> str | None:
    """The language that a model is of which is meant for `language`; "" where it is another one that is not
    in the table, None where all is as it should be.

    A model of the right language knows nearly all of its words, and of two others at most some.
    """
    shares = {code: sum(map(known, tongue.words)) / len(tongue.words) for code, tongue in tongues().items()}
    own = shares.get(language, 0.0)
    other = max(shares, key=lambda code: shares[code])
    if own and own * 2 >= shares[other]:
        return None
    return other if shares[other] else ""
