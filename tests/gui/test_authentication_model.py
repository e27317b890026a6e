"""The model by itself: parts that come, sorting and searching in slices."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.authentication_bench import DOWN, MANY, PRODUCTION, SERVICES, UP, fill, model, small_slices
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.gui.authentication_model import AuthenticationModel, Column
from tray_auth_desktop.gui.sliced_work import SlicedWork
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

__all__ = ["model", "small_slices"]


def names(model: AuthenticationModel) -> list[str]:
    return [one.name for one in model.shown()]


def ids(model: AuthenticationModel) -> list[str]:
    return [one.auth_id for one in model.shown()]


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


def test_short_work_is_done_at_once_and_long_work_later(qtbot: QtBot) -> None:
    work, done = SlicedWork(), list[str]()

    def slices(count: int) -> Iterator[None]:
        for _ in range(count):
            yield

    def named(name: str, count: int) -> Generator[None, None, str]:
        yield from slices(count)
        return name

    work.start(named("short", 3), done.append)
    assert done == ["short"]
    work.start(named("dropped", 1_000_000), done.append)
    assert work.is_running
    work.start(named("long", 300_000), done.append)
    qtbot.waitUntil(lambda: not work.is_running)
    assert done == ["short", "long"]
