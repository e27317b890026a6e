"""Colours and style of the window: Fusion, one light and one dark palette, following the system live."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tray_auth_desktop import assets

#: What the application is made with. `setStyle` would return a QStyle, and to make that class
#: known to Python takes 6 ms of the start.
STYLE_ARGUMENTS = ("-style", "Fusion")
_Role = QPalette.ColorRole
_ROLES = (
    _Role.Window,
    _Role.Base,
    _Role.AlternateBase,
    _Role.Button,
    _Role.Mid,
    _Role.WindowText,
    _Role.PlaceholderText,
    _Role.Highlight,
    _Role.HighlightedText,
    _Role.Link,
    _Role.ToolTipBase,
    _Role.ToolTipText,
)
_LIGHT = (
    "#f3f4f6", "#ffffff", "#f8f9fa", "#fbfbfc", "#c9cdd3", "#1c2025",
    "#5b626b", "#1f5fae", "#ffffff", "#1f5fae", "#23272d", "#f2f3f5",
)  # fmt: skip
_DARK = (
    "#1f2226", "#17191c", "#1b1e21", "#2b2f34", "#454b52", "#e7e9ec",
    "#9ea6b0", "#2f6fbe", "#ffffff", "#86b7f3", "#e7e9ec", "#1c2025",
)  # fmt: skip
_DISABLED_TEXT = {Qt.ColorScheme.Light: "#868d96", Qt.ColorScheme.Dark: "#767d86"}


class Tone(StrEnum):
    """What a colour says. Never alone: a symbol or a word always says it too."""

    GOOD = "good"
    WARNING = "warning"
    PROBLEM = "problem"


_TONES = {
    Tone.GOOD: ("#18692f", "#62d27f"),
    Tone.WARNING: ("#7a4f00", "#e9b949"),
    Tone.PROBLEM: ("#b1231b", "#ff8f86"),
}


def palette_for(scheme: Qt.ColorScheme) -> QPalette:
    """Return the palette of a colour scheme; an unknown scheme counts as light."""
    is_dark = scheme is Qt.ColorScheme.Dark
    palette = QPalette()
    for role, color in zip(_ROLES, _DARK if is_dark else _LIGHT, strict=True):
        palette.setColor(role, QColor(color))
    text = palette.color(_Role.WindowText)
    for role in (_Role.Text, _Role.ButtonText):
        palette.setColor(role, text)
    palette.setColor(_Role.Accent, palette.color(_Role.Highlight))
    dimmed = QColor(_DISABLED_TEXT[Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light])
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, dimmed)
    return palette


#: Colour schemes by the names that settings have for them.
SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_CHOSEN = "chosenScheme"


def apply_theme(app: QApplication, wanted: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
    """Give the application its colours. Its style is given with `STYLE_ARGUMENTS`.

    Unknown follows the system's light or dark, from now on; light or dark stays. A person who
    asked the system for high contrast keeps the system's own colours.
    """
    app.setProperty(_CHOSEN, wanted.value)
    app.styleHints().colorSchemeChanged.connect(partial(_on_system_changed, app))
    _use(app, wanted)


def choose_scheme(name: str) -> None:
    """Change the colours while the program runs; `name` is a key of `SCHEMES`."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setProperty(_CHOSEN, SCHEMES[name].value)
        app.styleHints().setColorScheme(SCHEMES[name])
        _use(app, SCHEMES[name])


def chosen_scheme() -> str:
    """Return which scheme is chosen, as a key of `SCHEMES`."""
    app = QApplication.instance()
    value = app.property(_CHOSEN) if app is not None else None
    return next((name for name, scheme in SCHEMES.items() if scheme.value == value), "system")


def _use(app: QApplication, wanted: Qt.ColorScheme) -> None:
    hints = app.styleHints()
    if wanted is not Qt.ColorScheme.Unknown:
        hints.setColorScheme(wanted)
        use_scheme(app, wanted)  # not every platform lets itself be told
    elif hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        app.setPalette(QPalette())
    else:
        use_scheme(app, hints.colorScheme())


def _on_system_changed(app: QApplication, _scheme: Qt.ColorScheme) -> None:
    if chosen_scheme() == "system":
        _use(app, Qt.ColorScheme.Unknown)


def use_scheme(app: QApplication, scheme: Qt.ColorScheme) -> None:
    """Paint everything light or dark."""
    app.setPalette(palette_for(scheme))
    for widget in app.allWidgets():
        if widget.styleSheet():  # WORKAROUND: it keeps the colours it was polished with (seen in 6.11.3)
            for styled in (widget, *widget.findChildren(QWidget)):
                styled.style().unpolish(styled)
                styled.style().polish(styled)


def give_style(widget: QWidget, name: str) -> None:
    """Give a single widget a style sheet of `resources/styles/`; its colours are roles of the palette."""
    widget.setStyleSheet(assets.read_text(f"styles/{name}.qss"))


def is_dark(palette: QPalette) -> bool:
    """Whether light text stands on a dark ground."""
    return palette.color(_Role.Window).lightness() < palette.color(_Role.WindowText).lightness()


def tone_color(tone: Tone, palette: QPalette) -> QColor:
    """Return the colour of a tone that can be read on this palette's grounds."""
    return QColor(_TONES[tone][is_dark(palette)])


def scaled_font(widget: QWidget, factor: float, *, is_bold: bool = False) -> QFont:
    """Return a widget's font, larger or smaller, so that it grows with the system's font."""
    font = QFont(widget.font())
    font.setPointSizeF(QApplication.font().pointSizeF() * factor)
    font.setBold(is_bold)
    return font


def fixed_font(factor: float = 1.0) -> QFont:
    """Return the system's monospaced font, relative to the application's size."""
    from PySide6.QtGui import QFontDatabase  # 0.6 ms that the window's first paint need not pay

    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QApplication.font().pointSizeF() * factor)
    return font
