"""What the next terminal is told, so that the program finds it as the last one was."""

from __future__ import annotations

from kiosk.display.modes import Modes, answers_among

STARTED = b"\x1b[?1049h\x1b[?1000h\x1b[?1016h\x1b[?25l\x1b[>1u"


def test_another_terminal_is_told_all_that_counts() -> None:
    """The mouse, the pixels, the hidden cursor, how keys are told; the second screen before the rest."""
    modes = Modes()
    modes.hear(b"\x1b[?25l\x1b[?1000h" + "您好".encode() + b"\x1b[>1u\x1b[?1016h\x1b[?1049h")
    told = modes.again()
    assert told.startswith(b"\x1b[?1049h")
    assert all(one in told for one in (b"\x1b[?25l", b"\x1b[?1000h", b"\x1b[?1016h", b"\x1b[>1u"))
    assert "您好".encode() not in told


def test_what_was_taken_back_stays_taken_back() -> None:
    modes = Modes()
    modes.hear(STARTED)
    modes.hear(b"\x1b[?1000;1016l\x1b[<u")
    told = modes.again()
    assert b"\x1b[?1000l" in told and b"\x1b[?1016l" in told and b"u" not in told


def test_a_sequence_may_come_in_two_pieces() -> None:
    whole = Modes()
    whole.hear(STARTED)
    for cut in range(len(STARTED)):
        halves = Modes()
        halves.hear(STARTED[:cut])
        halves.hear(STARTED[cut:])
        assert halves.again() == whole.again(), cut


def test_a_frame_that_was_begun_elsewhere_is_not_waited_for() -> None:
    modes = Modes()
    modes.hear(b"\x1b[?2026h")
    assert modes.again() == b""


def test_what_was_asked_while_there_was_no_terminal_is_asked_once_more() -> None:
    """A visit that begins between two terminals would go without pixels otherwise."""
    modes = Modes()
    modes.hear(b"\x1b[?2026$p")
    modes.hear(b"\x1b[?1016$p", shown=False)
    assert modes.again() == b"\x1b[?1016$p"
    assert modes.again() == b""


def test_keys_pressed_meanwhile_are_lost_and_answers_are_not() -> None:
    assert answers_among(b"1\x1b[?1016;2$y4\r\x1b[A\x1b[?2026;2$y") == b"\x1b[?1016;2$y\x1b[?2026;2$y"
