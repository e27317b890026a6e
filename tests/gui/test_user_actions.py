"""Making and copying end users, and what is said when that does not go well."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.form_bench import FormStage, left
from tests.gui.user_dialogs import button, fill, new_dialog
from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.errors import (
    ApiTimeoutError,
    ForbiddenError,
    GraphQLError,
    HttpStatusError,
    NetworkError,
    RateLimitedError,
    UnreadableReplyError,
)
from tray_auth_desktop.onboarding.user_work import may_have_been_done

__all__ = ["left"]


# New end users.


def test_a_new_end_user_is_made_and_chosen_at_once(left: FormStage) -> None:
    left.load()
    dialog = new_dialog(left)
    fill(dialog, "  Jim Halpert ", " dunder-009 ")
    dialog.is_test_user.setChecked(True)
    QTest.keyClick(dialog.external_user_id, Qt.Key.Key_Return)
    left.until(lambda: left.form.user_picker.key == "made-4")
    assert left.client.users_kept[-1] == EndUser("made-4", "Jim Halpert", "dunder-009", True)
    assert left.form.user_picker.field.text() == "Jim Halpert"
    assert left.form.user_picker.state_text == "dunder-009 · test user"
    assert left.form.users.dialog is None


def test_whoever_is_no_test_user_is_not_called_one(left: FormStage) -> None:
    left.load()
    dialog = new_dialog(left)
    fill(dialog)
    button(dialog, "Create").click()
    left.until(lambda: left.form.user_picker.key == "made-4")
    assert left.client.users_kept[-1].is_test_user is None, "left out, as Tray's default is no test user"


@pytest.mark.parametrize(
    ("name", "external", "problem"),
    [
        ("", "x", "The name is missing."),
        ("   ", "x", "The name is missing."),
        ("Jim", " ", "The external user id is missing."),
        ("Jim\u200b", "x", "Name and id cannot hold invisible characters"),
    ],
)
def test_what_cannot_be_sent_is_not_sent(left: FormStage, name: str, external: str, problem: str) -> None:
    left.load()
    dialog = new_dialog(left)
    dialog.name.setText(name)
    dialog.external_user_id.setText(external)
    assert dialog.problem().startswith(problem)
    assert not button(dialog, "Create").isEnabled()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert "create user" not in left.client.calls


def test_a_refusal_is_shown_and_nothing_typed_is_lost(left: FormStage) -> None:
    left.load()
    left.client.failing["create user"] = GraphQLError(
        ("An end user of this external id exists",),
        operation="createExternalUser",
        code="user_already_exists",
    )
    dialog = new_dialog(left)
    fill(dialog)
    button(dialog, "Create").click()
    left.until(lambda: "An end user of this external id exists" in dialog.message)
    assert "Nothing was made" in dialog.message
    assert dialog.focusWidget() is dialog.external_user_id
    assert (dialog.name.text(), dialog.external_user_id.text()) == ("Jim Halpert", "dunder-009")
    assert not button(dialog, "Look for it").isVisible()
    left.client.failing.clear()
    button(dialog, "Create").click()
    left.until(lambda: left.form.user_picker.key == "made-4")


def test_without_an_answer_the_user_is_looked_for_and_not_made_twice(left: FormStage) -> None:
    left.load()
    left.client.failing["after create"] = ApiTimeoutError("No answer within 30 s.")
    dialog = new_dialog(left)
    fill(dialog)
    button(dialog, "Create").click()
    left.until(lambda: "may have been made" in dialog.message)
    assert "No answer within 30 s." in dialog.message
    look = button(dialog, "Look for it")
    assert look.isVisible()
    look.click()
    left.until(lambda: left.form.user_picker.key == "made-4")
    assert left.client.calls.count("create user") == 1


def test_if_it_was_not_made_that_is_said_and_it_can_be_made(left: FormStage) -> None:
    left.load()
    left.client.failing["create user"] = NetworkError("The connection broke.")
    dialog = new_dialog(left)
    fill(dialog)
    button(dialog, "Create").click()
    left.until(lambda: "may have been made" in dialog.message)
    left.client.failing.clear()
    button(dialog, "Look for it").click()
    left.until(lambda: "so it was not made" in dialog.message)
    assert not button(dialog, "Look for it").isVisible()
    button(dialog, "Create").click()
    left.until(lambda: left.form.user_picker.key == "made-4")


def test_a_look_that_fails_leaves_the_doubt(left: FormStage) -> None:
    left.load()
    left.client.failing |= {"create user": NetworkError("Broken."), "search": NetworkError("Still broken.")}
    dialog = new_dialog(left)
    fill(dialog)
    button(dialog, "Create").click()
    left.until(lambda: "may have been made" in dialog.message)
    button(dialog, "Look for it").click()
    left.until(lambda: "Still broken." in dialog.message)
    assert "still not known" in dialog.message
    assert button(dialog, "Look for it").isVisible()


def test_a_call_under_way_is_made_once(left: FormStage) -> None:
    left.load()
    gate = left.client.gates["create user"] = threading.Event()
    dialog = new_dialog(left)
    fill(dialog)
    create = button(dialog, "Create")
    create.click()
    create.click()
    assert not create.isEnabled()
    assert not dialog.name.isEnabled()
    gate.set()
    left.until(lambda: left.form.user_picker.key == "made-4")
    assert left.client.calls.count("create user") == 1


@pytest.mark.parametrize(
    ("error", "is_doubtful"),
    [
        (ApiTimeoutError("."), True),
        (NetworkError("."), True),
        (HttpStatusError(".", operation="x", status=502), True),
        (UnreadableReplyError(".", operation="x"), True),
        (GraphQLError(("Internal",), operation="x", name="InternalError"), True),
        (HttpStatusError(".", operation="x", status=400), False),
        (GraphQLError(("No",), operation="x", name="PreconditionError"), False),
        (ForbiddenError(".", operation="x"), False),
        (RateLimitedError(".", operation="x"), False),
    ],
)
def test_only_a_clear_answer_leaves_no_doubt(error: Exception, is_doubtful: bool) -> None:
    assert may_have_been_done(error) is is_doubtful


# Copies.


def test_ids_can_be_copied_one_by_one_and_together(left: FormStage, qapp: QApplication) -> None:
    left.load()
    left.form.user_picker.choose("user-1")
    users, clipboard = left.form.users, qapp.clipboard()
    with left.bot.waitSignal(left.form.copied):
        users.copy_id.trigger()
    assert clipboard.text() == "user-1"
    users.copy_external_id.trigger()
    assert clipboard.text() == "dunder-001"
    users.copy_both.trigger()
    assert clipboard.text() == "User id: user-1\nExternal user id: dunder-001"


def test_what_makes_no_sense_is_disabled(left: FormStage) -> None:
    left.load()
    users = left.form.users
    assert [action.isEnabled() for action in users.all] == [True, False, False, False, False]
    assert left.form.why_no_user() == "Choose an end user first."
    left.form.user_picker.choose("user-4")
    assert [action.isEnabled() for action in users.all] == [True, True, False, True, True]
    assert left.form.why_no_user() == ""


def test_the_actions_are_in_the_fields_context_menu_too(left: FormStage) -> None:
    assert left.form.user_picker.field.menu_actions == left.form.users.all
