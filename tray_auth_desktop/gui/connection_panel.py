"""The test of a connection: each check with a symbol, what was found, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.connection_check import CheckResult, Verdict
from tray_auth_desktop.errors import MissingTokenError
from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.grounds import Card
from tray_auth_desktop.gui.scrolling import bring_into_view
from tray_auth_desktop.gui.state_line import BusyBar, WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone, give_style, scaled_font
from tray_auth_desktop.onboarding.connection_test import Checks, ConnectionTest
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret

#: Makes the checks of a workspace by its name, with this token instead of the kept one. On a worker thread.
Diagnose = Callable[[str, Secret | None], Iterator[CheckResult]]
#: Symbol, its tone, and the word that says the same.
_LOOKS: dict[Verdict, tuple[str, Tone | None, str]] = {
    Verdict.OK: ("check", Tone.GOOD, "works"),
    Verdict.DOUBTFUL: ("warning", Tone.WARNING, "doubtful"),
    Verdict.FAILED: ("warning", Tone.PROBLEM, "does not work"),
    Verdict.SKIPPED: ("info", None, "not tested"),
}
_GOOD = "Everything works."
_DOUBTFUL = "It works, with doubts. Read what is marked."
_BAD = "Something does not work. Read what is marked, change it, and test again."


class ConnectionPanel(Card):
    """Runs a test and shows its results as they come. Hidden until the first one.

    Signals:
        token_missed(): the test could not be made, because there is no master token.
        ended(bool): the test is over; whether nothing failed.
        use_clicked(): the person wants to use the workspace that was tested.
        copied(str): this text is on the clipboard.
    """

    use_clicked = Signal()
    token_missed = Signal()
    ended = Signal(bool)
    copied = Signal(str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks: Checks | None = None
        self._name = ""
        self._offers_use = False
        self._is_news = False
        self._results: list[CheckResult] = []
        self._test = ConnectionTest(tasks, self)
        self._title = QLabel("Connection test", self)
        self._title.setFont(scaled_font(self._title, 1.0, is_bold=True))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._progress = BusyBar("Testing the connection", self)
        self._summary = WrappedLabel(parent=self)
        self._summary.setAccessibleName("Result of the connection test")
        self._summary.setForegroundRole(QPalette.ColorRole.Text)
        self._rows = QVBoxLayout()
        self.retry_button = QPushButton("&Retry", self)
        self.cancel_button = QPushButton("&Cancel", self)
        self.copy_button = QPushButton("Co&py results", self)
        self.use_button = QPushButton("Use this &workspace now", self)
        self._lay_out()
        self._connect_all()
        self.hide()

    def _lay_out(self) -> None:
        self._rows.setSpacing(8)
        self.retry_button.setAccessibleName("Retry: test the connection again")
        self.cancel_button.setAccessibleName("Cancel the connection test")
        give_style(self.use_button, "primary_button")
        buttons = FlowLayout()
        for button in (self.use_button, self.retry_button, self.cancel_button, self.copy_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._progress)
        layout.addLayout(self._rows)
        layout.addWidget(self._summary)
        layout.addLayout(buttons)

    def _connect_all(self) -> None:
        self._test.found.connect(self._add)
        self._test.ended.connect(self._on_ended)
        self._test.failed.connect(self._on_failed)
        self.retry_button.clicked.connect(self.retry)
        self.cancel_button.clicked.connect(self.cancel)
        self.copy_button.clicked.connect(self._copy)
        self.use_button.clicked.connect(self.use_clicked)

    @property
    def results(self) -> tuple[CheckResult, ...]:
        """What has been found so far."""
        return tuple(self._results)

    @property
    def is_running(self) -> bool:
        """Whether results are still to come."""
        return self._test.is_running

    @property
    def summary(self) -> str:
        """What is said beneath the results."""
        return self._summary.text()

    @property
    def text(self) -> str:
        """All results as plain text."""
        lines = [f"{one.subject}: {_LOOKS[one.verdict][2]}. {one.text}" for one in self._results]
        return "\n".join([self._title.text(), *lines, self.summary]).strip()

    def start(self, name: str, checks: Checks, *, offers_use: bool = False) -> None:
        """Test the connection of a workspace.

        Args:
            name: What it is called.
            checks: Makes the results.
            offers_use: Whether to offer to use it, unless something fails.
        """
        self._checks, self._name, self._offers_use = checks, name, offers_use
        self._is_news = True
        self._clear()
        self._title.setText(f"Connection test of {name}")
        self._show_running(True)
        self._summary.setText("Testing…")
        self.show()
        self._test.start(checks)

    def retry(self) -> None:
        """Test again."""
        if self._checks is not None:
            self.start(self._name, self._checks, offers_use=self._offers_use)

    def cancel(self) -> None:
        """End the test; what was found stays."""
        if self._test.is_running:
            self._test.cancel()
            self._summary.setText("Cancelled. Retry tests again.")
            self._show_running(False)

    def dismiss(self) -> None:
        """End the test and show nothing: another workspace is looked at."""
        self._test.cancel()
        self._clear()
        self.hide()

    def offer_no_use(self) -> None:
        """It is in use already: there is nothing to offer any more."""
        self._offers_use = False
        self.use_button.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what has come in sight: the form above it may be higher than the window."""
        super().resizeEvent(event)
        if self._is_news or self._test.is_running:
            self._is_news = self._test.is_running
            bring_into_view(self)

    def _add(self, result: CheckResult) -> None:
        self._results.append(result)
        self._rows.addWidget(_ResultRow(result, self))

    def _on_ended(self) -> None:
        self._show_running(False)
        verdicts = {result.verdict for result in self._results}
        if Verdict.FAILED in verdicts:
            self._summary.setText(_BAD)
        else:
            self._summary.setText(_DOUBTFUL if Verdict.DOUBTFUL in verdicts else _GOOD)
            self.use_button.setVisible(self._offers_use)
        self.ended.emit(Verdict.FAILED not in verdicts)

    def _on_failed(self, error: Exception) -> None:
        self._show_running(False)
        subject = "Master token" if isinstance(error, MissingTokenError) else "Connection"
        self._add(CheckResult(subject, Verdict.FAILED, explain(error)))
        self._summary.setText(_BAD)
        if isinstance(error, MissingTokenError):
            self.token_missed.emit()
        self.ended.emit(False)

    def _show_running(self, is_running: bool) -> None:
        had_focus = self.retry_button.hasFocus() or self.cancel_button.hasFocus()
        self._progress.setVisible(is_running)
        self.use_button.hide()
        self.cancel_button.setVisible(is_running)
        self.retry_button.setVisible(not is_running)
        self.copy_button.setVisible(not is_running)
        if had_focus:
            (self.cancel_button if is_running else self.retry_button).setFocus()

    def _clear(self) -> None:
        self._results.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copied.emit(self.text)


class _ResultRow(QWidget):
    """One check."""

    def __init__(self, result: CheckResult, parent: QWidget) -> None:
        super().__init__(parent)
        symbol, tone, word = _LOOKS[result.verdict]
        head = WrappedLabel(f"{result.subject}: {word}", self)
        head.setFont(scaled_font(head, 1.0, is_bold=True))
        text = WrappedLabel(result.text, self)
        text.setAccessibleName(f"{result.subject}: {word}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(head)
        words.addWidget(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SymbolLabel(symbol, tone, self), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
