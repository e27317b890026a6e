"""Acts in one window of a dialog, in the words of whoever looks at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from tray_auth_desktop import app
from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.qa.errors import KEYS, DialogExpectationError, address_in, unmet
from tray_auth_desktop.qa.waiting import wait_for
from tray_auth_desktop.qa.watch import PATIENCE_S, AttemptWatch

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.driver import PageDriver
    from tray_auth_desktop.dialog.popup_page import PopupPage

#: Seconds that a page gets to have what is looked for, unless a test says otherwise.
STEP_S = 20.0
Done = Callable[[str], None]


class WindowDriver:
    """Fills, clicks, chooses and presses in one window. Each step waits until the page has what it needs.

    Args:
        watch: The attempt that the window belongs to.
        page: Returns the window's page; None where it is gone or not there yet.
    """

    def __init__(self, watch: AttemptWatch, page: Callable[[], PopupPage | None]) -> None:
        self._watch = watch
        self._page = page

    @property
    def address(self) -> str:
        """Where the page is: origin and path, without what may be secret. Empty where there is no page."""
        look = self._look()
        return address_in(look) if look else ""

    def fill(self, label: str, value: str, *, timeout: float = STEP_S) -> None:
        """Fill the field labelled `label`; the beginning of its label will do where only one begins so."""
        __tracebackhide__ = True
        self._do(f'fill "{label}"', lambda driver, done: driver.fill(label, value, done), timeout)

    def click(self, text: str, *, timeout: float = STEP_S) -> None:
        """Click the button or the link that says `text` or begins so, or the box that is labelled so."""
        __tracebackhide__ = True
        self._do(f'click "{text}"', lambda driver, done: driver.press(text, done), timeout)

    def choose(self, label: str, option: str, *, timeout: float = STEP_S) -> None:
        """Choose `option` in the list, or tick it among the boxes, labelled `label`."""
        __tracebackhide__ = True
        wanted = f'choose "{option}" in "{label}"'
        self._do(wanted, lambda driver, done: driver.choose(label, option, done), timeout)

    def press(self, key: str, *, timeout: float = STEP_S) -> None:
        """Press a key, such as `Enter`, `Esc`, `Shift+Tab` or `a`, where the page has its keyboard.

        Raises:
            DialogExpectationError: there is no key of that name, or the page has not heard it.
        """
        __tracebackhide__ = True
        wanted = f'press "{key}"'
        try:
            self._do(wanted, lambda driver, done: driver.press_key(key, done), timeout)
        except ValueError as error:
            raise unmet(wanted, f"{error}; there are {KEYS}", "") from None

    def wait_for_text(self, text: str, *, timeout: float = STEP_S) -> None:
        """Wait until a text can be seen on the page, whatever the case of its letters."""
        __tracebackhide__ = True
        self._do(f'wait for the text "{text}"', lambda driver, done: driver.find_text(text, done), timeout)

    def wait_until_closed(self, *, timeout: float = STEP_S) -> None:
        """Wait until the window is gone, as that of a third party is when it is done."""
        __tracebackhide__ = True
        watch = self._watch
        if not wait_for(lambda: watch.is_over or self._page() is None, watch.changed, timeout):
            raise unmet("wait until the window is closed", "it is open", self._look())

    @overload
    def screenshot(self, path: None = None) -> bytes: ...

    @overload
    def screenshot(self, path: Path | str) -> Path: ...

    def screenshot(self, path: Path | str | None = None) -> bytes | Path:
        """Take a picture of the page. Returns the bytes of a PNG file, or the path it was written to."""
        __tracebackhide__ = True
        self._do("take a picture", lambda driver, done: driver.draw(done), STEP_S)
        picture = app.picture_of(self._page())
        if picture is None:
            raise DialogExpectationError(f"take a picture: {self._missing()}.")
        data = picture.png()
        if path is None:
            return data
        written = Path(path)
        written.write_bytes(data)
        return written

    def evaluate(self, source: str, *, timeout: float = STEP_S) -> Any:
        """Run a script in the page, and return what it evaluates to: a text, a number, or whether it is so.

        Of objects and lists the engine hands on nothing: a script has to return them as JSON text.
        It runs in a world of its own: it sees the page's document, not the variables of its scripts.
        """
        __tracebackhide__ = True
        answers: list[Any] = []
        page = self._page()
        if page is not None:
            self._wait_for_answer(lambda done: page.run(source, done), answers, timeout)
        if not answers:
            raise unmet("run a script", self._missing(), "")
        return answers[0]

    def _do(self, wanted: str, step: Callable[[PageDriver, Done], None], timeout_s: float) -> None:
        """Take a step; the page has `timeout_s` to be ready for it."""
        __tracebackhide__ = True
        answers: list[str] = []
        driver = self._driver(timeout_s)
        if driver is not None:
            self._wait_for_answer(lambda done: step(driver, done), answers, timeout_s + PATIENCE_S)
            driver.stop()
        if answers == [""]:
            return
        why = answers[0] if answers else self._missing()
        raise unmet(wanted, why, self._look())

    def _look(self) -> str:
        """Return what is on the page as JSON text; empty where there is no page."""
        answers: list[str] = []
        driver = self._driver(0)
        if driver is not None and self._page() is not None:
            self._wait_for_answer(driver.look, answers, STEP_S)
            driver.stop()
        return answers[0] if answers else ""

    def _driver(self, limit_s: float) -> PageDriver | None:
        dialog = self._watch.dialog
        if dialog is None:
            return None
        return app.page_driver(dialog, self._watch, page=self._page, limit_ms=round(limit_s * 1_000))

    def _wait_for_answer(
        self, ask: Callable[[Callable[[Any], None]], None], answers: list[Any], limit_s: float
    ) -> None:
        watch = self._watch

        def done(answer: Any) -> None:
            answers.append(answer)
            watch.changed.emit()

        ask(done)
        wait_for(lambda: bool(answers) or watch.is_over, watch.changed, limit_s)

    def _missing(self) -> str:
        if self._watch.is_over:
            return f"the dialog is over: {outcome_text(self._watch.outcome)}"
        return "the page does not answer" if self._page() is not None else "the window is not there"


def outcome_text(outcome: Outcome | None) -> str:
    """Return how an attempt ended, on one line."""
    if outcome is None:
        return "no outcome"
    return f"{outcome.kind.value}, {outcome.auth_id or outcome.message or 'no message'}"
