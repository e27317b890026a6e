"""A field of a form: its label above, and beneath it what to put there or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone

#: Returns what is wrong with a text, as the end of a sentence; empty if nothing is.
Check = Callable[[str], str]
WHERE_TOKEN = "In the Tray app under Settings → Tokens; only admins and owners can make one."  # noqa: S105 - a hint


class Labelled(QWidget):
    """Any editor with a label above it and a line beneath it.

    Args:
        label: With its mnemonic.
        editor: What is edited in.
        hint: What to put there.
        beside: What stands beside the editor.
    """

    def __init__(
        self, label: str, editor: QWidget, hint: str = "", *beside: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self._plain_label = label.replace("&", "")
        self._editor = editor
        title = QLabel(label, self)
        title.setBuddy(editor)
        editor.setAccessibleName(self._plain_label)
        self._symbol = SymbolLabel("warning", Tone.PROBLEM, self)
        self._line = WrappedLabel(parent=self)
        self._line.setAccessibleName(f"About the field {self._plain_label}")
        self._lay_out(title, beside)
        self.setFocusProxy(editor)
        self.show_complaint("")

    def _lay_out(self, title: QLabel, beside: tuple[QWidget, ...]) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._editor, 1)
        for widget in beside:
            row.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addLayout(row)
        layout.addLayout(foot)

    @property
    def line_text(self) -> str:
        """What stands beneath the field."""
        return self._line.text()

    def set_hint(self, hint: str) -> None:
        """Say something else while nothing is wrong."""
        self._hint = hint
        if not self._symbol.isVisibleTo(self):
            self.show_complaint("")

    def show_complaint(self, why: str) -> None:
        """Say what is wrong; empty says what to put there."""
        text = f"{self._plain_label} {why}." if why else self._hint
        self._line.setText(text)
        self._line.setVisible(bool(text))
        self._symbol.setVisible(bool(why))
        role = QPalette.ColorRole.WindowText if why else QPalette.ColorRole.PlaceholderText
        self._line.setForegroundRole(role)
        self._editor.setAccessibleDescription(text)


class CheckedField(Labelled):
    """One line of text that is checked while it is typed.

    Signals:
        edited(): the text is another one.
    """

    edited = Signal()

    def __init__(
        self,
        label: str,
        check: Check,
        hint: str = "",
        *beside: QWidget,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.field = Field()
        super().__init__(label, self.field, hint, *beside, parent=parent)
        self._check = check
        self._is_touched = False
        self.field.setPlaceholderText(placeholder)
        self.field.textChanged.connect(self._on_changed)
        self.field.editingFinished.connect(self._on_left)

    @property
    def text(self) -> str:
        """The text, without spaces at its ends."""
        return self.field.text().strip()

    @property
    def complaint(self) -> str:
        """What is wrong with the text; empty if nothing is."""
        return self._check(self.text)

    def set_text(self, text: str) -> None:
        """Show a text that the person did not type; a mistake in it is pointed out at once."""
        self._is_touched = bool(text)
        self.field.setText(text)
        self.field.setCursorPosition(0)
        self.check_again()

    def check_again(self) -> None:
        """Show what is wrong now; a field that nobody has touched is not complained about."""
        self.show_complaint(self.complaint if self._is_touched else "")

    def insist(self) -> str:
        """Show what is wrong although nobody has touched the field, and return it."""
        self._is_touched = True
        self.check_again()
        return self.complaint

    def _on_changed(self) -> None:
        self._is_touched = self._is_touched or bool(self.text)
        self.check_again()
        self.edited.emit()

    def _on_left(self) -> None:
        if self.field.isModified():
            self.insist()


class SecretField(CheckedField):
    """A line that is not shown while it is typed, unless the person wants it to be."""

    def __init__(self, label: str, check: Check, hint: str = "", parent: QWidget | None = None) -> None:
        self._toggle = QPushButton("Show")
        super().__init__(label, check, hint, self._toggle, parent=parent)
        self._toggle.setCheckable(True)
        self._toggle.setAccessibleName(f"Show the {self._plain_label.lower()} as it is typed")
        self._toggle.toggled.connect(self._on_toggled)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        hints = self.field.inputMethodHints()
        self.field.setInputMethodHints(
            hints | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def hide_text(self) -> None:
        """Mask it again."""
        self._toggle.setChecked(False)

    def _on_toggled(self, is_shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._toggle.setText("Hide" if is_shown else "Show")
