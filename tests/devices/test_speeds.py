"""In which order speeds are tried, and when it is time to say that a device is silent."""

from __future__ import annotations

from kiosk.devices.speeds import SpeedSearch

SPEEDS = (115200, 57600, 38400, 19200, 9600)


def tried(search: SpeedSearch, times: int) -> list[tuple[int, bool]]:
    """So many speeds in turn without an answer, each with whether somebody should hear of it."""
    return [(search.speed, search.silent()) for _ in range(times)]


def test_the_usual_speed_comes_first_and_silence_is_told_when_none_is_left() -> None:
    search = SpeedSearch(SPEEDS)
    assert tried(search, 5) == [*((speed, False) for speed in SPEEDS[:4]), (9600, True)]


def test_the_search_goes_on_round_and_round() -> None:
    search = SpeedSearch(SPEEDS)
    tried(search, 5)
    assert [speed for speed, _ in tried(search, 10)] == [*SPEEDS, *SPEEDS]


def test_a_speed_that_was_answered_comes_first_on_the_next_port() -> None:
    search = SpeedSearch(SPEEDS)
    tried(search, 4)
    search.answered()
    search.begin()
    assert search.speed == 9600


def test_another_reader_in_its_place_is_found_and_the_known_speed_tried_most() -> None:
    search = SpeedSearch(SPEEDS)
    search.answered()
    search.begin()
    assert [speed for speed, _ in tried(search, 8)] == [
        *(115200, 57600, 115200, 38400, 115200, 19200, 115200, 9600)
    ]


def test_a_device_that_has_answered_on_this_line_is_missed_at_once() -> None:
    """A reader that fails while people use it: they hear of it now, not after all speeds."""
    search = SpeedSearch(SPEEDS)
    tried(search, 2)
    search.answered()
    assert tried(search, 1) == [(38400, True)]


def test_one_speed_is_no_search() -> None:
    search = SpeedSearch((9600,))
    assert search.settled
    assert tried(search, 2) == [(9600, True), (9600, True)]
    search.answered()
    assert tried(search, 2) == [(9600, True), (9600, True)]
