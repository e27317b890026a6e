"""Does in a page what a person would do: for the demonstration and for tests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage

from tray_auth_desktop.dialog.scripts import OUR_WORLD, call

_RETRY_MS = 50
_SILENCE_MS = 1_000


class PageDriver(QObject):
    """Fills fields found by their label and presses buttons found by their text.

    Each step is tried again until the page has what it needs, for `limit_ms` at most.

    Args:
        page: Returns the page to act on; it may change between steps. None: not there yet.
    """

    def __init__(
        self,
        page: Callable[[], QWebEnginePage | None],
        parent: QObject | None = None,
        *,
        limit_ms: int = 20_000,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._limit_ms = limit_ms

    def fill(self, label: str, value: str, done: Callable[[str], None]) -> None:
        """Fill the field labelled `label`; `done` gets "" or what is missing."""
        self._try({"action": "fill", "label": label, "value": value}, done, self._limit_ms)

    def press(self, text: str, done: Callable[[str], None]) -> None:
        """Press the button that says `text`; `done` gets "" or what is missing."""
        self._try({"action": "press", "label": text}, done, self._limit_ms)

    def _try(self, step: dict[str, str], done: Callable[[str], None], left_ms: int) -> None:
        page = self._page()
        answers: list[object] = []

        def answered(result: object) -> None:
            if answers:
                return
            answers.append(result)
            missing = result if isinstance(result, str) else "the page is not there yet"
            if missing and left_ms > 0:
                QTimer.singleShot(_RETRY_MS, self, lambda: self._try(step, done, left_ms - _RETRY_MS))
            else:
                done(missing)

        if page is None or page.isLoading() or page.url().isEmpty():
            answered(None)
            return
        # a page that goes away at once because of the step takes its answer with it
        page.destroyed.connect(lambda: answered(""))
        # a button is pressed after the answer, so a load before it is the page's own: once more
        page.loadStarted.connect(lambda: answered(None))
        page.runJavaScript(call("driver.js", step), OUR_WORLD.value, answered)
