"""What was meant on this page: a command, an answer, one of two answers, or nothing of these. Pure.

Commands first, then the exact answer with negation before agreement, then longer sentences, last the sound.
"""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ports import NotUnderstood, Understood, Unsure, Wish, Wished
from voice.understanding.by_sound import nearest
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.naming import Named, find_named, is_negated, mentions, named_options, wholly_called
from voice.understanding.pack import Pack
from voice.understanding.phrases import UNKNOWN, Phrase, inside, peelings, phrase
from voice.understanding.putting_right import put_right
from voice.understanding.typing import typed_for
from voice.understanding.wishing import find_wish, find_wish_inside
from voice.understanding.yes_no import Judgement, denies, judge, questions_in, sides

Answer = Understood | Unsure | Wished | NotUnderstood
_NOTHING = NotUnderstood()
_LONGEST = 30
"""Tokens: who says more is not answering, but may call for somebody."""


def understand(heard: Sequence[str], expected: Expectation, pack: Pack) -> Answer:
    """What was meant by the words; `heard` are alternatives, the best first.

    Where something binds, only the best of them counts, and only words that are clear. A yes and a no among
    them are neither.
    """
    answer = _first_meant(heard, expected, pack)
    if not expected.yes or answer not in _both(expected):
        return answer
    meant = {_first_meant((text,), expected, pack) for text in heard}
    stand_there = set[Judgement]().union(*(sides(phrase(text), pack) for text in heard))
    doubtful = len(stand_there) > 1 or meant >= _both(expected)
    return Unsure((expected.yes, expected.no)) if doubtful else answer


def _both(expected: Expectation) -> set[Answer]:
    return {Understood(choice=expected.yes), Understood(choice=expected.no)}


def _first_meant(heard: Sequence[str], expected: Expectation, pack: Pack) -> Answer:
    options = named_options(expected, pack)
    for text in heard[:1] if expected.binding else heard:
        said = phrase(text)
        if expected.wanted is not Wanted.TEXT and _is_decoy(said, options, pack):
            return _NOTHING
        known = tuple(word for word in said if word != UNKNOWN)
        if expected.binding and known != said:
            wish = find_wish(known, expected, pack)
            return Wished(wish) if wish else _NOTHING
        if known and (answer := _meant(known, text, options, expected, pack)):
            return answer
    return _NOTHING


def _is_decoy(said: Phrase, options: tuple[Named, ...], pack: Pack) -> bool:
    """Does it have a word that only stands beside the others, and is in no choice of this page?"""
    named = [clause for option in options for clause in option.clauses]
    return any(
        inside(decoy, said) and not any(inside(decoy, clause) for clause in named) for decoy in pack.decoys
    )


def _meant(
    said: Phrase, text: str, options: tuple[Named, ...], expected: Expectation, pack: Pack
) -> Answer | None:
    """What one alternative says, None where it is nothing here."""
    if len(said) > _LONGEST and expected.wanted is not Wanted.TEXT:
        wish = find_wish_inside(said, options, expected, pack)
        return Wished(wish) if wish else None
    called = wholly_called(said, options)
    wish = find_wish(said, expected, pack)
    if wish and not _is_rather_a_choice(called, wish, expected):
        return Wished(wish)
    if called:
        return Understood(choice=called)
    if expected.wanted is Wanted.TEXT:
        return Understood(typed=_joined(text))
    if expected.wanted is Wanted.YES_NO and (verdict := judge(said, expected, pack)):
        return _instead_of(verdict, said, expected, pack) or _judged(verdict, expected)
    if instead := put_right(said, expected, pack):
        return instead
    if (typed := typed_for(said, expected, pack)) is not None:
        return Understood(typed=typed) if typed else None
    # A number may be meant for what is said back: it is listened for there, and answers nothing.
    options = () if expected.said_back else options
    if not _asks_back(said, options, pack) and (ids := find_named(said, options, pack)):
        return Understood(choice=ids[0]) if len(ids) == 1 else Unsure(ids)
    if expected.no and denies(said, expected, pack):
        return Understood(choice=expected.no)
    if only := _only_way_on(said, expected, pack):
        return Understood(choice=only)
    if wish := find_wish_inside(said, options, expected, pack):
        return Wished(wish)
    return _by_sound(said, options, expected, pack)


def _instead_of(verdict: Judgement, said: Phrase, expected: Expectation, pack: Pack) -> Answer | None:
    """A no may go on to what it is, and 同意 to a misheard 不同意 is what was meant; a yes is a yes."""
    if verdict in (Judgement.NO, Judgement.EITHER):
        return put_right(said, expected, pack, after_no=verdict is Judgement.NO)
    return None


def _is_rather_a_choice(called: str, wish: Wish, expected: Expectation) -> bool:
    """A label that is a command, too, is the choice; but for the call for a person, and the only way on."""
    only_way_on = wish is Wish.NEXT and sum(option.answer for option in expected.options) == 1
    return called not in ("", str(wish)) and not only_way_on


def _asks_back(said: Phrase, options: tuple[Named, ...], pack: Pack) -> bool:
    """Is there a question or a doubt in it that is not the name of a choice (看怎么办, 说不准)?"""
    return any(not mentions(words, options) for words in questions_in(said, pack))


def _judged(verdict: Judgement, expected: Expectation) -> Answer:
    match verdict:
        case Judgement.YES:
            return Understood(choice=expected.yes)
        case Judgement.NO:
            return Understood(choice=expected.no)
        case Judgement.EITHER:
            return Unsure((expected.yes, expected.no))
        case Judgement.QUESTION:
            return _NOTHING


def _joined(text: str) -> str:
    """Without the spaces that a recogniser puts between Chinese words, and without its unknown words."""
    text = " ".join(text.replace(UNKNOWN, " ").split())
    return "".join(
        sign
        for at, sign in enumerate(text)
        if sign != " " or not (text[at - 1] > "\u2e7f" and text[at + 1] > "\u2e7f")
    )


def _only_way_on(said: Phrase, expected: Expectation, pack: Pack) -> str:
    """Where there is one choice, a yes or a 好的 means it; not where it binds."""
    answers = [option for option in expected.options if option.answer]
    if expected.wanted is not Wanted.OPTIONS or len(answers) != 1 or expected.binding:
        return ""
    judgements = pack.judgements
    agreed = judgements.agree | judgements.will
    said_yes = any(words in agreed for words in peelings(said, pack.around.before, pack.around.after))
    return answers[0].id if said_yes and not is_negated(said, pack) else ""


def _by_sound(said: Phrase, options: tuple[Named, ...], expected: Expectation, pack: Pack) -> Answer | None:
    """Commands in any accent, everywhere; answers only where nothing binds and nothing is asked back."""
    commands_only = expected.binding or _asks_back(said, options, pack)
    near = nearest(said, () if commands_only else options, expected, pack, judging=not commands_only)
    if len(near) == 1:
        match near[0]:
            case Wish():
                return Wished(near[0])
            case Judgement():
                return _judged(near[0], expected)
            case choice:
                return Understood(choice=choice)
    ids = tuple(one for one in near if not isinstance(one, (Wish, Judgement)))
    return Unsure(ids) if ids and len(ids) == len(near) else None
