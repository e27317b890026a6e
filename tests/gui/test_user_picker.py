"""End users: pages as one scrolls, a search on the server as one types, nobody lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.form_bench import (
    FormStage,
    Matcher,
    carelessly,
    exactly,
    left,
    partly,
)
from tests.gui.user_crowd import CROWD, button_of, crowd_stage
from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.gui.user_picker import UserPicker

__all__ = ["left"]
UUID = "569adf96-3c05-40a6-b565-07e829d2c56d"


def rows_of(picker: UserPicker) -> list[str]:
    model = picker.field.completion_list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_into(picker: UserPicker, text: str) -> None:
    picker.field.setFocus()
    picker.field.selectAll()
    QTest.keyClicks(picker.field, text)


def test_only_the_first_page_is_loaded_and_the_line_says_that_there_are_others(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    assert stage.form.user_picker.state_text == "The first 100 to choose from; scroll or type for others"
    assert [call for call in stage.client.calls if call.startswith("page")] == ["page 0"]


def test_the_next_pages_come_as_one_scrolls_to_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    picker.field.open_list()
    bar = picker.field.completion_list.verticalScrollBar()
    for count in (200, 300, 350):
        bar.setValue(bar.maximum())
        stage.until(lambda count=count: len(rows_of(picker)) == count)  # type: ignore[misc]  # bound in the loop
        assert picker.field.is_list_open
    bar.setValue(bar.maximum())
    assert picker.state_text == "350 to choose from"
    assert [call for call in stage.client.calls if call.startswith("page")] == [
        "page 0", "page 1", "page 2", "page 3",
    ]  # fmt: skip


def test_the_keyboard_reaches_the_next_page(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    picker.field.setFocus()
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    popup = picker.field.completion_list
    while len(rows_of(picker)) == 100 and popup.currentIndex().row() < 99:
        QTest.keyClick(popup, Qt.Key.Key_PageDown)
    stage.until(lambda: len(rows_of(picker)) == 200)
    marked = popup.currentIndex().row()
    assert marked > 80, "the mark stays where it was when further rows come"
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert picker.key == CROWD[marked].user_id


@pytest.mark.parametrize("matches", [exactly, partly, carelessly])
def test_a_full_name_finds_its_user_whatever_the_server_compares(
    qtbot: QtBot, tmp_path: Path, matches: Matcher
) -> None:
    far = EndUser("far", "Zoe Zimmermann", "zz-1")
    stage = crowd_stage(qtbot, tmp_path, matches, (*CROWD, far))
    picker = stage.form.user_picker
    type_into(picker, "Zoe Zimmermann")
    stage.until(lambda: rows_of(picker) == ["Zoe Zimmermann"])
    QTest.keyClick(picker.field.completion_list, Qt.Key.Key_Return)
    assert picker.key == "far"
    assert stage.form.subject.user == "Zoe Zimmermann"


def test_part_of_a_name_finds_its_user_on_pages_that_were_not_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    far = EndUser("far", "Zoe Zimmermann", "zz-1")
    stage = crowd_stage(qtbot, tmp_path, exactly, (*CROWD, far))
    picker = stage.form.user_picker
    type_into(picker, "zimmer")
    stage.until(lambda: rows_of(picker) == ["Zoe Zimmermann"])


def test_an_external_id_and_trays_id_find_their_user(qtbot: QtBot, tmp_path: Path) -> None:
    users = (*CROWD, EndUser(UUID, "Somebody", "crm/4711"))
    stage = crowd_stage(qtbot, tmp_path, exactly, users)
    picker = stage.form.user_picker
    for text in ("crm/4711", UUID):
        type_into(picker, text)
        stage.until(lambda: rows_of(picker) == ["Somebody"])
        QTest.keyClick(picker.field.completion_list, Qt.Key.Key_Escape)


def test_what_is_loaded_is_filtered_at_once_and_the_line_says_what_is_under_way(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    gate = stage.client.gates["search"] = threading.Event()
    type_into(picker, "0001")
    assert len(rows_of(picker)) == 11
    assert picker.state_text == "11 of 100 loaded shown; searching on the server…"
    gate.set()
    stage.until(lambda: picker.state_text == "11 of 100 loaded shown; keep typing, or scroll for more")
    assert picker.field.text() == "0001"


def test_typing_quickly_asks_the_server_once(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    type_into(stage.form.user_picker, "Person 00003")
    stage.until(lambda: "searching" not in stage.form.user_picker.state_text)
    assert {one.name for one in stage.client.searches if one.name} == {"Person 00003"}


def test_a_search_that_fails_keeps_text_and_rows_and_can_be_retried(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path, partly)
    picker = stage.form.user_picker
    stage.client.failing["search"] = NetworkError("Not reached.", advice="Check it.")
    type_into(picker, "person 0034")
    stage.until(lambda: "could not be searched" in picker.state_text)
    assert "Not reached. Check it." in picker.state_text
    assert picker.field.text() == "person 0034"
    stage.client.failing.clear()
    QTest.mouseClick(button_of(picker, "Retry"), Qt.MouseButton.LeftButton)
    stage.until(lambda: len(rows_of(picker)) == 11)
    assert picker.field.text() == "person 0034"


def test_a_page_that_fails_can_be_retried_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    stage.client.failing["page 1"] = NetworkError("Not reached.", advice="Check it.")
    picker.field.open_list()
    bar = picker.field.completion_list.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.until(lambda: picker.state_text == "Not reached. Check it.")
    assert len(rows_of(picker)) == 100
    stage.client.failing.clear()
    button_of(picker, "Retry").click()
    stage.until(lambda: len(rows_of(picker)) == 200)


def test_when_nobody_is_found_for_long_more_can_be_loaded_by_a_button(qtbot: QtBot, tmp_path: Path) -> None:
    many = tuple(EndUser(f"id-{number:05}", f"Person {number:05}") for number in range(2_600))
    stage = crowd_stage(qtbot, tmp_path, exactly, (*many, EndUser("last", "Zoe")))
    picker = stage.form.user_picker
    type_into(picker, "zo")
    more = button_of(picker, "Load more")
    stage.until(more.isVisible)
    assert "2100" in picker.state_text
    more.click()
    stage.until(lambda: rows_of(picker) == ["Zoe"])
    assert picker.field.text() == "zo"


def test_nobody_at_all_is_said_when_everything_is_loaded(left: FormStage) -> None:
    left.load()
    picker = left.form.user_picker
    type_into(picker, "zzz")
    left.until(lambda: picker.state_text == "None of the end users matches “zzz”.")
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert picker.state_text == "4 to choose from"


def test_a_test_user_is_told_apart(left: FormStage) -> None:
    left.load()
    left.form.user_picker.choose("user-2")
    assert left.form.user_picker.state_text == "dunder-002 · test user"


def test_a_user_without_a_name_goes_by_its_id(left: FormStage) -> None:
    left.load()
    left.form.user_picker.choose("user-4")
    assert left.form.user_picker.field.text() == "user-4"
    assert left.form.subject.user == "user-4"


def test_what_takes_long_can_be_stopped_and_asked_for_again(left: FormStage) -> None:
    gate = left.client.gates["page 0"] = threading.Event()
    picker = left.form.user_picker
    stop = button_of(picker, "Stop")
    left.catalog.load_users()
    assert picker.state_text == "Loading end users…"
    assert not stop.isVisible()
    left.until(stop.isVisible)
    stop.click()
    assert picker.state_text == "Cancelled. Press Retry to fetch the list again."
    assert not stop.isVisible()
    gate.set()
    button_of(picker, "Retry").click()
    left.until(lambda: picker.state_text == "4 to choose from")


def test_an_id_typed_in_full_counts_when_the_keyboard_leaves(left: FormStage) -> None:
    left.load()
    picker = left.form.user_picker
    for text, key in (("accounts/angela", "user-3"), ("user-4", "user-4")):
        type_into(picker, text)
        picker.field.completion_list.hide()
        picker.field.clearFocus()
        assert picker.key == key


def test_the_last_row_of_a_page_leads_to_the_next_page(qtbot: QtBot, tmp_path: Path) -> None:
    stage = crowd_stage(qtbot, tmp_path)
    picker = stage.form.user_picker
    picker.choose("id-00099")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    popup = picker.field.completion_list
    assert popup.currentIndex().row() == 99
    stage.until(lambda: len(rows_of(picker)) == 200)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    assert popup.currentIndex().row() == 100
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert picker.key == "id-00100"
