"""What a person has to know of a certificate that was refused."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtNetwork import QSslCertificate
from PySide6.QtWebEngineCore import QWebEngineCertificateError

from tray_auth_desktop.redaction import redact

Name = QSslCertificate.SubjectInfo
_LONGEST = 120


def details_of(error: QWebEngineCertificateError) -> dict[str, str]:
    """Return what the certificate says of itself; empty if it did not come along."""
    chain = error.certificateChain()
    if not chain:
        return {}
    certificate = chain[0]
    return {
        "issued to": _name(certificate.subjectInfo(Name.CommonName), certificate.subjectDisplayName()),
        "issued by": _name(certificate.issuerInfo(Name.Organization), certificate.issuerDisplayName()),
        "valid from": _moment(certificate.effectiveDate()),
        "valid to": _moment(certificate.expiryDate()),
        "SHA-256": _fingerprint(certificate),
    }


def sentence_of(details: dict[str, str]) -> str:
    """Return the same as a sentence; empty if there is nothing to say."""
    if not details:
        return ""
    return (
        f"It was issued to {details['issued to']} by {details['issued by']} and is valid from "
        f"{details['valid from']} to {details['valid to']}."
    )


def _name(names: list[str], display_name: str) -> str:
    """Return a name; whoever made the certificate chose it."""
    return redact(", ".join(names) or display_name, _LONGEST) or "nobody"


def _moment(moment: QDateTime) -> str:
    return moment.toUTC().toString(Qt.DateFormat.ISODate)


def _fingerprint(certificate: QSslCertificate) -> str:
    # in pairs: a run of 64 digits looks like a token, and would be masked
    return hashlib.sha256(bytes(certificate.toDer().data())).digest().hex(":").upper()
