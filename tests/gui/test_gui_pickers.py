"""Choosing by keyboard, searching by words, and what becomes of a choice when a list fails."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tray_auth_desktop.gui.choices import Choice, ChoiceModel
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked

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


def test_more_choices_are_added_without_a_jump_in_the_list(picker: Picker, qtbot: QtBot) -> None:
    many = tuple(Choice(f"m{number}", f"Person {number:03}") for number in range(60))
    picker.set_state(Loaded(many, has_more=True))
    picker.field.open_list()
    popup = picker.field.completion_list
    popup.setCurrentIndex(popup.model().index(40, 0))
    popup.verticalScrollBar().setValue(30)
    with qtbot.waitSignal(picker.field.end_seen):
        popup.verticalScrollBar().setValue(popup.verticalScrollBar().maximum())
    place = popup.verticalScrollBar().value()
    more = tuple(Choice(f"n{number}", f"Person {number:03}") for number in range(60, 120))
    picker.set_state(Loaded(many + more))
    assert is_open(picker)
    assert popup.verticalScrollBar().value() == place
    assert popup.currentIndex().row() == 40
    assert popup.model().rowCount() == 120


def test_what_somebody_else_found_is_shown_beside_what_matches() -> None:
    model = ChoiceModel()
    model.set_choices(CHOICES)
    model.set_filter("pam")
    model.set_also(["k3", "nobody"])
    assert [model.choice_at(row) for row in range(model.rowCount())] == [CHOICES[1], CHOICES[2]]
    model.set_filter("pam b")
    assert model.rowCount() == 1, "another search is another question"
    model.set_filter("")
    model.set_also(["k3"])
    assert model.rowCount() == 3


def test_taking_letters_away_finds_more_again() -> None:
    model = ChoiceModel()
    model.set_choices(CHOICES)
    for text, count in (("d", 2), ("du", 2), ("du pam", 1), ("du", 2), ("", 3), ("a", 3)):
        model.set_filter(text)
        assert model.rowCount() == count, text


def test_a_complaint_stays_until_something_else_is_chosen(picker: Picker) -> None:
    picker.complain("The end user x does not exist.")
    assert picker.state_text == "The end user x does not exist."
    assert retry_of(picker).isVisible()
    picker.set_state(Loaded(CHOICES))
    assert picker.state_text == "The end user x does not exist."
    picker.choose("k1")
    assert picker.state_text == "dunder-001"


def test_of_very_many_the_first_are_rows_and_others_follow(picker: Picker, qtbot: QtBot) -> None:
    many = tuple(Choice(f"m{number}", f"Person {number:05}") for number in range(1_700))
    picker.set_state(Loaded(many))
    picker.field.open_list()
    popup = picker.field.completion_list
    assert popup.model().rowCount() == 500
    assert picker.state_text == "1700 to choose from"
    bar = popup.verticalScrollBar()
    popup.setCurrentIndex(popup.model().index(3, 0))
    for count in (1_000, 1_500, 1_700):
        place = bar.maximum()
        bar.setValue(place)
        assert popup.model().rowCount() == count
        assert (bar.value(), popup.currentIndex().row()) == (place, 3), "the list does not jump"
        qtbot.waitUntil(lambda place=place: bar.maximum() > place)  # type: ignore[misc]  # bound in the loop
    with qtbot.waitSignal(picker.field.end_seen):
        bar.setValue(bar.maximum())
    picker.choose("m1600")
    picker.field.open_list()
    assert popup.currentIndex().data() == "Person 01600"
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert picker.key == "m1600"


def test_a_choice_far_down_is_marked_when_the_list_opens(picker: Picker) -> None:
    many = tuple(Choice(f"m{number}", f"Person {number:05}") for number in range(1_700))
    picker.set_state(Loaded(many))
    picker.choose("m1600")
    picker.field.open_list()
    assert picker.field.completion_list.currentIndex().data() == "Person 01600"
