"""What takes messages to the gateway of the settings."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kiosk.config import Settings
    from kiosk.gateway.messenger import Messenger
    from kiosk.services.model import Service

log = logging.getLogger(__name__)


def messenger_for(
    settings: Settings, folder: Path, services: Callable[[], Mapping[str, Service]]
) -> Messenger | None:
    """None where the settings name no gateway, or its secret lies open: `kiosk check` says which."""
    if not settings.gateway.url:
        return None
    from kiosk.catalogue import load_catalogue
    from kiosk.gateway.http_gateway import HttpGateway
    from kiosk.gateway.messenger import Messenger
    from kiosk.gateway.secret import LooseSecret, gateway_secret

    try:
        secret = gateway_secret(folder)
    except LooseSecret:
        log.error("no messages: the file of the gateway's secret is not ours alone")
        return None
    site = settings.site
    words = load_catalogue("case").text("message.news", centre=site.name, phone=site.phone)
    return Messenger(HttpGateway(settings.gateway.url, secret, settings.gateway.timeout), words, services)
