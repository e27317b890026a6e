"""Deleting end users, and leaving while one is made or deleted."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.form_bench import SLACK, FormStage, left
from tests.gui.user_dialogs import button, fill, new_dialog
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.errors import (
    ApiTimeoutError,
    ForbiddenError,
)
from tray_auth_desktop.gui.delete_user_dialog import DeleteUserDialog

__all__ = ["left"]


def delete_dialog(stage: FormStage) -> DeleteUserDialog:
    stage.form.delete_user()
    dialog = stage.form.users.dialog
    assert isinstance(dialog, DeleteUserDialog)
    return dialog


def test_the_question_names_what_goes_with_the_user(left: FormStage) -> None:
    left.client.lists["user-1"] = tuple(
        Authentication(f"a-{number}", f"Account {number}", SLACK) for number in range(7)
    )
    left.load()
    left.form.user_picker.choose("user-1")
    dialog = delete_dialog(left)
    assert not button(dialog, "Delete").isEnabled(), "not before it is known what would be lost"
    left.until(button(dialog, "Delete").isEnabled)
    for part in (
        "“Michael Scott”",
        "user-1",
        "dunder-001",
        "7 authentications go with it",
        "Account 4 (Slack)",
    ):
        assert part in dialog.text
    assert "Account 5" not in dialog.text
    assert "and 2 more" in dialog.text
    assert "solution instances" in dialog.text
    assert button(dialog, "Cancel").isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert "delete user" not in left.client.calls


def test_a_deleted_user_is_gone_from_field_and_list(left: FormStage) -> None:
    left.load()
    left.form.user_picker.choose("user-1")
    dialog = delete_dialog(left)
    left.until(button(dialog, "Delete").isEnabled)
    assert "It has no authentications." in dialog.text
    with left.bot.waitSignal(left.form.user_chosen) as chosen:
        button(dialog, "Delete").click()
    assert chosen.args == [None]
    assert left.form.user_picker.field.text() == ""
    assert left.form.user_picker.state_text == "3 to choose from"
    assert left.form.request() is None


def test_a_user_can_be_deleted_although_nobody_knows_what_it_has(left: FormStage) -> None:
    left.load()
    left.form.user_picker.choose("user-1")
    left.client.failing["authentications"] = ForbiddenError("403.", operation="authorize")
    dialog = delete_dialog(left)
    left.until(button(dialog, "Delete").isEnabled)
    assert "could not be found out. 403." in dialog.text
    button(dialog, "Delete").click()
    left.until(lambda: left.form.user_picker.key == "")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ForbiddenError("403.", operation="removeExternalUser"), "Nothing was deleted."),
        (ApiTimeoutError("No answer."), "It may have been deleted all the same"),
    ],
)
def test_a_deletion_that_fails_says_what_is_known(left: FormStage, error: Exception, words: str) -> None:
    left.load()
    left.form.user_picker.choose("user-1")
    left.client.failing["delete user"] = error
    dialog = delete_dialog(left)
    left.until(button(dialog, "Delete").isEnabled)
    button(dialog, "Delete").click()
    left.until(lambda: words in dialog.text)
    assert left.form.user_picker.key == "user-1"
    assert button(dialog, "Delete").isEnabled()


def test_leaving_while_a_user_is_made_or_deleted_is_asked_for_twice(left: FormStage) -> None:
    left.load()
    left.form.user_picker.choose("user-1")
    gates = left.client.gates
    gates["create user"], gates["delete user"] = threading.Event(), threading.Event()
    creating = new_dialog(left)
    fill(creating)
    button(creating, "Create").click()
    creating.reject()
    assert creating.isVisible()
    assert "cannot be taken back" in creating.message
    gates["create user"].set()
    left.until(lambda: left.form.user_picker.key == "made-4")
    deleting = delete_dialog(left)
    left.until(button(deleting, "Delete").isEnabled)
    button(deleting, "Delete").click()
    deleting.reject()
    assert deleting.isVisible()
    assert "cannot be taken back" in deleting.text
    deleting.reject()
    assert not deleting.isVisible()
    gates["delete user"].set()
