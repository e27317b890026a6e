"""Asks before authentications are deleted, and names them: there is no way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.core.models import Authentication

_NAMED = 10
_LOSS = "This cannot be undone. Solution instances and workflows that use {it} stop working."


class DeleteQuestion(QMessageBox):
    """Cancel is the default. Open it with `open()`; `is_confirmed` has the answer once it is finished."""

    def __init__(self, chosen: Sequence[Authentication], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        is_one = len(chosen) == 1
        what = "the authentication" if is_one else counted(len(chosen), "authentication")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle("Delete the authentication?" if is_one else "Delete the authentications?")
        self.setText(f"Delete {what}{f' “{chosen[0].label}”' if is_one else ''}?")
        self.setInformativeText(f"{_named(chosen)}\n\n{_LOSS.format(it='it' if is_one else 'them')}")
        self._delete = QPushButton(f"&Delete {what}", self)
        keep = QPushButton("&Cancel", self)
        self.addButton(self._delete, QMessageBox.ButtonRole.DestructiveRole)
        self.addButton(keep, QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)

    @property
    def delete_button(self) -> QPushButton:
        """The button that confirms."""
        return self._delete

    @property
    def is_confirmed(self) -> bool:
        """Whether the person wants it."""
        return self.clickedButton() is self._delete


def _named(chosen: Sequence[Authentication]) -> str:
    if len(chosen) == 1:
        one = chosen[0]
        service = one.service.label if one.service else "not known"
        return f"Name: {one.name or 'none'}\nService: {service}\nauthId: {one.auth_id}"
    lines = [f"• {_line_of(one)}" for one in chosen[:_NAMED]]
    if len(chosen) > _NAMED:
        lines.append(f"• and {len(chosen) - _NAMED} more")
    return "\n".join(lines)


def _line_of(one: Authentication) -> str:
    service = f" ({one.service.label})" if one.service else ""
    return f"{one.name}{service}, {one.auth_id}" if one.name else f"{one.auth_id}{service}"
