"""A page of which every word and every wish is noted, and every wish refused (docs/dialog.md)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineFullScreenRequest, QWebEnginePage, QWebEnginePermission

from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.dialog import page_events
from tray_auth_desktop.dialog.marked_lines import Topic
from tray_auth_desktop.dialog.profile import AttemptProfile
from tray_auth_desktop.redaction import redact


class GuardedPage(QWebEnginePage):
    """What a page says and asks for beyond showing itself.

    Args:
        name: What the timeline calls its window.

    Attributes:
        name: The same.

    Signals:
        observed(Observation): something for the timeline.
        typed_into(str, str): a field, and what was typed into it, which must not be seen.
        secret_seen(str): what stood in an address, and must not be seen.
    """

    observed = Signal(object)
    typed_into = Signal(str, str)
    secret_seen = Signal(str)

    def __init__(self, profile: AttemptProfile, name: str, parent: QObject | None) -> None:
        super().__init__(profile.engine, parent)
        self.name = name
        self._attempt_profile = profile
        self.permissionRequested.connect(self._on_permission_requested)
        self.fullScreenRequested.connect(QWebEngineFullScreenRequest.reject)

    def javaScriptConsoleMessage(  # noqa: N802 - Qt's name
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """Note a line of the page's console, instead of printing it. What our scripts say there is none."""
        told = self._attempt_profile.marked_lines.read(message)
        if told is None:
            self.observed.emit(page_events.console(level, message, line, source, self.name))
        else:
            self._on_marked_line(*told)

    def javaScriptAlert(self, _origin: QUrl | str, text: str) -> None:  # noqa: N802 - Qt's name
        """Note an alert; it must not be able to block the window."""
        said = Observation(EventKind.CONSOLE, f"alert: {redact(text, 500)}", {"window": self.name})
        self.observed.emit(said)

    def javaScriptConfirm(self, _origin: QUrl | str, text: str) -> bool:  # noqa: N802 - Qt's name
        """Note a question and answer it with Cancel; only leaving a page is never held up."""
        if text == page_events.leaving_question():
            return True
        self._refuse(f"confirm, answered with Cancel: {redact(text, 500)}")
        return False

    def javaScriptPrompt(self, _origin: QUrl | str, text: str, _default: str) -> tuple[bool, str]:  # noqa: N802 - Qt's name
        """Note a prompt and answer it with Cancel."""
        self._refuse(f"prompt, answered with Cancel: {redact(text, 500)}")
        return (False, "")

    def chooseFiles(  # noqa: N802 - Qt's name
        self, _mode: QWebEnginePage.FileSelectionMode, _old: object, _types: object
    ) -> list[str]:
        """Refuse to let a page have files."""
        self._refuse("File chooser refused")
        return []

    def _refuse(self, text: str) -> None:
        self.observed.emit(Observation(EventKind.SECURITY, text, {"window": self.name}, is_problem=True))

    def _on_marked_line(self, topic: Topic, text: str) -> None:
        if topic is Topic.TYPED:
            field, _, value = text.partition(" ")
            self.typed_into.emit(field, value)
        elif topic is Topic.FAILED:
            seen = self._attempt_profile.request_notes.note(text, self.name)
            if seen is not None:
                self.observed.emit(seen)

    def _on_permission_requested(self, permission: QWebEnginePermission) -> None:
        permission.deny()
        self.observed.emit(page_events.permission(permission, self.name))
