"""Whether this box stands alone or shares a hub with others, and how it comes in there."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.config.tables import Fault

DESK = "bb_desk_"
"""So begin the roles of desks: `kiosk hub centre add` makes them."""


@dataclass(frozen=True, slots=True)
class Hub:
    """The hub that this box shares with others. Without an address it stands alone."""

    address: str = ""
    """postgresql://ROLE@HOST/DATABASE, or https://HOST."""
    password_file: str = ""
    """The password of a postgresql address, in the form of PostgreSQL's own password files."""
    authority: str = ""
    """Whose word counts for who the hub is."""
    certificate: str = ""
    """What this box shows of itself."""
    key: str = ""
    receipt_key: str = ""
    """What the hub signs receipts with over HTTPS: the public half, 64 hexadecimal digits."""
    publisher_keys: tuple[str, ...] = ()
    """With which of these services and calendars must be signed to be taken: public halves, as above."""

    @property
    def publishers(self) -> tuple[bytes, ...]:
        """Their keys, 32 bytes each."""
        return tuple(map(bytes.fromhex, self.publisher_keys))

    @property
    def there(self) -> bool:
        """Is there one?"""
        return bool(self.address)

    @property
    def over_https(self) -> bool:
        """Not to its database, but to `kiosk hub serve`."""
        return self.address.startswith("https://")

    @property
    def of_a_desk(self) -> bool:
        """Does this box come in as a desk, which works on the hub's cases, and not as a kiosk?"""
        from urllib.parse import urlsplit

        return self.there and not self.over_https and (urlsplit(self.address).username or "").startswith(DESK)


def check_hub(hub: Hub) -> None:
    """Raises Fault at the key that does not do."""
    if not hub.there:
        return
    if not is_address(hub.address):
        raise Fault(("hub", "address"), "is postgresql://… or https://…, and holds no password")
    if bool(hub.certificate) != bool(hub.key):
        raise Fault(("hub", "certificate"), "and hub.key belong together")
    if hub.over_https:
        for name in ("certificate", "authority", "receipt_key"):
            if not getattr(hub, name):
                raise Fault(("hub", "address"), f"is https://…, so hub.{name} is needed as well")
    if hub.receipt_key and not _is_key(hub.receipt_key):
        raise Fault(("hub", "receipt_key"), "is 64 hexadecimal digits")
    for number, key in enumerate(hub.publisher_keys):
        if not _is_key(key):
            raise Fault(("hub", "publisher_keys", number), "is 64 hexadecimal digits")


def is_address(address: str) -> bool:
    """Where a hub may be: its database, or its HTTPS program; a password belongs into no address."""
    from urllib.parse import parse_qs, urlsplit

    try:
        parts = urlsplit(address)
        # a database may have several servers, of which one leads
        hosts = parts.netloc.rpartition("@")[2].split(",")
        named = [urlsplit(f"//{host}") for host in hosts if host]
        ports = [one.port for one in named]
    except ValueError:
        return False
    if parts.password is not None or parts.fragment or "password" in parse_qs(parts.query):
        return False
    if parts.scheme == "https":
        return len(ports) == 1 and bool(parts.hostname) and parts.username is None
    return parts.scheme in {"postgresql", "postgres"}


def _is_key(digits: str) -> bool:
    try:
        return len(bytes.fromhex(digits)) == 32
    except ValueError:
        return False
