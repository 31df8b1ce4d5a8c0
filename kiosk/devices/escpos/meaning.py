"""What a printer's answers mean. Pure; the bits are those of the ESC/POS reference."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.devices.escpos.command import Question
from kiosk.devices.events import Paper, PrinterState


def fields_of(number: int, byte: int) -> dict[str, bool]:
    """What an answer to DLE EOT `number` says, by name."""
    return {name: bool(byte & bits) for name, bits in _BITS[number].items()} | (
        {"online": not byte & _OFFLINE} if number == 1 else {}
    )


_OFFLINE = 0x08
_BITS: Mapping[int, Mapping[str, int]] = {
    1: {},
    2: {"cover_open": 0x04, "paper_stop": 0x20, "error": 0x40},
    3: {"cutter_error": 0x08, "unrecoverable": 0x20, "auto_recoverable": 0x40},
    4: {"paper_near_end": 0x0C, "paper_out": 0x60},
}


def state_of(answers: Mapping[Question, int], block: PrinterState | None = None) -> PrinterState:
    """What all answers together say. What nobody answered is what a status block said of it, or unknown."""
    says: dict[str, bool] = {}
    for question, byte in answers.items():
        if question.number is not None:
            says |= fields_of(question.number, byte)
    known = block or PrinterState()
    faults = [
        says[name] for name in ("error", "cutter_error", "unrecoverable", "auto_recoverable") if name in says
    ]
    paper = _paper(says, answers)
    return PrinterState(
        online=says.get("online", known.online),
        cover_open=says.get("cover_open", known.cover_open),
        paper=known.paper if paper is Paper.UNKNOWN else paper,
        error=any(faults) if faults else known.error,
    )


def _paper(says: Mapping[str, bool], answers: Mapping[Question, int]) -> Paper:
    if says.get("paper_out") or says.get("paper_stop"):
        return Paper.OUT
    if "paper_near_end" in says:
        return Paper.LOW if says["paper_near_end"] else Paper.ENOUGH
    for question in (Question.PAPER_IN_TURN, Question.PAPER_OF_OLD):
        if question in answers:
            return paper_told(answers[question])
    return Paper.UNKNOWN


def paper_told(byte: int) -> Paper:
    """What an answer to GS r 1 or ESC v says: 00 paper, 03 little, 0F (or 0C) none."""
    return _level(near_end=bool(byte & 0x03), out=bool(byte & 0x0C))


def block_state(block: bytes) -> PrinterState:
    """What an automatic status block says: printer, errors, paper, and a fourth byte that says nothing."""
    return PrinterState(
        online=not block[0] & 0x08,
        cover_open=bool(block[0] & 0x20),
        paper=paper_told(block[2]),
        error=bool(block[1] & 0x6C),
    )


def _level(*, near_end: bool, out: bool) -> Paper:
    if out:
        return Paper.OUT
    return Paper.LOW if near_end else Paper.ENOUGH


def ready_to_print(state: PrinterState) -> bool:
    """Would paper sent now come out now? What is unknown hinders nothing: many printers never answer."""
    return (
        state.online is not False
        and not state.cover_open
        and not state.error
        and state.paper is not Paper.OUT
    )
