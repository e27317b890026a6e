"""A part of a column that is folded away until it is wanted."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tray_auth_desktop.gui.scrolling import bring_into_view
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.text_button import FoldButton

_Contents = TypeVar("_Contents")
#: What a button has around its text and symbol.
_MARGINS_PX = 24


class Fold(QWidget, Generic[_Contents]):
    """Says in its title what is set within, so that nothing counts unseen.

    What is inside is made when it is first wanted: the window's first paint need not wait for it. A
    derived class makes it in `make`, and calls `on_changed` whenever something in it is set.

    Args:
        title: what stands on the button, with its mnemonic.
        problem_name: what the line below is called for a screen reader.
        parent: the owner.

    Signals:
        changed(): something else is set.
    """

    changed = Signal()

    def __init__(self, title: str, problem_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._contents: _Contents | None = None
        self.toggle = FoldButton("", self)
        self._inside = QWidget(self)
        self._problem = WrappedLabel(parent=self)
        self._problem.setAccessibleName(problem_name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        # however much is set within, the column is no wider for it
        self.toggle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout.addWidget(self.toggle)
        layout.addWidget(self._inside)
        layout.addWidget(self._problem)
        self.toggle.clicked.connect(self._on_clicked)
        self.toggle.toggled.connect(self._show)
        self._show()

    @property
    def made(self) -> _Contents | None:
        """What is inside, if it was wanted yet; until then nothing is set."""
        return self._contents

    @property
    def contents(self) -> _Contents:
        """What is inside, made when it is first wanted."""
        if self._contents is None:
            inside = QVBoxLayout(self._inside)
            inside.setContentsMargins(8, 0, 0, 0)
            inside.setSpacing(8)
            self._contents = self.make(inside)
        return self._contents

    def make(self, inside: QVBoxLayout) -> _Contents:
        """Make what is folded away and put it into the layout; called once."""
        raise NotImplementedError

    def words(self) -> str:
        """Return what is set within, for the title; empty if nothing is."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return why a dialog cannot be opened with this; empty if it can."""
        raise NotImplementedError

    def on_changed(self) -> None:
        """Say that something else is set."""
        self._show()
        self.changed.emit()

    def _on_clicked(self, is_open: bool) -> None:
        """Show what was just opened: it stands at the foot of a column that scrolls."""
        if is_open:
            QTimer.singleShot(0, self, lambda: bring_into_view(self))  # once everything has its place

    def _show(self) -> None:
        is_open = self.toggle.isChecked()
        if is_open:
            _ = self.contents
        self._inside.setVisible(is_open)
        self._show_title()
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say as much of what is set within as there is room for."""
        super().resizeEvent(event)
        self._show_title()

    def _show_title(self) -> None:
        words = self.words()
        metrics = self.toggle.fontMetrics()
        around = metrics.horizontalAdvance(f"{self._title} ()") + self.toggle.iconSize().width() + _MARGINS_PX
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, self.width() - around))
        said = f" ({shown.replace('&', '&&')})" if words else ""
        self.toggle.setText(self._title + said)
        self.toggle.setToolTip(words if shown != words else "")
        self.toggle.setAccessibleName(f"{self._title.replace('&', '')} ({words})" if words else "")
