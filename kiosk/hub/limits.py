"""What one program of the hub takes on."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.hub.wire import LONGEST_QUESTION, SLOWEST


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes, and how many."""

    connections: int = 512
    from_one_address: int = 64
    """A centre's kiosks may share one."""
    answers: int = 8
    """At a time; each holds a connection to the database."""
    waiting: int = 64
    """Questions that wait for their turn; who comes then is asked to come later."""
    handshake: float = 10.0
    parting: float = 1.0
    """For the other side to say goodbye, too."""
    idle: float = 75.0
    """From one question to the end of the next one's head."""
    question: float = 60.0
    """For its body, and more for a long one."""
    slowest: int = SLOWEST
    """Bytes a second that the body of a question has to come with, and an answer be taken with."""
    answer: float = 30.0
    """Until the other side has taken it, and more for a long one."""
    longest: int = LONGEST_QUESTION
    large: int = 2 * 1024 * 1024
    """What is longer takes turns, as it lies in memory whole."""
    large_at_a_time: int = 4
    head: int = 16 * 1024
    ending: float = 10.0
    """For questions that are under way when the program is asked to end."""
