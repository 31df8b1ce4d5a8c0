"""The pages of the walk through this kiosk (`kiosk.selftest.guided`). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.selftest import report
from kiosk.selftest.finding import Finding, State
from kiosk.selftest.guided import (
    CORNERS,
    PATIENCE,
    READERS,
    Asked,
    Side,
    Step,
    Walk,
    group_of,
    row_of,
)
from kiosk.text import EMPTY, FALLBACK, LANGUAGES, Catalogue, Text, same

_UNSAID = dict.fromkeys(LANGUAGES, " ")
MARKS = {State.LOOK: same("! ", said=_UNSAID), State.BAD: same("✗ ", said=_UNSAID)}
"""For the eyes: the order and the words say the same."""
_IN_A_LINE = 9
"""Keys: as many as the smallest screen has room for."""
_CHOICES = {
    (Step.KEYPAD, Side.ASKED): ("rest",),
    (Step.KEYPAD, Side.AFTER): ("broken", "lacks"),
    (Step.SOUND, Side.ASKED): ("well", "faint", "nothing"),
    (Step.HEADPHONES, Side.ASKED): ("in",),
    (Step.HEADPHONES, Side.AFTER): ("alone", "both", "nothing"),
    (Step.MICROPHONE, Side.ASKED): ("deaf",),
    (Step.PRINTER, Side.ASKED): ("well", "faint", "nothing"),
    (Step.TOUCH, Side.ASKED): ("nothing",),
    **{(step, Side.ASKED): ("nothing",) for step in READERS},
}
_ANYWHERE = {Side.FAILED: ("retry", "note"), Side.SKIPPING: ("none", "later", "stop")}
_BY_ITSELF = frozenset({Step.KEYPAD, Step.MICROPHONE, Step.TOUCH, *READERS})
"""Steps that end by themselves where all is well: nobody has said so, and so the next page does."""


def page(walk: Walk, texts: Catalogue, parts: Catalogue, now: float) -> Page:
    """What is on the screen now. `texts`: the catalogue `guided`; `parts`: `box`, with the names of parts."""
    if walk.step is None:
        return _end(walk, texts, parts, now) if walk.ended else _start(walk, texts)
    return _step(walk, walk.step, texts, parts)


def news(before: Walk, walk: Walk, texts: Catalogue) -> Text | None:
    """What is said while the page of a step stays and only something on it has changed; None where all of the
    page is.
    """
    if (walk.place, walk.side) != (before.place, before.side) or walk.trouble != before.trouble:
        return None
    if walk.trying_keys and walk.pressed != before.pressed:
        return walk.dark[0].label
    if walk.corner and walk.astray:
        return texts["touch_asked.astray"]
    return texts[f"corner.{walk.corner}"] if walk.corner else None


def _start(walk: Walk, texts: Catalogue) -> Page:
    choices = (
        Choice("begin", texts["choice.begin"], Role.GO),
        Choice("leave", texts["choice.leave"]),
    )
    body = (texts.text("start.body", count=len(walk.steps), minutes=walk.meant), texts["start.leave"])
    help_ = (texts["start.help"],)
    return Page("try-start", PageKind.CHOICE, texts["start.heading"], body, choices, help=help_, back=False)


def _step(walk: Walk, step: Step, texts: Catalogue, parts: Catalogue) -> Page:
    part = parts[f"part.{step}"]
    group = _group(walk, step)
    names = _ANYWHERE.get(walk.side) or _CHOICES[step, walk.side]
    names = ("again", *names) if _asks_whether_again(walk) else names
    shown = Page(
        f"try-{step}:{walk.side}",
        _kind(walk, step),
        _heading(walk, step, group, texts, part),
        tuple(_body(walk, step, group, texts, part)),
        tuple(Choice(name, texts[f"{group}.to_{name}"]) for name in names),
        error=walk.trouble or walk.missed if walk.side in (Side.ASKED, Side.AFTER) else None,
        progress=texts.text("progress.step", n=walk.place + 1, count=len(walk.steps)),
        help=(texts[f"{group}.help"],),
    )
    # the lit corners need the line on top for themselves
    return replace(shown, progress=EMPTY) if walk.corner else _after_good(shown, walk, texts, parts)


def _kind(walk: Walk, step: Step) -> PageKind:
    """Where something is to be done, and no choice made, no way to choose is said."""
    if walk.side is not Side.ASKED or step not in _BY_ITSELF:
        return PageKind.CHOICE
    return PageKind.CARD if step in READERS else PageKind.KEYS


def _heading(walk: Walk, step: Step, group: str, texts: Catalogue, part: Text) -> Text:
    if walk.trying_keys:
        return texts.text("keypad_asked.now", key=walk.dark[0].label)
    if step is Step.CODE and walk.side is Side.ASKED:
        return texts.text(f"{group}.heading_code", part=part)
    return texts.text(f"{group}.heading", part=part)


def _asks_whether_again(walk: Walk) -> bool:
    """The microphone has been open in vain often enough."""
    return walk.step is Step.MICROPHONE and walk.side is Side.ASKED and walk.misses >= PATIENCE


def _group(walk: Walk, step: Step) -> str:
    """Of the catalogue, with the words of this page."""
    if walk.side is Side.SKIPPING:
        return "skip"
    if walk.side is Side.FAILED:
        assert walk.doubt is not None
        return f"failed_{walk.doubt.state}"
    return f"{group_of(step)}_{walk.side}"


def _after_good(shown: Page, walk: Walk, texts: Catalogue, parts: Catalogue) -> Page:
    """The page with what has just been found good by itself: a short word before it, a tick on top."""
    step = walk.steps[walk.place - 1] if walk.place > 0 else None
    result = walk.results.get(step) if step is not None and walk.side is Side.ASKED else None
    if step not in _BY_ITSELF or result is None or result.state is not State.GOOD or walk.trying_keys:
        return shown
    if result.key.startswith("skipped"):
        return shown
    ticked = texts.text("progress.good", part=parts[f"part.{step}"])
    then = "progress.then_card" if step in walk.lying else "progress.then"
    return replace(shown, banner=ticked, heading=texts.text(then, next=shown.heading))


def _body(walk: Walk, step: Step, group: str, texts: Catalogue, part: Text) -> Iterator[Text]:
    if walk.trying_keys:
        yield from _pad(walk)
        yield texts["keypad_asked.body"]
    elif walk.side is Side.FAILED:
        assert walk.doubt is not None
        words = texts.text(walk.doubt.key, **walk.doubt.values)
        yield texts.text("failed.body", part=part, words=words)
    elif (step, walk.side) == (Step.KEYPAD, Side.AFTER):
        yield row_of(walk.dark)
    elif walk.corner:
        count = len(CORNERS)
        corner = texts[f"corner.{walk.corner}"]
        yield texts.text("touch_asked.body", n=walk.corners + 1, count=count, corner=corner)
        if walk.astray:
            yield texts["touch_asked.astray"]
    elif _asks_whether_again(walk):
        yield texts["microphone_asked.enough"]
    elif step is Step.CODE and walk.side is Side.ASKED:
        yield texts[f"{group}.body_code"]
    else:
        yield texts.text(f"{group}.body", part=part)


def _pad(walk: Walk) -> Iterator[Text]:
    """The keys, some in a line: those that came with a tick, the one to press now in brackets. The heading
    says which that is, so the drawing is for the eyes alone.
    """
    now, longest = walk.dark[0], len("Enter")
    if any(len(words) > longest for one in walk.keys for words in one.label.shown.values()):
        yield replace(same(f"{len(walk.pressed)}/{len(walk.keys)}"), decoration=True)
        return

    def drawn(one: Asked) -> str:
        # short names are signs, the same in every language
        label = one.label.show(FALLBACK)
        if one.name in walk.pressed:
            return f"✓{label}"
        return f"[{label}]" if one == now else f" {label} "

    for first in range(0, len(walk.keys), _IN_A_LINE):
        line = " ".join(map(drawn, walk.keys[first : first + _IN_A_LINE]))
        yield replace(same(line), decoration=True)


def _end(walk: Walk, texts: Catalogue, parts: Catalogue, now: float) -> Page:
    """The faults first, each with what to do; then what is well, in one line."""
    found = walk.findings(now)
    seconds = round(walk.taken(now))
    body = (
        *report.outcome(found),
        *_lines(found, texts, parts),
        *_well(walk, found, texts, parts),
        texts.text("end.took", minutes=seconds // 60, seconds=seconds % 60),
        texts["end.kept" if walk.kept else "end.not_kept"],
    )
    heading = texts["end.heading" if walk.stopped is None else "end.stopped"]
    done = (Choice("leave", texts["choice.done"], Role.GO),)
    card = texts["end.card"] if walk.lying else None
    return Page("try-end", PageKind.CHOICE, heading, body, done, error=card, help=(texts["end.help"],))


def _lines(found: Sequence[Finding], texts: Catalogue, parts: Catalogue) -> Iterator[Text]:
    for state in (State.BAD, State.LOOK):
        for one in found:
            if one.state is state:
                part = parts[f"part.{one.part}"]
                yield texts.text("end.line", mark=MARKS[state], part=part, words=one.words)


def _well(walk: Walk, found: Sequence[Finding], texts: Catalogue, parts: Catalogue) -> Iterator[Text]:
    good = [Step(one.part) for one in found if one.state is State.GOOD]
    none = [step for step in good if walk.results[step].key.startswith("skipped")]
    for key, steps in (("end.well", [step for step in good if step not in none]), ("end.none", none)):
        if steps:
            yield texts.text(key, parts=row_of([Asked(step, parts[f"part.{step}"]) for step in steps]))
