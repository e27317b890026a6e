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
_WANTS_CERTIFICATE = frozenset({-110, -117})
#: The proxy is not reached, wants a password or something else, or lets nothing through to the host.
_OF_PROXY = frozenset({-111, -115, -120, -121, -127, -130, -131, -136, -140})
_NAME_ERRORS = frozenset({-105, -137})
_REASONS = {
    Domain.ConnectionErrorDomain: "cannot be reached",
    Domain.DnsErrorDomain: "cannot be found by its name",
    Domain.CertificateErrorDomain: "has a certificate that is not valid",
    Domain.HttpErrorDomain: "did not answer as a web server does",
}
_CERTIFICATE_ADVICE = (
    "Check the dialog's address in the workspace and the computer's clock; behind a proxy that inspects "
    "traffic, name the file of its certificate in the workspace. Then open it again."
)
_PROXY_ADVICE = (
    "Check the proxy of the workspace; where it names none, check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and "
    "NO_PROXY. Then open it again."
)
_CLIENT_ADVICE = "Check the dialog's address in the workspace, and whether a proxy answers in Tray's place."


def certificate_failure(address: str) -> LoadFailure:
    """Return that the certificate of an address was refused, where the engine gives no error of a load."""
    reason = f"{address} {_REASONS[Domain.CertificateErrorDomain]}."
    return LoadFailure(reason, is_network=True, advice=_CERTIFICATE_ADVICE)


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
    if code in _WANTS_CERTIFICATE:
        reason = f"{address} asks for a certificate of its visitors, and this program has none to give"
        return LoadFailure(f"{reason} ({info.errorString()}).", is_network=True, advice=_CLIENT_ADVICE)
    if domain is Domain.NoErrorDomain or code == _ABORTED:
        return None
    if code in _OF_PROXY:
        reason = f"{address} cannot be reached through the proxy ({info.errorString()})."
        return LoadFailure(reason, is_network=True, advice=_PROXY_ADVICE)
    name_error = Domain.DnsErrorDomain if code in _NAME_ERRORS else domain
    reason = _REASONS.get(name_error, "could not be loaded")
    advice = _CERTIFICATE_ADVICE if name_error is Domain.CertificateErrorDomain else ""
    return LoadFailure(f"{address} {reason} ({info.errorString()}).", is_network=True, advice=advice)
