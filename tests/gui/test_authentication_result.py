"""What the result panel says of ids that are new, and of those that were there before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.result_panel import ResultPanel

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CREATED, EDITED = Subject("Pam", "Slack", "Production"), Subject("Pam", "Slack", "", "Sales")


@pytest.mark.parametrize(
    ("subject", "was_known", "said"),
    [
        (CREATED, False, ""),
        (CREATED, None, ""),
        (CREATED, True, "An authentication the user already had"),
        (EDITED, True, "Already in the list: updated."),
        (EDITED, False, "Editing came back with an id that was not in the user's list before"),
        (EDITED, None, ""),
    ],
)
def test_a_known_id_is_shown_as_such(
    qtbot: QtBot, subject: Subject, was_known: bool | None, said: str
) -> None:
    panel = ResultPanel()
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show()
    outcome = replace(Outcome.captured("id-1", Via.OPENER), was_known=was_known)
    panel.show_captured("attempt-1", outcome, subject, NOW)
    assert panel.known_text.startswith(said)
    assert bool(panel.known_text) == bool(said)
    label = next(
        label for label in panel.findChildren(QLabel) if label.accessibleName() == "Whether the authId is new"
    )
    assert label.isVisible() == bool(said)
