"""What the timeline says of a page: one function for each thing that a page does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEnginePermission

from tray_auth_desktop import __version__
from tray_auth_desktop.core.timeline import Details, EventKind, Observation
from tray_auth_desktop.dialog.address import encoded
from tray_auth_desktop.dialog.versions import engine_versions
from tray_auth_desktop.redaction import redact, redact_url

Level = QWebEnginePage.JavaScriptConsoleMessageLevel
#: An address that is redacted has it for no other reason.
_OAUTH_ERROR = "error="
_LEVELS = {
    Level.InfoMessageLevel: "info",
    Level.WarningMessageLevel: "warning",
    Level.ErrorMessageLevel: "error",
}


def engine() -> Observation:
    """Return what runs here: a report of a problem needs it, and later the versions are others."""
    webengine, chromium, security = engine_versions()
    details = {
        "program": __version__,
        "qt": qVersion(),
        "webengine": webengine,
        "chromium": chromium,
        "chromium_security_patch": security,
    }
    return Observation(EventKind.ENGINE, f"Qt WebEngine {webengine} with Chromium {chromium}", details)


def leaving_question() -> str:
    """Return what Qt asks for a page with a `beforeunload` handler; it comes as any other question."""
    text = "Are you sure you want to leave this page? Changes that you made may not be saved."
    return QCoreApplication.translate("QWebEnginePage", text)


def inspector(*, ends_options: bool) -> Observation:
    """Return that the web inspector was opened; a page has but one, so the engine's test options end."""
    text = "The web inspector was opened"
    if ends_options:
        text += ": time zone, language, colours and motion are as ever from now on"
    return Observation(EventKind.ENGINE, text, {"ends_test_options": ends_options}, ends_options)


def load(what: str, address: str, window: str) -> Observation:
    """Return that a page begins to load, or has; its address is redacted already."""
    return Observation(EventKind.NAVIGATION, f"{what} {address}", {"window": window, "url": address})


def departure(what: str, address: str, window: str) -> Observation:
    """Return that a window goes to an address; with an OAuth error in it, that is where things went wrong."""
    return replace(load(what, address, window), is_problem=_OAUTH_ERROR in address)


def answer(address: str, status: int, window: str) -> Observation:
    """Return with which HTTP status a main frame was answered."""
    details: Details = {"window": window, "url": address, "status": status}
    return Observation(EventKind.NAVIGATION, f"HTTP {status} {address}", details)


def console(level: Level, message: str, line: int, source: str, window: str) -> Observation:
    """Return a line of the console; errors of scripts come this way too."""
    details: dict[str, str | int] = {"window": window, "level": _LEVELS[level]}
    if source and not source.startswith("chrome-error:"):  # else the engine says it, in place of a page
        details |= {"source": redact_url(source), "line": line}
    is_error = level is Level.ErrorMessageLevel
    return Observation(EventKind.CONSOLE, redact(message, 500), details, is_error)


def closing(window: str, *, by_page: bool) -> Observation:
    """Return who closes a window: its page, or this program because the page left it open."""
    text = "The dialog closed its window" if by_page else "The dialog's window was open: closed here"
    details = {"window": window, "closed_by": "page" if by_page else "program"}
    return Observation(EventKind.POPUP, text, details)


def popup(text: str, window: str) -> Observation:
    """Return that a window of the dialog was opened or closed."""
    return Observation(EventKind.POPUP, text, {"window": window})


def severed(text: str, origin: str) -> Observation:
    """Return that a page of this origin found its opener gone."""
    return Observation(EventKind.MESSAGE, text, {"opener": "severed", "origin": origin}, is_problem=True)


def permission(asked: QWebEnginePermission, window: str) -> Observation:
    """Return which permission was asked for, by whom, and that it was refused."""
    name = asked.permissionType().name
    origin = redact_url(encoded(asked.origin())).rstrip("/")
    details = {"window": window, "permission": name, "origin": origin, "decision": "refused"}
    return Observation(EventKind.SECURITY, f"Permission refused: {name}", details, is_problem=True)
