"""The store: one SQLite file that survives the plug being pulled. One action, one transaction, one sync."""

from kiosk.store.store import Store, open_store
from kiosk.store.trouble import StoreTrouble, Trouble

__all__ = ["Store", "StoreTrouble", "Trouble", "open_store"]
