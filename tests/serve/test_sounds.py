"""From a voice to its page: in order, bounded, and nothing but sound."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import closing

import pytest

from kiosk.serve.sounds import Sounds
from kiosk.serve.stream import Heard, heard, samples, screen, silence

PATIENCE = 20.0
BLOCK = samples(7, 0, bytes(1764))


class SlowPage:
    """Takes messages, or lets them wait."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.waiting = 0

    async def has(self, enough: Callable[[list[bytes]], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not enough(self.taken):
                await asyncio.sleep(0.005)


@pytest.fixture
def page() -> SlowPage:
    return SlowPage()


async def line(page: SlowPage) -> tuple[Sounds, socket.socket]:
    """As a visit makes it, and the end that its voice has."""
    sounds = Sounds(page.taken.append, lambda: page.waiting)
    voice = socket.socket(fileno=os.dup(sounds.descriptor))
    sounds.begin()
    return sounds, voice


async def test_sound_comes_in_order_and_news_of_it_goes_back(page: SlowPage) -> None:
    sounds, voice = await line(page)
    with closing(sounds), voice:
        sent = [silence(7), *(samples(7, at * 882, bytes(1764)) for at in range(20)), silence(8)]
        for packet in sent:
            voice.send(packet)
        await page.has(lambda taken: len(taken) == len(sent))
        assert page.taken == sent
        sounds.tell(Heard(8, 3, on=True))
        assert heard(voice.recv(64)) == Heard(8, 3, on=True)


async def test_for_a_page_that_is_slow_samples_are_left_out_and_silence_is_not(page: SlowPage) -> None:
    sounds, voice = await line(page)
    with closing(sounds), voice:
        page.waiting = 1 << 17
        for _ in range(20):
            voice.send(BLOCK)
        voice.send(silence(8))
        await page.has(bool)
        assert page.taken == [silence(8)]
        page.waiting = 0
        voice.send(BLOCK)
        await page.has(lambda taken: len(taken) == 2)
        assert page.taken[1] == BLOCK


async def test_a_voice_cannot_draw(page: SlowPage) -> None:
    sounds, voice = await line(page)
    with closing(sounds), voice:
        voice.send(screen(b"\x1b[2J"))
        voice.send(BLOCK + bytes(1 << 14))
        voice.send(BLOCK)
        await page.has(bool)
        assert page.taken == [BLOCK]


async def test_a_voice_that_does_not_listen_holds_nothing_up(page: SlowPage) -> None:
    sounds, voice = await line(page)
    with closing(sounds), voice:
        for count in range(100_000):
            sounds.tell(Heard(7, count, on=True))
        voice.send(BLOCK)
        await page.has(bool)


async def test_when_the_visit_is_over_no_sample_comes_any_more(page: SlowPage) -> None:
    sounds, voice = await line(page)
    with voice:
        voice.send(BLOCK)
        sounds.close()
        with pytest.raises(OSError):
            voice.send(BLOCK)
        await asyncio.sleep(0)
        assert page.taken == []


async def test_a_program_that_has_ended_is_no_trouble(page: SlowPage) -> None:
    sounds, voice = await line(page)
    with closing(sounds):
        voice.send(BLOCK)
        voice.close()
        await page.has(bool)
        sounds.tell(Heard(7, 1, on=True))
    assert page.taken == [BLOCK]
