"""A place that somebody wrote: anything at all may stand in the field."""

from __future__ import annotations

from pathlib import Path


def file_at(typed: str) -> Path:
    """Raises OSError where there is no such file; a device or a pipe is none."""
    path = _path(typed)
    if not path.is_file():
        raise FileNotFoundError
    return path


def folder_at(typed: str) -> Path:
    """Raises OSError where there is no such folder."""
    path = _path(typed)
    if not path.is_dir():
        raise NotADirectoryError
    return path


def _path(typed: str) -> Path:
    """`~` is a home; nothing at all is not the folder that the program was started in."""
    if not typed.strip():
        raise FileNotFoundError
    try:
        return Path(typed.strip()).expanduser()
    except RuntimeError:  # the home of nobody
        raise FileNotFoundError from None
