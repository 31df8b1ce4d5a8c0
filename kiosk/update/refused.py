"""Why an update is not made, for whoever stands before the box with the stick."""

from __future__ import annotations

from kiosk.text import Text


class Refused(Exception):
    """Nothing has been changed, or it has been taken back.

    `code` is a key of the catalogue's group `refused`.
    """

    def __init__(self, code: str, **values: str | Text) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
