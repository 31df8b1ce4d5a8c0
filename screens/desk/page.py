"""What every page of the desk has: a title, a place for messages, its keys, one act at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from kiosk.cases.moves import IllegalMove
from kiosk.store import StoreTrouble
from kiosk.text import Text
from screens.desk.calling import Standing, calls_told, standing
from screens.desk.counter import Counter
from screens.desk.lines import Hint, KeyLine, Kind, Line, Lines
from screens.desk.wording import refusal, trouble

Result = TypeVar("Result")

HOUSE_KEYS: tuple[tuple[str, str, str], ...] = (
    ("F2", "language", "app.language"),
    ("F3", "colours", "app.colours"),
)
"""Keys of every page: shown, catalogue key, action."""

QUIT = ("Ctrl+Q", "quit", "app.quit")


def key(keys: str, action: str, shown: str) -> Binding:
    """A key of a page; its words stand in the catalogue under `key.<action>`."""
    return Binding(keys, action, description=action, key_display=shown)


def letter(name: str, action: str) -> Binding:
    """A letter key, in either case."""
    return key(f"{name},{name.upper()}", action, name.upper())


class CasePicked(Message):
    """Somebody wants to see this case: a list posts it, the app opens it."""

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id


class NotTheSame(Message):
    """Whoever sits here has no account any more, or another role or PIN: the app sees to it."""

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self.standing = standing


class DeskPage(Screen[Result], Generic[Result]):
    """A page of the desk. Its texts are set by `draw`, at any time and in either language."""

    KEYS: ClassVar[Sequence[Binding]] = ()
    """The keys that the bottom line shows, in its order."""
    BINDINGS: ClassVar[list[BindingType]] = []
    may_quit = False
    """Whether the program may end here: nothing on the page would be lost."""
    can_go_to_calls = True
    """Whether somebody is signed in who can say that they go to the kiosk."""

    def __init_subclass__(cls) -> None:
        # those of its parents Textual brings along
        cls.BINDINGS = [*cls.KEYS, *cls.__dict__.get("BINDINGS", ())]
        super().__init_subclass__()

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.counter = counter
        self._told: tuple[Text, Kind] | None = None
        self._under_way = False
        self._ends_with: tuple[Result | None] | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="title")
        yield Lines(id="calling")
        yield Lines(id="told")
        yield from self.body()
        yield KeyLine()

    @abstractmethod
    def body(self) -> ComposeResult:
        """The widgets between the messages and the keys."""

    @abstractmethod
    def title_words(self) -> str:
        """The page's title, in the language of the moment."""

    @abstractmethod
    def draw(self) -> None:
        """Set every text of the body."""

    async def look(self) -> None:
        """Read what the page shows anew. Runs when the page comes to the front."""

    def on_screen_resume(self) -> None:
        # when a whole day's pages go at once, each comes to the front for a moment
        if not self.is_current:
            return
        if self._ends_with is not None:
            self.dismiss(*self._ends_with)
            return
        self.retell()
        self.begin(self.look)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """End this page, and no other: Textual takes away whatever is in front.

        A page that has ended (Enter was held) does nothing more. One that has something in front of it, the
        lock say, ends when that has gone.
        """
        if self.app.screen is self:
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._ends_with = (result,)
        return AwaitComplete()

    def retell(self) -> None:
        """Set every text of the page, in the language of the moment."""
        self.query_one("#title", Lines).show([Line(self.title_words(), Kind.HEADING)])
        self.show_calls()
        self._retell_message()
        self.draw()
        self._show_keys()

    def tell(self, text: Text | None, kind: Kind = Kind.ALERT) -> None:
        """A message above the page until the next act; None takes it away."""
        self._told = (text, kind) if text else None
        self._retell_message()

    def show_calls(self) -> None:
        """Who waits at the kiosk, above everything else on the page."""
        # the look at the calls may come while a page is still being put together
        for line in self.query("#calling").results(Lines):
            line.show(calls_told(self.counter, self.can_go_to_calls))

    async def look_at_calls(self) -> None:
        """Somebody goes to one of them."""
        self.show_calls()

    @property
    def told(self) -> str:
        """The message that stands on the page."""
        return self._told[0].show(self.counter.language) if self._told else ""

    def begin(self, act: Callable[[], Awaitable[None]]) -> None:
        """Run an act beside the screen. Keys pressed while one is under way do nothing."""
        if not self._under_way:
            self._under_way = True
            self.run_worker(self._carry_out(act), group="act")

    async def _carry_out(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            # at every act, not only at the look every few seconds
            if self.can_go_to_calls and (now := await standing(self.counter)) is not Standing.SAME:
                self.post_message(NotTheSame(now))
                return
            await act()
        except IllegalMove as refused:
            self.tell(refusal(self.counter, refused))
        except StoreTrouble as broken:
            self.tell(trouble(self.counter, broken))
        finally:
            self._under_way = False
        if self.is_current:
            self._show_keys()

    @on(KeyLine.Pressed)
    async def _press(self, pressed: KeyLine.Pressed) -> None:
        await self.run_action(pressed.action)

    def _retell_message(self) -> None:
        lines = [Line(self.told, self._told[1])] if self._told else []
        self.query_one("#told", Lines).show(lines)

    def hint(self, binding: Binding) -> str:
        """What a key does, in words."""
        return self.counter.words(f"key.{binding.description}")

    def _show_keys(self) -> None:
        own = [
            Hint(one.key_display or "", self.hint(one), one.action)
            for one in self.KEYS
            if self.check_action(one.action, ())
        ]
        keys = [*HOUSE_KEYS, QUIT] if self.may_quit else HOUSE_KEYS
        house = [Hint(shown, self.counter.words(f"key.{words}"), act) for shown, words, act in keys]
        self.query_one(KeyLine).show([*own, *house])
