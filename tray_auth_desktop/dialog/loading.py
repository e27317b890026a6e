"""What a failed load means, in words."""

from __future__ import annotations

from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

from tray_auth_desktop.core.dialog_state import LoadFailure
from tray_auth_desktop.redaction import redact_url

Domain = QWebEngineLoadingInfo.ErrorDomain
_REASONS = {
    Domain.ConnectionErrorDomain: "cannot be reached",
    Domain.DnsErrorDomain: "cannot be found by its name",
    Domain.CertificateErrorDomain: "has a certificate that is not valid",
}


def failure_of(info: QWebEngineLoadingInfo) -> LoadFailure | None:
    """Return why a load failed; None where it did not: a page that closes itself or goes elsewhere."""
    address = redact_url(info.url().toString())
    if info.errorDomain() is Domain.HttpStatusCodeDomain:
        status = info.errorCode()
        return LoadFailure(f"{address} answered with HTTP {status}.", is_network=False, status=status)
    reason = _REASONS.get(info.errorDomain())
    if reason is None:
        return None
    return LoadFailure(f"{address} {reason} ({info.errorString()}).", is_network=True)
