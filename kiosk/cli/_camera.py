"""The kiosk's camera, put together from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.config import Settings
    from kiosk.sitting.camera import Camera
    from kiosk.text import Catalogue


def has_camera(settings: Settings) -> bool:
    """Are people asked to lay their papers?"""
    return bool(settings.materials.kiosk_command)


def camera_of(settings: Settings, texts: Catalogue, *, demo: bool) -> Camera | None:
    """None where there is none. In a demo nobody should lay a real paper: one is drawn."""
    if not has_camera(settings):
        return None
    from kiosk.paper.cameras import SHORT, PaperCamera, picture_source

    sample = texts["papers.sample"].show("zh")
    source = picture_source(settings.materials.kiosk_command, sample, demo=demo, longest=SHORT)
    return PaperCamera(source, settings.materials.file_mib) if source else None
