"""Light and dark, contrast, symbols, and large letters on a small screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QImage, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tray_auth_desktop import assets
from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.symbols import TILE_COLORS, first_letter, letter_tile, symbol_image
from tray_auth_desktop.gui.theme import Tone, palette_for, tone_color, use_scheme

if TYPE_CHECKING:
    from tests.gui.conftest import Stage

SCHEMES = (Qt.ColorScheme.Light, Qt.ColorScheme.Dark)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_texts_can_be_read(scheme: Qt.ColorScheme) -> None:
    palette, role = palette_for(scheme), QPalette.ColorRole
    pairs = [
        (palette.color(text), palette.color(ground))
        for text in (role.Text, role.WindowText, role.ButtonText, role.PlaceholderText, role.Link)
        for ground in (role.Window, role.Base, role.AlternateBase, role.Button)
    ]
    pairs += [(tone_color(tone, palette), palette.color(role.Base)) for tone in Tone]
    pairs += [(tone_color(tone, palette), palette.color(role.Window)) for tone in Tone]
    pairs.append((palette.color(role.HighlightedText), palette.color(role.Highlight)))
    assert min(contrast(text, ground) for text, ground in pairs) >= 4.5


def test_letters_on_tiles_can_be_read() -> None:
    assert min(contrast(QColor(color), QColor("white")) for color in TILE_COLORS) >= 4.5


def test_a_tile_is_always_the_same_and_tells_services_apart() -> None:
    assert letter_tile("Slack", 16, 1.0) == letter_tile("Slack", 16, 1.0)
    assert letter_tile("Slack", 16, 1.0) != letter_tile("Salesforce", 16, 1.0)
    assert letter_tile("Slack", 16, 2.0).width() == 32
    assert [first_letter(label) for label in ("slack", "  ñandú", "3scale", "—", "")] == [
        "S", "Ñ", "3", "?", "?",
    ]  # fmt: skip


@pytest.mark.parametrize("path", sorted(assets.path("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_symbol_can_be_drawn_in_the_color_asked_for(path: Path) -> None:
    name = path.stem
    image = symbol_image(name, "#ff0000", 32)
    colors = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha()
    }
    assert colors
    assert name == "tray-auth-desktop" or colors == {"#ff0000"}


def test_light_and_dark_are_followed_live(stage: Stage, qapp: QApplication, qtbot: QtBot) -> None:
    stage.choose()
    assert _ground_of(stage.window.grab().toImage()).lightness() > 200
    use_scheme(qapp, Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: _ground_of(stage.window.grab().toImage()).lightness() < 60)


def _ground_of(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 2, image.height() // 2 - 150)


def test_it_fits_a_small_screen(stage: Stage) -> None:
    hint = stage.window.minimumSizeHint()
    assert (hint.width(), hint.height()) <= (1024, 640)
    stage.window.resize(1024, 640)
    assert stage.window.size().toTuple() == (1024, 640)


def test_with_letters_twice_as_large_nothing_is_cut_off(
    stage: Stage, qapp: QApplication, qtbot: QtBot
) -> None:
    font = QFont(qapp.font())
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 2)
    qapp.setFont(large)
    try:
        stage.choose()
        stage.window.resize(1280, 800)
        stage.window.attempt.open_dialog()
        stage.desk.open()
        stage.desk.code_life_changed.emit(200)
        stage.desk.time_left_changed.emit(100)
        stage.window.grab()
        assert _cut_off_buttons(stage.window) == []
        assert stage.window.width() == 1280
    finally:
        qapp.setFont(font)


def _cut_off_buttons(window: QWidget) -> list[str]:
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    return [button.text() for button in buttons if button.width() < button.minimumSizeHint().width()]


def test_buttons_that_do_not_fit_go_to_the_next_row(qtbot: QtBot) -> None:
    row = QWidget()
    layout = FlowLayout(row)
    buttons = [QPushButton(f"Button number {number}", row) for number in range(3)]
    for button in buttons:
        layout.addWidget(button)
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    row.show()
    row.grab()
    assert len({button.y() for button in buttons}) == 1
    row.resize(buttons[0].sizeHint().width() * 2, 300)
    row.grab()
    assert len({button.y() for button in buttons}) >= 2
    assert all(row.rect().contains(button.geometry()) for button in buttons)
    assert layout.heightForWidth(row.width()) > layout.sizeHint().height()
