"""More end users than a page holds, and the field they are chosen in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.form_bench import (
    FormClient,
    FormStage,
    Matcher,
    exactly,
    make_form_stage,
)
from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.gui.user_picker import UserPicker

CROWD = tuple(EndUser(f"id-{number:05}", f"Person {number:05}", f"ext-{number:05}") for number in range(350))


def crowd_stage(
    qtbot: QtBot, tmp_path: Path, matches: Matcher = exactly, users: tuple[EndUser, ...] = CROWD
) -> FormStage:
    stage = make_form_stage(qtbot, tmp_path, FormClient(users_kept=users, matches=matches))
    stage.load()
    return stage


def button_of(picker: UserPicker, name: str) -> QPushButton:
    buttons = picker.findChildren(QPushButton)
    return next(button for button in buttons if button.accessibleName().startswith(name))
