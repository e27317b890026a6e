"""The bar of pages, as the mouse uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tray_auth_desktop.gui.page_bar import PageBar
from tray_auth_desktop.gui.request_extras import RequestExtras
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import use_scheme

PAGES = (("one", "One", "Ctrl+1"), ("two", "Two", "Ctrl+2"))


@pytest.fixture
def bar(qtbot: QtBot) -> PageBar:
    bar = PageBar(PAGES)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def button(bar: PageBar, name: str) -> QToolButton:
    return next(one for one in bar.findChildren(QToolButton) if one.accessibleName() == name)


@pytest.mark.parametrize(("name", "title", "_keys"), PAGES)
def test_a_click_on_a_page_asks_for_it(bar: PageBar, qtbot: QtBot, name: str, title: str, _keys: str) -> None:
    with qtbot.waitSignal(bar.page_asked) as asked:
        QTest.mouseClick(button(bar, f"Page {title}"), Qt.MouseButton.LeftButton)
    assert asked.args == [name]


def test_the_space_bar_asks_too(bar: PageBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.page_asked) as asked:
        QTest.keyClick(button(bar, "Page Two"), Qt.Key.Key_Space)
    assert asked.args == ["two"]


@pytest.fixture
def scheme(qapp: QApplication) -> Iterator[None]:
    use_scheme(qapp, Qt.ColorScheme.Light)
    yield
    use_scheme(qapp, Qt.ColorScheme.Light)


def lightest(image: QImage) -> int:
    return max(
        image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())
    )


def darkest(image: QImage) -> int:
    return min(
        image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.usefixtures("scheme")
def test_its_words_can_be_read_once_the_colours_change(bar: PageBar, qapp: QApplication) -> None:
    for title in ("Page One", "Page Two", "Find an action…"):
        image = button(bar, title).grab().toImage()
        assert darkest(image) < 90, title
    use_scheme(qapp, Qt.ColorScheme.Dark)
    bar.show_page("one")
    for title in ("Page One", "Page Two", "Find an action…"):
        image = button(bar, title).grab().toImage()
        assert lightest(image) > 180, title
        assert image.pixelColor(image.width() // 2, 4).lightness() < 90, f"the ground of {title}"


@pytest.mark.usefixtures("scheme")
def test_an_arrow_can_be_seen_once_the_colours_change(qapp: QApplication, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    extras = RequestExtras(around)
    around.show()
    use_scheme(qapp, Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: lightest(extras.toggle.icon().pixmap(16, 16).toImage()) > 180)


@pytest.mark.usefixtures("scheme")
def test_a_symbol_that_was_drawn_while_disabled_is_not_dim_for_ever(qapp: QApplication, qtbot: QtBot) -> None:
    symbol = SymbolButton("close", "Close it")
    qtbot.addWidget(symbol)
    symbol.setEnabled(False)
    symbol.show()
    use_scheme(qapp, Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: lightest(symbol.icon().pixmap(16, 16).toImage()) > 180)
    assert lightest(symbol.icon().pixmap(16, 16, QIcon.Mode.Disabled).toImage()) < 180
