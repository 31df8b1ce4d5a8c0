"""The file's form, one step a module, by number. A step that has shipped is never edited."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.store.migrations.m01_first import first
from kiosk.store.migrations.m02_records import records
from kiosk.store.migrations.m03_rating_tasks import rating_tasks
from kiosk.store.migrations.m04_identity import identity
from kiosk.store.migrations.m05_preferences import preferences
from kiosk.store.migrations.m06_handling import handling
from kiosk.store.migrations.m07_sealed import sealed
from kiosk.store.migrations.m08_chain import chain
from kiosk.store.migrations.m09_authority import authority
from kiosk.store.migrations.m10_kept import kept
from kiosk.store.migrations.m11_why_bad import why_bad
from kiosk.store.migrations.m12_managing import managing
from kiosk.store.migrations.m13_signed_in import signed_in
from kiosk.store.migrations.m14_messages import messages
from kiosk.store.migrations.m15_requests import requests
from kiosk.store.migrations.m16_attachments import attachments
from kiosk.store.migrations.m17_waiting import waiting
from kiosk.store.migrations.m18_parcels import parcels
from kiosk.store.migrations.m19_lean import lean
from kiosk.store.migrations.m20_taking import taking
from kiosk.store.migrations.m21_calls_at_hub import calls_at_hub
from kiosk.store.sqlite import Database

Migration = Callable[[Database], None]

MIGRATIONS: tuple[Migration, ...] = (
    first,
    records,
    rating_tasks,
    identity,
    preferences,
    handling,
    sealed,
    chain,
    authority,
    kept,
    why_bad,
    managing,
    signed_in,
    messages,
    requests,
    attachments,
    waiting,
    parcels,
    lean,
    taking,
    calls_at_hub,
)
