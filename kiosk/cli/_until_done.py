"""A full screen for staff or the hall, from its beginning to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


async def until_done(app: App[None]) -> None:
    """A box that shuts down ends the program in order, so that the terminal is left as it was."""
    import asyncio
    import signal

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.exit)
    await app.run_async()
