"""Does the gateway for messages answer, and does it let us in? No message is sent."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import Gateway
from kiosk.gateway.http_gateway import Answer, HttpGateway
from kiosk.gateway.secret import FILE_NAME, LooseSecret, gateway_secret
from kiosk.selftest.finding import Finding, State, finding

_FOUND = {
    Answer.THERE: (State.GOOD, "messages.there"),
    Answer.NOT_LET_IN: (State.BAD, "messages.not_let_in"),
    Answer.SILENT: (State.BAD, "messages.silent"),
}


def gateway(settings: Gateway, folder: Path) -> list[Finding]:
    """Nothing where the settings name none."""
    if not settings.url:
        return []
    try:
        secret = gateway_secret(folder)
    except LooseSecret:
        return [finding("gateway", State.BAD, "messages.loose", name=FILE_NAME)]
    state, key = _FOUND[HttpGateway(settings.url, secret, settings.timeout).look()]
    return [finding("gateway", state, key)]
