"""What can be done with a workspace on the page, and where its token goes."""

from __future__ import annotations

import pytest
from keyring.backends import null
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton

from tests.gui.workspace_stage import TOKEN, Stage, backend, stage, use_backend
from tests.workspaces.memory_vault import LockedVault, MemoryVault
from tray_auth_desktop.errors import MissingTokenError
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.file import read_book
from tray_auth_desktop.workspaces.vault import Vault

__all__ = ["backend", "stage"]


# What can be done with a workspace.


def test_a_rename_is_told_and_the_token_follows(stage: Stage, backend: MemoryVault) -> None:
    Vault().keep_token("acme", Secret(TOKEN))
    stage.page.show_active("acme")
    stage.type(name="Acme 2")
    with stage.bot.waitSignal(stage.page.renamed) as renamed:
        stage.save()
    assert renamed.args == ["acme", "Acme 2"]
    assert backend.kept == {("tray-auth-desktop", "master token of Acme 2"): TOKEN}
    assert stage.page.active == "Acme 2"
    assert read_book(stage.path).active == "Acme 2"


def test_a_copy_has_a_name_of_its_own_and_no_token(stage: Stage, backend: MemoryVault) -> None:
    Vault().keep_token("acme", Secret(TOKEN))
    stage.page.editor.duplicate_button.click()
    assert stage.page.form.name.text == "acme copy"
    assert stage.page.form.embedded_id.text == "acme"
    stage.save()
    assert read_book(stage.path).get("acme copy").region == "eu1"
    assert len(backend.kept) == 1


def test_removing_asks_names_what_goes_and_takes_the_token_along(stage: Stage, backend: MemoryVault) -> None:
    Vault().keep_token("acme", Secret(TOKEN))
    page = stage.page
    page.editor.remove_button.click()
    question = page.questions.current
    assert isinstance(question, QMessageBox)
    assert str(stage.path) in question.informativeText()
    assert "Nothing at Tray is changed" in question.informativeText()
    stage.answer("Keep it")
    assert "acme" in stage.path.read_text()
    page.editor.remove_button.click()
    with stage.bot.waitSignal(page.changed):
        stage.answer("Remove")
    assert [entry.name for entry in read_book(stage.path).entries] == ["beta"]
    assert backend.kept == {}
    assert stage.used == ["stand-in"]


def test_the_stand_in_can_be_used_and_tested_but_not_changed(stage: Stage) -> None:
    page = stage.page
    page.select("stand-in")
    assert not page.form.isVisible()
    assert not page.editor.remove_button.isVisible()
    with stage.bot.waitSignal(page.panel.ended):
        page.editor.test_button.click()
    assert stage.checks.asked == [("stand-in", None)]
    page.editor.use_button.click()
    assert stage.used == ["stand-in"]


def test_the_list_is_filtered_sorted_and_copied(stage: Stage) -> None:
    shown = stage.page.list
    shown.filter_line.setText("eu1 acme")
    assert [row[0] for row in stage.rows()] == ["acme"]
    shown.view.setFocus()
    QTest.keyClick(shown.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "acme\teu1 · acme\tin use"
    shown.filter_line.setText("nothing like it")
    assert not stage.rows()
    shown.filter_line.clear()
    shown.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in stage.rows()] == ["Stand-in", "beta", "acme"]
    assert shown.key == "acme"
    QTest.keyClick(shown.view, Qt.Key.Key_Up)
    assert stage.page.form.name.text == "beta"
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert stage.used == ["beta"]


# The token.


def test_the_token_is_masked_unless_it_is_to_be_seen(stage: Stage) -> None:
    token = stage.page.form.token
    stage.type(token=TOKEN)
    assert token.field.echoMode() is QLineEdit.EchoMode.Password
    (toggle,) = token.findChildren(QPushButton)
    toggle.click()
    assert token.field.echoMode() is QLineEdit.EchoMode.Normal
    stage.page.select("beta")
    assert token.field.echoMode() is QLineEdit.EchoMode.Password


def test_where_the_token_goes_is_said(stage: Stage) -> None:
    page = stage.page
    assert "It will be kept in" in page.form.token.line_text
    Vault().keep_token("beta", Secret(TOKEN))
    page.select("beta")
    stage.bot.waitUntil(lambda: "One is kept in" in page.form.token.line_text)
    use_backend(stage, null.Keyring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    assert "no vault" in page.form.token.line_text
    assert "TRAY_MASTER_TOKEN" in page.form.token.line_text


def test_without_a_vault_the_token_is_handed_on_and_written_nowhere(stage: Stage) -> None:
    use_backend(stage, null.Keyring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    stage.type(token=TOKEN)
    stage.save()
    assert stage.given == [("acme", Secret(TOKEN))]
    assert stage.checks.asked == [("acme", Secret(TOKEN))]
    assert "no vault" in stage.page.editor.notice
    assert TOKEN not in stage.path.read_text()


def test_a_locked_vault_is_explained_and_the_workspace_is_saved(stage: Stage) -> None:
    use_backend(stage, LockedVault())
    stage.type(embedded_id="typed", token=TOKEN)
    stage.save()
    assert read_book(stage.path).get("acme").embedded_id == "typed"
    assert "locked" in stage.page.editor.notice
    assert stage.given == [("acme", Secret(TOKEN))]


@pytest.mark.parametrize("keep", [True, False])
def test_a_missing_token_is_asked_for_and_the_test_goes_on(
    stage: Stage, backend: MemoryVault, keep: bool
) -> None:
    stage.checks.error = MissingTokenError("No master token is set.")
    stage.page.editor.test_button.click()
    question = stage.question()
    stage.checks.error = None
    assert question.keep.isVisible()
    question.keep.setChecked(keep)
    question.token.field.setText(TOKEN)
    with stage.bot.waitSignal(stage.page.panel.ended):
        question.use_button.click()
    assert bool(backend.kept) is keep
    assert stage.given == [("acme", Secret(TOKEN))]
    assert stage.checks.asked[-1] == ("acme", None if keep else Secret(TOKEN))
    assert stage.page.panel.summary == "Everything works."


def test_a_workspace_that_is_not_in_the_file_may_be_in_use(stage: Stage) -> None:
    stage.page.show_active("")
    with stage.bot.waitSignal(stage.page.store.book_read):
        stage.page.reload()
    assert stage.page.form.name.text == "acme"
    assert [row[2] for row in stage.rows()] == ["", "", ""]


def test_the_last_workspace_gone_is_a_first_run_again(stage: Stage) -> None:
    for name in ("acme", "beta"):
        stage.page.select(name)
        stage.page.editor.remove_button.click()
        with stage.bot.waitSignal(stage.page.changed):
            stage.answer("Remove")
    assert stage.page.is_first_run
    assert read_book(stage.path).entries == ()
