"""The table of actions, and each of the four things that are made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from tray_auth_desktop.gui import text_size
from tray_auth_desktop.gui.action_menu import ActionMenu
from tray_auth_desktop.gui.actions import ACTIONS, Group, named
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.palette import CommandPalette
from tray_auth_desktop.gui.shortcut_sheet import ShortcutSheet
from tray_auth_desktop.gui.theme import choose_scheme, chosen_scheme

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

NAMES = [entry.name for entry in ACTIONS]


def opened(stage: Stage, kind: type[QDialog], name: str) -> QDialog:
    stage.window.actions_of_window.action(name).trigger()
    found = stage.window.findChild(kind)
    assert isinstance(found, QDialog)
    return found


def palette_of(stage: Stage) -> CommandPalette:
    palette = opened(stage, CommandPalette, "palette")
    assert isinstance(palette, CommandPalette)
    return palette


def menu_of(stage: Stage) -> ActionMenu:
    stage.window.actions_of_window.action("menu").trigger()
    menu = stage.window.findChild(ActionMenu)
    assert menu is not None
    return menu


def test_no_two_actions_have_one_name_or_one_key() -> None:
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []
    keys = Counter(QKeySequence(keys).toString() for entry in ACTIONS for keys in entry.keys)
    assert [key for key, count in keys.items() if count > 1 or not key] == []


@pytest.mark.parametrize("group", Group)
def test_no_two_actions_of_a_menu_have_one_mnemonic(group: Group) -> None:
    letters = [entry.text[entry.text.index("&") + 1].casefold() for entry in ACTIONS if entry.group is group]
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []


def test_every_action_is_in_menu_palette_and_sheet_and_has_its_keys(stage: Stage) -> None:
    menu = menu_of(stage)
    in_menu = [action.objectName() for group in Group for action in menu.submenu(group).actions()]
    menu.close()
    palette, sheet = palette_of(stage), opened(stage, ShortcutSheet, "sheet")
    assert isinstance(sheet, ShortcutSheet)
    told = {row[0]: row[2] for row in sheet.shortcuts.rows()}
    shown = [text.removesuffix(" ✓") for text in palette.rows()]
    for entry in ACTIONS:
        assert in_menu.count(entry.name) == 1
        assert shown.count(entry.label) == 1
        assert entry.label in told
        for keys in entry.keys:
            native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            assert native in told[entry.label]
            held = stage.window.actions_of_window.action(entry.name).shortcuts()
            assert QKeySequence(keys) in held


def test_each_workspace_is_an_action_too(stage: Stage, qtbot: QtBot) -> None:
    actions = stage.window.actions_of_window
    actions.set_workspaces([("Acme & Sons", "Acme & Sons"), ("stand-in", "Stand-in")], "stand-in")
    palette = palette_of(stage)
    assert "Workspace Acme & Sons" in palette.rows()
    with qtbot.waitSignal(stage.window.workspace_asked) as asked:
        QTest.keyClicks(palette.field, "sons")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert asked.args == ["Acme & Sons"]
    assert [action.data() for action in actions.workspaces if action.isChecked()] == ["stand-in"]


def test_the_palette_finds_by_all_words_in_any_order(stage: Stage) -> None:
    palette = palette_of(stage)
    QTest.keyClicks(palette.field, "json list")
    assert palette.rows() == ["Export the list as JSON…"]
    palette.field.clear()
    QTest.keyClicks(palette.field, "no such words")
    assert palette.rows() == []
    assert "No action" in palette.reason.text()


def test_the_palette_does_what_is_marked_and_closes(stage: Stage, qtbot: QtBot) -> None:
    palette = palette_of(stage)
    QTest.keyClicks(palette.field, "history")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.window.page_name == "page_history")
    assert stage.window.findChild(CommandPalette) is None or not palette.isVisible()


def test_the_palette_says_why_something_cannot_be_done_and_stays(stage: Stage) -> None:
    palette = palette_of(stage)
    QTest.keyClicks(palette.field, "cancel attempt")
    assert palette.reason.text() == "No attempt is running."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert stage.desk.cancels == 0


def test_up_and_down_move_in_the_palette_while_one_types(stage: Stage) -> None:
    palette = palette_of(stage)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.view.currentIndex().row() == 2
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == 1


def test_a_shortcut_that_cannot_be_done_says_why(stage: Stage) -> None:
    QTest.keyClick(
        stage.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert stage.window.statusBar().currentMessage() == "No dialog has been opened yet."


def test_the_menu_dims_what_cannot_be_done_and_shortcuts_answer_afterwards(
    stage: Stage, qtbot: QtBot
) -> None:
    menu = menu_of(stage)
    cancel = stage.window.actions_of_window.action("cancel")
    assert (cancel.isEnabled(), cancel.toolTip()) == (False, "No attempt is running.")
    menu.close()
    qtbot.waitUntil(cancel.isEnabled)


def test_pages_are_reached_by_keyboard_and_by_their_buttons(stage: Stage, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for key, name in ((Qt.Key.Key_2, "page_history"), (Qt.Key.Key_3, "page_workspaces")):
        QTest.keyClick(stage.window, key, control)
        assert stage.window.page_name == name
        assert stage.window.actions_of_window.action(name).isChecked()
    QTest.keyClick(stage.window, Qt.Key.Key_1, control)
    assert stage.window.page_name == "page_onboard"
    qtbot.waitUntil(stage.window.parts.form.user_picker.field.hasFocus)


def test_the_switcher_drops_down_with_one_action(stage: Stage, qtbot: QtBot) -> None:
    stage.window.actions_of_window.set_workspaces([("Acme", "Acme"), ("stand-in", "Stand-in")], "Acme")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(stage.window.workspaces_wanted):
        QTest.keyClick(stage.window, Qt.Key.Key_W, modifiers)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:2] == ["Workspace Acme", "Workspace Stand-in"]
    stage.window.actions_of_window.set_workspaces([("Globex", "Globex")], "Globex")  # read meanwhile
    assert menu.actions()[0].text() == "Workspace Globex"
    menu.close()


@pytest.fixture
def colours_as_before() -> object:
    yield
    choose_scheme("system")


@pytest.mark.usefixtures("colours_as_before")
def test_colours_are_chosen_and_kept(qtbot: QtBot, stage_maker: Callable[..., Stage]) -> None:
    kept: list[str] = []
    stage = stage_maker(backstage=Backstage(keep_scheme=kept.append))
    actions = stage.window.actions_of_window
    stage.window.show()
    actions.action("scheme_dark").trigger()
    qtbot.waitUntil(lambda: stage.window.palette().window().color().lightness() < 60)
    assert chosen_scheme() == "dark"
    actions.action("scheme_light").trigger()
    qtbot.waitUntil(lambda: stage.window.palette().window().color().lightness() > 200)
    assert kept == ["dark", "light"]
    assert [name for name in NAMES if name.startswith("scheme") and actions.action(name).isChecked()] == [
        "scheme_light"
    ]


@pytest.fixture
def letters_as_before() -> object:
    yield
    text_size.scale_text(1 / text_size.current_scale())


@pytest.mark.usefixtures("letters_as_before")
def test_texts_grow_with_all_that_holds_them(stage: Stage) -> None:
    stage.choose()
    button, rows = stage.window.bar.menu_button, stage.window.parts.table.view.verticalHeader()
    before = (button.font().pointSizeF(), rows.defaultSectionSize())
    actions = stage.window.actions_of_window
    for _ in range(3):
        actions.action("larger_text").trigger()
    after = (button.font().pointSizeF(), rows.defaultSectionSize())
    assert [round(new / old, 1) for new, old in zip(after, before, strict=True)] == [1.3, 1.3]
    for _ in range(12):
        actions.action("larger_text").trigger()
    assert text_size.current_scale() <= text_size.MOST
    assert actions.why_not(actions.action("larger_text")) == "The text is as large as it can be."
    actions.action("normal_text").trigger()
    assert text_size.current_scale() == 1.0
    assert button.font().pointSizeF() == pytest.approx(before[0], rel=0.05)


def test_f1_shows_shortcuts_and_words_that_can_be_filtered_and_copied(stage: Stage) -> None:
    QTest.keyClick(stage.window, Qt.Key.Key_F1)
    sheet = stage.window.findChild(ShortcutSheet)
    assert sheet is not None
    QTest.keyClicks(sheet.words.filter_line, "opener severed")
    assert [row[0] for row in sheet.words.rows()] == ["severed opener", "relay"]
    sheet.words.view.selectRow(0)
    sheet.words.copy_rows()
    assert QGuiApplication.clipboard().text().startswith("severed opener\t")
    QTest.keyClick(stage.window, Qt.Key.Key_F1)
    assert len(stage.window.findChildren(ShortcutSheet)) == 1


def test_what_is_asked_for_by_name_must_be_there() -> None:
    assert named("quit").keys == ("Ctrl+Q",)
    with pytest.raises(KeyError):
        named("nonsense")
