"""The pages of the walk through this kiosk (`kiosk.selftest.guided`). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.selftest import report
from kiosk.selftest.finding import State
from kiosk.selftest.guided import MEANT, READERS, Asked, Side, Step, Walk, clock_words, group_of, row
from kiosk.text import FALLBACK, Catalogue, Text, same

MARKS = {State.GOOD: "✓", State.LOOK: "!", State.BAD: "✗"}
_IN_A_LINE = 9
"""Keys: as many as the smallest screen has room for."""
_CHOICES = {
    (Step.KEYPAD, Side.ASKED): ("rest",),
    (Step.KEYPAD, Side.AFTER): ("again", "broken", "lacks"),
    (Step.SOUND, Side.ASKED): ("clear", "faint", "nothing", "again"),
    (Step.HEADPHONES, Side.ASKED): ("in",),
    (Step.HEADPHONES, Side.AFTER): ("alone", "both", "nothing", "again"),
    (Step.MICROPHONE, Side.ASKED): ("again", "deaf"),
    (Step.PRINTER, Side.ASKED): ("clear", "faint", "nothing", "again"),
    (Step.TOUCH, Side.ASKED): ("nothing",),
    **{(step, Side.ASKED): ("nothing",) for step in READERS},
}


def page(walk: Walk, texts: Catalogue, parts: Catalogue, now: float, *, helping: bool = False) -> Page:
    """What is on the screen now. `texts`: the catalogue `guided`; `parts`: `box`, with the names of parts."""
    if walk.step is None:
        return _end(walk, texts, parts, now) if walk.ended else _start(walk, texts)
    shown = _step(walk, walk.step, texts, parts, now)
    if not helping:
        return shown
    on = Choice("on", texts["choice.on"], Role.GO)
    return Page(
        f"help:{shown.id}", PageKind.CHOICE, texts["help.heading"], shown.help, (on,), progress=shown.progress
    )


def _start(walk: Walk, texts: Catalogue) -> Page:
    choices = (
        Choice("begin", texts["choice.begin"], Role.GO),
        Choice("leave", texts["choice.leave"]),
    )
    body = (texts.text("start.body", count=len(walk.steps)), texts["start.leave"])
    return Page("start", PageKind.CHOICE, texts["start.heading"], body, choices, back=False)


def _step(walk: Walk, step: Step, texts: Catalogue, parts: Catalogue, now: float) -> Page:
    kind = PageKind.KEYS if walk.trying_keys else PageKind.CHOICE
    group = "skip" if walk.side is Side.SKIPPING else f"{group_of(step)}_{walk.side}"
    names = ("none", "later") if walk.side is Side.SKIPPING else _CHOICES[step, walk.side]
    heading = texts.text(f"{group}.heading", part=parts[f"part.{step}"])
    return Page(
        f"{step}:{walk.side}",
        kind,
        heading,
        tuple(_body(walk, step, group, texts, parts)),
        tuple(Choice(name, texts[f"{group}.to_{name}"]) for name in names),
        error=walk.trouble,
        progress=texts.text(
            "progress.step", n=walk.place + 1, count=len(walk.steps), time=clock_words(walk.taken(now))
        ),
        help=(texts[f"{group}.help"],),
        back=walk.place > 0 or walk.side is not Side.ASKED,
    )


def _body(walk: Walk, step: Step, group: str, texts: Catalogue, parts: Catalogue) -> Iterator[Text]:
    if walk.trying_keys:
        yield texts.text("keypad_asked.now", key=walk.dark[0].label)
        yield from _pad(walk)
        yield texts["keypad_asked.body"]
    elif (step, walk.side) == (Step.KEYPAD, Side.AFTER):
        yield row(walk.dark)
    elif walk.corner:
        yield texts.text("touch_asked.body", n=walk.corners + 1, corner=texts[f"corner.{walk.corner}"])
        if walk.astray:
            yield texts["touch_asked.astray"]
    else:
        yield texts.text(f"{group}.body", part=parts[f"part.{step}"])


def _pad(walk: Walk) -> Iterator[Text]:
    """The keys, some in a line: those that came with a tick, the one to press now in brackets."""
    now, longest = walk.dark[0], len("Enter")
    if any(len(words) > longest for one in walk.keys for words in one.label.shown.values()):
        yield same(f"{len(walk.pressed)}/{len(walk.keys)}")
        return

    def drawn(one: Asked) -> str:
        # short names are signs, the same in every language
        label = one.label.show(FALLBACK)
        if one.name in walk.pressed:
            return f"✓{label}"
        return f"[{label}]" if one == now else f" {label} "

    for first in range(0, len(walk.keys), _IN_A_LINE):
        yield same(" ".join(map(drawn, walk.keys[first : first + _IN_A_LINE])))


def _end(walk: Walk, texts: Catalogue, parts: Catalogue, now: float) -> Page:
    """The faults first, each with what to do; then what is well, in one line each."""
    found = sorted(walk.findings(now), key=lambda one: list(State).index(one.state), reverse=True)
    lines = [
        texts.text("end.line", mark=MARKS[one.state], part=parts[f"part.{one.part}"], words=one.words)
        for one in found
    ]
    took = texts.text("end.took", time=clock_words(walk.taken(now)), meant=clock_words(MEANT))
    return Page(
        "end",
        PageKind.CHOICE,
        texts["end.heading"],
        (*report.outcome(found), *lines, took, texts["end.kept" if walk.kept else "end.not_kept"]),
        (Choice("leave", texts["choice.done"], Role.GO),),
    )
