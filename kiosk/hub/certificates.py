"""Who is who on the way to the hub: an authority of its own, and what it vouches for.

The name in a kiosk's certificate is its login role at the hub. One certificate thus serves both ways to it,
and revoking the role shuts both. A private key never leaves the machine it was made on: what travels is a
request. Whoever needs this loads it late: it brings a library along.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
DAYS = 397
"""A kiosk's or a hub's: somebody comes by once a year."""
_EARLY = timedelta(hours=24)
"""It counts from yesterday: the clock of a box may be wrong by hours."""


class BadRequest(ValueError):
    """What was brought to be signed is no request, or not signed by whoever holds its key."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate and its key, both PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """What goes to whoever holds the authority, and the key that stays where it was made. Both PEM."""

    request: bytes
    key: bytes = field(repr=False)


def make_authority(name: str, now: datetime) -> Identity:
    """One for a district or a centre. Its key is kept away from every machine of the hub."""
    key = ec.generate_private_key(ec.SECP256R1())
    begun = _begun(_subject(name), key.public_key(), _subject(name), now, AUTHORITY_DAYS)
    made = begun.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return Identity(
        _pem(made.add_extension(_usage(signs=True), critical=True).sign(key, hashes.SHA256())), _key(key)
    )


def make_request(name: str) -> Request:
    """On the machine that it is for. Under which name that is known is decided by whoever signs."""
    key = ec.generate_private_key(ec.SECP256R1())
    asked = x509.CertificateSigningRequestBuilder(_subject(name)).sign(key, hashes.SHA256())
    return Request(asked.public_bytes(serialization.Encoding.PEM), _key(key))


def sign_kiosk(authority: Identity, request: bytes, role: str, now: datetime, days: int = DAYS) -> bytes:
    """The certificate (PEM) of the kiosk that logs in as `role`. Raises ValueError, BadRequest among them."""
    return _signed(authority, request, role, (), now, days)


def sign_hub(
    authority: Identity, request: bytes, hosts: Sequence[str], now: datetime, days: int = DAYS
) -> bytes:
    """The certificate (PEM) of a hub that is reached under these names and addresses. Raises ValueError."""
    if not hosts:
        raise ValueError("a hub is reached under at least one name")
    return _signed(authority, request, hosts[0], hosts, now, days)


def name_in(certificate: bytes) -> str:
    """Whom a certificate (DER) is made out to; empty where it names nobody, or several."""
    try:
        subject = x509.load_der_x509_certificate(certificate).subject
    except ValueError:
        return ""
    names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if len(names) == 1 else ""


def ends_at(certificate: bytes) -> datetime:
    """When it (PEM) ceases to be good. Raises ValueError."""
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def _signed(
    authority: Identity, request: bytes, name: str, hosts: Sequence[str], now: datetime, days: int
) -> bytes:
    """With `hosts` a hub's, without a kiosk's: neither can be used as the other."""
    key = serialization.load_pem_private_key(authority.key, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("this is not the key of an authority that was made here")
    issuer = x509.load_pem_x509_certificate(authority.certificate)
    purpose = ExtendedKeyUsageOID.SERVER_AUTH if hosts else ExtendedKeyUsageOID.CLIENT_AUTH
    made = (
        _begun(_subject(name), _asked_with(request), issuer.subject, now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([_host(one) for one in hosts])
        made = made.add_extension(names, critical=False)
    return _pem(made.sign(key, hashes.SHA256()))


def _asked_with(request: bytes) -> ec.EllipticCurvePublicKey:
    try:
        asked = x509.load_pem_x509_csr(request)
        public = asked.public_key()
    except ValueError:
        raise BadRequest("this is no request for a certificate") from None
    if not asked.is_signature_valid or not isinstance(public, ec.EllipticCurvePublicKey):
        raise BadRequest("the request is not signed by the key that it names")
    return public


def _begun(
    subject: x509.Name, public: ec.EllipticCurvePublicKey, issuer: x509.Name, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - _EARLY)
        .not_valid_after(now.astimezone(UTC) + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    """An authority signs certificates and does nothing else; all others only say who they are."""
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
