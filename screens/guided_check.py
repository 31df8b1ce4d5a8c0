"""The walk of a helper through a kiosk, on its own screen: by keys, or by touch, whichever works."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.app import ComposeResult
from textual.events import Key, MouseDown
from textual.message import Message
from textual.strip import Strip

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.ports import Deaf, Hearing, Listener, NotUnderstood, Opened, Speaker, Understood
from kiosk.selftest import guided
from kiosk.selftest.guided import Asked, Step, Walk
from kiosk.selftest.guided_pages import page
from kiosk.text import LANGUAGES, Catalogue, Text, same
from screens.grid import Grid
from screens.keypads import Keypad
from screens.keys import Act, KeyGuard, act_of, number_of
from screens.layout import CHOOSE, PRESS, Look
from screens.paginate import MORE
from screens.pixel_driver import CellDriver
from screens.resident.closed_app import ClosedApp
from screens.resident.page_view import PageView
from screens.resident.parts import Parts
from screens.theme import PALETTES

if TYPE_CHECKING:
    from kiosk.watchdog import Watchdog

TICK = 5.0
"""Seconds after which the time on the page is another."""
QUIET = 20.0
"""Seconds without a key, while keys are tried, after which those that did not come do nothing."""
NOBODY = 600.0
"""Seconds at the first or the last page after which nobody is there any more."""
_LEAVE = ("ctrl+q", "ctrl+c")
_PLAIN = {
    **{str(n): str(n) for n in range(1, 10)},
    "0": "0",
    "slash": "/",
    "asterisk": "*",
    "minus": "-",
    "plus": "+",
    "enter": "Enter",
}
"""The keys of a number block, by Textual's names."""
_SAME_KEY = {"equals_sign": "plus"}


@dataclass(frozen=True, slots=True)
class Around:
    """What a walk works with; each part is made when the screen is there."""

    texts: Catalogue
    """`guided`"""
    parts: Catalogue
    """`box`"""
    bar: Catalogue
    """`resident`: what stands on every page."""
    make_speaker: Callable[[Callable[[], None]], Speaker]
    """Takes what is to be told where there is no sound."""
    make_listener: Callable[[Callable[[Hearing], None]], Listener] | None
    watch: Callable[[Callable[[Step, bool | Text | None], None]], Callable[[], None]]
    """Begins to watch the readers and gives what ends it. Told of a reader: True, it has read something; a
    text, what is wrong; None, nothing is. On threads of theirs."""
    print: Callable[[str], Text | None]
    """A strip in this language: what went wrong, or None. Takes some seconds."""
    keep: Callable[[Walk, float], bool]
    """The report; False where it cannot be kept."""
    deaf: Callable[[str], Text]
    """Why nothing can be heard, by the reason that the listener gives."""
    watchdog: Watchdog | None = None
    """None where nobody watches whether the loop turns."""


def asked_keys(keypad: Keypad, names: Catalogue) -> tuple[Asked, ...]:
    """Those of a number block; on a site's own keypad (`names`: the catalogue `resident`) those it has."""
    if not keypad:
        return tuple(Asked(name, same(label)) for name, label in _PLAIN.items())
    own = {act: key for key, act in keypad.items()}
    last = own.pop(Act.CHOOSE, "enter")
    return (
        *(Asked(key, names[f"practice.{act}"]) for act, key in own.items() if f"practice.{act}" in names),
        Asked(last, names[f"practice.{Act.CHOOSE}"]),
    )


