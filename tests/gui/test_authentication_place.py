"""What a person has selected and where the list stands, whatever happens to the rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from tests.gui.authentication_bench import DOWN, MANY, fill, model, small_slices
from tray_auth_desktop.gui.authentication_model import AuthenticationModel, Column
from tray_auth_desktop.gui.authentication_view import AuthenticationView

__all__ = ["model", "small_slices"]


@pytest.fixture
def view(model: AuthenticationModel, qtbot: QtBot) -> AuthenticationView:
    made = AuthenticationView(model)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


# The place in the view.


def select(view: AuthenticationView, *auth_ids: str) -> None:
    model = view.model()
    assert isinstance(model, AuthenticationModel)
    for number, auth_id in enumerate(auth_ids):
        index = model.index(model.row_of(auth_id), 0)
        flag = QItemSelectionModel.SelectionFlag
        what = flag.Select if number else flag.ClearAndSelect
        view.selectionModel().setCurrentIndex(index, what | flag.Rows)


def test_selection_and_current_row_outlive_filter_sort_and_refresh(
    view: AuthenticationView, model: AuthenticationModel
) -> None:
    fill(model)
    select(view, "id-00500", "id-00501", "id-01002")
    model.set_filter("id-01")
    model.work.finish()
    assert view.selected_ids() == ("id-01002",)
    assert view.current is not None
    assert view.current.auth_id == "id-01002"
    model.sort(Column.NAME, DOWN)
    model.work.finish()
    fill(model, MANY[1:])
    assert view.selected_ids() == ("id-01002",)
    model.set_filter("")
    model.work.finish()
    assert sorted(view.selected_ids()) == ["id-00500", "id-00501", "id-01002"]
    assert view.current.auth_id == "id-01002"


def test_what_is_hidden_is_forgotten_once_something_else_is_chosen(
    view: AuthenticationView, model: AuthenticationModel
) -> None:
    fill(model)
    select(view, "id-00500")
    model.set_filter("id-01")
    model.work.finish()
    assert view.selected_ids() == ()
    select(view, "id-01002")
    model.set_filter("")
    model.work.finish()
    assert view.selected_ids() == ("id-01002",)


def test_the_row_in_sight_stays_where_it_is(view: AuthenticationView, model: AuthenticationModel) -> None:
    fill(model)
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(1_000)
    select(view, "id-01004")
    assert view.verticalScrollBar().value() == 1_000
    fill(model, MANY[100:])
    assert view.verticalScrollBar().value() == 900
    model.set_filter("id")
    model.work.finish()
    assert view.verticalScrollBar().value() == 900
    model.sort(Column.AUTH_ID, DOWN)
    model.work.finish()
    assert view.verticalScrollBar().value() == model.row_of("id-01004") - 4


def test_without_a_filter_one_is_back_where_one_was(
    view: AuthenticationView, model: AuthenticationModel
) -> None:
    fill(model)
    view.executeDelayedItemsLayout()
    view.verticalScrollBar().setValue(1_234)
    for text in ("id-00007", "id-0000", ""):
        model.set_filter(text)
        model.work.finish()
    assert view.verticalScrollBar().value() == 1_234


def test_all_rows_can_be_selected_and_stay_so(view: AuthenticationView, model: AuthenticationModel) -> None:
    fill(model)
    view.selectAll()
    model.sort(Column.SERVICE, DOWN)
    model.work.finish()
    assert len(view.selected_ids()) == len(MANY)
    assert view.place.selected_count() == len(MANY)


def test_the_rows_of_another_list_are_not_selected(
    view: AuthenticationView, model: AuthenticationModel
) -> None:
    fill(model, MANY[:10])
    select(view, "id-00005")
    model.clear()
    fill(model, MANY[20:40])
    assert view.selected_ids() == ()


def test_after_a_removal_the_keyboard_is_near(view: AuthenticationView, model: AuthenticationModel) -> None:
    fill(model, MANY[:10])
    select(view, "id-00005")
    model.remove(["id-00005"])
    model.work.finish()
    assert view.currentIndex().row() in (4, 5)
    select(view, "id-00009")
    model.remove(["id-00009"])
    model.work.finish()
    assert view.currentIndex().row() == model.rowCount() - 1
    fill(model, MANY[:100])
    select(view, "id-00050")
    model.remove([one.auth_id for one in MANY[50:90]])
    model.work.finish()
    assert view.currentIndex().row() == 50
    fill(model, MANY[:3])
    assert view.currentIndex().row() == 2
