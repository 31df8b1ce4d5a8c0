"""What is listened for where an answer is expected: the phrases, and how long people may pause. Pure."""

from __future__ import annotations

from voice.listening.hearer import Question
from voice.listening.speech_end import FREE_TEXT, Patience
from voice.understanding import Expectation, Pack, Wanted, grammar
from voice.understanding.figures import ends


def question_for(expected: Expectation, pack: Pack) -> Question:
    """The question that the recogniser is asked."""
    if expected.wanted is Wanted.TEXT:
        return Question(None, FREE_TEXT)
    return Question(grammar(expected, pack), patience_for(expected, pack))


def patience_for(expected: Expectation, pack: Pack) -> Patience:
    """Digits are counted on from those that stand in the field, and end best where a group ends."""
    if expected.wanted is Wanted.TEXT:
        return FREE_TEXT
    if expected.wanted is not Wanted.DIGITS:
        return Patience()
    kept = len(expected.kept)
    figures, lengths = expected.figures, expected.lengths
    stops = ends(figures, lengths, expected.kept) if figures else lengths
    words = {word for said in (*pack.digits.words, *pack.digits.times) for word in said}
    return Patience(
        lengths=tuple(stop - kept for stop in stops if stop > kept), digit_words=tuple(sorted(words))
    )
