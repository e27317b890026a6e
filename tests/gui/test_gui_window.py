"""The window as a whole: names, keyboard, closing, colours, sizes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.core.workspace import Hosts, Region, Workspace
from tray_auth_desktop.gui.banner import workspace_words

if TYPE_CHECKING:
    from tests.gui.conftest import Stage


def focusable(window: QWidget) -> list[QWidget]:
    """Return all widgets that take the keyboard, hidden ones too; not Qt's own parts of views."""
    found = [child for child in window.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [child for child in found if not child.objectName().startswith("qt_")]


def test_everything_the_keyboard_reaches_has_a_name(stage: Stage) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.property('text') or ''}"
        for widget in focusable(stage.window)
        if not (widget.accessibleName() or widget.property("text"))
    ]
    assert nameless == []
    assert len(focusable(stage.window)) > 25


def test_tab_goes_from_left_to_centre_to_right_to_bottom(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.desk.fail(OutcomeKind.CLOSED, "Closed.")
    stage.window.activateWindow()
    parts = stage.window.parts
    parts.form.user_picker.field.setFocus()
    qtbot.waitUntil(parts.form.user_picker.field.hasFocus)
    visited: list[str] = []
    places = {"left": parts.form, "centre": parts.centre, "right": parts.table, "bottom": parts.timeline}
    places |= {"banner": stage.window.banner, "pages": stage.window.bar}
    for _ in range(90):
        focused = QApplication.focusWidget()
        assert focused is not None
        place = next((name for name, part in places.items() if part.isAncestorOf(focused)), "elsewhere")
        if place == "left" and "bottom" in visited:
            break
        if place not in visited[-1:]:
            visited.append(place)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert visited == ["left", "centre", "right", "bottom", "banner", "pages"]


def test_ctrl_f_goes_to_the_nearest_filter(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.desk.observe("Something happens")
    parts = stage.window.parts
    for start, filter_name in (
        (parts.timeline.view, "Filter the timeline"),
        (parts.table.view, "Filter authentications"),
        (parts.form.scope_picker.tree, "Filter scopes"),
        (parts.form.user_picker.field, "Filter scopes"),
    ):
        start.setFocus()
        qtbot.waitUntil(start.hasFocus)
        QTest.keyClick(start, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName() == filter_name


def test_ctrl_shift_c_copies_the_captured_id(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(stage.window, Qt.Key.Key_C, modifiers)
    assert QApplication.clipboard().text() == ""
    stage.window.attempt.open_dialog()
    stage.desk.capture("id-1")
    QTest.keyClick(stage.window, Qt.Key.Key_C, modifiers)
    assert QApplication.clipboard().text() == "id-1"


def test_escape_does_not_end_an_attempt(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    dialog = stage.desk.open()
    QTest.keyClick(dialog.line, Qt.Key.Key_Escape)
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    assert stage.desk.cancels == 0
    assert stage.window.isVisible()


def test_first_painted_comes_once(stage: Stage, qtbot: QtBot) -> None:
    other = type(stage.window)(
        Workspace("A", Hosts.for_region(Region.US), "a", "https://a.test"), stage.catalog, stage.desk
    )
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.first_painted):
        other.show()
    with qtbot.assertNotEmitted(other.first_painted, wait=50):
        other.hide()
        other.show()


def test_nothing_is_loaded_before_it_is_asked_for(stage: Stage) -> None:
    assert stage.client.calls == []


def test_an_idle_window_closes_at_once(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.window.closing):
        stage.window.close()
    assert not stage.window.isVisible()


def question_of(stage: Stage) -> QMessageBox:
    question = stage.window.findChild(QMessageBox)
    assert question is not None
    return question


def answer(stage: Stage, text: str) -> None:
    button = next(button for button in question_of(stage).buttons() if button.text() == text)
    button.click()


def test_closing_while_an_attempt_runs_asks_and_keeping_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.window.close()
    assert stage.window.isVisible()
    default = question_of(stage).defaultButton()
    assert isinstance(default, QPushButton)
    assert default.text() == "Keep it open"
    QTest.keyClick(question_of(stage), Qt.Key.Key_Escape)
    assert stage.desk.cancels == 0
    assert stage.window.isVisible()


def test_closing_for_good_cancels_and_closes_when_the_attempt_has_ended(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.window.close()
    answer(stage, "Close the dialog and the window")
    assert stage.desk.cancels == 1
    assert stage.window.isVisible()
    with qtbot.waitSignal(stage.window.closing):
        stage.desk.fail(OutcomeKind.CLOSED, "Closed.")
    assert not stage.window.isVisible()


def test_a_result_that_comes_while_closing_stays_on_screen(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.window.close()
    answer(stage, "Close the dialog and the window")
    with qtbot.assertNotEmitted(stage.window.closing, wait=50):
        stage.desk.capture("id-late")
    assert stage.window.isVisible()
    assert stage.window.parts.result.auth_id == "id-late"
    stage.window.close()
    assert not stage.window.isVisible()


def test_an_attempt_that_ends_under_the_question_takes_it_away(stage: Stage, qtbot: QtBot) -> None:
    stage.choose()
    stage.window.attempt.open_dialog()
    stage.window.close()
    with qtbot.assertNotEmitted(stage.window.closing, wait=50):
        stage.desk.capture("id-1")
    qtbot.waitUntil(lambda: stage.window.findChild(QMessageBox) is None)
    assert stage.window.isVisible()


def test_notices_are_dismissed_one_by_one(stage: Stage, qtbot: QtBot) -> None:
    notices = stage.window.notices
    for text in ("One", "Two", "One"):
        notices.add(text)
    assert notices.texts == ("One", "Two")
    dismissals = [child for child in notices.findChildren(QWidget) if child.accessibleDescription()]
    assert len(dismissals) == 2
    expected: list[tuple[str, ...]] = [("Two",), ()]
    for left in expected:
        first = next(
            child
            for child in notices.findChildren(QWidget)
            if child.accessibleDescription() == notices.texts[0]
        )
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        assert notices.texts == left
    assert not notices.isVisible()


def test_the_banner_names_the_workspace() -> None:
    hosts = Hosts.for_region(Region.EU1)
    stand_in = Workspace("Stand-in", hosts, "standin", "https://a.test", is_stand_in=True)
    assert workspace_words(stand_in) == "Stand-in — a local test service. Nothing here reaches Tray."
    real = Workspace("Acme EU", hosts, "acme", "https://a.test")
    assert workspace_words(real) == "Workspace: Acme EU (Embedded ID acme)"


def test_the_collapsed_timeline_gives_its_room_to_the_rest(stage: Stage, qtbot: QtBot) -> None:
    stage.window.grab()
    parts = stage.window.parts
    before = parts.centre.height()
    parts.timeline.toggle.click()
    qtbot.waitUntil(lambda: parts.centre.height() > before + 60)
    parts.timeline.toggle.click()
    qtbot.waitUntil(lambda: abs(parts.centre.height() - before) < 4)


def test_views_do_not_swallow_tab(stage: Stage) -> None:
    views = [
        view for view in stage.window.findChildren(QAbstractScrollArea) if hasattr(view, "tabKeyNavigation")
    ]
    assert views
    assert not any(view.tabKeyNavigation() for view in views)


def test_importing_the_window_stays_cheap() -> None:
    code = (
        "import sys, tray_auth_desktop.gui.main_window; "
        "heavy = ('httpx', 'msgspec', 'keyring', 'sqlite3', 'PySide6.QtWebEngineCore', 'PySide6.QtNetwork', "
        "'PySide6.QtSvg', 'tray_auth_desktop.dialog', 'tray_auth_desktop.api', 'tray_auth_desktop.journal'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
