"""Choosing by keyboard, searching by words, and what becomes of a choice when a list fails."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.gui.choices import Choice, ChoiceModel
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

CHOICES = (
    Choice("k1", "Michael Scott", "dunder-001"),
    Choice("k2", "Pam Beesly", "dunder-002"),
    Choice("k3", "Angela Martin", "accounts/angela"),
)


@pytest.fixture
def picker(qtbot: QtBot) -> Picker:
    made = Picker("End &user", "end users", "Not loaded yet.")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.set_state(Loaded(CHOICES))
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def is_open(picker: Picker) -> bool:
    return picker.field.is_list_open


def retry_of(picker: Picker) -> QPushButton:
    return next(
        button for button in picker.findChildren(QPushButton) if button.accessibleName().startswith("Retry")
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["k1", "k2", "k3"]),
        ("scott", ["k1"]),
        ("scott mich", ["k1"]),
        ("DUNDER", ["k1", "k2"]),
        ("dunder pam", ["k2"]),
        ("k3", ["k3"]),
        ("nobody", []),
    ],
)
def test_every_word_must_occur_in_name_detail_or_id(typed: str, found: list[str]) -> None:
    model = ChoiceModel()
    model.set_choices(CHOICES)
    model.set_filter(typed)
    shown = [model.choice_at(row) for row in range(model.rowCount())]
    assert [choice.key for choice in shown if choice] == found


def test_words_ignore_case_and_order() -> None:
    assert has_words(haystack_of("Straße", None, "Two"), words_of("  TWO strasse "))
    assert not has_words(haystack_of("one"), words_of("one two"))


def test_down_opens_the_list_and_enter_picks(picker: Picker, qtbot: QtBot) -> None:
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    assert is_open(picker)
    popup = picker.field.completion_list
    QTest.keyClick(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chosen.args == ["k2"]
    assert picker.field.text() == "Pam Beesly"
    assert not is_open(picker)
    assert picker.state_text == "dunder-002"


def test_typing_searches_and_enter_picks_the_first_match(picker: Picker, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.field, "accounts")
    assert is_open(picker)
    assert picker.field.text() == "accounts"
    QTest.keyClick(picker.field.completion_list, Qt.Key.Key_Return)
    assert picker.key == "k3"


def test_escape_reverts_to_what_was_chosen(picker: Picker, qtbot: QtBot) -> None:
    picker.choose("k1")
    picker.field.selectAll()
    QTest.keyClicks(picker.field, "pam")
    QTest.keyClick(picker.field.completion_list, Qt.Key.Key_Escape)
    assert picker.field.text() == "Michael Scott"
    assert picker.key == "k1"
    assert not is_open(picker)


def test_a_fruitless_search_says_so_and_escape_ends_it(picker: Picker, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.field, "zzz")
    assert picker.state_text == "None of the end users matches “zzz”."
    assert not is_open(picker)
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert picker.field.text() == ""
    assert picker.state_text == "3 to choose from"


def test_enter_on_an_unedited_field_changes_nothing(picker: Picker, qtbot: QtBot) -> None:
    picker.choose("k2")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.key == "k2"


def test_a_click_in_the_list_picks(picker: Picker, qtbot: QtBot) -> None:
    picker.field.open_list()
    popup = picker.field.completion_list
    spot = popup.visualRect(popup.model().index(2, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert picker.key == "k3"


def test_an_exact_name_counts_when_the_keyboard_leaves(picker: Picker, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.field, "pam beesly")
    picker.field.completion_list.hide()
    picker.field.clearFocus()
    assert picker.key == "k2"


def test_half_a_name_does_not_replace_a_choice(picker: Picker, qtbot: QtBot) -> None:
    picker.choose("k1")
    picker.field.selectAll()
    QTest.keyClicks(picker.field, "pam")
    picker.field.completion_list.hide()
    picker.field.clearFocus()
    assert picker.key == "k1"
    assert picker.field.text() == "Michael Scott"


def test_typed_text_survives_failure_retry_and_loading(picker: Picker, qtbot: QtBot) -> None:
    picker.set_state(Loading())
    QTest.keyClicks(picker.field, "pam")
    picker.set_state(LoadFailed("The host was not reached."))
    assert picker.state_text == "The host was not reached."
    assert retry_of(picker).isVisible()
    with qtbot.waitSignal(picker.retried):
        QTest.mouseClick(retry_of(picker), Qt.MouseButton.LeftButton)
    picker.set_state(Loading())
    assert picker.field.text() == "pam"
    assert not retry_of(picker).isVisible()
    picker.field.setFocus()
    picker.set_state(Loaded(CHOICES))
    assert picker.field.text() == "pam"
    assert is_open(picker)


def test_a_choice_survives_failure_and_a_list_without_it(picker: Picker) -> None:
    picker.choose("k1")
    picker.set_state(LoadFailed("No."))
    picker.set_state(Loading())
    picker.set_state(Loaded(CHOICES[1:]))
    assert picker.key == "k1"
    assert picker.state_text.startswith("No longer in the list")


def test_a_renamed_choice_is_shown_by_its_new_name(picker: Picker) -> None:
    picker.choose("k1")
    picker.set_state(Loaded((Choice("k1", "Michael G. Scott"), *CHOICES[1:])))
    assert picker.field.text() == "Michael G. Scott"


def test_an_empty_list_and_one_not_asked_for_say_so(picker: Picker) -> None:
    picker.set_state(Loaded(()))
    assert picker.state_text == "There are no end users."
    assert retry_of(picker).isVisible()
    picker.set_state(NotAsked())
    assert picker.state_text == "Not loaded yet."
    assert not picker.field.isEnabled()


def test_a_list_that_is_not_asked_for_any_more_offers_nothing(picker: Picker) -> None:
    picker.set_state(NotAsked())
    picker.choose("k1")
    assert picker.key == ""


def test_two_of_the_same_name_can_both_be_picked(picker: Picker, qtbot: QtBot) -> None:
    picker.set_state(Loaded((Choice("a", "Same", "first"), Choice("b", "Same", "second"))))
    QTest.keyClicks(picker.field, "same")
    popup = picker.field.completion_list
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert picker.key == "b"
    assert picker.state_text == "second"


def test_pages_are_offered_as_they_come(stage: Stage, qtbot: QtBot) -> None:
    stage.client.pages = 2
    stage.client.gates["users after 1"] = threading.Event()
    picker = stage.window.parts.form.user_picker
    stage.load()
    qtbot.waitUntil(lambda: picker.state_text == "2 end users so far, loading more…")
    picker.choose("user-1")
    stage.client.gates["users after 1"].set()
    qtbot.waitUntil(lambda: picker.state_text == "dunder-001")
    assert picker.key == "user-1"


def test_retry_beside_the_picker_fetches_again(stage: Stage, qtbot: QtBot) -> None:
    stage.client.failing["users"] = NetworkError("https://tray.test was not reached.")
    picker = stage.window.parts.form.user_picker
    stage.load()
    qtbot.waitUntil(lambda: picker.state_text.startswith("https://tray.test was not reached."))
    assert "Check the network" in picker.state_text
    stage.client.failing.clear()
    QTest.mouseClick(retry_of(picker), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: picker.state_text == "4 to choose from")


def test_a_user_without_a_name_goes_by_its_id(stage: Stage, qtbot: QtBot) -> None:
    picker = stage.window.parts.form.user_picker
    stage.catalog.users_changed.emit(Loaded((EndUser("user-4", ""),)))
    picker.choose("user-4")
    assert picker.field.text() == "user-4"
    assert stage.window.parts.form.subject.user == "user-4"


def test_what_takes_long_can_be_stopped_and_asked_for_again(stage: Stage, qtbot: QtBot) -> None:
    gate = stage.client.gates["users"] = threading.Event()
    picker = stage.window.parts.form.user_picker
    stop = next(
        button for button in picker.findChildren(QPushButton) if button.accessibleName().startswith("Stop")
    )
    stage.load()
    assert picker.state_text == "Loading end users…"
    assert not stop.isVisible()
    qtbot.waitUntil(stop.isVisible)
    stop.click()
    assert picker.state_text == "Cancelled. Press Retry to fetch the list again."
    assert not stop.isVisible()
    gate.set()
    retry_of(picker).click()
    qtbot.waitUntil(lambda: picker.state_text == "4 to choose from")
