"""What was heard is said back before it counts; where nothing was understood, what helps differs each time.

Heard, HeardAmong -> SaidBack on the sitting -> a yes -> the move itself
Missed            -> other words each time, the third time keys or a person
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.flow.moves import (
    Back,
    CardLaid,
    Choose,
    Draw,
    Enter,
    Heard,
    HeardAmong,
    MemberLaid,
    Miss,
    Missed,
    Move,
    Overlay,
    SaidBack,
    Scanned,
)
from kiosk.flow.page import LENGTHS, Choice, Entry, Page
from kiosk.flow.pages.hearing import ALOUD, NEITHER, can_be_said_aloud, choice_words, typed_words
from kiosk.flow.pages.now import page_of
from kiosk.flow.records import RecordNews
from kiosk.flow.sitting import Sitting, Turn, World

PATIENCE = 3
"""After so many misses in a row keys and a person are offered, and nobody is asked to speak again."""
_NOBODY_SPOKEN_TO = {"goodbye", "card-left"}
"""Where a miss is no news."""

_OTHER_WAYS = CardLaid | MemberLaid | Scanned | Enter | Draw | RecordNews

Do = Callable[[Sitting, Move], Turn]
"""Makes a move as if it had been made by hand."""


def put_aside(sitting: Sitting, move: Move) -> Sitting:
    """What was said back belongs to the page below it: whatever changes that page, or answers it in another
    way, puts an end to the asking."""
    if sitting.said_back is None or not isinstance(move, _OTHER_WAYS):
        return sitting
    return replace(sitting, said_back=None)


def listened(sitting: Sitting, move: Heard | HeardAmong | Missed, world: World, do: Do) -> Turn:
    """What listening has brought."""
    match move:
        case Missed():
            return Turn(missed(sitting, move.how))
        case Heard():
            return _heard(sitting, move, world, do)
        case HeardAmong():
            return _among(sitting, move, world)


def judged(sitting: Sitting, said: SaidBack, move: Move, do: Do) -> Turn:
    """Is that what the person said? A yes makes the move; a no is one more miss, on the page as it was."""
    plain, one = replace(sitting, said_back=None), len(said.answers) == 1
    match move:
        case Choose(id="yes") if one:
            return _agreed(replace(plain, unheard=0), said, do)
        case Choose(id=answer) if answer == ALOUD and can_be_said_aloud(said):
            return Turn(replace(sitting, said_back=replace(said, aloud=True)))
        case Choose(id=answer) if answer == ("no" if one else NEITHER):
            return Turn(missed(plain, Miss.WRONG))
        case Choose() if not one and move in said.answers:
            return do(replace(plain, unheard=0), move)
        case Back():
            return Turn(plain)
    return Turn(sitting)


def missed(sitting: Sitting, how: Miss) -> Sitting:
    """Nothing came of it, once more. Over help, a call or a warning that is no news."""
    if sitting.overlay or sitting.place in _NOBODY_SPOKEN_TO:
        return sitting
    times = sitting.unheard + 1
    overlay = Overlay.UNHEARD if times == PATIENCE else Overlay.NONE
    return replace(sitting, unheard=times, miss=how, overlay=overlay)


def _agreed(sitting: Sitting, said: SaidBack, do: Do) -> Turn:
    answer = said.answers[0]
    if said.part and isinstance(answer, Enter):
        return Turn(replace(sitting, typed=answer.typed, refused=None))
    return do(sitting, answer)


def _heard(sitting: Sitting, move: Heard, world: World, do: Do) -> Turn:
    said = sitting.said_back
    if move.instead:
        return _put_right(sitting, move, world, do)
    if sitting.overlay or sitting.offer is not None or (said is not None and len(said.answers) == 1):
        # What is said there is itself the answer to what was said back, or leads back to the page.
        return do(sitting, Choose(move.choice)) if move.choice else Turn(sitting)
    page = page_of(sitting, world)
    if move.typed:
        return _typed(sitting, move.typed, page, world, do) if page.entry else Turn(sitting)
    choice = next((choice for choice in page.choices if choice.id == move.choice), None)
    if choice is None:
        return Turn(sitting)
    if choice.id == NEITHER or _changes_nothing(sitting, page):
        return do(sitting, Choose(choice.id))
    words = choice_words(choice, move.number, world.texts)
    back = SaidBack((Choose(choice.id),), (words,), number=move.number)
    return Turn(replace(sitting, said_back=back))


def _put_right(sitting: Sitting, move: Heard, world: World, do: Do) -> Turn:
    """不对，是二: in place of what was said back, this is; it counts no sooner than the first did."""
    said = sitting.said_back
    if sitting.overlay or said is None or len(said.answers) > 1:
        return Turn(sitting)
    return _heard(replace(sitting, said_back=None), replace(move, instead=False), world, do)


def _changes_nothing(sitting: Sitting, page: Page) -> bool:
    """There is only one way on; or the answer is the language, in which it could be asked whether it is."""
    ways = [choice for choice in page.choices if choice.id != "person"]
    return sitting.place == "language" or (len(ways) == 1 and not page.binding and page.entry is None)


def _typed(sitting: Sitting, typed: str, page: Page, world: World, do: Do) -> Turn:
    """Tried as if it had been typed: a page that reads it back, or says what is wrong with it, is enough."""
    tried = do(replace(sitting, unheard=0), Enter(typed))
    here = tried.sitting.place == sitting.place
    if here and tried.sitting.offer is not None:
        return tried
    part = page.entry is not None and _goes_on(page.entry, typed)
    if here and tried.sitting.refused is not None and not part:
        return tried
    assert page.entry is not None
    words = typed_words(page.entry, typed, world.texts)
    return Turn(replace(sitting, said_back=SaidBack((Enter(typed),), (words,), part)))


def _goes_on(entry: Entry, typed: str) -> bool:
    """Are these the first digits of a number of known length?"""
    return entry.figures is not None and typed.isdigit() and len(typed) < min(LENGTHS[entry.figures])


def _among(sitting: Sitting, move: HeardAmong, world: World) -> Turn:
    """Two to choose from; nothing is gained by that where a yes or a no is waited for."""
    if sitting.overlay:
        return Turn(sitting)
    if sitting.said_back is not None or sitting.offer is not None:
        return Turn(missed(sitting, Miss.UNCLEAR))
    by_id: dict[str, Choice] = {choice.id: choice for choice in page_of(sitting, world).choices}
    choices = [by_id[name] for name in move.choices if name in by_id][:2]
    if len(choices) < 2:
        return Turn(missed(sitting, Miss.UNCLEAR))
    answers = tuple(Choose(choice.id) for choice in choices)
    return Turn(replace(sitting, said_back=SaidBack(answers, tuple(choice.label for choice in choices))))
