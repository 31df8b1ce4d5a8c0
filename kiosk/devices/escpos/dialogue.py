"""The dialogue with a printer: asked how it is, it answers some questions or none."""

from __future__ import annotations

from kiosk.devices.escpos.command import ANSWER_SECONDS, REAL_TIME, Question
from kiosk.devices.escpos.framing import Event, PaperAnswer, Status, StatusBlock
from kiosk.devices.escpos.meaning import block_state, state_of
from kiosk.devices.events import DeviceReady, PrinterState
from kiosk.devices.line import NEVER, Action, Emit, Order, Send


class PrinterDialogue:
    """Asks one question at a time. Each order is followed by one PrinterState, in 1.2 s at the latest."""

    def __init__(self) -> None:
        self._pending: Question | None = None
        self._asked: list[Question] = []
        self._answers: dict[Question, int] = {}
        self._block: PrinterState | None = None
        self.deadline = NEVER
        """When the pending question counts as unanswered."""

    def start(self, now: float) -> list[Action]:
        """A port was opened. Nothing is asked: a printer may be in the middle of a paper."""
        return [Emit(DeviceReady(""))]

    def end(self) -> list[Action]:
        """The port is gone; whoever asked hears of that instead."""
        self._pending, self.deadline = None, NEVER
        return []

    def on_order(self, order: Order, now: float) -> list[Action]:
        """How is it? Where that is being asked, the one answer is for both."""
        if order is not Order.STATE or self._pending is not None:
            return []
        self._asked, self._answers, self._block = [], {}, None
        return self._go_on(now)

    def on_event(self, event: Event, now: float) -> list[Action]:
        """An answer, or a status block that the printer sent by itself."""
        match event:
            case Status(byte=byte) if self._pending in REAL_TIME:
                return self._answered(byte, now)
            case PaperAnswer(byte=byte) if self._pending is not None and self._pending not in REAL_TIME:
                return self._answered(byte, now)
            case StatusBlock(content=content):
                return self._told(block_state(content))
        return []

    def on_tick(self, now: float) -> list[Action]:
        """No answer came: that says nothing about the printer."""
        return self._go_on(now) if self._pending is not None and now >= self.deadline else []

    def _answered(self, byte: int, now: float) -> list[Action]:
        assert self._pending is not None
        self._answers[self._pending] = byte
        return self._go_on(now)

    def _told(self, state: PrinterState) -> list[Action]:
        if self._pending is None:
            return [Emit(state)]
        self._block = state
        return []

    def _go_on(self, now: float) -> list[Action]:
        self._pending = self._following()
        if self._pending is None:
            self.deadline = NEVER
            return [Emit(state_of(self._answers, self._block))]
        self._asked.append(self._pending)
        self.deadline = now + ANSWER_SECONDS
        return [Send(self._pending.value)]

    def _following(self) -> Question | None:
        """The next question; None when enough was asked."""
        knows_these = bool(self._answers) or len(self._asked) < 2
        left = [question for question in REAL_TIME if question not in self._asked]
        if left and knows_these:
            return left[0]
        if Question.PAPER in self._answers:
            return None
        if Question.PAPER_IN_TURN not in self._asked:
            return Question.PAPER_IN_TURN
        if not self._answers and Question.PAPER_OF_OLD not in self._asked:
            return Question.PAPER_OF_OLD
        return None
