"""The model by itself: parts that come, sorting and searching in slices, and the place a person keeps."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment
from tray_auth_desktop.gui import authentication_order, authentication_rows
from tray_auth_desktop.gui.authentication_model import AuthenticationModel, Column
from tray_auth_desktop.gui.authentication_view import AuthenticationView
from tray_auth_desktop.gui.sliced_work import SlicedWork
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

SERVICES = tuple(Service(f"s{number}", f"service-{number}", f"Service {number}") for number in range(7))
PRODUCTION = ServiceEnvironment("e1", "Production")
_random = random.Random(7)
MANY = tuple(
    Authentication(
        f"id-{number:05}",
        "".join(_random.choices(string.ascii_letters, k=6)) if number % 9 else "",
        SERVICES[number % 7] if number % 5 else None,
        PRODUCTION if number % 3 else None,
    )
    for number in range(2_000)
)
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few hundred rows take many slices."""
    monkeypatch.setattr(authentication_order, "SLICE", 64)
    monkeypatch.setattr(authentication_rows, "_SLICE", 100)


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[AuthenticationModel]:
    made = AuthenticationModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield made
    assert tester.model() is made


@pytest.fixture
def view(model: AuthenticationModel, qtbot: QtBot) -> AuthenticationView:
    made = AuthenticationView(model)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def names(model: AuthenticationModel) -> list[str]:
    return [one.name for one in model.shown()]


def ids(model: AuthenticationModel) -> list[str]:
    return [one.auth_id for one in model.shown()]


def fill(model: AuthenticationModel, listed: tuple[Authentication, ...] = MANY) -> None:
    model.show_all(listed)
    model.work.finish()


def expected(listed: tuple[Authentication, ...], text: str) -> list[str]:
    """Search in the plainest way."""
    words = words_of(text)
    return [
        one.auth_id
        for one in listed
        if has_words(
            haystack_of(
                one.name,
                one.service.label if one.service else "",
                one.service_environment.label if one.service_environment else "",
                one.auth_id,
                one.service.name if one.service else "",
            ),
            words,
        )
    ]


def test_a_list_grows_while_it_comes(model: AuthenticationModel) -> None:
    inserted: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.modelReset.connect(lambda: resets.append(True))
    model.begin_load()
    model.show_part(MANY[:500])
    model.show_part(MANY[:1_500])
    assert ids(model) == [one.auth_id for one in MANY[:1_500]]
    model.show_part(MANY)
    model.show_all(MANY)
    model.work.finish()
    assert ids(model) == [one.auth_id for one in MANY]
    assert inserted == [(0, 499), (500, 1_499), (1_500, 1_999)]
    assert resets == []


def test_a_growing_list_is_filtered_and_sorted(model: AuthenticationModel) -> None:
    model.sort(Column.AUTH_ID, DOWN)
    model.set_filter("production service 3")
    model.begin_load()
    for end in range(250, 2_001, 250):
        model.show_part(MANY[:end])
        if end % 500 == 0:
            model.work.finish()
        shown = set(ids(model))
        assert shown <= set(expected(MANY[:end], "production service 3"))
    model.show_all(MANY)
    model.work.finish()
    assert ids(model) == expected(MANY, "production service 3")[::-1]


def test_the_list_before_stays_until_the_next_is_whole(model: AuthenticationModel) -> None:
    fill(model, MANY[:10])
    model.begin_load()
    model.show_part(MANY[5:900])
    assert ids(model) == [one.auth_id for one in MANY[:10]]
    model.show_all(MANY[5:])
    model.work.finish()
    assert ids(model) == [one.auth_id for one in MANY[5:]]


def test_a_whole_list_that_is_not_what_its_parts_were_counts(model: AuthenticationModel) -> None:
    model.begin_load()
    model.show_part(MANY[:100])
    fill(model, MANY[50:])
    assert ids(model) == [one.auth_id for one in MANY[50:]]


def test_a_list_that_breaks_off_says_that_it_is_a_part(model: AuthenticationModel) -> None:
    assert not model.end_load()
    model.begin_load()
    assert not model.end_load()
    model.begin_load()
    model.show_part(MANY[:100])
    assert model.end_load()
    model.begin_load()
    model.show_part(MANY[:50])
    assert not model.end_load()
    assert model.rowCount() == 100


