"""`kiosk reader decode`: a recording of a line, event by event."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import click

from kiosk.cli._reader_words import json_line, plain_line, plain_lines
from kiosk.devices.family import SERIAL_PROTOCOLS, Decoding, family
from kiosk.devices.line import Framing

if TYPE_CHECKING:
    from io import BufferedReader

_AT_ONCE = 65536
_LARGEST_CHUNK = 1 << 20
"""More at once would show nothing else, and take the memory."""
_ENDS = {"newline": "", "tab": "09"}
"""Terminators as `Decoding.framing` is told of them."""


@click.command()
@click.option("--protocol", type=click.Choice(SERIAL_PROTOCOLS), help="What the bytes are.")
@click.option("--requests", is_flag=True, help="The bytes are what the host sends, not the device.")
@click.option("--chunk", type=click.IntRange(min=1), help="Feed pieces of this many bytes, to try cuts.")
@click.option("--idle", is_flag=True, help="After the last byte the line falls silent.")
@click.option("--ends", type=click.Choice(sorted(_ENDS)), default="newline", help="What ends a scanned code.")
@click.option("--ask", type=click.IntRange(1, 4), help="Which question a printer's status bytes answer.")
@click.option("--personal", is_flag=True, help="Print a card's texts too.")
@click.option("--text", is_flag=True, help="The input is one text block of 256 bytes; print that card.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def decode(
    protocol: str | None,
    requests: bool,
    chunk: int | None,
    idle: bool,
    ends: str,
    ask: int | None,
    personal: bool,
    text: bool,
    as_json: bool,
) -> None:
    """Read raw bytes on the standard input; print what they say, one event a line.

    The last line says whether something has begun that is not complete.
    """
    if text:
        _print_block(as_json=as_json)
        return
    if protocol is None:
        raise click.UsageError("say what the bytes are with --protocol, or that they are a --text block")
    decoding = family(protocol).decoding
    framing = _framing(
        decoding, requests=requests, told=str(ask or "") if protocol == "escpos" else _ENDS[ends]
    )
    show = json_line if as_json else plain_line
    for events in _events(framing, chunk, idle=idle):
        if events:
            click.echo("\n".join(show(decoding.record(event, personal)) for event in events))
    click.echo(show({"type": "end", "state": "incomplete" if framing.waiting else "idle"}))


def _framing(decoding: Decoding, *, requests: bool, told: str) -> Framing:
    if requests and decoding.requests is not None:
        return decoding.requests()
    return decoding.framing(told)


def _events(framing: Framing, chunk: int | None, *, idle: bool) -> Iterator[list[Any]]:
    """What the bytes say, piece by piece, as soon as it is certain, so that a live line can be watched."""
    source = cast("BufferedReader", sys.stdin.buffer)
    size = min(chunk or 0, _LARGEST_CHUNK)
    while piece := source.read(size) if size else source.read1(_AT_ONCE):
        yield framing.feed(piece)
    if idle:
        yield framing.idle()


def _print_block(*, as_json: bool) -> None:
    from kiosk.identity.content import parse_text
    from kiosk.identity.layout import BLOCK_SIZE
    from kiosk.identity.record import card_record

    block = sys.stdin.buffer.read(BLOCK_SIZE + 1)
    if not 0 < len(block) <= BLOCK_SIZE:
        came = "nothing" if not block else "more than that"
        raise click.UsageError(f"a text block has {BLOCK_SIZE} bytes; {came} came")
    record = card_record(parse_text(block))
    click.echo(json_line(record) if as_json else "\n".join(plain_lines(record)))
