"""Does in a page what a person would do: for the demonstration, for tests and for the pytest plugin."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from tray_auth_desktop.dialog.page_input import key_called, send_key
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.scripts import call

_RETRY_MS = 50
#: How long a key may take to reach the page before it is pressed again: before a page is drawn, the
#: engine drops keys, and nothing announces that it is.
_KEY_LOST_MS = 500
#: How many frames make sure that what the page has drawn is on the screen.
_FRAMES = 2
#: What is before every answer of a page.
_ANSWERED = "="
#: What is before an answer that no waiting changes.
_FINAL = "!"
_LOOK = {"maxChars": 400, "maxNames": 40}
#: What can make a page go away at once, which then takes its answer with it.
_MAY_CLOSE_PAGE = frozenset({"press", "heard"})
Step = Mapping[str, str | int]


class PageDriver(QObject):
    """Fills fields found by their label and presses buttons found by their text.

    Only what a person could see and reach is used; what is out of sight is scrolled to first. Each step is
    tried again until the page has what it needs, for `limit_ms` at most, unless waiting would not help.
    `done` gets "" or what is missing.

    Args:
        page: Returns the page to act on; it may change between steps. None: not there yet.
    """

    def __init__(
        self,
        page: Callable[[], PopupPage | None],
        parent: QObject | None = None,
        *,
        limit_ms: int = 20_000,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._limit_ms = limit_ms
        self._is_stopped = False

    def stop(self) -> None:
        """Do nothing any more: an answer that still comes is dropped."""
        self._is_stopped = True
        self.deleteLater()

    def fill(self, label: str, value: str, done: Callable[[str], None]) -> None:
        """Fill the field labelled `label`."""
        self._act({"action": "fill", "label": label, "value": value}, done)

    def press(self, text: str, done: Callable[[str], None]) -> None:
        """Press the button or the link that says `text` or begins so, or tick the box of that label."""
        self._act({"action": "press", "label": text}, done)

    def choose(self, label: str, option: str, done: Callable[[str], None]) -> None:
        """Choose `option` in the list, or among the boxes, labelled `label`."""
        self._act({"action": "choose", "label": label, "option": option}, done)

    def find_text(self, text: str, done: Callable[[str], None]) -> None:
        """Wait for a text that can be seen on the page."""
        self._act({"action": "text", "label": text}, done)

    def draw(self, done: Callable[[str], None]) -> None:
        """Wait until the page is drawn as it is now."""
        self._try("page_pulse.js", {"action": "draw", "frames": _FRAMES}, done, self._limit_ms)

    def press_key(self, name: str, done: Callable[[str], None]) -> None:
        """Press a key where the page has its keyboard, by the name that is on the key.

        Raises:
            ValueError: there is no key of that name.
        """
        key_called(name)  # before anything waits for the page
        self._press_key(name, done, self._limit_ms)

    def look(self, done: Callable[[str], None]) -> None:
        """Look once: `done` gets JSON text of what can be used on the page; "" where there is none."""
        page = self._page()
        if page is None:
            done("")
            return
        page.run(call("page_look.js", _LOOK), lambda seen: done(seen if isinstance(seen, str) else ""))

    def _press_key(self, name: str, done: Callable[[str], None], left_ms: int) -> None:
        def listening(missing: str) -> None:
            """Send the key, now that the page listens."""
            page = self._page()
            if missing or page is None:
                done(missing or "the page is not there yet")
                return
            send_key(page, name)
            self._try("page_pulse.js", {"action": "heard"}, heard, min(_KEY_LOST_MS, left_ms))

        def heard(missing: str) -> None:
            if missing and left_ms > _KEY_LOST_MS:
                self._press_key(name, done, left_ms - _KEY_LOST_MS)
            else:
                done(missing)

        self._try("page_pulse.js", {"action": "listen"}, listening, left_ms)

    def _act(self, step: Step, done: Callable[[str], None]) -> None:
        self._try("driver.js", step, done, self._limit_ms)

    def _try(self, script: str, step: Step, done: Callable[[str], None], left_ms: int) -> None:
        page = self._page()
        answers: list[object] = []

        def answered(result: object) -> None:
            """Take the first answer; try again while something is missing."""
            if answers or self._is_stopped:
                return
            answers.append(result)
            missing = _missing(result, step)
            if missing and left_ms > 0 and not missing.startswith(_FINAL):
                QTimer.singleShot(_RETRY_MS, self, lambda: self._try(script, step, done, left_ms - _RETRY_MS))
            else:
                done(missing.removeprefix(_FINAL))

        def gone() -> None:
            if not answers and not self._is_stopped:
                answers.append("")
                done("" if step["action"] in _MAY_CLOSE_PAGE else "the page has gone")

        if page is None or page.isLoading() or page.url().isEmpty():
            answered(None)
            return
        page.destroyed.connect(gone)
        # a button is pressed after the answer, so a load before it is the page's own: once more
        page.loadStarted.connect(lambda: answered(None))
        page.run(f'"{_ANSWERED}" + {call(script, step)}', answered)


def _missing(result: object, step: Step) -> str:
    """Return what the page has answered; an empty text is what Qt hands on where there was no answer."""
    if isinstance(result, str) and result.startswith(_ANSWERED):
        return result.removeprefix(_ANSWERED)
    if result == "":
        return "" if step["action"] in _MAY_CLOSE_PAGE else "the page has gone"
    return "the page is not there yet"