@pytest.mark.parametrize("column", list(Column))
def test_sorting_in_slices_is_sorting(model: AuthenticationModel, column: Column) -> None:
    fill(model)
    model.sort(column, UP)
    model.work.finish()
    cells = [str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)) for row in range(len(MANY))]
    assert cells == sorted(cells, key=lambda text: (text == "", text.casefold()))
    ascending = ids(model)
    model.sort(column, DOWN)
    model.work.finish()
    assert ids(model) == ascending[::-1]
    model.sort(-1)
    model.work.finish()
    assert ids(model) == [one.auth_id for one in MANY]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.lists(
        st.sampled_from(["", "a", "ab", "production", "service 1", "1", "12", "id-00 e"]), max_size=8
    )
)
def test_whatever_is_typed_the_result_is_what_a_plain_search_finds(
    qapp: QApplication, typed: list[str]
) -> None:
    model = AuthenticationModel()
    fill(model, MANY[:300])
    for number, text in enumerate(typed):
        model.set_filter(text)
        if number % 2:  # else the next one is typed while this one is searched for
            model.work.finish()
            assert ids(model) == expected(MANY[:300], text)
    model.work.finish()
    assert ids(model) == expected(MANY[:300], typed[-1] if typed else "")


def test_what_is_taken_back_letter_by_letter_is_found_again(model: AuthenticationModel) -> None:
    fill(model)
    model.sort(Column.NAME, UP)
    for text in ("s", "se", "ser", "se", "s", ""):
        model.set_filter(text)
        model.work.finish()
        assert sorted(ids(model)) == sorted(expected(MANY, text))
    model.set_filter("se")
    model.work.finish()
    fill(model, MANY[:100])
    assert sorted(ids(model)) == sorted(expected(MANY[:100], "se"))


def test_rows_are_found_by_what_is_shown_whatever_breaks_a_name_has(model: AuthenticationModel) -> None:
    odd = Authentication("id-1", "two\nlines\nor three", SERVICES[0], PRODUCTION)
    plain = Authentication("id-2", "a name", SERVICES[1], PRODUCTION)
    fill(model, (odd, plain))
    model.sort(Column.SERVICE, DOWN)
    assert ids(model) == ["id-2", "id-1"]
    model.set_filter("lines service-0")
    assert ids(model) == ["id-1"]


def test_ids_are_found_without_case_and_marked(model: AuthenticationModel) -> None:
    fill(model, (Authentication("ABC-1", "One"),))
    model.mark("abc-1", "New")
    assert model.row_of("Abc-1") == 0
    assert model.badge_of("aBC-1") == "New"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "New: One"
    assert model.row_of("") == model.row_of("abc-2") == -1


def test_removing_many_takes_them_out(model: AuthenticationModel) -> None:
    fill(model)
    model.set_filter("production")
    model.work.finish()
    gone = ids(model)[::2]
    model.remove(gone)
    model.work.finish()
    assert ids(model) == [one for one in expected(MANY, "production") if one not in set(gone)]
    assert model.total == len(MANY) - len(gone)


def test_what_is_removed_does_not_come_back_with_a_new_order(model: AuthenticationModel) -> None:
    fill(model, MANY[:50])
    model.sort(Column.NAME, UP)
    model.remove(["id-00003", "id-00010"])
    model.sort(Column.NAME, DOWN)
    model.work.finish()
    assert {"id-00003", "id-00010"} & set(ids(model)) == set()
    assert model.rowCount() == 48


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


def test_short_work_is_done_at_once_and_long_work_later(qtbot: QtBot) -> None:
    work, done = SlicedWork(), list[str]()

    def slices(count: int) -> Iterator[None]:
        for _ in range(count):
            yield

    def named(name: str, count: int):  # type: ignore[no-untyped-def] # a generator that returns is the subject
        yield from slices(count)
        return name

    work.start(named("short", 3), done.append)
    assert done == ["short"]
    work.start(named("dropped", 1_000_000), done.append)
    assert work.is_running
    work.start(named("long", 300_000), done.append)
    qtbot.waitUntil(lambda: not work.is_running)
    assert done == ["short", "long"]
