"""Words as a row of tokens: one Chinese character, one figure, or one word of another language. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

Phrase = tuple[str, ...]

UNKNOWN = "[unk]"
"""What a recogniser writes for a word outside its grammar."""

_TOKEN = re.compile(r"\[unk\]|[\u3400-\u9fff〇]|[0-9]|[a-z]+(?:'[a-z]+)?|[가-힣]+")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_MOST_PEELINGS = 60
"""Somebody who goes on and on is not answering."""


def phrase(text: str) -> Phrase:
    """The tokens of a text; signs and capitals are gone, a point between figures is 点."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return tuple(_TOKEN.findall(_POINT.sub("点", plain)))


def is_han(token: str) -> bool:
    """Is it a Chinese character?"""
    return "\u3400" <= token[0] <= "\u9fff" or token == "〇"


def written(tokens: Phrase) -> str:
    """Back to text: Chinese without spaces, other languages with."""
    return "".join(tokens) if all(is_han(t) or t.isdigit() for t in tokens) else " ".join(tokens)


def inside(part: Phrase, whole: Phrase) -> bool:
    """Does it stand in there, unbroken?"""
    if part and part[0] not in whole:
        # Nearly always so, and sooner known.
        return False
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def once(tokens: Phrase) -> Phrase:
    """What was said over and over, once: 二二 is 二, 人工人工 is 人工."""
    for size in range(1, len(tokens) // 2 + 1):
        if len(tokens) % size == 0 and tokens[:size] * (len(tokens) // size) == tokens:
            return tokens[:size]
    return tokens


def peelings(tokens: Phrase, before: Iterable[Phrase], after: Iterable[Phrase]) -> Iterator[Phrase]:
    """The words themselves, then with less and less of what people say around an answer; never empty."""
    before, after = tuple(before), tuple(after)
    seen, ahead = {tokens}, [tokens]
    while ahead and len(seen) < _MOST_PEELINGS:
        now = ahead.pop(0)
        yield now
        shorter = [now[len(word) :] for word in before if now[: len(word)] == word]
        shorter += [now[: -len(word)] for word in after if now[-len(word) :] == word]
        shorter.append(once(now))
        for rest in sorted(shorter, key=len, reverse=True):
            if rest and rest not in seen:
                seen.add(rest)
                ahead.append(rest)
    yield from ahead


def longest_common(one: Phrase, other: Phrase) -> Iterator[Phrase]:
    """Every unbroken run that both have, longest first."""
    for size in range(min(len(one), len(other)), 0, -1):
        for at in range(len(one) - size + 1):
            run = one[at : at + size]
            if inside(run, other):
                yield run
