"""Scopes: checked one by one, added by hand, filtered, remembered for each environment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.models import Scope, ServiceEnvironment
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.scope_picker import ScopePicker
from tray_auth_desktop.gui.scope_tree import ScopeTree

SCOPES = (
    Scope("api", "Use the API"),
    Scope("full", "Everything", (Scope("web", "The web pages"), Scope("chatter"))),
)
FIRST = ServiceEnvironment("env-1", "Production", "oauth2", SCOPES)
SECOND = ServiceEnvironment("env-2", "Sandbox", "oauth2", SCOPES)
OTHER = ServiceEnvironment("env-9", "Production", "oauth2", (Scope("mail"),))


@pytest.fixture
def scopes(qtbot: QtBot) -> ScopePicker:
    made = ScopePicker()
    qtbot.addWidget(made)
    made.show_environment(FIRST)
    made.show()
    qtbot.waitExposed(made)
    return made


def tree_of(picker: ScopePicker) -> ScopeTree:
    tree = picker.findChild(ScopeTree)
    assert tree is not None
    return tree


def item_of(picker: ScopePicker, value: str) -> QTreeWidgetItem:
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    return tree_of(picker).findItems(value, flags)[0]


def add_line_of(picker: ScopePicker) -> QLineEdit:
    lines = picker.findChildren(QLineEdit)
    return next(line for line in lines if line.accessibleName() == "A scope that is not listed")


def count_of(picker: ScopePicker) -> str:
    labels = [label.text() for label in picker.findChildren(QLabel)]
    return next(text for text in labels if "selected" in text or "listed" in text)


def test_nothing_is_checked_at_first(scopes: ScopePicker) -> None:
    assert scopes.scopes() == ()
    assert count_of(scopes) == "None selected"


def test_space_checks_a_scope(scopes: ScopePicker, qtbot: QtBot) -> None:
    tree = tree_of(scopes)
    tree.setCurrentItem(item_of(scopes, "web"))
    with qtbot.waitSignal(scopes.changed):
        QTest.keyClick(tree, Qt.Key.Key_Space)
    assert scopes.scopes() == ("web",)
    assert count_of(scopes) == "1 selected"


def test_a_parent_asks_for_itself_alone(scopes: ScopePicker) -> None:
    item_of(scopes, "full").setCheckState(0, Qt.CheckState.Checked)
    assert scopes.scopes() == ("full",)


def test_scopes_are_asked_for_in_the_order_of_the_tree(scopes: ScopePicker) -> None:
    for value in ("chatter", "api", "web"):
        scopes.check(value)
    assert scopes.scopes() == ("api", "web", "chatter")


def test_enter_adds_a_scope_that_is_not_listed(scopes: ScopePicker, qtbot: QtBot) -> None:
    line = add_line_of(scopes)
    QTest.keyClicks(line, "  https://www.example.test/auth/drive ")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert scopes.scopes() == ("https://www.example.test/auth/drive",)
    assert line.text() == ""


def test_adding_a_listed_scope_checks_it_and_adds_nothing(scopes: ScopePicker, qtbot: QtBot) -> None:
    line = add_line_of(scopes)
    QTest.keyClicks(line, "web")
    buttons = scopes.findChildren(QPushButton)
    next(button for button in buttons if button.accessibleName() == "Add this scope").click()
    assert scopes.scopes() == ("web",)
    assert tree_of(scopes).topLevelItemCount() == 2


def test_delete_removes_what_was_added_and_nothing_else(scopes: ScopePicker, qtbot: QtBot) -> None:
    scopes.check("custom")
    tree = tree_of(scopes)
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert scopes.scopes() == ()
    tree.setCurrentItem(item_of(scopes, "api"))
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert tree.topLevelItemCount() == 2


def test_unchecking_all_keeps_what_was_added(scopes: ScopePicker) -> None:
    scopes.check("custom")
    scopes.check("api")
    buttons = scopes.findChildren(QToolButton)
    next(button for button in buttons if button.accessibleName() == "Uncheck all scopes").click()
    assert scopes.scopes() == ()
    assert item_of(scopes, "custom").text(0) == "custom"


def test_the_filter_keeps_parents_of_what_matches_and_all_checks(scopes: ScopePicker) -> None:
    scopes.check("api")
    line = scopes.findChild(FilterLine)
    assert line is not None
    line.setText("pages web")
    shown = [value for value in ("api", "full", "web", "chatter") if not item_of(scopes, value).isHidden()]
    assert shown == ["full", "web"]
    assert scopes.scopes() == ("api",)
    line.clear()
    assert not item_of(scopes, "chatter").isHidden()


def test_checks_are_kept_for_each_environment_and_free_scopes_for_the_service(scopes: ScopePicker) -> None:
    scopes.show_environment(FIRST, "crm")
    scopes.check("web")
    scopes.check("custom")
    scopes.show_environment(SECOND, "crm")
    assert scopes.scopes() == ("custom",)
    scopes.show_environment(None)
    assert scopes.scopes() == ()
    assert not scopes.isEnabled()
    scopes.show_environment(FIRST, "crm")
    assert scopes.scopes() == ("web", "custom")
    scopes.show_environment(OTHER, "mail")
    assert scopes.scopes() == (), "what was added for one service is not asked of another"


def test_a_free_scope_that_another_environment_lists_is_checked_there(scopes: ScopePicker) -> None:
    listing = ServiceEnvironment("env-4", "Custom", "oauth2", (Scope("custom"), Scope("api")))
    scopes.show_environment(FIRST, "crm")
    scopes.check("custom")
    scopes.show_environment(listing, "crm")
    assert scopes.scopes() == ("custom",)
    assert tree_of(scopes).topLevelItemCount() == 2
    item_of(scopes, "custom").setCheckState(0, Qt.CheckState.Unchecked)
    scopes.show_environment(FIRST, "crm")
    assert scopes.scopes() == ()
    assert item_of(scopes, "custom").text(0) == "custom"


def test_a_checked_scope_that_is_no_longer_listed_is_kept(scopes: ScopePicker) -> None:
    scopes.check("api")
    scopes.show_environment(ServiceEnvironment("env-1", "Production", "oauth2", (Scope("new"),)))
    assert scopes.scopes() == ("api",)
    assert "Not listed" in item_of(scopes, "api").toolTip(0)


def test_all_that_the_filter_shows_can_be_checked(scopes: ScopePicker) -> None:
    line = scopes.findChild(FilterLine)
    assert line is not None
    line.setText("web")
    next(action for action in tree_of(scopes).actions() if "all" in action.text()).trigger()
    assert scopes.scopes() == ("full", "web")
    line.clear()
    next(action for action in tree_of(scopes).actions() if "all" in action.text()).trigger()
    assert count_of(scopes) == "4 selected"


def test_selected_scopes_can_be_copied(scopes: ScopePicker, qtbot: QtBot, qapp: QApplication) -> None:
    scopes.check_all(("web", "free:one"))
    with qtbot.waitSignal(scopes.copied):
        next(action for action in tree_of(scopes).actions() if "Copy" in action.text()).trigger()
    assert qapp.clipboard().text() == "web\nfree:one"


def test_other_scopes_can_take_the_place_of_all(scopes: ScopePicker) -> None:
    scopes.check("web")
    scopes.set_scopes(("api", "free:two"))
    assert scopes.scopes() == ("api", "free:two")


def test_an_invisible_character_is_refused_and_the_text_stays(scopes: ScopePicker) -> None:
    line = add_line_of(scopes)
    line.setText("read\u200bonly")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert scopes.scopes() == ()
    assert line.text() == "read\u200bonly"
    assert any("invisible" in label.text() for label in scopes.findChildren(QLabel) if label.isVisible())
    line.setText("readonly")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert scopes.scopes() == ("readonly",)


def test_without_listed_scopes_one_can_still_be_added(scopes: ScopePicker, qtbot: QtBot) -> None:
    scopes.show_environment(ServiceEnvironment("env-3", "Token", "token"))
    assert count_of(scopes) == "None needed, or none listed"
    line = add_line_of(scopes)
    QTest.keyClicks(line, "extra")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert scopes.scopes() == ("extra",)