class CornerView(PageView):
    """A page whose corners can be touched, wherever its own targets lie."""

    class Cornered(Message):
        """A finger, while corners are tried: which one, or nowhere near one."""

        def __init__(self, corner: str, at: float) -> None:
            super().__init__()
            self.corner, self.at = corner, at

    corner = ""
    """The one that is lit."""

    def light(self, corner: str) -> None:
        """Light this one, or none."""
        if corner != self.corner:
            self.corner = corner
            self.refresh()

    @property
    def zone(self) -> tuple[int, int]:
        """Columns and rows of a corner: as large as a finger, on any grid."""
        return max(self.size.width // 10, 4), max(self.size.height // 8, 2)

    def render_line(self, y: int) -> Strip:
        drawn = super().render_line(y)
        columns, rows = self.zone
        width, low = self.size.width, y >= self.size.height - rows
        if not self.corner or not (low if "bottom" in self.corner else y < rows):
            return drawn
        lit = Strip([Segment("█" * columns, self.palette.style(Look.TEXT))])
        rest = drawn.crop(0, width - columns)
        return Strip.join([lit, rest] if "left" in self.corner else [rest, lit])

    def on_mouse_down(self, event: MouseDown) -> None:
        if not self.corner:
            return
        corner = self._corner_at(event.x, event.y)
        if corner or self._target_at(event.x, event.y) is None:
            event.prevent_default()
            self.post_message(self.Cornered(corner, event.time))

    def _corner_at(self, x: int, y: int) -> str:
        """The lit one is taken for touched a little beside itself, too."""
        for corner in guided.CORNERS:
            times = 2 if corner == self.corner else 1
            columns, rows = (times * one for one in self.zone)
            across = x < columns if "left" in corner else x >= self.size.width - columns
            down = y < rows if "top" in corner else y >= self.size.height - rows
            if across and down:
                return corner
        return ""


class GuidedCheck(ClosedApp):
    """From the first page to the report. Ctrl+Q leaves it without one."""

    class Told(Message):
        """From another thread: what to do with the walk."""

        def __init__(self, step: Callable[[Walk], Walk]) -> None:
            super().__init__()
            self.step = step

    def __init__(
        self, around: Around, steps: Sequence[Step], keypad: Keypad, colours: str, language: str
    ) -> None:
        super().__init__(CellDriver, colours)
        self._around, self._keypad, self.language = around, keypad, language
        texts = around.texts
        own = {f"bar.{name}": texts[f"bar.{name}"] for name in ("person", "repeat")}
        bar = Catalogue({**around.bar, **own})
        self.view = CornerView(bar, colours)
        self._parts = Parts(bar)
        self.walk = guided.begin(steps, asked_keys(keypad, around.bar), time.monotonic())
        self._palette = next(n for n, one in enumerate(PALETTES) if one.name == colours)
        self._helping = False
        self._guard = KeyGuard()
        self._speaker: Speaker | None = None
        self._listener: Listener | None = None
        self._end_watch: Callable[[], None] = lambda: None
        self._pressed_at = time.monotonic()

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.end_when_told()
        self.view.focus()
        self._show()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first page is there before anything else is loaded."""
        around = self._around
        if around.watchdog is not None:
            around.watchdog.ready()
            if around.watchdog.every:
                self.set_interval(around.watchdog.every, around.watchdog.feed)
        no_sound = self.Told(lambda walk: guided.ails(walk, Step.SOUND, around.parts["sound.none"]))
        self._speaker = around.make_speaker(lambda: self._tell(no_sound))
        if around.make_listener is not None:
            self._listener = around.make_listener(lambda hearing: self._tell(self.Told(self._heard(hearing))))
        self._end_watch = around.watch(self._seen)
        self.set_interval(TICK, self._tick)

    def on_unmount(self) -> None:
        self._end_watch()
        if self._listener is not None:
            self._listener.close()
        if self._speaker is not None:
            self._speaker.close()

    def _tell(self, message: Message) -> None:
        if self.is_running:
            self.post_message(message)

    # what comes from outside

    def _seen(self, step: Step, news: bool | Text | None) -> None:
        """On a device's thread."""
        now = time.monotonic()
        if news is True:
            self._tell(self.Told(lambda walk: guided.read(walk, step, now)))
        elif news is not False:
            self._tell(self.Told(lambda walk: guided.ails(walk, step, news)))

    def _heard(self, hearing: Hearing) -> Callable[[Walk], Walk]:
        """On the listener's thread: what it does to the walk."""
        texts, now = self._around.texts, time.monotonic()
        match hearing:
            case Understood(choice="yes"):
                return lambda walk: guided.understood(walk, now)
            case NotUnderstood(silent=True):
                silent = texts["microphone_asked.silent"]
                return lambda walk: guided.ails(walk, Step.MICROPHONE, silent)
            case Deaf(reason=reason):
                why = self._around.deaf(reason)
                return lambda walk: guided.ails(walk, Step.MICROPHONE, why)
            case Opened():
                return lambda walk: guided.ails(walk, Step.MICROPHONE, None)
            case Understood() | NotUnderstood():
                other = texts["microphone_asked.other"]
                return lambda walk: guided.sounded(guided.ails(walk, Step.MICROPHONE, other))
        return lambda walk: walk

    def on_guided_check_told(self, message: Told) -> None:
        self._follow(message.step(self.walk))

    # keys and touches

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key in _LEAVE:
            self.exit()
        elif not self._takes_answers:
            return
        elif self._guard.lets_through(event.key, event.time, in_field=False):
            self._key(event.key)

    def _key(self, key: str) -> None:
        if self.walk.trying_keys and not self._helping:
            self._pressed_at = time.monotonic()
            name = self._pressed_name(key)
            if name in {one.name for one in self.walk.keys}:
                self._follow(guided.press(self.walk, name, self._pressed_at))
                return
        act = act_of(key, in_field=False, keypad=self._keypad)
        number = None if act is not None else number_of(key)
        if number is not None:
            self._choose(self._parts.numbered(number))
        elif act is not None:
            self._do(act)

    def _pressed_name(self, key: str) -> str:
        name = key.removeprefix("upper_").lower()
        return name if self._keypad else _SAME_KEY.get(name, name)

    @property
    def _takes_answers(self) -> bool:
        """The page has been seen, and what a key would do can be done."""
        return self._parts.page is not None and self._speaker is not None

    def on_page_view_touched(self, message: PageView.Touched) -> None:
        if not self._takes_answers:
            return
        if message.act.startswith(CHOOSE):
            wanted = message.act.removeprefix(CHOOSE)
            self._choose(next((one for one in self._parts.part.choices if one.id == wanted), None))
        elif message.act.startswith(PRESS):
            self._do(Act(message.act.removeprefix(PRESS)))

    def on_corner_view_cornered(self, message: CornerView.Cornered) -> None:
        self._follow(guided.touch(self.walk, message.corner, time.monotonic()))

    def _choose(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.id == MORE:
            self._parts.turn_over(+1)
            self._draw()
        elif choice.id == "leave":
            self.exit()
        elif choice.id == "on":
            self._help(on=False)
        else:
            self._follow(guided.choose(self.walk, choice.id, time.monotonic()))

    def _do(self, act: Act) -> None:
        ways: Mapping[Act, Callable[[], None]] = {
            Act.UP: lambda: self._move(-1),
            Act.DOWN: lambda: self._move(+1),
            Act.NEXT: lambda: self._move(+1),
            Act.CHOOSE: lambda: self._choose(self._parts.choice),
            Act.BACK: self._back,
            Act.HELP: lambda: self._help(on=not self._helping),
            Act.PERSON: lambda: self._follow(guided.skip(self.walk)),
            Act.REPEAT: lambda: self._follow(guided.again(self.walk)),
            Act.LANGUAGE: self._other_language,
            Act.COLOURS: self._other_colours,
        }
        if act in ways:
            ways[act]()

    def _move(self, by: int) -> None:
        self._parts.move(by)
        self._draw()

    def _back(self) -> None:
        if self._helping:
            self._help(on=False)
        elif self._parts.turn_over(-1):
            self._draw()
        else:
            self._follow(guided.back(self.walk, time.monotonic()))

    def _help(self, *, on: bool) -> None:
        self._helping = on and self.walk.step is not None
        self._pressed_at = time.monotonic()
        self._show()

    def _other_language(self) -> None:
        self.language = LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)]
        self._show()

    def _other_colours(self) -> None:
        self._palette = (self._palette + 1) % len(PALETTES)
        self.theme = PALETTES[self._palette].name
        self.view.recolour(PALETTES[self._palette])

    # what is shown and done

    def _follow(self, walk: Walk) -> None:
        """To what has become of the walk: do what it asks for now, and show its page."""
        before, self.walk = self.walk, walk
        if walk == before:
            return
        if walk.place != before.place or walk.side is not before.side:
            self._helping = False
            self._pressed_at = time.monotonic()
            if self._speaker is not None:
                self._speaker.stop()
            if self._listener is not None:
                self._listener.shut()
        if walk.said > before.said and self._speaker is not None:
            self._speaker.notice(self._around.texts["say.sentence"], self.language)
        if walk.listened > before.listened and self._listener is not None:
            self._listen()
        if walk.printed > before.printed:
            self.run_worker(self._print_strip(), exclusive=True, group="print")
        if walk.ended and not before.ended and not self._around.keep(walk, time.monotonic()):
            self.walk = guided.unkept(walk)
        self._show()

    def _listen(self) -> None:
        assert self._listener is not None and self._speaker is not None
        texts = self._around.texts
        choices = tuple(Choice(name, texts[f"say.{name}"]) for name in ("yes", "no"))
        asked = Page("microphone", PageKind.CHOICE, texts["microphone_asked.heading"], choices=choices)
        self._listener.attend(asked, self.language)
        self.set_timer(max(self._speaker.tone(), 0.01), self._listener.open)

    async def _print_strip(self) -> None:
        trouble = await asyncio.to_thread(self._around.print, self.language)
        if trouble is not None:
            self._follow(guided.ails(self.walk, Step.PRINTER, trouble))

    def _tick(self) -> None:
        """The time on the page; keys that have not come by now do nothing."""
        if self.walk.trying_keys and not self._helping and time.monotonic() - self._pressed_at > QUIET:
            self._follow(guided.choose(self.walk, "rest", time.monotonic()))
        elif self.walk.step is not None:
            self._show()
        elif time.monotonic() - self._pressed_at > NOBODY:
            self.exit()

    def on_page_view_resized(self) -> None:
        self._show()

    def _show(self) -> None:
        around = self._around
        shown = page(self.walk, around.texts, around.parts, time.monotonic(), helping=self._helping)
        grid = Grid(self.view.size.width, self.view.size.height)
        if grid.too_small:
            return
        self._parts.show(shown, grid, self.language)
        self._draw()

    def _draw(self) -> None:
        self.view.light("" if self._helping else self.walk.corner)
        self.view.show_page(self._parts.part, self.language, self._parts.focus)
