"""The first run, and the form of a workspace: nothing typed is lost, nothing wrong is saved."""

from __future__ import annotations

import stat

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.workspace_stage import BOOK, TOKEN, Stage, backend, empty, stage
from tests.workspaces.memory_vault import MemoryVault
from tray_auth_desktop.workspaces.file import read_book, use_workspace

__all__ = ["backend", "empty", "stage"]


# The first run.


def test_the_first_run_leads_to_a_tested_workspace_in_use(empty: Stage, backend: MemoryVault) -> None:
    page = empty.page
    assert page.is_first_run
    assert empty.rows() == (("Stand-in", "", "in use"),)
    QTest.mouseClick(page.welcome.add_button, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is page.form.name.field
    assert not page.form.save_button.isEnabled()
    empty.type(name="Acme EU", embedded_id="acme", token=f" Bearer {TOKEN} ")
    region = page.form.region.focusProxy()
    assert region is not None
    QTest.keyClicks(region, "Europe")
    empty.save()
    (entry,) = read_book(empty.path).entries
    assert (entry.name, entry.region, entry.embedded_id) == ("Acme EU", "eu1", "acme")
    assert backend.kept == {("tray-auth-desktop", "master token of Acme EU"): TOKEN}
    assert TOKEN not in empty.path.read_text()
    assert stat.S_IMODE(empty.path.stat().st_mode) == 0o600
    assert empty.checks.asked == [("Acme EU", None)]
    assert page.panel.summary == "Everything works."
    assert page.form.token.text == ""
    QTest.mouseClick(page.panel.use_button, Qt.MouseButton.LeftButton)
    assert empty.used == ["Acme EU"]
    page.show_active("Acme EU")
    assert empty.rows() == (("Acme EU", "eu1 · acme", "in use"), ("Stand-in", "", ""))
    assert not page.editor.use_button.isVisible()


def test_the_stand_in_will_do_for_now(empty: Stage) -> None:
    QTest.mouseClick(empty.page.welcome.stand_in_button, Qt.MouseButton.LeftButton)
    assert empty.used == ["stand-in"]
    assert not empty.path.exists()


# The form.


def test_mistakes_are_shown_beside_the_field_as_one_types(stage: Stage) -> None:
    page, form = stage.page, stage.page.form
    page.select("beta")
    assert "Embedded settings" in form.embedded_id.line_text
    stage.type(embedded_id="a b")
    assert "letters, digits" in form.embedded_id.line_text
    assert form.embedded_id.field.accessibleDescription() == form.embedded_id.line_text
    assert not form.save_button.isEnabled()
    stage.type(embedded_id="ab", name="ACME")
    assert "another workspace's" in form.name.line_text
    stage.type(name="stand-in")
    assert "must not be stand-in" in form.name.line_text
    stage.type(name="BETA", token="two words")
    assert "two words" not in form.token.line_text
    assert not form.save_button.isEnabled()
    form.token.set_text("")
    form.hosts.set_open(True)
    stage.type(dialog_url="http://dialog.example")
    assert "https://" in form.hosts.field("dialog_url").line_text
    stage.type(dialog_url="https://dialog.example", proxy="http://jim:pw@proxy.example")
    assert "vault" in form.hosts.field("proxy").line_text
    stage.type(proxy="http://jim@proxy.example")
    form.hosts.hosts.set_text("slack = x")
    assert "(line 1)" in form.hosts.hosts.line_text
    form.hosts.hosts.set_text("slack = https://s.example\n\nx=https://x.example")
    stage.save()
    entry = read_book(stage.path).get("BETA")
    assert entry.name == "BETA"
    assert entry.dialog_hosts == (("slack", "https://s.example"), ("x", "https://x.example"))
    assert (entry.proxy, entry.embedded_id) == ("http://jim@proxy.example", "ab")
    assert stage.path.read_text().startswith("# by hand")


def test_a_draft_survives_another_workspace_and_another_page(stage: Stage) -> None:
    page, form = stage.page, stage.page.form
    stage.type(embedded_id="typed", token=TOKEN)
    page.select("stand-in")
    assert stage.rows()[0] == ("acme", "eu1 · acme", "in use, not saved")
    page.start_adding()
    stage.type(name="new one")
    page.select("acme")
    assert (form.embedded_id.text, form.token.text) == ("typed", TOKEN)
    page.hide()
    with stage.bot.waitSignal(page.store.book_read):
        page.show()
    assert (form.embedded_id.text, form.token.text) == ("typed", TOKEN)
    assert [row[0] for row in stage.rows()] == ["acme", "beta", "new one", "Stand-in"]
    assert TOKEN not in repr(page.form.draft)
    stage.save()
    assert read_book(stage.path).get("acme").embedded_id == "typed"
    assert stage.rows()[0][2] == "in use"


def test_a_failed_save_keeps_what_was_typed_and_says_why(stage: Stage) -> None:
    page = stage.page
    stage.type(embedded_id="typed")
    stage.path.write_text("active = \n")
    with stage.bot.waitSignal(page.store.refused):
        QTest.mouseClick(page.form.save_button, Qt.MouseButton.LeftButton)
    assert "line 1, column 10" in page.form.state.text()
    assert page.form.embedded_id.text == "typed"
    assert stage.path.read_text() == "active = \n"
    stage.path.write_text(BOOK)
    with stage.bot.waitSignal(page.changed):
        QTest.mouseClick(page.form.state.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert read_book(stage.path).get("acme").embedded_id == "typed"


def test_what_is_typed_while_it_is_saved_is_not_lost(stage: Stage) -> None:
    page = stage.page
    stage.type(embedded_id="first")
    with stage.bot.waitSignal(page.changed):
        page.form.submit()
        stage.type(embedded_id="second")
    assert page.form.embedded_id.text == "second"
    assert page.form.is_edited
    assert read_book(stage.path).get("acme").embedded_id == "first"


def test_a_broken_file_is_said_and_can_be_read_again(stage: Stage) -> None:
    page = stage.page
    stage.path.write_text("[workspaces.acme]\nregion = eu1\n")
    with stage.bot.waitSignal(page.store.book_unreadable):
        page.reload()
    assert f"{stage.path}, line 2, column 10" in page.state.text()
    assert [row[0] for row in stage.rows()] == ["acme", "beta", "Stand-in"]
    stage.path.write_text(BOOK)
    with stage.bot.waitSignal(page.store.book_read):
        page.state.retried.emit()
    assert page.state.text() == ""


def test_what_others_change_in_the_file_is_seen_when_the_page_is_shown(stage: Stage) -> None:
    page = stage.page
    use_workspace(stage.path, "beta")
    stage.path.write_text(stage.path.read_text().replace('embedded_id = "acme"', 'embedded_id = "other"'))
    page.hide()
    with stage.bot.waitSignal(page.store.book_read):
        page.show()
    assert page.form.embedded_id.text == "other"
    assert page.active == "beta"
    page.show_active("acme")
    assert page.active == "acme", "what the window works against counts more than the file"


def test_changes_are_undone_only_when_confirmed(stage: Stage) -> None:
    page = stage.page
    stage.type(embedded_id="typed")
    page.form.revert_button.click()
    stage.answer("Keep it")
    assert page.form.embedded_id.text == "typed"
    page.form.revert_button.click()
    stage.answer("Discard")
    assert page.form.embedded_id.text == "acme"
    page.start_adding()
    stage.type(name="new one")
    page.form.revert_button.click()
    stage.answer("Discard")
    assert [row[0] for row in stage.rows()] == ["acme", "beta", "Stand-in"]
