"""What a failed load means, in words."""

from __future__ import annotations

from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

from tray_auth_desktop.core.dialog_state import LoadFailure
from tray_auth_desktop.dialog.address import encoded
from tray_auth_desktop.redaction import redact_url

Domain = QWebEngineLoadingInfo.ErrorDomain
#: Chromium's net errors (net_error_list.h) that are told apart from their kin.
_ABORTED = -3
_WANTS_PASSWORD = -375
_NAME_ERRORS = frozenset({-105, -137})
_REASONS = {
    Domain.ConnectionErrorDomain: "cannot be reached",
    Domain.DnsErrorDomain: "cannot be found by its name",
    Domain.CertificateErrorDomain: "has a certificate that is not valid",
    Domain.HttpErrorDomain: "did not answer as a web server does",
}


def failure_of(info: QWebEngineLoadingInfo) -> LoadFailure | None:
    """Return why a load failed; None where it did not: a page that closes itself or goes elsewhere."""
    domain, code = info.errorDomain(), info.errorCode()
    address = redact_url(encoded(info.url()))
    if domain is Domain.HttpStatusCodeDomain:
        return LoadFailure(f"{address} answered with HTTP {code}.", is_network=False, status=code)
    if code == _WANTS_PASSWORD:
        reason = (
            f"{address} asks for a user name and a password, which this program does not give (HTTP 401)."
        )
        return LoadFailure(reason, is_network=False, status=401)
    if domain is Domain.NoErrorDomain or code == _ABORTED:
        return None
    name_error = Domain.DnsErrorDomain if code in _NAME_ERRORS else domain
    reason = _REASONS.get(name_error, "could not be loaded")
    return LoadFailure(f"{address} {reason} ({info.errorString()}).", is_network=True)
