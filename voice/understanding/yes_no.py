"""Yes or no: negation first, the longest word first; a question is no answer. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from voice.understanding.expect import Expectation
from voice.understanding.pack import Pack
from voice.understanding.phrases import UNKNOWN, Phrase, inside, phrase


class Judgement(StrEnum):
    """What the words say to a question."""

    YES = "yes"
    NO = "no"
    EITHER = "either"
    """An answer, but to this question it may mean the one or the other."""
    QUESTION = "question"
    """A question back, doubt, or yes and no at once: no answer."""


class _Kind(StrEnum):
    AGREE = "agree"
    WILL = "will"
    MURMUR = "murmur"
    NO = "no"
    UNCLEAR = "unclear"
    AROUND = "around"


_CLAUSES = re.compile(r"[，。？！；：,.?!;:]")
_ASKS_BOTH = re.compile(r"(.)[不没]\1|有没有|是否")
"""要不要, 是不是: a question with a 不 in it that is not a negative one."""
_NEGATIVE = re.compile(r"[不没别]|\b(?:not|don't|isn't|won't)\b", re.I)
_LONGEST = 8
"""Tokens that a yes or a no has at most."""


def judge(said: Phrase, expected: Expectation, pack: Pack) -> Judgement | None:
    """What the words say to the question that is asked; None where they are about something else."""
    if _takes_up_the_no(said, expected.asked, pack):
        return Judgement.YES
    kinds = _kinds(said, pack)
    if kinds is None:
        return _echo(said, expected, pack)
    if _Kind.UNCLEAR in kinds:
        return Judgement.QUESTION
    yes, will = _Kind.AGREE in kinds, _Kind.WILL in kinds
    if _Kind.NO in kinds:
        if yes or will:
            return Judgement.QUESTION
        return Judgement.EITHER if _asks_negatively(expected.asked) else Judgement.NO
    if yes:
        return Judgement.YES
    if will:
        negative = _asks_negatively(expected.asked) or _says_a_no_back(expected)
        return Judgement.EITHER if negative else Judgement.YES
    if _Kind.MURMUR in kinds:
        return Judgement.QUESTION if expected.binding else Judgement.YES
    return _echo(said, expected, pack)


def sides(said: Phrase, pack: Pack) -> set[Judgement]:
    """Which of yes and no stand in the words, where they are nothing but such words."""
    kinds = _kinds(said, pack) or set()
    denied = _Kind.NO in kinds
    agreed = bool(kinds & {_Kind.AGREE, _Kind.WILL}) or (_Kind.MURMUR in kinds and not denied)
    return {side for side, there in ((Judgement.YES, agreed), (Judgement.NO, denied)) if there}


def questions_in(said: Phrase, pack: Pack) -> tuple[Phrase, ...]:
    """The questions back and the doubts in it."""
    return tuple(word for word in pack.judgements.unclear if inside(word, said))


def denies(said: Phrase, expected: Expectation, pack: Pack) -> bool:
    """不对，是三: a plain no, and what it is instead; nothing after it may turn it round."""
    around = pack.around
    size = max((len(word) for word in pack.judgements.no if said[: len(word)] == word), default=0)
    plain = size > 1 or (size == 1 and pack.accents is None)
    turned = around.negations & set(said[size:]) or questions_in(said, pack) or UNKNOWN in said
    return plain and not turned and not _asks_negatively(expected.asked)


def _kinds(said: Phrase, pack: Pack) -> set[_Kind] | None:
    """What each of the words is, longest words first; None where one is none of them."""
    known, kinds, at = _known(pack), set(), 0
    while at < len(said):
        if said[at] == UNKNOWN:
            return None
        for size in range(min(_LONGEST, len(said) - at), 0, -1):
            kind = known.get(said[at : at + size])
            if kind is not None:
                kinds.add(kind)
                at += size
                break
        else:
            return None
    return kinds


def _known(pack: Pack) -> dict[Phrase, _Kind]:
    judgements = pack.judgements
    known = dict.fromkeys((*pack.around.before, *pack.around.after), _Kind.AROUND)
    known |= {(particle,): _Kind.AROUND for particle in pack.around.particles}
    known |= dict.fromkeys(judgements.murmur, _Kind.MURMUR)
    known |= dict.fromkeys(judgements.will, _Kind.WILL)
    known |= dict.fromkeys(judgements.agree, _Kind.AGREE)
    known |= dict.fromkeys(judgements.no, _Kind.NO)
    return known | dict.fromkeys(judgements.unclear, _Kind.UNCLEAR)


def _asks_negatively(asked: str) -> bool:
    """这件事不办了吗: a bare 不 may then mean the one or the other."""
    clauses = [clause for clause in _CLAUSES.split(asked) if clause.strip()]
    return bool(clauses) and _NEGATIVE.search(_ASKS_BOTH.sub("", clauses[-1])) is not None


def _says_a_no_back(expected: Expectation) -> bool:
    """您说的是「不同意」，对吗: 同意 is then hardly a yes, but what they had said."""
    return expected.said_back and _NEGATIVE.search(_ASKS_BOTH.sub("", expected.asked)) is not None


def _takes_up_the_no(said: Phrase, asked: str, pack: Pack) -> bool:
    """不办了 to 这件事不办了吗: the question's own words with their 不 are a yes to it."""
    words = tuple(word for word in said if word not in pack.around.particles)
    return (
        len(words) > 1
        and bool(pack.around.negations & set(words))
        and words not in pack.judgements.no
        and _asks_negatively(asked)
        and inside(words, phrase(asked))
    )


def _echo(said: Phrase, expected: Expectation, pack: Pack) -> Judgement | None:
    """有 or 没有领 to a question that has the word: its own words, taken up."""
    if expected.said_back:
        # Its words are the person's own: to say one of them again may be to put it right.
        return None
    asked, around = phrase(expected.asked), pack.around
    words = tuple(word for word in said if word not in around.particles)
    negated = bool(words) and words[0] in around.negations
    taken_up = words[1:] if negated else words
    if negated and taken_up[:1] == ("有",) and len(taken_up) > 1:
        taken_up = taken_up[1:]
    if not taken_up or around.negations & set(taken_up) or not inside(taken_up, asked):
        return None
    if len(taken_up) == 1 and taken_up[0] not in around.echo:
        return None
    if _asks_negatively(expected.asked):
        return Judgement.EITHER
    return Judgement.NO if negated else Judgement.YES
